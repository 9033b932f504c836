//! Names of people in bylines: without "By", roles, places, dates, handles.

use super::lexicon::{DEGREES, ENDS, LEADS, MONTHS, OTHERS, PARTERS, PARTICLES, ROLES};
use super::organisation::{is_nobody, is_organisation};

/// Longer names are none.
const MAX_WORDS: usize = 5;
const MAX_LETTERS: usize = 50;

/// Longer texts name no authors, in bytes.
const MAX_TOLD: usize = 2_000;

/// Finds the names in what a page tells machines: whatever stands there is a name, if it can be one.
pub(super) fn told(text: &str) -> Vec<String> {
    if text.len() > MAX_TOLD || text.contains("://") || text.starts_with('/') {
        return Vec::new();
    }
    let names = loose(text);
    let is_short = text.split_whitespace().count() <= 4 && !text.contains(['@', '|', '/']);
    let is_one = is_short
        && !is_nobody(text)
        && !text.contains(|c: char| c.is_ascii_digit())
        && without_lead(text).is_none();
    if names.is_empty() && is_one { vec![text.trim().to_owned()] } else { names }
}

fn loose(text: &str) -> Vec<String> {
    pieces(text).into_iter().filter_map(|piece| name(&piece, false)).collect()
}

/// Finds the names behind "By": a single word, if it is all there is.
pub(super) fn led(text: &str) -> Vec<String> {
    let found = shown(text);
    let is_short = text.split_whitespace().count() <= 2 && !text.contains(['@', ':']);
    if found.is_empty() && is_short { loose(text) } else { found }
}

/// Tells whether a name is a person's in full: two words and more, or in a script that runs them together.
pub(super) fn is_full(name: &str) -> bool {
    let is_dotted =
        name.split('.').skip(1).any(|rest| rest.starts_with(char::is_alphabetic) && !is_initials(name));
    let capitals = name.split_whitespace().filter(|word| word.contains(char::is_uppercase)).count();
    (capitals > 1 || !is_cased(name)) && !is_dotted
}

/// `J.R.R. Lee`.
fn is_initials(name: &str) -> bool {
    let word = name.split_whitespace().find(|word| word.contains('.')).unwrap_or_default();
    word.split('.').all(|letters| letters.chars().count() <= 2)
}

/// What stands behind a date and "by": `22 November 2026 by Ann Lee`.
pub(super) fn behind_date(text: &str) -> Option<&str> {
    let at = [" by ", "\nby ", "\nby\n", " by\n", " By ", "\nBy "]
        .iter()
        .filter_map(|mark| Some((text.find(mark)?, mark.len())))
        .min()?;
    let is_dated =
        text[..at.0].chars().any(|c| c.is_ascii_digit()) && crate::model::find_day(&text[..at.0]).is_some();
    is_dated.then(|| &text[at.0 + at.1..])
}

/// Finds the names in what a page shows: at least two words, each with a capital.
pub(super) fn shown(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for piece in pieces(text) {
        let lower = piece.trim().to_lowercase();
        if ENDS.iter().any(|end| starts_with_word(&lower, end)) && !names.is_empty() {
            break;
        }
        names.extend(name(&piece, true));
    }
    names
}

/// Finds the name in an element that holds a name only: it may be a single word.
pub(super) fn labelled(text: &str) -> Vec<String> {
    let found = shown(text);
    let is_short = text.split_whitespace().count() <= 5 && !text.chars().any(|c| matches!(c, '@' | ':'));
    if found.is_empty() && is_short { loose(text) } else { found }
}

/// Tells whether a text opens with "By" or the like, and what is behind it.
pub(super) fn without_lead(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let mut leads: Vec<&&str> = LEADS.iter().filter(|lead| starts_with_word(&lower, lead)).collect();
    leads.sort_by_key(|lead| std::cmp::Reverse(lead.len()));
    let rest = text.get(leads.first()?.len()..)?;
    Some(
        rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, ':' | '：' | '|' | '-' | '–' | '—')
        }),
    )
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’'))
}

/// Cuts a byline where names may end.
fn pieces(text: &str) -> Vec<String> {
    let text = without_brackets(text);
    let marks = ['\n', '\t', ',', ';', '|', '·', '•', '/', '&', '，', '、', '●', '◦', '»', '│', '―', '‐'];
    let mut pieces: Vec<String> = text.split(marks).map(str::to_owned).collect();
    for mark in [" - ", " – ", " — "].iter().chain(&PARTERS) {
        pieces = pieces.iter().flat_map(|piece| split(piece, mark)).collect();
    }
    pieces.iter().map(|piece| without_parter(piece).to_owned()).collect()
}

/// Leaves out the "and" that a piece begins with, where the name before it stands on a line of its own.
fn without_parter(piece: &str) -> &str {
    let piece = piece.trim_start();
    let rest = PARTERS.iter().find_map(|parter| {
        let parter = parter.trim_start();
        let head = piece.get(..parter.len())?;
        // `E. Lee` has an initial.
        let is_parter = head == parter || parter.len() > 3 && head.eq_ignore_ascii_case(parter);
        is_parter.then(|| &piece[head.len()..])
    });
    rest.unwrap_or(piece)
}

/// Splits regardless of case: bylines are set in capitals.
fn split(text: &str, mark: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return text.split(mark).map(str::to_owned).collect();
    }
    let (mut parts, mut from) = (Vec::new(), 0);
    for (at, _) in lower.match_indices(mark) {
        if at >= from && text.is_char_boundary(at) && text.is_char_boundary(at + mark.len()) {
            parts.push(text[from..at].to_owned());
            from = at + mark.len();
        }
    }
    parts.push(text[from..].to_owned());
    parts
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' | '<' | '（' => depth += 1,
            ')' | ']' | '>' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Takes a name out of a piece of a byline.
fn name(piece: &str, is_strict: bool) -> Option<String> {
    let mut piece = piece.trim();
    let lower = piece.to_lowercase();
    if OTHERS.iter().any(|other| starts_with_word(&lower, other)) {
        return None;
    }
    while let Some(rest) = without_lead(piece) {
        if rest.len() == piece.len() {
            break;
        }
        piece = rest;
    }
    let lower = piece.to_lowercase();
    let is_address = piece.contains(['@', '=', '{'])
        || lower.contains("http")
        || lower.contains("www.")
        || lower.contains(".com");
    if piece.is_empty() || is_address || OTHERS.iter().any(|other| starts_with_word(&lower, other)) {
        return None;
    }
    let words = name_words(piece, is_strict);
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let is_abbreviated = words.last().is_some_and(|word| is_abbreviated(word));
    let name = if is_abbreviated { name } else { name.trim_end_matches('.') }.to_owned();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_name =
        letters > 1 && words.len() <= MAX_WORDS && name.chars().count() <= MAX_LETTERS && !is_role(&name);
    let has_two = words.len() > 1 || !is_cased(&name) || is_organisation(&name);
    (is_name && (has_two || !is_strict)).then_some(name)
}

/// The words of a name up to a role, a number or a word in lower case.
fn name_words(piece: &str, is_strict: bool) -> Vec<&str> {
    let mut words = Vec::new();
    for (at, word) in piece.split_whitespace().enumerate() {
        let lower = word.to_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        let is_number = word.chars().any(|c| c.is_ascii_digit());
        let is_small =
            word.starts_with(char::is_lowercase) && !PARTICLES.contains(&bare) && !has_inner_capital(word);
        let ends = at >= 2
            && (is_strict && ROLES.contains(&bare) || DEGREES.contains(&bare) || MONTHS.contains(&bare));
        if ends || is_number && (is_strict || at > 0) || is_small && (is_strict || at >= 2) {
            break;
        }
        if word.chars().any(char::is_alphanumeric) {
            words.push(word);
        }
        // The full stop of a sentence, not that of `Jr.`.
        if word.ends_with('.') && !is_abbreviated(word) {
            break;
        }
    }
    while words.last().is_some_and(|word| {
        words.len() > 1
            && PARTICLES.contains(&word.to_lowercase().as_str())
            && word.starts_with(char::is_lowercase)
    }) {
        words.pop();
    }
    words
}

/// `Jr.`, `J.`: the full stop belongs to the word.
fn is_abbreviated(word: &str) -> bool {
    let letters = word.trim_end_matches('.');
    letters.chars().count() <= 2
        || letters.contains('.')
        || matches!(letters, "Prof" | "Mrs" | "Rev" | "Hon" | "Sen")
}

/// `d'Arc`, `deGrasse`.
fn has_inner_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

/// Tells whether all words are those of roles.
fn is_role(name: &str) -> bool {
    let words: Vec<String> =
        name.split_whitespace().map(|word| word.trim_end_matches('.').to_lowercase()).collect();
    let is_role = |word: Option<&String>| word.is_some_and(|word| ROLES.contains(&word.as_str()));
    let is_degree =
        words.last().is_some_and(|word| DEGREES.contains(&word.as_str()) || MONTHS.contains(&word.as_str()));
    is_role(words.first()) || is_role(words.last()) || is_degree && words.len() == 1
}

/// Tells whether a text is in a script with capitals.
fn is_cased(text: &str) -> bool {
    text.chars().any(|c| c.is_lowercase() || c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_out_of_shown_bylines() {
        let table: &[(&str, &[&str])] = &[
            ("By Ann Lee", &["Ann Lee"]),
            ("BY ANN LEE AND BOB RAY", &["ANN LEE", "BOB RAY"]),
            ("By Ann Lee, Staff Writer", &["Ann Lee"]),
            ("By Ann Lee Senior Reporter", &["Ann Lee"]),
            ("Von Jörg Maier und Eva Klein", &["Jörg Maier", "Eva Klein"]),
            ("Ann van der Lee | Senior Reporter", &["Ann van der Lee"]),
            ("Ann Lee\nPublished 22 November 2026", &["Ann Lee"]),
            ("Ann Lee, Reporter @annlee | Published: Sunday 22nd November", &["Ann Lee"]),
            ("Ann Lee (@annlee)", &["Ann Lee"]),
            ("By\nJane Doe\nand Tom Ode", &["Jane Doe", "Tom Ode"]),
            ("Ann May December 3", &["Ann May"]),
            ("Ann Lee. International News", &["Ann Lee"]),
            ("Edited by Ann Lee", &[]),
            ("Photo: Ann Lee", &[]),
            ("Nov 22, 2026", &[]),
            ("ann@lee.test", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), *expected, "{text}");
        }
    }

    #[test]
    fn what_is_told_may_be_a_single_word_or_an_organisation() {
        let table: &[(&str, &[&str])] = &[
            ("By ANN LEE, AP Science Writer", &["ANN LEE"]),
            ("annlee80", &["annlee80"]),
            ("The Daily Team", &["The Daily Team"]),
            ("Ann Lee, MD", &["Ann Lee"]),
            ("https://daily.test/author/ann", &[]),
            // A letter that is shorter in lower case, and one that is longer.
            ("Dİ ẞ", &["Dİ ẞ"]),
        ];
        for (text, expected) in table {
            assert_eq!(told(text), *expected, "{text}");
        }
    }

    #[test]
    fn a_full_name_has_two_words_with_capitals() {
        for name in ["Ann Lee", "J.R. Lee", "王小明"] {
            assert!(is_full(name), "{name}");
        }
        for name in ["annlee", "mins read", "ann.lee", "Ann"] {
            assert!(!is_full(name), "{name}");
        }
    }

    #[test]
    fn a_name_may_stand_behind_a_date() {
        assert_eq!(behind_date("Posted 22 November 2026 by Ann Lee"), Some("Ann Lee"));
        assert_eq!(behind_date("Crossed the river by boat"), None);
    }
}
