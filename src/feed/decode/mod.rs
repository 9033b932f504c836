//! Bytes as servers send them → text, so that all behind it sees UTF-8 only.
//!
//! The order: `inflate` what is packed; then byte order marks and zeros tell UTF-16 and UTF-32 (`unicode`); what is
//! valid UTF-8 is UTF-8, whatever its labels say; else the labels count in their order (`label`), each only if the
//! bytes agree; else the bytes tell. Nothing fails but size: what cannot be read is replaced. UTF-7 is never read.

mod inflate;
mod label;
mod legacy;
mod unicode;
mod utf8;

use std::borrow::Cow;

use self::inflate::inflate;
use self::label::labels;
use super::FeedError;

/// Reads bytes as text; borrowed where they are UTF-8. The content type is the server's header.
///
/// NUL is left out. Control characters of ASCII stay; the XML declaration too, whose encoding means nothing any more.
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Result<Cow<'a, str>, FeedError> {
    Ok(match inflate(bytes)? {
        Cow::Borrowed(bytes) => text(bytes, content_type),
        Cow::Owned(bytes) => Cow::Owned(text(&bytes, content_type).into_owned()),
    })
}

fn text<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    if let Some(text) = unicode::decode_wide(bytes) {
        return tidied(Cow::Owned(text));
    }
    let (bytes, is_marked) = unicode::without_marks(bytes);
    let labels = labels(bytes, content_type);
    let Ok(text) = simdutf8::basic::from_utf8(bytes) else {
        let repaired = utf8::repair(bytes, is_marked || labels.says_utf8());
        return tidied(Cow::Owned(repaired.unwrap_or_else(|| legacy::decode(bytes, &labels))));
    };
    let is_plain = utf8::is_plain(bytes);
    if !is_marked && let Some(text) = legacy::decode_lookalike(text, is_plain, &labels) {
        return tidied(Cow::Owned(text));
    }
    tidied(Cow::Borrowed(text))
}

/// Drops NUL, and reads the control characters from U+0080 on as what they were in windows-1252: text that was taken for
/// Latin-1 on its way holds them, and nothing else does.
fn tidied(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_untidy = |at: usize| bytes[at] == 0 || bytes.get(at + 1).is_some_and(|next| *next < 0xa0);
    if !memchr::memchr2_iter(0, 0xc2, bytes).any(is_untidy) {
        return text;
    }
    let mut tidy = String::with_capacity(text.len());
    for c in text.chars().filter(|c| *c != '\0') {
        if ('\u{80}'..'\u{a0}').contains(&c) {
            crate::html::push_character(&format!("#{}", u32::from(c)), &mut tidy);
        } else {
            tidy.push(c);
        }
    }
    Cow::Owned(tidy)
}

#[cfg(test)]
mod tests;
