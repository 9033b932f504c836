//! What stands above the text and is none of it: headline, standfirst, byline, day, and what looks like nothing below.

use std::collections::HashSet;

use super::features::Glance;
use super::metadata::{Metadata, is_byline};
use super::page::Page;
use super::several::drop_other_articles;
use super::text::words;
use crate::model::find_day;

/// How many words below the headline are an article.
const MIN_BELOW: usize = 100;

/// Lines that tell the day have no more words.
const MAX_DATE_LINE: usize = 12;

/// Drops what stands above the text as headline and standfirst.
pub(super) fn drop_head(page: &Page, glances: &[Glance], metadata: &Metadata, kept: &mut [bool]) {
    for at in [metadata.headline_at, metadata.standfirst_at].into_iter().flatten() {
        kept[at] = false;
    }
    drop_above(page, glances, metadata, kept);
    if let Some(headline) = metadata.headline_at {
        drop_other_articles(page, glances, headline, kept);
    }
    // Some pages repeat the headline right above the text.
    let title = words(&metadata.title);
    if let Some(first) = kept.iter().position(|kept| *kept)
        && glances[first].words == title
    {
        kept[first] = false;
    }
    drop_byline(page, glances, metadata, kept);
    drop_date(page, glances, kept);
}

/// Drops a byline that is set as one of the first paragraphs.
fn drop_byline(page: &Page, glances: &[Glance], metadata: &Metadata, kept: &mut [bool]) {
    let first: Vec<usize> = (0..kept.len()).filter(|at| kept[*at]).take(2).collect();
    for at in first {
        kept[at] = !is_byline(&page.blocks[at].text, glances[at].ends, &metadata.authors);
    }
}

/// Drops short lines with the day that are set as first paragraphs.
fn drop_date(page: &Page, glances: &[Glance], kept: &mut [bool]) {
    let first: Vec<usize> = (0..kept.len()).filter(|at| kept[*at]).take(3).collect();
    for at in first {
        let (block, glance) = (&page.blocks[at], &glances[at]);
        let is_line = glance.words.len() <= MAX_DATE_LINE && !glance.ends;
        kept[at] &= !(is_line && find_day(&block.text).is_some() && !page.nodes[block.node].tag.is_heading());
    }
}

/// Drops what stands above the headline and looks like nothing below it, if enough stands below.
fn drop_above(page: &Page, glances: &[Glance], metadata: &Metadata, kept: &mut [bool]) {
    let Some(headline) = metadata.headline_at else {
        return;
    };
    let words = |range: std::ops::Range<usize>| -> usize {
        range.filter(|at| kept[*at]).map(|at| glances[at].words.len()).sum()
    };
    // With headings it is an article, and what seems to be the headline is one of them.
    let has_headings = (0..headline).any(|at| kept[at] && page.nodes[page.blocks[at].node].tag.is_heading());
    if !has_headings && words(headline..kept.len()) >= MIN_BELOW {
        let look = |at: usize| page.nodes[page.blocks[at].node].look;
        let below: HashSet<u64> = (headline..kept.len()).filter(|at| kept[*at]).map(look).collect();
        for (at, kept) in kept.iter_mut().enumerate().take(headline) {
            *kept &= below.contains(&look(at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::choose::tests::{drawn, read, text};
    use super::*;

    /// The headline is the block of that number.
    #[track_caller]
    fn check_head(body: &str, headline: usize, expected: &str) {
        let (page, glances) = read(body);
        let mut kept = vec![true; page.blocks.len()];
        let title = page.blocks[headline].text.clone();
        let authors = vec!["Ann Lee".to_owned()];
        let metadata = Metadata { title, headline_at: Some(headline), authors, ..Metadata::default() };
        drop_head(&page, &glances, &metadata, &mut kept);
        assert_eq!(drawn(&kept), expected, "{body}");
    }

    #[test]
    fn the_headline_is_no_text_be_it_there_twice() {
        check_head("<h1>Rain falls</h1><p>One.</p>", 0, ".x");
        check_head("<h1>Rain falls</h1><p>Rain falls</p><p>One.</p>", 0, "..x");
    }

    #[test]
    fn a_byline_is_no_text_and_a_sentence_about_its_author_is() {
        check_head("<h1>Rain</h1><p>By Ann Lee, in the hills</p><p>One.</p>", 0, "..x");
        check_head("<h1>Rain</h1><p>By Ann Lee.</p><p>One.</p>", 0, "..x");
        check_head("<h1>Rain</h1><p>By Bob Ray</p><p>One.</p>", 0, ".xx");
        check_head("<h1>Rain</h1><p>By the count of Ann Lee, it was a wet year.</p><p>One.</p>", 0, ".xx");
    }

    #[test]
    fn a_line_with_the_day_is_no_text() {
        check_head("<h1>Rain</h1><p>Published 22 November 2026</p><p>One.</p>", 0, "..x");
        check_head("<h1>Rain</h1><p>It rained on 22 November 2026.</p><p>One.</p>", 0, ".xx");
    }

    #[test]
    fn what_looks_unlike_the_text_above_the_headline_is_dropped() {
        let long = text(MIN_BELOW);
        check_head(&format!("<div>Late.</div><h1>Rain</h1><p>{long}</p>"), 1, "..x");
        check_head(&format!("<p>Late.</p><h1>Rain</h1><p>{long}</p>"), 1, "x.x");
        check_head("<div>Late.</div><h1>Rain</h1><p>One.</p>", 1, "x.x");
        check_head(&format!("<h2>Wet</h2><div>Late.</div><h2>Rain</h2><p>{long}</p>"), 2, "xx.x");
    }
}
