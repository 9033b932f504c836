//! Hosts that said 429, and until when none of their feeds is asked.

use std::collections::HashMap;

use rusqlite::{Connection, Transaction, params};

use super::column;
use crate::model::{Timestamp, Url};

/// The hosts that are held, and those that were.
#[derive(Debug)]
pub(super) struct Holds(HashMap<String, Timestamp>);

impl Holds {
    /// Tells until when the host of an address is held.
    pub(super) fn of(&self, url: &Url) -> Option<Timestamp> {
        self.0.get(url.host_str()?).copied()
    }
}

/// Reads all of them.
pub(super) fn all(conn: &Connection) -> rusqlite::Result<Holds> {
    let mut statement = conn.prepare_cached("SELECT host, until FROM host_hold")?;
    let mut rows = statement.query([])?;
    let mut holds = HashMap::new();
    while let Some(row) = rows.next()? {
        if let Some(until) = column::timestamp_or_none(row, 1)? {
            holds.insert(row.get(0)?, until);
        }
    }
    Ok(Holds(holds))
}

/// Holds a host, as it said last, and forgets the holds that are over.
pub(super) fn hold(
    tx: &Transaction<'_>,
    host: &str,
    until: Timestamp,
    now: Timestamp,
) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM host_hold WHERE until <= ?1")?.execute([now.as_second()])?;
    tx.prepare_cached("INSERT OR REPLACE INTO host_hold (host, until) VALUES (?1, ?2)")?
        .execute(params![host, until.as_second()])
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;
    use crate::store::sample::{at, transact};

    #[test]
    fn the_last_word_of_a_host_counts_and_what_is_over_is_forgotten() {
        let mut conn = open::in_memory();
        transact(&mut conn, |tx| hold(tx, "a.test", at(10), at(1)));
        transact(&mut conn, |tx| hold(tx, "b.test", at(20), at(1)));
        transact(&mut conn, |tx| hold(tx, "b.test", at(15), at(12)));
        let of = |text: &str| all(&conn).unwrap().of(&Url::parse(text).unwrap());
        assert_eq!((of("http://a.test/"), of("http://b.test:8080/x")), (None, Some(at(15))));
    }
}
