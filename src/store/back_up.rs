//! Copies of the library: made while it is used, and put in its place.
//!
//! A copy is made by `VACUUM INTO`: it holds one moment of the library, whoever writes meanwhile; it is one file, without
//! free room, and was read row by row, so that a damaged library gives no copy rather than a damaged one. SQLite's other
//! way, page by page, begins anew whenever another process writes. A file gets its name when it is whole and on the disk.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use tempfile::NamedTempFile;

use super::doctor::{Depth, examine};
use super::{StoreError, lock, open};
use crate::model::Timestamp;

/// Copies the library into a new file; gives its length in bytes.
pub fn back_up(library: &Path, to: &Path) -> Result<u64, StoreError> {
    if to.exists() {
        return Err(StoreError::Exists { path: to.to_owned() });
    }
    let written = |error: &io::Error| StoreError::not_written(to, error);
    let copy = copy(library, to)?;
    let length = copy.as_file().metadata().map_err(|error| written(&error))?.len();
    copy.persist_noclobber(to).map_err(|failed| match failed.error.kind() {
        io::ErrorKind::AlreadyExists => StoreError::Exists { path: to.to_owned() },
        _ => written(&failed.error),
    })?;
    sync_directory(to).map_err(|error| written(&error))?;
    Ok(length)
}

/// Puts a copy in the place of the library, which is kept beside it under a dated name; gives that, where there was a
/// library. Nobody else may use it meanwhile.
pub fn restore(library: &Path, from: &Path, now: Timestamp) -> Result<Option<PathBuf>, StoreError> {
    // Where a link leads to it, the link stays.
    let place = &library.canonicalize().unwrap_or_else(|_| library.to_owned());
    let written = |error: io::Error| StoreError::not_written(place, &error);
    if from.canonicalize().is_ok_and(|from| from == *place) {
        return Err(StoreError::Unsound {
            path: from.to_owned(),
            why: "it is the library itself".to_owned(),
        });
    }
    check(from)?;
    if let Err(error @ StoreError::Foreign { .. }) = open::refuse_foreign(place) {
        return Err(error);
    }
    let _alone = lock::alone(library)?;
    let copy = copy(from, place)?;
    let aside = if place.exists() {
        settle(place)?;
        Some(set_aside(place, now).map_err(written)?)
    } else {
        None
    };
    copy.persist(place).map_err(|failed| written(failed.error))?;
    sync_directory(place).map_err(written)?;
    Ok(aside)
}

/// Refuses what is no whole library of a version that is known.
fn check(from: &Path) -> Result<(), StoreError> {
    let unsound = |why: &str| StoreError::Unsound { path: from.to_owned(), why: why.to_owned() };
    match examine(from, Depth::Thorough, 0)? {
        Some(found) => found.problems.first().map_or(Ok(()), |why| Err(unsound(why))),
        None if from.exists() => Err(unsound("there is no library in it")),
        None => Err(unsound("there is no such file")),
    }
}

/// Copies a library into a file without a name beside another, brought to the disk.
fn copy(from: &Path, beside: &Path) -> Result<NamedTempFile, StoreError> {
    let written = |error: io::Error| StoreError::not_written(beside, &error);
    let file =
        tempfile::Builder::new().prefix(".newsterm-").tempfile_in(directory(beside)).map_err(written)?;
    open::refuse_foreign(from)?;
    let conn = open::reader(from).map_err(|error| StoreError::of(from, &error))?;
    let path = file.path().to_str().ok_or_else(|| written(io::ErrorKind::InvalidFilename.into()))?;
    conn.execute("VACUUM INTO ?1", [path]).map_err(|error| StoreError::of(from, &error))?;
    open::leave(from, conn);
    file.as_file().sync_all().map_err(written)?;
    Ok(file)
}

/// Brings all of a library into its one file; one that is damaged stays as it is. An error where another program has it
/// open.
fn settle(library: &Path) -> Result<(), StoreError> {
    let alone = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(library, flags)?;
        conn.busy_timeout(Duration::ZERO)?;
        conn.pragma_update(None, "locking_mode", "exclusive")?;
        conn.execute_batch("BEGIN EXCLUSIVE; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")?;
        conn.close().map_err(|(_, error)| error)
    };
    match alone() {
        Err(error) if open::is_busy(&error) => Err(StoreError::InUse { path: library.to_owned() }),
        Err(error) => {
            tracing::warn!(%error, "the library is set aside as it is");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// Gives the library a second, dated name. A file that belongs to it goes along: left where it is, it would be taken for
/// a part of the next library.
fn set_aside(library: &Path, now: Timestamp) -> io::Result<PathBuf> {
    let aside = free_name(library, now);
    // At any moment there is a library under its name; where a file can have one name only, nearly so.
    std::fs::hard_link(library, &aside).or_else(|_| std::fs::rename(library, &aside))?;
    match std::fs::rename(beside(library, "-wal"), beside(&aside, "-wal")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    match std::fs::remove_file(beside(library, "-shm")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(aside),
    }
}

/// Finds a dated name that no file has.
fn free_name(library: &Path, now: Timestamp) -> PathBuf {
    let name = library.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let dated = |number: u32| {
        let date = now.strftime("%Y-%m-%d-%H%M%S");
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        library.with_file_name(format!("{name}-{date}{number}.db"))
    };
    let mut names = (1..).map(dated);
    names.find(|name| !name.exists()).expect("there are more numbers than files")
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn directory(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Brings the names in a directory to the disk.
fn sync_directory(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(directory(path))?.sync_all() } else { Ok(()) }
}
