//! Cuts a query into words; quotes hold a word with blanks together.

/// A word of a query: `is:unread`, `feed:"two words"`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Word {
    /// Which character of the text it begins at, from 1.
    pub(super) place: usize,
    /// Its text without quotes.
    pub(super) text: String,
    /// Whether its last quote was closed.
    pub(super) is_closed: bool,
}

/// Cuts a text into words at blanks outside of quotes; `\"` and `\\` stand for `"` and `\`.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut characters = text.chars().zip(1..).peekable();
    while let Some((_, place)) = characters.peek().copied() {
        if characters.next_if(|(c, _)| c.is_whitespace()).is_some() {
            continue;
        }
        let mut word = Word { place, text: String::new(), is_closed: true };
        while let Some((c, _)) = characters.next_if(|(c, _)| !word.is_closed || !c.is_whitespace()) {
            match c {
                '"' => word.is_closed = !word.is_closed,
                '\\' => {
                    let escaped = characters.next_if(|(c, _)| matches!(c, '"' | '\\'));
                    word.text.push(escaped.map_or('\\', |(c, _)| c));
                }
                c => word.text.push(c),
            }
        }
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together() {
        let table: &[(&str, &[&str])] = &[
            ("", &[]),
            (" a  b\t", &["a", "b"]),
            ("feed:\"two words\" c", &["feed:two words", "c"]),
            (r#"a\"b "c\\" d\e"#, &["a\"b", "c\\", "d\\e"]),
        ];
        for (text, expected) in table {
            let texts: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
            assert_eq!(texts, *expected, "{text}");
        }
    }

    #[test]
    fn a_word_knows_its_place_and_whether_its_quote_closes() {
        let words = words("ä \"b c");
        assert_eq!((words[1].place, words[1].is_closed), (3, false));
    }
}
