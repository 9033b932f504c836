//! OPML → the feeds and folders in it.
//!
//! Read as a stream of tags rather than as a document of the right shape: lists written by hand have names
//! in any case, missing ends and bare `&`. Only a list that breaks off is refused, so that nobody believes
//! half of it to be all.

use std::borrow::Cow;

use quick_xml::encoding::DecodingReader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use url::Url;

use super::guard::guarded;
use crate::html::{clean_line, plain_text, web_url};

const MAX_BYTES: usize = 50_000_000;

/// Folders nested deeper are taken as one with the folder they lie in.
const MAX_DEPTH: usize = 30;

/// What an OPML document lists.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct OpmlDocument {
    /// Feeds and folders in document order.
    pub outlines: Vec<Outline>,
    /// Addresses that no feed can be fetched from, for the caller to name.
    pub skipped: Vec<String>,
}

/// A line of an OPML document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outline {
    /// A group of lines.
    Folder {
        /// Its name.
        title: String,
        /// The lines in it.
        children: Vec<Outline>,
    },
    /// A feed.
    Feed {
        /// The title given to it.
        title: Option<String>,
        /// Where it is fetched.
        url: Url,
        /// The web site it belongs to.
        site: Option<Url>,
    },
}

/// Why an OPML document was not read; completes `cannot read FILE: …`.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum OpmlError {
    /// More bytes than are read.
    #[error("it is larger than 50 MB")]
    TooLarge,
    /// Something else than OPML.
    #[error("it is not OPML: there is no <opml> in it")]
    NotOpml,
    /// The end is missing.
    #[error("it breaks off before </opml>")]
    BreaksOff,
    /// Not readable as XML at all.
    #[error("broken XML at byte {position}: {reason}")]
    Malformed {
        /// Where reading ended.
        position: u64,
        /// What was wrong there.
        reason: String,
    },
}

/// Reads the feeds and folders of an OPML document; only feeds at http(s) addresses.
pub fn read_opml(bytes: &[u8]) -> Result<OpmlDocument, OpmlError> {
    if bytes.len() > MAX_BYTES {
        return Err(OpmlError::TooLarge);
    }
    let failed = || OpmlError::Malformed { position: 0, reason: "the reader failed on it".to_owned() };
    guarded(|| read(bytes)).unwrap_or_else(|| Err(failed()))
}

fn read(bytes: &[u8]) -> Result<OpmlDocument, OpmlError> {
    let mut reader = Reader::from_reader(DecodingReader::new(bytes));
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut list = List::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return list.finish(),
            Ok(Event::Decl(declaration)) => {
                if let Some(encoding) = declaration.encoder() {
                    reader.get_mut().set_encoding(encoding);
                }
            }
            Ok(event) => list.take(&event),
            Err(_) if !list.has_begun => return Err(OpmlError::NotOpml),
            Err(error) => {
                let reason = clean_line(&error.to_string());
                return Err(OpmlError::Malformed { position: reader.buffer_position(), reason });
            }
        }
    }
}

/// The list while it is read.
#[derive(Default)]
struct List {
    document: OpmlDocument,
    /// The folders not yet ended, each with its title.
    folders: Vec<(String, Vec<Outline>)>,
    /// For each outline not yet ended, whether it is a folder. What lies in another, a feed or a folder too
    /// deep, lies beside it.
    open: Vec<bool>,
    has_begun: bool,
    has_ended: bool,
}

impl List {
    fn take(&mut self, event: &Event) {
        match event {
            Event::Start(tag) if is(tag.local_name().as_ref(), "opml") => self.has_begun = true,
            Event::Start(tag) if is(tag.local_name().as_ref(), "outline") => {
                self.outline(&Attributes::of(tag));
            }
            Event::End(tag) if is(tag.local_name().as_ref(), "opml") => self.has_ended = self.has_begun,
            Event::End(tag) if is(tag.local_name().as_ref(), "outline") => self.close(),
            _ => (),
        }
    }

    fn finish(mut self) -> Result<OpmlDocument, OpmlError> {
        while !self.open.is_empty() {
            self.close();
        }
        match (self.has_begun, self.has_ended) {
            (false, _) => Err(OpmlError::NotOpml),
            (true, false) => Err(OpmlError::BreaksOff),
            (true, true) => Ok(self.document),
        }
    }

    fn outline(&mut self, attributes: &Attributes) {
        let title = attributes.title();
        match attributes.feed() {
            Some(address) => self.feed(address, title, attributes.get("htmlUrl")),
            None => self.folder(title.unwrap_or_default()),
        }
    }

    fn feed(&mut self, address: &str, title: Option<String>, site: Option<&str>) {
        self.open.push(false);
        match feed_url(address) {
            Some(url) => {
                let site = site.and_then(|site| web_url(site, None));
                self.add(Outline::Feed { title, url, site });
            }
            None => self.document.skipped.push(clean_line(address)),
        }
    }

    fn folder(&mut self, title: String) {
        let is_folder = self.folders.len() < MAX_DEPTH && !title.is_empty();
        self.open.push(is_folder);
        if is_folder {
            self.folders.push((title, Vec::new()));
        }
    }

    fn close(&mut self) {
        if self.open.pop() == Some(true)
            && let Some((title, children)) = self.folders.pop()
        {
            self.add(Outline::Folder { title, children });
        }
    }

    fn add(&mut self, outline: Outline) {
        let folder = self.folders.last_mut().map(|(_, children)| children);
        folder.unwrap_or(&mut self.document.outlines).push(outline);
    }
}

/// The attributes of an outline, whose names may be in any case.
struct Attributes(Vec<(String, String)>);

impl Attributes {
    fn of(tag: &BytesStart) -> Attributes {
        let mut attributes = tag.html_attributes();
        let attributes = attributes.with_checks(false).flatten();
        let pairs = attributes.take(50).map(|attribute| {
            // A bare `&` in an address is taken as what it is.
            let value = unescape(&attribute.value).unwrap_or(Cow::Borrowed(&attribute.value));
            (attribute.key.as_ref().to_owned(), value.trim().to_owned())
        });
        Attributes(pairs.collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        let mut pairs = self.0.iter();
        let (_, value) = pairs.find(|(key, value)| is(key, name) && !value.is_empty())?;
        Some(value)
    }

    /// Finds the address of the feed; `url` alone may be a link to something else.
    fn feed(&self) -> Option<&str> {
        let is_feed = self.get("type").is_none_or(|kind| is(kind, "rss") || is(kind, "atom"));
        self.get("xmlUrl").or_else(|| self.get("url").filter(|_| is_feed))
    }

    fn title(&self) -> Option<String> {
        let title = self.get("title").or_else(|| self.get("text"))?;
        // Titles are often escaped twice.
        Some(plain_text(&title.replace('<', "&lt;"))).filter(|title| !title.is_empty())
    }
}

/// Reads a feed's address; `feed://` is how browsers once wrote http.
fn feed_url(address: &str) -> Option<Url> {
    let address = match address.split_at_checked(5) {
        Some((scheme, rest)) if is(scheme, "feed:") && rest.starts_with("//") => format!("http:{rest}"),
        Some((scheme, rest)) if is(scheme, "feed:") => rest.to_owned(),
        _ => address.to_owned(),
    };
    // Completed by nothing: `//host/feed` has no scheme to trust.
    web_url(&address, None).filter(|_| !address.starts_with("//"))
}

fn is(name: &str, expected: &str) -> bool {
    name.eq_ignore_ascii_case(expected)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(body: &str) -> OpmlDocument {
        let text = format!("<?xml version='1.0'?><opml version='2.0'><body>{body}</body></opml>");
        read_opml(text.as_bytes()).unwrap()
    }

    fn feed(title: Option<&str>, url: &str) -> Outline {
        Outline::Feed { title: title.map(str::to_owned), url: Url::parse(url).unwrap(), site: None }
    }

    fn folder(title: &str, children: Vec<Outline>) -> Outline {
        Outline::Folder { title: title.to_owned(), children }
    }

    #[test]
    fn folders_and_feeds_come_in_order() {
        let document = read(
            "<outline text='News'><outline text='World'><outline text='A' xmlUrl='http://a.test/'/></outline>\
             <outline type='rss' xmlUrl='http://b.test/'/></outline><outline text='C' xmlUrl='http://c.test/'/>",
        );
        let world = folder("World", vec![feed(Some("A"), "http://a.test/")]);
        let news = folder("News", vec![world, feed(None, "http://b.test/")]);
        assert_eq!(document.outlines, [news, feed(Some("C"), "http://c.test/")]);
    }

    #[test]
    fn feeds_are_found_however_they_are_written() {
        let table = [
            ("<outline XMLURL='http://a.test/'/>", "http://a.test/"),
            ("<OUTLINE xmlurl=http://a.test/ />", "http://a.test/"),
            ("<outline url='http://a.test/'></outline>", "http://a.test/"),
            ("<outline type='rss' url='http://a.test/'/>", "http://a.test/"),
            ("<outline xmlUrl=' http://a.test/?a=1&b=2 '/>", "http://a.test/?a=1&b=2"),
            ("<outline xmlUrl='http://a.test/?a=1&amp;b=2'/>", "http://a.test/?a=1&b=2"),
            ("<outline xmlUrl='feed://a.test/x'/>", "http://a.test/x"),
            ("<outline xmlUrl='feed:https://a.test/x'/>", "https://a.test/x"),
            ("<outline xmlUrl='http://a.test/'>", "http://a.test/"),
        ];
        for (body, url) in table {
            assert_eq!(read(body).outlines, [feed(None, url)], "{body}");
        }
    }

    #[test]
    fn titles_are_cleaned() {
        let document =
            read("<outline text='short' title='A &amp;amp; B&#27; &lt;c&gt;' xmlUrl='http://a.test/'/>");
        assert_eq!(document.outlines, [feed(Some("A & B <c>"), "http://a.test/")]);
    }

    #[test]
    fn addresses_that_are_not_of_the_web_are_named() {
        let document = read(
            "<outline xmlUrl='file:///etc/passwd'/><outline xmlUrl='exec:rm'/><outline xmlUrl='/feed'/>\
             <outline type='link' url='http://a.test/'/><outline xmlUrl='http://a.test/'/>",
        );
        assert_eq!(document.skipped, ["file:///etc/passwd", "exec:rm", "/feed"]);
        assert_eq!(document.outlines, [feed(None, "http://a.test/")]);
    }

    #[test]
    fn folders_nested_without_end_are_flattened() {
        let depth = 100_000;
        let body = format!(
            "{}<outline xmlUrl='http://a.test/'/>{}",
            "<outline text='f'>".repeat(depth),
            "</outline>".repeat(depth)
        );
        let mut outlines = read(&body).outlines;
        let mut levels = 0;
        while let Some(Outline::Folder { children, .. }) = outlines.first_mut() {
            outlines = std::mem::take(children);
            levels += 1;
        }
        assert_eq!(levels, MAX_DEPTH);
        assert_eq!(outlines, [feed(None, "http://a.test/")]);
    }

    #[test]
    fn a_byte_order_mark_and_other_encodings_are_read() {
        let text = "<opml><outline text='é' xmlUrl='http://a.test/'/></opml>";
        let expected = [feed(Some("é"), "http://a.test/")];
        let marked = format!("\u{feff}{text}");
        assert_eq!(read_opml(marked.as_bytes()).unwrap().outlines, expected);
        let latin = format!("<?xml version='1.0' encoding='iso-8859-1'?>{text}");
        let latin: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        assert_eq!(read_opml(&latin).unwrap().outlines, expected);
    }

    #[test]
    fn what_is_no_list_or_half_a_list_is_refused() {
        assert_eq!(read_opml(b""), Err(OpmlError::NotOpml));
        assert_eq!(read_opml(b"<rss/>"), Err(OpmlError::NotOpml));
        assert_eq!(read_opml(b"\x89PNG <x"), Err(OpmlError::NotOpml));
        let half = b"<opml><body><outline xmlUrl='http://a.test/'/>";
        assert_eq!(read_opml(half), Err(OpmlError::BreaksOff));
        let broken = read_opml(b"<opml><body><outline xmlUrl='http://a.test/");
        assert!(matches!(broken, Err(OpmlError::Malformed { .. })));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_list_or_an_error(bytes in any::<Vec<u8>>()) {
            drop(read_opml(&bytes));
            drop(read_opml(&[b"<opml><outline ", bytes.as_slice(), b"/></opml>"].concat()));
        }
    }
}
