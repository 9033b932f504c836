//! One step of the journal: what the reader did, and what it did it to.

use std::collections::HashSet;

use super::{EntryId, FeedChange, FeedId, Label, Mark, QueryChange};

/// A change of state that can be taken back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// Marked entries.
    Marked(Mark, Vec<EntryId>),
    /// Subscribed to feeds.
    Subscribed(Vec<FeedId>),
    /// Removed subscriptions.
    Removed(Vec<FeedId>),
    /// Changed settings of a feed.
    Changed(Vec<FeedChange>),
    /// Gave entries a label.
    Labelled(Label, Vec<EntryId>),
    /// Took a label from entries.
    Unlabelled(Label, Vec<EntryId>),
    /// Changed queries that are kept.
    QueriesChanged(Vec<QueryChange>),
}

impl Step {
    /// Gives the step that takes this one back.
    #[must_use]
    pub fn opposite(&self) -> Step {
        match self {
            Step::Marked(mark, entries) => Step::Marked(mark.opposite(), entries.clone()),
            Step::Subscribed(feeds) => Step::Removed(feeds.clone()),
            Step::Removed(feeds) => Step::Subscribed(feeds.clone()),
            Step::Changed(changes) => Step::Changed(changes.iter().map(FeedChange::opposite).collect()),
            Step::Labelled(label, entries) => Step::Unlabelled(label.clone(), entries.clone()),
            Step::Unlabelled(label, entries) => Step::Labelled(label.clone(), entries.clone()),
            Step::QueriesChanged(changes) => {
                Step::QueriesChanged(changes.iter().map(QueryChange::opposite).collect())
            }
        }
    }

    /// Says the step in a few words: `marked read · 3 entries`.
    pub fn summary(&self) -> String {
        let entry = ["entry", "entries"];
        let (verb, count, noun) = match self {
            Step::Marked(mark, entries) => (mark.participle().to_owned(), entries.len(), entry),
            Step::Subscribed(feeds) => ("subscribed".to_owned(), feeds.len(), ["feed", "feeds"]),
            Step::Removed(feeds) => ("removed".to_owned(), feeds.len(), ["feed", "feeds"]),
            Step::Changed(changes) => ("changed".to_owned(), changes.len(), ["setting", "settings"]),
            Step::Labelled(label, entries) => (label.participle(true), entries.len(), entry),
            Step::Unlabelled(label, entries) => (label.participle(false), entries.len(), entry),
            Step::QueriesChanged(changes) => {
                let queries: HashSet<_> = changes.iter().map(|change| change.query).collect();
                (queries_verb(changes).to_owned(), queries.len(), ["query", "queries"])
            }
        };
        format!("{verb} · {count} {}", noun[usize::from(count != 1)])
    }
}

/// Says what was done to queries: whether they are kept now, or no longer, else that they differ.
fn queries_verb(changes: &[QueryChange]) -> &'static str {
    match changes.iter().find(|change| change.name == "kept") {
        Some(QueryChange { after: Some(_), .. }) => "kept",
        Some(_) => "removed",
        None => "changed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_counts_one_and_many() {
        let one = Step::Marked(Mark::Read, vec![EntryId(1)]);
        assert_eq!(one.summary(), "marked read · 1 entry");
        assert_eq!(Step::Removed(vec![FeedId(1), FeedId(2)]).summary(), "removed · 2 feeds");
    }
}
