//! How long a text takes to read.

use super::block::Block;

const WORDS_A_MINUTE: usize = 230;
const CJK_CHARACTERS_A_MINUTE: usize = 500;

/// Estimates the minutes it takes to read a text, at least one.
pub(super) fn minutes(blocks: &[Block]) -> u32 {
    let mut words = 0;
    let mut characters = 0;
    for block in blocks {
        let mut within_word = false;
        for c in block.spans().iter().flat_map(|span| span.text.chars()) {
            let letter = c.is_alphanumeric() && !is_cjk(c);
            words += usize::from(letter && !within_word);
            characters += usize::from(is_cjk(c));
            within_word = letter || (within_word && !c.is_whitespace() && !is_cjk(c));
        }
    }
    let whole = WORDS_A_MINUTE * CJK_CHARACTERS_A_MINUTE;
    let parts = words * CJK_CHARACTERS_A_MINUTE + characters * WORDS_A_MINUTE;
    let minutes = (parts + whole / 2) / whole;
    u32::try_from(minutes).unwrap_or(u32::MAX).max(1)
}

/// Tells whether a character is read as a word: Chinese characters and Japanese syllables.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::super::block::Gap;
    use super::super::{Span, Style};
    use super::*;

    fn minutes_of(text: &str) -> u32 {
        let span = Span::new(text, Style::default());
        minutes(&[Block::paragraph(Gap::Blank, vec![span])])
    }

    #[test]
    fn a_minute_is_230_words_or_500_characters() {
        assert_eq!(minutes_of("well-known, don't "), 1);
        assert_eq!(minutes_of(&"one – two ".repeat(230)), 2);
        assert_eq!(minutes_of(&"日本".repeat(1000)), 4);
    }

    #[test]
    fn a_word_with_an_apostrophe_is_one_word() {
        assert_eq!(minutes_of(&"don't ".repeat(230 * 3)), 3);
    }
}
