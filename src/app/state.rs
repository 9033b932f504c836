//! Everything the screen shows, as data. `update` is the only writer.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::tz::TimeZone;

use super::age::{next_change, next_wait_change};
use super::panes::panes_at;
use super::{
    Border, Catalogue, Command, Effect, FeedForm, FileList, FoundFeeds, FoundLists, HealthList, Hints, Keys,
    Palette, Pictures, Pointer, Prompt, QueryForm, Reader, Sidebar, Size, Ticket, Timeline, View,
    health_areas, next_fetch, panes, view,
};
use crate::config::MarkRead;
use crate::model::{
    Activity, EntryId, FeedId, FeedState, FoundList, Health, Listing, Mark, PixelSize, QueryId, Scope,
    Subscriptions, Text, Timestamp, Url,
};

/// The state of the reader.
#[derive(Clone, PartialEq, Debug)]
pub struct State {
    /// The terminal's size.
    pub size: Size,
    /// The clock, as of the message handled last.
    pub now: Timestamp,
    /// The pane that keys go to.
    pub focus: Pane,
    /// What the reader follows.
    pub subscriptions: Subscriptions,
    /// How much each feed brings; looked up for the pane of the feeds' health.
    pub activity: HashMap<FeedId, Activity>,
    /// The left pane.
    pub sidebar: Sidebar,
    /// The middle pane.
    pub timeline: Timeline,
    /// The right pane.
    pub reader: Reader,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// The fetch under way.
    pub refresh: Option<Progress>,
    /// What the status line says until the next key.
    pub notice: Option<Notice>,
    /// The settings that bear on the reader.
    pub wishes: Wishes,
    /// How the screen is arranged.
    pub view: View,
    /// The latest entry that was there when the reader was left last.
    pub seen: EntryId,
    /// Another process changed the library: the counts on their way tell what it brought.
    pub(super) is_changed_elsewhere: bool,
    /// What is unread of the queries in the sidebar, and whether there may be more.
    pub query_counts: HashMap<QueryId, (u64, bool)>,
    pub(super) query_counts_load: Load,
    /// A query that was just kept, and is to be shown.
    pub(super) wanted_query: Option<QueryId>,
    /// All tags, as they were last.
    pub tags: Vec<String>,
    /// What was shown before the search that is shown.
    pub(super) searched_from: Option<Scope>,
    /// Entries that no search finds yet.
    pub unindexed: u32,
    /// How texts begin, of headlines that were in sight.
    pub beginnings: HashMap<EntryId, String>,
    /// The border that the mouse holds.
    pub(super) dragged: Option<Border>,
    /// Feeds to begin with.
    pub catalogue: Catalogue,
    /// Lists of feeds that other readers left; none while nobody looked.
    pub lists: Option<Vec<FoundList>>,
    /// Settings of a few values, as they are in force.
    pub settings: Vec<(String, String)>,
    /// The keys of each action, for the help.
    pub keys: Keys,
    /// Commands of the palette, the one used last first.
    pub(super) commands: Vec<Command>,
    /// The names of all themes; the first is what suits the terminal.
    pub themes: Vec<String>,
    /// The name of the theme in use.
    pub theme: String,
    /// The feed or folder that was taken, to be filed elsewhere.
    pub(super) cut: Option<Scope>,
    /// The line that is being typed.
    pub prompt: Option<Prompt>,
    /// Letters beside links, while one is being chosen.
    pub hints: Option<Hints>,
    /// The link that was followed last, while its page is on its way.
    pub visiting: Option<Url>,
    /// What is known of pictures.
    pub pictures: Pictures,
    /// The article is shown alone.
    pub zen: bool,
    /// Entries whose pages are on their way.
    pub fetching: HashSet<EntryId>,
    /// Which of its texts the reader chose for an entry.
    pub(super) chosen: HashMap<EntryId, Text>,
    /// When feeds were last fetched by themselves; none where that is not wanted.
    pub(super) fetched_due: Option<Timestamp>,
    /// Feeds followed during a refresh, to be fetched after it.
    pub(super) waiting: Vec<FeedId>,
    pub(super) subscriptions_load: Load,
    pub(super) activity_load: Load,
    /// What fetches told of feeds and the store may not know yet.
    pub(super) answers: HashMap<FeedId, Answer>,
    /// Marks shown and not yet safe.
    pub(super) unsafe_marks: Vec<UnsafeMark>,
    /// Counts were loaded while marks were on their way.
    pub(super) counts_in_doubt: bool,
    pub(super) tickets: u64,
    /// The last press of the mouse, and when.
    pub(super) press: Option<(Pointer, Timestamp)>,
}

/// One of the three panes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pane {
    /// Feeds and folders.
    Sidebar,
    /// Headlines.
    Timeline,
    /// The article.
    Reader,
}

/// What lies over the panes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Overlay {
    /// The keys.
    Help {
        /// The first line shown.
        top: usize,
        /// What is looked for in them.
        query: String,
        /// The pane of the feeds' health that they lie over, if they do.
        behind: Option<HealthList>,
    },
    /// The starter catalogue.
    Catalogue {
        /// The selected offer.
        cursor: usize,
    },
    /// How each feed has been answering.
    Health(HealthList),
    /// What can be done or gone to, by its name.
    Palette(Palette),
    /// The feeds that an address leads to.
    FoundFeeds(FoundFeeds),
    /// The settings of a feed.
    Form(FeedForm),
    /// What is set for a query that is kept.
    QueryForm(QueryForm),
    /// The files that come with an entry.
    Files(FileList),
    /// Lists of feeds that other readers left.
    Lists(FoundLists),
}

/// How far a refresh has come.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Progress {
    /// The person asked for it, and wants to hear how it ended.
    pub asked: bool,
    /// Feeds to fetch; unknown at first.
    pub total: Option<usize>,
    /// Feeds that are to be fetched yet.
    pub pending: HashSet<FeedId>,
    /// Feeds fetched.
    pub done: usize,
    /// Feeds that failed.
    pub failed: usize,
    /// Feeds not asked, because their servers want to be left alone.
    pub left_alone: usize,
    /// New entries.
    pub new: usize,
    /// New entries by feed.
    pub news: HashMap<FeedId, usize>,
}

/// A word to the reader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// What is said.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
}

/// How a notice is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Something was done.
    Plain,
    /// Something failed.
    Problem,
}

/// The settings that bear on the reader.
#[derive(Clone, PartialEq, Debug)]
pub struct Wishes {
    /// When an article counts as read.
    pub mark_read: MarkRead,
    /// Columns of text in the article pane.
    pub measure: u16,
    /// Pictures are shown in articles.
    pub pictures: bool,
    /// The size of a cell of the terminal, where it can show pictures.
    pub cell: Option<PixelSize>,
    /// The network is not to be touched.
    pub offline: bool,
    /// The screen is read aloud: one pane, words for signs, no lines.
    pub is_linear: bool,
    /// The folders of whose new entries is told outside; none where that is not wanted.
    pub notify: Option<Vec<String>>,
    /// Where the reader is: days begin there at midnight.
    pub zone: TimeZone,
}

/// A load of which one runs at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Load {
    /// None runs.
    Idle,
    /// One runs.
    Running,
    /// One runs, and what it loads is out of date already.
    Stale,
}

/// How a feed's last fetch left it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Answer {
    /// When it had been asked before: as long as the store says so, it does not know yet.
    pub(super) before: Option<Timestamp>,
    /// Its health since.
    pub(super) health: Health,
}

/// Marks shown and not yet safe: taken back if storing fails.
///
/// Safe ones are kept while rows are on their way that may have been read before them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct UnsafeMark {
    pub(super) ticket: Ticket,
    pub(super) entries: Vec<(EntryId, FeedId)>,
    pub(super) mark: Mark,
    pub(super) safe: bool,
}

impl State {
    /// Starts with a scope; nothing is loaded yet.
    pub fn new(size: Size, now: Timestamp, wishes: Wishes, scope: Scope) -> State {
        State {
            size,
            now,
            focus: Pane::Timeline,
            subscriptions: Subscriptions::default(),
            activity: HashMap::new(),
            sidebar: Sidebar { cursor: scope.clone(), top: 0 },
            timeline: Timeline::of(scope, false, Default::default()),
            reader: Reader::default(),
            overlay: None,
            refresh: None,
            notice: None,
            wishes,
            view: View::default(),
            seen: EntryId(0),
            is_changed_elsewhere: false,
            query_counts: HashMap::new(),
            query_counts_load: Load::Idle,
            wanted_query: None,
            tags: Vec::new(),
            searched_from: None,
            unindexed: 0,
            beginnings: HashMap::new(),
            dragged: None,
            catalogue: Catalogue::embedded(),
            lists: None,
            prompt: None,
            hints: None,
            visiting: None,
            pictures: Pictures::default(),
            zen: false,
            fetching: HashSet::new(),
            chosen: HashMap::new(),
            unsafe_marks: Vec::new(),
            settings: Vec::new(),
            keys: Keys::new(),
            commands: Vec::new(),
            cut: None,
            themes: Vec::new(),
            theme: String::new(),
            fetched_due: None,
            waiting: Vec::new(),
            subscriptions_load: Load::Idle,
            activity_load: Load::Idle,
            answers: HashMap::new(),
            counts_in_doubt: false,
            tickets: 0,
            press: None,
        }
    }

    /// Asks for what the first frame shows.
    pub fn start(&mut self) -> Vec<Effect> {
        self.load_subscriptions()
    }

    /// Asks for feeds and counts; once more after the answer under way, should there be one.
    pub(super) fn load_subscriptions(&mut self) -> Vec<Effect> {
        let running = self.subscriptions_load != Load::Idle;
        self.subscriptions_load = if running { Load::Stale } else { Load::Running };
        if running { Vec::new() } else { vec![Effect::LoadSubscriptions] }
    }

    /// Arranges the screen as it was left.
    pub fn arrange(&mut self, view: View) {
        self.view = view;
        let scope = self.timeline.scope.clone();
        self.timeline = self.timeline_of(scope, false);
    }

    /// Begins a timeline of a scope.
    pub(super) fn timeline_of(&self, scope: Scope, unread_only: bool) -> Timeline {
        let shape = view::shape(self, &scope);
        let arrangement = view::arrangement(self, &scope);
        Timeline::of(scope, unread_only, (shape, arrangement))
    }

    /// Says which rows the timeline holds, and in which order.
    pub(super) fn listing(&self) -> Listing {
        Listing { filter: self.filter(), arrangement: view::arrangement(self, &self.timeline.scope) }
    }

    /// Says something with the first frame, such as a mistake in the settings.
    pub fn greet(&mut self, words: Option<String>) {
        if let Some(words) = words {
            self.complain(words);
        }
    }

    /// Rows of headlines in sight; a few where the pane is not shown, so that moves still move.
    pub fn timeline_height(&self) -> usize {
        panes(self).timeline.map_or(1, |pane| usize::from(pane.body.height))
    }

    /// Lines of the article in sight.
    pub fn reader_height(&self) -> usize {
        panes(self).reader.map_or(1, |pane| usize::from(pane.body.height))
    }

    /// Lines of the article in sight while it is read, whether or not it is now.
    pub(super) fn reading_height(&self) -> usize {
        let panes = panes_at(self, Pane::Reader);
        panes.reader.map_or(1, |pane| usize::from(pane.body.height))
    }

    /// Rows of the sidebar in sight.
    pub fn sidebar_height(&self) -> usize {
        panes(self).sidebar.map_or(1, |pane| usize::from(pane.body.height))
    }

    /// Notes a press of the mouse; tells whether it is the second on the same cell within a time.
    pub(super) fn is_double_press(&mut self, pointer: Pointer, time: Duration) -> bool {
        let before = self.press.take();
        let is_double = before.is_some_and(|(press, at)| {
            press == pointer && Duration::try_from(self.now.duration_since(at)).is_ok_and(|gone| gone <= time)
        });
        if !is_double {
            self.press = Some((pointer, self.now));
        }
        is_double
    }

    /// Tells whether keys are letters that are typed, and not actions.
    pub fn is_typing(&self) -> bool {
        self.prompt.is_some() || self.hints.is_some()
    }

    /// Gives the entry that keys such as `m` and `s` are about.
    pub fn current(&self) -> Option<EntryId> {
        match self.focus {
            Pane::Reader => self.reader.entry.or(self.timeline.cursor),
            // No key is about an entry that nobody sees.
            Pane::Sidebar if panes(self).timeline.is_none() => None,
            Pane::Sidebar | Pane::Timeline => self.timeline.cursor,
        }
    }

    /// Gives the moment at which a visible age changes.
    pub fn next_tick(&self) -> Option<Timestamp> {
        if let Some(Overlay::Health(list)) = &self.overlay {
            return self.next_health_tick(list);
        }
        let panes = panes(self);
        let rows = self.timeline.in_sight(self.timeline_height()).iter();
        let rows = rows.filter(|_| panes.timeline.is_some()).map(|row| row.time);
        let article = self.reader.article.as_ref().filter(|_| panes.reader.is_some());
        let article = article.and_then(|article| article.published);
        rows.chain(article).map(|time| next_change(time, self.now)).min()
    }

    /// Gives the moment at which a feed is to be fetched by itself.
    pub fn next_refresh(&self) -> Option<Timestamp> {
        const PAUSE: i64 = 60;
        let last = self.fetched_due.filter(|_| self.refresh.is_none())?;
        let active = self.subscriptions.feeds.iter().filter(|feed| feed.health.state == FeedState::Active);
        let due = active.filter_map(|feed| feed.health.next_due).min()?;
        // What fails at once is due again at once.
        Some(due.max(Timestamp::from_second(last.as_second() + PAUSE).unwrap_or(last)))
    }

    /// The same where the pane of the feeds' health covers the headlines.
    fn next_health_tick(&self, list: &HealthList) -> Option<Timestamp> {
        let shown = list.rows.iter().skip(list.top).take(health_areas(self.size).list.height.into());
        let feeds = shown.chain(&list.cursor).filter_map(|feed| self.subscriptions.get(*feed));
        let changes = feeds.flat_map(|feed| {
            let health = &feed.health;
            let newest = self.activity.get(&feed.feed).and_then(|activity| activity.newest);
            let ages = [health.checked, health.succeeded, newest];
            let aging = ages.into_iter().flatten().map(|time| next_change(time, self.now));
            aging.chain(next_fetch(health).and_then(|due| next_wait_change(due, self.now)))
        });
        changes.min()
    }

    /// Gives a new ticket.
    pub(super) fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), tone: Tone::Plain });
    }

    pub(super) fn complain(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), tone: Tone::Problem });
    }
}
