//! Keeps track of an element that is left out with all it holds, up to where a browser would end it.

use super::hidden::Hiding;
use super::nesting::Nesting;
use super::token::Tag;

const TABLE_PARTS: &[&str] = &["td", "th", "tr", "tbody", "thead", "tfoot", "caption", "colgroup"];

/// An element that is left out.
pub(super) struct Concealed {
    name: String,
    pub(super) hiding: Hiding,
    end: End,
}

/// How the end of an element is found.
enum End {
    /// It is open at this level.
    Level(usize),
    /// Nobody keeps count of it: so many of its name are open, and its parents are this many.
    Name { count: usize, parents: usize },
}

/// What a tag means to what is left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sight {
    /// It is left out too.
    Hidden,
    /// It was the last tag that is left out.
    Last,
    /// What was left out has ended before it.
    Seen,
}

impl Concealed {
    /// Begins to leave out an element.
    pub(super) fn begin(
        tag: &Tag,
        element: Option<&'static str>,
        hiding: Hiding,
        nesting: &mut Nesting,
        out: &mut String,
    ) -> Concealed {
        let level = element.and_then(|element| nesting.enter(element, out));
        let by_name = || End::Name { count: 1, parents: nesting.depth() };
        Concealed { name: tag.name.to_string(), hiding, end: level.map_or_else(by_name, End::Level) }
    }

    /// Takes the start of an element.
    pub(super) fn start(&mut self, tag: &Tag, element: Option<&'static str>, nesting: &mut Nesting) -> Sight {
        if let Some(element) = element {
            nesting.make_way(element);
            if self.has_ended(nesting) || self.is_beside(element, nesting) {
                return Sight::Seen;
            }
            nesting.enter(element, &mut String::new());
        }
        match &mut self.end {
            End::Name { count, .. } if tag.name == self.name => *count += 1,
            End::Name { .. } | End::Level(_) => (),
        }
        Sight::Hidden
    }

    /// Takes the end of an element.
    pub(super) fn end(&mut self, tag: &Tag, element: Option<&'static str>, nesting: &mut Nesting) -> Sight {
        if let End::Name { count, parents } = &mut self.end
            && tag.name == self.name
        {
            *count -= 1;
            if *count > 0 {
                return Sight::Hidden;
            }
            nesting.cut(*parents);
            return Sight::Last;
        }
        let Some(element) = element else {
            return Sight::Hidden;
        };
        if self.is_beside(element, nesting) {
            return Sight::Seen;
        }
        let closes_parent = nesting.level(element).is_some_and(|level| match self.end {
            End::Level(own) => level < own,
            End::Name { parents, .. } => level < parents,
        });
        if closes_parent {
            return Sight::Seen;
        }
        nesting.end(element);
        if self.has_ended(nesting) { Sight::Last } else { Sight::Hidden }
    }

    fn has_ended(&self, nesting: &Nesting) -> bool {
        match self.end {
            End::Level(level) => nesting.depth() <= level,
            End::Name { parents, .. } => nesting.depth() < parents,
        }
    }

    /// Tells whether an element is a part of the table that this one is a part of.
    fn is_beside(&self, element: &str, nesting: &Nesting) -> bool {
        let is_part = |name| TABLE_PARTS.contains(&name);
        matches!(self.end, End::Name { parents, .. } if nesting.depth() == parents)
            && is_part(&self.name)
            && is_part(element)
            && !(self.name == "tr" && matches!(element, "td" | "th"))
    }
}
