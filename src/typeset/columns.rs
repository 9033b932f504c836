//! How wide text is on a screen.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Counts the columns of a text as terminals draw it: one grapheme after the other.
///
/// The width of a whole string would be less: it knows ligatures that no terminal draws.
pub fn columns(text: &str) -> usize {
    let mut columns = 0;
    for (part, is_plain) in parts(text) {
        columns += if is_plain { part.len() } else { part.graphemes(true).map(UnicodeWidthStr::width).sum() };
    }
    columns
}

/// Parts a text into runs that are plain, each byte of them a letter of one column, and those that are not.
///
/// Most text is plain for the most part: where its letters end need not be looked for.
pub fn parts(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let plain = plain_run(rest);
        let end = if plain > 0 { plain } else { fancy_run(rest) };
        let (part, behind) = rest.split_at(end);
        rest = behind;
        (!part.is_empty()).then_some((part, plain > 0))
    })
}

/// Counts the bytes that stand for themselves at the beginning of a text.
fn plain_run(text: &str) -> usize {
    let run = text.bytes().take_while(|byte| matches!(byte, b' '..=b'~')).count();
    // The last one belongs to what is behind it, which may be an accent.
    if run < text.len() { run.saturating_sub(1) } else { run }
}

/// Counts the bytes to the next two that stand for themselves: the first may belong to what is before it.
fn fancy_run(text: &str) -> usize {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~');
    text.as_bytes()
        .windows(2)
        .skip(1)
        .position(|pair| pair.iter().all(is_plain))
        .map_or(text.len(), |at| at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_by_grapheme() {
        let cases = [
            ("abc", 3),
            ("日本", 4),
            ("❤\u{fe0f}", 2),
            ("👨\u{200d}👩\u{200d}👧", 2),
            ("e\u{301}", 1),
            ("לא", 2),
            ("لا", 2),
        ];
        for (text, expected) in cases {
            assert_eq!(columns(text), expected, "{text}");
        }
    }

    #[test]
    fn plain_runs_are_parted_from_what_may_take_other_columns() {
        let parted = |text| parts(text).collect::<Vec<_>>();
        assert_eq!(parted("plain"), [("plain", true)]);
        assert_eq!(parted("naïve words"), [("n", true), ("aïv", false), ("e words", true)]);
        assert_eq!(parted("e\u{301}"), [("e\u{301}", false)]);
        assert_eq!(parted("日本"), [("日本", false)]);
        assert_eq!(parted("a\tb"), [("a\tb", false)]);
        assert_eq!(parted(""), []);
    }

    proptest::proptest! {
        #[test]
        fn parts_are_the_text_and_hold_whole_graphemes(text in "([ -~]|\\PC|[\u{300}-\u{310}\u{600}\u{200d}\r\n🇩👩日]){0,20}") {
            let whole: String = parts(&text).map(|(part, _)| part).collect();
            proptest::prop_assert_eq!(&whole, &text);
            let graphemes = parts(&text).flat_map(|(part, _)| part.graphemes(true)).collect::<Vec<_>>();
            proptest::prop_assert_eq!(graphemes, text.graphemes(true).collect::<Vec<_>>());
        }
    }
}
