//! Pages that show several articles, one below the other: only the first is meant.

use super::features::Glance;
use super::page::Page;
use super::tag::Tag;
use super::words::BYLINE;

/// An article has more words.
const MIN_WORDS: usize = 60;

/// Drops the articles behind the one with the headline: elements beside it that are built like it and begin like it.
pub(super) fn drop_other_articles(page: &Page, glances: &[Glance], headline: usize, kept: &mut [bool]) {
    let words = |kept: &[bool], article: usize| -> usize {
        page.blocks_in(article).filter(|at| kept[*at]).map(|at| glances[at].words.len()).sum()
    };
    for first in page.around(&page.blocks[headline]) {
        if words(kept, first) < MIN_WORDS {
            continue;
        }
        let mut next = page.subtree(first).end;
        while next < page.nodes.len() && page.nodes[next].parent == page.nodes[first].parent {
            let other = next;
            next = page.subtree(other).end;
            if is_alike(page, first, other)
                && words(kept, other) >= MIN_WORDS
                && begins_alike(page, headline, other)
            {
                kept[page.blocks_in(other)].fill(false);
            }
        }
    }
}

fn is_alike(page: &Page, first: usize, other: usize) -> bool {
    let (first, other) = (&page.nodes[first], &page.nodes[other]);
    first.tag.is_block() && first.tag == other.tag && (first.look == other.look || first.tag == Tag::Article)
}

/// Tells whether it begins with a heading of the headline's order, or with a heading and a byline.
fn begins_alike(page: &Page, headline: usize, other: usize) -> bool {
    let heading = |at: usize| {
        let tags = page.around(&page.blocks[at]).take(3).map(|node| page.nodes[node].tag);
        tags.into_iter().find(|tag| tag.is_heading())
    };
    let mut head = page.blocks_in(other).take(4);
    let Some((at, found)) = head.find_map(|at| Some((at, heading(at)?))) else {
        return false;
    };
    let has_byline = (at + 1..at + 4).filter_map(|at| page.blocks.get(at)).any(|block| {
        page.around(block).take_while(|node| *node >= other).any(|node| page.nodes[node].marks.has(BYLINE))
    });
    // Sections of one article have smaller headings.
    let is_headline =
        heading(headline) == Some(found) && (found == Tag::H1 || page.nodes[other].tag == Tag::Article);
    is_headline || has_byline
}

#[cfg(test)]
mod tests {
    use super::super::{Hints, extract};

    fn text(of: &str, count: usize) -> String {
        let line = |at| {
            format!("<p>{of} number {at}, said the mayor of the town, and nobody in the hall disagreed.</p>")
        };
        (0..count).map(line).collect()
    }

    #[track_caller]
    fn check(body: &str, kept: &[&str], dropped: &[&str]) {
        let html = format!("<title>Rain falls on hills</title><body><main>{body}</main>");
        let found = extract(&html, None, &Hints::default()).text;
        assert!(kept.iter().all(|part| found.contains(part)), "{found}");
        assert!(!dropped.iter().any(|part| found.contains(part)), "{found}");
    }

    #[test]
    fn of_several_articles_the_first_is_taken() {
        let article = |title: &str, of: &str| format!("<article><h1>{title}</h1>{}</article>", text(of, 8));
        let body = [article("Rain falls on hills", "Rain"), article("Snow in the valley", "Snow")].concat();
        check(&body, &["Rain number 7"], &["Snow number"]);
    }

    #[test]
    fn articles_that_follow_may_have_smaller_headlines_and_bylines() {
        let article = |title: &str, of: &str| {
            format!("<div class=story>{title}<p class=byline>By Ann Lee</p>{}</div>", text(of, 8))
        };
        let body =
            [article("<h1>Rain falls on hills</h1>", "Rain"), article("<h2>Snow in the valley</h2>", "Snow")]
                .concat();
        check(&body, &["Rain number 7"], &["Snow number"]);
    }

    #[test]
    fn sections_of_one_article_all_stay() {
        let section = |title: &str, of: &str| format!("<section>{title}{}</section>", text(of, 8));
        let body = [
            section("<h1>Rain falls on hills</h1>", "Rain"),
            section("<h2>And in the valley</h2>", "Valley rain"),
        ]
        .concat();
        check(&body, &["Rain number 7", "Valley rain number 7"], &[]);
    }
}
