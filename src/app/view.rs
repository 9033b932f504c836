//! How the reader arranged the screen; kept for the next start.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Answers, State, searching};
use crate::model::{Arrangement, FolderId, Headline, Scope};

/// How the reader arranged the screen.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// How the panes share the terminal.
    pub shares: Shares,
    /// The sidebar is there only while it has the focus.
    pub hides_sidebar: bool,
    /// Folders whose feeds are not listed.
    pub folded: BTreeSet<FolderId>,
    /// The order of headlines.
    pub order: Order,
    /// Headings of days, or of feeds, stand between headlines.
    pub has_headings: bool,
    /// A second line says how the text of a headline begins.
    pub has_beginnings: bool,
    /// How many of the first hints were given.
    pub hints: u8,
    /// What was answered before, to be recalled.
    pub answers: Answers,
}

/// Parts of the terminal's width; none where the reader did not choose.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Shares {
    /// The sidebar's beside two panes.
    pub sidebar: Option<Share>,
    /// The sidebar's beside the headlines alone.
    pub sidebar_of_two: Option<Share>,
    /// The headlines' of what the sidebar leaves.
    pub timeline: Option<Share>,
}

/// A part of a width, in ten thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Share(u32);

impl Share {
    const WHOLE: u32 = 10_000;

    /// Gives the columns of a width that it is, to the nearest.
    pub fn of(self, width: u16) -> u16 {
        let columns =
            (u64::from(width) * u64::from(self.0) + u64::from(Share::WHOLE / 2)) / u64::from(Share::WHOLE);
        u16::try_from(columns).unwrap_or(u16::MAX)
    }
}

/// Says which part of a width so many columns are.
pub fn share_at(columns: u16, width: u16) -> Option<Share> {
    (u32::from(columns) * Share::WHOLE).checked_div(u32::from(width)).map(Share)
}

/// The order of headlines.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// Feed by feed as in the sidebar, the newest of each first.
    Feed,
}

impl Order {
    /// Gives the one after this, round.
    #[must_use]
    pub fn next(self) -> Order {
        match self {
            Order::Newest => Order::Oldest,
            Order::Oldest => Order::Feed,
            Order::Feed => Order::Newest,
        }
    }

    /// Says it in words.
    pub fn words(self) -> &'static str {
        match self {
            Order::Newest => "the newest first",
            Order::Oldest => "the oldest first",
            Order::Feed => "feed by feed",
        }
    }
}

/// What a headline takes of the timeline, and where headings stand.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Shape {
    /// What is below one heading, where there are headings.
    pub groups: Option<Groups>,
    /// Headlines have a second line.
    pub has_beginnings: bool,
}

/// What is below one heading.
#[derive(Clone, PartialEq, Debug)]
pub enum Groups {
    /// The entries of a day, in this time zone.
    Days(TimeZone),
    /// The entries of a feed.
    Feeds,
}

impl Shape {
    /// Gives the rows that a headline takes.
    pub fn lines(&self) -> usize {
        1 + usize::from(self.has_beginnings)
    }

    /// Tells whether a heading stands between two headlines that follow each other.
    pub fn is_parted(&self, before: &Headline, after: &Headline) -> bool {
        match &self.groups {
            None => false,
            Some(Groups::Feeds) => before.feed != after.feed,
            Some(Groups::Days(zone)) => {
                let day = |row: &Headline| row.time.to_zoned(zone.clone()).date();
                day(before) != day(after)
            }
        }
    }
}

/// Makes the shape of a timeline of a scope.
pub(super) fn shape(state: &State, scope: &Scope) -> Shape {
    let is_of_one_feed = matches!(scope, Scope::Feed(_));
    let groups = match state.view.order {
        _ if matches!(searching::sort(scope, &state.subscriptions), Some(Arrangement::Best)) => None,
        Order::Feed if is_of_one_feed => None,
        Order::Feed if matches!(scope, Scope::Search(_) | Scope::Query(_)) => None,
        Order::Feed => Some(Groups::Feeds),
        Order::Newest | Order::Oldest => Some(Groups::Days(state.wishes.zone.clone())),
    };
    let groups = groups.filter(|_| state.view.has_headings);
    Shape { groups, has_beginnings: state.view.has_beginnings }
}

/// Makes the arrangement of the timeline's rows.
pub(super) fn arrangement(state: &State, scope: &Scope) -> Arrangement {
    if let Some(sorted) = searching::sort(scope, &state.subscriptions) {
        return sorted;
    }
    match state.view.order {
        // Hits stand in the order of time.
        Order::Feed if matches!(scope, Scope::Search(_)) => Arrangement::Newest,
        Order::Newest => Arrangement::Newest,
        Order::Oldest => Arrangement::Oldest,
        Order::Feed => {
            let rows = super::sidebar::all_rows(&state.subscriptions).into_iter();
            let feed = |scope| match scope {
                Scope::Feed(feed) => Some(feed),
                Scope::Unread
                | Scope::All
                | Scope::Saved
                | Scope::Folder(_)
                | Scope::Search(_)
                | Scope::Query(_) => None,
            };
            Arrangement::Feeds(rows.filter_map(|row| feed(row.scope)).collect())
        }
    }
}
