//! Cuts XML into tags and text where the writer most likely meant it.

use super::ahead::Ahead;

/// A piece of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::feed) enum Token<'a> {
    /// A tag that opens an element.
    Start(Tag<'a>),
    /// The name in a tag that closes an element.
    End(&'a str),
    /// Text as written, references included.
    Text(&'a str),
    /// What stands in a CDATA section.
    CData(&'a str),
    /// What stands between `<!DOCTYPE` and its `>`.
    Doctype(&'a str),
}

/// A tag that opens an element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::feed) struct Tag<'a> {
    /// The name as written, with its prefix.
    pub(in crate::feed) name: &'a str,
    /// All attributes as written.
    pub(in crate::feed) attributes: &'a str,
    /// Whether it closes itself: `<a/>`.
    pub(in crate::feed) is_empty: bool,
}

const CDATA: &str = "<![CDATA[";

/// Walks over the pieces of a document.
#[derive(Clone, Debug)]
pub(in crate::feed) struct Tokens<'a> {
    rest: &'a str,
    /// Whether a document type may still come: before the first tag, and once.
    is_in_head: bool,
    is_sound: bool,
    comment_end: Ahead,
    cdata_start: Ahead,
    cdata_end: Ahead,
}

impl<'a> Tokens<'a> {
    pub(in crate::feed) fn new(text: &'a str) -> Tokens<'a> {
        Tokens {
            rest: text,
            is_in_head: true,
            is_sound: true,
            comment_end: Ahead::new("-->"),
            cdata_start: Ahead::new(CDATA),
            cdata_end: Ahead::new("]]>"),
        }
    }

    /// Tells whether every comment and instruction so far was written as XML wants it, and no declaration was passed
    /// over.
    pub(in crate::feed) fn is_sound(&self) -> bool {
        self.is_sound
    }

    /// Takes the next piece; `open` is the name of the element it lies in.
    pub(in crate::feed) fn next(&mut self, open: Option<&str>) -> Option<Token<'a>> {
        loop {
            let bytes = self.rest.as_bytes();
            match bytes {
                [] => return None,
                [b'<', b'!', b'-', b'-', ..] => self.pass_comment(),
                [b'<', b'!', b'[', ..] if starts_with(bytes, CDATA.as_bytes()) => {
                    return Some(self.cdata(open));
                }
                [b'<', b'!', b'D' | b'd', ..] if self.is_in_head && starts_with(bytes, b"<!doctype") => {
                    return Some(self.doctype());
                }
                [b'<', b'!' | b'?', ..] => self.pass_declaration(),
                [b'<', b'/', first, ..] if is_name_start(*first) => return Some(self.end()),
                [b'<', first, ..] if is_name_start(*first) => {
                    if let Some(tag) = self.start() {
                        return Some(Token::Start(tag));
                    }
                }
                _ => return Some(self.text()),
            }
        }
    }

    /// Takes text up to the next markup; a `<` that starts none belongs to it.
    fn text(&mut self) -> Token<'a> {
        let mut from = usize::from(self.rest.starts_with('<'));
        let bytes = self.rest.as_bytes();
        let end = loop {
            let Some(at) = memchr::memchr(b'<', &bytes[from..]).map(|at| from + at) else {
                break bytes.len();
            };
            match bytes.get(at + 1) {
                Some(b'!' | b'?') => break at,
                Some(b'/') if bytes.get(at + 2).copied().is_some_and(is_name_start) => break at,
                Some(first) if is_name_start(*first) => break at,
                _ => from = at + 1,
            }
        };
        Token::Text(self.take(end))
    }

    fn start(&mut self) -> Option<Tag<'a>> {
        self.is_in_head = false;
        let Some(length) = tag_length(self.rest) else {
            // The document is cut off within a tag.
            self.rest = "";
            return None;
        };
        let inner = self.take(length).trim_start_matches('<').trim_end_matches('>');
        let is_empty = inner.ends_with('/');
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let name_end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(name_end);
        Some(Tag { name, attributes, is_empty })
    }

    fn end(&mut self) -> Token<'a> {
        let bytes = self.rest.as_bytes();
        let end = memchr::memchr2(b'>', b'<', &bytes[2..]).map_or(bytes.len(), |at| at + 2);
        let name = &self.rest[2..end];
        let closed = bytes.get(end) == Some(&b'>');
        self.take(end + usize::from(closed));
        Token::End(name.split_ascii_whitespace().next().unwrap_or_default())
    }

    /// Takes a CDATA section. Where its end is missing, it ends with its element: the end of a later section is
    /// not its own.
    fn cdata(&mut self, open: Option<&str>) -> Token<'a> {
        let body = &self.rest[CDATA.len()..];
        let end = self.cdata_end.find(body);
        let inside = &body[..end.unwrap_or(body.len())];
        let next = open.and_then(|_| self.cdata_start.find(body)).filter(|at| *at < inside.len());
        let is_unclosed = next.is_some() || end.is_none();
        // Behind the next section it would be of another element.
        let own = &inside[..next.unwrap_or(inside.len())];
        if let Some(own_end) = open.filter(|_| is_unclosed).and_then(|name| find_end_tag(own, name)) {
            self.take(CDATA.len() + own_end);
            return Token::CData(&inside[..own_end]);
        }
        self.take(CDATA.len() + inside.len() + end.map_or(0, |_| 3));
        Token::CData(inside)
    }

    fn doctype(&mut self) -> Token<'a> {
        self.is_in_head = false;
        let bytes = self.rest.as_bytes();
        let first = memchr::memchr2(b'[', b'>', bytes);
        let end = match first {
            Some(at) if bytes[at] == b'[' => memchr::memmem::find(&bytes[at..], b"]")
                .and_then(|close| memchr::memchr(b'>', &bytes[at + close..]).map(|end| at + close + end))
                .or_else(|| memchr::memchr(b'>', bytes)),
            other => other,
        };
        Token::Doctype(self.take(end.map_or(bytes.len(), |at| at + 1)))
    }

    /// Passes over a comment. One that never ends is a slip: the next tag is meant to be read.
    fn pass_comment(&mut self) {
        let behind = &self.rest[4..];
        self.is_sound &= !behind.starts_with(['>', '-']);
        if let Some(at) = self.comment_end.find(behind) {
            self.take(4 + at + 3);
            return;
        }
        self.is_sound = false;
        let end = behind.find(['<', '>']).unwrap_or(behind.len());
        self.take(4 + end + usize::from(behind[end..].starts_with('>')));
    }

    fn pass_declaration(&mut self) {
        let end = memchr::memchr(b'>', self.rest.as_bytes());
        let passed = self.take(end.map_or(self.rest.len(), |at| at + 1));
        self.is_sound &= passed.starts_with("<?") && passed.ends_with("?>");
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }
}

/// Measures a tag up to its `>`; a quoted value may hold one. A `<` outside of quotes starts the next tag.
fn tag_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    loop {
        at += memchr::memchr3(b'>', b'<', b'=', &bytes[at..])?;
        match bytes[at] {
            b'>' => return Some(at + 1),
            b'<' => return Some(at),
            _ => at = value_end(bytes, at + 1),
        }
    }
}

/// Finds where the value behind a `=` ends.
fn value_end(bytes: &[u8], at: usize) -> usize {
    let blanks = bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let start = at + blanks;
    match bytes.get(start) {
        Some(quote @ (b'"' | b'\'')) => {
            let value = &bytes[start + 1..];
            // Without its end the quote is a slip, and with that of another entry.
            let end = memchr::memchr(*quote, value).filter(|end| !holds_entry(&value[..*end]));
            end.map_or(start + 1, |end| start + 1 + end + 1)
        }
        _ => start,
    }
}

/// Tells whether an entry begins or ends in a value.
fn holds_entry(value: &[u8]) -> bool {
    memchr::memchr_iter(b'<', value).any(|at| {
        let name = value[at + 1..].strip_prefix(b"/").unwrap_or(&value[at + 1..]);
        let entry = [b"item".as_slice(), b"entry"].into_iter().find(|entry| starts_with(name, entry));
        entry.is_some_and(|entry| {
            name.get(entry.len()).is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
        })
    })
}

/// Finds the tag that closes an element.
fn find_end_tag(text: &str, name: &str) -> Option<usize> {
    let mut ends = memchr::memmem::find_iter(text.as_bytes(), b"</");
    ends.find(|at| {
        let rest = &text.as_bytes()[at + 2..];
        rest.len() > name.len()
            && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            && matches!(rest[name.len()], b'>' | b' ' | b'\n' | b'\r' | b'\t')
    })
}

fn starts_with(text: &[u8], prefix: &[u8]) -> bool {
    text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':' | 0x80..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token<'_>> {
        let mut tokens = Tokens::new(text);
        std::iter::from_fn(|| tokens.next(Some("t"))).collect()
    }

    fn start<'a>(name: &'a str, attributes: &'a str) -> Token<'a> {
        Token::Start(Tag { name, attributes, is_empty: false })
    }

    #[test]
    fn tags_and_text_are_told_apart() {
        let empty = Token::Start(Tag { name: "b", attributes: " c='>' ", is_empty: true });
        let table: &[(&str, &[Token<'_>])] = &[
            ("<a>x</a >", &[start("a", ""), Token::Text("x"), Token::End("a")]),
            ("<b c='>' />", &[empty]),
            ("1 < 2 <3", &[Token::Text("1 < 2 <3")]),
            ("<a\nb=c>", &[start("a", "\nb=c")]),
            ("<a b <c>", &[start("a", " b "), start("c", "")]),
            ("<a b='x>y", &[start("a", " b='x"), Token::Text("y")]),
            (
                "<a b='x>y</item>'z'",
                &[start("a", " b='x"), Token::Text("y"), Token::End("item"), Token::Text("'z'")],
            ),
            ("<a b='<items>'>", &[start("a", " b='<items>'")]),
            ("<!-- <a> --><?xml a='>'?>x", &[Token::Text("'?>x")]),
            ("</a</b>", &[Token::End("a"), Token::End("b")]),
            ("x</", &[Token::Text("x</")]),
            ("<cut off", &[]),
            ("<!-- cut off", &[]),
            ("<!-- never ended <a>x<!--y>z", &[start("a", ""), Token::Text("x"), Token::Text("z")]),
        ];
        for (text, expected) in table {
            assert_eq!(tokens(text), *expected, "{text}");
        }
    }

    #[test]
    fn a_cdata_section_ends_with_its_element_at_the_latest() {
        let table: &[(&str, &[Token<'_>])] = &[
            ("<![CDATA[<b>]]>", &[Token::CData("<b>")]),
            ("<![cdata[x]]>y", &[Token::CData("x"), Token::Text("y")]),
            (
                "<![CDATA[x</t><d><![CDATA[y]]>",
                &[Token::CData("x"), Token::End("t"), start("d", ""), Token::CData("y")],
            ),
            ("<![CDATA[x <![CDATA[ y]]>", &[Token::CData("x <![CDATA[ y")]),
            ("<![CDATA[x</t>", &[Token::CData("x"), Token::End("t")]),
            ("<![CDATA[x", &[Token::CData("x")]),
        ];
        for (text, expected) in table {
            assert_eq!(tokens(text), *expected, "{text}");
        }
    }

    #[test]
    fn a_doctype_keeps_its_entities() {
        let text = "<!DOCTYPE rss [<!ENTITY a \"b\">]><a>";
        assert_eq!(tokens(text), [Token::Doctype("<!DOCTYPE rss [<!ENTITY a \"b\">]>"), start("a", "")]);
        assert_eq!(tokens("<!doctype rss><a>"), [Token::Doctype("<!doctype rss>"), start("a", "")]);
        assert_eq!(tokens("<!DOCTYPE rss ["), [Token::Doctype("<!DOCTYPE rss [")]);
    }

    #[test]
    fn a_doctype_comes_once_and_before_the_first_tag() {
        let head = "<!DOCTYPE a>";
        let expected = [Token::Doctype(head), start("a", ""), Token::Text("x")];
        assert_eq!(tokens(&format!("{head}<!DOCTYPE b><a><!DOCTYPE c [>x")), expected);
    }

    #[test]
    fn what_never_ends_is_looked_for_once() {
        const TIMES: usize = 1_000;
        for piece in ["<a><![CDATA[</a>", "<a><![CDATA[</t>", "<!-- -><a>", "<![CDATA[", "<!DOCTYPE[>"] {
            for end in ["", "]]>", "-->"] {
                let text = piece.repeat(TIMES) + end;
                let mut tokens = Tokens::new(&text);
                while tokens.next(Some("a")).is_some() {}
                let looks = [&tokens.comment_end, &tokens.cdata_start, &tokens.cdata_end];
                let looked_at: usize = looks.iter().map(|ahead| ahead.looked_at).sum();
                assert!(looked_at <= 4 * text.len(), "{looked_at} bytes for {} of {piece}", text.len());
            }
        }
    }
}
