//! Lets entries go as the settings say, behind a refresh: first what is over the limits of its feed, then the oldest of
//! all as long as the library is too large.
//!
//! By default it lets nothing go, and reads next to nothing to know that.

use std::time::Duration;

use crate::config::Keep;
use crate::model::{EntryId, FeedId, FeedSettings, KeepAge, KeepCount, Timestamp};
use crate::store::{Limit, Protection, Store, StoreError};

/// What was marked so lately stays: it may be taken back.
const MARKED_LATELY: Duration = Duration::from_hours(7 * 24);

/// Entries that go in one transaction: below 50 ms, index and all.
const BATCH: usize = 20;

/// Entries looked for at once when the library is too large.
const ROUND: usize = 1_000;

/// Lets entries go that the settings do not keep; gives how many went.
pub async fn forget(store: &Store, keep: &Keep, now: Timestamp) -> Result<usize, StoreError> {
    let feeds = store.settings_of_all().await?;
    let limits: Vec<Limit> = feeds.iter().filter_map(|(feed, own)| limit(keep, *feed, own, now)).collect();
    let mut forgotten = 0;
    if !limits.is_empty() {
        let over = store.over_limits(limits, protection(keep, now)).await?;
        for batch in over.chunks(BATCH) {
            forgotten += store.forget(batch.to_vec(), protection(keep, now)).await?;
        }
    }
    if let Some(size) = keep.size {
        let yielding = feeds.iter().filter(|(_, own)| yields(own)).map(|(feed, _)| *feed).collect();
        forgotten += shrink(store, size, yielding, protection(keep, now)).await?;
    }
    if forgotten > 0 {
        tracing::info!(forgotten, "entries were let go, as the settings say");
    }
    Ok(forgotten)
}

/// Lets the oldest go until the library is no larger than that.
async fn shrink(
    store: &Store,
    size: u64,
    feeds: Vec<FeedId>,
    protection: Protection,
) -> Result<usize, StoreError> {
    let mut forgotten = 0;
    while store.size().await? > size {
        let oldest: Vec<EntryId> = store.oldest(feeds.clone(), protection, ROUND).await?;
        let before = forgotten;
        for batch in oldest.chunks(BATCH) {
            forgotten += store.forget(batch.to_vec(), protection).await?;
            if store.size().await? <= size {
                break;
            }
        }
        if forgotten == before {
            break;
        }
    }
    Ok(forgotten)
}

/// Decides what a feed may keep: by its own settings, else by those for all; none when that is everything.
fn limit(keep: &Keep, feed: FeedId, own: &FeedSettings, now: Timestamp) -> Option<Limit> {
    let since = match own.keep_age.unwrap_or(keep.age) {
        KeepAge::Forever => None,
        // What is older than the calendar is all there is.
        KeepAge::For(age) => now.checked_sub(age).ok(),
    };
    let newest = match own.keep_count.unwrap_or(keep.count) {
        KeepCount::All => None,
        KeepCount::Newest(number) => Some(number),
    };
    (since.is_some() || newest.is_some()).then_some(Limit { feed, since, newest })
}

/// Tells whether entries of a feed go when the library is too large: not where it is to keep them forever itself.
fn yields(own: &FeedSettings) -> bool {
    own.keep_age != Some(KeepAge::Forever)
}

fn protection(keep: &Keep, now: Timestamp) -> Protection {
    let marked_since = now.checked_sub(MARKED_LATELY).unwrap_or(Timestamp::MIN);
    Protection { unread: keep.unread, saved: keep.saved, marked_since }
}

#[cfg(test)]
mod tests;
