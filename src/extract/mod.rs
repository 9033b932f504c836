//! Web pages → articles: what a page shows is cut into blocks, and a block is the article's or it is not.
//!
//! The order of the steps: `page` cuts the page into blocks, `head` reads what it says of itself, `features` measures each
//! block, `forest` tells how likely it is the article's, `choose` takes those that are. `metadata` finds what stands beside
//! the text, `body` writes the blocks with their markup, `obstacle` sees what stands in the way, `next_page` where the
//! article goes on. `memory` knows what a site shows on all its pages.

mod article;
mod body;
mod choose;
mod features;
pub mod fit;
mod forest;
mod furniture;
mod head;
mod json_ld;
mod memory;
mod metadata;
mod next_page;
mod obstacle;
mod page;
mod phrases;
mod several;
mod tag;
mod text;
mod words;

use std::collections::HashSet;

use dom_query::Document;

pub use self::article::{Hints, Obstacle, PageArticle};
use self::choose::{choose, drop_head};
use self::features::{Glance, Said, features, glance};
use self::forest::Forest;
use self::head::Head;
pub use self::memory::{PagePrints, SiteMemory};
use self::metadata::metadata;
use self::obstacle::obstacle;
use self::page::Page;
use self::text::{ratio, shingles};
use crate::html;
use crate::model::Url;

/// Pages are cut off there, in bytes.
const MAX_PAGE: usize = 10_000_000;

/// Texts told to machines count if they have as many words and the page shows fewer.
const MIN_TOLD: usize = 60;

/// Summaries of fewer words say little.
const MIN_SUMMARY: usize = 10;

/// How much likelier a block is that a feed gave as the beginning.
const TOLD_BY_FEED: f32 = 0.3;

/// Finds the article of a web page, which lies at `url`; relative addresses start there.
pub fn extract(html: &str, url: Option<&Url>, hints: &Hints<'_>) -> PageArticle {
    extract_by(Forest::fitted, html, url, hints)
}

fn extract_by<'f>(
    forest: impl Fn(bool) -> &'f Forest,
    html: &str,
    url: Option<&Url>,
    hints: &Hints<'_>,
) -> PageArticle {
    let html = &html[..html.floor_char_boundary(MAX_PAGE)];
    let document = document(html, url);
    let head = Head::read(&document, hints);
    let page = Page::read(&document);
    let glances: Vec<Glance> = page.blocks.iter().map(glance).collect();
    let prints = PagePrints::of(&glances);
    let said = head.said();
    let doubts = hints.site.map(|site| site.doubt(&prints, &glances)).unwrap_or_default();
    let likelihoods = likelihoods(forest(page.is_flat()), &page, &said, &glances, &doubts);
    let mut kept = choose(&page, &said, &glances, &likelihoods);
    let metadata = metadata(&document, &head, &page, &glances, &kept, url);
    let obstacle = obstacle(html, &head, &page, &glances, &kept);
    drop_head(&page, &glances, &metadata, &mut kept);
    let base = metadata.url.as_ref();
    let is_told = count(&glances, &kept) < MIN_TOLD && said.body.len() > MIN_TOLD;
    let (text, markup) = if is_told {
        (head.told_text(), html::from_text(&head.told_text()))
    } else {
        (text(&page, &kept), body::body(&document, &page, &kept))
    };
    hints.complete(PageArticle {
        text,
        html: html::clean(&markup, base),
        obstacle: obstacle.filter(|_| !is_told),
        next_page: next_page::next_page(&document, base, hints.first_page),
        title: metadata.title,
        standfirst: metadata.standfirst,
        authors: metadata.authors,
        date: metadata.date,
        site: metadata.site,
        language: metadata.language,
        lead_image: metadata.lead_image,
        url: metadata.url,
        prints,
    })
}

/// Reads a page; one that browsers would take long for is made tame before.
fn document(html: &str, url: Option<&Url>) -> Document {
    if html::is_unruly(html) { Document::from(html::clean(html, url).as_str()) } else { Document::from(html) }
}

/// How likely each block is the article's; what a feed gave as its beginning is likelier, what repeats on the site less.
fn likelihoods(forest: &Forest, page: &Page, said: &Said, glances: &[Glance], doubts: &[f32]) -> Vec<f32> {
    let mut likelihoods: Vec<f32> =
        features(page, said, glances).iter().map(|numbers| forest.likelihood(numbers)).collect();
    let told: HashSet<u64> = shingles(&said.summary).into_iter().collect();
    for (likelihood, glance) in
        likelihoods.iter_mut().zip(glances).filter(|_| said.summary.len() >= MIN_SUMMARY)
    {
        let own = shingles(&glance.words);
        let shared = own.iter().filter(|shingle| told.contains(shingle)).count();
        if ratio(shared, own.len().min(told.len())) > 0.6 {
            *likelihood = (*likelihood + TOLD_BY_FEED).min(1.0);
        }
    }
    for (likelihood, doubt) in likelihoods.iter_mut().zip(doubts) {
        *likelihood *= doubt;
    }
    likelihoods
}

/// How many words are kept.
fn count(glances: &[Glance], kept: &[bool]) -> usize {
    glances.iter().zip(kept).filter(|(_, kept)| **kept).map(|(glance, _)| glance.words.len()).sum()
}

/// The text of the blocks that are kept.
fn text(page: &Page, kept: &[bool]) -> String {
    let blocks = page.blocks.iter().zip(kept).filter(|(_, kept)| **kept);
    let texts: Vec<&str> = blocks.map(|(block, _)| block.text.as_str()).collect();
    texts.join("\n\n")
}
