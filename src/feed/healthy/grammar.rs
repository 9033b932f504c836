//! Which elements may stand where: those that feed-rs reads right there, or passes over as it should.

use super::attributes::{Attribute, Value};

/// What an element holds, and in what it is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    Rss,
    Channel,
    Item,
    Feed,
    Entry,
    Author,
    /// Text, and nothing else.
    Leaf,
}

impl Place {
    /// What must be there: an entry says where it leads and what it is named.
    pub(super) fn needed(self) -> u32 {
        match self {
            Place::Rss => CHANNEL,
            Place::Item | Place::Entry => TITLE | LINK | ID,
            Place::Author => NAME,
            Place::Channel | Place::Feed | Place::Leaf => 0,
        }
    }
}

/// What the text of an element must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wanted {
    Anything,
    Nothing,
    /// Anything but blanks, in one piece.
    Text,
    /// Digits.
    Number,
    /// An address of the web that is whole.
    Address,
    /// A name, a mail address, or one after the other.
    Person,
}

/// What is known of an element at its place.
pub(super) struct Rule {
    pub(super) place: Place,
    pub(super) wanted: Wanted,
    pub(super) attributes: &'static [Attribute],
    /// The bit that stands for it.
    pub(super) bit: u32,
    pub(super) may_repeat: bool,
}

const CHANNEL: u32 = 1;
const TITLE: u32 = 1 << 1;
const LINK: u32 = 1 << 2;
const ID: u32 = 1 << 3;
const NAME: u32 = 1 << 4;

impl Rule {
    pub(super) const fn of(place: Place) -> Rule {
        Rule { place, wanted: Wanted::Anything, attributes: &[], bit: 0, may_repeat: true }
    }

    const fn once(bit: u32, wanted: Wanted, attributes: &'static [Attribute]) -> Rule {
        Rule { place: Place::Leaf, wanted, attributes, bit, may_repeat: false }
    }

    const fn often(bit: u32, wanted: Wanted, attributes: &'static [Attribute]) -> Rule {
        Rule { place: Place::Leaf, wanted, attributes, bit, may_repeat: true }
    }
}

const FILE: &[Attribute] = &[
    Attribute::must("url", Value::Address),
    Attribute::may("length", Value::Number),
    Attribute::may("type", Value::Mime),
];
const PAGE: &[Attribute] = &[
    Attribute::must("href", Value::Page),
    Attribute::may("rel", Value::Relation),
    Attribute::may("type", Value::Mime),
    Attribute::may("length", Value::Number),
    Attribute::may("hreflang", Value::Any),
    Attribute::may("title", Value::Any),
    Attribute::may("thr:count", Value::Any),
    Attribute::may("thr:updated", Value::Any),
];
const TAG: &[Attribute] = &[
    Attribute::must("term", Value::Some),
    Attribute::may("label", Value::Some),
    Attribute::may("scheme", Value::Any),
];
const TEXT: &[Attribute] = &[Attribute::may("type", Value::Text), LANGUAGE];
const DOMAIN: &[Attribute] = &[Attribute::may("domain", Value::Any)];
const PERMALINK: &[Attribute] = &[Attribute::may("isPermaLink", Value::Any)];
const PROGRAM: &[Attribute] = &[Attribute::may("uri", Value::Any), Attribute::may("version", Value::Any)];
const LANGUAGE: Attribute = Attribute::may("xml:lang", Value::Any);

/// Finds what is known of an element.
pub(super) fn rule(around: Place, name: &str) -> Option<Rule> {
    match around {
        Place::Rss if name == "channel" => {
            Some(Rule { bit: CHANNEL, may_repeat: false, ..Rule::of(Place::Channel) })
        }
        Place::Channel => in_channel(name),
        Place::Item => in_item(name),
        Place::Feed => in_feed(name),
        Place::Entry => in_entry(name),
        Place::Author => match name {
            "name" => Some(Rule::once(NAME, Wanted::Text, &[])),
            "email" => Some(Rule::once(1 << 5, Wanted::Text, &[])),
            "uri" => Some(Rule::once(1 << 6, Wanted::Text, &[])),
            _ => None,
        },
        Place::Rss | Place::Leaf => None,
    }
}

fn in_channel(name: &str) -> Option<Rule> {
    use Wanted::{Anything, Text};
    Some(match name {
        "item" => Rule::of(Place::Item),
        "title" => Rule::once(TITLE, Anything, &[]),
        "link" => Rule::once(LINK, Text, &[]),
        "description" => Rule::once(1 << 5, Anything, &[]),
        "ttl" => Rule::once(1 << 6, Wanted::Number, &[]),
        "category" => Rule::often(0, Anything, DOMAIN),
        "copyright" | "docs" | "generator" | "language" | "lastBuildDate" | "pubDate" => {
            Rule::often(0, Anything, &[])
        }
        _ => return None,
    })
}

fn in_item(name: &str) -> Option<Rule> {
    use Wanted::{Address, Anything, Nothing, Person, Text};
    Some(match name {
        "title" => Rule::once(TITLE, Anything, &[]),
        "link" => Rule::once(LINK, Address, &[]),
        "guid" => Rule::once(ID, Text, PERMALINK),
        "description" => Rule::once(1 << 5, Anything, &[]),
        "content:encoded" => Rule::once(1 << 6, Anything, &[]),
        "pubDate" => Rule::once(1 << 7, Anything, &[]),
        "author" => Rule::once(1 << 8, Person, &[]),
        "dc:creator" => Rule::once(1 << 9, Person, &[]),
        "category" => Rule::often(0, Anything, DOMAIN),
        "enclosure" => Rule::often(0, Nothing, FILE),
        "comments" | "slash:comments" | "wfw:commentRss" => Rule::often(0, Anything, &[]),
        _ => return None,
    })
}

fn in_feed(name: &str) -> Option<Rule> {
    use Wanted::{Anything, Nothing};
    Some(match name {
        "entry" => Rule { attributes: &[LANGUAGE], ..Rule::of(Place::Entry) },
        "title" => Rule::once(TITLE, Anything, TEXT),
        "subtitle" => Rule::once(1 << 5, Anything, TEXT),
        "link" => Rule::often(LINK, Nothing, PAGE),
        "category" => Rule::often(0, Nothing, TAG),
        "author" => Rule { bit: 1 << 6, may_repeat: true, ..Rule::of(Place::Author) },
        "rights" => Rule::often(0, Anything, TEXT),
        "generator" => Rule::often(0, Anything, PROGRAM),
        "id" | "updated" | "icon" | "logo" => Rule::often(0, Anything, &[]),
        _ => return None,
    })
}

fn in_entry(name: &str) -> Option<Rule> {
    use Wanted::{Anything, Nothing, Text};
    Some(match name {
        "title" => Rule::once(TITLE, Anything, TEXT),
        "link" => Rule::often(LINK, Nothing, PAGE),
        "id" => Rule::once(ID, Text, &[]),
        "updated" => Rule::once(1 << 5, Anything, &[]),
        "published" => Rule::once(1 << 6, Anything, &[]),
        "summary" => Rule::once(1 << 7, Anything, TEXT),
        "content" => Rule::once(1 << 8, Anything, TEXT),
        "category" => Rule::often(0, Nothing, TAG),
        "author" => Rule::of(Place::Author),
        "rights" => Rule::often(0, Anything, TEXT),
        _ => return None,
    })
}
