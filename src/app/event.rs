//! Facts from outside, in the past tense.

use std::sync::Arc;

use super::{Keys, Size, Ticket, Wishes};
use crate::model::{
    Activity, Article, Enclosure, EntryId, Failure, FeedId, FeedOutcome, FeedPreview, FeedSettings,
    FoundList, Label, PageProblem, PixelSize, Place, QueryId, Rows, Step, Subscriptions, Text, Texts, Url,
};
use crate::typeset::{Page, Picture};

/// A fact from outside.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// The first frame is on the screen, and feeds that have grown old may be fetched.
    Started,
    /// A feed is to be fetched by itself.
    FeedsDue,
    /// The terminal has another size.
    Resized(Size),
    /// A visible age was due to change.
    ClockTicked,
    /// Feeds, folders and counts were loaded.
    SubscriptionsLoaded(Subscriptions),
    /// Feeds, folders and counts could not be loaded.
    SubscriptionsFailed(Failure),
    /// How much each feed brings was looked up.
    ActivityLoaded(Vec<(FeedId, Activity)>),
    /// How much each feed brings could not be looked up.
    ActivityFailed(Failure),
    /// Rows, or an unread entry, could not be had.
    RowsFailed {
        /// The request.
        ticket: Ticket,
        /// Why.
        failure: Failure,
    },
    /// A picture is ready to be drawn.
    PictureLoaded {
        /// The picture.
        picture: Picture,
        /// Its own size.
        size: PixelSize,
    },
    /// A picture cannot be shown.
    PictureFailed(Picture),
    /// An article could not be had.
    ArticleFailed {
        /// The entry.
        entry: EntryId,
        /// Why.
        failure: Failure,
    },
    /// A part of a timeline was loaded.
    RowsLoaded {
        /// The request.
        ticket: Ticket,
        /// The latest arrival when it was loaded.
        horizon: EntryId,
        /// The rows.
        rows: Rows,
    },
    /// The files that come with an entry were read.
    FilesLoaded {
        /// The entry.
        entry: EntryId,
        /// The files.
        files: Vec<Enclosure>,
    },
    /// Settings, keys and themes were read again.
    SettingsRead {
        /// The settings that bear on the reader.
        wishes: Box<Wishes>,
        /// All settings with a few values, as they are in force.
        settings: Vec<(String, String)>,
        /// The keys of each action.
        keys: Keys,
        /// The names of all themes.
        themes: Vec<String>,
        /// What is wrong with them, or that all is well.
        notice: Result<String, String>,
    },
    /// Lists of feeds that other readers left were looked for.
    ListsFound {
        /// The lists.
        lists: Vec<FoundList>,
        /// The person asked for them.
        is_asked: bool,
    },
    /// The feeds of a list are followed.
    ListImported {
        /// How many are new.
        added: usize,
    },
    /// The feed names no page with comments on the entry.
    NoComments,
    /// How texts begin was read.
    BeginningsLoaded(Vec<(EntryId, String)>),
    /// An unread entry was looked for.
    UnreadSought {
        /// The request.
        ticket: Ticket,
        /// Where it stands, if there is one.
        place: Option<Place>,
    },
    /// An entry was read; none when it is gone.
    ArticleLoaded {
        /// The entry.
        entry: EntryId,
        /// Its texts.
        texts: Option<Texts>,
    },
    /// An entry's text was fetched from its page.
    PageFetched {
        /// The entry.
        entry: EntryId,
        /// The page's article.
        article: Arc<Article>,
    },
    /// An entry's page gave no text.
    PageFailed {
        /// The entry.
        entry: EntryId,
        /// Why.
        problem: PageProblem,
    },
    /// The page of a link was fetched.
    Visited {
        /// The entry whose article held the link.
        entry: EntryId,
        /// Where the link leads.
        url: Url,
        /// The page's article.
        article: Arc<Article>,
    },
    /// The page of a link cannot be shown.
    NotVisited {
        /// Where the link leads.
        url: Url,
        /// Why.
        problem: PageProblem,
    },
    /// An article was written as Markdown.
    MarkdownWritten(String),
    /// An article was broken into lines.
    ArticleTypeset {
        /// The entry.
        entry: EntryId,
        /// Which of its texts.
        text: Text,
        /// Where the article lies: not at the entry's address where a link was followed.
        link: Option<Url>,
        /// Its lines, or the first ones.
        page: Arc<Page>,
    },
    /// Marks are safe.
    MarkStored {
        /// The request.
        ticket: Ticket,
    },
    /// Marks could not be stored.
    MarkFailed {
        /// The request.
        ticket: Ticket,
        /// Why.
        failure: Failure,
    },
    /// Everything a timeline holds was marked, and that is safe.
    AllMarked {
        /// The request.
        ticket: Ticket,
        /// What was changed.
        step: Step,
    },
    /// The last step was taken back; none when there was none.
    StepUndone(Option<Step>),
    /// A step was done again; none when there was none.
    StepRedone(Option<Step>),
    /// The feeds to fetch are known.
    RefreshPlanned {
        /// Which ones.
        feeds: Vec<FeedId>,
    },
    /// A feed's fetch ended.
    FeedFetched {
        /// The feed.
        feed: FeedId,
        /// How it ended.
        outcome: FeedOutcome,
    },
    /// All fetches ended.
    RefreshEnded,
    /// An address leads to feeds.
    FeedsFound {
        /// The request.
        ticket: Ticket,
        /// The feeds, the likeliest first.
        feeds: Vec<FeedPreview>,
    },
    /// An address leads to no feed.
    FeedsNotFound {
        /// The request.
        ticket: Ticket,
        /// Why, in plain words.
        reason: String,
    },
    /// What is set for a feed was looked up.
    FeedSettingsLoaded {
        /// The feed.
        feed: FeedId,
        /// What is set.
        settings: Box<FeedSettings>,
    },
    /// Feeds are set otherwise now.
    FeedsChanged {
        /// The names of the settings that differ.
        names: Vec<String>,
    },
    /// A query is kept now.
    QueryKept(QueryId),
    /// Another query has that title; nothing is changed.
    QueryTitleTaken,
    /// Queries that are kept are otherwise now.
    QueriesChanged,
    /// What filters of queries hold was counted.
    QueriesCounted(Vec<(QueryId, u64, bool)>),
    /// Entries were given a label, or it was taken from them.
    Labelled {
        /// Those that differ.
        entries: Vec<EntryId>,
        /// The label.
        label: Label,
        /// Given, not taken.
        is_given: bool,
    },
    /// All tags were listed.
    TagsLoaded(Vec<String>),
    /// Rules did something with new entries.
    RulesRan {
        /// The titles of rules that are to be told of, and what they selected.
        told: Vec<(String, Vec<EntryId>)>,
    },
    /// Another process changed the library.
    LibraryChanged,
    /// More entries can be found by their words.
    Indexed {
        /// How many cannot yet.
        left: u32,
    },
    /// A feed that was found is followed now, with its entries.
    FeedFollowed,
    /// A feed is followed now.
    FeedSubscribed(FeedId),
    /// A feed is no longer followed.
    FeedUnsubscribed,
    /// Something could not be done.
    Failed(Failure),
    /// The system wants the program to end.
    Terminated,
}
