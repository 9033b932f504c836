//! When a feed is asked next. Pure: takes how a fetch ended, gives moments.
//!
//! Three things keep a feed from being asked by itself, and the longest counts: the reader's interval; what the
//! document and its server wish (`Cache-Control`, `Expires`, `ttl`), a day at most; and after failures a pause that
//! doubles with each, a day at most. Then come the hours and days that the document skips. `Retry-After` keeps a
//! feed from being asked at all, for two days at most.

use std::time::Duration;

use crate::model::{FeedSchedule, Timestamp};
use crate::store::FetchPlan;

/// No wish and no failure keeps a feed back for longer.
const LONGEST_WAIT: Duration = Duration::from_hours(24);
/// No server is left alone for longer than that on its word.
const LONGEST_HOLD: Duration = Duration::from_hours(48);
/// The pause after a first failure, where the reader's interval is shorter.
const FIRST_PAUSE: Duration = Duration::from_mins(5);

/// How a fetch ended, as far as the next one cares.
#[derive(Clone, Debug)]
pub(super) struct Ended<'a> {
    /// Failures in a row that tell against the feed; none where it answered well.
    pub(super) failures: u32,
    /// How long the answer stays fresh.
    pub(super) fresh_for: Duration,
    /// How long the server wants to be left alone.
    pub(super) retry_after: Option<Duration>,
    /// What the document wishes.
    pub(super) schedule: &'a FeedSchedule,
}

/// When a feed is asked next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Due {
    /// Not by itself before, whatever the reader's interval.
    pub(super) not_before: Option<Timestamp>,
    /// Not at all before.
    pub(super) held_until: Option<Timestamp>,
    /// By itself, all things taken together.
    pub(super) next: Timestamp,
}

/// Decides when a feed that was asked now is asked next. `chance` spreads those who failed together.
pub(super) fn due(ended: &Ended<'_>, interval: Duration, now: Timestamp, chance: u64) -> Due {
    let wait = match ended.failures {
        0 => ended.fresh_for.max(Duration::try_from(ended.schedule.pause()).unwrap_or_default()),
        failures => pause(failures, interval, chance),
    };
    let wait = wait.min(LONGEST_WAIT);
    let hold = ended.retry_after.map(|hold| hold.min(LONGEST_HOLD));
    let not_before = wait.max(hold.unwrap_or_default());
    Due {
        not_before: (!not_before.is_zero()).then(|| after(now, not_before)),
        held_until: hold.map(|hold| after(now, hold)),
        next: ended.schedule.opens(after(now, interval.max(not_before))),
    }
}

/// Tells whether a feed is to be asked by itself now.
pub(super) fn is_due(plan: &FetchPlan, every: Duration, now: Timestamp) -> bool {
    let interval = plan.settings.interval.unwrap_or(every);
    // A clock that was wrong once must not keep a feed back for years.
    let has_rested = plan.checked.is_none_or(|checked| checked > now || after(checked, interval) <= now);
    let may_be_asked = believable(plan.not_before, now).is_none_or(|moment| moment <= now);
    plan.checked.is_none() || (has_rested && may_be_asked && plan.schedule.opens(now) == now)
}

/// Gives the end of a wait that a server asks for.
pub(super) fn held_until(now: Timestamp, wait: Duration) -> Timestamp {
    after(now, wait.min(LONGEST_HOLD))
}

/// Leaves out a moment later than any that would have been set now.
pub(super) fn believable(moment: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    moment.filter(|moment| *moment <= after(now, LONGEST_HOLD))
}

/// Doubles with each failure; the last quarter of it is left to chance.
fn pause(failures: u32, interval: Duration, chance: u64) -> Duration {
    let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
    let pause = interval.max(FIRST_PAUSE).saturating_mul(doubled).min(LONGEST_WAIT);
    let percent = 75 + u32::try_from(chance % 26).unwrap_or_default();
    pause * percent / 100
}

fn after(moment: Timestamp, span: Duration) -> Timestamp {
    moment.checked_add(span).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: u64 = 60;
    const HOUR: u64 = 3_600;
    const DAY: u64 = 24 * HOUR;
    /// Makes the pause its longest.
    const UNLUCKY: u64 = 25;

    fn noon() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    fn later(seconds: u64) -> Timestamp {
        after(noon(), Duration::from_secs(seconds))
    }

    fn schedule(ttl: u32, skip_hours: &[u8]) -> FeedSchedule {
        FeedSchedule { ttl: (ttl > 0).then_some(ttl), skip_hours: skip_hours.to_vec(), skip_days: Vec::new() }
    }

    /// Failures, seconds fresh, seconds to retry, ttl in minutes, hours skipped, and when it is due by an
    /// interval of half an hour, in seconds.
    type Case = (u32, u64, Option<u64>, u32, &'static [u8], u64);

    #[test]
    fn the_longest_wish_counts() {
        let table: [Case; 19] = [
            (0, 0, None, 0, &[], 30 * MINUTE),
            (0, 10 * MINUTE, None, 20, &[], 30 * MINUTE),
            (0, HOUR, None, 20, &[], HOUR),
            (0, HOUR, None, 120, &[], 2 * HOUR),
            (0, 9 * DAY, None, 0, &[], DAY),
            (0, 0, None, 1_000_000, &[], DAY),
            (0, 0, Some(HOUR), 0, &[], HOUR),
            (0, 0, Some(9 * DAY), 0, &[], 2 * DAY),
            (0, 0, None, 0, &[12], HOUR),
            (0, HOUR, None, 0, &[13, 14], 3 * HOUR),
            (0, 0, None, 0, &[11, 13], 30 * MINUTE),
            (1, 0, None, 0, &[], 30 * MINUTE),
            (2, 0, None, 0, &[], HOUR),
            (3, 0, None, 0, &[], 2 * HOUR),
            (7, 0, None, 0, &[], DAY),
            (u32::MAX, 0, None, 0, &[], DAY),
            // One that failed has told nothing about how long it stays fresh.
            (1, 9 * HOUR, None, 600, &[], 30 * MINUTE),
            (1, 0, Some(HOUR), 0, &[], HOUR),
            (3, 0, Some(HOUR), 0, &[14], 3 * HOUR),
        ];
        for case in table {
            let (failures, fresh, retry, ttl, hours, expected) = case;
            let ended = Ended {
                failures,
                fresh_for: Duration::from_secs(fresh),
                retry_after: retry.map(Duration::from_secs),
                schedule: &schedule(ttl, hours),
            };
            let due = due(&ended, Duration::from_mins(30), noon(), UNLUCKY);
            assert_eq!(due.next, later(expected), "{case:?}");
        }
    }

    #[test]
    fn only_what_the_server_says_holds_a_feed_back_altogether() {
        let schedule = schedule(60, &[]);
        let ended =
            |retry_after| Ended { failures: 5, fresh_for: Duration::ZERO, retry_after, schedule: &schedule };
        let hour = Duration::from_hours(1);
        assert_eq!(due(&ended(None), hour, noon(), 0).held_until, None);
        assert_eq!(due(&ended(Some(hour)), hour, noon(), 0).held_until, Some(later(HOUR)));
        let days = Duration::from_hours(999);
        assert_eq!(due(&ended(Some(days)), hour, noon(), 0).held_until, Some(later(2 * DAY)));
    }

    #[test]
    fn chance_spreads_the_pauses_over_their_last_quarter() {
        let pauses: Vec<u64> =
            (0..1_000).map(|chance| pause(5, Duration::from_hours(1), chance).as_secs()).collect();
        assert_eq!(pauses.iter().min(), Some(&(12 * HOUR)));
        assert_eq!(pauses.iter().max(), Some(&(16 * HOUR)));
    }
}
