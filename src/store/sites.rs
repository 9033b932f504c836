//! What the pages of a site have in common: learnt page by page, bounded, and never needed.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::extract::{PagePrints, SiteMemory};
use crate::model::{Timestamp, Url};

/// So many sites are kept; those not seen for longest make room.
const MOST_SITES: u32 = 500;

/// Recalls what is known of the site of a page; nothing where it was never seen.
pub(super) fn recall(conn: &Connection, url: &Url) -> rusqlite::Result<SiteMemory> {
    let memory: Option<Vec<u8>> = conn
        .prepare_cached("SELECT memory FROM site_memory WHERE host = ?1")?
        .query_row([host(url)], |row| row.get(0))
        .optional()?;
    Ok(memory.map(|bytes| SiteMemory::from_bytes(&bytes)).unwrap_or_default())
}

/// Takes in one more page of its site.
pub(super) fn learn(
    tx: &Transaction<'_>,
    url: &Url,
    page: &PagePrints,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let mut memory = recall(tx, url)?;
    memory.learn(page);
    tx.prepare_cached("INSERT OR REPLACE INTO site_memory (host, seen, memory) VALUES (?1, ?2, ?3)")?
        .execute(params![host(url), now.as_second(), memory.to_bytes()])?;
    make_room(tx, MOST_SITES)
}

fn make_room(tx: &Transaction<'_>, most: u32) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "DELETE FROM site_memory WHERE host IN \
         (SELECT host FROM site_memory ORDER BY seen DESC, host LIMIT -1 OFFSET ?1)",
    )?
    .execute([most])
    .map(drop)
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;
    use crate::store::sample::{at, transact};

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn hosts(conn: &Connection) -> Vec<String> {
        let mut statement = conn.prepare("SELECT host FROM site_memory ORDER BY host").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn pages_of_one_host_are_one_site() {
        let mut conn = open::in_memory();
        let prints = PagePrints::default();
        for page in ["http://a.test/1", "https://a.test:8080/2", "http://b.test/"] {
            transact(&mut conn, |tx| learn(tx, &url(page), &prints, at(1)));
        }
        assert_eq!(hosts(&conn), ["a.test", "b.test"]);
        let mut learnt = SiteMemory::default();
        learnt.learn(&prints);
        learnt.learn(&prints);
        let kept = SiteMemory::from_bytes(&learnt.to_bytes());
        assert_eq!(recall(&conn, &url("http://a.test/3")).unwrap(), kept);
        assert_eq!(recall(&conn, &url("http://c.test/")).unwrap(), SiteMemory::default());
    }

    #[test]
    fn what_was_not_seen_for_longest_makes_room() {
        let mut conn = open::in_memory();
        for (second, page) in [(5, "http://a.test/"), (1, "http://b.test/"), (3, "http://c.test/")] {
            transact(&mut conn, |tx| learn(tx, &url(page), &PagePrints::default(), at(second)));
        }
        transact(&mut conn, |tx| make_room(tx, 2));
        assert_eq!(hosts(&conn), ["a.test", "c.test"]);
    }

    #[test]
    fn what_was_forgotten_is_learnt_anew() {
        let mut conn = open::in_memory();
        let page = url("http://a.test/");
        transact(&mut conn, |tx| learn(tx, &page, &PagePrints::default(), at(1)));
        conn.execute_batch("DELETE FROM site_memory").unwrap();
        assert_eq!(recall(&conn, &page).unwrap(), SiteMemory::default());
        transact(&mut conn, |tx| learn(tx, &page, &PagePrints::default(), at(2)));
        assert_eq!(hosts(&conn), ["a.test"]);
    }
}
