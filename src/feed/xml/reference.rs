//! Reads character references: `&amp;`, `&#8217;`, `&eacute;`.

use std::borrow::Cow;

use super::entities::Entities;
use crate::html::push_character;

/// No reference is longer than the longest name of HTML.
const MAX_LENGTH: usize = 33;

/// Decodes the references of a text once; what is none stays as it is.
pub(in crate::feed) fn decode_references<'a>(text: &'a str, entities: &Entities) -> Cow<'a, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else {
        return Cow::Borrowed(text);
    };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        decoded.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match name(rest) {
            Some(name) if entities.push(name, &mut decoded) || push_character(name, &mut decoded) => {
                rest = &rest[name.len() + 1..];
            }
            _ => decoded.push('&'),
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Finds the name before the `;`.
fn name(text: &str) -> Option<&str> {
    let head = &text.as_bytes()[..text.len().min(MAX_LENGTH)];
    let end = head
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'#' | b'_' | b'-' | b'.'))?;
    (head[end] == b';').then(|| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_once() {
        let table = [
            ("a &amp; b &lt;c&gt; &quot;&apos;", "a & b <c> \"'"),
            ("&amp;amp; &#38;#38;", "&amp; &#38;"),
            ("caf&eacute; &nbsp;&hellip;", "café \u{a0}…"),
            ("&#8220;&#x201d;&#X201D;", "“””"),
            ("&#147;x&#148; &#151;", "“x” —"),
            (
                "R&D & more &; &x &unknown; &#xZZ; a?b=1&copy=2",
                "R&D & more &; &x &unknown; &#xZZ; a?b=1&copy=2",
            ),
            ("&#0;&#xD800;&#x110000;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("&", "&"),
        ];
        for (text, expected) in table {
            assert_eq!(decode_references(text, &Entities::default()), expected, "{text}");
        }
    }
}
