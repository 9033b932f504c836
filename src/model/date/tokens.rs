//! Cuts the text of a date into numbers, words and marks, the same for every script.

/// Digits of other scripts, by their zero: Arabic, Persian, Hindi, Bengali, Thai, full width.
const ZEROS: [char; 6] = ['٠', '۰', '०', '০', '๐', '０'];

/// Marks of other scripts, and the plain ones that they stand for.
#[rustfmt::skip]
const MARKS: &[(char, char)] = &[
    ('−', '-'), ('–', '-'), ('—', '-'), ('‐', '-'), ('‑', '-'), ('－', '-'), ('＋', '+'), ('：', ':'), ('／', '/'),
    ('．', '.'), ('，', ','), ('、', ','), ('،', ','), ('（', '('), ('）', ')'), ('’', '\''),
];

/// A piece of a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Token<'a> {
    /// Decimal digits.
    Number(&'a str),
    /// Letters; with `/` and `_` between them, as in `America/New_York`.
    Word(&'a str),
    /// Any other character.
    Mark(char),
    /// One blank or more.
    Blank,
}

/// Writes digits and marks of other scripts as ASCII, and leaves out comments in parentheses and invisible characters.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut depth = 0usize;
    for character in text.chars().map(ascii) {
        match character {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                plain.push(' ');
            }
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            _ if depth == 0 => plain.push(character),
            _ => {}
        }
    }
    plain
}

fn ascii(character: char) -> char {
    if character.is_ascii() {
        return character;
    }
    let digit = ZEROS.iter().find_map(|zero| {
        let value = u32::from(character).checked_sub(u32::from(*zero))?;
        char::from_digit(value, 10)
    });
    let mark = || MARKS.iter().find(|(mark, _)| *mark == character).map(|(_, plain)| *plain);
    digit.or_else(mark).unwrap_or(character)
}

/// Cuts a plain text into its pieces.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut rest = text;
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '0'..='9' => span(rest, |character| character.is_ascii_digit()),
            _ if first.is_whitespace() => span(rest, char::is_whitespace),
            _ if is_letter(first) => word(rest),
            _ => first.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        tokens.push(match first {
            '0'..='9' => Token::Number(piece),
            _ if first.is_whitespace() => Token::Blank,
            _ if is_letter(first) => Token::Word(piece),
            _ => Token::Mark(first),
        });
        rest = after;
    }
    tokens
}

fn span(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|character| !belongs(character)).unwrap_or(text.len())
}

fn word(text: &str) -> usize {
    let mut length = span(text, is_letter);
    while let Some(joined) = text[length..].strip_prefix(['/', '_']) {
        match span(joined, is_letter) {
            0 => break,
            more => length += 1 + more,
        }
    }
    length
}

/// Beyond ASCII nearly all is part of words, vowel signs too, which count as no letters.
fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || !character.is_ascii() && !character.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_scripts_become_plain() {
        let table = [
            ("２０２６－１１－２２", "2026-11-22"),
            ("٢٢ نوفمبر", "22 نوفمبر"),
            ("२२ नवंबर", "22 नवंबर"),
            ("16(th) Feb", "16  Feb"),
            ("1(a (b) c)2", "1  2"),
            ("\u{200f}1（土）", "1 "),
        ];
        for (text, expected) in table {
            assert_eq!(plain(text).trim_end(), expected.trim_end(), "{text}");
        }
    }

    #[test]
    fn numbers_and_words_part_without_blanks() {
        use Token::{Blank, Mark, Number, Word};
        let table: [(&str, &[Token]); 4] = [
            ("22-Nov", &[Number("22"), Mark('-'), Word("Nov")]),
            ("7T9  Z", &[Number("7"), Word("T"), Number("9"), Blank, Word("Z")]),
            ("America/New_York/", &[Word("America/New_York"), Mark('/')]),
            ("5月हिन्दी", &[Number("5"), Word("月हिन्दी")]),
        ];
        for (text, expected) in table {
            assert_eq!(tokens(text), expected, "{text}");
        }
    }
}
