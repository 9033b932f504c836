//! OPML → the feeds and folders in it.
//!
//! Read as a stream of tags rather than as a document of the right shape: lists written by hand have names
//! in any case, missing ends and bare `&`. Only a list that breaks off is refused, so that nobody believes
//! half of it to be all.

use quick_xml::events::Event;
use quick_xml::reader::Reader;
use url::Url;

use super::decode::decode;
use super::opml_list::List;
use crate::html::clean_line;

const MAX_BYTES: usize = 50_000_000;

/// Folders nested deeper are taken as one with the folder they lie in.
pub const MAX_DEPTH: usize = 30;

/// What an OPML document lists.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct OpmlDocument {
    /// Feeds and folders in document order.
    pub outlines: Vec<Outline>,
    /// Addresses that no feed can be fetched from, for the caller to name.
    pub skipped: Vec<String>,
    /// Folders nested too deeply, whose feeds lie in the folder above them.
    pub flattened: usize,
}

impl OpmlDocument {
    /// Counts the feeds.
    pub fn feed_count(&self) -> usize {
        let mut outlines: Vec<&Outline> = self.outlines.iter().collect();
        let mut count = 0;
        while let Some(outline) = outlines.pop() {
            match outline {
                Outline::Folder { children, .. } => outlines.extend(children),
                Outline::Feed { .. } => count += 1,
            }
        }
        count
    }
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
        /// What else the list says of it, by names that mean nothing here.
        attributes: Vec<(String, String)>,
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
    read(&decode(bytes, None).map_err(|_| OpmlError::TooLarge)?)
}

fn read(text: &str) -> Result<OpmlDocument, OpmlError> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut list = List::default();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return list.finish(),
            Ok(event) => list.take(&event),
            // What comes behind the list is none of its business.
            Err(_) if list.has_ended() => return list.finish(),
            Err(_) if !list.has_begun() => return Err(OpmlError::NotOpml),
            Err(error) => {
                let reason = clean_line(&error.to_string());
                return Err(OpmlError::Malformed { position: reader.buffer_position(), reason });
            }
        }
    }
}

pub(super) fn is(name: &str, expected: &str) -> bool {
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
        Outline::Feed {
            title: title.map(str::to_owned),
            url: Url::parse(url).unwrap(),
            site: None,
            attributes: vec![],
        }
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
            ("<outline xmlUrl='http://a.test/x#y'/>", "http://a.test/x"),
            ("<outline xmlUrl='http://a.test/?a=1&copy=2&amp;b=3'/>", "http://a.test/?a=1&copy=2&b=3"),
            ("<outline xmlUrl='http://a.test/'>", "http://a.test/"),
        ];
        for (body, url) in table {
            assert_eq!(read(body).outlines, [feed(None, url)], "{body}");
        }
    }

    #[test]
    fn titles_are_cleaned() {
        let table = [
            ("A &amp;amp; B&#27; &lt;c&gt;", Some("A & B <c>")),
            ("caf&eacute; & bar", Some("café & bar")),
            // Written so that it means just that, see `opml_write`.
            ("A &#38;amp; B", Some("A &amp; B")),
            ("http://a.test/", None),
            (" ", Some("short")),
        ];
        for (title, expected) in table {
            let document = read(&format!("<outline text='short' title='{title}' xmlUrl='http://a.test/'/>"));
            assert_eq!(document.outlines, [feed(expected, "http://a.test/")], "{title}");
        }
    }

    #[test]
    fn what_else_a_list_says_of_a_feed_is_kept() {
        let text = "<OPML version='1.1' xmlns:x='http://x.test/'><body><outline type='RSS' version='RSS2' \
                    description='a &amp; b' category='/c,d' x:y='z' w:v='u' xmlUrl='http://a.test/'/></body></OPML>";
        let document = read_opml(text.as_bytes()).unwrap();
        let [Outline::Feed { attributes, .. }] = &document.outlines[..] else { panic!("a feed") };
        let expected = [
            ("version", "RSS2"),
            ("description", "a & b"),
            ("category", "/c,d"),
            ("x:y", "z"),
            ("xmlns:x", "http://x.test/"),
        ];
        assert_eq!(*attributes, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn outlines_without_feeds_are_no_folders_unless_they_say_so() {
        let document = read(
            "<outline text='a note'/><outline type='link' text='b' url='http://b.test/'/>\
             <outline type='folder' text='Empty'/><outline text='c'><outline text='d'/></outline>",
        );
        assert_eq!(document.outlines, [folder("Empty", vec![])]);
    }

    #[test]
    fn broken_lists_are_read() {
        let feed = "<outline text='a' xmlUrl='http://a.test/'/>";
        for text in [
            format!("<OPML><BODY>{}</BODY></OPML>", feed.replace("outline", "OUTLINE")),
            format!("<!DOCTYPE opml [<!ENTITY x 'y'>]><opml><!-- <outline> -->{feed}</opml>"),
            format!("\n <opml xmlns='urn:x'><head><title>R&D &nbsp; & more</title></head>{feed}</opml>"),
            format!("<o:opml xmlns:o='urn:x'>{}</o:opml>", feed.replace("outline", "o:outline")),
            format!("<opml><body><p>{feed}</body></opml></x>"),
            format!("<opml>{}</opml>", feed.replace("text=", "title='' text= ")),
            format!("<opml>{}</opml>", feed.replace("text=", "text='a' data-x checked text=")),
            format!("<opml>{}</opml>junk <&", feed.replace("'a'", "\"a\"")),
        ] {
            let outlines = read_opml(text.as_bytes()).map(|document| document.outlines);
            let [Outline::Feed { title, url, .. }] = &outlines.unwrap()[..] else { panic!("{text}") };
            assert_eq!((title.as_deref(), url.as_str()), (Some("a"), "http://a.test/"), "{text}");
        }
        let document = read("<outline text='1 < 2 > 0' xmlUrl=\"http://a.test/?a='b'\"/>");
        assert_eq!(document.outlines, [self::feed(Some("1 < 2 > 0"), "http://a.test/?a=%27b%27")]);
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
        assert_eq!(read(&body).flattened, depth - MAX_DEPTH);
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
