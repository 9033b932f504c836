//! Text → `Query`.
//!
//! Words side by side must all hold; `OR` binds weaker, `-` stronger, parentheses group.

use super::error::QueryError;
use super::lexer::{Piece, Value, pieces};
use super::matcher::Matcher;
use super::tokens::has_tokens;
use crate::model::{
    Age, AgeUnit, Comparison, Condition, Day, Kind, Part, Pattern, PatternPlace, Query, Sort, Term,
    TextPlace, Words,
};

/// Parentheses in parentheses, at most.
const DEEPEST: usize = 50;

/// Reads what a person asks for; an empty text asks for everything.
pub fn parse_query(text: &str) -> Result<Query, QueryError> {
    let mut parser = Parser { pieces: pieces(text)?, at: 0, sort: None };
    let condition = parser.either(0)?;
    if let Some((place, _)) = parser.peek() {
        return Err(QueryError::NoGroup { place });
    }
    Ok(Query { condition, sort: parser.sort })
}

struct Parser {
    pieces: Vec<(usize, Piece)>,
    at: usize,
    sort: Option<Sort>,
}

impl Parser {
    fn peek(&self) -> Option<(usize, &Piece)> {
        self.pieces.get(self.at).map(|(place, piece)| (*place, piece))
    }

    /// Reads what stands between `OR`s, to the end or a closing parenthesis.
    fn either(&mut self, depth: usize) -> Result<Condition<Term>, QueryError> {
        let mut parts = vec![self.together(depth)?];
        while let Some((place, Piece::Or)) = self.peek() {
            let alone = |side| QueryError::Alone { sign: "OR", side, place };
            if parts.last() == Some(&Condition::Everything) {
                return Err(alone("before"));
            }
            self.at += 1;
            let part = self.together(depth)?;
            if part == Condition::Everything {
                return Err(alone("behind"));
            }
            parts.push(part);
        }
        Ok(Condition::any(parts))
    }

    /// Reads what stands side by side.
    fn together(&mut self, depth: usize) -> Result<Condition<Term>, QueryError> {
        let mut parts = Vec::new();
        while let Some((_, piece)) = self.peek() {
            if matches!(piece, Piece::Or | Piece::Close) {
                break;
            }
            parts.push(self.one(depth)?);
        }
        Ok(Condition::all(parts))
    }

    fn one(&mut self, depth: usize) -> Result<Condition<Term>, QueryError> {
        let (place, piece) = self.pieces[self.at].clone();
        if depth > DEEPEST {
            return Err(QueryError::TooDeep { place });
        }
        self.at += 1;
        match piece {
            Piece::Not => match self.peek() {
                None | Some((_, Piece::Or | Piece::Close)) => {
                    Err(QueryError::Alone { sign: "-", side: "behind", place })
                }
                Some(_) => match self.one(depth + 1)? {
                    Condition::Everything => Err(QueryError::Alone { sign: "-", side: "behind", place }),
                    condition => Ok(Condition::Not(Box::new(condition))),
                },
            },
            Piece::Open => {
                let condition = self.either(depth + 1)?;
                let is_closed = matches!(self.peek(), Some((_, Piece::Close)));
                self.at += 1;
                if is_closed { Ok(condition) } else { Err(QueryError::OpenGroup { place }) }
            }
            Piece::Word { field, value } => self.word(field.as_deref(), value, place),
            Piece::Close | Piece::Or => unreachable!("the caller stops before them"),
        }
    }

    fn word(
        &mut self,
        field: Option<&str>,
        value: Value,
        place: usize,
    ) -> Result<Condition<Term>, QueryError> {
        if field == Some("sort") {
            let (text, _) = text_of("sort", value, place)?;
            self.sort = Some(one_of("sort", &text, SORTS, place)?);
            return Ok(Condition::Everything);
        }
        term(field, value, place).map(Condition::Is)
    }
}

pub(super) const KINDS: &[(&str, Kind)] = &[
    ("unread", Kind::Unread),
    ("read", Kind::Read),
    ("saved", Kind::Saved),
    ("new", Kind::New),
    ("highlighted", Kind::Highlighted),
    ("hidden", Kind::Hidden),
];
pub(super) const PARTS: &[(&str, Part)] =
    &[("image", Part::Image), ("enclosure", Part::Enclosure), ("fulltext", Part::FullText)];
pub(super) const SORTS: &[(&str, Sort)] =
    &[("newest", Sort::Newest), ("oldest", Sort::Oldest), ("best", Sort::Best)];
pub(super) const UNITS: &[(&str, AgeUnit)] = &[
    ("min", AgeUnit::Minute),
    ("h", AgeUnit::Hour),
    ("d", AgeUnit::Day),
    ("w", AgeUnit::Week),
    ("mo", AgeUnit::Month),
    ("y", AgeUnit::Year),
];
/// The longer ones first: `>=` begins with `>`.
pub(super) const COMPARISONS: &[(&str, Comparison)] = &[
    (">=", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    (">", Comparison::More),
    ("<", Comparison::Less),
    ("", Comparison::Exactly),
];

fn term(field: Option<&str>, value: Value, place: usize) -> Result<Term, QueryError> {
    let text = |field| text_of(field, value.clone(), place).map(|(text, _)| text);
    match field {
        None => match value {
            Value::Expression { .. } => pattern(None, value, place),
            Value::Text { .. } => words(None, value, place),
        },
        Some("title") if matches!(value, Value::Expression { .. }) => {
            pattern(Some(PatternPlace::Title), value, place)
        }
        Some("url") if matches!(value, Value::Expression { .. }) => {
            pattern(Some(PatternPlace::Url), value, place)
        }
        Some("title") => words(Some(TextPlace::Title), value, place),
        Some("author") => words(Some(TextPlace::Author), value, place),
        Some("body") => words(Some(TextPlace::Body), value, place),
        Some("feed") => text("feed").map(Term::Feed),
        Some("folder") => text("folder").map(Term::Folder),
        Some("url") => text("url").map(Term::Url),
        Some("lang") => text("lang").map(|code| Term::Language(code.to_lowercase())),
        Some("tag") => text("tag").map(Term::Tag),
        Some("is") => one_of("is", &text("is")?, KINDS, place).map(Term::Kind),
        Some("has") => one_of("has", &text("has")?, PARTS, place).map(Term::Has),
        Some("since") => day("since", &text("since")?, place).map(Term::Since),
        Some("before") => day("before", &text("before")?, place).map(Term::Before),
        Some("newer") => age("newer", &text("newer")?, place).map(Term::Newer),
        Some("older") => age("older", &text("older")?, place).map(Term::Older),
        Some("words") => length(&text("words")?, place),
        Some(field) => Err(QueryError::UnknownField { field: field.to_owned(), place }),
    }
}

/// Gives the text behind a field, and whether `*` stands behind it.
fn text_of(field: &'static str, value: Value, place: usize) -> Result<(String, bool), QueryError> {
    match value {
        Value::Text { text, .. } if text.trim().is_empty() => Err(QueryError::NoValue { field, place }),
        Value::Text { text, is_prefix, .. } => Ok((text, is_prefix)),
        Value::Expression { text, .. } => Err(QueryError::UnknownValue {
            field,
            value: format!("/{text}/"),
            possible: "words; expressions go with title: and url:",
            place,
        }),
    }
}

fn words(at: Option<TextPlace>, value: Value, place: usize) -> Result<Term, QueryError> {
    let field = match at {
        Some(TextPlace::Title) => "title",
        Some(TextPlace::Author) => "author",
        Some(TextPlace::Body) => "body",
        None => "",
    };
    let (text, is_prefix) = match (at, value) {
        (None, Value::Text { text, is_prefix, .. }) => (text, is_prefix),
        (_, value) => text_of(field, value, place)?,
    };
    if !has_tokens(&text) {
        return Err(QueryError::NoWord { text, place });
    }
    Ok(Term::Words(Words { place: at, text, is_prefix }))
}

fn pattern(at: Option<PatternPlace>, value: Value, place: usize) -> Result<Term, QueryError> {
    let Value::Expression { text, flags } = value else { unreachable!("the caller looked") };
    let bad = |why: String| QueryError::BadExpression { place, why };
    let ignores_case = match flags.as_str() {
        "" => false,
        "i" => true,
        flags => return Err(bad(format!("`{flags}` behind it means nothing, only `i` does"))),
    };
    if text.is_empty() {
        return Err(bad("it is empty".to_owned()));
    }
    let pattern = Pattern { place: at, expression: text, ignores_case };
    Matcher::of(&pattern).map_err(bad)?;
    Ok(Term::Matches(pattern))
}

fn one_of<T: Copy>(
    field: &'static str,
    value: &str,
    known: &[(&str, T)],
    place: usize,
) -> Result<T, QueryError> {
    let possible = match field {
        "is" => "is:unread, is:read, is:saved, is:new, is:highlighted, is:hidden",
        "has" => "has:image, has:enclosure, has:fulltext",
        _ => "sort:newest, sort:oldest, sort:best",
    };
    let found = known.iter().find(|(name, _)| *name == value).map(|(_, kind)| *kind);
    found.ok_or_else(|| QueryError::UnknownValue { field, value: value.to_owned(), possible, place })
}

fn day(field: &'static str, text: &str, place: usize) -> Result<Day, QueryError> {
    let possible = "today, yesterday, 2026, 2026-11, 2026-11-22, 2026-11-22T08:30";
    let unknown = || QueryError::UnknownValue { field, value: text.to_owned(), possible, place };
    read_day(text).ok_or_else(unknown)
}

fn read_day(text: &str) -> Option<Day> {
    let is_digits =
        |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    match text {
        "today" => return Some(Day::Today),
        "yesterday" => return Some(Day::Yesterday),
        year if is_digits(year, 4) => return year.parse().ok().map(Day::Year),
        _ => {}
    }
    if let Some((year, month)) = text.split_once('-')
        && is_digits(year, 4)
        && is_digits(month, 2)
    {
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        return (1..=12).contains(&month).then_some(Day::Month(year, month));
    }
    // Years of more digits, seconds and the like are read by the library, and would not be printed so.
    match text.len() {
        10 => text.parse().ok().map(Day::Date),
        16 => text.parse().ok().map(Day::Minute),
        _ => None,
    }
}

fn age(field: &'static str, text: &str, place: usize) -> Result<Age, QueryError> {
    let possible = "30min, 3h, 2d, 1w, 6mo, 1y";
    let unknown = || QueryError::UnknownValue { field, value: text.to_owned(), possible, place };
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let count = text[..digits].parse().map_err(|_| unknown())?;
    let unit = UNITS.iter().find(|(name, _)| *name == &text[digits..]).ok_or_else(unknown)?.1;
    Ok(Age { count, unit })
}

fn length(text: &str, place: usize) -> Result<Term, QueryError> {
    let possible = "words:>500, words:<100, words:>=500, words:<=100, words:300";
    let unknown = || QueryError::UnknownValue { field: "words", value: text.to_owned(), possible, place };
    let (sign, comparison) =
        COMPARISONS.iter().find(|(sign, _)| text.starts_with(sign)).expect("the last one is empty");
    let number = &text[sign.len()..];
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(unknown());
    }
    Ok(Term::Length(*comparison, number.parse().map_err(|_| unknown())?))
}
