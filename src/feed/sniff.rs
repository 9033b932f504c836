//! Looks at the head of a document: what is it?

/// What a document looks like.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Document {
    /// Nothing but white space.
    Empty,
    /// A page for a browser.
    WebPage,
    /// Something else that begins with a tag.
    Xml(Root),
    /// Everything else.
    Other,
}

/// The root element of an XML document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Root {
    /// Its name without prefix.
    pub(super) name: String,
    /// Its `xml:base`, which the feed parser does not tell.
    pub(super) base: Option<String>,
}

/// Only so much of a document is looked at; long comments and style sheets may stand before the root.
const HEAD: usize = 20_000;

/// Elements that begin a web page.
const PAGE: &[&str] = &["html", "head", "body", "meta", "title", "div", "p", "script", "h1"];

/// Looks at the head of a document.
pub(super) fn sniff(bytes: &[u8]) -> Document {
    let head = &bytes[..bytes.len().min(HEAD)];
    // In UTF-16 every other byte is a zero.
    let head: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let head = String::from_utf8_lossy(&head);
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{fffd}');
    let text = head.trim_start_matches(is_blank);
    if text.is_empty() {
        return Document::Empty;
    }
    let Some(root) = find_root(text) else {
        return Document::Other;
    };
    match root {
        Start::HtmlDoctype => Document::WebPage,
        Start::Tag(tag) => {
            let root = read_root(tag);
            if PAGE.iter().any(|name| root.name.eq_ignore_ascii_case(name)) {
                Document::WebPage
            } else {
                Document::Xml(root)
            }
        }
    }
}

enum Start<'a> {
    HtmlDoctype,
    Tag(&'a str),
}

fn find_root(mut text: &str) -> Option<Start<'_>> {
    if !text.starts_with('<') {
        return None;
    }
    loop {
        text = &text[text.find('<')?..];
        let end = if text.starts_with("<!--") { "-->" } else { ">" };
        let length = text.find(end)? + end.len();
        let tag = &text[..length];
        if tag.len() > 14 && tag.is_char_boundary(14) && tag[..14].eq_ignore_ascii_case("<!doctype html") {
            return Some(Start::HtmlDoctype);
        }
        if !tag.starts_with("<!") && !tag.starts_with("<?") {
            return Some(Start::Tag(&tag[1..length - 1]));
        }
        text = &text[length..];
    }
}

fn read_root(tag: &str) -> Root {
    let end = tag.find(|c: char| c.is_whitespace() || c == '/');
    let (name, attributes) = tag.split_at(end.unwrap_or(tag.len()));
    let name = name.rsplit(':').next().unwrap_or_default();
    Root { name: name.to_owned(), base: attribute(attributes, "xml:base") }
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let (_, rest) = attributes.split_once(name)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, _) = rest[1..].split_once(quote)?;
    Some(value.replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xml(name: &str, base: Option<&str>) -> Document {
        Document::Xml(Root { name: name.to_owned(), base: base.map(str::to_owned) })
    }

    #[test]
    fn documents_are_told_apart_by_their_head() {
        let table: &[(&[u8], Document)] = &[
            (b"", Document::Empty),
            (b"\xef\xbb\xbf \n", Document::Empty),
            (b"\n<!DOCTYPE HTML>\n<title>x", Document::WebPage),
            (b"<?xml version='1.0'?><!-- <rss> --><html xmlns='x'>", Document::WebPage),
            (b"<HEAD><title>", Document::WebPage),
            (b"\xef\xbb\xbf<?xml version='1.0'?>\n<rss version='2.0'>", xml("rss", None)),
            (b"<!DOCTYPE rss SYSTEM 'x'><rdf:RDF xmlns:rdf='y'>", xml("RDF", None)),
            (b"<feed xml:base=\"http://a.test/?a=1&amp;b\">", xml("feed", Some("http://a.test/?a=1&b"))),
            (b"\xff\xfe<\0r\0s\0s\0>\0", xml("rss", None)),
            (b"{\"version\": 1}", Document::Other),
            (b"not <b>a</b> feed", Document::Other),
            (b"\x89PNG\r\n", Document::Other),
            (b"<unfinished", Document::Other),
        ];
        for (bytes, expected) in table {
            assert_eq!(sniff(bytes), *expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
