//! One step of the journal: what the reader did, and what it did it to.

use super::{EntryId, FeedChange, FeedId, Mark};

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
        }
    }

    /// Says the step in a few words: `marked read · 3 entries`.
    pub fn summary(&self) -> String {
        let (verb, count, noun) = match self {
            Step::Marked(mark, entries) => (mark.participle(), entries.len(), ["entry", "entries"]),
            Step::Subscribed(feeds) => ("subscribed", feeds.len(), ["feed", "feeds"]),
            Step::Removed(feeds) => ("removed", feeds.len(), ["feed", "feeds"]),
            Step::Changed(changes) => ("changed", changes.len(), ["setting", "settings"]),
        };
        format!("{verb} · {count} {}", noun[usize::from(count != 1)])
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
