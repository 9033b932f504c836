//! What a timeline shows.

use super::{Condition, FeedId, FolderId, Headline, Place, QueryId, Status, Subscriptions, Test};

/// Names what is shown: one timeline, one code path for all of them.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Scope {
    /// Every entry not read.
    Unread,
    /// Every entry.
    All,
    /// Every saved entry.
    Saved,
    /// The entries of a folder and the folders below it.
    Folder(FolderId),
    /// The entries of one feed.
    Feed(FeedId),
    /// The entries that a query finds, as it was typed.
    Search(String),
    /// The entries that a query of the reader's own finds.
    Query(QueryId),
}

/// Which entries a timeline holds: a scope or a query, made plain for the store.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Filter {
    /// Only entries of these feeds; all feeds where nothing is said.
    pub feeds: Option<Vec<FeedId>>,
    /// Only read or only unread entries.
    pub read: Option<bool>,
    /// Only saved or only unsaved entries.
    pub saved: Option<bool>,
    /// Only hidden entries; else none of them, unless they are saved.
    pub is_hidden: bool,
    /// What must hold besides.
    pub condition: Condition<Test>,
}

/// In which order a timeline's rows stand.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub enum Arrangement {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// Feed by feed in this order, the newest of each first.
    Feeds(Vec<FeedId>),
    /// What fits the words that are looked for best first.
    Best,
}

/// Which rows a timeline holds, and in which order.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Listing {
    /// Which ones.
    pub filter: Filter,
    /// Their order.
    pub arrangement: Arrangement,
}

impl From<Filter> for Listing {
    fn from(filter: Filter) -> Listing {
        Listing { filter, arrangement: Arrangement::Newest }
    }
}

impl Arrangement {
    /// Gives a key that orders rows as they stand: smaller ones are above.
    pub fn key(&self, row: &Headline) -> (usize, i64, i64) {
        let (time, id) = (row.time.as_second(), row.id.0);
        match self {
            // How well it fits, a row does not know.
            Arrangement::Newest | Arrangement::Best => (0, -time, -id),
            Arrangement::Oldest => (0, time, id),
            Arrangement::Feeds(feeds) => (Arrangement::rank(feeds, row.feed), -time, -id),
        }
    }

    /// Gives the place of a feed among feeds; those that are not among them follow, in the order of their ids.
    pub fn rank(feeds: &[FeedId], feed: FeedId) -> usize {
        let unknown = || feeds.len().saturating_add(usize::try_from(feed.0).unwrap_or(0));
        feeds.iter().position(|other| *other == feed).unwrap_or_else(unknown)
    }
}

impl Filter {
    /// Tells whether an entry of a status belongs in, as far as the status goes.
    pub fn takes(&self, status: Status) -> bool {
        self.read.is_none_or(|read| read == status.read)
            && self.saved.is_none_or(|saved| saved == status.saved)
    }
}

impl Scope {
    /// Makes the filter of the scope; `unread_only` narrows feeds and folders.
    pub fn filter(&self, unread_only: bool, subscriptions: &Subscriptions) -> Filter {
        let unread = unread_only.then_some(false);
        match self {
            Scope::Unread => Filter { read: Some(false), ..Filter::default() },
            Scope::All => Filter::default(),
            Scope::Saved => Filter { saved: Some(true), ..Filter::default() },
            Scope::Folder(id) => {
                Filter { feeds: Some(subscriptions.feeds_below(*id)), read: unread, ..Filter::default() }
            }
            Scope::Feed(id) => Filter { feeds: Some(vec![*id]), read: unread, ..Filter::default() },
            // Its words are for others to read; until then it finds nothing.
            Scope::Search(_) | Scope::Query(_) => Filter { feeds: Some(Vec::new()), ..Filter::default() },
        }
    }
}

/// Which part of a timeline to load.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Window {
    /// The first rows.
    First,
    /// The last rows.
    Last,
    /// The rows behind a place.
    After(Place),
    /// The rows before a place.
    Before(Place),
    /// The row at a place and rows on both sides of it.
    Around(Place),
}

/// A loaded part of a timeline.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Rows {
    /// The rows, in the timeline's order.
    pub headlines: Vec<Headline>,
    /// There are rows before the first.
    pub more_before: bool,
    /// There are rows behind the last.
    pub more_after: bool,
    /// How far was looked before the first, where that ended before there were enough.
    pub looked_before: Option<Place>,
    /// How far was looked behind the last, where that ended before there were enough.
    pub looked_after: Option<Place>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unread_only_narrows_feeds_and_folders() {
        let none = Subscriptions::default();
        assert_eq!(Scope::Feed(FeedId(1)).filter(true, &none).read, Some(false));
        assert_eq!(Scope::All.filter(true, &none).read, None);
        assert_eq!(Scope::Saved.filter(true, &none).read, None);
    }
}
