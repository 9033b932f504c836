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

/// Breaks a text into rows at its blanks, words longer than a row anywhere; the last row tells by `…` that there is more.
pub(super) fn wrap(text: &str, width: usize, rows: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = text.as_str();
    while !rest.is_empty() && width > 0 && out.len() < rows {
        if out.len() + 1 == rows {
            out.push(cut(rest, width));
            break;
        }
        let end = row_end(rest, width);
        out.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    out
}

/// Gives the byte at which a row of a text ends: behind its last whole word, or inside a word that fills it alone.
fn row_end(text: &str, width: usize) -> usize {
    let (mut used, mut end, mut blank) = (0, 0, None);
    for (index, grapheme) in text.grapheme_indices(true) {
        used += columns(grapheme);
        let is_blank = grapheme.chars().all(char::is_whitespace);
        if is_blank {
            blank = Some(index);
        }
        // A letter wider than the row stands in it all the same, so that rows come to an end.
        if used > width && end > 0 {
            return blank.filter(|at| *at > 0).unwrap_or(end);
        }
        end = index + grapheme.len();
    }
    end
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
    fn rows_break_at_blanks_and_long_words_anywhere() {
        assert_eq!(wrap("one two three", 7, 9), ["one two", "three"]);
        assert_eq!(wrap("one two three", 8, 9), ["one two", "three"]);
        assert_eq!(wrap("one two three", 6, 2), ["one", "two t…"]);
        assert_eq!(wrap("  http://long.test/ x", 6, 9), ["http:/", "/long.", "test/", "x"]);
        assert_eq!(wrap("日本語の見出し", 5, 9), ["日本", "語の", "見出", "し"]);
        assert_eq!(wrap("a\nb", 9, 9), ["a b"]);
        assert_eq!(wrap("", 9, 9), [""; 0]);
        assert_eq!(wrap("日", 1, 9), ["日"]);
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!(
            ["0", "999", "1,284", "1,000,000"],
            [0, 999, 1284, 1_000_000].map(number).each_ref().map(String::as_str)
        );
    }
}
