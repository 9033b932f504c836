//! What can go wrong with the library, in words a reader can use.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the library could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is no healthy database.
    #[error(
        "the library {path} is damaged ({why}); it was left as it is: newsterm doctor --restore FILE puts a back-up in its place, or move it away to start afresh"
    )]
    Damaged {
        /// The database file.
        path: PathBuf,
        /// What SQLite says.
        why: String,
    },
    /// The file is another program's database.
    #[error("{path} is a database of another program; it was left as it is: choose another place with --dir")]
    Foreign {
        /// The database file.
        path: PathBuf,
    },
    /// The file was written by a later newsterm.
    #[error(
        "the library {path} was written by a newer newsterm (version {found}, this one knows {known}); it was left as it is: update newsterm, or choose another place with --dir"
    )]
    Newer {
        /// The database file.
        path: PathBuf,
        /// The version in the file.
        found: i64,
        /// The version this program writes.
        known: i64,
    },
    /// The file or its directory cannot be opened or written.
    #[error(
        "cannot open the library {path} ({why}); check that its directory exists and that you may write to it, or choose another place with --dir"
    )]
    NotWritable {
        /// The database file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// There is no room left.
    #[error("no space left for the library {path}; what was stored is safe, free some space and try again")]
    DiskFull {
        /// The database file.
        path: PathBuf,
    },
    /// What was asked is wanted no longer.
    #[error("given up")]
    GivenUp,
    /// Another process kept the library to itself for too long.
    #[error("another newsterm keeps the library {path} busy; try again in a moment")]
    Busy {
        /// The database file.
        path: PathBuf,
    },
    /// Another process has the library open, and would have to do without.
    #[error("the library {path} is open in another newsterm or program; leave that and try again")]
    InUse {
        /// The database file.
        path: PathBuf,
    },
    /// What would be overwritten is there already.
    #[error("{path} is there already and is never overwritten; choose another name")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// What is to be the library is none.
    #[error("{path} cannot be the library: {why}")]
    Unsound {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A copy could not be written.
    #[error("cannot write {path}: {why}")]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// Anything else SQLite refuses.
    #[error("the library {path} refused: {why}")]
    Refused {
        /// The database file.
        path: PathBuf,
        /// What SQLite says.
        why: String,
    },
    /// The store was closed while the answer was awaited.
    #[error("the library is closed")]
    Closed,
}

impl StoreError {
    /// Says that a file could not be written.
    pub(super) fn not_written(path: &Path, error: &std::io::Error) -> StoreError {
        StoreError::NotWritten { path: path.to_owned(), why: error.to_string() }
    }

    /// Reads SQLite's error into the reader's words.
    pub(super) fn of(path: &Path, error: &rusqlite::Error) -> StoreError {
        let path = path.to_owned();
        let why = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Damaged { path, why },
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                StoreError::NotWritable { path, why }
            }
            Some(ErrorCode::DiskFull) => StoreError::DiskFull { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy { path },
            _ => StoreError::Refused { path, why },
        }
    }
}
