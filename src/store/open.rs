//! Opening the database: looked at first, changed only when it is ours.
//!
//! Order: an existing file is opened read-only and its version compared; then the writer
//! switches to WAL and migrates; readers come last.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use super::StoreError;

const STEPS: &[M<'_>] = &[M::up(include_str!("../../assets/migrations/01_library.sql"))];

/// Another process may hold the write lock for a batch of at most 50 ms; this is patience for many.
const BUSY: Duration = Duration::from_secs(10);

/// Opens the one connection that writes, and brings the schema up to date.
pub(super) fn writer(path: &Path) -> Result<Connection, StoreError> {
    refuse_newer(path)?;
    let told = |error: rusqlite::Error| StoreError::of(path, &error);
    let mut conn = Connection::open(path).map_err(told)?;
    conn.busy_timeout(BUSY).map_err(told)?;
    conn.pragma_update(None, "journal_mode", "wal").map_err(told)?;
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
    Ok(conn)
}

/// Sets what every writing connection needs, and migrates.
pub(super) fn prepare(conn: &mut Connection) -> rusqlite::Result<()> {
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.set_prepared_statement_cache_capacity(64);
    let migrated = Migrations::from_slice(STEPS).to_latest(conn);
    migrated.map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err,
        other => rusqlite::Error::ToSqlConversionFailure(Box::new(other)),
    })
}

fn refuse_newer(path: &Path) -> Result<(), StoreError> {
    if !path.exists() {
        return Ok(());
    }
    let told = |error: rusqlite::Error| StoreError::of(path, &error);
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(told)?;
    conn.busy_timeout(BUSY).map_err(told)?;
    let found: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(told)?;
    let known = i64::try_from(STEPS.len()).expect("a handful of migrations");
    if found > known {
        return Err(StoreError::Newer { path: path.to_owned(), found, known });
    }
    Ok(())
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
    fn a_file_that_is_no_database_is_left_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("library.db");
        std::fs::write(&path, vec![b'x'; 5000]).unwrap();
        assert!(matches!(writer(&path), Err(StoreError::Damaged { .. })));
        assert_eq!(std::fs::read(&path).unwrap(), vec![b'x'; 5000]);
    }
}
