//! Cuts HTML into text and tags where a browser would cut it.
//!
//! Follows the tokeniser of the HTML standard as far as the borders of tags go. Comments and declarations are
//! skipped: nothing passes on that was not seen for what it is. Where the standard would drop all the rest of
//! a text for one missing quote or `>`, text stays.

use std::borrow::Cow;

use super::allowed::is_element;
use super::attribute::{Attributes, is_space};
use super::markup::{is_markup, skipped};

/// A piece of HTML.
pub(super) enum Token<'a> {
    /// Text as written, character references and lone `<` included.
    Text(&'a str),
    /// The tag that opens an element.
    Start(Tag<'a>),
    /// The tag that closes an element.
    End(Tag<'a>),
}

/// A tag of an element.
pub(super) struct Tag<'a> {
    /// The element's name in lower case.
    pub(super) name: Cow<'a, str>,
    /// The whole tag as written.
    pub(super) raw: &'a str,
    /// Whether it ends where it seems to; if not, it has no attributes and must not be written as it is.
    pub(super) is_whole: bool,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Tells whether there may be attributes.
    pub(super) fn has_attributes(&self) -> bool {
        self.attributes.len() > 1
    }

    /// Walks over the attributes.
    pub(super) fn attributes(&self) -> Attributes<'a> {
        Attributes::new(self.attributes)
    }

    /// Finds the value of an attribute, as written.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut attributes = self.attributes();
        let (_, value) = attributes.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(value)
    }
}

const CDATA: &str = "<![CDATA[";
const CDATA_END: &str = "]]>";

/// After so many tags whose quotes never close, no attribute of the text is trusted.
const MAX_ENDLESS: usize = 16;

/// How far `content_near` looks.
const NEAR: usize = 4_096;

/// Walks over the pieces of a text.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// A CDATA section has begun: its content is HTML, its end is not.
    in_cdata: bool,
    /// How many tags never ended: each costs a look at all the rest.
    endless: usize,
    /// How much is left at the next closing tag of an element, where there is one: looked for once, not
    /// once for each of a million opening tags.
    ends: Vec<(String, Option<usize>)>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Tokens<'a> {
        Tokens { rest: html, in_cdata: false, endless: 0, ends: Vec::new() }
    }

    /// Shows what stands before the next closing tag of an element, where there is one.
    pub(super) fn content(&mut self, element: &str) -> Option<&'a str> {
        let left = self.left_at_end(element)?;
        Some(&self.rest[..self.rest.len() - left])
    }

    /// Shows what stands before the closing tag of an element, where that is near and no other of its kind lies
    /// between: looking costs the same for each tag, however many there are.
    pub(super) fn content_near(&self, element: &str) -> Option<&'a str> {
        let near = &self.rest[..self.rest.floor_char_boundary(NEAR)];
        let names_it =
            |text: &str| text.get(..element.len()).is_some_and(|name| name.eq_ignore_ascii_case(element));
        let mut tags = near.match_indices('<').map(|(at, _)| (at, &near[at + 1..]));
        let (at, tag) = tags.find(|(_, tag)| names_it(tag.trim_start_matches('/')))?;
        tag.starts_with('/').then(|| &near[..at])
    }

    /// Leaves out a content that was shown.
    pub(super) fn pass(&mut self, content: &str) {
        self.rest = &self.rest[content.len()..];
    }

    /// Leaves out what stands before the next closing tag of an element, where there is one.
    pub(super) fn skip_content(&mut self, element: &str) {
        if let Some(content) = self.content(element) {
            self.rest = &self.rest[content.len()..];
        }
    }

    fn left_at_end(&mut self, element: &str) -> Option<usize> {
        let known = self.ends.iter().position(|(name, _)| name == element);
        if let Some(known) = known {
            match self.ends[known].1 {
                Some(left) if left > self.rest.len() => drop(self.ends.swap_remove(known)),
                still_ahead => return still_ahead,
            }
        }
        let left = find_end_tag(self.rest, element).map(|end| self.rest.len() - end);
        self.ends.push((element.to_owned(), left));
        left
    }

    fn text(&mut self) -> Token<'a> {
        let mut ends = self.rest.match_indices('<').map(|(at, _)| at);
        let end = ends.find(|at| is_markup(&self.rest[*at..]));
        let (text, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        if self.in_cdata
            && let Some(end) = text.find(CDATA_END)
        {
            self.in_cdata = false;
            self.rest = &self.rest[end + CDATA_END.len()..];
            return Token::Text(&text[..end]);
        }
        self.rest = rest;
        Token::Text(text)
    }

    fn tag(&mut self) -> Option<Token<'a>> {
        let markup = self.rest;
        if let Some(content) = markup.strip_prefix(CDATA) {
            self.in_cdata = true;
            self.rest = content;
            return None;
        }
        let start = if markup.starts_with("</") { 2 } else { 1 };
        if !markup[start..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            return self.declaration();
        }
        let name_end = markup[start..].find(|c: char| is_space(c) || c == '/' || c == '>');
        let name_end = name_end.map_or(markup.len(), |at| start + at);
        let name = lower_case(&markup[start..name_end]);
        let whole = self.whole_length(name_end);
        // A quote that is never closed ends with the tag.
        let Some(end) = whole.or_else(|| markup.find('>').map(|at| at + 1)) else {
            let is_cut_tag = is_element(&name, name_end == markup.len());
            return self.end_without_tag(!is_cut_tag);
        };
        let (raw, rest) = markup.split_at(end);
        self.rest = rest;
        let attributes = if whole.is_some() { &raw[name_end..] } else { "" };
        let tag = Tag { name, raw, is_whole: whole.is_some(), attributes };
        Some(if start == 2 { Token::End(tag) } else { Token::Start(tag) })
    }

    /// Measures a tag, where it ends for a browser and not too many before it did not.
    fn whole_length(&mut self, name_end: usize) -> Option<usize> {
        if self.endless == MAX_ENDLESS {
            return None;
        }
        let length = Attributes::length(&self.rest[name_end..]);
        self.endless += usize::from(length.is_none());
        Some(name_end + length?)
    }

    /// Skips a comment, a declaration or another `<…>` that is no tag.
    fn declaration(&mut self) -> Option<Token<'a>> {
        let markup = self.rest;
        let Some(length) = skipped(markup) else {
            let is_code = markup.starts_with("<!--") || markup.starts_with("<?");
            return self.end_without_tag(!is_code);
        };
        self.rest = &markup[length..];
        None
    }

    /// Ends the text where no tag can follow.
    fn end_without_tag(&mut self, is_text: bool) -> Option<Token<'a>> {
        let rest = std::mem::take(&mut self.rest);
        is_text.then_some(Token::Text(rest))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while !self.rest.is_empty() {
            if !is_markup(self.rest) {
                return Some(self.text());
            }
            let tag = self.tag();
            if tag.is_some() {
                return tag;
            }
        }
        None
    }
}

fn find_end_tag(text: &str, element: &str) -> Option<usize> {
    let mut starts = text.match_indices("</").map(|(at, _)| at);
    starts.find(|at| {
        let rest = &text.as_bytes()[at + 2..];
        let Some((name, rest)) = rest.split_at_checked(element.len()) else {
            return false;
        };
        let border = rest.first().copied().map_or(' ', char::from);
        name.eq_ignore_ascii_case(element.as_bytes()) && (is_space(border) || "/>".contains(border))
    })
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
    use super::*;

    fn pieces(html: &str) -> Vec<String> {
        let name = |token| match token {
            Token::Text(text) => text.to_owned(),
            Token::Start(tag) => format!("+{}", tag.name),
            Token::End(tag) => format!("-{}", tag.name),
        };
        Tokens::new(html).map(name).collect()
    }

    #[test]
    fn tags_end_where_browsers_end_them() {
        let table: &[(&str, &[&str])] = &[
            ("a<b>c</B >d", &["a", "+b", "c", "-b", "d"]),
            ("<a title='>'>x", &["+a", "x"]),
            ("<a title=\"<b>\">x", &["+a", "x"]),
            ("<a =\">x", &["+a", "x"]),
            ("<a x=y\"z>x", &["+a", "x"]),
            ("<br/>x", &["+br", "x"]),
            ("<img/src=x>", &["+img"]),
            ("1 < 2 <3 <-", &["1 < 2 <3 <-"]),
            ("a<!-- <b> --!>c", &["a", "c"]),
            ("<!-->a<!--->b<!-- -- >c", &["a", "b"]),
            ("<!doctype html><?xml x?></ x>a", &["a"]),
            ("a</", &["a</"]),
            ("a <3 b </3 c <!' d", &["a <3 b </3 c <!' d"]),
            ("a<![CDATA[b<i>c]]>d]]>", &["a", "b", "+i", "c", "d]]>"]),
        ];
        for (html, expected) in table {
            assert_eq!(pieces(html), *expected, "{html}");
        }
    }

    #[test]
    fn what_never_ends_takes_no_text_with_it() {
        let table: &[(&str, &[&str])] = &[
            ("a<b", &["a"]),
            ("a<stro", &["a"]),
            ("a<a href='x y", &["a"]),
            ("a</p", &["a"]),
            ("a <offset-or-", &["a ", "<offset-or-"]),
            ("a<T and b<U and c", &["a", "<T and b<U and c"]),
            ("a <!DOCTYPE b", &["a ", "<!DOCTYPE b"]),
            ("a<!-- b", &["a"]),
            ("a<?php b", &["a"]),
            ("a<b title='>c<i>d", &["a", "+b", "c", "+i", "d"]),
            ("a<b title='\">c<i title=\">d", &["a", "+b", "c", "+i", "d"]),
        ];
        for (html, expected) in table {
            assert_eq!(pieces(html), *expected, "{html}");
        }
    }

    #[test]
    fn a_million_tags_that_never_end_are_done_in_one_go() {
        for tag in ["<a x=\">\" ", "<a x='>", "<![CDATA[", "<b ", "</", "<!-", "]]>"] {
            let html = tag.repeat(1_000_000 / tag.len());
            assert!(pieces(&html).len() < 400_000, "{tag}");
        }
    }

    #[test]
    fn an_element_is_left_out_with_its_content() {
        let mut tokens = Tokens::new("a</b>c</SCRIPT >d");
        tokens.skip_content("script");
        assert!(matches!(tokens.next(), Some(Token::End(tag)) if tag.name == "script"));
    }

    #[test]
    fn content_ends_at_the_next_closing_tag_from_wherever_one_is() {
        let mut tokens = Tokens::new("<b>1<b>2</b>3<b>4</b>5");
        let mut contents = Vec::new();
        while let Some(token) = tokens.next() {
            if matches!(token, Token::Start(_)) {
                contents.push(tokens.content("b"));
            }
        }
        assert_eq!(contents, [Some("1<b>2"), Some("2"), Some("4")]);
        assert_eq!(tokens.content("b"), None);
    }

    #[test]
    fn an_element_that_never_ends_has_no_content() {
        assert_eq!(Tokens::new("a</b></scripts>").content("script"), None);
    }
}
