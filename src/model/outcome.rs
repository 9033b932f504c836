//! How the fetch of one feed ended. Expected ends are names, not errors.

use super::Timestamp;

/// The end of one feed's fetch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FeedOutcome {
    /// New or changed entries came in.
    Updated {
        /// Entries not known before.
        new: usize,
        /// Known entries whose text changed.
        changed: usize,
    },
    /// The server said nothing has changed since the last fetch.
    NotModified,
    /// The document came, and all of it was known.
    NothingNew,
    /// It was not asked: its server wants to be left alone until then.
    LeftAlone {
        /// The end of the wait.
        until: Timestamp,
    },
    /// No entries could be taken.
    Failed(FetchProblem),
}

/// Why a feed could not be taken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FetchProblem {
    /// The server could not be reached.
    #[error("cannot reach the server: {0}")]
    Unreachable(String),
    /// The server took too long.
    #[error("the server did not answer in time")]
    TimedOut,
    /// The server answered with an error.
    #[error("the server says {code} {}{}", .reason.as_deref().unwrap_or("(no reason given)"), advice(*.code))]
    Status {
        /// The HTTP status code.
        code: u16,
        /// Its name.
        reason: Option<String>,
    },
    /// The server wants to be left alone, and was not asked.
    #[error("its server asked to be left alone until {}", local(*.until))]
    LeftAlone {
        /// The end of the wait.
        until: Timestamp,
    },
    /// The document is larger than the limit.
    #[error("larger than the limit of {limit_mb} MB")]
    TooLarge {
        /// The limit in megabytes.
        limit_mb: u64,
    },
    /// The answer was cut off or garbled on its way.
    #[error("the answer broke off: {0}")]
    BrokenAnswer(String),
    /// Too many redirects, or one to where newsterm does not go.
    #[error("redirected in vain: {0}")]
    BadRedirect(String),
    /// The server or a document leads to where only this machine or its neighbours can reach.
    #[error("redirected in vain: the new address lies in a private network")]
    PrivateAddress,
    /// The document is not a feed.
    #[error("not a feed: {0}")]
    NotAFeed(String),
    /// The command that knows the password gave none.
    #[error("no password for it: {0}")]
    NoPassword(String),
    /// The library could not take it.
    #[error("cannot store it: {0}")]
    NotStored(String),
}

impl FeedOutcome {
    /// Names the end in one word, for scripts.
    pub fn as_str(&self) -> &'static str {
        match self {
            FeedOutcome::Updated { .. } => "updated",
            FeedOutcome::NotModified => "not_modified",
            FeedOutcome::NothingNew => "nothing_new",
            FeedOutcome::LeftAlone { .. } => "left_alone",
            FeedOutcome::Failed(_) => "failed",
        }
    }

    /// Counts the entries that were not known before.
    pub fn new_entries(&self) -> usize {
        match self {
            FeedOutcome::Updated { new, .. } => *new,
            FeedOutcome::NotModified
            | FeedOutcome::NothingNew
            | FeedOutcome::LeftAlone { .. }
            | FeedOutcome::Failed(_) => 0,
        }
    }

    /// Tells whether the feed could not be taken.
    pub fn is_failed(&self) -> bool {
        matches!(self, FeedOutcome::Failed(_))
    }
}

/// Writes a moment as the clock on the wall has it.
pub(super) fn local(moment: Timestamp) -> impl std::fmt::Display {
    moment.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M")
}

/// Says what a status means for a reader, where its name does not.
fn advice(status: u16) -> &'static str {
    match status {
        401 => ": credentials are needed",
        407 => ": the proxy needs credentials",
        410 => ": it will not come back",
        _ => "",
    }
}
