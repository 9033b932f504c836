//! A paragraph with the places where its lines may end, found once for all widths.
//!
//! Source: Unicode Standard Annex #14 and its strict rules for Japanese, with changes that readers of newspapers are used
//! to: Korean breaks at its spaces only, no line begins with a dash, and none ends within `--flag` or with `https://`.

use std::sync::LazyLock;

use icu_segmenter::LineSegmenter;
use icu_segmenter::LineSegmenterBorrowed;
use icu_segmenter::options::LineBreakOptions;

use super::columns::columns;
use super::{Span, Style, direction};

/// Where a word may be parted, unseen unless a line ends there.
pub(super) const SOFT_HYPHEN: char = '\u{ad}';
/// Where a line may end without any sign.
pub(super) const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// Thai, Khmer, Lao and Burmese, which have no spaces, are cut by dictionaries.
static SEGMENTER: LazyLock<LineSegmenterBorrowed<'static>> =
    LazyLock::new(|| LineSegmenter::new_dictionary(LineBreakOptions::default()));

/// Text to be broken into lines.
#[derive(Clone, PartialEq, Default, Debug)]
pub(super) struct Paragraph {
    pub(super) spans: Vec<Span>,
    /// The text cut where spans and chances of a break end.
    pub(super) pieces: Vec<Piece>,
    /// It runs from right to left.
    pub(super) is_rtl: bool,
}

/// A part of a span within which no line ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    /// The span's place among the paragraph's.
    pub(super) span: usize,
    /// What is shown of it, in bytes of the span.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The end of the spaces behind it.
    pub(super) spaces: usize,
    pub(super) columns: usize,
    pub(super) after: After,
}

/// What may happen behind a piece.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum After {
    /// The next piece belongs to the same word.
    Joined,
    /// A line may end.
    Chance,
    /// A line may end, with a hyphen.
    Hyphen,
    /// The line ends.
    Line,
}

impl Paragraph {
    /// Finds the places where lines of a text may end.
    pub(super) fn of(spans: Vec<Span>) -> Paragraph {
        let text: String = spans.iter().map(|span| span.text.as_str()).collect();
        let mut pieces = Vec::new();
        let mut ends = Ends::of(&text);
        let mut next = ends.next();
        // Where the span begins in the text.
        let mut from = 0;
        for (number, span) in spans.iter().enumerate() {
            let mut start = 0;
            while start < span.text.len() {
                let (end, after) = match next {
                    Some((at, after)) if at - from <= span.text.len() => {
                        next = ends.next();
                        (at - from, after)
                    }
                    _ => (span.text.len(), After::Joined),
                };
                pieces.push(Piece::of(number, &span.text, start, end, after));
                start = end;
            }
            from += span.text.len();
        }
        Paragraph { is_rtl: direction::is_rtl(&text), spans, pieces }
    }

    /// Tells whether there is no text in it.
    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Adds a paragraph on a line of its own.
    pub(super) fn extend(&mut self, other: Paragraph) {
        if self.is_empty() {
            *self = other;
            return;
        }
        let (number, end) = (self.spans.len(), Piece::LINE_END);
        self.spans.push(Span::new("\n", Style::default()));
        self.pieces.push(Piece { span: number, ..end });
        let before = self.spans.len();
        self.spans.extend(other.spans);
        self.pieces
            .extend(other.pieces.into_iter().map(|piece| Piece { span: piece.span + before, ..piece }));
    }
}

impl Piece {
    /// Ends the line, and shows nothing.
    const LINE_END: Piece = Piece { span: 0, start: 0, end: 0, spaces: 0, columns: 0, after: After::Line };

    fn of(span: usize, text: &str, start: usize, end: usize, after: After) -> Piece {
        let whole = &text[start..end];
        let shown = whole.trim_end_matches([SOFT_HYPHEN, ZERO_WIDTH_SPACE, '\n']);
        let word = shown.trim_end_matches(' ');
        let after = if whole.ends_with('\n') {
            After::Line
        } else if after == After::Chance && whole.ends_with(SOFT_HYPHEN) {
            After::Hyphen
        } else {
            after
        };
        Piece {
            span,
            start,
            end: start + word.len(),
            spaces: start + shown.len(),
            columns: columns(word),
            after,
        }
    }
}

/// The places where a text may be broken, from the first on.
struct Ends<'t> {
    text: &'t str,
    breaks: Box<dyn Iterator<Item = usize> + 't>,
    last: usize,
}

impl<'t> Ends<'t> {
    fn of(text: &'t str) -> Ends<'t> {
        Ends { text, breaks: Box::new(SEGMENTER.segment_str(text)), last: 0 }
    }
}

impl Iterator for Ends<'_> {
    type Item = (usize, After);

    fn next(&mut self) -> Option<(usize, After)> {
        loop {
            let at = self.breaks.next()?;
            if at == self.text.len() {
                return None;
            }
            if at > 0 && is_chance(&self.text[self.last..at], &self.text[at..]) {
                self.last = at;
                return Some((at, After::Chance));
            }
        }
    }
}

/// Tells whether newspapers would break there, too.
fn is_chance(before: &str, behind: &str) -> bool {
    let (Some(last), Some(next)) = (before.chars().next_back(), behind.chars().next()) else {
        return false;
    };
    let is_flag = last == '-' && !before.contains(char::is_alphanumeric);
    let mut rest = behind.chars().skip(1);
    let is_dash = match next {
        '—' | '―' => true,
        // Between spaces it is a dash, too.
        '–' => rest.next() == Some(' '),
        _ => false,
    };
    let is_scheme = before.ends_with("://");
    let is_korean = is_hangul(last) && is_hangul(next);
    !(is_flag || is_dash || is_scheme || is_korean)
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}')
}

#[cfg(test)]
mod tests {
    use super::After::{Chance, Joined};
    use super::*;

    /// Shows the pieces with a stroke where a line may end.
    fn cut(text: &str) -> String {
        let paragraph = Paragraph::of(vec![Span::new(text, Style::default())]);
        let mut cut = String::new();
        for piece in paragraph.pieces {
            cut.push_str(&text[piece.start..piece.spaces]);
            cut.push_str(match piece.after {
                After::Joined => "",
                After::Chance => "|",
                After::Hyphen => "~",
                After::Line => "¶",
            });
        }
        cut
    }

    #[test]
    fn lines_end_where_the_annex_says() {
        let table = [
            ("a well-known fact.", "a |well-|known |fact."),
            ("10\u{a0}km (or so)", "10\u{a0}km |(or |so)"),
            ("https://a.test/long/way", "https://a.test/|long/|way"),
            ("日本語。英「語」", "日|本|語。|英|「語」"),
            ("ファッション", "ファッ|ショ|ン"),
            ("ภาษาไทยง่าย", "ภาษา|ไทย|ง่าย"),
            ("one\ntwo", "one¶two"),
            ("❤\u{fe0f}👨\u{200d}👩👍🏽", "❤\u{fe0f}|👨\u{200d}👩|👍🏽"),
            ("1990–2000, 3.5%", "1990–|2000, |3.5%"),
        ];
        for (text, expected) in table {
            assert_eq!(cut(text), expected);
        }
    }

    #[test]
    fn newspapers_have_rules_of_their_own() {
        let table = [
            ("one—two – three --flag -5", "one—|two – |three |--flag |-5"),
            ("한국어 뉴스입니다", "한국어 |뉴스입니다"),
        ];
        for (text, expected) in table {
            assert_eq!(cut(text), expected);
        }
    }

    #[test]
    fn hidden_chances_are_not_shown() {
        assert_eq!(cut("Donau\u{ad}dampf\u{200b}schiff"), "Donau~dampf|schiff");
    }

    #[test]
    fn pieces_end_with_their_spans() {
        let spans = ["quick ", "bro", "wn fox"].map(|text| Span::new(text, Style::default()));
        let pieces = Paragraph::of(spans.to_vec()).pieces;
        let found: Vec<_> = pieces.iter().map(|piece| (piece.span, piece.columns, piece.after)).collect();
        assert_eq!(found, [(0, 5, Chance), (1, 3, Joined), (2, 2, Chance), (2, 3, Joined)]);
    }
}
