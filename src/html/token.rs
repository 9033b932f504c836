//! Cuts HTML into text and tags where a browser would cut it.
//!
//! Follows the tokeniser of the HTML standard as far as the borders of tags go. Comments, declarations and
//! unfinished tags are skipped: nothing passes on that was not seen for what it is.

use std::borrow::Cow;

use super::attribute::{Attributes, is_space};

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
    attributes: &'a str,
}

impl<'a> Tag<'a> {
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

/// How far `content_near` looks.
const NEAR: usize = 4_096;

/// Walks over the pieces of a text.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// How much is left at the next closing tag of an element, where there is one: looked for once, not
    /// once for each of a million opening tags.
    ends: Vec<(String, Option<usize>)>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Tokens<'a> {
        Tokens { rest: html, ends: Vec::new() }
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
        self.rest = rest;
        Token::Text(text)
    }

    fn tag(&mut self) -> Option<Token<'a>> {
        let markup = self.rest;
        let start = if markup.starts_with("</") { 2 } else { 1 };
        if !markup[start..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.rest = &markup[comment_end(markup)..];
            return None;
        }
        let name_end = markup[start..].find(|c: char| is_space(c) || c == '/' || c == '>');
        let name_end = name_end.map_or(markup.len(), |at| start + at);
        let Some(length) = Attributes::length(&markup[name_end..]) else {
            self.rest = "";
            return None;
        };
        let (raw, rest) = markup.split_at(name_end + length);
        self.rest = rest;
        let tag = Tag { name: lower_case(&raw[start..name_end]), raw, attributes: &raw[name_end..] };
        Some(if start == 2 { Token::End(tag) } else { Token::Start(tag) })
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

fn is_markup(text: &str) -> bool {
    match text.as_bytes() {
        [b'<', b'!' | b'?', ..] | [b'<', b'/', _, ..] => true,
        [b'<', letter, ..] => letter.is_ascii_alphabetic(),
        _ => false,
    }
}

/// Finds the end of a comment, a declaration or another `<…>` that is no tag.
fn comment_end(markup: &str) -> usize {
    let Some(comment) = markup.strip_prefix("<!--") else {
        return markup.find('>').map_or(markup.len(), |at| at + 1);
    };
    // `<!-->` and `<!--->` are whole comments.
    if let Some(length) = [">", "->"].iter().find_map(|end| prefix(comment, end)) {
        return 4 + length;
    }
    let mut from = 0;
    while let Some(at) = comment[from..].find("--") {
        from += at;
        let rest = &comment[from..];
        if let Some(length) = ["-->", "--!>"].iter().find_map(|end| prefix(rest, end)) {
            return 4 + from + length;
        }
        from += 1;
    }
    markup.len()
}

fn prefix(text: &str, prefix: &str) -> Option<usize> {
    text.starts_with(prefix).then_some(prefix.len())
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
            ("a<b", &["a"]),
            ("a<b title='>c", &["a"]),
        ];
        for (html, expected) in table {
            assert_eq!(pieces(html), *expected, "{html}");
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
