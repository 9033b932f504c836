//! Which blocks are the text of the article: the likeliest ones, and what the page's order says of the rest.

use super::features::{Glance, Said};
use super::furniture::{is_furniture, is_related};
use super::page::{Block, Page};
use super::tag::Tag;
use super::text::{likeness, ratio};
use super::words::COMMENT;

/// Blocks that are less likely are not the article's; where none is much likelier, a share of the likeliest counts.
const LIKELY: f32 = 0.52;
const NEAR_BEST: f32 = 0.7;

/// How likely a quote between two blocks of the article must be: posts that a page embeds look like nothing else on it.
const LIKELY_QUOTE: f32 = 0.15;

/// How many blocks away the article must go on, for what stands between.
const REACH: usize = 13;

/// How likely the rows of a table of the article must be: most are numbers.
const LIKELY_ROW: f32 = 0.08;

/// How many blocks of an article follow each other below a box with links to others.
const MIN_RUN: usize = 3;

/// How likely an item between two items of the article must be.
const LIKELY_ITEM: f32 = 0.25;

/// What is more like the page's description stands for the standfirst.
const STANDFIRST: f32 = 0.9;

/// Tells for each block whether it is the article's.
pub(super) fn choose(page: &Page, said: &Said, glances: &[Glance], likelihoods: &[f32]) -> Vec<bool> {
    let mut kept = likely(likelihoods);
    keep_quotes(page, likelihoods, &mut kept);
    keep_lists(page, likelihoods, &mut kept);
    keep_tables(page, likelihoods, &mut kept);
    if page.is_flat() {
        // Nothing parts captions and the headlines of others from subheadings but that there are more of them.
        kept.iter_mut().zip(glances).for_each(|(kept, glance)| *kept &= glance.ends);
    }
    drop_teasers(page, glances, &mut kept);
    drop_furniture(page, glances, &mut kept);
    drop_comments(page, glances, &mut kept);
    drop_standfirst(said, glances, likelihoods, &mut kept);
    drop_captions(page, &mut kept);
    drop_titles_of_boxes(page, &mut kept);
    drop_way_back(page, glances, &mut kept);
    kept
}

fn likely(likelihoods: &[f32]) -> Vec<bool> {
    let best = likelihoods.iter().copied().fold(0.0, f32::max);
    let bound = if best < LIKELY + 0.1 { best * NEAR_BEST } else { LIKELY };
    likelihoods.iter().map(|likelihood| *likelihood >= bound).collect()
}

fn keep_quotes(page: &Page, likelihoods: &[f32], kept: &mut [bool]) {
    let sure = kept.to_vec();
    for (at, block) in page.blocks.iter().enumerate() {
        let is_quote = is_in(page, block, Tag::Blockquote) && likelihoods[at] > LIKELY_QUOTE;
        let goes_on = |range: std::ops::Range<usize>| sure[range].iter().any(|sure| *sure);
        let before = at.saturating_sub(REACH)..at;
        let behind = at + 1..(at + 1 + REACH).min(sure.len());
        kept[at] |= is_quote && goes_on(before) && goes_on(behind);
    }
}

/// Keeps what stands between two blocks of the article, is in the same element and looks the same: items of a list.
fn keep_lists(page: &Page, likelihoods: &[f32], kept: &mut [bool]) {
    let same = |one: usize, other: usize| {
        let (one, other) = (&page.nodes[page.blocks[one].node], &page.nodes[page.blocks[other].node]);
        one.parent == other.parent && one.look == other.look
    };
    let sure: Vec<usize> = (0..kept.len()).filter(|at| kept[*at]).collect();
    for pair in sure.windows(2).filter(|pair| same(pair[0], pair[1]) && pair[1] - pair[0] <= 4) {
        for at in pair[0] + 1..pair[1] {
            kept[at] |= same(at, pair[0]) && likelihoods[at] > LIKELY_ITEM;
        }
    }
}

/// Keeps tables whole that stand right below a block of the article, in the same element.
fn keep_tables(page: &Page, likelihoods: &[f32], kept: &mut [bool]) {
    let table = |at: usize| page.around(&page.blocks[at]).find(|node| page.nodes[*node].tag == Tag::Table);
    let is_row = |at: usize| page.nodes[page.blocks[at].node].tag == Tag::Tr;
    let mut at = 0;
    while at < kept.len() {
        let Some(own) = table(at).filter(|_| is_row(at)) else {
            at += 1;
            continue;
        };
        let end = (at..kept.len()).find(|row| table(*row) != Some(own)).unwrap_or(kept.len());
        let holder = page.nodes[own].parent;
        let above = (at.saturating_sub(3)..at)
            .any(|above| kept[above] && page.around(&page.blocks[above]).any(|node| node == holder));
        let mean = likelihoods[at..end].iter().sum::<f32>() * ratio(1, end - at);
        if above && end - at >= MIN_RUN && mean > LIKELY_ROW {
            kept[at..end].fill(true);
        }
        at = end;
    }
}

/// Drops what stands below a label such as "You may also like", if it is broken up as teasers are.
fn drop_teasers(page: &Page, glances: &[Glance], kept: &mut [bool]) {
    let words = |kept: &[bool], range: std::ops::Range<usize>| -> usize {
        range.filter(|at| kept[*at]).map(|at| glances[at].words.len()).sum()
    };
    let is_end = |kept: &[bool], label: usize| {
        let runs: Vec<&[bool]> =
            kept[label + 1..].split(|kept| !kept).filter(|run| !run.is_empty()).collect();
        let is_broken = runs.len() > 1 && runs.iter().all(|run| run.len() < MIN_RUN);
        is_broken && words(kept, 0..label) > 2 * words(kept, label..kept.len())
    };
    let labels = (0..kept.len()).filter(|at| is_related(&page.blocks[*at]));
    let labels: Vec<usize> = labels.collect();
    for label in &labels {
        let links = (label + 1..kept.len()).take_while(|at| glances[*at].link_density > 0.8);
        links.for_each(|at| kept[at] = false);
    }
    if let Some(label) = labels.into_iter().find(|label| is_end(kept, *label)) {
        kept[label..].fill(false);
    }
}

/// Drops lines that are no article's whatever stands round them.
fn drop_furniture(page: &Page, glances: &[Glance], kept: &mut [bool]) {
    for (at, kept) in kept.iter_mut().enumerate() {
        *kept &= !is_furniture(&page.blocks[at], &glances[at]);
    }
}

/// Drops what stands in an element of comments, if something else is left.
fn drop_comments(page: &Page, glances: &[Glance], kept: &mut [bool]) {
    let is_comment =
        |at: usize| page.around(&page.blocks[at]).any(|node| page.nodes[node].marks.has(COMMENT));
    let count = |is: &dyn Fn(usize) -> bool| -> usize {
        (0..glances.len()).filter(|at| is(*at)).map(|at| glances[at].words.len()).sum()
    };
    let others = count(&|at| kept[at] && !is_comment(at));
    let comments = count(&|at| kept[at] && is_comment(at));
    if others >= 30 && comments > 0 {
        for (at, kept) in kept.iter_mut().enumerate() {
            *kept &= !is_comment(at);
        }
    }
}

/// Drops the description where it opens the text and is not likely its first paragraph too.
fn drop_standfirst(said: &Said, glances: &[Glance], likelihoods: &[f32], kept: &mut [bool]) {
    let Some(first) = kept.iter().position(|kept| *kept) else {
        return;
    };
    for at in first..(first + 2).min(kept.len()) {
        let like =
            said.descriptions.iter().map(|told| likeness(&glances[at].words, told)).fold(0.0, f32::max);
        kept[at] &= like <= STANDFIRST || likelihoods[at] >= 0.8;
    }
}

fn drop_captions(page: &Page, kept: &mut [bool]) {
    for (block, kept) in page.blocks.iter().zip(kept) {
        *kept &= !is_in(page, block, Tag::Figcaption);
    }
}

/// Drops headings of elements of which nothing else is kept.
fn drop_titles_of_boxes(page: &Page, kept: &mut [bool]) {
    for at in 0..kept.len() {
        let block = &page.blocks[at];
        if kept[at] && page.around(block).take(2).any(|node| page.nodes[node].tag.is_heading()) {
            let holder = page.around(block).map(|node| page.blocks_in(node)).find(|blocks| blocks.len() > 1);
            kept[at] = holder.is_none_or(|blocks| kept[blocks].iter().filter(|kept| **kept).count() > 1);
        }
    }
}

/// Drops links behind the text that lead elsewhere.
fn drop_way_back(page: &Page, glances: &[Glance], kept: &mut [bool]) {
    while let Some(last) = kept.iter().rposition(|kept| *kept)
        && glances[last].link_density > 0.9
        && !glances[last].ends
        && page.nodes[page.blocks[last].node].tag != Tag::Li
    {
        kept[last] = false;
    }
}

fn is_in(page: &Page, block: &Block, tag: Tag) -> bool {
    page.nodes[block.node].around.has(tag)
}

#[cfg(test)]
pub(super) mod tests {
    use dom_query::Document;

    use super::super::features::glance;
    use super::super::text::words;
    use super::*;

    /// Reads a page; for the tests of what is dropped above it, too.
    pub(in super::super) fn read(body: &str) -> (Page, Vec<Glance>) {
        let page = Page::read(&Document::from(format!("<body>{body}").as_str()));
        let glances = page.blocks.iter().map(glance).collect();
        (page, glances)
    }

    pub(in super::super) fn drawn(kept: &[bool]) -> String {
        kept.iter().map(|kept| if *kept { 'x' } else { '.' }).collect()
    }

    /// Each block of the page is as likely as it is told; `expected` has an `x` for each that is kept.
    #[track_caller]
    fn check(body: &str, likelihoods: &[f32], expected: &str) {
        check_said(&Said::default(), body, likelihoods, expected);
    }

    #[track_caller]
    fn check_said(said: &Said, body: &str, likelihoods: &[f32], expected: &str) {
        let (page, glances) = read(body);
        assert_eq!(page.blocks.len(), likelihoods.len(), "{body}");
        assert_eq!(drawn(&choose(&page, said, &glances, likelihoods)), expected, "{body}");
    }

    /// Words of a sentence.
    pub(in super::super) fn text(count: usize) -> String {
        format!("{}end.", "rain ".repeat(count - 1))
    }

    #[test]
    fn the_likely_are_kept_and_where_there_are_none_those_near_the_likeliest() {
        let body = "<p>One.</p><div>Two.</div><section>Three.</section>";
        check(body, &[0.9, 0.5, 0.1], "x..");
        check(body, &[0.4, 0.3, 0.1], "xx.");
    }

    #[test]
    fn quotes_between_blocks_of_the_article_are_kept() {
        let quote = "<blockquote>Wet, isn’t it.</blockquote>";
        check(&format!("<p>One.</p>{quote}<div>Two.</div>"), &[0.9, 0.2, 0.9], "xxx");
        check(&format!("<p>One.</p>{quote}<div>Two.</div>"), &[0.9, 0.1, 0.9], "x.x");
        check(&format!("<p>One.</p><div>Two.</div>{quote}"), &[0.9, 0.9, 0.2], "xx.");
    }

    #[test]
    fn items_between_items_of_the_article_are_kept() {
        let list = "<p>One.</p><ul><li>a<li>b<li>c</ul>";
        check(list, &[0.9, 0.9, 0.3, 0.9], "xxxx");
        check(list, &[0.9, 0.9, 0.2, 0.9], "xx.x");
        check(list, &[0.9, 0.9, 0.9, 0.3], "xxx.");
    }

    #[test]
    fn tables_below_the_article_s_text_are_kept_whole() {
        let row = "<tr><td>Hill<td>3";
        let table = format!("<table>{}</table>", row.repeat(3));
        check(&format!("<div><p>One.</p>{table}</div>"), &[0.9, 0.1, 0.02, 0.2], "xxxx");
        check(&format!("<div><p>One.</p>{table}</div>"), &[0.9, 0.05, 0.05, 0.05], "x...");
        check(&format!("<p>One.</p><aside>{table}</aside>"), &[0.9, 0.1, 0.1, 0.2], "x...");
    }

    #[test]
    fn of_pages_without_structure_whole_sentences_are_kept() {
        check("<p>One.<p>A caption<p>Two.", &[0.9, 0.9, 0.9], "x.x");
    }

    #[test]
    fn what_is_broken_up_below_a_label_of_related_articles_is_dropped() {
        let teasers =
            "<h3>Related</h3><p>Snow falls.</p><div>5 hours</div><p>Ice melts.</p><div>6 hours</div>";
        let body = format!("<p>{}</p>{teasers}", text(40));
        check(&body, &[0.9, 0.9, 0.9, 0.1, 0.9, 0.1], "x.....");
        let whole = format!("<p>{}</p><h3>Related</h3><p>Two.</p><div>Three.</div><p>Four.</p>", text(40));
        check(&whole, &[0.9, 0.1, 0.9, 0.9, 0.9], "x.xxx");
    }

    #[test]
    fn links_below_a_label_of_related_articles_are_dropped() {
        let body = "<p>One.</p><p>Read also</p><p><a href=/>Snow falls on hills</a></p><p>Two.</p>";
        check(body, &[0.9, 0.9, 0.9, 0.9], "x..x");
    }

    #[test]
    fn lines_that_are_no_article_s_are_dropped() {
        check("<p>One.</p><div>Advertisement</div><p>Two.</p>", &[0.9, 0.9, 0.9], "x.x");
    }

    #[test]
    fn comments_are_dropped_where_there_is_an_article() {
        let comment = "<div class=comments><p>Wet.</p></div>";
        check(&format!("<p>{}</p>{comment}", text(40)), &[0.9, 0.9], "x.");
        check(&format!("<p>{}</p>{comment}", text(4)), &[0.9, 0.9], "xx");
    }

    #[test]
    fn the_description_opens_no_article_unless_it_is_likely_its_first_paragraph() {
        let said = Said { descriptions: vec![words("It rained on all hills.")], ..Said::default() };
        let body = "<div>It rained on all hills.</div><p>One.</p>";
        check_said(&said, body, &[0.6, 0.9], ".x");
        check_said(&said, body, &[0.9, 0.9], "xx");
    }

    #[test]
    fn captions_are_no_text() {
        check("<p>One.</p><figure><figcaption>Wet.</figcaption></figure>", &[0.9, 0.9], "x.");
    }

    #[test]
    fn titles_go_with_their_boxes() {
        let aside = "<aside><h3>On the hills</h3><p>Five.</p></aside>";
        check(&format!("<p>One.</p>{aside}"), &[0.9, 0.9, 0.1], "x..");
        check(&format!("<p>One.</p>{aside}"), &[0.9, 0.9, 0.9], "xxx");
    }

    #[test]
    fn links_behind_the_text_are_dropped_but_for_items() {
        check("<p>One.</p><div><a href=/>All of rain</a></div>", &[0.9, 0.9], "x.");
        check("<p>One.</p><ul><li><a href=/>All of rain</a></ul>", &[0.9, 0.9], "xx");
        check("<div><a href=/>All of rain</a></div><p>One.</p>", &[0.9, 0.9], "xx");
    }
}
