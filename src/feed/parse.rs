//! The door to the feed parser: bytes → `ParsedFeed`.

use std::time::SystemTime;

use feed_rs::parser::{Builder, ParseErrorKind, ParseFeedError};
use url::Url;

use super::date::parse_date;
use super::guard::guarded;
use super::limits;
use super::mend::mend;
use super::normalise::{Origin, normalise};
use super::sniff::{Document, Root, sniff};
use crate::html::clean_line;
use crate::model::ParsedFeed;

/// The feed parser's own picture of a feed.
pub(super) use feed_rs::model as raw;

/// Why a document was not taken as a feed; completes `not a feed: …`.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FeedError {
    /// More bytes than are read.
    #[error("it is larger than 50 MB")]
    TooLarge,
    /// No bytes, or blanks only.
    #[error("it is empty")]
    Empty,
    /// A page for a browser.
    #[error("it is a web page")]
    WebPage,
    /// Something else, or a feed that is broken.
    #[error("{0}")]
    Malformed(String),
}

/// Reads a feed: RSS of any version, Atom, JSON Feed.
///
/// The base is the address it came from; relative addresses start there unless the feed says otherwise.
pub fn parse(bytes: &[u8], base: Option<&Url>) -> Result<ParsedFeed, FeedError> {
    limits::check_size(bytes)?;
    let root = match sniff(bytes) {
        Document::Empty => return Err(FeedError::Empty),
        Document::WebPage => return Err(FeedError::WebPage),
        Document::Xml(root) => {
            limits::check_tags(bytes)?;
            Some(root)
        }
        Document::Other => None,
    };
    let origin =
        Origin { url: base.cloned(), root_base: root.as_ref().and_then(|root| root_base(root, base)) };
    let attempt = |bytes: &[u8]| {
        let step = || Ok(normalise(read(bytes, root.as_ref(), base)?, &origin));
        guarded(step).unwrap_or_else(|| Err(FeedError::Malformed("the feed parser failed on it".to_owned())))
    };
    match attempt(bytes) {
        Err(error @ FeedError::Malformed(_)) => match guarded(|| mend(bytes, root.is_some())).flatten() {
            Some(mended) => attempt(&mended).map_err(|_| error),
            None => Err(error),
        },
        other => other,
    }
}

fn root_base(root: &Root, base: Option<&Url>) -> Option<Url> {
    crate::html::web_url(root.base.as_deref()?, base)
}

/// Reads the dialects into one picture, with a new parser: one that has failed panics the next time.
fn read(bytes: &[u8], root: Option<&Root>, base: Option<&Url>) -> Result<raw::Feed, FeedError> {
    // In RSS, relative addresses start at the feed's link, which the parser does not know when it needs it.
    let base = base.filter(|_| root.is_some_and(|root| matches!(root.name.as_str(), "feed" | "entry")));
    let parser = Builder::new()
        .base_uri(base.map(Url::as_str))
        // Entries without an id are named by `identity`; the default would be a random number.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|text| Some(SystemTime::from(parse_date(text)?).into()))
        .sanitize_content(false)
        .build();
    let feed = parser.parse(bytes).map_err(|error| describe(&error))?;
    if feed.entries.is_empty() && names_entries(bytes) {
        // A namespace that the parser does not know hides all entries from it.
        return Err(FeedError::Malformed("none of its entries can be read".to_owned()));
    }
    Ok(feed)
}

fn names_entries(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 4] = [b"<item>", b"<item ", b"<entry>", b"<entry "];
    starts.iter().any(|start| bytes.windows(start.len()).any(|window| window == *start))
}

fn describe(error: &ParseFeedError) -> FeedError {
    let why = match error {
        ParseFeedError::ParseError(ParseErrorKind::NoFeedRoot) => "there is no feed in it".to_owned(),
        ParseFeedError::ParseError(kind) => kind.to_string(),
        ParseFeedError::JsonSerde(error) => format!("broken JSON, or not a JSON feed: {error}"),
        ParseFeedError::JsonUnsupportedVersion(version) => format!("JSON feed of unknown version {version}"),
        ParseFeedError::XmlReader(error) => {
            let error = error.to_string();
            format!("broken XML: {}", error.strip_prefix("Parser error: ").unwrap_or(&error))
        }
        ParseFeedError::IoError(error) => error.to_string(),
    };
    // The message may quote the document.
    FeedError::Malformed(clean_line(&why))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::FeedFormat;

    fn rss(items: &str) -> String {
        format!("<rss version='2.0'><channel><title>T</title>{items}</channel></rss>")
    }

    #[test]
    fn every_dialect_is_read() {
        let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
                   xmlns='http://purl.org/rss/1.0/'><channel><title>T</title></channel>\
                   <item><title>a</title><link>http://a.test/1</link></item></rdf:RDF>";
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>\
                    <entry><title>a</title><id>1</id></entry></feed>";
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T",
                       "items": [{"id": "1", "title": "a"}]}"#;
        let table = [
            (rss("<item><title>a</title></item>"), FeedFormat::Rss),
            (rdf.to_owned(), FeedFormat::Rss),
            (atom.to_owned(), FeedFormat::Atom),
            (json.to_owned(), FeedFormat::Json),
        ];
        for (text, format) in table {
            let feed = parse(text.as_bytes(), None).unwrap();
            assert_eq!((feed.format, feed.title.as_str()), (format, "T"));
            assert_eq!(feed.entries[0].title, "a");
        }
    }

    #[test]
    fn what_is_no_feed_says_what_it_is() {
        let table = [
            ("", "it is empty"),
            ("<!doctype html><title>a", "it is a web page"),
            ("<opml><body/></opml>", "there is no feed in it"),
            ("hello", "there is no feed in it"),
        ];
        for (text, message) in table {
            assert_eq!(parse(text.as_bytes(), None).unwrap_err().to_string(), message);
        }
        for text in ["{\"a\": 1}", "<rss version='2.0'><channel><item>", "<feed><a></b>"] {
            let error = parse(text.as_bytes(), None).unwrap_err();
            assert!(matches!(error, FeedError::Malformed(_)), "{text}");
        }
    }

    #[test]
    fn a_feed_whose_entries_are_not_seen_is_not_taken_for_an_empty_one() {
        let text = "<feed xmlns='http://unknown.test/'><entry><title>a</title></entry></feed>";
        assert!(parse(text.as_bytes(), None).is_err());
        assert!(parse(rss("").as_bytes(), None).is_ok());
    }

    #[test]
    fn a_name_the_parser_panics_on_is_an_error_not_a_crash() {
        let text = rss("<item><author>名前（a@b.test）</author></item>");
        assert!(parse(text.as_bytes(), None).is_err());
    }

    #[test]
    fn groups_nested_as_deeply_as_is_allowed_are_read() {
        for tag in ["media:group", "media:content"] {
            let item = format!("<{tag}>").repeat(8) + &format!("</{tag}>").repeat(8);
            let text = format!(
                "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'>\
                 <channel><item>{item}</item></channel></rss>"
            );
            assert!(parse(text.as_bytes(), None).is_ok(), "{tag}");
        }
    }

    #[test]
    fn after_a_broken_feed_the_next_one_is_read() {
        let broken = "<rss version='2.0'><channel><item><title>a</b>";
        assert!(parse(broken.as_bytes(), None).is_err());
        assert!(parse(rss("<item><title>b</title></item>").as_bytes(), None).is_ok());
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_feed_or_an_error(bytes in any::<Vec<u8>>()) {
            drop(parse(&bytes, None));
        }

        #[test]
        fn a_feed_cut_anywhere_is_a_feed_or_an_error(length in 0usize..200) {
            let text = rss("<item><title>ä</title><media:content xmlns:media='m' url='u'/></item>");
            let bytes = text.as_bytes();
            drop(parse(&bytes[..length.min(bytes.len())], None));
        }
    }
}
