//! How wide text is on a screen.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Counts the columns of a text as terminals draw it: one grapheme after the other.
///
/// The width of a whole string would be less: it knows ligatures that no terminal draws.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
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
}
