//! What a page says of itself in its head: titles, descriptions, addresses, and what it tells machines.

use dom_query::Document;

use super::article::Hints;
use super::features::Said;
use super::json_ld::{Told, told};
use super::text::words;

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
                metas.push((name.trim().to_ascii_lowercase(), content.trim().to_string()));
            }
        }
        Head {
            title: title.unwrap_or_default().trim().to_owned(),
            metas,
            told: told(document),
            hinted: hints.title.map(str::to_owned),
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
