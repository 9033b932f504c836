//! The attributes of one line of an OPML list, whose names may be in any case.

use quick_xml::events::BytesStart;

use super::opml::is;
use crate::html::{clean_line, decode_references, plain_text};

/// Attributes beyond these are not looked at, longer values not kept.
const MAX_ATTRIBUTES: usize = 50;
const MAX_KEPT: usize = 4_000;

/// Attributes that a feed is made of.
const UNDERSTOOD: [&str; 5] = ["xmlUrl", "url", "text", "title", "htmlUrl"];

/// The namespaces that a list declares at its root: `xmlns:x` and the name.
pub(super) type Prefixes = Vec<(String, String)>;

/// Names and values, as written.
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    pub(super) fn of(tag: &BytesStart) -> Attributes {
        let mut attributes = tag.html_attributes();
        let attributes = attributes.with_checks(false).flatten().take(MAX_ATTRIBUTES);
        let pairs = attributes.map(|it| (it.key.as_ref().to_owned(), it.value.trim().to_owned()));
        Attributes(pairs.collect())
    }

    /// Finds a value, its references decoded.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.raw(name).map(|value| decode_references(value).into_owned())
    }

    /// Finds the address of the feed; `url` alone may be a link to something else.
    pub(super) fn feed(&self) -> Option<String> {
        let is_feed = self.get("type").is_none_or(|kind| is(&kind, "rss") || is(&kind, "atom"));
        self.get("xmlUrl").or_else(|| self.get("url").filter(|_| is_feed))
    }

    /// Reads the title; titles are often escaped twice.
    pub(super) fn title(&self) -> Option<String> {
        let raw = self.raw("title").or_else(|| self.raw("text"))?;
        let title = decode_references(raw);
        let title =
            if raw.contains(MEANT) { clean_line(&title) } else { plain_text(&title.replace('<', "&lt;")) };
        Some(title).filter(|title| !title.is_empty())
    }

    /// Lists what is not understood, each name with a prefix together with what the prefix means.
    pub(super) fn others(&self, declared: &Prefixes) -> Vec<(String, String)> {
        let mut kept: Vec<(String, String)> = Vec::new();
        for (name, value) in &self.0 {
            let value = clean_line(&decode_references(value));
            let is_plain_feed = is(name, "type") && is(&value, "rss");
            let is_known = is_plain_feed || UNDERSTOOD.iter().any(|known| is(name, known));
            if is_known || !is_name(name) || value.len() > MAX_KEPT {
                continue;
            }
            let Some((prefix, _)) = name.split_once(':').filter(|(prefix, _)| *prefix != "xmlns") else {
                add(&mut kept, name, value);
                continue;
            };
            let prefix = format!("xmlns:{prefix}");
            let own = self.prefixes();
            // What a prefix means that is declared nowhere, nobody can tell.
            if let Some((_, meaning)) = own.iter().chain(declared).find(|(known, _)| *known == prefix) {
                add(&mut kept, name, value);
                add(&mut kept, &prefix, meaning.clone());
            }
        }
        kept
    }

    /// Lists the namespaces that the tag declares.
    pub(super) fn prefixes(&self) -> Prefixes {
        let declared = self.0.iter().filter(|(name, _)| name.starts_with("xmlns:"));
        declared.map(|(name, value)| (name.clone(), clean_line(&decode_references(value)))).collect()
    }

    fn raw(&self, name: &str) -> Option<&str> {
        let mut pairs = self.0.iter();
        let (_, value) = pairs.find(|(key, value)| is(key, name) && !value.is_empty())?;
        Some(value)
    }
}

/// How a `&` is written that means itself even before what would be a reference.
pub(super) const MEANT: &str = "&#38;";

/// Adds an attribute, each name once.
fn add(kept: &mut Vec<(String, String)>, name: &str, value: String) {
    if kept.iter().all(|(known, _)| known != name) {
        kept.push((name.to_owned(), value));
    }
}

/// Tells whether this can be written as a name, with at most one prefix.
fn is_name(name: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    name.len() <= 100 && name != "xmlns" && name.splitn(2, ':').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_can_be_written() {
        for name in ["a", "frss:cssFullContent", "data-x", "_1"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "1", "a b", "a:b:c", "a:", "\"x", "é", "xmlns"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
