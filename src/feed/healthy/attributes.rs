//! Which attributes both readers understand alike.

use super::super::xml::Tag;
use super::grammar::{Place, Rule};
use super::value::{has_plain_references, is_address, is_number};

/// An attribute that an element may have.
pub(super) struct Attribute {
    name: &'static str,
    value: Value,
    is_needed: bool,
}

/// What the value of an attribute may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Value {
    Any,
    /// Anything but blanks.
    Some,
    Address,
    /// An address, unless the link is said to be for something that is not read.
    Page,
    Number,
    Mime,
    /// What a link of Atom is for.
    Relation,
    /// The type of a text that lies in the feed.
    Text,
}

impl Attribute {
    pub(super) const fn must(name: &'static str, value: Value) -> Attribute {
        Attribute { name, value, is_needed: true }
    }

    pub(super) const fn may(name: &'static str, value: Value) -> Attribute {
        Attribute { name, value, is_needed: false }
    }
}

impl Value {
    fn takes(self, value: &str, rel: Option<&str>) -> bool {
        let is_plain = value.trim().len() == value.len()
            && !value.contains(char::is_control)
            && has_plain_references(value);
        is_plain
            && match self {
                Value::Any => true,
                Value::Page => {
                    is_address(value) || rel.is_some_and(|rel| !matches!(rel, "alternate" | "enclosure"))
                }
                Value::Some => !value.is_empty(),
                Value::Address => is_address(value),
                Value::Number => is_number(value),
                Value::Mime => is_mime(value),
                // In another spelling, or as an address, one reader knows it and the other does not.
                Value::Relation => {
                    value == "alternate"
                        || !value.is_empty() && !value.to_ascii_lowercase().contains("alternate")
                }
                Value::Text => matches!(value, "text" | "html" | "text/html"),
            }
    }
}

/// A type and a subtype, without parameters.
fn is_mime(value: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    value.split_once('/').is_some_and(|(kind, subtype)| is_part(kind) && is_part(subtype))
}

/// Attributes that a tag may have, at most.
const MAX_KNOWN: usize = 8;

/// Tells whether a tag has attributes that are known, each once, and all that it needs.
pub(super) fn are_known(attributes: &str, known: &[Attribute]) -> bool {
    let mut values = [None; MAX_KNOWN];
    let mut rest = attributes;
    while !rest.is_empty() {
        let Some((pair, after)) = pair(rest) else {
            return false;
        };
        if let Some((name, value)) = pair {
            let at = known.iter().position(|attribute| attribute.name == name);
            let Some(place) = at.and_then(|at| values.get_mut(at)).filter(|place| place.is_none()) else {
                return false;
            };
            *place = Some(value);
        }
        rest = after;
    }
    let rel = known.iter().zip(values).find(|(attribute, _)| attribute.value == Value::Relation);
    let rel = rel.and_then(|(_, value)| value);
    known.iter().zip(values).all(|(attribute, value)| match value {
        Some(value) => attribute.value == Value::Any || attribute.value.takes(value, rel),
        None => !attribute.is_needed,
    })
}

/// Splits off a name and a value that are written as XML wants it, in quotes; or the blanks at the end.
fn pair(attributes: &str) -> Option<(Option<(&str, &str)>, &str)> {
    let text = attributes.trim_ascii_start();
    if text.is_empty() {
        return Some((None, text));
    }
    if text.len() == attributes.len() {
        return None;
    }
    let (name, value) = text.split_once('=')?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, rest) = value[1..].split_once(quote)?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":_-.".contains(&byte));
    (is_name && !name.is_empty()).then_some((Some((name, value)), rest))
}

/// More no tag has but by mischief.
const MAX_ATTRIBUTES: usize = 30;

/// Parts all names and values, each name once.
fn pairs(attributes: &str) -> Option<Vec<(&str, &str)>> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let mut rest = attributes;
    while !rest.is_empty() {
        let (found, after) = pair(rest)?;
        if let Some(found) = found {
            let is_again = pairs.iter().any(|(known, _)| *known == found.0);
            if is_again || pairs.len() == MAX_ATTRIBUTES {
                return None;
            }
            pairs.push(found);
        }
        rest = after;
    }
    Some(pairs)
}

/// What the root says of the whole.
pub(super) struct Dialect {
    is_atom: bool,
    /// The prefixes that stand for what they should.
    declared: Vec<&'static str>,
}

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// The addresses that prefixes must stand for.
const PREFIXES: [(&str, &str); 5] = [
    ("atom", ATOM),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("slash", "http://purl.org/rss/1.0/modules/slash/"),
    ("wfw", "http://wellformedweb.org/CommentAPI/"),
];

impl Dialect {
    pub(super) fn root(&self) -> Rule {
        Rule::of(if self.is_atom { Place::Feed } else { Place::Rss })
    }

    pub(super) fn declares(&self, prefix: &str) -> bool {
        self.declared.contains(&prefix)
    }

    /// Tells whether a tag is the channel's link to itself, of which nothing comes.
    pub(super) fn is_own_address(&self, tag: Tag<'_>, around: Place) -> bool {
        let pairs = pairs(tag.attributes).unwrap_or_default();
        let is_self = pairs.contains(&("rel", "self"));
        let names = ["rel", "href", "type", "title", "hreflang"];
        let are_known = pairs.iter().all(|(name, _)| names.contains(name));
        around == Place::Channel && self.declares("atom") && tag.is_empty && is_self && are_known
    }
}

/// Reads a root that is known to be read right.
pub(super) fn dialect(root: Tag<'_>) -> Option<Dialect> {
    let pairs = pairs(root.attributes)?;
    let has = |pair: (&str, &str)| pairs.contains(&pair);
    let is_atom = match root.name {
        "rss" if has(("version", "2.0")) && pairs.iter().all(|(name, _)| *name != "xmlns") => false,
        "feed" if has(("xmlns", ATOM)) => true,
        _ => return None,
    };
    if pairs.iter().any(|(name, _)| *name == "xml:base") {
        return None;
    }
    let declared = PREFIXES.iter().filter(|(prefix, address)| {
        pairs.iter().any(|(name, value)| name.strip_prefix("xmlns:") == Some(prefix) && value == address)
    });
    Some(Dialect { is_atom, declared: declared.map(|(prefix, _)| *prefix).collect() })
}
