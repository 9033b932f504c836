//! Sets paragraphs into lines between words.
//!
//! A word that is wider than a line is broken anywhere between graphemes.

use super::fill::{Fill, Row};
use super::page::End;
use super::paragraph::{After, Paragraph, Piece};

/// Sets a paragraph into lines of at most so many columns.
pub(super) fn flow(paragraph: &Paragraph, width: usize) -> Vec<Row> {
    let mut fill = Fill::new(width);
    let mut behind = Behind::default();
    for word in paragraph.pieces.split_inclusive(|piece| piece.after != After::Joined) {
        let ends_with = word.last().map_or(After::Chance, |piece| piece.after);
        let needed = columns(word) + usize::from(ends_with == After::Hyphen);
        if !fill.is_at_line_start() && behind.spaces + needed > fill.room() {
            if let Some(span) = behind.hyphen.filter(|_| fill.room() > 0) {
                fill.hyphen(&paragraph.spans[span]);
            }
            fill.end_line(if behind.spaces > 0 { End::Space } else { End::Within });
        }
        place(&mut fill, paragraph, word, behind);
        behind = Behind::of(word);
        if ends_with == After::Line {
            fill.end_line(End::Here);
            behind = Behind::default();
        }
    }
    fill.finish()
}

/// What stands behind the last word, if the line goes on or ends there.
#[derive(Clone, Copy, Default)]
struct Behind {
    spaces: usize,
    /// The span with the spaces.
    span: usize,
    /// The span that a hyphen belongs to.
    hyphen: Option<usize>,
}

impl Behind {
    fn of(word: &[Piece]) -> Behind {
        word.last().map_or(Behind::default(), |last| Behind {
            spaces: last.spaces - last.end,
            span: last.span,
            hyphen: (last.after == After::Hyphen).then_some(last.span),
        })
    }
}

/// Counts the columns of a word, with the spaces in it and not those behind it.
fn columns(word: &[Piece]) -> usize {
    let inner = word.iter().rev().skip(1).map(|piece| piece.spaces - piece.end);
    word.iter().map(|piece| piece.columns).sum::<usize>() + inner.sum::<usize>()
}

fn place(fill: &mut Fill, paragraph: &Paragraph, word: &[Piece], behind: Behind) {
    if !fill.is_at_line_start() && behind.spaces > 0 {
        fill.push(&" ".repeat(behind.spaces), &paragraph.spans[behind.span]);
    }
    for (at, piece) in word.iter().enumerate() {
        let span = &paragraph.spans[piece.span];
        let end = if at + 1 < word.len() { piece.spaces } else { piece.end };
        fill.push(&span.text[piece.start..end], span);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Role, Span, Style};
    use super::*;

    fn lines(spans: &[Span], width: usize) -> Vec<String> {
        let text = |line: Row| line.spans.into_iter().map(|span| span.text).collect();
        flow(&Paragraph::of(spans.to_vec()), width).into_iter().map(text).collect()
    }

    fn plain(text: &str, width: usize) -> Vec<String> {
        lines(&[Span::new(text, Style::default())], width)
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(plain("the quick brown fox", 9), ["the quick", "brown fox"]);
        assert_eq!(plain("a\nb c", 9), ["a", "b c"]);
    }

    #[test]
    fn a_word_of_two_styles_stays_together() {
        let strong = Span::new("brow", Style::strong(Role::Body));
        let spans = [Span::new("quick ", Style::default()), strong, Span::new("n.", Style::default())];
        assert_eq!(lines(&spans, 10), ["quick", "brown."]);
    }

    #[test]
    fn a_space_between_two_styles_is_one_column() {
        let strong = Span::new("b ", Style::strong(Role::Body));
        let spans = [Span::new("a ", Style::default()), strong, Span::new("c", Style::default())];
        assert_eq!(lines(&spans, 5), ["a b c"]);
        assert_eq!(lines(&spans, 4), ["a b", "c"]);
    }

    #[test]
    fn a_long_word_begins_a_line_and_goes_on_below() {
        assert_eq!(plain("see abcdefghij ok", 8), ["see", "abcdefgh", "ij ok"]);
    }

    #[test]
    fn a_word_is_parted_at_its_soft_hyphens_where_that_helps() {
        let word = "Donau\u{ad}dampf\u{ad}schiff";
        assert_eq!(plain(word, 20), ["Donaudampfschiff"]);
        assert_eq!(plain(word, 12), ["Donaudampf-", "schiff"]);
        assert_eq!(plain(word, 10), ["Donau-", "dampf-", "schiff"]);
        assert_eq!(plain(&format!("die {word}"), 11), ["die Donau-", "dampfschiff"]);
    }

    #[test]
    fn ideographs_break_between_each_other() {
        assert_eq!(plain("新しい端末です", 6), ["新しい", "端末で", "す"]);
        assert_eq!(plain("日本語Rust言語", 8), ["日本語", "Rust言語"]);
        assert_eq!(plain("日本語。英「語」", 6), ["日本", "語。英", "「語」"]);
    }

    #[test]
    fn no_line_holds_an_indent_alone() {
        assert_eq!(plain("\u{3000}abcdefgh", 6), ["\u{3000}abcd", "efgh"]);
    }

    #[test]
    fn joined_emoji_stay_whole() {
        assert_eq!(plain("👨\u{200d}👩👍🏽❤\u{fe0f}", 4), ["👨\u{200d}👩👍🏽", "❤\u{fe0f}"]);
    }
}
