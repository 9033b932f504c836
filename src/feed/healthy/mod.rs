//! Tells whether nothing is amiss with a feed: whether feed-rs can be trusted with it.
//!
//! feed-rs refuses or misreads a third of the odd feeds that are about. Its result stands only where every element is
//! one that it is known to read right at its place (`grammar`), with attributes that both readers know (`attributes`),
//! every reference is one that XML knows (`value`), and every tag is closed in its turn.

mod attributes;
mod grammar;
mod value;

use memchr::memmem;

use self::attributes::{Dialect, are_known, dialect};
use self::grammar::{Place, Rule, Wanted, rule};
use self::value::{has_plain_references, is_address, is_number, is_person};
use super::limits::MAX_ENTRIES;
use super::xml::{Tag, Token, Tokens};

/// Tells whether nothing is amiss.
pub(super) fn is_healthy(text: &str) -> bool {
    run(text).is_some()
}

/// An element that has begun.
struct Open<'a> {
    name: &'a str,
    place: Place,
    wanted: Wanted,
    /// Which elements it has shown already, one bit for each: twice is one too many.
    seen: u32,
    /// What is written in it, where it is of a piece.
    text: Option<&'a str>,
    /// How many pieces of text are in it.
    pieces: usize,
}

fn run(text: &str) -> Option<()> {
    let text = without_declaration(text)?;
    let mut tokens = Tokens::new(text);
    let mut checkup = Checkup::default();
    while let Some(token) = tokens.next(None) {
        match token {
            Token::Start(tag) => checkup.start(tag)?,
            Token::End(name) => checkup.end(name)?,
            Token::Text(text) => {
                has_plain_references(text).then_some(())?;
                checkup.text(text)?;
            }
            // A section in a section: one of them was never closed.
            Token::CData(text) if memmem::find(text.as_bytes(), b"<![CDATA[").is_some() => return None,
            Token::CData(text) => checkup.text(text)?,
            Token::Doctype(_) => return None,
        }
    }
    (checkup.open.is_empty() && checkup.dialect.is_some() && tokens.is_sound()).then_some(())
}

/// Goes past the XML declaration, which says nothing to a text.
fn without_declaration(text: &str) -> Option<&str> {
    let text = text.trim_start();
    match text.strip_prefix("<?xml ") {
        Some(declaration) => declaration.split_once("?>").map(|(_, rest)| rest),
        None => Some(text),
    }
}

#[derive(Default)]
struct Checkup<'a> {
    dialect: Option<Dialect>,
    open: Vec<Open<'a>>,
    entries: usize,
}

impl<'a> Checkup<'a> {
    fn start(&mut self, tag: Tag<'a>) -> Option<()> {
        let Some(around) = self.open.last_mut() else {
            return self.root(tag);
        };
        let dialect = self.dialect.as_ref()?;
        if tag.name == "atom:link" {
            return dialect.is_own_address(tag, around.place).then_some(());
        }
        let rule = rule(around.place, tag.name)?;
        let is_again = around.seen & rule.bit != 0;
        let is_declared = tag.name.split_once(':').is_none_or(|(prefix, _)| dialect.declares(prefix));
        if is_again && !rule.may_repeat || !is_declared || !are_known(tag.attributes, rule.attributes) {
            return None;
        }
        around.seen |= rule.bit;
        self.entries += usize::from(matches!(rule.place, Place::Item | Place::Entry));
        let may_be_empty =
            rule.place == Place::Leaf && matches!(rule.wanted, Wanted::Nothing | Wanted::Anything);
        if self.entries > MAX_ENTRIES || tag.is_empty && !may_be_empty {
            return None;
        }
        if !tag.is_empty {
            self.open.push(Open::new(tag.name, &rule));
        }
        Some(())
    }

    fn root(&mut self, tag: Tag<'a>) -> Option<()> {
        if self.dialect.is_some() || tag.is_empty {
            return None;
        }
        let dialect = dialect(tag)?;
        self.open.push(Open::new(tag.name, &dialect.root()));
        self.dialect = Some(dialect);
        Some(())
    }

    fn text(&mut self, text: &'a str) -> Option<()> {
        match self.open.last_mut() {
            Some(open) if open.place == Place::Leaf => {
                open.pieces += 1;
                open.text = Some(text).filter(|_| open.pieces == 1);
                Some(())
            }
            _ => text.trim().is_empty().then_some(()),
        }
    }

    fn end(&mut self, name: &str) -> Option<()> {
        let open = self.open.pop()?;
        let is_whole = open.name == name && open.seen & open.place.needed() == open.place.needed();
        (is_whole && open.holds_what_is_wanted()).then_some(())
    }
}

impl<'a> Open<'a> {
    fn new(name: &'a str, rule: &Rule) -> Open<'a> {
        Open { name, place: rule.place, wanted: rule.wanted, seen: 0, text: None, pieces: 0 }
    }

    fn holds_what_is_wanted(&self) -> bool {
        match self.wanted {
            Wanted::Anything => true,
            Wanted::Nothing => self.pieces == 0,
            Wanted::Text => self.text.is_some_and(|text| !text.trim().is_empty()),
            Wanted::Number => self.text.is_some_and(is_number),
            Wanted::Address => self.text.is_some_and(is_address),
            Wanted::Person => self.pieces == 0 || self.text.is_some_and(is_person),
        }
    }
}

#[cfg(test)]
mod composed;
#[cfg(test)]
mod tests;
