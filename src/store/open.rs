//! Opening the database: looked at first, changed only when it is ours.
//!
//! Order: an existing file is looked at without writing to it; then the writer switches to WAL and
//! migrates; readers come last. Several processes may do so at once.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use rusqlite_migration::{M, Migrations};

use super::StoreError;
use crate::model::{Pattern, PatternPlace};
use crate::search::Matcher;

/// What made each version of the library from the one before. Steps that were ever on main never change.
const STEPS: &[M<'_>] = &[
    M::up(include_str!("../../assets/migrations/01_library.sql")),
    M::up(include_str!("../../assets/migrations/02_pages.sql")),
    M::up(include_str!("../../assets/migrations/03_positions.sql")),
    M::up(include_str!("../../assets/migrations/04_comments.sql")),
    M::up(include_str!("../../assets/migrations/05_search.sql")),
    M::up(include_str!("../../assets/migrations/06_queries.sql")),
    M::up(include_str!("../../assets/migrations/07_forgetting.sql")),
];

/// Another process may hold the write lock for a batch of at most 50 ms; this is patience for many.
pub(super) const BUSY: Duration = Duration::from_secs(10);

/// Between two tries of what SQLite does not wait for itself.
pub(super) const PAUSE: Duration = Duration::from_millis(5);

/// Opens the one connection that writes, and brings the schema up to date.
pub(super) fn writer(path: &Path) -> Result<Connection, StoreError> {
    refuse_foreign(path)?;
    let told = |error: rusqlite::Error| StoreError::of(path, &error);
    let mut conn = Connection::open(path).map_err(told)?;
    conn.busy_timeout(BUSY).map_err(told)?;
    patiently(|| conn.pragma_update(None, "journal_mode", "wal")).map_err(told)?;
    conn.pragma_update(None, "synchronous", "normal").map_err(told)?;
    prepare(&mut conn).map_err(told)?;
    Ok(conn)
}

/// Opens a connection that only reads.
pub(super) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    conn.busy_timeout(BUSY)?;
    conn.set_prepared_statement_cache_capacity(256);
    add_functions(&conn)?;
    Ok(conn)
}

/// Closes a connection that only read, and clears away what it may have left beside a sound library: only one that may
/// write does so by itself.
pub(super) fn leave(path: &Path, reader: Connection) {
    drop(reader);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let left = Connection::open_with_flags(path, flags).and_then(|conn| version(&conn));
    if let Err(error) = left {
        tracing::debug!(%error, "what lies beside the library stays there");
    }
}

/// Adds what queries ask of texts and SQL has no way to say.
fn add_functions(conn: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    conn.create_scalar_function("matches", 5, flags, |context| {
        let matcher = context.get_or_create_aux(3, |expression| -> Result<Matcher, BoxedError> {
            let place = match context.get::<String>(2)?.as_str() {
                "title" => Some(PatternPlace::Title),
                "url" => Some(PatternPlace::Url),
                _ => None,
            };
            let expression = expression.as_str()?.to_owned();
            Ok(Matcher::of(&Pattern { place, expression, ignores_case: context.get(4)? })?)
        })?;
        let (title, url) = (context.get_raw(0).as_str_or_null()?, context.get_raw(1).as_str_or_null()?);
        Ok(matcher.is_match(title.unwrap_or_default(), url))
    })
}

type BoxedError = Box<dyn std::error::Error + Send + Sync>;

/// Sets what every writing connection needs, and migrates.
pub(super) fn prepare(conn: &mut Connection) -> rusqlite::Result<()> {
    conn.pragma_update(None, "foreign_keys", true)?;
    add_functions(conn)?;
    conn.set_prepared_statement_cache_capacity(64);
    patiently(|| migrate(conn))
}

fn migrate(conn: &mut Connection) -> rusqlite::Result<()> {
    if version(conn)? == known_version() {
        return Ok(());
    }
    match Migrations::from_slice(STEPS).to_latest(conn) {
        Ok(()) => Ok(()),
        // Another process that started at the same time was faster.
        Err(_) if version(conn)? == known_version() => Ok(()),
        Err(rusqlite_migration::Error::RusqliteError { err, .. }) => Err(err),
        Err(other) => Err(rusqlite::Error::ToSqlConversionFailure(Box::new(other))),
    }
}

/// Tries again while another process is in the way where SQLite itself does not wait.
fn patiently(mut step: impl FnMut() -> rusqlite::Result<()>) -> rusqlite::Result<()> {
    let begun = Instant::now();
    loop {
        match step() {
            Err(error) if is_busy(&error) && begun.elapsed() < BUSY => std::thread::sleep(PAUSE),
            ended => return ended,
        }
    }
}

/// Tells whether only another process is in the way.
pub(super) fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// Reads the version of a library's tables.
pub(super) fn version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Gives the version that this program writes.
pub(super) fn known_version() -> i64 {
    i64::try_from(STEPS.len()).expect("a handful of migrations")
}

/// Refuses what is not a healthy library of ours, before anything is written to it.
pub(super) fn refuse_foreign(path: &Path) -> Result<(), StoreError> {
    let Ok(metadata) = std::fs::metadata(path) else {
        return Ok(());
    };
    if !metadata.is_file() {
        return Err(StoreError::NotWritable { path: path.to_owned(), why: "it is not a file".to_owned() });
    }
    refuse_cut_off(path)?;
    let told = |error: rusqlite::Error| StoreError::of(path, &error);
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(told)?;
    conn.busy_timeout(BUSY).map_err(told)?;
    // Tables before version: another process may be making both at this moment, the version last.
    let tables = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
    let tables = tables.map_err(told)?;
    let (found, known) = (version(&conn).map_err(told)?, known_version());
    if found == 0 && tables > 0 {
        return Err(StoreError::Foreign { path: path.to_owned() });
    }
    if found > known {
        return Err(StoreError::Newer { path: path.to_owned(), found, known });
    }
    Ok(())
}

/// Refuses a file that is shorter than it says; looked at twice, for another process may be writing it.
fn refuse_cut_off(path: &Path) -> Result<(), StoreError> {
    if missing_part(path).is_none() {
        return Ok(());
    }
    std::thread::sleep(PAUSE);
    match missing_part(path) {
        Some(why) => Err(StoreError::Damaged { path: path.to_owned(), why }),
        None => Ok(()),
    }
}

/// Says what is missing at the end of a database; with a journal file beside it SQLite can tell better.
fn missing_part(path: &Path) -> Option<String> {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-wal");
    if std::fs::metadata(journal).is_ok_and(|journal| journal.len() > 0) {
        return None;
    }
    let mut head = [0; 100];
    // Shorter than a head, or no database at all: opening it says so.
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).ok()?;
    if !head.starts_with(b"SQLite format 3\0") {
        return None;
    }
    let told = told_length(&head)?;
    let length = std::fs::metadata(path).ok()?.len();
    (told > length).then(|| format!("it ends after {length} of {told} bytes"))
}

/// Reads the length that a database tells of itself, where that is up to date.
///
/// Source: <https://www.sqlite.org/fileformat2.html#the_database_header>
fn told_length(head: &[u8; 100]) -> Option<u64> {
    let number = |at: usize| head[at..at + 4].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    let page = match number(16) >> 16 {
        1 => 65_536,
        size => size,
    };
    let is_up_to_date = number(24) == number(92);
    is_up_to_date.then(|| number(28) * page)
}

/// Opens a library in memory, for tests of single statements.
#[cfg(test)]
pub(super) fn in_memory() -> Connection {
    let mut conn = Connection::open_in_memory().unwrap();
    prepare(&mut conn).unwrap();
    conn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_library_has_the_latest_schema() {
        let dir = tempfile::tempdir().unwrap();
        let conn = writer(&dir.path().join("library.db")).unwrap();
        let mode: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal");
        assert_eq!(version(&conn).unwrap(), known_version());
    }

    /// What each table, index and trigger of a library is made by.
    fn schema(conn: &Connection) -> Vec<String> {
        let mut statement = conn
            .prepare("SELECT name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY name")
            .unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn a_library_of_any_earlier_version_becomes_the_latest_and_keeps_what_it_holds() {
        let latest = schema(&in_memory());
        for earlier in 1..STEPS.len() {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("library.db");
            let mut conn = Connection::open(&path).unwrap();
            Migrations::from_slice(STEPS).to_version(&mut conn, earlier).unwrap();
            conn.execute_batch("INSERT INTO feed (url) VALUES ('http://a.test/')").unwrap();
            drop(conn);
            let conn = writer(&path).unwrap();
            assert_eq!(schema(&conn), latest, "from version {earlier}");
            let url: String = conn.query_row("SELECT url FROM feed", [], |row| row.get(0)).unwrap();
            assert_eq!(url, "http://a.test/");
        }
    }

    #[test]
    fn a_newer_library_is_left_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("library.db");
        let conn = Connection::open(&path).unwrap();
        conn.pragma_update(None, "user_version", 99).unwrap();
        drop(conn);
        let before = std::fs::read(&path).unwrap();
        assert!(matches!(writer(&path), Err(StoreError::Newer { found: 99, .. })));
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_library_cut_off_is_left_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("library.db");
        drop(writer(&path).unwrap());
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        assert!(matches!(writer(&path), Err(StoreError::Damaged { .. })));
        assert_eq!(std::fs::read(&path).unwrap(), &whole[..whole.len() / 2]);
    }

    #[test]
    fn several_processes_may_start_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("library.db");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let conn = writer(&path).unwrap();
                    assert_eq!(version(&conn).unwrap(), known_version());
                });
            }
        });
    }

    #[test]
    fn a_file_that_is_no_database_is_left_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("library.db");
        std::fs::write(&path, vec![b'x'; 5000]).unwrap();
        assert!(matches!(writer(&path), Err(StoreError::Damaged { .. })));
        assert_eq!(std::fs::read(&path).unwrap(), vec![b'x'; 5000]);
    }
}
