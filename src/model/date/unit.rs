//! Units behind numbers: `2026年11月22日`, `10시 30분`, `10 h`.

use super::tokens::Token::{self, Blank, Number, Word};

/// What a number counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

/// The signs of East Asia; the last one of a line is the Korean one.
const SIGNS: [(Unit, &str); 6] = [
    (Unit::Year, "年년"),
    (Unit::Month, "月월"),
    (Unit::Day, "日号號일"),
    (Unit::Hour, "時时点點시"),
    (Unit::Minute, "分분"),
    (Unit::Second, "秒초"),
];

/// The words of Europe; years, months and days have none.
const WORDS: [(Unit, &[&str]); 3] =
    [(Unit::Hour, &["h", "H", "hrs", "Uhr"]), (Unit::Minute, &["min", "m"]), (Unit::Second, &["s", "sec"])];

/// A unit that was found behind a number.
pub(super) struct Found<'a> {
    pub(super) kind: Unit,
    pub(super) is_korean: bool,
    /// What is written in one word with the unit, behind it.
    pub(super) after: &'a str,
    /// How many tokens number and unit have.
    pub(super) tokens: usize,
}

/// Finds the unit of the number that comes first.
pub(super) fn unit<'a>(tokens: &[Token<'a>]) -> Option<Found<'a>> {
    let (word, tokens) = match *tokens {
        [Number(_), Word(word), ..] => (word, 2),
        [Number(_), Blank, Word(word), ..] => (word, 3),
        _ => return None,
    };
    let mut characters = word.chars();
    let first = characters.next()?;
    if let Some((kind, signs)) = SIGNS.iter().find(|(_, signs)| signs.contains(first)) {
        let is_korean = signs.ends_with(first);
        return Some(Found { kind: *kind, is_korean, after: characters.as_str(), tokens });
    }
    let (kind, _) = WORDS.iter().find(|(_, words)| words.contains(&word))?;
    Some(Found { kind: *kind, is_korean: false, after: "", tokens })
}
