//! Marks: the reader's read and saved, journaled with just what they change.

use rusqlite::{Transaction, params_from_iter};

use super::journal;
use super::timeline;
use crate::model::{Condition, EntryId, Filter, Listing, Mark, Step, Timestamp, Window};

/// Marks entries and writes the step down; gives the entries that changed.
pub(super) fn mark(
    tx: &Transaction<'_>,
    entries: &[EntryId],
    mark: Mark,
    at: Timestamp,
) -> rusqlite::Result<Vec<EntryId>> {
    let changed = set(tx, entries, mark)?;
    journal::record(tx, &Step::Marked(mark, changed.clone()), at)?;
    Ok(changed)
}

/// Marks entries in several ways as one step, which joins `with` where that was done last; gives how many changed
/// with each mark.
pub(super) fn mark_together(
    tx: &Transaction<'_>,
    all: &[(Mark, Vec<EntryId>)],
    with: Option<&Step>,
    at: Timestamp,
) -> rusqlite::Result<Vec<usize>> {
    let mut is_joined = with.map(|step| journal::is_last(tx, step)).transpose()?.unwrap_or_default();
    let mut counts = Vec::with_capacity(all.len());
    for (mark, entries) in all {
        let changed = set(tx, entries, *mark)?;
        counts.push(changed.len());
        if changed.is_empty() {
            continue;
        }
        let step = Step::Marked(*mark, changed);
        if is_joined {
            journal::join(tx, &step, at)?;
        } else {
            journal::record(tx, &step, at)?;
        }
        is_joined = true;
    }
    Ok(counts)
}

/// Marks everything a filter holds up to a horizon; gives the entries that changed.
pub(super) fn mark_all(
    tx: &Transaction<'_>,
    filter: &Filter,
    mark: Mark,
    horizon: EntryId,
    at: Timestamp,
) -> rusqlite::Result<Vec<EntryId>> {
    self::mark(tx, &changing(tx, filter, mark, horizon)?, mark, at)
}

/// Marks what stands before or behind a place of a timeline up to a horizon; gives the entries that changed.
pub(super) fn mark_part(
    tx: &Transaction<'_>,
    listing: &Listing,
    part: Window,
    mark: Mark,
    horizon: EntryId,
    at: Timestamp,
) -> rusqlite::Result<Vec<EntryId>> {
    self::mark(tx, &timeline::entries(tx, listing, part, horizon)?, mark, at)
}

/// Sets the status without a word in the journal; gives the entries that changed.
pub(super) fn set(tx: &Transaction<'_>, entries: &[EntryId], mark: Mark) -> rusqlite::Result<Vec<EntryId>> {
    let mut update = tx.prepare_cached(match mark {
        Mark::Read => "UPDATE status SET read = 1 WHERE id = ?1 AND read = 0",
        // What was let go stays known as read.
        Mark::Unread => {
            "UPDATE status SET read = 0 \
             WHERE id = ?1 AND read = 1 AND EXISTS (SELECT 1 FROM entry WHERE entry.id = status.id)"
        }
        // What is saved is in sight, whether its feed is followed or not.
        Mark::Saved => {
            "UPDATE status SET saved = 1, listed = EXISTS (SELECT 1 FROM entry WHERE entry.id = status.id) \
             WHERE id = ?1 AND saved = 0"
        }
        Mark::Unsaved => {
            "UPDATE status SET saved = 0, listed = listed AND NOT hidden AND (SELECT subscribed FROM feed WHERE feed.id = status.feed) \
             WHERE id = ?1 AND saved = 1"
        }
    })?;
    let mut changed = Vec::with_capacity(entries.len());
    for entry in entries {
        if update.execute([entry.0])? == 1 {
            changed.push(*entry);
        }
    }
    Ok(changed)
}

/// Finds the entries of a filter up to a horizon.
pub(super) fn held(
    tx: &Transaction<'_>,
    filter: &Filter,
    horizon: EntryId,
) -> rusqlite::Result<Vec<EntryId>> {
    timeline::entries(tx, &Listing::from(filter.clone()), Window::First, horizon)
}

/// Finds the entries of a filter that a mark changes.
fn changing(
    tx: &Transaction<'_>,
    filter: &Filter,
    mark: Mark,
    horizon: EntryId,
) -> rusqlite::Result<Vec<EntryId>> {
    if filter.condition != Condition::Everything {
        // `set` leaves those alone that have the mark.
        return held(tx, filter, horizon);
    }
    let changes = match mark {
        Mark::Read => "read = 0",
        Mark::Unread => "read = 1",
        Mark::Saved => "saved = 0",
        Mark::Unsaved => "saved = 1",
    };
    let sql = format!("SELECT id FROM status WHERE {} AND {changes} AND id <= ?1", timeline::marked(filter));
    let ids = |sql: &str, params: &[i64]| {
        tx.prepare_cached(sql)?
            .query_map(params_from_iter(params), |row| row.get(0).map(EntryId))?
            .collect::<rusqlite::Result<Vec<_>>>()
    };
    let Some(feeds) = &filter.feeds else {
        return ids(&sql, &[horizon.0]);
    };
    let of_feed = format!("{sql} AND feed = ?2");
    let mut held = Vec::new();
    for feed in feeds {
        held.extend(ids(&of_feed, &[horizon.0, feed.0])?);
    }
    Ok(held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Arrangement;
    use crate::store::sample::{self, at, entries, transact};
    use crate::store::{open, subscriptions};

    #[test]
    fn counts_are_kept_with_every_mark() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        sample::ingest(&mut conn, feed, &entries(&[("one", 1), ("two", 2), ("three", 3)]));
        transact(&mut conn, |tx| mark(tx, &[EntryId(1)], Mark::Saved, at(9)));
        transact(&mut conn, |tx| mark(tx, &[EntryId(1), EntryId(2)], Mark::Read, at(9)));
        let counts = subscriptions::load(&conn).unwrap().feeds[0].counts;
        assert_eq!((counts.total, counts.unread, counts.saved), (3, 1, 1));
    }

    #[test]
    fn what_is_saved_is_in_sight_though_its_feed_was_removed() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        sample::ingest(&mut conn, feed, &entries(&[("one", 1)]));
        transact(&mut conn, |tx| subscriptions::remove(tx, &[feed], at(2)));
        transact(&mut conn, |tx| mark(tx, &[EntryId(1)], Mark::Saved, at(3)));
        assert_eq!(subscriptions::load(&conn).unwrap().library.saved, 1);
        transact(&mut conn, |tx| mark(tx, &[EntryId(1)], Mark::Unsaved, at(4)));
        assert_eq!(subscriptions::load(&conn).unwrap().library.total, 0);
        transact(&mut conn, journal::undo);
        assert_eq!(subscriptions::load(&conn).unwrap().library.saved, 1);
    }

    #[test]
    fn marking_a_list_leaves_what_came_later() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        sample::ingest(&mut conn, feed, &entries(&[("one", 1), ("two", 2)]));
        let seen = timeline::horizon(&conn).unwrap();
        sample::ingest(&mut conn, feed, &entries(&[("late", 3)]));
        let filter = Filter { feeds: Some(vec![feed]), read: Some(false), ..Filter::default() };
        let changed = transact(&mut conn, |tx| mark_all(tx, &filter, Mark::Read, seen, at(9)));
        assert_eq!(changed.len(), 2);
        assert_eq!(sample::status(&conn, 3), (false, false));
    }

    #[test]
    fn what_stands_above_or_below_a_place_is_marked_in_any_order() {
        let orders = [
            (Arrangement::Newest, [1, 3]),
            (Arrangement::Oldest, [3, 1]),
            (Arrangement::Feeds(vec![]), [1, 3]),
        ];
        for (arrangement, [above, below]) in orders {
            let mut conn = open::in_memory();
            let feed = sample::feed(&mut conn, "http://a.test/");
            // Numbered from the last one, so that the newest is 1.
            sample::ingest(&mut conn, feed, &entries(&[("a", 10), ("b", 20), ("c", 30)]));
            let listing = Listing { arrangement, ..Listing::default() };
            let place = crate::model::Place { time: at(20), id: EntryId(2) };
            for (part, expected) in [(Window::Before(place), above), (Window::After(place), below)] {
                let marked =
                    transact(&mut conn, |tx| mark_part(tx, &listing, part, Mark::Read, EntryId(9), at(99)));
                assert_eq!(marked, [EntryId(expected)], "{listing:?}");
            }
        }
    }
}
