//! The words of texts as the index holds them: folded, and overlapping pairs of letters where no blanks part words.
//!
//! Folding is the same for texts and queries: capital letters, accents, forms of letters (NFKD), marks of vowels in
//! Hebrew and Arabic. Quotes, dashes and all other signs part words.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text, or a pair of letters of one without blanks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token<'a> {
    /// Where it stands in the text, in bytes.
    pub(super) range: Range<usize>,
    /// As the index holds it.
    pub(super) folded: Cow<'a, str>,
}

/// Longer words are cut, in bytes: nobody looks for the rest of an address or of encoded data.
const LONGEST: usize = 64;

/// Cuts a text into the tokens of the index, in order.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    let mut pairs = Pairs { text, rest: 0..0 };
    std::iter::from_fn(move || {
        loop {
            if let Some(pair) = pairs.next() {
                return Some(pair);
            }
            let word = word_from(text, at)?;
            at = word.end;
            if is_unspaced(first(&text[word.clone()])) {
                pairs.rest = word;
                continue;
            }
            let folded = fold(&text[word.clone()]);
            if !folded.is_empty() {
                return Some(Token { range: word, folded });
            }
        }
    })
}

/// Writes a text as the index takes it: its tokens, parted by blanks.
pub fn indexed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for token in tokens(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&token.folded);
    }
    out
}

/// Cuts what is looked for into the tokens that stand one behind the other where it is found; tells whether the last
/// may go on, as that of a letter does which is the first of a pair.
pub fn looked_for(text: &str) -> (Vec<String>, bool) {
    let mut found: Vec<String> = Vec::new();
    let (mut is_open, mut end) = (false, 0);
    for token in tokens(text) {
        let is_letter =
            is_unspaced(first(&token.folded)) && letter_ends(&text[token.range.clone()]).count() == 1;
        // The last letter of a run ends the pair before already.
        let is_said = is_letter && token.range.start < end;
        end = token.range.end;
        if !is_said {
            is_open = is_letter;
            found.push(token.folded.into_owned());
        }
    }
    (found, is_open)
}

/// Tells whether there is anything in a text that the index could hold.
pub(super) fn has_tokens(text: &str) -> bool {
    tokens(text).next().is_some()
}

/// Finds the next run of letters of one kind, in bytes.
fn word_from(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = at;
    // Most of most texts is ASCII.
    while bytes.get(start).is_some_and(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()) {
        start += 1;
    }
    let skipped = text[start..].char_indices().find(|(_, c)| c.is_alphanumeric())?;
    start += skipped.0;
    let kind = is_unspaced(skipped.1);
    let mut end = start;
    while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) && !kind {
        end += 1;
    }
    for c in text[end..].chars() {
        let goes_on = (c.is_alphanumeric() && is_unspaced(c) == kind) || (is_joining(c) && end > start);
        if !goes_on {
            break;
        }
        end += c.len_utf8();
    }
    Some(start..end)
}

fn first(text: &str) -> char {
    text.chars().next().unwrap_or(' ')
}

/// Marks and joiners stand within words.
fn is_joining(c: char) -> bool {
    !c.is_ascii() && (is_combining_mark(c) || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}'))
}

/// Tells whether a letter is of a script that writes no blanks between words.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}'       // Thai, Lao
        | '\u{1000}'..='\u{109f}'   // Burmese
        | '\u{1780}'..='\u{17ff}'   // Khmer
        | '\u{3040}'..='\u{30ff}'   // Hiragana, Katakana
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'   // Han
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9d}'   // Katakana of half width
        | '\u{20000}'..='\u{3ffff}')
}

/// The overlapping pairs of letters in a run; the last letter stands alone too, so that it can be looked for.
struct Pairs<'a> {
    text: &'a str,
    rest: Range<usize>,
}

impl<'a> Pairs<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        let run = &self.text[self.rest.clone()];
        let mut ends = letter_ends(run);
        let one = ends.next()?;
        let end = ends.next().unwrap_or(one);
        let range = self.rest.start..self.rest.start + end;
        self.rest.start += one;
        let folded = fold(&self.text[range.clone()]);
        Some(Token { range, folded })
    }
}

/// Gives where letters end, each with the marks that stand on it.
fn letter_ends(run: &str) -> impl Iterator<Item = usize> {
    let mut letters = run.char_indices().peekable();
    std::iter::from_fn(move || {
        letters.next()?;
        while letters.next_if(|(_, c)| is_joining(*c)).is_some() {}
        Some(letters.peek().map_or(run.len(), |(at, _)| *at))
    })
}

/// Folds a word: what a reader takes for the same is the same.
fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        let word = &word[..word.len().min(LONGEST)];
        let is_lower = !word.bytes().any(|byte| byte.is_ascii_uppercase());
        return if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_ascii_lowercase()) };
    }
    let mut folded = String::with_capacity(word.len());
    let letters = word.nfkd().flat_map(char::to_lowercase).filter(|c| !is_left_out(*c));
    // A letter that is itself left out leaves its marks behind.
    for c in letters.skip_while(|c| !c.is_alphanumeric()).nfc() {
        if folded.len() >= LONGEST {
            break;
        }
        folded.push(if c == 'ς' { 'σ' } else { c });
    }
    Cow::Owned(folded)
}

/// Accents, and the marks of vowels that Hebrew and Arabic may write or not; those of other scripts are letters.
fn is_left_out(c: char) -> bool {
    let is_mark = matches!(c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}');
    is_mark || c == '\u{640}' || !(c.is_alphanumeric() || is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_folded_and_parted_by_signs() {
        let table = [
            ("Don’t PANIC!", "don t panic"),
            ("Crème brûlée, Ångström", "creme brulee angstrom"),
            ("e-mail C++ 3.14", "e mail c 3 14"),
            ("ΟΔΟΣ οδος", "οδοσ οδοσ"),
            ("ﬁne Ｗｉｄｅ ①", "fine wide 1"),
            ("שָׁלוֹם مَرْحَبًا", "שלום مرحبا"),
            ("हिन्दी", "हिन्दी"),
            ("co\u{ad}operate", "cooperate"),
            ("한국어 뉴스", "한국어 뉴스"),
            ("  —  ", ""),
        ];
        for (text, expected) in table {
            assert_eq!(indexed(text), indexed(expected), "{text}");
        }
        assert_eq!(indexed("Don’t PANIC!"), "don t panic");
    }

    #[test]
    fn text_without_blanks_is_cut_into_overlapping_pairs() {
        assert_eq!(indexed("日本語"), "日本 本語 語");
        assert_eq!(indexed("東京で2026年"), "東京 京で で 2026 年");
        assert_eq!(indexed("ข่าว"), "ข่า าว ว");
    }

    #[test]
    fn what_is_looked_for_needs_no_more_than_its_pairs() {
        let table = [
            ("日本語", "日本 本語", false),
            ("語", "語", true),
            ("2026年", "2026 年", true),
            ("Don’t", "don t", false),
        ];
        for (text, expected, is_open) in table {
            assert_eq!(
                looked_for(text),
                (expected.split(' ').map(str::to_owned).collect(), is_open),
                "{text}"
            );
        }
    }

    #[test]
    fn tokens_know_where_they_stand() {
        let text = "a Crème 日本";
        let parts: Vec<&str> = tokens(text).map(|token| &text[token.range]).collect();
        assert_eq!(parts, ["a", "Crème", "日本", "本"]);
    }

    #[test]
    fn endless_words_are_cut() {
        assert_eq!(indexed(&"x".repeat(9_999)).len(), LONGEST);
    }

    #[test]
    fn no_word_begins_with_a_mark() {
        assert_eq!(indexed("\u{fe70}\u{180f} \u{fe70}\u{180f}rain"), "rain");
    }

    proptest! {
        #[test]
        fn what_is_indexed_is_indexed_the_same_again(text in any::<String>()) {
            let once = indexed(&text);
            // Pairs are not cut into pairs again.
            if !text.chars().any(is_unspaced) && !once.chars().any(is_unspaced) {
                prop_assert_eq!(indexed(&once), once);
            }
        }

        #[test]
        fn ranges_lie_in_the_text_and_go_on(text in any::<String>()) {
            let mut last = 0;
            for token in tokens(&text) {
                prop_assert!(text.get(token.range.clone()).is_some() && token.range.start >= last);
                last = token.range.start;
            }
        }
    }
}
