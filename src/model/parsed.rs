//! A feed as it was read from its bytes, before the library knows it.

use url::Url;

use super::{Enclosure, FeedSchedule, Timestamp};

/// A feed document, normalised: every dialect ends here.
#[derive(Clone, PartialEq, Debug)]
pub struct ParsedFeed {
    /// The dialect it was written in.
    pub format: FeedFormat,
    /// Its title: plain text, may be empty.
    pub title: String,
    /// Its web site.
    pub link: Option<Url>,
    /// Its web site as it stands there, where it is relative to nothing known.
    pub link_as_written: Option<String>,
    /// What it says of itself, plain text.
    pub description: Option<String>,
    /// How often, and when, it wants to be asked.
    pub schedule: FeedSchedule,
    /// Its entries in document order.
    pub entries: Vec<ParsedEntry>,
}

/// An entry of a parsed feed.
#[derive(Clone, PartialEq, Debug)]
pub struct ParsedEntry {
    /// What tells the entry from all others of its feed, at every fetch.
    pub identity: Identity,
    /// Title as plain text, never empty.
    pub title: String,
    /// The page it leads to, absolute.
    pub link: Option<Url>,
    /// Where it leads as it stands there, where that is relative to nothing known, or a mailbox.
    pub link_as_written: Option<String>,
    /// Who wrote it, plain text.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// The summary as received: HTML, not yet safe.
    pub summary: Option<String>,
    /// The full text as received: HTML, not yet safe.
    pub content: Option<String>,
    /// The base of relative addresses in summary and content.
    pub base: Option<Url>,
    /// Files that come with it.
    pub enclosures: Vec<Enclosure>,
    /// The page with what readers wrote about it, where that is another.
    pub comments: Option<Url>,
    /// Subjects, plain text.
    pub tags: Vec<String>,
}

/// What tells an entry from the others of its feed.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Identity {
    /// The guid as the feed gives it, where it gives one.
    pub guid: Option<String>,
    /// Fingerprint of guid, else link, else text: the entry's name within its feed.
    pub key: i64,
    /// Fingerprint of link and title: knows an entry again whose guid has changed.
    pub likeness: i64,
}

/// The dialects of feeds.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum FeedFormat {
    /// RSS 0.9x, 1.0 (RDF), 2.0.
    #[default]
    Rss,
    /// Atom.
    Atom,
    /// JSON Feed.
    Json,
    /// Channel Definition Format.
    Cdf,
}

impl FeedFormat {
    /// Names the dialect in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            FeedFormat::Rss => "rss",
            FeedFormat::Atom => "atom",
            FeedFormat::Json => "json",
            FeedFormat::Cdf => "cdf",
        }
    }
}
