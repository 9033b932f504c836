//! Refuses documents that would hurt the parser: too large, nested too deeply, tags without end.
//!
//! The feed parser goes into nested media groups by recursion and compares every attribute of a tag with
//! each other. A look over the tags beforehand costs little and keeps both in bounds.

use std::borrow::Cow;

use super::FeedError;

/// The largest document that is read.
const MAX_BYTES: usize = 50_000_000;
const MAX_DEPTH: usize = 500;
const MAX_ATTRIBUTES: usize = 1000;

/// Elements of Media RSS and iTunes that the parser goes into by recursion, 10 kB of stack for each level.
const RECURSIVE: [&[u8]; 3] = [b"group", b"content", b"category"];
const MAX_RECURSION: usize = 8;

/// Refuses a document of more than 50 MB.
pub(super) fn check_size(bytes: &[u8]) -> Result<(), FeedError> {
    if bytes.len() > MAX_BYTES {
        return Err(FeedError::TooLarge);
    }
    Ok(())
}

/// Refuses an XML document whose tags would hurt the parser.
pub(super) fn check_tags(bytes: &[u8]) -> Result<(), FeedError> {
    let mut depth = 0usize;
    let mut recursion = 0usize;
    for piece in (Tags { rest: &as_ascii(bytes) }) {
        match piece {
            Piece::Start(tag) if tag.split(|byte| *byte == b'=').count() > MAX_ATTRIBUTES => {
                return Err(malformed("a tag has more than 1000 attributes"));
            }
            Piece::Start(tag) if tag.ends_with(b"/") => (),
            Piece::Start(tag) => {
                depth += 1;
                recursion += usize::from(is_recursive(tag));
            }
            Piece::End(tag) => {
                depth = depth.saturating_sub(1);
                recursion = recursion.saturating_sub(usize::from(is_recursive(tag)));
            }
        }
        if depth > MAX_DEPTH || recursion > MAX_RECURSION {
            return Err(malformed("its elements are nested too deeply"));
        }
    }
    Ok(())
}

fn is_recursive(tag: &[u8]) -> bool {
    let is_border = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
    let name = tag.split(is_border).next().unwrap_or_default();
    let name = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
    RECURSIVE.contains(&name)
}

/// Leaves out the zeros that UTF-16 writes between ASCII characters.
fn as_ascii(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.iter().take(4).any(|byte| *byte == 0) {
        Cow::Owned(bytes.iter().copied().filter(|byte| *byte != 0).collect())
    } else {
        Cow::Borrowed(bytes)
    }
}

fn malformed(why: &str) -> FeedError {
    FeedError::Malformed(why.to_owned())
}

enum Piece<'a> {
    /// What stands between `<` and `>`.
    Start(&'a [u8]),
    /// What stands between `</` and `>`.
    End(&'a [u8]),
}

/// Walks over the tags of an XML document in any encoding that writes ASCII as ASCII.
struct Tags<'a> {
    rest: &'a [u8],
}

impl<'a> Tags<'a> {
    fn skip_past(&mut self, end: &[u8]) -> &'a [u8] {
        let at = self.rest.windows(end.len()).position(|window| window == end);
        let (passed, rest) = self.rest.split_at(at.unwrap_or(self.rest.len()));
        self.rest = rest.get(end.len()..).unwrap_or_default();
        passed
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            self.skip_past(b"<");
            match self.rest {
                [] => return None,
                [b'!', b'[', ..] => drop(self.skip_past(b"]]>")),
                [b'!', b'-', b'-', ..] => drop(self.skip_past(b"-->")),
                [b'!' | b'?', ..] => (),
                [b'/', ..] => {
                    self.skip_past(b"/");
                    return Some(Piece::End(self.skip_past(b">")));
                }
                _ => return Some(Piece::Start(self.tag())),
            }
        }
    }
}

impl<'a> Tags<'a> {
    /// Takes a start tag up to its `>`; quoted values may hold one.
    fn tag(&mut self) -> &'a [u8] {
        let mut quote = None;
        let end = self.rest.iter().position(|byte| {
            match (quote, byte) {
                (None, b'"' | b'\'') => quote = Some(*byte),
                (Some(open), byte) if open == *byte => quote = None,
                _ => (),
            }
            quote.is_none() && *byte == b'>'
        });
        let (tag, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        tag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_documents_are_refused() {
        for tag in ["<x>", "<a b='>'>", "<\0a\0>\0"] {
            assert!(check_tags(tag.repeat(501).as_bytes()).is_err(), "{tag}");
        }
    }

    #[test]
    fn deep_groups_are_refused() {
        for tag in ["<media:group>", "<group xmlns='m'>", "<x:content\n>"] {
            assert!(check_tags(tag.repeat(21).as_bytes()).is_err(), "{tag}");
        }
    }

    #[test]
    fn long_documents_are_not_deep() {
        for text in [
            "<a></a>",
            "<m:group></m:group >",
            "<a b='/'/>",
            "<![CDATA[<p>]]>",
            "<!-- <b> -->",
            "<?x?>",
            "<\0a\0>\0<\0/\0a\0>\0",
        ] {
            assert!(check_tags(text.repeat(1000).as_bytes()).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_tag_with_thousands_of_attributes_is_refused() {
        let tag = format!("<a{}>", " b=\"1\"".repeat(1001));
        assert!(check_tags(tag.as_bytes()).is_err());
    }

    #[test]
    fn large_documents_are_refused() {
        let bytes = vec![b' '; MAX_BYTES + 1];
        assert_eq!(check_size(&bytes), Err(FeedError::TooLarge));
    }
}
