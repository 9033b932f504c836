//! UTF-16 and UTF-32, told by their byte order mark or by where the zeros are; and the mark of UTF-8.

use encoding_rs::{UTF_16BE, UTF_16LE};

const UTF_8_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

#[derive(Clone, Copy)]
enum Wide {
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

/// Decodes UTF-16 and UTF-32. What is broken or cut off is replaced.
pub(super) fn decode_wide(bytes: &[u8]) -> Option<String> {
    let (wide, bytes) = wide(bytes)?;
    let text = match wide {
        Wide::Utf16Le => UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(),
        Wide::Utf16Be => UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
        Wide::Utf32Le => decode_utf32(bytes, u32::from_le_bytes),
        Wide::Utf32Be => decode_utf32(bytes, u32::from_be_bytes),
    };
    // Some programs write a mark of their own before the one of their library.
    Some(if text.starts_with('\u{feff}') { text.trim_start_matches('\u{feff}').to_owned() } else { text })
}

/// A feed starts with characters of ASCII; without a mark the zeros beside them tell.
fn wide(bytes: &[u8]) -> Option<(Wide, &[u8])> {
    Some(match bytes {
        [0xff, 0xfe, 0, 0, rest @ ..] => (Wide::Utf32Le, rest),
        [0, 0, 0xfe, 0xff, rest @ ..] => (Wide::Utf32Be, rest),
        [0xff, 0xfe, rest @ ..] => (Wide::Utf16Le, rest),
        [0xfe, 0xff, rest @ ..] => (Wide::Utf16Be, rest),
        [1..0x80, 0, 0, 0, ..] => (Wide::Utf32Le, bytes),
        [0, 0, 0, 1..0x80, ..] => (Wide::Utf32Be, bytes),
        [1..0x80, 0, 1..0x80, 0, ..] => (Wide::Utf16Le, bytes),
        [0, 1..0x80, 0, 1..0x80, ..] => (Wide::Utf16Be, bytes),
        _ => return None,
    })
}

fn decode_utf32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> String {
    let (characters, rest) = bytes.as_chunks::<4>();
    let replaced = |bytes: &[u8; 4]| char::from_u32(number(*bytes)).unwrap_or(char::REPLACEMENT_CHARACTER);
    let cut_off = (!rest.is_empty()).then_some(char::REPLACEMENT_CHARACTER);
    characters.iter().map(replaced).chain(cut_off).collect()
}

/// Leaves out the marks of UTF-8, and tells whether there were any.
pub(super) fn without_marks(bytes: &[u8]) -> (&[u8], bool) {
    let mut rest = bytes;
    while let Some(after) = rest.strip_prefix(UTF_8_MARK) {
        rest = after;
    }
    (rest, rest.len() < bytes.len())
}
