//! An element with all that lies in it.

use std::borrow::Cow;
use std::rc::Rc;

use url::Url;

use super::entities::Entities;
use super::namespace::Vocabulary;

/// An element of a feed.
#[derive(Debug)]
pub(in crate::feed) struct Element<'a> {
    /// The vocabulary its name belongs to.
    pub(in crate::feed) vocabulary: Vocabulary,
    /// Its name without prefix, in lower case.
    pub(in crate::feed) name: Cow<'a, str>,
    /// Its `xml:base`, or that of an element round it.
    pub(in crate::feed) base: Option<Rc<Url>>,
    /// What lies in it.
    pub(in crate::feed) children: Vec<Node<'a>>,
    attributes: &'a str,
    entities: Rc<Entities>,
}

/// What lies in an element.
#[derive(Debug)]
pub(in crate::feed) enum Node<'a> {
    Element(Element<'a>),
    /// Text with its references.
    Text(&'a str),
    /// Text without any.
    CData(&'a str),
}

impl<'a> Element<'a> {
    pub(super) fn new(
        (vocabulary, name): (Vocabulary, &'a str),
        attributes: &'a str,
        base: Option<Rc<Url>>,
        entities: Rc<Entities>,
    ) -> Element<'a> {
        let name = lower_case(name);
        Element { vocabulary, name, base, children: Vec::new(), attributes, entities }
    }

    /// Finds the value of an attribute by its name without prefix.
    pub(in crate::feed) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut all = Attributes { rest: self.attributes };
        let (_, value) = all.find(|(key, _)| local(key).eq_ignore_ascii_case(name))?;
        Some(self.entities.decode(value))
    }

    /// Walks over the elements that lie directly in it.
    pub(in crate::feed) fn elements(&self) -> impl Iterator<Item = &Element<'a>> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::CData(_) => None,
        })
    }

    /// Finds an element by its name, whatever its vocabulary.
    pub(in crate::feed) fn child(&self, name: &str) -> Option<&Element<'a>> {
        self.elements().find(|element| element.name == name)
    }

    /// Collects all text in it, its references decoded.
    pub(in crate::feed) fn text(&self) -> String {
        if let [Node::Text(text)] = self.children.as_slice() {
            return self.entities.decode(text).into_owned();
        }
        let mut text = String::new();
        self.collect_text(&mut text);
        text
    }

    fn collect_text(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.collect_text(out),
                Node::Text(text) => out.push_str(&self.entities.decode(text)),
                Node::CData(text) => out.push_str(text),
            }
        }
    }

    /// Writes what lies in it as HTML: the elements as tags, the text as it is written.
    pub(in crate::feed) fn markup(&self) -> String {
        let mut html = String::new();
        self.write_children(&mut html);
        html
    }

    fn write_children(&self, html: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.write(html),
                Node::Text(text) | Node::CData(text) => html.push_str(text),
            }
        }
    }

    fn write(&self, html: &mut String) {
        html.push('<');
        html.push_str(&self.name);
        for (name, value) in (Attributes { rest: self.attributes }) {
            if name != "xmlns" && !name.contains(':') {
                html.push(' ');
                html.push_str(name);
                html.push_str("=\"");
                html.push_str(&value.replace('"', "&quot;"));
                html.push('"');
            }
        }
        html.push('>');
        if !is_void(&self.name) {
            self.write_children(html);
            html.push_str("</");
            html.push_str(&self.name);
            html.push('>');
        }
    }
}

/// Tells whether an element of HTML has no end and nothing in it.
pub(super) fn is_void(name: &str) -> bool {
    const VOID: [&str; 9] = ["br", "img", "hr", "wbr", "input", "col", "area", "embed", "param"];
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
}

/// Names and values behind a tag's name; values without quotes, and names without values.
pub(super) struct Attributes<'a> {
    pub(super) rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        let is_blank = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '=' | '"' | '\'');
        let text = self.rest.trim_start_matches(is_blank);
        let name_end = text.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(text.len());
        let (name, rest) = text.split_at(name_end);
        if name.is_empty() {
            return None;
        }
        let (value, rest) = match rest.trim_start().strip_prefix('=') {
            Some(rest) => value(rest.trim_start()),
            None => ("", rest),
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// Splits off a value; a quote without its end is a slip.
fn value(text: &str) -> (&str, &str) {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let quoted = quote.and_then(|quote| text[1..].split_once(quote));
    quoted.unwrap_or_else(|| {
        let text = if quote.is_some() { &text[1..] } else { text };
        text.split_at(text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len()))
    })
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reader;
    use super::*;

    fn with_element(text: &str, check: impl FnOnce(&Element<'_>)) {
        let mut reader = Reader::new(text, None);
        let head = reader.next().unwrap();
        check(&reader.element(head));
    }

    #[test]
    fn attributes_are_read_however_they_are_written() {
        let table = [
            ("<a url='x y' />", Some("x y")),
            ("<a b=1 url=http://a.test/?x=1/>", Some("http://a.test/?x=1")),
            ("<a URL = \"a&amp;b&c\"/>", Some("a&b&c")),
            ("<a rdf:url='x'/>", Some("x")),
            ("<a url/>", Some("")),
            ("<a url='x b=1>", Some("x")),
            ("<a href='url=1'/>", None),
        ];
        for (text, expected) in table {
            with_element(text, |element| assert_eq!(element.attribute("url").as_deref(), expected, "{text}"));
        }
    }

    #[test]
    fn text_comes_decoded_and_markup_as_html() {
        let text = "<d>a &lt;b <x:p xmlns:x='y' class=\"z\">c<br>d</x:p><![CDATA[<i>e</i>]]></d>";
        with_element(text, |element| {
            assert_eq!(element.text(), "a <b cd<i>e</i>");
            assert_eq!(element.markup(), "a &lt;b <p class=\"z\">c<br>d</p><i>e</i>");
        });
    }
}
