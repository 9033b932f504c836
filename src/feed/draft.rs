//! A feed as its document says it, whichever way it was read: dialects are one here, texts and addresses still raw.

use std::rc::Rc;

use url::Url;

use crate::model::{FeedFormat, FeedSchedule, Timestamp};

/// The base of relative addresses, where the document gives one.
pub(super) type Base = Option<Rc<Url>>;

/// A feed.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) format: FeedFormat,
    /// The base that the root element gives.
    pub(super) base: Base,
    pub(super) title: Option<Text>,
    pub(super) description: Option<Text>,
    /// What extensions say, where the feed itself is silent.
    pub(super) spare_title: Option<Text>,
    pub(super) spare_description: Option<Text>,
    /// Pages it leads to, in document order.
    pub(super) pages: Vec<Link>,
    pub(super) authors: Vec<Person>,
    pub(super) schedule: FeedSchedule,
    pub(super) entries: Vec<DraftEntry>,
    /// Whether the document ends within its first entry, of which too little is known.
    pub(super) breaks_off: bool,
}

impl Draft {
    pub(super) fn new(format: FeedFormat) -> Draft {
        Draft {
            format,
            base: None,
            title: None,
            description: None,
            spare_title: None,
            spare_description: None,
            pages: Vec::new(),
            authors: Vec::new(),
            schedule: FeedSchedule::default(),
            entries: Vec::new(),
            breaks_off: false,
        }
    }
}

/// An entry of a feed.
#[derive(Default, Debug)]
pub(super) struct DraftEntry {
    pub(super) id: Option<String>,
    pub(super) permalink: Permalink,
    pub(super) title: Option<Text>,
    /// Pages it leads to, in document order.
    pub(super) pages: Vec<Link>,
    /// Files that come with it.
    pub(super) files: Vec<Link>,
    /// The page with what readers wrote about it.
    pub(super) comments: Option<Link>,
    pub(super) authors: Vec<Person>,
    pub(super) published: Option<Timestamp>,
    pub(super) updated: Option<Timestamp>,
    pub(super) summary: Option<Text>,
    pub(super) content: Option<Text>,
    pub(super) tags: Vec<String>,
    pub(super) base: Base,
}

/// Whether an id is the address of the entry's page.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Permalink {
    /// It looks like one or it does not.
    #[default]
    Unsaid,
    Yes,
    No,
}

/// A text.
#[derive(Clone, Default, Debug)]
pub(super) struct Text {
    pub(super) value: String,
    pub(super) kind: Kind,
    pub(super) base: Base,
}

/// What a text is written in.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Kind {
    Html,
    Plain,
    /// The dialect leaves it open.
    #[default]
    Either,
}

/// An address with what is said about what lies there.
#[derive(Clone, Default, Debug)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) mime: Option<String>,
    /// Bytes.
    pub(super) length: Option<u64>,
    pub(super) base: Base,
}

/// Somebody who wrote.
#[derive(Clone, Default, Debug)]
pub(super) struct Person {
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
}
