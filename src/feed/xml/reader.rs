//! Walks over a feed: into its outer elements step by step, and through an inner one at a time as a whole.
//!
//! What was left open ends where the element round it ends, or where something begins that cannot lie in it.

use std::rc::Rc;

use url::Url;

use super::element::{Attributes, Element, Node, is_void};
use super::entities::Entities;
use super::namespace::{Scopes, Vocabulary};
use super::stack::{Stack, is_entry};
use super::token::{Tag, Token, Tokens};
use crate::feed::link::resolve;

/// What lies deeper is taken as text.
const MAX_DEPTH: usize = 256;

/// Walks over a document.
pub(in crate::feed) struct Reader<'a> {
    tokens: Tokens<'a>,
    scopes: Scopes<'a>,
    entities: Rc<Entities>,
    /// The elements gone into: name as written, and base.
    open: Vec<(&'a str, Option<Rc<Url>>)>,
    document: Option<Rc<Url>>,
    /// The element just begun, not yet gone into.
    begun: Option<Tag<'a>>,
    held: Option<Token<'a>>,
    /// Which elements lay open where the document ended.
    cut_off: Option<CutOff<'a>>,
}

/// An element that the document broke off in.
#[derive(Clone, Copy)]
pub(in crate::feed) struct CutOff<'a> {
    /// The name of the part of it that was not whole, without prefix.
    part: &'a str,
}

impl CutOff<'_> {
    /// Tells whether one of its parts was whole, or is not there at all.
    pub(in crate::feed) fn spares(self, part: &str) -> bool {
        !self.part.eq_ignore_ascii_case(part)
    }
}

impl<'a> Reader<'a> {
    /// Reads a document that came from an address.
    pub(in crate::feed) fn new(text: &'a str, address: Option<&Url>) -> Reader<'a> {
        Reader {
            tokens: Tokens::new(text),
            scopes: Scopes::default(),
            entities: Rc::default(),
            open: Vec::new(),
            document: address.cloned().map(Rc::new),
            begun: None,
            held: None,
            cut_off: None,
        }
    }

    /// Goes on to the next element that begins, into the last one unless that was taken as a whole. Text between
    /// elements is passed over.
    pub(in crate::feed) fn next(&mut self) -> Option<Element<'a>> {
        self.go_in();
        loop {
            match self.token(None)? {
                Token::Start(tag) => {
                    let depth = self.open.len() + 1;
                    self.scopes.leave(depth - 1);
                    let around = self.open.last().and_then(|(_, base)| base.clone());
                    if self.open.is_empty() {
                        self.scopes.set_root(tag.name.split_once(':').map_or("", |(prefix, _)| prefix));
                    }
                    let element = self.head(tag, depth, around, true);
                    self.begun = Some(tag);
                    return Some(element);
                }
                Token::End(name) => {
                    if let Some(at) = self.open.iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name))
                    {
                        // Whatever lies open within it ends too.
                        self.open.truncate(at);
                    }
                }
                Token::Doctype(text) => self.entities = Rc::new(Entities::read(text)),
                Token::Text(_) | Token::CData(_) => {}
            }
        }
    }

    /// Counts the elements round the one that has just begun.
    pub(in crate::feed) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Tells where the document ended, if it did within an element that was taken as a whole.
    pub(in crate::feed) fn cut_off(&self) -> Option<CutOff<'a>> {
        self.cut_off
    }

    /// Takes all of the element that has just begun.
    pub(in crate::feed) fn element(&mut self, head: Element<'a>) -> Element<'a> {
        let Some(tag) = self.begun.take() else {
            return head;
        };
        let mut stack = Stack::new(tag.name, head);
        if tag.is_empty {
            return stack.close();
        }
        let outer = self.open.len() + 1;
        let mut too_deep = 0usize;
        loop {
            let Some(token) = self.token(Some(stack.name())) else {
                self.cut_off = Some(CutOff { part: stack.part() });
                break;
            };
            match token {
                Token::Text(text) => stack.push(Node::Text(text)),
                Token::CData(text) => stack.push(Node::CData(text)),
                Token::Doctype(_) => {}
                Token::Start(tag) => {
                    let depth = outer + stack.open.len();
                    self.scopes.leave(depth - 1);
                    if stack.is_ended_by(tag) {
                        self.held = Some(Token::Start(tag));
                        break;
                    }
                    let depth = outer + stack.open.len();
                    self.scopes.leave(depth - 1);
                    let element = self.head(tag, depth, stack.base(), false);
                    let is_void =
                        matches!(element.vocabulary, Vocabulary::Core | Vocabulary::Xhtml | Vocabulary::Atom)
                            && is_void(&element.name);
                    if tag.is_empty || is_void {
                        stack.push(Node::Element(element));
                    } else if stack.open.len() < MAX_DEPTH {
                        stack.open.push((tag.name, element));
                    } else {
                        too_deep += 1;
                    }
                }
                Token::End(name) if too_deep > 0 && !is_entry(name) => too_deep -= 1,
                Token::End(name) => {
                    if stack.end(name) {
                        break;
                    }
                    if self.open.iter().any(|(open, _)| open.eq_ignore_ascii_case(name)) {
                        self.held = Some(token);
                        break;
                    }
                }
            }
        }
        self.scopes.leave(outer - 1);
        stack.close()
    }

    /// Goes into the element that has just begun.
    fn go_in(&mut self) {
        if let Some(tag) = self.begun.take().filter(|tag| !tag.is_empty)
            && self.open.len() < MAX_DEPTH
        {
            let around = self.open.last().and_then(|(_, base)| base.clone());
            let base = self.base_of(tag, around);
            self.open.push((tag.name, base));
        }
    }

    fn token(&mut self, open: Option<&str>) -> Option<Token<'a>> {
        self.held.take().or_else(|| self.tokens.next(open))
    }

    fn head(&mut self, tag: Tag<'a>, depth: usize, around: Option<Rc<Url>>, is_outer: bool) -> Element<'a> {
        if tag.attributes.contains("xmlns") {
            for (name, value) in (Attributes { rest: tag.attributes }) {
                if name == "xmlns" {
                    self.scopes.declare(depth, "", value, is_outer);
                } else if let Some(prefix) = name.strip_prefix("xmlns:") {
                    self.scopes.declare(depth, prefix, value, is_outer);
                }
            }
        }
        let base = self.base_of(tag, around);
        Element::new(self.scopes.resolve(tag.name), tag.attributes, base, Rc::clone(&self.entities))
    }

    /// Finds the `xml:base` of an element; an empty one, or one that is no address, changes nothing.
    fn base_of(&self, tag: Tag<'a>, around: Option<Rc<Url>>) -> Option<Rc<Url>> {
        if !tag.attributes.contains("xml:base") {
            return around;
        }
        let mut all = Attributes { rest: tag.attributes };
        let own = all.find(|(name, _)| *name == "xml:base").and_then(|(_, value)| {
            let value = self.entities.decode(value);
            let from = around.as_ref().or(self.document.as_ref());
            resolve(&value, from.map(Rc::as_ref))
        });
        own.map(Rc::new).or(around)
    }
}

#[cfg(test)]
mod tests {
    use super::super::stack::MAX_NODES;
    use super::*;

    /// Writes the first element of a text anew.
    fn element(text: &str) -> String {
        let mut reader = Reader::new(text, None);
        let head = reader.next().unwrap();
        reader.element(head).markup()
    }

    #[test]
    fn what_was_left_open_ends_where_it_must() {
        let table = [
            ("<item><a>x</a></item>", "<a>x</a>"),
            ("<item><a>x</item>", "<a>x</a>"),
            ("<item><title>x<link>y</link></item>", "<title>x</title><link>y</link>"),
            (
                "<item><description><p>x<pubDate>y</item>",
                "<description><p>x</p></description><pubdate>y</pubdate>",
            ),
            ("<item><b><i>x</b></i>y</item>", "<b><i>x</i></b>y"),
            ("<item><Category>x</category>y</ITEM>z", "<category>x</category>y"),
            ("<item>a<br>b</item>", "a<br>b"),
            ("<item><a>x</a", "<a>x</a>"),
            ("<item><a>x<item><a>y", "<a>x</a>"),
        ];
        for (text, expected) in table {
            assert_eq!(element(text), expected, "{text}");
        }
    }

    #[test]
    fn an_entry_that_was_left_open_does_not_swallow_the_next() {
        let mut reader = Reader::new("<rss><item><a>1</a><item><a>2</a></item></channel>", None);
        let mut items = Vec::new();
        while let Some(head) = reader.next() {
            if head.name == "item" {
                items.push(reader.element(head).text());
            }
        }
        assert_eq!(items, ["1", "2"]);
    }

    #[test]
    fn a_base_is_completed_by_the_ones_round_it() {
        let address = Url::parse("http://a.test/x").unwrap();
        let mut reader = Reader::new(
            "<feed xml:base='/b/'><entry xml:base='c/'><id xml:base=''/></entry>",
            Some(&address),
        );
        let mut bases = Vec::new();
        while let Some(head) = reader.next() {
            bases.push(head.base.map(|base| base.to_string()));
        }
        let some = |url: &str| Some(url.to_owned());
        assert_eq!(bases, [some("http://a.test/b/"), some("http://a.test/b/c/"), some("http://a.test/b/c/")]);
    }

    #[test]
    fn more_nodes_than_anybody_writes_are_left_out() {
        let text =
            "<item><guid>1</guid>".to_owned() + &"<b/>".repeat(MAX_NODES + 10) + "</item><item>2</item>";
        let mut reader = Reader::new(&text, None);
        let head = reader.next().unwrap();
        let first = reader.element(head);
        // The text of the guid is one of them.
        assert_eq!(first.children.len(), MAX_NODES - 1);
        assert_eq!(first.child("guid").unwrap().text(), "1");
        let head = reader.next().unwrap();
        assert_eq!(reader.element(head).text(), "2");
    }

    #[test]
    fn elements_without_end_are_bounded() {
        let deep = "<a>".repeat(100_000) + "x";
        assert_eq!(element(&deep).matches("<a>").count(), MAX_DEPTH - 1);
    }
}
