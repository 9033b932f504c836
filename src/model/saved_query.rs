//! Queries that are kept: a scope of the reader's own, and a rule where it says what to do with new entries.

use std::fmt;

use super::{Label, Mark, QueryId};

/// A query that is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedQuery {
    /// Its id.
    pub id: QueryId,
    /// What the reader calls it; no two have the same title.
    pub title: String,
    /// The query, as it was typed.
    pub query: String,
    /// It stands in the sidebar.
    pub is_listed: bool,
    /// What is done with each new entry that it selects.
    pub deeds: Vec<Deed>,
}

/// What a rule does with an entry.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Deed {
    /// Marks it read.
    Read,
    /// Saves it.
    Save,
    /// Gives it a label.
    Label(Label),
    /// Tells the desktop of it.
    Notify,
}

impl Deed {
    /// Gives the mark that it makes, if it makes one.
    pub fn mark(&self) -> Option<Mark> {
        match self {
            Deed::Read => Some(Mark::Read),
            Deed::Save => Some(Mark::Saved),
            Deed::Label(_) | Deed::Notify => None,
        }
    }

    /// Reads deeds parted by commas: `read, tag:work`. Tells what is none.
    pub fn parse_all(text: &str) -> Result<Vec<Deed>, String> {
        let deeds = text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(Deed::parse);
        let mut deeds = deeds.collect::<Result<Vec<_>, _>>()?;
        deeds.sort();
        deeds.dedup();
        Ok(deeds)
    }

    /// Writes deeds as `parse_all` reads them.
    pub fn write_all(deeds: &[Deed]) -> String {
        deeds.iter().map(Deed::to_string).collect::<Vec<_>>().join(", ")
    }

    fn parse(word: &str) -> Result<Deed, String> {
        match word {
            "read" => Ok(Deed::Read),
            "save" => Ok(Deed::Save),
            "hide" => Ok(Deed::Label(Label::Hidden)),
            "highlight" => Ok(Deed::Label(Label::Highlighted)),
            "notify" => Ok(Deed::Notify),
            word => word.strip_prefix("tag:").and_then(Label::tag).map(Deed::Label).ok_or_else(|| {
                format!("cannot do `{word}`: possible are read, save, hide, highlight, notify, tag:NAME")
            }),
        }
    }
}

impl fmt::Display for Deed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Deed::Read => out.write_str("read"),
            Deed::Save => out.write_str("save"),
            Deed::Label(Label::Hidden) => out.write_str("hide"),
            Deed::Label(Label::Highlighted) => out.write_str("highlight"),
            Deed::Label(tag @ Label::Tag(_)) => tag.fmt(out),
            Deed::Notify => out.write_str("notify"),
        }
    }
}

/// A query to keep.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewQuery {
    /// What it is called.
    pub title: String,
    /// The query, as it was typed.
    pub query: String,
    /// What is done with new entries.
    pub deeds: Vec<Deed>,
    /// It stands in the sidebar.
    pub is_listed: bool,
}

/// What of a query is to be otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum QuerySetting {
    /// What it is called.
    Title(String),
    /// What it asks.
    Query(String),
    /// What is done with new entries.
    Deeds(Vec<Deed>),
    /// Whether it stands in the sidebar.
    Listed(bool),
}

/// One thing about a saved query that was changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QueryChange {
    /// The query.
    pub query: QueryId,
    /// What: `title`, `query`, `deeds`, `listed`, `kept`.
    pub name: String,
    /// Its value before, as the store keeps it.
    pub before: Option<String>,
    /// Its value since.
    pub after: Option<String>,
}

impl QueryChange {
    /// Gives the change that takes this one back.
    #[must_use]
    pub fn opposite(&self) -> QueryChange {
        let QueryChange { query, name, before, after } = self.clone();
        QueryChange { query, name, before: after, after: before }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deeds_are_read_as_they_are_written() {
        let all = "read, save, tag:two words, hide, highlight, notify";
        assert_eq!(Deed::write_all(&Deed::parse_all(all).unwrap()), all);
        assert_eq!(Deed::write_all(&Deed::parse_all(" notify,,read , read").unwrap()), "read, notify");
        assert_eq!(Deed::parse_all("").unwrap(), []);
        assert!(Deed::parse_all("delete").unwrap_err().contains("possible are read"));
        assert!(Deed::parse_all("tag:").is_err());
    }
}
