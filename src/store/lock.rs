//! Who has the library open: a lock on a file beside it, which all share that use the library, and which whoever puts
//! another library in its place holds alone.
//!
//! SQLite's own locks end with the file they are on; this one stays where it is when the library is replaced.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Instant;

use super::StoreError;
use super::open::{BUSY, PAUSE};

/// A lock, until it is dropped. None where the system has no such locks.
#[derive(Debug)]
pub(super) struct Lock {
    _file: Option<File>,
}

/// Joins those that use the library; waits a while for one that holds it alone.
pub(super) fn shared(library: &Path) -> Result<Lock, StoreError> {
    // What cannot be made is for the database to say.
    let Some(file) = file(library) else { return Ok(Lock { _file: None }) };
    let begun = Instant::now();
    loop {
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) if begun.elapsed() < BUSY => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Busy { path: library.to_owned() }),
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(Lock { _file: Some(file) }),
        }
    }
}

/// Holds the library alone; an error where anybody uses it.
pub(super) fn alone(library: &Path) -> Result<Lock, StoreError> {
    let Some(file) = file(library) else { return Ok(Lock { _file: None }) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: library.to_owned() }),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Lock { _file: Some(file) }),
    }
}

fn file(library: &Path) -> Option<File> {
    let path = library.with_extension("lock");
    OpenOptions::new().create(true).truncate(false).write(true).open(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_may_use_a_library_and_one_replaces_it() {
        let dir = tempfile::tempdir().unwrap();
        let library = dir.path().join("library.db");
        let users = [shared(&library).unwrap(), shared(&library).unwrap()];
        assert!(matches!(alone(&library), Err(StoreError::InUse { .. })));
        drop(users);
        let _alone = alone(&library).unwrap();
        assert!(matches!(alone(&library), Err(StoreError::InUse { .. })));
    }
}
