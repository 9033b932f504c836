//! Feeds: bytes → `ParsedFeed`, and the list of feeds ⇄ OPML.
//!
//! The order of the steps: `decode` makes text of the bytes, `sniff` tells feeds from web pages, `healthy` looks for
//! what is amiss; `strict` hands what is sound to feed-rs, `tolerant` reads all the rest (with `xml`). Both make a
//! `draft`, of which `normalise` makes one shape of all dialects (with `title`, `link` and `author`). `identity`
//! names the entries, `changes` says what is new in them. `discover` finds the feeds of a web page.

mod address;
mod adopt;
mod author;
mod base64;
mod changes;
mod decode;
mod discover;
mod draft;
mod guard;
mod healthy;
mod identity;
mod limits;
mod link;
mod newsboat;
mod normalise;
mod opml;
mod opml_list;
mod opml_write;
mod outline;
mod parse;
mod sniff;
mod strict;
mod title;
mod tolerant;
mod xml;

pub use address::{AddressError, feed_addresses, feed_url};
pub use adopt::{CachedItem, adopt};
pub use changes::{FeedChanges, KnownEntries, KnownEntry, NamedKeys, changes, named_keys};
pub use decode::decode;
pub use discover::{Candidate, CandidateKind, common_places, discover, discover_by_address};
pub use identity::fingerprint;
pub use newsboat::{NewsboatFeed, NewsboatUrls, SkippedFor, SkippedLine, read_newsboat_urls};
pub use opml::{MAX_DEPTH as DEEPEST_FOLDER, OpmlDocument, OpmlError, Outline, read_opml};
pub use opml_write::{ForeignAttributes, write_opml};
pub use parse::{FeedError, Route, Source, parse, parse_with_route};
