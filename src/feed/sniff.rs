//! Looks at the head of a document: what is it?

use super::xml::{Token, Tokens};

/// What a document looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Nothing but white space.
    Empty,
    /// JSON.
    Json,
    /// A page for a browser.
    WebPage,
    /// Anything else; a feed, if all is well.
    Other,
}

/// Elements that begin a web page.
const PAGE: &[&str] = &["html", "head", "body", "meta", "title", "div", "p", "script", "h1"];

/// Looks at the head of a document.
pub(super) fn sniff(text: &str) -> Kind {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() {
        return Kind::Empty;
    }
    if text.starts_with(['{', '[']) {
        return Kind::Json;
    }
    let mut tokens = Tokens::new(text);
    while let Some(token) = tokens.next(None) {
        match token {
            Token::Doctype(text) => {
                let name = text.get("<!doctype".len()..).unwrap_or_default().trim_start();
                if name.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("html")) {
                    return Kind::WebPage;
                }
            }
            Token::Start(tag) => {
                let name = tag.name.rsplit(':').next().unwrap_or_default();
                let is_page = PAGE.iter().any(|page| name.eq_ignore_ascii_case(page));
                return if is_page { Kind::WebPage } else { Kind::Other };
            }
            Token::Text(text) if !text.trim().is_empty() => return Kind::Other,
            Token::Text(_) | Token::CData(_) | Token::End(_) => {}
        }
    }
    Kind::Other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_told_apart_by_their_head() {
        let table = [
            ("", Kind::Empty),
            ("\u{feff} \n", Kind::Empty),
            ("\n<!DOCTYPE HTML>\n<title>x", Kind::WebPage),
            ("<?xml version='1.0'?><!-- <rss> --><html xmlns='x'>", Kind::WebPage),
            ("<HEAD><title>", Kind::WebPage),
            ("\u{feff}<?xml version='1.0'?>\n<rss version='2.0'>", Kind::Other),
            ("<!DOCTYPE rss SYSTEM 'x'><rdf:RDF xmlns:rdf='y'>", Kind::Other),
            ("\u{feff} {\"version\": 1}", Kind::Json),
            ("not <b>a</b> feed", Kind::Other),
            ("<unfinished", Kind::Other),
        ];
        for (text, expected) in table {
            assert_eq!(sniff(text), expected, "{text}");
        }
    }
}
