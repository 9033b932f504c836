//! Which of its many links a feed or an entry leads to, and the files that come with it.

use url::Url;

use super::parse::raw;
use crate::html::{clean_line, web_url};
use crate::model::{Enclosure, FeedFormat};

/// Finds the web site of a feed.
pub(super) fn site(feed: &raw::Feed, format: FeedFormat, base: Option<&Url>) -> Option<Url> {
    let mut links = feed.links.iter().filter(|link| leads_to_page(link, format));
    let url = web_url(&links.next()?.href, base);
    // A JSON feed without a home page tells its own address only.
    url.filter(|url| format != FeedFormat::Json || Some(url) != base)
}

/// Finds the page an entry leads to.
pub(super) fn page(entry: &raw::Entry, format: FeedFormat, base: Option<&Url>) -> Option<Url> {
    let links = entry.links.iter().filter(|link| leads_to_page(link, format));
    let (html, other): (Vec<&raw::Link>, Vec<&raw::Link>) = links.partition(|link| is_html(link));
    let mut addresses = html.into_iter().chain(other).map(|link| link.href.as_str());
    addresses
        .find_map(|address| web_url(address, base))
        .or_else(|| out_of_line(entry, base))
        .or_else(|| permalink(entry, format))
}

/// Lists the files that come with an entry.
pub(super) fn enclosures(entry: &raw::Entry, format: FeedFormat, base: Option<&Url>) -> Vec<Enclosure> {
    let linked = entry.links.iter().filter(|link| is_file(link, format));
    let linked = linked.filter_map(|link| linked_file(link, base));
    let media = entry.media.iter().flat_map(|media| &media.content);
    let media = media.filter_map(|content| media_file(content, base));
    let mut files: Vec<Enclosure> = Vec::new();
    for file in linked.chain(media) {
        if files.iter().all(|known| known.url != file.url) && files.len() < MAX_ENCLOSURES {
            files.push(file);
        }
    }
    files
}

/// More files than these no list shows.
const MAX_ENCLOSURES: usize = 100;

fn leads_to_page(link: &raw::Link, format: FeedFormat) -> bool {
    let is_page = link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    is_page && link.target.is_none() && !is_file(link, format)
}

fn is_html(link: &raw::Link) -> bool {
    link.media_type.as_deref().is_none_or(|mime| mime.contains("html"))
}

fn is_file(link: &raw::Link, format: FeedFormat) -> bool {
    // The parser makes links of a JSON feed's attachments; only they have a type.
    let is_attachment = format == FeedFormat::Json && link.media_type.is_some();
    is_attachment || link.rel.as_deref() == Some("enclosure")
}

/// Takes the address of an Atom content that lies elsewhere.
fn out_of_line(entry: &raw::Entry, base: Option<&Url>) -> Option<Url> {
    let content = entry.content.as_ref().filter(|content| content.body.is_none())?;
    web_url(&content.src.as_ref()?.href, base)
}

/// Takes an RSS guid that is an address.
fn permalink(entry: &raw::Entry, format: FeedFormat) -> Option<Url> {
    web_url(&entry.id, None).filter(|_| format == FeedFormat::Rss)
}

fn linked_file(link: &raw::Link, base: Option<&Url>) -> Option<Enclosure> {
    Some(Enclosure {
        url: web_url(&link.href, base)?,
        mime: link.media_type.as_deref().map(clean_line),
        length: link.length,
    })
}

fn media_file(content: &raw::MediaContent, base: Option<&Url>) -> Option<Enclosure> {
    Some(Enclosure {
        url: web_url(content.url.as_ref()?.as_str(), base)?,
        mime: content.content_type.as_ref().map(|mime| clean_line(mime.as_str())),
        length: content.size,
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::model::{ParsedEntry, ParsedFeed};

    fn feed(document: &str) -> ParsedFeed {
        let base = Url::parse("http://feed.test/x/feed.xml").unwrap();
        parse(document.as_bytes(), Some(&base)).unwrap()
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
    fn the_site_is_not_the_feeds_own_address() {
        let document = "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel>\
                        <atom:link rel='self' href='http://feed.test/self'/><link>/</link></channel></rss>";
        assert_eq!(feed(document).link.unwrap().as_str(), "http://feed.test/");
    }
}
