//! What of a query is not understood.

/// The fields of a query, each with what may stand behind it.
pub(super) const FIELDS: &[(&str, &str)] = &[
    ("title", "title:WORD"),
    ("body", "body:WORD"),
    ("author", "author:WORD"),
    ("feed", "feed:NAME"),
    ("folder", "folder:NAME"),
    ("url", "url:TEXT"),
    ("lang", "lang:CODE"),
    ("tag", "tag:NAME"),
    ("is", "is:unread"),
    ("has", "has:image"),
    ("since", "since:2026-11-01"),
    ("before", "before:2026-11-01"),
    ("newer", "newer:2d"),
    ("older", "older:1w"),
    ("words", "words:>500"),
    ("sort", "sort:best"),
];

/// What of a query is not understood, where it stands, and what is possible. Places are characters, from 1.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum QueryError {
    /// A field that there is not.
    #[error(
        "there is no `{field}:` (at {place}): possible are {}; quotes search for the text itself",
        fields()
    )]
    UnknownField {
        /// What stands before the colon.
        field: String,
        /// Where it begins.
        place: usize,
    },
    /// A field with something behind it that it does not know.
    #[error("cannot read `{field}:{value}` at {place}: possible are {possible}")]
    UnknownValue {
        /// The field.
        field: &'static str,
        /// What stands behind the colon.
        value: String,
        /// What could stand there.
        possible: &'static str,
        /// Where it begins.
        place: usize,
    },
    /// A field with nothing behind it.
    #[error("nothing behind `{field}:` at {place}: write {field}:TEXT or {field}:\"TWO WORDS\"")]
    NoValue {
        /// The field.
        field: &'static str,
        /// Where it begins.
        place: usize,
    },
    /// A quote that is opened and not closed.
    #[error("the quote opened at {place} is not closed")]
    OpenQuote {
        /// Where it is opened.
        place: usize,
    },
    /// A regular expression that is opened and not closed.
    #[error("the expression opened at {place} is not closed: write /EXPRESSION/")]
    OpenExpression {
        /// Where it is opened.
        place: usize,
    },
    /// A regular expression that is none.
    #[error("the expression at {place} cannot be read: {why}")]
    BadExpression {
        /// Where it begins.
        place: usize,
        /// What is wrong with it.
        why: String,
    },
    /// A parenthesis that is opened and not closed.
    #[error("the parenthesis opened at {place} is not closed")]
    OpenGroup {
        /// Where it is opened.
        place: usize,
    },
    /// A parenthesis that closes nothing.
    #[error("the parenthesis at {place} closes nothing")]
    NoGroup {
        /// Where it stands.
        place: usize,
    },
    /// A sign that needs something behind it, or before it.
    #[error("`{sign}` at {place} needs something {side} it")]
    Alone {
        /// The sign.
        sign: &'static str,
        /// `before` or `behind`.
        side: &'static str,
        /// Where it stands.
        place: usize,
    },
    /// Signs that are no words.
    #[error("`{text}` at {place} holds no word to look for; /EXPRESSION/ finds signs")]
    NoWord {
        /// The text.
        text: String,
        /// Where it begins.
        place: usize,
    },
    /// A query that is deeper than anyone means.
    #[error("the parentheses at {place} are too deep")]
    TooDeep {
        /// Where it becomes too deep.
        place: usize,
    },
}

fn fields() -> String {
    FIELDS.iter().map(|(_, example)| *example).collect::<Vec<_>>().join(", ")
}
