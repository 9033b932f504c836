//! What a timeline shows.

use super::{FeedId, FolderId, Headline, Place, Status, Subscriptions};

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
}

/// What a person asks for in words; `search` reads and prints it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Query {
    /// Conditions, all of which must hold.
    pub terms: Vec<Term>,
}

/// One condition of a query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Term {
    /// `is:unread`, `is:read`, `is:saved`.
    Is(Kind),
    /// `feed:NAME`: the feed's title or address holds the text.
    Feed(String),
}

/// A kind of entry by its status.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Not read.
    Unread,
    /// Read.
    Read,
    /// Saved.
    Saved,
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
        }
    }
}

impl Query {
    /// Makes the filter of the query; a `feed:` that no feed answers to selects nothing.
    pub fn filter(&self, subscriptions: &Subscriptions) -> Filter {
        let mut filter = Filter::default();
        for term in &self.terms {
            match term {
                Term::Is(Kind::Unread) if filter.read == Some(true) => filter.feeds = Some(Vec::new()),
                Term::Is(Kind::Read) if filter.read == Some(false) => filter.feeds = Some(Vec::new()),
                Term::Is(Kind::Unread) => filter.read = Some(false),
                Term::Is(Kind::Read) => filter.read = Some(true),
                Term::Is(Kind::Saved) => filter.saved = Some(true),
                Term::Feed(name) => {
                    let mut feeds = subscriptions.named(name);
                    if let Some(others) = &filter.feeds {
                        feeds.retain(|feed| others.contains(feed));
                    }
                    filter.feeds = Some(feeds);
                }
            }
        }
        filter
    }
}

/// Which part of a timeline to load; rows always come newest first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Window {
    /// The newest rows.
    Newest,
    /// The oldest rows.
    Oldest,
    /// Rows just older than a place.
    OlderThan(Place),
    /// Rows just newer than a place.
    NewerThan(Place),
    /// The row at a place and rows on both sides of it.
    Around(Place),
}

/// A loaded part of a timeline.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Rows {
    /// The rows, newest first.
    pub headlines: Vec<Headline>,
    /// There are rows newer than the first.
    pub more_newer: bool,
    /// There are rows older than the last.
    pub more_older: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_a_query_are_joined() {
        let query = Query { terms: vec![Term::Is(Kind::Unread), Term::Is(Kind::Saved)] };
        let filter = query.filter(&Subscriptions::default());
        assert_eq!((filter.read, filter.saved), (Some(false), Some(true)));
    }

    #[test]
    fn what_is_read_and_unread_is_nothing() {
        let query = Query { terms: vec![Term::Is(Kind::Read), Term::Is(Kind::Unread)] };
        assert_eq!(query.filter(&Subscriptions::default()).feeds, Some(vec![]));
    }

    #[test]
    fn a_feed_that_nobody_follows_selects_nothing() {
        let query = Query { terms: vec![Term::Feed("lwn".into())] };
        assert_eq!(query.filter(&Subscriptions::default()).feeds, Some(vec![]));
    }

    #[test]
    fn unread_only_narrows_feeds_and_folders() {
        let none = Subscriptions::default();
        assert_eq!(Scope::Feed(FeedId(1)).filter(true, &none).read, Some(false));
        assert_eq!(Scope::All.filter(true, &none).read, None);
        assert_eq!(Scope::Saved.filter(true, &none).read, None);
    }
}
