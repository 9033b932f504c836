//! The links that a web page names: in its head, and in its text.

use std::borrow::Cow;

use url::Url;

use super::address::web_url;
use super::reference::decode_references;
use super::text::plain_text;
use super::token::{Tag, Token, Tokens};

/// Elements whose content is no HTML.
const RAW: &[&str] = &["script", "style", "textarea", "title"];

/// More links than these are not looked at.
const MAX_LINKS: usize = 20_000;

/// The links of a web page.
#[derive(Debug)]
pub struct PageLinks<'a> {
    /// Where its relative addresses start.
    pub base: Url,
    /// The links in the order of the page.
    pub links: Vec<PageLink<'a>>,
}

/// One link of a web page.
#[derive(Debug)]
pub struct PageLink<'a> {
    /// Whether it is a `<link>` of the head; else it is an `<a>` of the text.
    pub is_declared: bool,
    /// The address as written, its references decoded.
    pub href: Cow<'a, str>,
    /// What the page says it is, in lower case; several words may be.
    pub rel: String,
    /// Its MIME type in lower case, without parameters; may be empty.
    pub mime: String,
    /// Its title, else the HTML it stands around.
    label: &'a str,
}

impl PageLink<'_> {
    /// Reads its title as plain text; may be empty.
    pub fn title(&self) -> String {
        plain_text(self.label)
    }

    /// Tells whether the page says of it that it is this.
    pub fn is(&self, rel: &str) -> bool {
        self.rel.split([' ', ',', '\t', '\n', '\r']).any(|word| word == rel)
    }
}

/// Lists the links that a page names, which was found at this address.
pub fn page_links<'a>(html: &'a str, address: &Url) -> PageLinks<'a> {
    let mut base = None;
    let mut links = Vec::new();
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        let Token::Start(tag) = token else {
            continue;
        };
        match tag.name.as_ref() {
            // The first one counts.
            "base" if base.is_none() => {
                base =
                    tag.attribute("href").and_then(|href| web_url(&decode_references(href), Some(address)));
            }
            "link" | "a" if links.len() < MAX_LINKS => links.extend(link(&tag, &tokens)),
            name if RAW.contains(&name) => tokens.skip_content(name),
            _ => (),
        }
    }
    PageLinks { base: base.unwrap_or_else(|| address.clone()), links }
}

fn link<'a>(tag: &Tag<'a>, tokens: &Tokens<'a>) -> Option<PageLink<'a>> {
    let is_declared = tag.name == "link";
    let href = decode_references(tag.attribute("href")?);
    let mime = tag.attribute("type").unwrap_or_default();
    let mime = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let title = tag.attribute("title").filter(|title| !title.trim().is_empty());
    let content = || if is_declared { None } else { tokens.content_near("a") };
    Some(PageLink {
        is_declared,
        href,
        rel: tag.attribute("rel").unwrap_or_default().to_ascii_lowercase(),
        mime,
        label: title.or_else(content).unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(html: &str) -> PageLinks<'_> {
        page_links(html, &Url::parse("http://a.test/x/").unwrap())
    }

    #[test]
    fn links_come_from_the_head_and_the_text() {
        let page = links(
            "<LINK REL='Alternate Home' TYPE='Application/RSS+XML; charset=utf-8' HREF='/f?a&amp;b' title='T &amp; t'>\
             <p><a href=/rss>Our <b>feed</b></a></p>",
        );
        let [declared, anchor] = &page.links[..] else { panic!("two links") };
        assert!(declared.is_declared && declared.is("alternate") && declared.is("home"));
        assert_eq!((declared.href.as_ref(), declared.mime.as_str()), ("/f?a&b", "application/rss+xml"));
        assert_eq!(declared.title(), "T & t");
        assert_eq!((anchor.href.as_ref(), anchor.title().as_str()), ("/rss", "Our feed"));
        assert!(!anchor.is_declared);
    }

    #[test]
    fn the_first_base_is_where_relative_addresses_start() {
        let table = [
            ("<a href='1'>", "http://a.test/x/"),
            ("<base target='_top'><base href='/y/'><base href='/z/'>", "http://a.test/y/"),
            ("<base href='//b.test/'>", "http://b.test/"),
            ("<base href='javascript:x'>", "http://a.test/x/"),
        ];
        for (html, expected) in table {
            assert_eq!(links(html).base.as_str(), expected, "{html}");
        }
    }

    #[test]
    fn what_is_no_markup_names_no_links() {
        let html = "<!-- <link href='1'> --><script>'<a href=2>'</script><title><a href=3></title>\
                    <style><a href=4></style><link rel='x'><a href='5'>";
        let hrefs: Vec<_> = links(html).links.into_iter().map(|link| link.href).collect();
        assert_eq!(hrefs, ["5"]);
    }
}
