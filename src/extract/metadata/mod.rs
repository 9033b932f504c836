//! What an article is called, who wrote it, when and where: read from what the page shows, and from what it says of
//! itself to machines.
//!
//! What a page shows weighs more where it stands beside the article; what it tells weighs more where it is precise.

mod byline;
mod date;
mod headline;
mod image;
mod lexicon;
mod name;
mod organisation;
mod site;
mod standfirst;
mod title;
mod view;

use dom_query::Document;
use jiff::civil::Date;

pub(super) use self::byline::is_byline;
use self::view::View;
use super::features::Glance;
use super::head::Head;
use super::page::Page;
use crate::model::Url;

/// What is known of an article beside its text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Metadata {
    /// The headline as the page shows it; empty if there is none.
    pub(super) title: String,
    /// The lines between headline and text.
    pub(super) standfirst: Option<String>,
    /// People, or else the agency it comes from.
    pub(super) authors: Vec<String>,
    /// The day it was published, in the page's own zone.
    pub(super) date: Option<Date>,
    pub(super) site: Option<String>,
    /// As a language tag: `en`, `pt-BR`.
    pub(super) language: Option<String>,
    pub(super) lead_image: Option<Url>,
    /// The address of the page, given or told.
    pub(super) url: Option<Url>,
    /// The blocks that headline and standfirst are.
    pub(super) headline_at: Option<usize>,
    pub(super) standfirst_at: Option<usize>,
}

/// Finds what is known of a page's article; `kept` tells which blocks are its text.
pub(super) fn metadata(
    document: &Document,
    head: &Head,
    page: &Page,
    glances: &[Glance],
    kept: &[bool],
    url: Option<&Url>,
) -> Metadata {
    let mut view = View::new(document, head, page, glances, kept, url);
    let site = site::site(&view);
    view.site_names = site::names(&view, site.as_deref());
    view.headline = headline::headline_block(&view);
    let title = headline::headline_text(&view);
    let standfirst_at = standfirst::standfirst(&view, &title);
    Metadata {
        standfirst: standfirst_at.map(|at| page.blocks[at].text.clone()),
        standfirst_at,
        headline_at: view.headline,
        url: view.url.clone(),
        authors: byline::authors(&view),
        date: date::date(&view),
        language: language(&view),
        lead_image: image::lead_image(&view),
        title,
        site,
    }
}

/// Finds the language that the page says it is written in.
fn language(view: &View) -> Option<String> {
    let root = view.document.html_root();
    let told = ["lang", "xml:lang"].iter().find_map(|name| root.attr(name)).map(|value| value.to_string());
    let meta =
        || view.head.meta(&["content-language", "og:locale", "language", "dc.language"]).map(str::to_owned);
    let language = told.filter(|value| !value.trim().is_empty()).or_else(meta)?.trim().replace('_', "-");
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_tag =
        matches!(language.split('-').next().map(str::len), Some(2 | 3)) && language.split('-').all(is_part);
    is_tag.then_some(language)
}

#[cfg(test)]
mod tests {
    use super::super::article::Hints;
    use super::super::features::glance;
    use super::*;

    /// Reads a page whose text is what stands in `<p class=t>`; for the tests of all files here.
    pub(super) fn read(head: &str, body: &str) -> Metadata {
        let html = format!("<html lang=en-GB><head>{head}</head><body>{body}</body></html>");
        let document = Document::from(html);
        let (head, page) = (Head::read(&document, &Hints::default()), Page::read(&document));
        let glances: Vec<Glance> = page.blocks.iter().map(glance).collect();
        let kept: Vec<bool> = page.blocks.iter().map(|block| block.text.starts_with("Text ")).collect();
        metadata(&document, &head, &page, &glances, &kept, None)
    }

    /// Paragraphs of text.
    pub(super) const TEXT: &str = "<p>Text of the story, with many words in it, and a full stop at its end.</p>\
        <p>Text that goes on with as many words, and names no one and no day.</p>";

    #[test]
    fn the_language_is_the_pages() {
        assert_eq!(read("", TEXT).language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn an_empty_page_says_nothing() {
        let expected = Metadata { language: Some("en-GB".into()), ..Metadata::default() };
        assert_eq!(read("", ""), expected);
    }
}
