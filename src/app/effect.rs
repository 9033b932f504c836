//! Requests to the outside, as data: what `update` wants done.

use std::sync::Arc;

use super::View;
use crate::model::{
    Article, Enclosure, EntryId, FeedId, Filter, FoundList, Label, Listing, Mark, NewQuery, Positions,
    QueryId, QuerySetting, Scope, Text, Url, Window,
};
use crate::typeset::{Canvas, Manuscript, Picture};

/// Names one request, so that its answer can be told from those no longer wanted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Ticket(pub u64);

/// A request to the outside. The answer, where there is one, comes back as an event.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Keep a query.
    KeepQuery(NewQuery),
    /// Change a query that is kept.
    SetQuery {
        /// The query.
        query: QueryId,
        /// What is to be otherwise.
        setting: QuerySetting,
    },
    /// Keep a query no longer.
    RemoveQuery(QueryId),
    /// Count what filters hold, as far as that is quick.
    CountQueries(Vec<(QueryId, Filter)>),
    /// Give entries a label, or take it from them.
    Label {
        /// The entries.
        entries: Vec<EntryId>,
        /// The label.
        label: Label,
        /// Given, not taken.
        is_given: bool,
    },
    /// List all tags.
    LoadTags,
    /// Load feeds, folders and counts.
    LoadSubscriptions,
    /// Look how much each feed brings.
    LoadActivity,
    /// Load a part of a timeline; without a horizon, as of now.
    LoadRows {
        /// Comes back with the rows.
        ticket: Ticket,
        /// What the timeline holds, and in which order.
        listing: Listing,
        /// The part wanted.
        window: Window,
        /// The latest arrival that the timeline knows.
        horizon: Option<EntryId>,
    },
    /// Look for an unread entry beyond what is loaded.
    FindUnread {
        /// Comes back with the place.
        ticket: Ticket,
        /// What the timeline holds, and in which order.
        listing: Listing,
        /// Where to look.
        window: Window,
        /// The latest arrival that the timeline knows.
        horizon: EntryId,
    },
    /// Read an entry's text.
    LoadArticle {
        /// The entry.
        entry: EntryId,
    },
    /// Fetch an entry's text from its page.
    FetchPage {
        /// The entry.
        entry: EntryId,
    },
    /// Keep which of its texts is to be shown.
    RememberText {
        /// The entry.
        entry: EntryId,
        /// The text.
        text: Text,
    },
    /// Fetch the page that a link of an entry's article leads to.
    Visit {
        /// The entry.
        entry: EntryId,
        /// Where the link leads.
        url: Url,
    },
    /// Put a text on the clipboard.
    Copy(String),
    /// Write an article as Markdown, for the clipboard.
    WriteMarkdown(Arc<Article>),
    /// Keep where the reader was in an entry's texts.
    RememberPositions {
        /// The entry.
        entry: EntryId,
        /// Where.
        positions: Positions,
    },
    /// Show all in the colours of a theme, and keep its name.
    UseTheme(String),
    /// Keep how long lines are.
    RememberMeasure(u16),
    /// Keep how the screen is arranged.
    RememberView(View),
    /// Read how texts begin.
    LoadBeginnings(Vec<EntryId>),
    /// Break an article into lines.
    Typeset {
        /// The article.
        article: Arc<Article>,
        /// Columns of text.
        width: u16,
        /// How pictures have room; without it words stand for them.
        canvas: Option<Canvas>,
        /// The article as it was read before, for another width.
        manuscript: Option<Arc<Manuscript>>,
    },
    /// Load a picture, as large as it is shown.
    LoadPicture {
        /// The entry whose article shows it.
        entry: EntryId,
        /// The picture.
        picture: Picture,
    },
    /// Let go of pictures.
    ForgetPictures(Vec<Picture>),
    /// Store marks.
    Mark {
        /// Comes back when they are safe.
        ticket: Ticket,
        /// The entries.
        entries: Vec<EntryId>,
        /// The mark.
        mark: Mark,
    },
    /// Mark everything that a timeline holds.
    MarkAll {
        /// Comes back when they are safe.
        ticket: Ticket,
        /// What the timeline holds.
        listing: Listing,
        /// The part of it; all where nothing is said.
        part: Option<Window>,
        /// The mark.
        mark: Mark,
        /// The latest arrival that the timeline knows.
        horizon: EntryId,
    },
    /// Take the last step back.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Fetch feeds.
    Refresh(Feeds),
    /// Fetch no further feeds.
    StopRefresh,
    /// Let entries that came be found by their words.
    IndexWords {
        /// A search waits for it; else many are left for when one does.
        is_wanted: bool,
    },
    /// Follow a feed.
    Subscribe {
        /// Its address.
        url: Url,
        /// Its title.
        title: String,
        /// The folder to file it in.
        folder: String,
    },
    /// Stop following feeds.
    Unsubscribe {
        /// The feeds.
        feeds: Vec<FeedId>,
    },
    /// Look which feeds an address leads to.
    FindFeeds {
        /// Comes back with the feeds.
        ticket: Ticket,
        /// The address, as it was typed.
        address: String,
    },
    /// Follow a feed that was found.
    Follow {
        /// The request that found it.
        ticket: Ticket,
        /// Which of those found.
        index: usize,
        /// The folder to file it in, as a path of names.
        folder: Vec<String>,
    },
    /// Look for lists of feeds that other readers left.
    FindLists {
        /// The person asked for them.
        is_asked: bool,
    },
    /// Follow the feeds of a list.
    ImportList(FoundList),
    /// Look what is set for a feed.
    LoadFeedSettings {
        /// The feed.
        feed: FeedId,
    },
    /// Set something for feeds, as one step.
    ChangeFeeds {
        /// The feeds, each with a setting as `newsterm set` takes it.
        changes: Vec<(FeedId, String)>,
    },
    /// Read which files come with an entry.
    LoadFiles {
        /// The entry.
        entry: EntryId,
    },
    /// Open a file that comes with an entry.
    OpenFile(Enclosure),
    /// Open the page with comments on an entry.
    OpenComments {
        /// The entry.
        entry: EntryId,
    },
    /// Open an address in the browser.
    OpenInBrowser(Url),
    /// Keep the scope for the next start.
    RememberScope(Scope),
    /// Tell of something outside the terminal's window, in the way that the settings name.
    Notify(String),
    /// Write a setting into the reader's file, and have it in force.
    ChangeSetting {
        /// Its name.
        key: String,
        /// Its value, as it is written.
        value: String,
    },
    /// Read settings, keys and themes again.
    ReloadSettings,
    /// Give the terminal back to the shell, until it wakes us.
    Suspend,
    /// Leave.
    Quit,
}

/// Which feeds to fetch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Feeds {
    /// All of them.
    All,
    /// Those that have grown old.
    Due,
    /// These.
    Only(Vec<FeedId>),
}
