//! A first look at each block on its own.

use super::super::page::Block;
use super::super::text::{Word, ratio, words};

/// What a block looks like on its own.
pub(in super::super) struct Glance {
    pub(in super::super) words: Vec<Word>,
    pub(in super::super) link_density: f32,
    /// Whether it ends like a sentence.
    pub(in super::super) ends: bool,
    /// Its words if it reads like prose; else 0.
    pub(in super::super) prose: usize,
}

/// Texts of scripts without full stops that have so many letters are sentences.
const UNMARKED: usize = 60;

/// Longer brackets are part of a sentence, in bytes.
const MAX_NOTE: usize = 24;

/// What sentences end with, and what may stand right behind.
#[rustfmt::skip]
const MARKS: [char; 15] = [
    '.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '\u{589}', '\u{104b}', '\u{1362}', ':', ';',
];
const QUOTES: [char; 11] = ['"', '”', '’', '»', '\'', ')', ']', ' ', '“', '」', '』'];

/// Looks at a block.
pub(in super::super) fn glance(block: &Block) -> Glance {
    let words = words(&block.text);
    let link_density = ratio(block.linked, block.letters);
    let ends = ends(&block.text);
    let prose = if ends && words.len() >= 12 && link_density < 0.4 { words.len() } else { 0 };
    Glance { words, link_density, ends, prose }
}

fn ends(text: &str) -> bool {
    ends_with_mark(text) || ends_with_mark(without_notes(text))
}

fn ends_with_mark(text: &str) -> bool {
    let text = text.trim_end_matches(QUOTES);
    // Thai and Lao end sentences with a space: what is long is one.
    let is_unmarked = |c: char| matches!(c, '\u{e00}'..='\u{eff}');
    text.ends_with(MARKS) || text.ends_with(is_unmarked) && text.chars().count() >= UNMARKED
}

/// Leaves out what may stand behind a sentence: numbers of notes, tags, arrows, emoji.
fn without_notes(text: &str) -> &str {
    let mut text = text;
    loop {
        let shorter = without_number(without_tag(without_bracket(text))).trim_end_matches(is_sign);
        if shorter.len() == text.len() {
            return text;
        }
        text = shorter;
    }
}

fn without_bracket(text: &str) -> &str {
    let inner = |open: char, close: char| text.strip_suffix(close)?.rsplit_once(open);
    let note = inner('[', ']').filter(|(_, inner)| inner.len() <= MAX_NOTE);
    // Agencies stand in such brackets below pictures.
    let number = || inner('(', ')').filter(|(_, inner)| inner.bytes().all(|byte| byte.is_ascii_digit()));
    note.or_else(number).map_or(text, |(rest, _)| rest)
}

fn without_tag(text: &str) -> &str {
    let tag = text.rsplit_once(char::is_whitespace).filter(|(_, last)| last.starts_with('#'));
    tag.map_or(text, |(rest, _)| rest)
}

/// Leaves out the number of a note; what stands before the mark is a word then: `2.3` is a number.
fn without_number(text: &str) -> &str {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let word = rest.trim_end_matches(['.', '!', '?', '”', '"']);
    if word.len() < rest.len() && word.ends_with(char::is_alphabetic) { rest } else { text }
}

fn is_sign(c: char) -> bool {
    let is_raised = matches!(c, '⁰'..='⁹' | '¹' | '²' | '³');
    let is_pictogram =
        matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{200d}');
    c.is_whitespace() || matches!(c, '—' | '–' | '↩') || is_raised || is_pictogram
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(ends(text), expected, "{text}");
    }

    #[test]
    fn sentences_end_with_marks_whatever_stands_behind_them() {
        for text in [
            "It rained.",
            "Did it?",
            "“It did.”",
            "雨が降った。",
            "It rained.[1]",
            "It rained.1",
            "It rained! 🌧️",
            "It rained. — ",
            "It rained. #rain #hills",
            "It rained.¹ ↩",
            "He said: “It did.” (2) [3]",
        ] {
            check(text, true);
        }
        for text in ["Rain on the hills", "Rain. (Reuters)", "Version 2.3", "Rain 🌧️", "[1]", ""] {
            check(text, false);
        }
    }
}
