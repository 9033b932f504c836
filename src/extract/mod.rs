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
mod top;
mod words;

use std::collections::HashSet;

use dom_query::Document;

pub use self::article::{Hints, Obstacle, PageArticle};
use self::choose::choose;
use self::features::{Glance, Said, features, glance};
use self::forest::Forest;
use self::head::Head;
pub use self::memory::{PagePrints, SiteMemory};
use self::metadata::metadata;
use self::obstacle::obstacle;
use self::page::Page;
use self::text::{ratio, shingles};
use self::top::drop_head;
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

/// No more than one word in so many of an article is taken for its site's furniture.
const MAX_DOUBTED: usize = 4;

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
    if are_plausible(&likelihoods, doubts, glances) {
        for (likelihood, doubt) in likelihoods.iter_mut().zip(doubts) {
            *likelihood *= doubt;
        }
    }
    likelihoods
}

/// Tells whether what is doubted leaves the article: a story that is told again is none of the site's furniture.
fn are_plausible(likelihoods: &[f32], doubts: &[f32], glances: &[Glance]) -> bool {
    let words = |is: &dyn Fn(f32) -> bool| -> usize {
        let all = likelihoods.iter().zip(doubts).zip(glances);
        let counted = all.filter(|((likelihood, doubt), _)| **likelihood > 0.5 && is(**doubt));
        counted.map(|(_, glance)| glance.words.len()).sum()
    };
    words(&|doubt| doubt < 0.5) * MAX_DOUBTED <= words(&|_| true)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "<p>It rained on all hills of the land yesterday, said the people who live there, and it will rain.</p>";

    fn found(html: &str, hints: &Hints) -> PageArticle {
        extract(html, Url::parse("https://daily.test/rain").ok().as_ref(), hints)
    }

    fn likely(html: &str, said: &Said, doubts: &[f32]) -> Vec<f32> {
        let page = Page::read(&Document::from(html));
        let glances: Vec<Glance> = page.blocks.iter().map(glance).collect();
        likelihoods(Forest::fitted(false), &page, said, &glances, doubts)
    }

    #[test]
    fn what_a_feed_gave_as_the_beginning_is_likelier() {
        let html = format!("<body><div>Wet feet on twelve hills and in one dale today</div>{TEXT}");
        let before = likely(&html, &Said::default(), &[]);
        let summary = text::words("Wet feet on twelve hills and in one dale today, they say");
        let after = likely(&html, &Said { summary, ..Said::default() }, &[]);
        assert!((after[0] - (before[0] + TOLD_BY_FEED).min(1.0)).abs() < 1e-6, "{before:?} {after:?}");
        assert!((after[1] - before[1]).abs() < 1e-6);
        let short = Said { summary: text::words("Wet feet on twelve hills"), ..Said::default() };
        assert_eq!(likely(&html, &short, &[]), before);
    }

    #[test]
    fn what_repeats_on_the_site_is_doubted() {
        let html = format!("<body>{TEXT}{TEXT}");
        let (before, after) =
            (likely(&html, &Said::default(), &[]), likely(&html, &Said::default(), &[0.5, 1.0]));
        assert!((after[0] - before[0] * 0.5).abs() < 1e-6 && (after[1] - before[1]).abs() < 1e-6);
    }

    #[test]
    fn what_is_told_to_machines_only_is_the_text() {
        let body = "It rained on all hills. ".repeat(20);
        let told = format!(
            r#"{{"@type":"NewsArticle","headline":"Rain falls","articleBody":"{body}\n&lt;It&gt; stopped."}}"#
        );
        let html = format!(
            "<body><h1>Rain falls</h1><div id=root></div><script type='application/ld+json'>{told}</script>"
        );
        let article = found(&html, &Hints::default());
        assert!(article.text.ends_with("\n\n<It> stopped."), "{}", article.text);
        assert!(article.html.as_str().ends_with("<p>&lt;It&gt; stopped.</p>"), "{:?}", article.html);
        assert_eq!(article.obstacle, None);
    }

    #[test]
    fn hints_fill_in_what_the_page_does_not_tell() {
        let authors = ["Ann Lee".to_owned()];
        let date = Some(jiff::civil::date(2026, 11, 22));
        let hints = Hints { title: Some("Rain falls"), authors: &authors, date, ..Hints::default() };
        let article = found(&format!("<body>{}", TEXT.repeat(5)), &hints);
        assert_eq!(
            (article.title.as_str(), &article.authors[..], article.date),
            ("Rain falls", &authors[..], date)
        );
        let page = format!(
            "<title>Snow falls</title><meta name=author content='Bob Ray'><meta name=date content=2026-11-01>\
             <body><h1>Snow falls</h1>{}",
            TEXT.repeat(5)
        );
        let article = found(&page, &hints);
        assert_eq!((article.title.as_str(), article.authors), ("Snow falls", vec!["Bob Ray".to_owned()]));
        assert_eq!(article.date, Some(jiff::civil::date(2026, 11, 1)));
    }

    #[test]
    fn what_comes_out_is_safe_and_complete() {
        let html = format!(
            "<body><h1>Rain</h1>{0}<p>It <a href=/more?utm_source=x onclick=x>rained</a> on all hills of the land, \
             said those who live there.<script>x</script></p>{0}",
            TEXT.repeat(3)
        );
        let article = found(&html, &Hints::default());
        assert!(
            article.html.as_str().contains("<a href=\"https://daily.test/more\">rained</a>"),
            "{:?}",
            article.html
        );
        assert!(!article.html.as_str().contains("script"));
        assert_eq!(article.text.split("\n\n").count(), 7);
    }

    /// Pieces of pages that are read by any part of this: well made, broken, and with letters of odd lengths.
    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "<p>", "</p>", "<div class='article-body'>", "</div>", "<h1>", "</h1>", "<h2>Related</h2>", "<br>",
        "<br><br>", "<table><tr><td>", "<td>", "</table>", "<ul><li>", "</ul>", "<blockquote>", "<figure><img src=a>",
        "<figcaption>", "</figure>", "<article>", "</article>", "<main>", "<aside class=comment>",
        "<a href='/rain/2'>next</a>", "<a href='", "<title>", "</title>", "<time datetime='2026-11-22'>",
        "<meta name=author content='By Dİ ẞ | '>", "<meta property=og:title content='ﬁ - İ | ß'>",
        "<span class=byline>", "By Ann Lee", "Von Jörg İ", "22 November 2026", "Subscribe to continue",
        "We value your privacy", "accept all", "It rained on all hills of the land, said those who live there. ",
        "雨が降る。", "هطل المطر", "😀\u{200d}👍🏽", "İẞﬃ", "\u{0}\u{7f}\u{202e}", "&nbsp;", "&#xd800;",
        "<script type='application/ld+json'>{\"@type\":\"Article\",\"author\":[\"İ by\"],\"headline\":\"İ | a\"}</script>",
        "<style>", "<!--", "-->", "<svg><title>", "<noscript>", "<template>",
    ];

    proptest! {
        #[test]
        fn no_page_makes_it_panic(picks in prop::collection::vec(prop::sample::select(PIECES), 0..60), noise in ".{0,40}") {
            let html = picks.concat() + &noise;
            let authors = [noise.clone()];
            let summary = html.clone();
            let hints = Hints { title: Some(&noise), authors: &authors, summary: Some(&summary), ..Hints::default() };
            let article = found(&html, &hints);
            let mut site = SiteMemory::default();
            site.learn(&article.prints);
            site.learn(&article.prints);
            let again = found(&html, &Hints { site: Some(&site), ..Hints::default() });
            prop_assert!(again.text.len() <= html.len() * 4 + 1_000);
        }
    }
}
