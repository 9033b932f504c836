//! Looks at a library without changing it, whatever its state, and makes it small and quick again.
//!
//! What cannot be read is noted as a problem, and the rest is looked at all the same.

use std::path::Path;

use rusqlite::{Connection, Row};

use super::{StoreError, column, lock, open};
use crate::model::FeedId;

/// How closely to look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Depth {
    /// At the structure of each table: as long as reading the file takes.
    Quick,
    /// At each index, each reference, each count, and the index of words.
    Thorough,
}

/// What was found of a library. What could not be read is none.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Examination {
    /// The version of its tables, and the version that this program writes.
    pub version: (i64, i64),
    /// What its files take, in bytes.
    pub bytes: u64,
    /// Of that, room that is free.
    pub free: Option<u64>,
    /// Feeds followed, and feeds that were removed.
    pub feeds: Option<(u64, u64)>,
    /// Entries in sight: all, unread, saved.
    pub entries: Option<(u64, u64, u64)>,
    /// Entries that a search cannot find yet.
    pub not_indexed: Option<u64>,
    /// Steps of the journal, and what they changed.
    pub steps: Option<(u64, u64)>,
    /// The feeds that take most room, the largest first.
    pub largest: Vec<FeedSize>,
    /// What is wrong.
    pub problems: Vec<String>,
}

/// How much of a feed is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FeedSize {
    /// The feed.
    pub feed: FeedId,
    /// Its title.
    pub title: String,
    /// It is followed.
    pub is_followed: bool,
    /// How many texts of it there are.
    pub entries: u64,
    /// What they take with their pages, in bytes, packed as they are.
    pub bytes: u64,
}

/// Looks at a library and names the feeds that take most room; none where there is no library.
pub fn examine(path: &Path, depth: Depth, feeds: usize) -> Result<Option<Examination>, StoreError> {
    if !path.exists() {
        return Ok(None);
    }
    let found = Examination { bytes: file_bytes(path), ..Examination::default() };
    if let Err(error) = open::refuse_foreign(path) {
        return damage(error).map(|why| Some(Examination { problems: vec![why], ..found }));
    }
    let conn = open::reader(path).map_err(|error| StoreError::of(path, &error))?;
    let mut look = Look { conn, found };
    look.measure();
    if look.found.version.0 == 0 && look.found.problems.is_empty() {
        // A file that was made and not filled.
        return Ok(None);
    }
    look.count();
    look.weigh(feeds);
    match depth {
        Depth::Quick => look.check_tables(),
        Depth::Thorough => look.check_all(),
    }
    if look.found.problems.is_empty() {
        open::leave(path, look.conn);
    }
    Ok(Some(look.found))
}

/// Says what is wrong with a library that does not open; what is none of ours is an error still.
fn damage(error: StoreError) -> Result<String, StoreError> {
    match error {
        StoreError::Damaged { why, .. } => Ok(why),
        error => Err(error),
    }
}

/// Measures what the library takes on the disk.
fn file_bytes(path: &Path) -> u64 {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-wal");
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
    length(path) + length(Path::new(&journal))
}

struct Look {
    conn: Connection,
    found: Examination,
}

impl Look {
    /// Asks one thing; what cannot be said is a problem.
    fn ask<T>(&mut self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        match ask(&self.conn) {
            Ok(answer) => Some(answer),
            Err(error) => {
                self.complain(&error.to_string());
                None
            }
        }
    }

    fn complain(&mut self, problem: &str) {
        // SQLite says many things on lines of one answer.
        for line in problem.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if !self.found.problems.iter().any(|known| known == line) {
                self.found.problems.push(line.to_owned());
            }
        }
    }

    fn measure(&mut self) {
        let version = self.ask(open::version).unwrap_or_default();
        self.found.version = (version, open::known_version());
        self.found.free = self.ask(|conn| {
            let number = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
            Ok((number("freelist_count")? * number("page_size")?).unsigned_abs())
        });
    }

    fn count(&mut self) {
        self.found.feeds = self.ask(|conn| {
            conn.query_row("SELECT coalesce(sum(subscribed), 0), count(*) FROM feed", [], |row| {
                let (followed, all) = (number(row, 0)?, number(row, 1)?);
                Ok((followed, all - followed))
            })
        });
        self.found.entries = self.ask(|conn| {
            let kept = "SELECT coalesce(sum(total), 0), coalesce(sum(unread), 0), coalesce(sum(saved), 0) FROM feed_count";
            conn.query_row(kept, [], |row| Ok((number(row, 0)?, number(row, 1)?, number(row, 2)?)))
        });
        if self.found.version.0 >= WITH_INDEX {
            let waiting = "SELECT count(*) FROM to_index";
            self.found.not_indexed = self.ask(|conn| conn.query_row(waiting, [], |row| number(row, 0)));
        }
        self.found.steps = self.ask(|conn| {
            let sql = "SELECT (SELECT count(*) FROM journal), (SELECT count(*) FROM journal_item)";
            conn.query_row(sql, [], |row| Ok((number(row, 0)?, number(row, 1)?)))
        });
    }

    /// Adds up what is kept of each feed: one walk over the texts, which reads none of them.
    fn weigh(&mut self, feeds: usize) {
        let pages = if self.found.version.0 >= WITH_PAGES {
            "coalesce((SELECT octet_length(html) FROM page_text p WHERE p.entry = b.entry), 0)"
        } else {
            "0"
        };
        let sql = format!(
            "SELECT f.id, coalesce(f.own_title, nullif(f.title, '')), f.url, f.subscribed, count(*) AS texts, \
             sum(coalesce(octet_length(b.summary), 0) + coalesce(octet_length(b.content), 0) + {pages}) AS bytes \
             FROM body b JOIN status s ON s.id = b.entry JOIN feed f ON f.id = s.feed \
             GROUP BY f.id ORDER BY bytes DESC, f.id LIMIT ?1"
        );
        let weighed = self.ask(|conn| {
            let limit = i64::try_from(feeds).unwrap_or(i64::MAX);
            conn.prepare(&sql)?.query_map([limit], feed_size)?.collect()
        });
        self.found.largest = weighed.unwrap_or_default();
    }

    /// Checks each table by itself: asked for all at once, SQLite looks through the index of words too.
    fn check_tables(&mut self) {
        const TABLES: &str =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'";
        let tables: Vec<String> = self
            .ask(|conn| conn.prepare(TABLES)?.query_map([], |row| row.get(0))?.collect())
            .unwrap_or_default();
        for table in tables {
            self.check("quick_check", &format!("('{table}')"));
        }
    }

    fn check_all(&mut self) {
        self.check("integrity_check", "");
        let strays = self.ask(|conn| {
            let sql = "SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY \"table\"";
            let stray = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?));
            conn.prepare(sql)?.query_map([], stray)?.collect::<rusqlite::Result<Vec<_>>>()
        });
        for (table, count) in strays.unwrap_or_default() {
            self.complain(&format!("rows of {table} that belong to nothing: {count}"));
        }
        let wrong = self.ask(|conn| {
            let sql = format!("SELECT count(*) FROM ({COUNTED}) WHERE kept <> counted");
            conn.query_row(&sql, [], |row| row.get::<_, i64>(0))
        });
        if let Some(wrong @ 1..) = wrong {
            self.complain(&format!("{MISCOUNTED}: {wrong}"));
        }
    }

    fn check(&mut self, pragma: &str, of: &str) {
        let found = self.ask(|conn| {
            let mut statement = conn.prepare(&format!("PRAGMA {pragma}{of}"))?;
            statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()
        });
        for line in found.unwrap_or_default().iter().filter(|line| *line != "ok") {
            self.complain(line);
        }
    }
}

/// The problem that counting anew solves.
pub const MISCOUNTED: &str = "feeds with wrong counts";

/// The first versions with pages, and with the index of words.
const WITH_PAGES: i64 = 2;
const WITH_INDEX: i64 = 5;

/// The counts of each feed as they are kept, and as counting finds them.
const COUNTED: &str = "SELECT c.feed, c.total || ' ' || c.unread || ' ' || c.saved AS kept, \
     count(s.id) || ' ' || count(s.id) FILTER (WHERE s.read = 0) || ' ' || count(s.id) FILTER (WHERE s.saved = 1) AS counted \
     FROM feed_count c LEFT JOIN status s ON s.feed = c.feed AND s.listed = 1 GROUP BY c.feed";

fn number(row: &Row<'_>, index: usize) -> rusqlite::Result<u64> {
    row.get(index).map(i64::unsigned_abs)
}

fn feed_size(row: &Row<'_>) -> rusqlite::Result<FeedSize> {
    Ok(FeedSize {
        feed: FeedId(row.get(0)?),
        title: column::feed_title(row, 1, 2)?,
        is_followed: row.get(3)?,
        entries: number(row, 4)?,
        bytes: number(row, 5)?,
    })
}

/// What is being done to a library.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    /// The parts of the index of words are made one.
    Merging,
    /// Entries are counted anew.
    Counting,
    /// The file is written anew, without free room.
    Packing,
}

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Optimised {
    /// What the library took before, in bytes.
    pub before: u64,
    /// What it takes now.
    pub after: u64,
    /// It was packed; not so where another newsterm has it open.
    pub is_packed: bool,
}

/// Pages of the index that are merged in one transaction, so that a reader beside can mark meanwhile.
const MERGED_AT_ONCE: i64 = 500;

/// Makes a library small and quick again, and tells what it does. Statistics are not collected on purpose: the plans that
/// are tested are those without.
pub fn optimise(path: &Path, mut report: impl FnMut(Work)) -> Result<Optimised, StoreError> {
    let told = |error: rusqlite::Error| StoreError::of(path, &error);
    let lock = match lock::alone(path) {
        Err(StoreError::InUse { .. }) => (lock::shared(path)?, false),
        alone => (alone?, true),
    };
    let before = file_bytes(path);
    let conn = open::writer(path)?;
    report(Work::Merging);
    merge_index(&conn).map_err(told)?;
    report(Work::Counting);
    count_anew(&conn).map_err(told)?;
    if lock.1 {
        report(Work::Packing);
        conn.execute_batch("VACUUM").map_err(told)?;
    }
    // Closing it brings all into the one file.
    conn.close().map_err(|(_, error)| told(error))?;
    Ok(Optimised { before, after: file_bytes(path), is_packed: lock.1 })
}

/// Source of the steps: <https://www.sqlite.org/fts5.html#the_merge_command>.
fn merge_index(conn: &Connection) -> rusqlite::Result<()> {
    let mut pages = -MERGED_AT_ONCE;
    loop {
        let before = conn.total_changes();
        conn.execute("INSERT INTO words (words, rank) VALUES ('merge', ?1)", [pages])?;
        if conn.total_changes() - before < 2 {
            return Ok(());
        }
        pages = MERGED_AT_ONCE;
    }
}

fn count_anew(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(&format!(
        "UPDATE feed_count SET \
         total = (SELECT count(*) FROM status s WHERE s.feed = feed_count.feed AND s.listed = 1), \
         unread = (SELECT count(*) FROM status s WHERE s.feed = feed_count.feed AND s.listed = 1 AND s.read = 0), \
         saved = (SELECT count(*) FROM status s WHERE s.feed = feed_count.feed AND s.listed = 1 AND s.saved = 1) \
         WHERE feed IN (SELECT feed FROM ({COUNTED}) WHERE kept <> counted)"
    ))
}
