//! What a person is told when something went wrong.

/// An error at the border to the reader: what failed, why, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// What failed: `cannot open the link`.
    pub what: String,
    /// Why: the cause in plain words.
    pub why: String,
    /// What the person can do about it.
    pub hint: Option<String>,
}

impl Failure {
    /// Makes a failure of an error.
    pub fn new(what: impl Into<String>, why: &dyn std::error::Error) -> Failure {
        Failure { what: what.into(), why: why.to_string(), hint: None }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.what, self.why)?;
        match &self.hint {
            Some(hint) => write!(out, " ({hint})"),
            None => Ok(()),
        }
    }
}
