//! Ages as the headlines show them, and when they change next.

use crate::model::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;
const YEAR: i64 = 365 * DAY;

/// Says an age in at most four cells: `now`, `12m`, `3h`, `6d`, `51w`, `9y`.
pub fn age(time: Timestamp, now: Timestamp) -> String {
    let seconds = seconds_between(time, now);
    match unit(seconds) {
        None => "now".to_owned(),
        Some((size, letter)) => format!("{}{letter}", (seconds / size).min(999)),
    }
}

/// Gives the moment at which the age of this time reads otherwise.
pub(super) fn next_change(time: Timestamp, now: Timestamp) -> Timestamp {
    let seconds = seconds_between(time, now);
    let step = unit(seconds).map_or(MINUTE, |(size, _)| size);
    let due = time.as_second().max(now.as_second() - seconds) + (seconds / step + 1) * step;
    Timestamp::from_second(due).unwrap_or(Timestamp::MAX)
}

fn seconds_between(time: Timestamp, now: Timestamp) -> i64 {
    now.as_second().saturating_sub(time.as_second()).max(0)
}

fn unit(seconds: i64) -> Option<(i64, char)> {
    let units = [(YEAR, 'y'), (WEEK, 'w'), (DAY, 'd'), (HOUR, 'h'), (MINUTE, 'm')];
    units.into_iter().find(|(size, letter)| match letter {
        // Six days read better than none of a week; so do 51 weeks.
        'w' => seconds >= 2 * size,
        _ => seconds >= *size,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn ages_fit_four_cells() {
        for (seconds, expected) in [
            (-5, "now"),
            (59, "now"),
            (60, "1m"),
            (59 * MINUTE, "59m"),
            (23 * HOUR, "23h"),
            (13 * DAY, "13d"),
            (14 * DAY, "2w"),
            (364 * DAY, "52w"),
            (2 * YEAR, "2y"),
            (5000 * YEAR, "999y"),
        ] {
            assert_eq!(age(at(0), at(seconds)), expected, "{seconds}");
        }
    }

    #[test]
    fn an_age_reads_otherwise_at_its_next_change_and_not_before() {
        for seconds in [0, 30, 60, 61, 3599, 3600, 90_000, 13 * DAY, 14 * DAY, 400 * DAY] {
            let now = at(1_000_000_000);
            let time = at(1_000_000_000 - seconds);
            let due = next_change(time, now);
            let before = at(due.as_second() - 1);
            assert_eq!(age(time, before), age(time, now), "{seconds}");
            assert_ne!(age(time, due), age(time, now), "{seconds}");
        }
    }

    #[test]
    fn a_time_ahead_of_the_clock_is_looked_at_again_in_a_minute() {
        assert_eq!(next_change(at(500), at(100)), at(560));
    }
}
