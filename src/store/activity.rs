//! How much each feed brings, read along the index of its dates.

use rusqlite::{Connection, params};

use super::column;
use crate::model::{Activity, FeedId, Timestamp};

const DAY: i64 = 24 * 3_600;
/// How far back entries are counted.
const WINDOW: i64 = 28 * DAY;

/// The newest entry, and the entries since a moment with the first of them.
const OF_FEED: &str = "SELECT (SELECT time FROM status WHERE feed = ?1 AND listed = 1 ORDER BY time DESC LIMIT 1), \
    count(*), min(time) FROM status WHERE feed = ?1 AND listed = 1 AND time > ?2";

/// Looks at every feed followed; costs what came in the last four weeks.
pub(super) fn load(conn: &Connection, now: Timestamp) -> rusqlite::Result<Vec<(FeedId, Activity)>> {
    let feeds = conn
        .prepare_cached("SELECT id FROM feed WHERE subscribed = 1 ORDER BY id")?
        .query_map([], |row| row.get(0).map(FeedId))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut of_feed = conn.prepare_cached(OF_FEED)?;
    let since = now.as_second() - WINDOW;
    let look = |feed: FeedId| {
        of_feed.query_row(params![feed.0, since], |row| {
            let first: Option<i64> = row.get(2)?;
            let newest = column::timestamp_or_none(row, 0)?;
            let per_week_tenths = per_week_tenths(row.get(1)?, first.unwrap_or(since), now);
            Ok((feed, Activity { newest, per_week_tenths }))
        })
    };
    feeds.into_iter().map(look).collect()
}

/// A feed whose document reaches back less than the window is not thought slower than it is; one that has
/// just begun is watched for a week.
fn per_week_tenths(count: u32, first: i64, now: Timestamp) -> u32 {
    let span = (now.as_second() - first).clamp(7 * DAY, WINDOW);
    let tenths = (i64::from(count) * 70 * DAY + span / 2) / span;
    u32::try_from(tenths).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;
    use crate::store::sample::{self, at, entries};

    const NOW: i64 = 100 * DAY;

    fn tenths(ages_in_days: &[i64]) -> (Option<i64>, u32) {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let titles: Vec<String> = ages_in_days.iter().map(|age| format!("{age} days old")).collect();
        let dated: Vec<(&str, i64)> =
            titles.iter().map(String::as_str).zip(ages_in_days.iter().map(|age| NOW - age * DAY)).collect();
        sample::ingest_at(&mut conn, feed, &entries(&dated), at(NOW));
        let activity = load(&conn, at(NOW)).unwrap()[0].1;
        (activity.newest.map(|newest| (NOW - newest.as_second()) / DAY), activity.per_week_tenths)
    }

    #[test]
    fn entries_are_counted_by_the_week() {
        assert_eq!(tenths(&[]), (None, 0));
        assert_eq!(tenths(&[60]), (Some(60), 0));
        assert_eq!(tenths(&[27, 40]), (Some(27), 3));
        assert_eq!(tenths(&[1, 8, 15, 22]), (Some(1), 13));
        // All in the last two weeks, and none before.
        assert_eq!(tenths(&[0, 2, 4, 6, 8, 10, 12, 14]), (Some(0), 40));
        assert_eq!(tenths(&[0, 1]), (Some(0), 20));
    }

    #[test]
    fn the_look_runs_along_an_index() {
        let plan = sample::plan(&open::in_memory(), OF_FEED);
        assert_eq!(plan.matches("status_feed").count(), 2, "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}
