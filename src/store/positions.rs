//! Where the reader was in the texts of entries.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::writer::Urgency;
use super::{Store, StoreError};
use crate::model::{EntryId, Position, Positions};

impl Store {
    /// Recalls where the reader was in an entry's texts.
    pub async fn positions(&self, entry: EntryId) -> Result<Positions, StoreError> {
        self.read(move |conn| recall(conn, entry)).await
    }

    /// Keeps where the reader was in an entry's texts.
    pub async fn remember_positions(&self, entry: EntryId, positions: Positions) -> Result<(), StoreError> {
        let work = move |tx: &Transaction<'_>| remember(tx, entry, positions);
        self.inner.writer.transact(Urgency::Mark, work).await
    }
}

fn recall(conn: &Connection, entry: EntryId) -> rusqlite::Result<Positions> {
    let found = conn
        .prepare_cached(
            "SELECT feed_block, feed_offset, page_block, page_offset FROM position WHERE entry = ?1",
        )?
        .query_row([entry.0], |row| {
            Ok(Positions {
                feed: Position { block: row.get(0)?, offset: row.get(1)? },
                page: Position { block: row.get(2)?, offset: row.get(3)? },
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// An entry that is gone meanwhile keeps nothing.
fn remember(tx: &Transaction<'_>, entry: EntryId, positions: Positions) -> rusqlite::Result<()> {
    if positions == Positions::default() {
        return tx.prepare_cached("DELETE FROM position WHERE entry = ?1")?.execute([entry.0]).map(drop);
    }
    let Positions { feed, page } = positions;
    tx.prepare_cached(
        "INSERT OR REPLACE INTO position (entry, feed_block, feed_offset, page_block, page_offset) \
         SELECT entry, ?2, ?3, ?4, ?5 FROM body WHERE entry = ?1",
    )?
    .execute(params![entry.0, feed.block, feed.offset, page.block, page.offset])
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;
    use crate::store::sample::{self, entries, transact};

    const ENTRY: EntryId = EntryId(1);

    #[test]
    fn positions_are_recalled_until_they_are_at_the_top_again() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/feed");
        sample::ingest(&mut conn, feed, &entries(&[("one", 1)]));
        assert_eq!(recall(&conn, ENTRY).unwrap(), Positions::default());
        let here = Positions { feed: Position { block: 3, offset: 9 }, page: Position::default() };
        transact(&mut conn, |tx| remember(tx, ENTRY, here));
        assert_eq!(recall(&conn, ENTRY).unwrap(), here);
        transact(&mut conn, |tx| remember(tx, ENTRY, Positions::default()));
        let count: i64 = conn.query_row("SELECT count(*) FROM position", [], |row| row.get(0)).unwrap();
        assert_eq!((recall(&conn, ENTRY).unwrap(), count), (Positions::default(), 0));
    }

    #[test]
    fn what_is_gone_keeps_no_position() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/feed");
        sample::ingest(&mut conn, feed, &entries(&[("one", 1)]));
        let here = Positions { page: Position { block: 1, offset: 0 }, ..Positions::default() };
        transact(&mut conn, |tx| remember(tx, EntryId(9), here));
        transact(&mut conn, |tx| remember(tx, ENTRY, here));
        conn.execute_batch("DELETE FROM body").unwrap();
        let count: i64 = conn.query_row("SELECT count(*) FROM position", [], |row| row.get(0)).unwrap();
        assert_eq!(count, 0);
    }
}
