//! The way of a feed: bytes → text → draft → `ParsedFeed`.

use std::borrow::Cow;

use url::Url;

use super::decode::decode;
use super::draft::Draft;
use super::healthy::is_healthy;
use super::limits;
use super::normalise::normalise;
use super::sniff::{Kind, sniff};
use super::{strict, tolerant};
use crate::html::clean_line;
use crate::model::ParsedFeed;

/// Where a document came from, and what its server said about it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Source {
    /// The address that relative ones start from.
    pub url: Option<Url>,
    /// Its MIME type with parameters.
    pub content_type: Option<String>,
}

impl Source {
    /// Tells where a document came from.
    pub fn at(url: Url) -> Source {
        Source { url: Some(url), content_type: None }
    }
}

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
    /// Too little of its first entry has come.
    #[error("it breaks off before its first entry is whole")]
    BreaksOff,
    /// Something else.
    #[error("{0}")]
    Malformed(String),
}

/// The reader that a feed was given to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
    /// feed-rs: nothing is amiss.
    Strict,
    /// The tolerant one.
    Tolerant,
}

impl Route {
    /// Names it in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Route::Strict => "strict",
            Route::Tolerant => "tolerant",
        }
    }
}

/// Reads a feed in any state: RSS of any version, Atom, CDF, JSON Feed.
pub fn parse(bytes: &[u8], source: &Source) -> Result<ParsedFeed, FeedError> {
    parse_with_route(bytes, source).map(|(feed, _)| feed)
}

/// Reads a feed and tells which reader took it.
pub fn parse_with_route(bytes: &[u8], source: &Source) -> Result<(ParsedFeed, Route), FeedError> {
    read(bytes, source).map(|(draft, route)| (normalise(draft, source.url.as_ref()), route))
}

fn read(bytes: &[u8], source: &Source) -> Result<(Draft, Route), FeedError> {
    limits::check_size(bytes)?;
    let text = decode(bytes, source.content_type.as_deref())?;
    let xml = Xml { is_as_sent: matches!(text, Cow::Borrowed(_)), text: &text, address: source.url.as_ref() };
    match sniff(&text) {
        Kind::Empty => Err(FeedError::Empty),
        Kind::Json => match tolerant::read_json(&text) {
            Ok(draft) => Ok((draft, Route::Tolerant)),
            // The message may quote the document.
            Err(why) => Err(FeedError::Malformed(clean_line(&why))),
        },
        // Some serve a feed in a page.
        Kind::WebPage => {
            let has_root = ["<rss", "<feed", "<rdf:RDF"].iter().any(|root| text.contains(root));
            let found = has_root.then(|| read_xml(&xml)).flatten();
            found.filter(|(draft, _)| !draft.entries.is_empty()).ok_or(FeedError::WebPage)
        }
        Kind::Other => {
            let found = read_xml(&xml);
            let (draft, route) =
                found.ok_or_else(|| FeedError::Malformed("there is no feed in it".to_owned()))?;
            if draft.breaks_off { Err(FeedError::BreaksOff) } else { Ok((draft, route)) }
        }
    }
}

/// A document that may be a feed in XML.
struct Xml<'a> {
    text: &'a str,
    /// It was UTF-8, and had not to be decoded.
    is_as_sent: bool,
    address: Option<&'a Url>,
}

fn read_xml(xml: &Xml<'_>) -> Option<(Draft, Route)> {
    let (draft, route) = read_either(xml)?;
    // Names in another namespace, say, may hide all entries.
    let hides_entries =
        || ["<item>", "<item ", "<entry>", "<entry "].iter().any(|start| xml.text.contains(start));
    (!draft.entries.is_empty() || draft.breaks_off || !hides_entries()).then_some((draft, route))
}

fn read_either(xml: &Xml<'_>) -> Option<(Draft, Route)> {
    let is_sound = xml.is_as_sent && is_healthy(xml.text);
    let strict = is_sound.then(|| strict::read(xml.text)).flatten();
    if let Some(draft) = strict {
        return Some((draft, Route::Strict));
    }
    tolerant::read_xml(xml.text, xml.address).map(|draft| (draft, Route::Tolerant))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rss(items: &str) -> String {
        format!("<rss version=\"2.0\"><channel><title>T</title>{items}</channel></rss>")
    }

    fn parse_text(text: &str) -> Result<ParsedFeed, FeedError> {
        parse(text.as_bytes(), &Source::default())
    }

    #[test]
    fn what_is_no_feed_says_what_it_is() {
        let table = [
            ("", "it is empty"),
            ("<!doctype html><title>a", "it is a web page"),
            ("<!doctype html><title>a</title><p>Write &lt;rss> or <rss></p>", "it is a web page"),
            ("<opml><body/></opml>", "there is no feed in it"),
            ("hello", "there is no feed in it"),
            ("{\"a\": 1}", "JSON, but not a JSON feed"),
        ];
        for (text, message) in table {
            assert_eq!(parse_text(text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_sound_feed_goes_the_strict_way_and_any_other_the_tolerant() {
        let route = |text: &str| parse_with_route(text.as_bytes(), &Source::default()).unwrap().1;
        let item = "<item><title>a</title><link>http://a.test/</link><guid>1</guid></item>";
        assert_eq!(route(&rss(item)), Route::Strict);
        assert_eq!(route(&rss(&item.replace("</title>", " & b</title>"))), Route::Tolerant);
    }

    #[test]
    fn a_feed_without_entries_is_one_unless_it_names_some() {
        assert!(parse_text(&rss("")).is_ok());
        assert!(parse_text("<rdf:RDF><channel><items/></channel></rdf:RDF>").is_ok());
        let hidden = "<x:feed xmlns:x='http://u.test/' xmlns='http://v.test/'><y:entry xmlns:y='http://y.test/'/><entry >";
        assert!(parse_text(&hidden.replace("<entry >", "<z><entry /></z>")).is_err());
    }

    #[test]
    fn half_an_entry_is_one_only_if_its_id_is_whole() {
        let whole = "<item><title>a</title><link>http://a.test/</link><guid>1</guid><description>b</description></item>";
        let cut = |end: &str| rss(&whole[..whole.find(end).unwrap()]).replace("</channel></rss>", "");
        for end in ["/title>", "<guid>", "</guid>", "guid><d"] {
            assert_eq!(parse_text(&cut(end)).err(), Some(FeedError::BreaksOff), "{end}");
        }
        for end in ["<description>", "</description>", "</item>"] {
            let half = parse_text(&cut(end)).unwrap().entries.remove(0);
            let key = parse_text(&rss(whole)).unwrap().entries[0].identity.key;
            assert_eq!(half.identity.key, key, "{end}");
        }
        assert_eq!(parse_text(&rss(&whole.repeat(2))[..150]).unwrap().entries.len(), 1);
    }

    #[test]
    fn what_is_declared_means_nothing_once_it_is_text() {
        let item = "<item><title>é</title><link>http://a.test/</link><guid>1</guid></item>";
        for head in
            ["<?xml version='1.0' encoding='windows-1252'?>", "\n <?xml version='1.0' encoding='koi8-r'?>\n"]
        {
            let text = format!("{head}{}", rss(item));
            assert_eq!(parse_text(&text).unwrap().entries[0].title, "é", "{head}");
        }
    }

    #[test]
    fn a_feed_within_a_page_is_found() {
        let text = format!("<html><body>{}</body></html>", rss("<item><title>a</title></item>"));
        assert_eq!(parse_text(&text).unwrap().entries[0].title, "a");
    }

    #[test]
    fn the_server_names_the_encoding() {
        let source = Source { url: None, content_type: Some("text/xml; charset=iso-8859-1".to_owned()) };
        let text = rss("<item><title>caf\u{e9}</title></item>");
        let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        assert_eq!(parse(&bytes, &source).unwrap().entries[0].title, "café");
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_feed_or_an_error(bytes in any::<Vec<u8>>()) {
            if let Err(error) = parse(&bytes, &Source::default()) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}
