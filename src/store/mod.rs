//! Floor 2: the library on disk, and the only place with SQL.
//!
//! One thread writes, a few connections read; marks go ahead of fetched content and are on disk
//! before they are acknowledged. Lists walk narrow rows by key; bodies lie apart.

mod activity;
mod adopt;
mod article;
mod back_up;
mod column;
mod condition;
mod doctor;
mod error;
mod fetch_notes;
mod fetches;
mod hits;
mod holds;
mod index;
mod ingest;
mod journal;
mod labels;
mod lock;
mod marks;
mod memory;
mod newsboat;
mod open;
mod pages;
mod positions;
#[cfg(test)]
mod queries;
mod retention;
mod rules;
#[cfg(test)]
mod sample;
mod saved_queries;
mod settings;
mod sites;
mod skips;
mod subscriptions;
mod timeline;
mod watch;
mod writer;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

pub use adopt::{Adopted, Kept};
pub use article::StoredEntry;
pub use back_up::{back_up, restore};
pub use doctor::{Depth, Examination, FeedSize, MISCOUNTED, Optimised, Work, examine, optimise};
pub use error::StoreError;
pub use fetch_notes::{Address, FetchNote};
pub use fetches::{FetchPlan, Validators};
pub use index::{Indexed, IndexedWords, Unindexed, UnindexedTexts};
pub use ingest::Ingested;
use lock::Lock;
pub use newsboat::{CachedFeed, CachedState, NewsboatCache, NewsboatError};
pub use pages::StoredPage;
pub use retention::{Limit, Protection};
pub use rules::{Rule, RuleHits, RuleTrace};
use rusqlite::{Connection, Transaction};
pub use saved_queries::QueryOutcome;
pub use settings::SettingsChange;
pub use subscriptions::NewSubscription;
use timeline::Reach;
pub use watch::Watch;
use writer::{Urgency, Writer};

use crate::feed;
use crate::model::{
    Activity, EntryId, FeedId, FeedSetting, FeedSettings, Filter, Listing, Mark, ParsedFeed, Rows, Step,
    Subscriptions, Timestamp, Url, Window,
};

/// Entries written in one transaction: keeps a batch well below 50 ms.
const BATCH: usize = 100;

/// Steps of SQLite's machine between two looks whether a result is still wanted: well below a millisecond.
const STEPS_BETWEEN_LOOKS: i32 = 10_000;

/// Rows looked at one by one before what was found so far is shown.
const LOOKS: usize = 10_000;

/// Connections kept open for reading.
const READERS: usize = 4;

/// The library.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

/// Readers are closed first: the last connection brings the journal file into the database, and
/// only one that writes can.
struct Inner {
    path: PathBuf,
    readers: Mutex<Vec<Connection>>,
    writer: Writer,
    _lock: Lock,
}

impl Store {
    /// Opens the library in a file, made if there is none.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        let lock = lock::shared(path)?;
        let writer = Writer::start(path, open::writer(path)?);
        let inner = Inner { path: path.to_owned(), writer, readers: Mutex::default(), _lock: lock };
        Ok(Store { inner: Arc::new(inner) })
    }

    /// Loads what the reader follows, with counts.
    pub async fn subscriptions(&self) -> Result<Subscriptions, StoreError> {
        self.read(subscriptions::load).await
    }

    /// Tells whether no feed was ever followed here.
    pub async fn is_new(&self) -> Result<bool, StoreError> {
        self.read(subscriptions::is_new).await
    }

    /// Follows feeds of a list, known by their former addresses too; gives those not followed before.
    pub async fn subscribe(
        &self,
        feeds: Vec<NewSubscription>,
        now: Timestamp,
    ) -> Result<Vec<FeedId>, StoreError> {
        self.inner.writer.transact(Urgency::Mark, move |tx| subscriptions::subscribe(tx, &feeds, now)).await
    }

    /// Follows the feed that lies at an address now; none when it was followed already.
    pub async fn add(&self, feed: NewSubscription, now: Timestamp) -> Result<Option<FeedId>, StoreError> {
        self.inner.writer.transact(Urgency::Mark, move |tx| subscriptions::add(tx, &feed, now)).await
    }

    /// Follows the feeds of a list, with all of its folders; gives those not followed before.
    pub async fn import(
        &self,
        folders: Vec<Vec<String>>,
        feeds: Vec<NewSubscription>,
        now: Timestamp,
    ) -> Result<Vec<FeedId>, StoreError> {
        let work = move |tx: &Transaction<'_>| subscriptions::import(tx, &folders, &feeds, now);
        self.inner.writer.transact(Urgency::Mark, work).await
    }

    /// Finds the feeds followed at some addresses, or that lived there before they moved.
    pub async fn followed_at(&self, urls: Vec<Url>) -> Result<HashMap<Url, FeedId>, StoreError> {
        self.read(move |conn| subscriptions::followed_at(conn, &urls)).await
    }

    /// Loads what imported lists said of feeds by names that mean nothing here.
    pub async fn attributes(&self) -> Result<feed::ForeignAttributes, StoreError> {
        self.read(subscriptions::attributes).await
    }

    /// Follows a feed that comes with the program; no step to undo.
    pub async fn subscribe_quietly(&self, feed: NewSubscription) -> Result<Option<FeedId>, StoreError> {
        self.inner
            .writer
            .transact(Urgency::Content, move |tx| subscriptions::subscribe_quietly(tx, &feed))
            .await
    }

    /// Recalls what was kept under a name.
    pub async fn recall(&self, key: &'static str) -> Result<Option<String>, StoreError> {
        self.read(move |conn| memory::recall(conn, key)).await
    }

    /// Keeps a small text under a name, for the next start.
    pub async fn remember(&self, key: &'static str, value: String) -> Result<(), StoreError> {
        self.inner.writer.transact(Urgency::Mark, move |tx| memory::remember(tx, key, &value)).await
    }

    /// Stops following a feed; tells whether it was followed.
    pub async fn remove(&self, feeds: Vec<FeedId>, now: Timestamp) -> Result<Vec<FeedId>, StoreError> {
        self.inner.writer.transact(Urgency::Mark, move |tx| subscriptions::remove(tx, &feeds, now)).await
    }

    /// Changes settings of feeds, all as one step or none; gives what differs from before.
    pub async fn change(
        &self,
        settings: Vec<(FeedId, FeedSetting)>,
        now: Timestamp,
    ) -> Result<SettingsChange, StoreError> {
        self.inner.writer.transact(Urgency::Mark, move |tx| settings::change(tx, &settings, now)).await
    }

    /// Reads what the reader set for a feed, beside title, folder and address.
    pub async fn settings(&self, feed: FeedId) -> Result<FeedSettings, StoreError> {
        self.read(move |conn| settings::of(conn, feed)).await
    }

    /// Looks how much each feed followed brings; costs what came in the last four weeks.
    pub async fn feed_activity(&self, now: Timestamp) -> Result<Vec<(FeedId, Activity)>, StoreError> {
        self.read(move |conn| activity::load(conn, now)).await
    }

    /// Gives the id of the latest arrival.
    pub async fn horizon(&self) -> Result<EntryId, StoreError> {
        self.read(timeline::horizon).await
    }

    /// Loads a window of a timeline; entries that came after `horizon` stay out.
    pub async fn window(
        &self,
        listing: impl Into<Listing>,
        window: Window,
        horizon: EntryId,
        limit: usize,
    ) -> Result<Rows, StoreError> {
        let listing = listing.into();
        self.read(move |conn| timeline::window(conn, &listing, window, horizon, Reach::to(limit))).await
    }

    /// Loads a window as above, unless it is given up meanwhile. Where rows must be looked at one by one it ends after
    /// some of them, and tells how far it came.
    pub async fn window_unless(
        &self,
        given_up: Arc<AtomicBool>,
        listing: Listing,
        window: Window,
        horizon: EntryId,
        limit: usize,
    ) -> Result<Rows, StoreError> {
        let watched = Arc::clone(&given_up);
        let read = self.read(move |conn| {
            conn.progress_handler(STEPS_BETWEEN_LOOKS, Some(move || watched.load(Ordering::Relaxed)))?;
            let rows = timeline::window(conn, &listing, window, horizon, Reach { limit, looks: LOOKS });
            conn.progress_handler(0, None::<fn() -> bool>)?;
            rows
        });
        let rows = read.await;
        if rows.is_err() && given_up.load(Ordering::Relaxed) { Err(StoreError::GivenUp) } else { rows }
    }

    /// Reads how the texts of entries begin, as received and at most so many characters each.
    pub async fn beginnings(
        &self,
        entries: Vec<EntryId>,
        length: usize,
    ) -> Result<Vec<(EntryId, String)>, StoreError> {
        self.read(move |conn| article::beginnings(conn, &entries, length)).await
    }

    /// Reads one entry with its text; none when there is none of that id.
    pub async fn entry(&self, id: EntryId) -> Result<Option<StoredEntry>, StoreError> {
        self.read(move |conn| article::load(conn, id)).await
    }

    /// Marks entries; gives those that changed once that is on disk.
    pub async fn mark(
        &self,
        entries: Vec<EntryId>,
        mark: Mark,
        now: Timestamp,
    ) -> Result<Vec<EntryId>, StoreError> {
        self.inner.writer.transact(Urgency::Mark, move |tx| marks::mark(tx, &entries, mark, now)).await
    }

    /// Marks all a filter holds up to a horizon; gives those that changed once that is on disk.
    pub async fn mark_all(
        &self,
        filter: Filter,
        mark: Mark,
        horizon: EntryId,
        now: Timestamp,
    ) -> Result<Vec<EntryId>, StoreError> {
        self.inner
            .writer
            .transact(Urgency::Mark, move |tx| marks::mark_all(tx, &filter, mark, horizon, now))
            .await
    }

    /// Marks what stands before or behind a place of a timeline; gives what changed once that is on disk.
    pub async fn mark_part(
        &self,
        listing: Listing,
        part: Window,
        mark: Mark,
        horizon: EntryId,
        now: Timestamp,
    ) -> Result<Vec<EntryId>, StoreError> {
        let work = move |tx: &Transaction<'_>| marks::mark_part(tx, &listing, part, mark, horizon, now);
        self.inner.writer.transact(Urgency::Mark, work).await
    }

    /// Marks entries in several ways as one step, which joins `with` where that was done last; gives how many
    /// changed with each mark, once that is on disk.
    pub async fn mark_together(
        &self,
        all: Vec<(Mark, Vec<EntryId>)>,
        with: Option<Step>,
        now: Timestamp,
    ) -> Result<Vec<usize>, StoreError> {
        let work = move |tx: &Transaction<'_>| marks::mark_together(tx, &all, with.as_ref(), now);
        self.inner.writer.transact(Urgency::Mark, work).await
    }

    /// Takes the last step back; gives that step.
    pub async fn undo(&self) -> Result<Option<Step>, StoreError> {
        self.inner.writer.transact(Urgency::Mark, journal::undo).await
    }

    /// Does the step again that was undone last; gives that step.
    pub async fn redo(&self) -> Result<Option<Step>, StoreError> {
        self.inner.writer.transact(Urgency::Mark, journal::redo).await
    }

    /// Tells until when the host of an address is held; that may be over.
    pub async fn host_held_until(&self, url: Url) -> Result<Option<Timestamp>, StoreError> {
        self.read(move |conn| Ok(holds::all(conn)?.of(&url))).await
    }

    /// Holds a host that said 429.
    pub async fn hold_host(&self, host: String, until: Timestamp, now: Timestamp) -> Result<(), StoreError> {
        self.inner.writer.transact(Urgency::Content, move |tx| holds::hold(tx, &host, until, now)).await
    }

    /// Plans the fetch of every feed followed.
    pub async fn fetch_plans(&self) -> Result<Vec<FetchPlan>, StoreError> {
        self.read(fetches::plans).await
    }

    /// Stores a fetched document in batches; its validators come with the last, so that a
    /// document cut short by the end of the process is fetched again. None, where the feed has another
    /// address by now than the one that was asked.
    pub async fn ingest(
        &self,
        feed: FeedId,
        asked: Url,
        parsed: ParsedFeed,
        validators: Validators,
        now: Timestamp,
    ) -> Result<Option<Ingested>, StoreError> {
        let named = Arc::new(feed::named_keys(&parsed.entries));
        let parsed = Arc::new(parsed);
        let mut sum = Ingested::default();
        // The last batch of the document first: ids grow towards its top.
        for batch in batches(parsed.entries.len()).rev() {
            let (parsed, named, asked) = (Arc::clone(&parsed), Arc::clone(&named), asked.clone());
            let work = move |tx: &Transaction<'_>| {
                fetches::if_at(tx, feed, &asked, || {
                    ingest::entries(tx, feed, &parsed.entries[batch], &named, now)
                })
            };
            let Some(part) = self.inner.writer.transact(Urgency::Content, work).await? else {
                return Ok(None);
            };
            sum.new += part.new;
            sum.changed += part.changed;
        }
        let work = move |tx: &Transaction<'_>| {
            fetches::if_at(tx, feed, &asked, || {
                ingest::describe(tx, feed, &parsed)?;
                fetches::schedule(tx, feed, &parsed.schedule)?;
                fetches::taken(tx, feed, &validators, now)
            })
        };
        let taken = self.inner.writer.transact(Urgency::Content, work).await?;
        Ok(taken.map(|()| sum))
    }

    /// Notes a document that came anew from an address and is the same as before.
    pub async fn note_same(
        &self,
        feed: FeedId,
        asked: Url,
        validators: Validators,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let work = move |tx: &Transaction<'_>| {
            fetches::if_at(tx, feed, &asked, || fetches::taken(tx, feed, &validators, now)).map(drop)
        };
        self.inner.writer.transact(Urgency::Content, work).await
    }

    /// Notes how fetches went, all in one transaction; not of feeds that have another address by now.
    pub async fn note_fetches(&self, notes: Vec<FetchNote>, now: Timestamp) -> Result<(), StoreError> {
        let work =
            move |tx: &Transaction<'_>| notes.iter().try_for_each(|note| fetch_notes::note(tx, note, now));
        self.inner.writer.transact(Urgency::Content, work).await
    }

    /// Counts the entries whose words are not in the index yet.
    pub async fn unindexed(&self) -> Result<u32, StoreError> {
        self.read(index::count).await
    }

    /// Reads the texts of entries whose words are not in the index, those that changed last first.
    pub async fn texts_to_index(&self, limit: usize) -> Result<Vec<Unindexed>, StoreError> {
        self.read(move |conn| index::waiting(conn, limit)).await
    }

    /// Reads the texts of one entry as they are to be indexed; none where it is gone.
    pub async fn texts_of(&self, entry: EntryId) -> Result<Option<UnindexedTexts>, StoreError> {
        self.read(move |conn| index::texts(conn, entry)).await
    }

    /// Gives the latest entry that was there when the reader was left; the first of all where it never was.
    pub async fn last_seen(&self) -> Result<EntryId, StoreError> {
        let kept = self.recall(memory::SEEN).await?;
        Ok(kept.and_then(|text| text.parse().ok()).map_or(EntryId(0), EntryId))
    }

    /// Notes that all entries up to this one were there when the reader was left.
    pub async fn note_seen(&self, entry: EntryId) -> Result<(), StoreError> {
        self.remember(memory::SEEN, entry.to_string()).await
    }

    /// Puts the words of entries into the index.
    pub async fn index(&self, read: Vec<Indexed>) -> Result<(), StoreError> {
        self.inner.writer.transact(Urgency::Content, move |tx| index::take(tx, &read)).await
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let inner = Arc::clone(&self.inner);
        let reading = tokio::task::spawn_blocking(move || inner.read(work));
        reading.await.unwrap_or(Err(StoreError::Closed))
    }
}

impl Inner {
    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let told = |error: rusqlite::Error| StoreError::of(&self.path, &error);
        let idle = self.idle().pop();
        let conn = match idle {
            Some(conn) => conn,
            None => open::reader(&self.path).map_err(told)?,
        };
        let result = work(&conn).map_err(told);
        let mut idle = self.idle();
        if idle.len() < READERS {
            idle.push(conn);
        }
        result
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn batches(length: usize) -> impl DoubleEndedIterator<Item = std::ops::Range<usize>> {
    (0..length.div_ceil(BATCH)).map(move |n| n * BATCH..length.min((n + 1) * BATCH))
}

#[cfg(test)]
mod tests;
