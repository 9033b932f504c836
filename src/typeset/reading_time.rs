//! How long a text takes to read.

use crate::model::CleanHtml;

const WORDS_A_MINUTE: usize = 230;
const CJK_CHARACTERS_A_MINUTE: usize = 500;

/// Estimates the minutes it takes to read a text, at least one.
pub(super) fn minutes(body: &CleanHtml) -> u32 {
    let mut words = 0;
    let mut characters = 0;
    for text in texts(body.as_str()) {
        let mut within_word = false;
        for c in text.chars() {
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

/// The texts between tags; no text holds a `<` of its own.
fn texts(html: &str) -> impl Iterator<Item = &str> {
    let parts = html.split('<').enumerate();
    parts.map(|(at, part)| if at == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) })
}

/// Tells whether a character is read as a word: Chinese characters and Japanese syllables.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes_of(text: &str) -> u32 {
        minutes(&crate::html::clean(text, None))
    }

    #[test]
    fn a_minute_is_230_words_or_500_characters() {
        assert_eq!(minutes_of("well-known, don't "), 1);
        assert_eq!(minutes_of(&"one – two ".repeat(230)), 2);
        assert_eq!(minutes_of(&"日本".repeat(1000)), 4);
        assert_eq!(minutes_of(&"<p title='no text'>one <b>two</b></p>".repeat(230)), 2);
    }

    #[test]
    fn a_word_with_an_apostrophe_is_one_word() {
        assert_eq!(minutes_of(&"don't ".repeat(230 * 3)), 3);
    }
}
