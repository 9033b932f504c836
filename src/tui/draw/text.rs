//! Text cut and filled to columns.

use unicode_segmentation::UnicodeSegmentation;

pub(super) use crate::typeset::columns;

/// Cuts a text to columns, at a grapheme, with `…` where something is left out.
pub(super) fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let more = columns(grapheme);
        if used + more + 1 > width {
            break;
        }
        kept.push_str(grapheme);
        used += more;
    }
    if width > 0 {
        kept.push('…');
    }
    kept
}

/// Cuts a text to columns and fills it with blanks behind.
pub(super) fn left(text: &str, width: usize) -> String {
    let cut = cut(text, width);
    let blanks = width.saturating_sub(columns(&cut));
    cut + &" ".repeat(blanks)
}

/// Cuts a text to columns and fills it with blanks before.
pub(super) fn right(text: &str, width: usize) -> String {
    let cut = cut(text, width);
    " ".repeat(width.saturating_sub(columns(&cut))) + &cut
}

/// Writes a number with its thousands parted: `1,284`.
pub(super) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_never_takes_more_columns_than_given() {
        for text in [
            "plain words",
            "日本語の見出し",
            "👩‍👩‍👧‍👦 family",
            "e\u{301}e\u{301}e\u{301}",
            "مرحبا بالعالم",
            "الأخبار",
        ] {
            for width in 0..15 {
                assert!(columns(&cut(text, width)) <= width, "{text} at {width}");
                assert_eq!(columns(&left(text, width)), width, "{text} at {width}");
                assert_eq!(columns(&right(text, width)), width, "{text} at {width}");
            }
        }
    }

    #[test]
    fn what_is_left_out_shows() {
        assert_eq!(cut("headline", 5), "head…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("fits", 4), "fits");
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!(
            ["0", "999", "1,284", "1,000,000"],
            [0, 999, 1284, 1_000_000].map(number).each_ref().map(String::as_str)
        );
    }
}
