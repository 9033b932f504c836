//! What a character reference of HTML stands for.

use std::borrow::Cow;

use markup5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// No reference is longer than the longest name of HTML.
const MAX_LENGTH: usize = 33;

/// Decodes the references of a text once; what is none stays as it is, one without its `;` too: `?a=1&copy=2` means
/// what it says.
pub fn decode_references(text: &str) -> Cow<'_, str> {
    decode_references_with(text, |_, _| false)
}

/// Decodes the references of a text once; those that `own` knows and writes come before those of HTML.
pub fn decode_references_with(text: &str, own: impl Fn(&str, &mut String) -> bool) -> Cow<'_, str> {
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
            Some(name) if own(name, &mut decoded) || push_character(name, &mut decoded) => {
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
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b'_' | b'-' | b'.');
    let end = head.iter().position(|byte| !is_part(byte))?;
    (head[end] == b';').then(|| &text[..end])
}

/// Writes the character that a reference stands for: `amp`, `eacute`, `#8217`, `#x2019`, as it stands between `&` and
/// `;`. Numbers that mean nothing are read as browsers read them, those of Windows among them.
pub fn push_character(reference: &str, out: &mut String) -> bool {
    if let Some(number) = reference.strip_prefix('#') {
        let Some(code) = code(number) else {
            return false;
        };
        out.push(by_code(code));
        return true;
    }
    let common = match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => None,
    };
    if let Some(c) = common {
        out.push(c);
        return true;
    }
    by_name(reference, out)
}

fn code(number: &str) -> Option<u32> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    // What is too large for the type is no character either.
    Some(u32::from_str_radix(digits, radix).unwrap_or(u32::MAX))
}

fn by_code(code: u32) -> char {
    let replaced = (0x80..0xa0).contains(&code).then(|| C1_REPLACEMENTS[code as usize - 0x80]).flatten();
    replaced.or_else(|| char::from_u32(code).filter(|c| *c != '\0')).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn by_name(name: &str, out: &mut String) -> bool {
    // The table has the names with their `;`.
    let Some((first, second)) = NAMED_ENTITIES.get(format!("{name};").as_str()) else {
        return false;
    };
    let mut characters =
        [*first, *second].into_iter().filter_map(char::from_u32).filter(|c| *c != '\0').peekable();
    let is_known = characters.peek().is_some();
    out.extend(characters);
    is_known
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
            assert_eq!(decode_references(text), expected, "{text}");
        }
    }

    #[test]
    fn references_stand_for_characters() {
        let table = [
            ("amp", "&"),
            ("eacute", "é"),
            ("NotEqualTilde", "≂̸"),
            ("#65", "A"),
            ("#x41", "A"),
            ("#150", "–"),
            ("#99999999999", "\u{fffd}"),
        ];
        for (name, expected) in table {
            let mut out = String::new();
            assert!(push_character(name, &mut out), "{name}");
            assert_eq!(out, expected, "{name}");
        }
    }

    #[test]
    fn what_is_no_reference_writes_nothing() {
        for name in ["", "#", "#x", "#12a", "nosuch", "eacut", "AMPX"] {
            let mut out = String::new();
            assert!(!push_character(name, &mut out), "{name}");
            assert!(out.is_empty());
        }
    }
}
