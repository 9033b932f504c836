//! Lets entries go that outgrew the reader's limits: their texts, words and rows. Their statuses stay, read and out of
//! sight, so that what a feed repeats neither comes back nor is new.
//!
//! Order: connections that read find what may go, along indexes of what may; then it goes in small batches, each entry
//! looked at once more, for it may have been marked meanwhile. Entries of removed feeds stay: the removal may be undone.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use rusqlite::{CachedStatement, Connection, OptionalExtension, Rows, Transaction, params};

use super::writer::Urgency;
use super::{Store, StoreError, index, journal, settings, timeline};
use crate::model::{EntryId, FeedId, FeedSettings, Place, Timestamp};

/// What stays whatever the limits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Protection {
    /// What is unread.
    pub unread: bool,
    /// What is saved or has a tag.
    pub saved: bool,
    /// What was marked since then: that may be taken back.
    pub marked_since: Timestamp,
}

/// What a feed may keep.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    /// The feed.
    pub feed: FeedId,
    /// Nothing that is older.
    pub since: Option<Timestamp>,
    /// No more than the newest so many.
    pub newest: Option<u32>,
}

impl Store {
    /// Reads what the reader set for each feed followed.
    pub async fn settings_of_all(&self) -> Result<Vec<(FeedId, FeedSettings)>, StoreError> {
        self.read(settings_of_all).await
    }

    /// Finds what is over the limits, feed by feed and the oldest first.
    pub async fn over_limits(
        &self,
        limits: Vec<Limit>,
        protection: Protection,
    ) -> Result<Vec<EntryId>, StoreError> {
        self.read(move |conn| over_limits(conn, &limits, protection)).await
    }

    /// Finds the oldest entries of some feeds that may go.
    pub async fn oldest(
        &self,
        feeds: Vec<FeedId>,
        protection: Protection,
        limit: usize,
    ) -> Result<Vec<EntryId>, StoreError> {
        self.read(move |conn| oldest(conn, &feeds, protection, limit)).await
    }

    /// Lets entries go, but those that are protected by now; gives how many went. To be given a few at a time.
    pub async fn forget(&self, entries: Vec<EntryId>, protection: Protection) -> Result<usize, StoreError> {
        let work = move |tx: &Transaction<'_>| forget(tx, &entries, protection);
        self.inner.writer.transact(Urgency::Content, work).await
    }

    /// Measures the library in bytes, without the room that is free in its file.
    pub async fn size(&self) -> Result<u64, StoreError> {
        self.read(size).await
    }
}

fn settings_of_all(conn: &Connection) -> rusqlite::Result<Vec<(FeedId, FeedSettings)>> {
    let mut own: HashMap<FeedId, FeedSettings> = settings::all(conn)?;
    conn.prepare_cached("SELECT id FROM feed WHERE subscribed = 1 ORDER BY id")?
        .query_map([], |row| row.get(0).map(FeedId))?
        .map(|feed| feed.map(|feed| (feed, own.remove(&feed).unwrap_or_default())))
        .collect()
}

/// Which entries a walk meets; each has an index of its own, so that nothing is met which stays.
#[derive(Clone, Copy)]
enum Kind {
    Done,
    Unread,
    Saved,
}

impl Protection {
    /// Lists what may go.
    fn kinds(self) -> Vec<Kind> {
        let unread = (!self.unread).then_some(Kind::Unread);
        let saved = (!self.saved).then_some(Kind::Saved);
        [Some(Kind::Done), unread, saved].into_iter().flatten().collect()
    }

    /// Writes the statement that walks over the entries of a feed that may go, before a place and from the oldest on.
    fn walk(self, kind: Kind) -> String {
        let marks = match kind {
            Kind::Done => "read = 1 AND saved = 0",
            Kind::Unread => "read = 0 AND saved = 0",
            Kind::Saved if self.unread => "saved = 1 AND read = 1",
            Kind::Saved => "saved = 1",
        };
        let tags =
            if self.saved { " AND NOT EXISTS (SELECT 1 FROM tag WHERE tag.entry = status.id)" } else { "" };
        format!(
            "SELECT time, id FROM status WHERE feed = ?1 AND listed = 1 AND {marks} \
             AND (time, id) < (?2, ?3){tags} ORDER BY time, id"
        )
    }
}

fn over_limits(
    conn: &Connection,
    limits: &[Limit],
    protection: Protection,
) -> rusqlite::Result<Vec<EntryId>> {
    let _moment = conn.unchecked_transaction()?;
    let marked = journal::marked_since(conn, protection.marked_since)?;
    let mut over = Vec::new();
    for limit in limits {
        let Some(bound) = bound(conn, limit)? else { continue };
        for kind in protection.kinds() {
            let mut walk = conn.prepare_cached(&protection.walk(kind))?;
            let mut rows = walk.query(params![limit.feed.0, bound.time.as_second(), bound.id.0])?;
            while let Some(row) = rows.next()? {
                over.push(EntryId(row.get(1)?));
            }
        }
    }
    over.retain(|entry| !marked.contains(entry));
    Ok(over)
}

/// Finds the place before which a feed keeps nothing.
fn bound(conn: &Connection, limit: &Limit) -> rusqlite::Result<Option<Place>> {
    let by_age = limit.since.map(|time| Place { time, id: EntryId(i64::MIN) });
    let by_count = limit.newest.map(|newest| oldest_kept(conn, limit.feed, newest)).transpose()?;
    Ok(by_age.max(by_count.flatten()))
}

const TOTAL: &str = "SELECT total FROM feed_count WHERE feed = ?1";
/// Walks over what stays, which is bounded: for a feed that has more.
const NEWEST: &str = "SELECT time, id FROM status WHERE feed = ?1 AND listed = 1 ORDER BY time DESC, id DESC LIMIT 1 OFFSET ?2";

/// Finds the last of the newest so many; none where the feed has no more than that.
fn oldest_kept(conn: &Connection, feed: FeedId, newest: u32) -> rusqlite::Result<Option<Place>> {
    let total: i64 = conn.prepare_cached(TOTAL)?.query_row([feed.0], |row| row.get(0))?;
    if total <= newest.into() {
        return Ok(None);
    }
    let mut statement = conn.prepare_cached(NEWEST)?;
    statement.query_row([feed.0, i64::from(newest) - 1], timeline::place).optional()
}

/// Merges the feeds' own orders: reads one row of each, and the rows that are taken.
fn oldest(
    conn: &Connection,
    feeds: &[FeedId],
    protection: Protection,
    limit: usize,
) -> rusqlite::Result<Vec<EntryId>> {
    let _moment = conn.unchecked_transaction()?;
    let marked = journal::marked_since(conn, protection.marked_since)?;
    let sources: Vec<(FeedId, Kind)> =
        feeds.iter().flat_map(|feed| protection.kinds().into_iter().map(|kind| (*feed, kind))).collect();
    let mut statements = sources
        .iter()
        .map(|(_, kind)| conn.prepare_cached(&protection.walk(*kind)))
        .collect::<rusqlite::Result<Vec<CachedStatement<'_>>>>()?;
    let mut walks = statements
        .iter_mut()
        .zip(&sources)
        .map(|(statement, (feed, _))| statement.query(params![feed.0, i64::MAX, i64::MAX]))
        .collect::<rusqlite::Result<Vec<Rows<'_>>>>()?;

    let mut heads = BinaryHeap::with_capacity(walks.len());
    for (source, walk) in walks.iter_mut().enumerate() {
        heads.extend(next(walk, &marked)?.map(|place| Reverse((place, source))));
    }
    let mut found = Vec::new();
    while found.len() < limit
        && let Some(Reverse((place, source))) = heads.pop()
    {
        found.push(place.id);
        heads.extend(next(&mut walks[source], &marked)?.map(|place| Reverse((place, source))));
    }
    Ok(found)
}

/// Reads on to an entry that was not marked lately.
fn next(walk: &mut Rows<'_>, marked: &HashSet<EntryId>) -> rusqlite::Result<Option<Place>> {
    while let Some(row) = walk.next()? {
        let place = timeline::place(row)?;
        if !marked.contains(&place.id) {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

/// Takes out of sight what may still go.
const LET_GO: &str = "UPDATE status SET listed = 0, read = 1 WHERE id = ?1 AND listed = 1 \
     AND (read = 1 OR NOT ?2) AND (saved = 0 OR NOT ?3) \
     AND (NOT ?3 OR NOT EXISTS (SELECT 1 FROM tag WHERE tag.entry = status.id))";

fn forget(tx: &Transaction<'_>, entries: &[EntryId], protection: Protection) -> rusqlite::Result<usize> {
    let mut forgotten = 0;
    for entry in entries {
        let gone =
            tx.prepare_cached(LET_GO)?.execute(params![entry.0, protection.unread, protection.saved])?;
        if gone == 0 {
            continue;
        }
        // Page, position and the note that the words changed hang on the body.
        tx.prepare_cached("DELETE FROM body WHERE entry = ?1")?.execute([entry.0])?;
        index::forget(tx, *entry)?;
        tx.prepare_cached("DELETE FROM entry WHERE id = ?1")?.execute([entry.0])?;
        forgotten += 1;
    }
    Ok(forgotten)
}

fn size(conn: &Connection) -> rusqlite::Result<u64> {
    let number = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let used = (number("page_count")? - number("freelist_count")?) * number("page_size")?;
    Ok(used.unsigned_abs())
}

#[cfg(test)]
mod tests;
