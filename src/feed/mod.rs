//! Feeds: bytes → `ParsedFeed`, and the list of feeds ⇄ OPML.
//!
//! The order of the steps: `limits` refuses what would hurt, `sniff` tells feeds from web pages, `parse`
//! hands the document to the one feed parser, `normalise` makes one shape of all dialects (with `title`,
//! `link`, `author` and `date`), `identity` names the entries, `changes` says what is new in them.

mod author;
mod changes;
mod date;
#[cfg_attr(not(test), expect(dead_code, reason = "the parser takes bytes until the tolerant reader is in"))]
mod decode;
mod guard;
mod identity;
mod limits;
mod link;
mod mend;
mod normalise;
mod opml;
mod opml_write;
mod parse;
mod sniff;
mod title;
mod zone;

pub use changes::{FeedChanges, KnownEntries, KnownEntry, NamedKeys, changes, named_keys};
pub use identity::fingerprint;
pub use opml::{OpmlDocument, OpmlError, Outline, read_opml};
pub use opml_write::write_opml;
pub use parse::{FeedError, parse};
