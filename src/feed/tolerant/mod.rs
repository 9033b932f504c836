//! Reads a feed whatever its state: any dialect, any namespace, broken, cut off.
//!
//! It looks at names, not at where they stand: an entry is an entry beside the channel, in it, or without one. Every
//! whole entry is kept. What is no feed at all is nothing.

mod channel;
mod entry;
mod json;
mod link;
mod person;
mod text;

use url::Url;

use super::draft::Draft;
use super::limits::MAX_ENTRIES;
use super::xml::{CutOff, Element, Reader, Vocabulary};
use crate::model::FeedFormat;

pub(super) use json::read_json;
pub(super) use person::in_one as person_in_one;

/// Reads a feed in XML that came from an address.
pub(super) fn read_xml(text: &str, address: Option<&Url>) -> Option<Draft> {
    let mut reader = Reader::new(text, address);
    let mut draft: Option<Draft> = None;
    while let Some(head) = reader.next() {
        let Some(draft) = &mut draft else {
            draft = root(&head, reader.depth())
                .map(|format| Draft { base: head.base.clone(), ..Draft::new(format) });
            if let Some(draft) = &mut draft {
                take(draft, head, &mut reader);
            }
            continue;
        };
        if draft.entries.len() >= MAX_ENTRIES {
            break;
        }
        take(draft, head, &mut reader);
    }
    draft
}

/// Tells the dialect by an element that only feeds begin with.
fn root(head: &Element<'_>, depth: usize) -> Option<FeedFormat> {
    match head.name.as_ref() {
        "rss" | "rdf" => Some(FeedFormat::Rss),
        "feed" => Some(FeedFormat::Atom),
        // Names that others have too.
        "item" if depth == 0 => Some(FeedFormat::Rss),
        "entry" if depth == 0 => Some(FeedFormat::Atom),
        "channel" if depth == 0 => Some(FeedFormat::Cdf),
        _ => None,
    }
}

/// What tells an entry from others.
const ID: [&str; 3] = ["guid", "id", "identifier"];

fn take<'a>(draft: &mut Draft, head: Element<'a>, reader: &mut Reader<'a>) {
    let is_own = matches!(head.vocabulary, Vocabulary::Core | Vocabulary::Atom | Vocabulary::Rdf);
    match head.name.as_ref() {
        "rss" | "rdf" | "feed" if is_own => {}
        "channel" if is_own => {
            if draft.base.is_none() {
                draft.base.clone_from(&head.base);
            }
            channel::take_attributes(draft, &head);
        }
        "item" | "entry" if is_own => {
            let element = reader.element(head);
            let entry = entry::read(&element, draft.format);
            // Half an entry would be another one when it comes whole, unless its id is.
            let is_known = |end: CutOff<'_>| {
                draft.entries.is_empty() && entry.id.is_some() && ID.iter().all(|id| end.spares(id))
            };
            if reader.cut_off().is_none_or(is_known) {
                draft.entries.push(entry);
            } else {
                draft.breaks_off = draft.entries.is_empty();
            }
        }
        _ => {
            let element = reader.element(head);
            channel::take(draft, &element);
        }
    }
}

#[cfg(test)]
mod tests;
