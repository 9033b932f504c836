//! Feeds that an address leads to, to choose from.

use super::Ticket;
use crate::model::{FeedPreview, FoundList};

/// Lists of feeds that other readers left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundLists {
    /// The lists.
    pub lists: Vec<FoundList>,
    /// The selected one.
    pub cursor: usize,
}

/// The feeds that an address leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundFeeds {
    /// The request that found them.
    pub ticket: Ticket,
    /// The address, as it was typed.
    pub address: String,
    /// The folder that one of them will be filed in, as a path of names.
    pub folder: Vec<String>,
    /// The feeds; none while they are looked for.
    pub feeds: Option<Vec<FeedPreview>>,
    /// The selected one.
    pub cursor: usize,
}

impl FoundFeeds {
    /// Gives the selected feed.
    pub fn selected(&self) -> Option<&FeedPreview> {
        self.feeds.as_ref().and_then(|feeds| feeds.get(self.cursor))
    }
}
