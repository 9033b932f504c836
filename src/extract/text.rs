//! Texts as words, for comparing: letters and digits, in lower case; Chinese, Japanese, Korean, Thai, Lao, Burmese and
//! Khmer sign by sign.

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// The fingerprint of a word.
pub(super) type Word = u64;

/// Cuts a text into words.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(xxh3_64_with_seed(word.as_bytes(), 0)));
    words
}

/// Cuts a text into words, and spells them.
pub(super) fn spelled(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words
}

fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let mut word = String::new();
    let mut end = |word: &mut String| {
        if !word.is_empty() {
            take(word);
            word.clear();
        }
    };
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            word.push(c.to_ascii_lowercase());
        } else if is_sign(c) {
            end(&mut word);
            word.push(c);
            end(&mut word);
        } else if !c.is_ascii() && c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else {
            end(&mut word);
        }
    }
    end(&mut word);
}

/// Tells whether each of these is a word of its own.
fn is_sign(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// A fingerprint for each run of four words; fewer words are one run.
pub(super) fn shingles(words: &[Word]) -> Vec<u64> {
    if words.len() < 4 {
        return if words.is_empty() { Vec::new() } else { vec![fingerprint(words)] };
    }
    words.windows(4).map(fingerprint).collect()
}

/// The fingerprint of some words in their order.
pub(super) fn fingerprint(words: &[Word]) -> u64 {
    words.iter().fold(0, |hash: u64, word| hash.rotate_left(5).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word)
}

/// How much two texts share: their common words among all of them, from 0 to 1.
pub(super) fn likeness(one: &[Word], other: &[Word]) -> f32 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let sorted = |words: &[Word]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (one, other) = (sorted(one), sorted(other));
    let common = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    ratio(common, one.len() + other.len() - common)
}

/// A share as a number from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a share needs no more digits")]
pub(super) fn ratio(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits_and_signs() {
        assert_eq!(words("Rain, RAIN! rain").len(), 3);
        assert_eq!(words("Rain"), words("rain"));
        assert_eq!(words("Ünder"), words("ünder"));
        assert_eq!(words("雨が降る").len(), 4);
        assert_eq!(words("ฝน").len(), 2);
        assert_eq!(words("—!…").len(), 0);
    }

    #[test]
    fn shingles_are_runs_of_four() {
        assert_eq!(shingles(&words("a b c d e")).len(), 2);
        assert_eq!(shingles(&words("a b")).len(), 1);
        assert_ne!(fingerprint(&words("a b")), fingerprint(&words("b a")));
    }

    #[test]
    fn likeness_is_the_share_of_common_words() {
        assert!((likeness(&words("rain falls"), &words("falls rain")) - 1.0).abs() < 1e-6);
        assert!((likeness(&words("rain falls"), &words("rain stops")) - 1.0 / 3.0).abs() < 1e-6);
        assert!(likeness(&words("rain"), &[]) < 1e-6);
    }
}
