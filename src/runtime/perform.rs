//! Effect → task → Event. Nothing here waits; what takes time runs on tokio and sends back a fact.
//!
//! Changes of state go one after the other through one queue, in the order they were asked for.

mod articles;
mod feeds;
mod queries;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::{AbortHandle, JoinHandle, JoinSet};

use super::memory;
use crate::app::{Effect, Event, Feeds, Ticket};
use crate::config::Settings;
use crate::desk;
use crate::model::{EntryId, Failure, Listing, Mark, Step, Timestamp, Url, Window};
use crate::store::{Store, StoreError, Watch};
use crate::tasks::{self, Pictures, RefreshFact, Selection};
use crate::tui::{Painted, Painter};
use crate::typeset::Picture;
use crate::web::Web;

/// Rows loaded at a time.
const ROWS: usize = 200;

/// Sets effects off and sends their facts.
pub(super) struct Performer<W> {
    hands: Hands<W>,
    changes: mpsc::UnboundedSender<Effect>,
    changing: JoinHandle<()>,
    reading: JoinSet<()>,
    opening: Option<AbortHandle>,
    refreshing: Option<Refreshing>,
    /// Filling the index of words.
    indexing: Option<AbortHandle>,
    /// The rows that are on their way: given up when others are wanted.
    looking: Option<Arc<AtomicBool>>,
    /// The pictures that are on their way.
    loading: HashMap<Picture, AbortHandle>,
}

/// Where what was done is sent to.
pub(super) struct Outlets {
    pub(super) facts: mpsc::UnboundedSender<Event>,
    pub(super) painted: mpsc::UnboundedSender<(Picture, Painted)>,
}

/// A fetch of feeds, and the way to stop it: it notes what was answered before it ends.
struct Refreshing {
    stop: Arc<Notify>,
    work: JoinHandle<()>,
}

/// What every effect needs.
struct Hands<W> {
    store: Store,
    web: Arc<W>,
    facts: mpsc::UnboundedSender<Event>,
    settings: Arc<RwLock<Arc<Settings>>>,
    easel: Arc<Easel>,
    /// The feeds that were found last.
    found: Arc<Mutex<Option<feeds::Found>>>,
}

/// What it takes to show pictures.
struct Easel {
    pictures: Pictures,
    painter: Option<Painter>,
    painted: mpsc::UnboundedSender<(Picture, Painted)>,
}

impl<W> Clone for Hands<W> {
    fn clone(&self) -> Hands<W> {
        Hands {
            store: self.store.clone(),
            web: Arc::clone(&self.web),
            facts: self.facts.clone(),
            settings: Arc::clone(&self.settings),
            easel: Arc::clone(&self.easel),
            found: Arc::clone(&self.found),
        }
    }
}

impl<W: Web + 'static> Performer<W> {
    /// Starts the queue of changes.
    pub(super) fn start(
        store: Store,
        web: W,
        settings: Settings,
        (pictures, painter): (Pictures, Option<Painter>),
        outlets: Outlets,
    ) -> Performer<W> {
        let Outlets { facts, painted } = outlets;
        let easel = Arc::new(Easel { pictures, painter, painted });
        let hands = Hands {
            store,
            web: Arc::new(web),
            facts,
            settings: Arc::new(RwLock::new(Arc::new(settings))),
            easel,
            found: Arc::default(),
        };
        let (changes, mut queue) = mpsc::unbounded_channel();
        let own = hands.clone();
        let changing = tokio::spawn(async move {
            while let Some(effect) = queue.recv().await {
                own.change(effect).await;
            }
        });
        Performer {
            hands,
            changes,
            changing,
            reading: JoinSet::new(),
            opening: None,
            refreshing: None,
            indexing: None,
            looking: None,
            loading: HashMap::new(),
        }
    }

    /// Sets one effect off.
    #[expect(clippy::too_many_lines, reason = "a table: one line for each effect")]
    pub(super) fn perform(&mut self, effect: Effect) {
        let hands = self.hands.clone();
        match effect {
            Effect::Mark { .. }
            | Effect::MarkAll { .. }
            | Effect::Undo
            | Effect::Redo
            | Effect::Subscribe { .. }
            | Effect::Unsubscribe { .. }
            | Effect::Follow { .. }
            | Effect::ImportList(_)
            | Effect::ChangeFeeds { .. }
            | Effect::KeepQuery(_)
            | Effect::SetQuery { .. }
            | Effect::RemoveQuery(_)
            | Effect::Label { .. }
            | Effect::RememberText { .. }
            | Effect::RememberMeasure(_)
            | Effect::RememberView(_)
            | Effect::RememberPositions { .. }
            | Effect::UseTheme(_)
            | Effect::RememberScope(_) => {
                // The queue is open as long as the performer is.
                drop(self.changes.send(effect));
            }
            Effect::LoadSubscriptions => self.read(async move { hands.load_subscriptions().await }),
            Effect::CountQueries(filters) => self.read(async move { hands.count_queries(filters).await }),
            Effect::LoadTags => self.read(async move { hands.load_tags().await }),
            Effect::LoadActivity => self.read(async move { hands.load_activity().await }),
            Effect::FindFeeds { ticket, address } => {
                self.read(async move { hands.find_feeds(ticket, &address).await });
            }
            Effect::LoadFeedSettings { feed } => {
                self.read(async move { hands.load_feed_settings(feed).await });
            }
            Effect::LoadRows { ticket, listing, window, horizon } => {
                let given_up = self.give_up_rows();
                self.read(async move { hands.load_rows(ticket, listing, (window, horizon), given_up).await });
            }
            Effect::FindUnread { ticket, listing, window, horizon } => {
                self.read(async move { hands.find_unread(ticket, listing, window, horizon).await });
            }
            Effect::LoadBeginnings(entries) => self.read(async move { hands.load_beginnings(entries).await }),
            Effect::LoadArticle { entry } => self.open(async move { hands.load_article(entry).await }),
            Effect::Typeset { article, width, canvas, manuscript } => {
                self.open(async move { hands.typeset(article, width, canvas, manuscript).await });
            }
            Effect::LoadPicture { entry, picture } => self.load_picture(entry, picture),
            Effect::ForgetPictures(pictures) => self.forget_pictures(&pictures),
            Effect::Visit { entry, url } => self.read(async move { hands.visit(entry, url).await }),
            Effect::FetchPage { entry } => self.read(async move { hands.fetch_page(entry).await }),
            Effect::Refresh(feeds) => {
                let stop = Arc::new(Notify::new());
                let stopped = Arc::clone(&stop);
                let (own, (ended, has_ended)) = (hands.clone(), oneshot::channel());
                let work = tokio::spawn(async move {
                    hands.refresh(feeds, &stopped).await;
                    // Nobody waits for it once the reader has left.
                    ended.send(()).unwrap_or_default();
                });
                self.refreshing = Some(Refreshing { stop, work });
                self.read(async move { own.forget(has_ended).await });
            }
            Effect::StopRefresh => self.stop_refresh(),
            Effect::IndexWords { is_wanted } => self.index_words(is_wanted),
            Effect::FindLists { is_asked } => self.read(async move { hands.find_lists(is_asked).await }),
            Effect::LoadFiles { entry } => self.read(async move { hands.load_files(entry).await }),
            Effect::OpenComments { entry } => self.read(async move { hands.open_comments(entry).await }),
            Effect::OpenFile(file) => hands.open_file(&file),
            Effect::OpenInBrowser(url) => hands.open_in_browser(&url),
            Effect::WriteMarkdown(article) => self.read(async move { hands.write_markdown(article).await }),
            // These are the terminal's.
            Effect::Copy(_)
            | Effect::Notify(_)
            | Effect::ChangeSetting { .. }
            | Effect::ReloadSettings
            | Effect::Suspend
            | Effect::Quit => {}
        }
    }

    /// Tells from now on when another process changes the library.
    pub(super) async fn watch(&self) -> Option<Watch> {
        let hands = self.hands.clone();
        self.hands.store.watch(move || hands.send(Event::LibraryChanged)).await
    }

    /// Ends what can be had again, and waits for what cannot.
    pub(super) async fn finish(mut self) {
        self.reading.abort_all();
        if let Some(Refreshing { stop, work }) = self.refreshing {
            stop.notify_one();
            if work.await.is_err() {
                tracing::error!("the refresh ended in a panic");
            }
        }
        drop(self.changes);
        if self.changing.await.is_err() {
            tracing::error!("the queue of changes ended in a panic");
        }
    }

    /// Waits for all that is being read; changes are not waited for.
    #[cfg(test)]
    pub(super) async fn rest(&mut self) {
        while self.reading.join_next().await.is_some() {}
        if let Some(Refreshing { work, .. }) = self.refreshing.take() {
            work.await.unwrap();
        }
    }

    fn read(&mut self, work: impl Future<Output = ()> + Send + 'static) {
        while self.reading.try_join_next().is_some() {}
        self.reading.spawn(work);
    }

    /// Has other settings in force from now on.
    pub(super) fn use_settings(&self, settings: Settings) {
        *self.hands.settings.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(settings);
    }

    /// Fills the index, unless that is being done: what comes meanwhile is taken along.
    fn index_words(&mut self, is_wanted: bool) {
        if self.indexing.as_ref().is_none_or(AbortHandle::is_finished) {
            let hands = self.hands.clone();
            self.indexing = Some(self.reading.spawn(async move { hands.index_words(is_wanted).await }));
        }
    }

    /// Gives up rows that are on their way: a timeline wants one part at a time.
    fn give_up_rows(&mut self) -> Arc<AtomicBool> {
        let given_up = Arc::new(AtomicBool::new(false));
        if let Some(before) = self.looking.replace(Arc::clone(&given_up)) {
            before.store(true, Ordering::Relaxed);
        }
        given_up
    }

    /// Ends the fetch under way. What it stored stays: each feed is stored whole or not at all.
    fn stop_refresh(&mut self) {
        if let Some(Refreshing { stop, .. }) = self.refreshing.take() {
            stop.notify_one();
        }
    }

    fn load_picture(&mut self, entry: EntryId, picture: Picture) {
        self.loading.retain(|_, work| !work.is_finished());
        let (hands, wanted) = (self.hands.clone(), picture.clone());
        let handle = self.reading.spawn(async move { hands.load_picture(entry, wanted).await });
        self.loading.insert(picture, handle);
    }

    /// Gives up pictures that are still on their way.
    fn forget_pictures(&mut self, pictures: &[Picture]) {
        for work in pictures.iter().filter_map(|picture| self.loading.remove(picture)) {
            work.abort();
        }
    }

    /// Works on the article wanted last; one that was still being made is given up.
    fn open(&mut self, work: impl Future<Output = ()> + Send + 'static) {
        while self.reading.try_join_next().is_some() {}
        let handle = self.reading.spawn(work);
        if let Some(before) = self.opening.replace(handle) {
            before.abort();
        }
    }
}

impl<W: Web + 'static> Hands<W> {
    /// Gives the settings in force.
    fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings.read().unwrap_or_else(PoisonError::into_inner))
    }

    async fn load_subscriptions(&self) {
        match self.store.subscriptions().await {
            Ok(subscriptions) => self.send(Event::SubscriptionsLoaded(subscriptions)),
            Err(error) => self.send(Event::SubscriptionsFailed(failure("cannot load the feeds", &error))),
        }
    }

    async fn load_activity(&self) {
        match self.store.feed_activity(Timestamp::now()).await {
            Ok(activity) => self.send(Event::ActivityLoaded(activity)),
            Err(error) => self.send(Event::ActivityFailed(failure("cannot look at the feeds", &error))),
        }
    }

    async fn load_rows(
        &self,
        ticket: Ticket,
        listing: Listing,
        (window, horizon): (Window, Option<EntryId>),
        given_up: Arc<AtomicBool>,
    ) {
        let load = async {
            let horizon = match horizon {
                Some(horizon) => horizon,
                None => self.store.horizon().await?,
            };
            let rows = self.store.window_unless(given_up, listing, window, horizon, ROWS).await?;
            Ok(Event::RowsLoaded { ticket, horizon, rows })
        };
        let loaded: Result<Event, StoreError> = load.await;
        // Nobody waits for them.
        if matches!(loaded, Err(StoreError::GivenUp)) {
            return;
        }
        self.send(loaded.unwrap_or_else(|error| Event::RowsFailed {
            ticket,
            failure: failure("cannot load the headlines", &error),
        }));
    }

    async fn find_unread(&self, ticket: Ticket, mut listing: Listing, window: Window, horizon: EntryId) {
        listing.filter.read = Some(false);
        let found = self.store.window(listing, window, horizon, 1).await;
        let sought = found.map(|rows| {
            let place = rows.headlines.first().map(crate::model::Headline::place);
            Event::UnreadSought { ticket, place }
        });
        self.send(sought.unwrap_or_else(|error| Event::RowsFailed {
            ticket,
            failure: failure("cannot look for unread entries", &error),
        }));
    }

    async fn refresh(&self, feeds: Feeds, stopped: &Notify) {
        let now = Timestamp::now();
        let selection = match feeds {
            Feeds::All => Selection::All,
            Feeds::Only(feeds) => Selection::Only(feeds),
            Feeds::Due => Selection::Due,
        };
        let report = |fact| match fact {
            RefreshFact::Planned { feeds } => self.send(Event::RefreshPlanned { feeds }),
            RefreshFact::Fetched(fetched) => {
                self.send(Event::FeedFetched { feed: fetched.feed, outcome: fetched.outcome });
            }
        };
        let every = self.settings().refresh.every;
        let stopped = stopped.notified();
        let refreshing = tasks::refresh(&self.store, &self.web, &selection, (every, now), report, stopped);
        if let Err(error) = refreshing.await {
            self.fail("cannot refresh", &error);
        }
        self.send(Event::RefreshEnded);
    }

    /// Lets entries go once a refresh has ended, as the settings say.
    async fn forget(&self, has_ended: oneshot::Receiver<()>) {
        // A refresh that ended in a panic is over, too.
        has_ended.await.unwrap_or_default();
        match tasks::forget(&self.store, &self.settings().keep, Timestamp::now()).await {
            Ok(0) => {}
            // Counts and rows may hold what went.
            Ok(_) => self.send(Event::LibraryChanged),
            Err(error) => self.fail("cannot let old entries go", &error),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table: one line for each effect")]
    async fn change(&self, effect: Effect) {
        let now = Timestamp::now();
        match effect {
            Effect::Mark { ticket, entries, mark } => {
                let event = match self.store.mark(entries, mark, now).await {
                    Ok(_) => Event::MarkStored { ticket },
                    Err(error) => Event::MarkFailed { ticket, failure: failure("cannot mark", &error) },
                };
                self.send(event);
            }
            Effect::MarkAll { ticket, listing, part, mark, horizon } => {
                self.mark_all(ticket, (listing, part), mark, (horizon, now)).await;
            }
            Effect::Undo => self.tell(self.store.undo().await.map(Event::StepUndone), "cannot undo"),
            Effect::Redo => self.tell(self.store.redo().await.map(Event::StepRedone), "cannot redo"),
            Effect::Subscribe { url, title, folder } => self.subscribe(url, title, folder, now).await,
            Effect::Unsubscribe { feeds } => {
                let removed = self.store.remove(feeds, now).await;
                self.tell(removed.map(|_| Event::FeedUnsubscribed), "cannot remove the feed");
            }
            Effect::Follow { ticket, index, folder } => self.follow(ticket, index, folder, now).await,
            Effect::ImportList(list) => self.import_list(&list, now).await,
            Effect::ChangeFeeds { changes } => self.change_feeds(&changes, now).await,
            Effect::KeepQuery(new) => self.query_changed(self.store.keep_query(new, now).await, true),
            Effect::SetQuery { query, setting } => {
                self.query_changed(self.store.set_query(query, vec![setting], now).await, false);
            }
            Effect::RemoveQuery(query) => {
                let removed = self.store.remove_query(query, now).await;
                self.tell(removed.map(|()| Event::QueriesChanged), "cannot remove the query");
            }
            Effect::Label { entries, label, is_given } => {
                let labelled = self.store.label(entries, label.clone(), is_given, now).await;
                let event = |entries| Event::Labelled { entries, label, is_given };
                self.tell(labelled.map(event), "cannot tag");
            }
            Effect::RememberText { .. }
            | Effect::RememberPositions { .. }
            | Effect::RememberMeasure(_)
            | Effect::RememberView(_)
            | Effect::UseTheme(_)
            | Effect::RememberScope(_) => self.remember(effect).await,
            Effect::LoadSubscriptions
            | Effect::CountQueries(_)
            | Effect::LoadTags
            | Effect::LoadActivity
            | Effect::FindFeeds { .. }
            | Effect::LoadFeedSettings { .. }
            | Effect::LoadRows { .. }
            | Effect::LoadBeginnings(_)
            | Effect::FindUnread { .. }
            | Effect::LoadArticle { .. }
            | Effect::FetchPage { .. }
            | Effect::Visit { .. }
            | Effect::Copy(_)
            | Effect::Notify(_)
            | Effect::ChangeSetting { .. }
            | Effect::ReloadSettings
            | Effect::WriteMarkdown(_)
            | Effect::Typeset { .. }
            | Effect::LoadPicture { .. }
            | Effect::ForgetPictures(_)
            | Effect::Refresh(_)
            | Effect::StopRefresh
            | Effect::IndexWords { .. }
            | Effect::LoadFiles { .. }
            | Effect::FindLists { .. }
            | Effect::OpenFile(_)
            | Effect::OpenComments { .. }
            | Effect::OpenInBrowser(_)
            | Effect::Suspend
            | Effect::Quit => unreachable!("only changes are queued"),
        }
    }

    async fn mark_all(
        &self,
        ticket: Ticket,
        (listing, part): (Listing, Option<Window>),
        mark: Mark,
        (horizon, now): (EntryId, Timestamp),
    ) {
        let marked = match part {
            None => self.store.mark_all(listing.filter, mark, horizon, now).await,
            Some(part) => self.store.mark_part(listing, part, mark, horizon, now).await,
        };
        self.send(match marked {
            Ok(entries) => Event::AllMarked { ticket, step: Step::Marked(mark, entries) },
            Err(error) => Event::MarkFailed { ticket, failure: failure("cannot mark the list", &error) },
        });
    }

    /// Reads how texts begin; what cannot be read stays empty.
    async fn load_beginnings(&self, entries: Vec<EntryId>) {
        match tasks::beginnings(&self.store, entries).await {
            Ok(beginnings) => self.send(Event::BeginningsLoaded(beginnings)),
            Err(error) => tracing::warn!(%error, "the beginnings of texts were not read"),
        }
    }

    /// Keeps what the reader left off with; what cannot be kept is no trouble.
    async fn remember(&self, effect: Effect) {
        if let Err(error) = memory::remember(&self.store, effect, &self.settings()).await {
            tracing::warn!(%error, "what the reader left off with was not kept");
        }
    }

    fn open_in_browser(&self, url: &Url) {
        let hands = self.clone();
        let failed = move |error| hands.fail("cannot open the browser", &error);
        if let Err(error) = desk::open_in_browser(url, &self.settings().browser, failed) {
            self.fail("cannot open the browser", &error);
        }
    }

    fn tell(&self, result: Result<Event, StoreError>, what: &str) {
        match result {
            Ok(event) => self.send(event),
            Err(error) => self.fail(what, &error),
        }
    }

    fn fail(&self, what: &str, error: &dyn std::error::Error) {
        self.send(Event::Failed(failure(what, error)));
    }

    /// Says why something was not done, which is no fault.
    fn refuse(&self, why: &str) {
        let why = why.to_owned();
        self.send(Event::Failed(Failure { what: "not changed".to_owned(), why, hint: None }));
    }

    fn send(&self, event: Event) {
        // Nobody listens once the reader has left.
        drop(self.facts.send(event));
    }
}

/// Makes a failure for the screen of an error, which the log gets too.
fn failure(what: &str, error: &dyn std::error::Error) -> Failure {
    tracing::error!(%error, "{what}");
    Failure::new(what, error)
}
