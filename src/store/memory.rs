//! What the reader left off with: small texts by name.

use rusqlite::{Connection, OptionalExtension, Transaction};

/// The latest entry that was there when the reader was left.
pub(super) const SEEN: &str = "seen";

/// Recalls a text.
pub(super) fn recall(conn: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    conn.prepare_cached("SELECT value FROM memory WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()
}

/// Keeps a text in place of the one before.
pub(super) fn remember(tx: &Transaction<'_>, key: &str, value: &str) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT OR REPLACE INTO memory (key, value) VALUES (?1, ?2)")?
        .execute([key, value])
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;
    use crate::store::sample::transact;

    #[test]
    fn the_last_text_is_recalled() {
        let mut conn = open::in_memory();
        transact(&mut conn, |tx| remember(tx, "scope", "all"));
        transact(&mut conn, |tx| remember(tx, "scope", "saved"));
        assert_eq!(recall(&conn, "scope").unwrap().as_deref(), Some("saved"));
        assert_eq!(recall(&conn, "other").unwrap(), None);
    }
}
