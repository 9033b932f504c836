//! Ages as the headlines show them, and when they change next.

use jiff::tz::TimeZone;

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

/// Says how long it is until then, in at most four cells: `now`, `12m`, `3h`.
pub fn wait(time: Timestamp, now: Timestamp) -> String {
    age(now, time)
}

/// Says in words how long ago it was: `just now`, `12 minutes ago`.
pub fn ago(time: Timestamp, now: Timestamp) -> String {
    in_words(time, now).map_or_else(|| "just now".to_owned(), |words| format!("{words} ago"))
}

/// Says in words how far ahead it is: `now`, `in 12 minutes`.
pub fn ahead(time: Timestamp, now: Timestamp) -> String {
    in_words(now, time).map_or_else(|| "now".to_owned(), |words| format!("in {words}"))
}

/// Gives the moment at which the wait until this time reads otherwise; none where it reads `now` for good.
pub(super) fn next_wait_change(time: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let (size, _) = unit(seconds_between(now, time))?;
    let left = seconds_between(now, time) / size * size;
    Timestamp::from_second(time.as_second() - left + 1).ok()
}

/// Gives the moment at which the age of this time reads otherwise.
pub(super) fn next_change(time: Timestamp, now: Timestamp) -> Timestamp {
    let seconds = seconds_between(time, now);
    let step = unit(seconds).map_or(MINUTE, |(size, _)| size);
    let due = time.as_second().max(now.as_second() - seconds) + (seconds / step + 1) * step;
    Timestamp::from_second(due).unwrap_or(Timestamp::MAX)
}

/// Names the day of a moment: `Today`, `Yesterday`, `Wednesday, 18 November`, with the year where it is another.
pub fn day(time: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (day, today) = (time.to_zoned(zone.clone()).date(), now.to_zoned(zone.clone()).date());
    if day == today {
        "Today".to_owned()
    } else if today.yesterday().is_ok_and(|yesterday| day == yesterday) {
        "Yesterday".to_owned()
    } else if day.year() == today.year() {
        day.strftime("%A, %-d %B").to_string()
    } else {
        day.strftime("%A, %-d %B %Y").to_string()
    }
}

fn in_words(from: Timestamp, to: Timestamp) -> Option<String> {
    let seconds = seconds_between(from, to);
    let (size, letter) = unit(seconds)?;
    let name = match letter {
        'y' => "year",
        'w' => "week",
        'd' => "day",
        'h' => "hour",
        _ => "minute",
    };
    let count = seconds / size;
    Some(format!("{count} {name}{}", if count == 1 { "" } else { "s" }))
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
    fn a_wait_reads_otherwise_at_its_next_change_and_not_before() {
        let now = at(1_000_000_000);
        for seconds in [60, 61, 3600, 7201, 90_000, 14 * DAY, 400 * DAY] {
            let time = at(1_000_000_000 + seconds);
            let due = next_wait_change(time, now).unwrap();
            let before = at(due.as_second() - 1);
            assert_eq!(wait(time, before), wait(time, now), "{seconds}");
            assert_ne!(wait(time, due), wait(time, now), "{seconds}");
        }
        assert_eq!(next_wait_change(at(1_000_000_059), now), None);
    }

    #[test]
    fn ages_and_waits_are_said_in_words() {
        let table = [
            (-9, "just now", "now"),
            (59, "just now", "now"),
            (60, "1 minute ago", "in 1 minute"),
            (3 * HOUR, "3 hours ago", "in 3 hours"),
            (13 * DAY, "13 days ago", "in 13 days"),
            (14 * DAY, "2 weeks ago", "in 2 weeks"),
            (2 * YEAR, "2 years ago", "in 2 years"),
        ];
        for (seconds, past, future) in table {
            assert_eq!(
                (ago(at(0), at(seconds)), ahead(at(seconds), at(0))),
                (past.to_owned(), future.to_owned())
            );
        }
    }

    #[test]
    fn a_time_ahead_of_the_clock_is_looked_at_again_in_a_minute() {
        assert_eq!(next_change(at(500), at(100)), at(560));
    }
}
