//! The entities that a document declares for itself.
//!
//! Only short texts, and none within another: a few lines cannot become gigabytes. What lies outside of the
//! document is never looked at.

use std::borrow::Cow;
use std::cell::Cell;

use crate::html::{decode_references_with, push_character};

const MAX_ENTITIES: usize = 300;

/// The longest text of one entity, in bytes.
const MAX_LENGTH: usize = 200;

/// So many bytes may come out of one document's entities.
const MAX_EXPANSION: usize = 1_000_000;

/// The entities of one document.
#[derive(Default, Debug)]
pub(in crate::feed) struct Entities {
    known: Vec<(String, String)>,
    spent: Cell<usize>,
}

impl Entities {
    /// Reads the declarations in a document type.
    pub(in crate::feed) fn read(doctype: &str) -> Entities {
        let declarations = doctype.split("<!ENTITY").skip(1).take(MAX_ENTITIES);
        Entities { known: declarations.filter_map(declaration).collect(), spent: Cell::new(0) }
    }

    /// Decodes the references of a text, to these entities and to characters.
    pub(super) fn decode<'a>(&self, text: &'a str) -> Cow<'a, str> {
        decode_references_with(text, |name, out| self.push(name, out))
    }

    /// Writes the text of an entity, where it is known.
    fn push(&self, name: &str, out: &mut String) -> bool {
        let Some((_, text)) = self.known.iter().find(|(known, _)| known == name) else {
            return false;
        };
        let spent = self.spent.get() + text.len();
        if spent > MAX_EXPANSION {
            return false;
        }
        self.spent.set(spent);
        out.push_str(text);
        true
    }
}

/// Reads ` name "text">`; parameter entities and files of others are none.
fn declaration(text: &str) -> Option<(String, String)> {
    let (name, rest) = text.trim_start().split_once(|c: char| c.is_ascii_whitespace())?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (text, _) = rest[1..].split_once(quote)?;
    (text.len() <= MAX_LENGTH).then(|| (name.to_owned(), with_characters(text)))
}

/// Decodes references to characters by number; names stay, so that no entity is within another.
fn with_characters(text: &str) -> String {
    let mut decoded = String::new();
    for (at, part) in text.split("&#").enumerate() {
        match part.split_once(';') {
            Some((number, rest)) if at > 0 && push_character(&format!("#{number}"), &mut decoded) => {
                decoded.push_str(rest);
            }
            _ if at > 0 => {
                decoded.push_str("&#");
                decoded.push_str(part);
            }
            _ => decoded.push_str(part),
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(doctype: &str, text: &str) -> String {
        Entities::read(doctype).decode(text).into_owned()
    }

    #[test]
    fn a_declared_entity_stands_for_its_text() {
        let doctype = "<!DOCTYPE rss [<!ENTITY id \"tag:a.test,\"> <!ENTITY dash '&#8212;'>]>";
        assert_eq!(decoded(doctype, "&id;2006 &dash; &amp;"), "tag:a.test,2006 — &");
    }

    #[test]
    fn entities_in_entities_and_files_stay_as_written() {
        let doctype = "<!DOCTYPE x [<!ENTITY a 'ha'> <!ENTITY b '&a;&a;'> <!ENTITY c SYSTEM 'file:///etc/passwd'> \
                       <!ENTITY % d 'x'>]>";
        assert_eq!(decoded(doctype, "&b; &c; &d;"), "&a;&a; &c; &d;");
    }

    #[test]
    fn entities_do_not_blow_a_document_up() {
        let doctype = format!("<!DOCTYPE x [<!ENTITY a '{}'>]>", "x".repeat(MAX_LENGTH));
        assert!(decoded(&doctype, &"&a;".repeat(100_000)).len() < 2 * MAX_EXPANSION);
        let long = format!("<!DOCTYPE x [<!ENTITY a '{}'>]>", "x".repeat(MAX_LENGTH + 1));
        assert_eq!(decoded(&long, "&a;"), "&a;");
    }
}
