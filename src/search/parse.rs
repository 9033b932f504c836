//! Text → `Query`.

use super::words::{Word, words};
use crate::model::{Kind, Query, Term};

/// What of a query is not understood, where it stands, and what is possible.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum QueryError {
    /// A word without a meaning.
    #[error("cannot read `{word}` at {place}: possible are is:unread, is:read, is:saved, feed:NAME")]
    UnknownWord {
        /// The word.
        word: String,
        /// Which character of the query it begins at, from 1.
        place: usize,
    },
    /// `is:` with something else behind it.
    #[error("cannot read `is:{kind}` at {place}: possible are is:unread, is:read, is:saved")]
    UnknownKind {
        /// What stands behind `is:`.
        kind: String,
        /// Which character of the query it begins at, from 1.
        place: usize,
    },
    /// `feed:` with nothing behind it.
    #[error("no name behind `feed:` at {place}: write feed:NAME or feed:\"TWO WORDS\"")]
    NoName {
        /// Which character of the query it begins at, from 1.
        place: usize,
    },
    /// A quote that is opened and not closed.
    #[error("the quote opened in the word at {place} is not closed")]
    OpenQuote {
        /// Which character of the query the word begins at, from 1.
        place: usize,
    },
}

/// Reads what a person asks for; an empty text asks for everything.
pub fn parse_query(text: &str) -> Result<Query, QueryError> {
    let terms: Result<Vec<Term>, QueryError> = words(text).into_iter().map(term).collect();
    Ok(Query { terms: terms? })
}

fn term(word: Word) -> Result<Term, QueryError> {
    let Word { place, text, is_closed } = word;
    if !is_closed {
        return Err(QueryError::OpenQuote { place });
    }
    match text.split_once(':') {
        Some(("is", kind)) => kind_of(kind, place).map(Term::Is),
        Some(("feed", name)) if name.trim().is_empty() => Err(QueryError::NoName { place }),
        Some(("feed", name)) => Ok(Term::Feed(name.to_owned())),
        _ => Err(QueryError::UnknownWord { word: text, place }),
    }
}

fn kind_of(kind: &str, place: usize) -> Result<Kind, QueryError> {
    match kind {
        "unread" => Ok(Kind::Unread),
        "read" => Ok(Kind::Read),
        "saved" => Ok(Kind::Saved),
        kind => Err(QueryError::UnknownKind { kind: kind.to_owned(), place }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_feeds_are_understood() {
        let terms = vec![
            Term::Is(Kind::Unread),
            Term::Feed("lwn".to_owned()),
            Term::Feed("Le Monde: diplo".to_owned()),
        ];
        let query = parse_query("is:unread feed:lwn  feed:\"Le Monde: diplo\"");
        assert_eq!(query, Ok(Query { terms }));
    }

    #[test]
    fn nothing_asks_for_everything() {
        assert_eq!(parse_query("  "), Ok(Query::default()));
    }

    #[test]
    fn a_mistake_is_named_with_its_place() {
        let table = [
            ("is:unread is:new", "cannot read `is:new` at 11: possible are is:unread, is:read, is:saved"),
            ("linux", "cannot read `linux` at 1: possible are is:unread, is:read, is:saved, feed:NAME"),
            (" feed:", "no name behind `feed:` at 2: write feed:NAME or feed:\"TWO WORDS\""),
            ("feed:\"two words", "the quote opened in the word at 1 is not closed"),
        ];
        for (text, message) in table {
            assert_eq!(parse_query(text).unwrap_err().to_string(), message);
        }
    }
}
