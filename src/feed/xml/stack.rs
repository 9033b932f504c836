//! The elements that lie open in one that is taken as a whole, and where each of them must end.

use std::rc::Rc;

use url::Url;

use super::element::{Element, Node};
use super::token::Tag;

/// More texts and elements than these are left out.
pub(super) const MAX_NODES: usize = 200_000;

/// The open elements of one that is taken as a whole, outermost first; never empty.
pub(super) struct Stack<'a> {
    pub(super) open: Vec<(&'a str, Element<'a>)>,
    /// How many nodes were put into them.
    nodes: usize,
}

impl<'a> Stack<'a> {
    pub(super) fn new(name: &'a str, outermost: Element<'a>) -> Stack<'a> {
        Stack { open: vec![(name, outermost)], nodes: 0 }
    }

    pub(super) fn name(&self) -> &'a str {
        self.open.last().map_or("", |(name, _)| name)
    }

    /// Names the part of the outermost element that lies open, without prefix.
    pub(super) fn part(&self) -> &'a str {
        let name = self.open.get(1).map_or("", |(name, _)| name);
        name.rsplit(':').next().unwrap_or(name)
    }

    pub(super) fn base(&self) -> Option<Rc<Url>> {
        self.open.last().and_then(|(_, element)| element.base.clone())
    }

    pub(super) fn push(&mut self, node: Node<'a>) {
        self.nodes += 1;
        if self.nodes <= MAX_NODES
            && let Some((_, element)) = self.open.last_mut()
        {
            element.children.push(node);
        }
    }

    /// Ends the innermost element of this name with all that lies open in it; tells whether it was the outermost.
    pub(super) fn end(&mut self, name: &str) -> bool {
        let Some(at) = self.open.iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name)) else {
            return false;
        };
        self.fold(at.max(1));
        at == 0
    }

    /// Ends what cannot hold a new element; tells whether even the outermost cannot.
    pub(super) fn is_ended_by(&mut self, tag: Tag<'_>) -> bool {
        if is_entry(tag.name) && is_entry(self.open[0].0) {
            return true;
        }
        if self.open.get(1).is_some_and(|(open, _)| ends_before(open, tag.name)) {
            self.fold(1);
        }
        false
    }

    /// Puts all but so many outer elements into the ones round them.
    fn fold(&mut self, left: usize) {
        while self.open.len() > left
            && let Some((_, element)) = self.open.pop()
        {
            self.push(Node::Element(element));
        }
    }

    pub(super) fn close(mut self) -> Element<'a> {
        self.fold(1);
        let (_, element) = self.open.remove(0);
        element
    }
}

pub(super) fn is_entry(name: &str) -> bool {
    ["item", "entry"].iter().any(|entry| entry.eq_ignore_ascii_case(name))
}

/// Tells whether a text that lies open in an entry ends before another element of entries.
fn ends_before(open: &str, next: &str) -> bool {
    /// Hold no elements of their own.
    const PLAIN: [&str; 9] =
        ["title", "link", "guid", "id", "pubdate", "category", "updated", "published", "comments"];
    /// Hold HTML.
    const MARKUP: [&str; 5] = ["description", "summary", "content", "content:encoded", "subtitle"];
    /// Elements of entries that are none of HTML.
    const NEVER_HTML: [&str; 12] = [
        "guid",
        "pubdate",
        "enclosure",
        "comments",
        "category",
        "author",
        "updated",
        "published",
        "description",
        "content:encoded",
        "dc:creator",
        "dc:date",
    ];
    let is = |names: &[&str], name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let next_is_never_html = is(&NEVER_HTML, next);
    let next_is_plain = next_is_never_html || is(&PLAIN, next) || is(&MARKUP, next);
    (is(&PLAIN, open) && next_is_plain && !open.eq_ignore_ascii_case(next))
        || (is(&MARKUP, open) && next_is_never_html)
}
