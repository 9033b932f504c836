//! Which way text runs, and how a line of it stands on a screen that knows of no direction.
//!
//! Source: Unicode Standard Annex #9.

use unicode_bidi::{BidiClass, BidiInfo, Direction, Level, bidi_class, get_base_direction};
use unicode_segmentation::UnicodeSegmentation;

use super::page::append;
use super::{Line, Span, Style};

/// Signs that look the other way in text from right to left.
#[rustfmt::skip]
const MIRRORED: [(char, char); 11] = [
    ('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›'), ('⟨', '⟩'), ('「', '」'), ('≤', '≥'),
    ('（', '）'), ('《', '》'),
];

/// Tells whether a text runs from right to left: its first letter does.
pub(super) fn is_rtl(text: &str) -> bool {
    !text.is_ascii() && get_base_direction(text) == Direction::Rtl
}

/// Puts the spans of a line in the order in which they are seen from the left; none where that is the order they are in.
pub fn visual(line: &Line) -> Option<Vec<Span>> {
    if !line.is_rtl && line.spans.iter().all(|span| span.text.is_ascii()) {
        return None;
    }
    let text = line.text();
    if !line.is_rtl && !runs_both_ways(&text) {
        return None;
    }
    let base = if line.is_rtl { Level::rtl() } else { Level::ltr() };
    let bidi = BidiInfo::new(&text, Some(base));
    let paragraph = bidi.paragraphs.first()?;
    let levels = bidi.reordered_levels(paragraph, paragraph.range.clone());
    let mut cells = Vec::new();
    let mut from = 0;
    for span in &line.spans {
        cells.extend(
            span.text.grapheme_indices(true).map(|(at, grapheme)| (grapheme, levels[from + at], span)),
        );
        from += span.text.len();
    }
    let order = BidiInfo::reorder_visual(&cells.iter().map(|cell| cell.1).collect::<Vec<_>>());
    let mut seen = Vec::new();
    for at in order {
        let (grapheme, level, span) = cells[at];
        let mirrored = Some(grapheme).filter(|_| level.is_rtl()).and_then(mirrored);
        match mirrored {
            Some(c) => append(&mut seen, c.encode_utf8(&mut [0; 4]), span.style, span.link),
            None => append(&mut seen, grapheme, span.style, span.link),
        }
    }
    Some(seen)
}

/// Puts a line of text in the order in which it is seen from the left; none where that is the order it is in.
pub fn visual_text(text: &str) -> Option<String> {
    if !runs_both_ways(text) {
        return None;
    }
    let line =
        Line { spans: vec![Span::new(text, Style::default())], is_rtl: is_rtl(text), ..Line::default() };
    Some(visual(&line)?.into_iter().map(|span| span.text).collect())
}

fn runs_both_ways(text: &str) -> bool {
    let is_rtl = |c| may_be_rtl(c) && matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN);
    !text.is_ascii() && text.chars().any(is_rtl)
}

/// Tells whether a letter lies in a block that has any from right to left: most need not be looked up.
fn may_be_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

fn mirrored(grapheme: &str) -> Option<char> {
    let c = grapheme.chars().next()?;
    let pair = MIRRORED.iter().find(|(left, right)| c == *left || c == *right)?;
    Some(if c == pair.0 { pair.1 } else { pair.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(parts: &[&str], is_rtl: bool) -> Option<Vec<String>> {
        let style = |at: usize| Style { strong: at == 1, ..Style::default() };
        let spans = parts.iter().enumerate().map(|(at, text)| Span::new(*text, style(at))).collect();
        let line = Line { spans, is_rtl, ..Line::default() };
        visual(&line).map(|spans| spans.into_iter().map(|span| span.text).collect())
    }

    #[test]
    fn the_first_letter_says_which_way_a_text_runs() {
        assert!(is_rtl("«שלום» abc") && is_rtl("12 مرحبا"));
        assert!(!is_rtl("abc שלום") && !is_rtl("") && !is_rtl("12"));
    }

    #[test]
    fn no_letter_from_right_to_left_lies_outside_the_blocks_that_are_looked_at() {
        let left_out = ('\0'..=char::MAX).filter(|c| !may_be_rtl(*c));
        let mut wrong =
            left_out.filter(|c| matches!(bidi_class(*c), BidiClass::R | BidiClass::AL | BidiClass::AN));
        assert_eq!(wrong.next(), None);
    }

    #[test]
    fn what_runs_from_the_left_stays_as_it_is() {
        assert_eq!(seen(&["abc ", "日本"], false), None);
    }

    #[test]
    fn words_from_the_right_are_turned_within_their_line() {
        assert_eq!(seen(&["abc אבג 12 def"], false).unwrap(), ["abc 12 גבא def"]);
        assert_eq!(seen(&["אבג (דה) 12"], true).unwrap(), ["12 (הד) גבא"]);
    }

    #[test]
    fn styles_and_marks_stay_with_their_letters() {
        assert_eq!(seen(&["אב", "גד"], true).unwrap(), ["דג", "בא"]);
        assert_eq!(seen(&["ש\u{5c1}ל"], true).unwrap(), ["לש\u{5c1}"]);
    }
}
