//! Which of its many links a feed or an entry leads to, and the files that come with it.

use std::rc::Rc;

use url::{ParseError, Url};

use super::draft::{Base, Link};
use super::title::short;
use crate::html::{clean_line, web_url};
use crate::model::Enclosure;

/// More files than these no list shows.
const MAX_ENCLOSURES: usize = 100;

/// The longest address in bytes.
const MAX_ADDRESS: usize = 8_000;

/// Where relative addresses start.
#[derive(Clone, Default, Debug)]
pub(super) struct Place {
    pub(super) base: Base,
}

impl Place {
    /// Goes into an element that may have a base of its own.
    pub(super) fn within(&self, base: &Base) -> Place {
        Place { base: base.clone().or_else(|| self.base.clone()) }
    }

    /// Completes an address; nothing comes of what is not of the web.
    pub(super) fn resolve(&self, address: &str) -> Option<Url> {
        resolve(address, self.base.as_ref().map(Rc::as_ref))
    }

    pub(super) fn resolve_link(&self, link: &Link) -> Option<Url> {
        let base = link.base.as_ref().or(self.base.as_ref());
        resolve(&link.href, base.map(Rc::as_ref))
    }
}

/// Completes an address; one that no server would take is none, nor may it be a base.
///
/// Ten thousand entries that begin with one of a megabyte would fill the memory.
pub(super) fn resolve(address: &str, base: Option<&Url>) -> Option<Url> {
    if address.len() > MAX_ADDRESS {
        return None;
    }
    web_url(address, base).filter(|url| url.as_str().len() <= MAX_ADDRESS)
}

/// Finds the page that links lead to: one that is said to be HTML, else one of which nothing is said.
pub(super) fn page(links: &[Link], place: &Place) -> Option<Url> {
    if let [link] = links {
        return place.resolve_link(link);
    }
    let mut pages: Vec<&Link> = links.iter().collect();
    pages.sort_by_key(|link| match link.mime.as_deref() {
        Some(mime) if mime.contains("html") => 0,
        None => 1,
        Some(_) => 2,
    });
    pages.into_iter().find_map(|link| place.resolve_link(link))
}

/// Schemes beside the web's that a page may have.
const OTHER_SCHEMES: [&str; 6] = ["mailto:", "tag:", "ftp:", "magnet:", "gemini:", "gopher:"];

/// Takes an address that cannot be completed, or leads out of the web, as it stands.
pub(super) fn as_written(links: &[Link], place: &Place) -> Option<String> {
    let mut kept = links.iter().filter(|link| {
        let href = link.href.trim();
        let is_relative = Url::parse(href) == Err(ParseError::RelativeUrlWithoutBase);
        let has_base = place.within(&link.base).base.is_some();
        !href.is_empty()
            && (is_relative && !has_base || OTHER_SCHEMES.iter().any(|scheme| href.starts_with(scheme)))
    });
    kept.next().map(|link| short(clean_line(&link.href)))
}

/// Lists the files that come with an entry.
pub(super) fn enclosures(links: &[Link], place: &Place) -> Vec<Enclosure> {
    let mut files: Vec<Enclosure> = Vec::new();
    for file in links.iter().filter_map(|link| enclosure(link, place)) {
        if files.len() < MAX_ENCLOSURES && files.iter().all(|known| known.url != file.url) {
            files.push(file);
        }
    }
    files
}

fn enclosure(link: &Link, place: &Place) -> Option<Enclosure> {
    let mime = link.mime.as_deref().map(clean_line).filter(|mime| !mime.is_empty());
    Some(Enclosure { url: place.resolve_link(link)?, mime, length: link.length })
}

#[cfg(test)]
mod tests {
    use super::super::{Source, parse};
    use super::*;
    use crate::model::{ParsedEntry, ParsedFeed};

    fn feed(document: &str) -> ParsedFeed {
        let base = Url::parse("http://feed.test/x/feed.xml").unwrap();
        parse(document.as_bytes(), &Source { url: Some(base), content_type: None }).unwrap()
    }

    fn rss(item: &str) -> ParsedEntry {
        let document = format!(
            "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'>\
             <channel><atom:link rel='self' href='http://feed.test/self'/><link>http://site.test/blog/</link>\
             <item>{item}</item></channel></rss>"
        );
        feed(&document).entries.remove(0)
    }

    fn atom(entry: &str) -> ParsedEntry {
        let document = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/deep/'><entry>{entry}</entry></feed>"
        );
        feed(&document).entries.remove(0)
    }

    fn link(entry: &ParsedEntry) -> Option<&str> {
        entry.link.as_ref().map(Url::as_str)
    }

    #[test]
    fn a_link_is_absolute_and_of_the_web() {
        let table = [
            ("<link> http://a.test/1 \n</link>", Some("http://a.test/1")),
            ("<link>one</link>", Some("http://site.test/blog/one")),
            ("<link>javascript:x</link>", None),
            ("<guid>http://a.test/2</guid>", Some("http://a.test/2")),
            ("<guid>2</guid>", None),
            ("<guid isPermaLink='true'>2</guid>", Some("http://site.test/blog/2")),
            ("<guid isPermaLink='false'>http://a.test/2</guid>", None),
            ("<link>file:///x</link><guid>http://a.test/3</guid>", Some("http://a.test/3")),
            ("<comments>http://a.test/c</comments>", None),
        ];
        for (item, expected) in table {
            assert_eq!(link(&rss(item)), expected, "{item}");
        }
    }

    #[test]
    fn an_atom_entry_leads_to_its_page() {
        let table = [
            ("<link href='1'/>", Some("http://feed.test/deep/1")),
            ("<link rel='self' href='a'/><link rel='alternate' href='b'/>", Some("http://feed.test/deep/b")),
            (
                "<link type='application/json' href='a'/><link type='text/html' href='b'/>",
                Some("http://feed.test/deep/b"),
            ),
            ("<link rel='enclosure' href='a.mp3'/>", None),
            ("<content src='http://a.test/c' type='text/html'/>", Some("http://a.test/c")),
        ];
        for (entry, expected) in table {
            assert_eq!(link(&atom(entry)), expected, "{entry}");
        }
    }

    #[test]
    fn files_come_from_enclosures_and_media() {
        let entry = rss("<enclosure url='http://a.test/1.mp3' type='audio/mpeg' length='7'/>\
             <enclosure url='javascript:x'/>");
        let file = Enclosure {
            url: Url::parse("http://a.test/1.mp3").unwrap(),
            mime: Some("audio/mpeg".to_owned()),
            length: Some(7),
        };
        assert_eq!(entry.enclosures, [file]);
        let entry = rss("<media:group><media:content url='http://a.test/v.mp4' fileSize='9'/></media:group>");
        assert_eq!(entry.enclosures[0].length, Some(9));
        let entry = atom("<link rel='enclosure' href='a.mp3' length='5'/>");
        assert_eq!(entry.enclosures[0].url.as_str(), "http://feed.test/deep/a.mp3");
    }

    #[test]
    fn comments_are_on_a_page_of_their_own() {
        let comments = |entry: ParsedEntry| entry.comments.map(String::from);
        let item = "<guid>http://a.test/1</guid><title>A</title><description>x</description>";
        let table = [
            ("<link>http://a.test/1</link><comments>http://a.test/1#c</comments>", Some("http://a.test/1#c")),
            ("<link>http://a.test/1</link><comments>http://a.test/1</comments>", None),
            ("<comments>javascript:x</comments>", None),
            ("<comments></comments>", None),
        ];
        for (parts, expected) in table {
            assert_eq!(comments(rss(&format!("{item}{parts}"))).as_deref(), expected, "{parts}");
            // Broken elsewhere, it goes to the tolerant reader.
            assert_eq!(comments(rss(&format!("{item}{parts}<x>&nope;"))).as_deref(), expected, "{parts}");
        }
        let replies = "<link href='1'/><link rel='replies' type='application/atom+xml' href='c.xml'/>\
                       <link rel='replies' type='text/html' href='c'/>";
        assert_eq!(comments(atom(replies)).as_deref(), Some("http://feed.test/deep/c"));
    }

    #[test]
    fn an_endless_address_is_none_and_no_base() {
        let long = format!("http://a.test/{}/", "x".repeat(MAX_ADDRESS));
        assert_eq!(link(&rss(&format!("<link>{long}</link>"))), None);
        let based = atom(&format!("<link xml:base='{long}' href='1'/>"));
        assert_eq!(link(&based), Some("http://feed.test/deep/1"));
    }

    #[test]
    fn the_site_is_not_the_feeds_own_address() {
        let document = "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel>\
                        <atom:link rel='self' href='http://feed.test/self'/><link>/</link></channel></rss>";
        assert_eq!(feed(document).link.unwrap().as_str(), "http://feed.test/");
    }
}
