//! `Query` → text.

use super::parse::{COMPARISONS, KINDS, PARTS, SORTS, UNITS};
use crate::model::{Condition, Day, Pattern, PatternPlace, Query, Term, TextPlace, Words};

/// Writes a query as a person would; reading it gives the same query.
pub fn print_query(query: &Query) -> String {
    let mut text = condition(&query.condition, Around::Nothing);
    if let Some(sort) = query.sort {
        // It binds nothing, wherever it stands.
        let blank = if text.is_empty() { "" } else { " " };
        text = format!("sort:{}{blank}{text}", name_of(SORTS, &sort));
    }
    text
}

/// What a condition stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    All,
    Any,
    Not,
}

fn condition(part: &Condition<Term>, around: Around) -> String {
    let joined = |parts: &[Condition<Term>], by: &str, around| {
        parts.iter().map(|part| condition(part, around)).collect::<Vec<_>>().join(by)
    };
    let (text, is_grouped) = match part {
        Condition::Everything => (String::new(), false),
        Condition::All(parts) => (joined(parts, " ", Around::All), around == Around::Not),
        Condition::Any(parts) => {
            (joined(parts, " OR ", Around::Any), matches!(around, Around::All | Around::Not))
        }
        Condition::Not(part) => (format!("-{}", condition(part, Around::Not)), false),
        Condition::Is(one) => (term(one), false),
    };
    if is_grouped { format!("({text})") } else { text }
}

fn term(term: &Term) -> String {
    match term {
        Term::Words(Words { place, text, is_prefix }) => {
            let field = match place {
                None => "",
                Some(TextPlace::Title) => "title:",
                Some(TextPlace::Author) => "author:",
                Some(TextPlace::Body) => "body:",
            };
            format!("{field}{}{}", quoted(text), if *is_prefix { "*" } else { "" })
        }
        Term::Feed(name) => format!("feed:{}", quoted(name)),
        Term::Folder(name) => format!("folder:{}", quoted(name)),
        Term::Url(text) => format!("url:{}", quoted(text)),
        Term::Language(code) => format!("lang:{}", quoted(code)),
        Term::Tag(name) => format!("tag:{}", quoted(name)),
        Term::Kind(kind) => format!("is:{}", name_of(KINDS, kind)),
        Term::Since(day) => format!("since:{}", self::day(*day)),
        Term::Before(day) => format!("before:{}", self::day(*day)),
        Term::Newer(age) => format!("newer:{}{}", age.count, name_of(UNITS, &age.unit)),
        Term::Older(age) => format!("older:{}{}", age.count, name_of(UNITS, &age.unit)),
        Term::Has(part) => format!("has:{}", name_of(PARTS, part)),
        Term::Length(comparison, words) => format!("words:{}{words}", name_of(COMPARISONS, comparison)),
        Term::Matches(pattern) => self::pattern(pattern),
    }
}

fn name_of<T: PartialEq>(names: &[(&'static str, T)], one: &T) -> &'static str {
    names.iter().find(|(_, other)| other == one).map_or("", |(name, _)| name)
}

fn day(day: Day) -> String {
    match day {
        Day::Today => "today".to_owned(),
        Day::Yesterday => "yesterday".to_owned(),
        Day::Year(year) => format!("{year:04}"),
        Day::Month(year, month) => format!("{year:04}-{month:02}"),
        Day::Date(date) => date.to_string(),
        Day::Minute(minute) => minute.strftime("%Y-%m-%dT%H:%M").to_string(),
    }
}

fn pattern(pattern: &Pattern) -> String {
    let field = match pattern.place {
        None => "",
        Some(PatternPlace::Title) => "title:",
        Some(PatternPlace::Url) => "url:",
    };
    let flag = if pattern.ignores_case { "i" } else { "" };
    format!("{field}/{}/{flag}", escaped(&pattern.expression))
}

/// Escapes the slashes of an expression that are not escaped.
fn escaped(expression: &str) -> String {
    let mut text = String::with_capacity(expression.len());
    let mut characters = expression.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => {
                text.push('\\');
                text.extend(characters.next());
            }
            '/' => text.push_str("\\/"),
            c => text.push(c),
        }
    }
    text
}

/// Puts quotes around a text that would be read as something else without.
fn quoted(text: &str) -> String {
    if is_bare(text) {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_bare(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_lowercase).count();
    let is_field = letters > 0 && text[letters..].starts_with(':');
    !(text.is_empty()
        || is_field
        || matches!(text, "OR" | "NOT")
        || text.starts_with(['-', '"', '/'])
        || text.ends_with('*')
        || text.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')')))
}
