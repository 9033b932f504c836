//! newsboat's `cache.db`: another program's database, read and never written.
//!
//! It is checked whole before anything of it is taken, and kept from changing while it is read.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Row};

use crate::feed::CachedItem;

/// newsboat keeps its database to itself for moments only.
const PATIENCE: Duration = Duration::from_millis(500);

/// A text goes no further.
const LONGEST: usize = 5_000_000;

/// What an item must have to be one; older newsboats do not have the rest.
const NEEDED: &[&str] = &["guid", "title", "author", "url", "feedurl", "pubDate", "content", "unread"];

/// Columns beside these, each with what stands for it where there is none.
const OPTIONAL: &[(&str, &str)] = &[
    ("flags", "''"),
    ("deleted", "0"),
    ("base", "''"),
    ("enclosure_url", "''"),
    ("enclosure_type", "''"),
    ("content_mime_type", "''"),
];

/// Why newsboat's cache cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NewsboatError {
    /// There is no such file.
    #[error("there is no {path}; to take the feeds alone, give the file urls itself")]
    Missing {
        /// The database file.
        path: PathBuf,
    },
    /// Some other database, or none.
    #[error("{path} is no cache of newsboat")]
    Foreign {
        /// The database file.
        path: PathBuf,
    },
    /// It is broken.
    #[error("{path} is damaged ({why})")]
    Damaged {
        /// The database file.
        path: PathBuf,
        /// What SQLite says.
        why: String,
    },
    /// Another program works on it.
    #[error("{path} is in use; leave newsboat and try again")]
    Busy {
        /// The database file.
        path: PathBuf,
    },
    /// Something else.
    #[error("cannot read {path} ({why})")]
    Unreadable {
        /// The database file.
        path: PathBuf,
        /// What SQLite says.
        why: String,
    },
}

/// newsboat's cache, open for reading.
#[derive(Debug)]
pub struct NewsboatCache {
    path: PathBuf,
    conn: Connection,
    items: String,
}

/// A feed of the cache.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CachedFeed {
    /// Its address, as newsboat's list writes it.
    pub address: String,
    /// Its title; may be empty.
    pub title: String,
    /// The address of its site; may be empty.
    pub site: String,
    /// How many items there are of it.
    pub items: u64,
    /// How many of these are flagged.
    pub flagged: u64,
}

/// An item with what its reader did with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CachedState {
    /// The item.
    pub item: CachedItem,
    /// Its number in the cache.
    pub number: i64,
    /// It was read.
    pub is_read: bool,
    /// It has a flag, whichever.
    pub is_flagged: bool,
    /// It was deleted.
    pub is_deleted: bool,
}

impl NewsboatCache {
    /// Opens a cache, if it is one and whole.
    pub fn open(path: &Path) -> Result<NewsboatCache, NewsboatError> {
        if std::fs::metadata(path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
            return Err(NewsboatError::Missing { path: path.to_owned() });
        }
        let told = |error| told(path, &error);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags).map_err(told)?;
        conn.busy_timeout(PATIENCE).map_err(told)?;
        // Whoever made it: it runs nothing.
        conn.pragma_update(None, "trusted_schema", false).map_err(told)?;
        conn.execute_batch("BEGIN").map_err(told)?;
        let columns = columns(&conn).map_err(told)?;
        if NEEDED.iter().any(|needed| !columns.iter().any(|column| column == needed)) {
            return Err(NewsboatError::Foreign { path: path.to_owned() });
        }
        let sound: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(told)?;
        if sound != "ok" {
            return Err(NewsboatError::Damaged { path: path.to_owned(), why: sound });
        }
        Ok(NewsboatCache { path: path.to_owned(), conn, items: items_sql(&columns) })
    }

    /// Lists the feeds that there are items of.
    pub fn feeds(&self) -> Result<Vec<CachedFeed>, NewsboatError> {
        self.told(|conn| {
            let has_flags = self.items.contains(" flags");
            let flagged = if has_flags { "sum(coalesce(i.flags, '') <> '')" } else { "0" };
            conn.prepare(&format!(
                "SELECT i.feedurl, f.title, f.url, count(*), {flagged} FROM rss_item i \
                 LEFT JOIN rss_feed f ON f.rssurl = i.feedurl GROUP BY i.feedurl ORDER BY min(i.rowid)"
            ))?
            .query_map([], feed)?
            .collect()
        })
    }

    /// Reads some items of a feed, those that came first first; from behind the number of the last one read.
    pub fn items(&self, feed: &str, behind: i64, most: usize) -> Result<Vec<CachedState>, NewsboatError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.told(|conn| conn.prepare_cached(&self.items)?.query_map((feed, behind, most), state)?.collect())
    }

    fn told<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, NewsboatError> {
        work(&self.conn).map_err(|error| told(&self.path, &error))
    }
}

fn columns(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    // A view could run anything; newsboat has a table.
    conn.prepare(
        "SELECT c.name FROM sqlite_master t, pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name = 'rss_item' \
         AND EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'rss_feed')",
    )?
    .query_map([], |row| row.get(0))?
    .collect()
}

fn items_sql(columns: &[String]) -> String {
    let optional = OPTIONAL.iter().map(|(name, other)| {
        let is_there = columns.iter().any(|column| column == name);
        if is_there { (*name).to_owned() } else { format!("{other} AS no_{name}") }
    });
    let optional: Vec<String> = optional.collect();
    format!(
        "SELECT rowid, guid, title, author, url, pubDate, content, unread, {} FROM rss_item \
         WHERE feedurl = ?1 AND rowid > ?2 ORDER BY rowid LIMIT ?3",
        optional.join(", ")
    )
}

fn feed(row: &Row<'_>) -> rusqlite::Result<CachedFeed> {
    let count =
        |index| row.get::<_, Option<i64>>(index).map(|count| count.unwrap_or_default().unsigned_abs());
    Ok(CachedFeed {
        address: text(row, 0)?,
        title: text(row, 1)?,
        site: text(row, 2)?,
        items: count(3)?,
        flagged: count(4)?,
    })
}

fn state(row: &Row<'_>) -> rusqlite::Result<CachedState> {
    let item = CachedItem {
        guid: text(row, 1)?,
        title: text(row, 2)?,
        author: text(row, 3)?,
        link: text(row, 4)?,
        date: number(row, 5)?,
        content: text(row, 6)?,
        base: text(row, 10)?,
        enclosure: text(row, 11)?,
        enclosure_type: text(row, 12)?,
        is_plain: text(row, 13)? == "text/plain",
    };
    Ok(CachedState {
        item,
        number: row.get(0)?,
        is_read: number(row, 7)? == 0,
        is_flagged: !text(row, 8)?.trim().is_empty(),
        is_deleted: number(row, 9)? != 0,
    })
}

/// Reads a text, whatever bytes are in it; none is an empty one.
fn text(row: &Row<'_>, index: usize) -> rusqlite::Result<String> {
    let bytes = row.get_ref(index)?.as_bytes_or_null().unwrap_or_default().unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]).into_owned())
}

fn number(row: &Row<'_>, index: usize) -> rusqlite::Result<i64> {
    Ok(row.get_ref(index)?.as_i64_or_null().unwrap_or_default().unwrap_or_default())
}

fn told(path: &Path, error: &rusqlite::Error) -> NewsboatError {
    let path = path.to_owned();
    let why = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => NewsboatError::Foreign { path },
        Some(ErrorCode::DatabaseCorrupt) => NewsboatError::Damaged { path, why },
        // Read-only is what an unfinished write of newsboat's own cannot be taken back by.
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::ReadOnly) => {
            NewsboatError::Busy { path }
        }
        _ => NewsboatError::Unreadable { path, why },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tables as newsboat makes them.
    const SCHEMA: &str = "CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL, \
        title VARCHAR(1024) NOT NULL); \
        CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL, \
        title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, \
        feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL, \
        unread INTEGER(1) NOT NULL";

    const NEWER: &str = ", enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024), \
        enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0, \
        base VARCHAR(128) NOT NULL DEFAULT \"\"";

    struct Place(tempfile::TempDir);

    impl Place {
        fn holding(sql: &str) -> Place {
            let place = Place(tempfile::tempdir().unwrap());
            Connection::open(place.path()).unwrap().execute_batch(sql).unwrap();
            place
        }

        fn path(&self) -> PathBuf {
            self.0.path().join("cache.db")
        }
    }

    fn item(guid: &str, unread: u8) -> String {
        format!(
            "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread) \
             VALUES ('{guid}', 't', '', 'http://a.test/{guid}', 'http://a.test/', 7, 'c', {unread});"
        )
    }

    #[test]
    fn items_come_with_their_state_in_windows() {
        let items: String = (0..5).map(|n| item(&n.to_string(), n % 2)).collect();
        let place = Place::holding(&format!(
            "{SCHEMA}{NEWER}); {items} UPDATE rss_item SET flags = 'q' WHERE guid = '1'; \
             UPDATE rss_item SET deleted = 1 WHERE guid = '2'; UPDATE rss_item SET title = x'ff41' WHERE guid = '3'; \
             INSERT INTO rss_feed VALUES ('http://a.test/', 'http://site.test/', 'A')"
        ));
        let cache = NewsboatCache::open(&place.path()).unwrap();
        let feed = CachedFeed {
            address: "http://a.test/".into(),
            title: "A".into(),
            site: "http://site.test/".into(),
            items: 5,
            flagged: 1,
        };
        assert_eq!(cache.feeds().unwrap(), [feed]);
        let first = cache.items("http://a.test/", 0, 3).unwrap();
        let states: Vec<_> = first.iter().map(|it| (it.is_read, it.is_flagged, it.is_deleted)).collect();
        assert_eq!(states, [(true, false, false), (false, true, false), (true, false, true)]);
        let rest = cache.items("http://a.test/", first[2].number, 3).unwrap();
        let titles: Vec<_> = rest.iter().map(|it| it.item.title.as_str()).collect();
        assert_eq!(titles, ["\u{fffd}A", "t"]);
    }

    #[test]
    fn a_cache_of_an_old_newsboat_is_read() {
        let place = Place::holding(&format!("{SCHEMA}); {}", item("1", 0)));
        let cache = NewsboatCache::open(&place.path()).unwrap();
        assert_eq!(cache.feeds().unwrap()[0].flagged, 0);
        assert!(cache.items("http://a.test/", 0, 9).unwrap()[0].is_read);
    }

    #[test]
    fn what_is_no_cache_is_left_alone() {
        let foreign = Place::holding("CREATE TABLE a (b); CREATE VIEW rss_item AS SELECT b AS guid FROM a");
        assert!(matches!(NewsboatCache::open(&foreign.path()), Err(NewsboatError::Foreign { .. })));
        std::fs::write(foreign.path(), "no database, but long enough to be looked at".repeat(50)).unwrap();
        assert!(matches!(NewsboatCache::open(&foreign.path()), Err(NewsboatError::Foreign { .. })));
        std::fs::remove_file(foreign.path()).unwrap();
        assert!(matches!(NewsboatCache::open(&foreign.path()), Err(NewsboatError::Missing { .. })));
        assert!(!foreign.path().exists());
    }

    #[test]
    fn a_damaged_cache_is_refused_before_anything_is_read() {
        let items: String = (0..2000).map(|n| item(&n.to_string(), 1)).collect();
        let place = Place::holding(&format!("{SCHEMA}{NEWER}); CREATE INDEX i ON rss_item (guid); {items}"));
        let mut bytes = std::fs::read(place.path()).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..].fill(0x5a);
        std::fs::write(place.path(), &bytes).unwrap();
        assert!(matches!(NewsboatCache::open(&place.path()), Err(NewsboatError::Damaged { .. })));
        assert_eq!(std::fs::read(place.path()).unwrap(), bytes);
    }

    #[test]
    fn a_cache_in_use_is_not_waited_for_long() {
        let place = Place::holding(&format!("{SCHEMA}{NEWER});"));
        let other = Connection::open(place.path()).unwrap();
        other.execute_batch("BEGIN EXCLUSIVE").unwrap();
        assert!(matches!(NewsboatCache::open(&place.path()), Err(NewsboatError::Busy { .. })));
    }
}
