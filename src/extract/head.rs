//! What a page says of itself in its head: titles, descriptions, addresses, and what it tells machines.

use dom_query::Document;

use super::article::Hints;
use super::features::Said;
use super::json_ld::{Told, told};
use super::text::words;

/// Longer titles are cut off there, and what else a page says of itself, in bytes: each is compared with every block.
const MAX_TITLE: usize = 1_000;
const MAX_META: usize = 3_000;

/// The head of a page.
pub(super) struct Head {
    /// `<title>`.
    pub(super) title: String,
    /// The `<meta>` elements: their names in lower case, and what they hold.
    pub(super) metas: Vec<(String, String)>,
    /// What it tells machines.
    pub(super) told: Told,
    /// The title and the beginning of the text, as a feed told them.
    hinted: Option<String>,
    summary: Option<String>,
}

impl Head {
    /// Reads the head of a document.
    pub(super) fn read(document: &Document, hints: &Hints) -> Head {
        let title = document.select("title").nodes().first().map(|title| title.text().to_string());
        let mut metas = Vec::new();
        for meta in document.select("meta").nodes() {
            let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|name| meta.attr(name));
            if let (Some(name), Some(content)) = (name, meta.attr("content")) {
                metas.push((name.trim().to_ascii_lowercase(), cut(content.trim(), MAX_META)));
            }
        }
        let mut told = told(document);
        told.headline = told.headline.map(|headline| cut(&headline, MAX_TITLE));
        Head {
            title: cut(title.unwrap_or_default().trim(), MAX_TITLE),
            metas,
            told,
            hinted: hints.title.map(|title| cut(title, MAX_TITLE)),
            summary: hints.summary.map(crate::html::plain_text),
        }
    }

    /// Finds the first of some names that says something.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        let find = |name: &&str| self.metas.iter().find(|(known, value)| known == name && !value.is_empty());
        names.iter().find_map(find).map(|(_, value)| value.as_str())
    }

    /// The text as the page tells it to machines.
    pub(super) fn told_text(&self) -> String {
        let lines = self.told.body.lines().map(crate::html::plain_text).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n\n")
    }

    /// What is compared with the page's blocks.
    pub(super) fn said(&self) -> Said {
        let all = |names: &[&str]| {
            let values = names.iter().filter_map(|name| self.meta(&[name]));
            values.map(words).filter(|words| !words.is_empty()).collect::<Vec<_>>()
        };
        let mut titles = all(&["og:title", "twitter:title"]);
        titles.push(words(&self.title));
        titles.extend(self.told.headline.as_deref().map(words));
        titles.extend(self.hinted.as_deref().map(words));
        Said {
            titles,
            descriptions: all(&["description", "og:description", "twitter:description"]),
            body: words(&crate::html::plain_text(&self.told.body)),
            summary: self.summary.as_deref().map(words).unwrap_or_default(),
        }
    }
}

fn cut(text: &str, most: usize) -> String {
    text[..text.floor_char_boundary(most)].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Head {
        Head::read(&Document::from(html), &Hints::default())
    }

    #[test]
    fn metas_are_found_by_any_of_their_names() {
        let head = read(
            "<meta property=' OG:Title ' content=' Rain '><meta name=empty content=''><meta itemprop=date content=today>",
        );
        assert_eq!(head.meta(&["title", "og:title"]), Some("Rain"));
        assert_eq!(head.meta(&["empty", "date"]), Some("today"));
        assert_eq!(head.meta(&["empty"]), None);
    }

    #[test]
    fn the_title_is_the_first_of_the_page() {
        assert_eq!(read("<title> Rain\n</title><svg><title>Arrow</title></svg>").title, "Rain");
        assert_eq!(read("<p>x").title, "");
    }

    #[test]
    fn what_is_said_is_compared_as_words() {
        let hints = Hints { title: Some("Wet hills"), summary: Some("<p>It rained."), ..Hints::default() };
        let told = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Rain","articleBody":"It&nbsp;rained on hills."}</script>"#;
        let html = format!(
            "<title>Rain | Daily</title><meta property=og:title content=Rain><meta name=description content='Of rain'>{told}"
        );
        let head = Head::read(&Document::from(html), &hints);
        let said = head.said();
        assert_eq!(said.titles, ["Rain", "Rain | Daily", "Rain", "Wet hills"].map(words));
        assert_eq!(said.descriptions, [words("of rain")]);
        assert_eq!((said.body, said.summary), (words("It rained on hills"), words("It rained")));
        assert_eq!(head.told_text(), "It rained on hills.");
    }

    #[test]
    fn what_is_too_long_is_cut_between_letters() {
        let head =
            read(&format!("<title>{0}</title><meta name=description content='{0}'>", "ö".repeat(5_000)));
        assert_eq!(head.title.len(), MAX_TITLE);
        assert_eq!(head.meta(&["description"]).map(str::len), Some(MAX_META));
    }
}
