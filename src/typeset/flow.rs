//! Breaks running text into lines between words.
//!
//! A line breaks at spaces, after a hyphen or dash within a word, and between characters of scripts written
//! without spaces, though never before a closing or after an opening mark. Longer words are broken anywhere.

use unicode_width::UnicodeWidthChar;

use super::Span;
use super::columns::columns;
use super::fill::Fill;
use super::run::is_fixed_space;

const ZERO_WIDTH_JOINER: char = '\u{200d}';
const NOT_AT_START: &str = "!%),.:;?]}¢°’”†‡›℃、。々〉》」』】〕〗〙〛〜ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ・ー！％），．：；？］｝～";
const NOT_AT_END: &str = "([{£¥‘“‹〈《「『【〔〖〘〚（［｛￡￥";

/// Sets spans into lines of at most so many columns.
pub(super) fn flow(spans: &[Span], width: usize) -> Vec<Vec<Span>> {
    let mut flow = Flow { fill: Fill::new(width), spaces: Vec::new(), word: Vec::new() };
    for span in spans {
        for token in Tokens::of(&span.text) {
            match token {
                Token::Break => flow.end_line(),
                Token::Space(text) => flow.space(text, span),
                Token::Piece(text) => flow.piece(text, span, false),
                Token::PieceAfterChance(text) => flow.piece(text, span, true),
            }
        }
    }
    flow.place_word();
    flow.fill.finish()
}

/// A line being set, with the word that is not yet known to fit.
struct Flow<'s> {
    fill: Fill,
    spaces: Vec<(&'s str, &'s Span)>,
    word: Vec<(&'s str, &'s Span)>,
}

impl<'s> Flow<'s> {
    fn end_line(&mut self) {
        self.place_word();
        self.spaces.clear();
        self.fill.end_line();
    }

    fn space(&mut self, text: &'s str, span: &'s Span) {
        self.place_word();
        self.spaces.push((text, span));
    }

    fn piece(&mut self, text: &'s str, span: &'s Span, after_chance: bool) {
        let last = self.word.last().and_then(|(text, _)| text.chars().last());
        let first = text.chars().next();
        if after_chance || last.zip(first).is_some_and(|(a, b)| may_break(a, b)) {
            self.place_word();
        }
        self.word.push((text, span));
    }

    fn place_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let needed = total(&self.spaces) + total(&self.word);
        if self.fill.is_at_line_start() {
            self.spaces.clear();
        } else if needed > self.fill.room() {
            self.spaces.clear();
            self.fill.end_line();
        }
        for (text, span) in self.spaces.drain(..).chain(self.word.drain(..)) {
            self.fill.push(text, span);
        }
    }
}

fn total(pieces: &[(&str, &Span)]) -> usize {
    pieces.iter().map(|(text, _)| columns(text)).sum()
}

enum Token<'t> {
    Break,
    Space(&'t str),
    /// Text without a chance to break in it.
    Piece(&'t str),
    /// The same, after another such piece that a line may end with.
    PieceAfterChance(&'t str),
}

/// Parts a text into tokens.
struct Tokens<'t> {
    rest: &'t str,
    after_piece: bool,
}

impl<'t> Tokens<'t> {
    fn of(text: &'t str) -> Tokens<'t> {
        Tokens { rest: text, after_piece: false }
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (token, rest) = self.rest.split_at(length);
        self.rest = rest;
        token
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let first = self.rest.chars().next()?;
        let after_piece = std::mem::take(&mut self.after_piece);
        if first == '\n' {
            self.take(1);
            return Some(Token::Break);
        }
        if is_space(first) {
            let end = self.rest.find(|c| !is_space(c) || c == '\n');
            return Some(Token::Space(self.take(end.unwrap_or(self.rest.len()))));
        }
        self.after_piece = true;
        let piece = self.take(piece_length(self.rest));
        Some(if after_piece { Token::PieceAfterChance(piece) } else { Token::Piece(piece) })
    }
}

fn piece_length(text: &str) -> usize {
    let mut before = None;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let after_hyphen = last == Some('-') && before.is_some_and(char::is_alphanumeric);
        if is_space(c) || (after_hyphen && c.is_alphabetic()) || last.is_some_and(|last| may_break(last, c)) {
            return at;
        }
        before = last;
        last = Some(c);
    }
    text.len()
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !is_fixed_space(c)
}

/// Tells whether a line may end between two characters of a word.
fn may_break(last: char, next: char) -> bool {
    if last.is_ascii() && next.is_ascii() {
        return false;
    }
    if last == '—' {
        return next.is_alphabetic();
    }
    (stands_alone(last) || stands_alone(next))
        && !are_joined(last, next)
        && !NOT_AT_START.contains(next)
        && !NOT_AT_END.contains(last)
}

/// Tells whether a character is written without spaces around it: ideographs, kana, emoji. Korean has spaces.
fn stands_alone(c: char) -> bool {
    let is_hangul = matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}');
    c.width() == Some(2) && !is_hangul
}

fn are_joined(last: char, next: char) -> bool {
    let is_skin_tone = matches!(next, '\u{1f3fb}'..='\u{1f3ff}');
    let is_fixed = last == ZERO_WIDTH_JOINER || is_fixed_space(last) || is_fixed_space(next);
    is_fixed || is_skin_tone || next.width().unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use super::super::{Role, Style};
    use super::*;

    fn lines(spans: &[Span], width: usize) -> Vec<String> {
        let text = |line: Vec<Span>| line.into_iter().map(|span| span.text).collect();
        flow(spans, width).into_iter().map(text).collect()
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
    fn a_long_word_begins_a_line_and_goes_on_below() {
        assert_eq!(plain("see abcdefghij ok", 8), ["see", "abcdefgh", "ij ok"]);
    }

    #[test]
    fn a_hyphen_within_a_word_ends_a_line() {
        assert_eq!(plain("a well-known --flag -5", 7), ["a well-", "known", "--flag", "-5"]);
        assert_eq!(plain("one—two", 5), ["one—", "two"]);
    }

    #[test]
    fn ideographs_break_between_each_other() {
        assert_eq!(plain("新しい端末です", 6), ["新しい", "端末で", "す"]);
        assert_eq!(plain("日本語Rust言語", 8), ["日本語", "Rust言語"]);
    }

    #[test]
    fn closing_marks_do_not_begin_a_line_nor_opening_ones_end_it() {
        assert_eq!(plain("日本語。英「語」", 6), ["日本", "語。英", "「語」"]);
    }

    #[test]
    fn korean_breaks_at_its_spaces() {
        assert_eq!(plain("한국어 뉴스입니다", 10), ["한국어", "뉴스입니다"]);
    }

    #[test]
    fn joined_emoji_stay_whole() {
        assert_eq!(plain("👨\u{200d}👩👍🏽❤\u{fe0f}", 4), ["👨\u{200d}👩👍🏽", "❤\u{fe0f}"]);
    }

    #[test]
    fn a_fixed_space_is_no_chance() {
        assert_eq!(plain("a 10\u{a0}km", 6), ["a", "10\u{a0}km"]);
    }
}
