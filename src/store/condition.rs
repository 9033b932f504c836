//! Conditions of a query as SQL over a row of `status`.
//!
//! What an index serves is told apart from what must be looked at row by row: words that must stand in a text make
//! one expression for the index of words.

use std::fmt::Write;

use rusqlite::types::Value;

use crate::model::{Comparison, Condition, Filter, Part, PatternPlace, Test, TextPlace, Words};
use crate::search;

/// A condition as SQL, with the values it asks for, in order.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Clause {
    /// What stands behind `WHERE`, with a `?` for each value.
    pub(super) sql: String,
    /// The values.
    pub(super) values: Vec<Value>,
}

impl Clause {
    /// Gives it as a column that tells of a row whether it holds.
    pub(super) fn column(&self) -> &str {
        if self.sql.is_empty() { "1" } else { &self.sql }
    }
}

/// How a condition is looked for.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Plan {
    /// What the index of words is asked, where it serves.
    pub(super) expression: Option<String>,
    /// Where a walk by time begins and ends: SQL behind other conditions.
    pub(super) bounds: String,
    /// What each row met is looked at for.
    pub(super) rest: Clause,
}

/// Parts a filter into what indexes serve and the rest.
pub(super) fn plan(filter: &Filter) -> Plan {
    let mut bounds = String::new();
    let mut parts = filter.condition.clone().parts();
    parts.retain(|part| {
        let bound = match part {
            Condition::Is(test @ (Test::Since(_) | Test::Before(_))) => {
                let mut clause = Clause::default();
                write_test(test, &mut clause);
                clause.sql
            }
            _ => return true,
        };
        write!(bounds, " AND {bound}").expect("a string takes all");
        false
    });
    let (expression, rest) = words_and_rest(parts);
    Plan { expression, bounds, rest }
}

/// Parts conditions into an expression for the index of words, where it serves, and the rest.
fn words_and_rest(parts: Vec<Condition<Test>>) -> (Option<String>, Clause) {
    let mut wanted = Vec::new();
    let mut unwanted = Vec::new();
    let mut rest = Vec::new();
    for part in parts.iter().cloned() {
        match (&part, expression(&part)) {
            (_, Some(expression)) => wanted.push(expression),
            (Condition::Not(inner), None) if expression(inner).is_some() => {
                unwanted.extend(expression(inner));
                rest.push(part);
            }
            (_, None) => rest.push(part),
        }
    }
    if wanted.is_empty() {
        return (None, clause(&Condition::all(parts)));
    }
    let mut all = wanted.join(" AND ");
    for expression in unwanted {
        write!(all, " NOT ({expression})").expect("a string takes all");
    }
    rest.retain(|part| !matches!(part, Condition::Not(inner) if expression(inner).is_some()));
    (Some(all), clause(&Condition::all(rest)))
}

/// Makes an expression for the index of words, where the condition asks for words alone.
fn expression(condition: &Condition<Test>) -> Option<String> {
    let joined = |parts: &[Condition<Test>], by: &str| {
        let parts = parts.iter().map(expression).collect::<Option<Vec<_>>>()?;
        Some(format!("({})", parts.join(by)))
    };
    match condition {
        Condition::All(parts) => joined(parts, " AND "),
        Condition::Any(parts) => joined(parts, " OR "),
        Condition::Is(Test::Words(words)) => Some(phrase(words)),
        Condition::Everything | Condition::Not(_) | Condition::Is(_) => None,
    }
}

/// Writes words as the index looks for them: one behind the other.
fn phrase(words: &Words) -> String {
    let column = match words.place {
        None => "",
        Some(TextPlace::Title) => "title : ",
        Some(TextPlace::Author) => "author : ",
        Some(TextPlace::Body) => "body : ",
    };
    let (tokens, is_open) = search::looked_for(&words.text);
    let text = tokens.join(" ");
    let star = if words.is_prefix || is_open { " *" } else { "" };
    // Folded words hold no quotes.
    format!("{column}\"{text}\"{star}")
}

/// Makes SQL of a condition; none where it always holds.
pub(super) fn clause(condition: &Condition<Test>) -> Clause {
    let mut clause = Clause::default();
    if *condition == Condition::Everything {
        return clause;
    }
    write_condition(condition, &mut clause);
    clause
}

fn write_condition(condition: &Condition<Test>, clause: &mut Clause) {
    let (parts, by) = match condition {
        Condition::Everything => return clause.sql.push_str("true"),
        Condition::Not(part) => {
            clause.sql.push_str("NOT coalesce(");
            write_condition(part, clause);
            return clause.sql.push_str(", 0)");
        }
        Condition::Is(test) => return write_test(test, clause),
        Condition::All(parts) => (parts, " AND "),
        Condition::Any(parts) => (parts, " OR "),
    };
    clause.sql.push('(');
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            clause.sql.push_str(by);
        }
        write_condition(part, clause);
    }
    clause.sql.push(')');
}

fn write_test(test: &Test, clause: &mut Clause) {
    const INDEXED: &str = "FROM indexed WHERE indexed.entry = status.id";
    let value = |clause: &mut Clause, value: Value| clause.values.push(value);
    let sql = match test {
        Test::Words(words) => {
            value(clause, phrase(words).into());
            "EXISTS (SELECT 1 FROM indexed CROSS JOIN words ON words.rowid = indexed.place \
             WHERE indexed.entry = status.id AND words MATCH ?)"
                .to_owned()
        }
        Test::Feeds(feeds) => {
            let feeds: Vec<String> = feeds.iter().map(|feed| feed.0.to_string()).collect();
            format!("status.feed IN ({})", feeds.join(", "))
        }
        Test::Url(part) => {
            value(clause, part.to_lowercase().into());
            "EXISTS (SELECT 1 FROM entry WHERE entry.id = status.id AND instr(lower(entry.link), ?) > 0)".to_owned()
        }
        Test::Language(code) => {
            value(clause, code.clone().into());
            format!("(SELECT language {INDEXED}) = ?")
        }
        Test::Tag(name) => {
            value(clause, name.clone().into());
            "EXISTS (SELECT 1 FROM tag WHERE tag.name = ? AND tag.entry = status.id)".to_owned()
        }
        Test::Read(read) => format!("status.read = {}", i32::from(*read)),
        Test::Saved => "status.saved = 1".to_owned(),
        Test::Hidden => "status.hidden = 1".to_owned(),
        Test::Highlighted => "status.highlighted = 1".to_owned(),
        Test::ArrivedAfter(entry) => format!("status.id > {}", entry.0),
        Test::Since(time) => format!("status.time >= {}", time.as_second()),
        Test::Before(time) => format!("status.time < {}", time.as_second()),
        Test::Has(Part::Image) => format!("(SELECT has_image {INDEXED})"),
        Test::Has(Part::Enclosure) => {
            "EXISTS (SELECT 1 FROM body WHERE body.entry = status.id AND body.enclosures <> '[]')".to_owned()
        }
        Test::Has(Part::FullText) => {
            "EXISTS (SELECT 1 FROM page_text WHERE page_text.entry = status.id AND page_text.html IS NOT NULL)"
                .to_owned()
        }
        Test::Length(comparison, words) => {
            format!("(SELECT length {INDEXED}) {} {words}", sign(*comparison))
        }
        Test::Matches(pattern) => {
            let place = match pattern.place {
                None => "",
                Some(PatternPlace::Title) => "title",
                Some(PatternPlace::Url) => "url",
            };
            value(clause, place.to_owned().into());
            value(clause, pattern.expression.clone().into());
            value(clause, i64::from(pattern.ignores_case).into());
            "(SELECT matches(entry.title, entry.link, ?, ?, ?) FROM entry WHERE entry.id = status.id)".to_owned()
        }
    };
    clause.sql.push_str(&sql);
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::More => ">",
        Comparison::AtLeast => ">=",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Exactly => "=",
    }
}
