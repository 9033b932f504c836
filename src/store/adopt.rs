//! Takes in entries that another reader kept: new ones are added, known ones stay as they are.

use std::sync::Arc;

use rusqlite::{OptionalExtension, Transaction, params};

use super::writer::Urgency;
use super::{Store, StoreError, batches, ingest};
use crate::model::{EntryId, FeedId, ParsedEntry, Timestamp, Url};

/// An entry as another reader kept it.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept {
    /// The entry.
    pub entry: ParsedEntry,
    /// The other reader deleted it: it is known from now on, and not shown.
    pub is_deleted: bool,
}

/// Where a kept entry is now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Adopted {
    /// Its id.
    pub id: EntryId,
    /// It was not known before.
    pub is_new: bool,
}

impl Store {
    /// Takes in entries that another reader kept, and says where each is; known ones stay as they are.
    /// The horizon is from before the import.
    pub async fn adopt(
        &self,
        feed: FeedId,
        kept: Vec<Kept>,
        horizon: EntryId,
        now: Timestamp,
    ) -> Result<Vec<Adopted>, StoreError> {
        let kept = Arc::new(kept);
        let mut adopted = Vec::with_capacity(kept.len());
        for batch in batches(kept.len()) {
            let kept = Arc::clone(&kept);
            let work = move |tx: &Transaction<'_>| entries(tx, feed, &kept[batch], horizon, now);
            adopted.extend(self.inner.writer.transact(Urgency::Content, work).await?);
        }
        Ok(adopted)
    }

    /// Names a feed that has no name yet.
    pub async fn describe(&self, feed: FeedId, title: String, site: Option<Url>) -> Result<(), StoreError> {
        let work = move |tx: &Transaction<'_>| describe(tx, feed, &title, site.as_ref().map(Url::as_str));
        self.inner.writer.transact(Urgency::Content, work).await
    }
}

/// Adds the entries that are not known, and says where each is; those that came first go first.
///
/// Those behind the horizon came with this import: of them, two that are alike are two.
pub(super) fn entries(
    tx: &Transaction<'_>,
    feed: FeedId,
    kept: &[Kept],
    horizon: EntryId,
    now: Timestamp,
) -> rusqlite::Result<Vec<Adopted>> {
    let mut adopted = Vec::with_capacity(kept.len());
    for Kept { entry, is_deleted } in kept {
        adopted.push(match (known(tx, feed, entry, horizon)?, is_deleted) {
            (Some(id), _) => Adopted { id, is_new: false },
            (None, false) => Adopted { id: ingest::insert(tx, feed, entry, now)?, is_new: true },
            (None, true) => Adopted { id: forget(tx, feed, entry, now)?, is_new: false },
        });
    }
    Ok(adopted)
}

/// Names a feed that has no name yet.
pub(super) fn describe(
    tx: &Transaction<'_>,
    feed: FeedId,
    title: &str,
    site: Option<&str>,
) -> rusqlite::Result<()> {
    tx.prepare_cached("UPDATE feed SET title = ?2, site = coalesce(site, ?3) WHERE id = ?1 AND title = ''")?
        .execute(params![feed.0, title, site])
        .map(drop)
}

/// Finds an entry by its key, else by its likeness where it has a link.
fn known(
    tx: &Transaction<'_>,
    feed: FeedId,
    entry: &ParsedEntry,
    horizon: EntryId,
) -> rusqlite::Result<Option<EntryId>> {
    let find = |sql: &str, value: i64, last: i64| {
        tx.prepare_cached(sql)?.query_row([feed.0, value, last], |row| row.get(0).map(EntryId)).optional()
    };
    let by_key = find(
        "SELECT id FROM status WHERE feed = ?1 AND key = ?2 AND id <= ?3",
        entry.identity.key,
        i64::MAX,
    )?;
    match (by_key, &entry.link) {
        (None, Some(_)) => find(
            "SELECT id FROM status WHERE feed = ?1 AND likeness = ?2 AND id <= ?3 ORDER BY id DESC LIMIT 1",
            entry.identity.likeness,
            horizon.0,
        ),
        (by_key, _) => Ok(by_key),
    }
}

/// Notes an entry that is not wanted, so that it does not come back with its feed.
fn forget(
    tx: &Transaction<'_>,
    feed: FeedId,
    entry: &ParsedEntry,
    now: Timestamp,
) -> rusqlite::Result<EntryId> {
    let time = entry.published.map_or(now, |date| date.min(now));
    tx.prepare_cached(
        "INSERT INTO status (feed, time, key, likeness, read, listed) VALUES (?1, ?2, ?3, ?4, 1, 0)",
    )?
    .execute(params![feed.0, time.as_second(), entry.identity.key, entry.identity.likeness])?;
    Ok(EntryId(tx.last_insert_rowid()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{self, at, transact};
    use crate::store::{open, subscriptions};

    fn kept(titles: &[&str], is_deleted: bool) -> Vec<Kept> {
        let named: Vec<(&str, i64)> = titles.iter().map(|title| (*title, 5)).collect();
        sample::entries(&named).into_iter().map(|entry| Kept { entry, is_deleted }).collect()
    }

    #[test]
    fn known_entries_stay_as_they_are() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let mut one = kept(&["one", "two"], false);
        let adopt = |conn: &mut _, kept: &[Kept], horizon| {
            transact(conn, |tx| entries(tx, feed, kept, EntryId(horizon), at(9)))
        };
        assert!(adopt(&mut conn, &one, 0).iter().all(|it| it.is_new));
        one[0].entry.content = Some("older".into());
        // Another name, and the same link and title.
        one[1].entry.identity.key += 1;
        let again = adopt(&mut conn, &one, 2);
        let expected = [1, 2].map(|id| Adopted { id: EntryId(id), is_new: false });
        assert_eq!(again, expected);
        let content: Option<String> =
            conn.query_row("SELECT content FROM body WHERE entry = 1", [], |row| row.get(0)).unwrap();
        assert_eq!(content, None);
    }

    #[test]
    fn two_alike_that_come_together_are_two() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let mut two = kept(&["one", "one"], false);
        two[1].entry.identity.key += 1;
        for _ in 0..2 {
            let adopted = transact(&mut conn, |tx| entries(tx, feed, &two, EntryId(0), at(9)));
            assert_eq!(adopted.iter().map(|it| it.id.0).collect::<Vec<_>>(), [1, 2]);
        }
    }

    #[test]
    fn what_was_deleted_is_known_and_does_not_come_back() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        transact(&mut conn, |tx| entries(tx, feed, &kept(&["gone"], true), EntryId(0), at(9)));
        sample::ingest(&mut conn, feed, &sample::entries(&[("gone", 5), ("new", 6)]));
        let counts = subscriptions::load(&conn).unwrap().library;
        assert_eq!((counts.total, counts.unread), (1, 1));
    }

    #[test]
    fn only_a_feed_without_a_name_is_named() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let title = |conn: &rusqlite::Connection| subscriptions::load(conn).unwrap().feeds[0].title.clone();
        transact(&mut conn, |tx| describe(tx, feed, "A", Some("http://site.test/")));
        assert_eq!(title(&conn), "A");
        transact(&mut conn, |tx| describe(tx, feed, "B", None));
        assert_eq!(title(&conn), "A");
    }
}
