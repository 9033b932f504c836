//! Dates as feeds write them, rightly or not.
//!
//! Two rules: a date in numbers with the year first (RFC 3339 and all its loose relatives), and a date with
//! the month in words (RFC 822 and its relatives). A date without zone is taken as UTC, without time as
//! midnight. A date that no rule reads is no date.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use super::zone::{is_zone_name, zone};

const MAX_BYTES: usize = 100;

/// Some servers write the year 1 where there is no date.
const FIRST_YEAR: i16 = 1000;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads a date.
pub(super) fn parse_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_BYTES {
        return None;
    }
    let moment = in_numbers(text).or_else(|| in_words(text))?;
    let is_dated = moment.date.year() >= FIRST_YEAR;
    let civil = DateTime::from_parts(moment.date, moment.clock.time);
    let timestamp = moment.zone.to_timestamp(civil).ok()?;
    let timestamp = timestamp.checked_add(moment.clock.carry).ok()?;
    is_dated.then_some(timestamp)
}

struct Moment {
    date: Date,
    clock: Clock,
    zone: Offset,
}

#[derive(Clone, Copy, Default)]
struct Clock {
    time: Time,
    /// A day for `24:00:00`.
    carry: jiff::SignedDuration,
}

/// `2026-11-22T10:00:00.5+01:00`, `2026-11-22 10:00 UTC`, `2026/11/22`, `2026-11`.
fn in_numbers(text: &str) -> Option<Moment> {
    let date_end = text.find(|c: char| !c.is_ascii_digit() && c != '-' && c != '/');
    let (date, rest) = text.split_at(date_end.unwrap_or(text.len()));
    let rest = rest.trim_start_matches(['T', 't', ' ', '\t', '_']);
    let clock_end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ','));
    let (clock, zone_text) = rest.split_at(clock_end.unwrap_or(rest.len()));
    Some(Moment {
        date: date_in_numbers(date)?,
        clock: if clock.is_empty() { Clock::default() } else { read_clock(clock)? },
        zone: read_zone(zone_text.trim())?,
    })
}

fn date_in_numbers(text: &str) -> Option<Date> {
    let mut parts = text.split(['-', '/']);
    let year = parts.next().filter(|year| year.len() == 4)?;
    let month = parts.next().unwrap_or("1");
    let day = parts.next().unwrap_or("1");
    let rest = parts.next();
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    date.ok().filter(|_| rest.is_none())
}

/// `Sun, 22 Nov 2026 10:00:00 GMT`, `November 22nd, 2026 at 10:00 pm EST`, `22-Nov-26`.
fn in_words(text: &str) -> Option<Moment> {
    let mut words = Words::default();
    for word in text.split([' ', '\t', '\n', '\r', ',', '(', ')']) {
        words.take(word.trim_end_matches('.'))?;
    }
    let year = match words.year? {
        year @ 0..69 => year + 2000,
        year @ 69..100 => year + 1900,
        year => year,
    };
    Some(Moment {
        date: Date::new(year, words.month?, words.day?).ok()?,
        clock: words.clock(),
        zone: words.zone.unwrap_or(Offset::UTC),
    })
}

#[derive(Default)]
struct Words {
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
    clock: Option<Clock>,
    half: Option<Half>,
    zone: Option<Offset>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

impl Words {
    /// Takes the next word for what it looks like; a number without a meaning ends it all.
    fn take(&mut self, word: &str) -> Option<()> {
        let starts_with_digit = word.starts_with(|c: char| c.is_ascii_digit());
        if word.is_empty() {
        } else if starts_with_digit && word.contains(':') {
            self.take_clock(word)?;
        } else if starts_with_digit && word.contains('-') {
            // 22-Nov-2026
            for part in word.split('-') {
                self.take(part)?;
            }
        } else if starts_with_digit {
            self.take_number(word)?;
        } else if word.starts_with(['+', '-', '−']) || word.starts_with("GMT") || word.starts_with("UTC") {
            self.zone = Some(zone(word)?);
        } else {
            self.take_name(word);
        }
        Some(())
    }

    fn take_clock(&mut self, word: &str) -> Option<()> {
        let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'));
        let (clock, rest) = word.split_at(end.unwrap_or(word.len()));
        self.clock = Some(read_clock(clock)?);
        if rest.is_empty() { Some(()) } else { self.take(rest) }
    }

    fn take_number(&mut self, word: &str) -> Option<()> {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if self.day.is_none() && digits.len() <= 2 {
            self.day = Some(digits.parse().ok()?);
        } else if self.year.is_none() && matches!(digits.len(), 2 | 4) {
            self.year = Some(digits.parse().ok()?);
        } else {
            return None;
        }
        Some(())
    }

    fn take_name(&mut self, word: &str) {
        if let Some(month) = month(word) {
            // The last one counts: `mar` is Tuesday in Italian and French dates.
            self.month = Some(month);
        } else if is_zone_name(word) {
            self.zone = self.zone.or_else(|| zone(word));
        } else if matches!(word, "am" | "AM" | "a.m") {
            self.half = Some(Half::Morning);
        } else if matches!(word, "pm" | "PM" | "p.m") {
            self.half = Some(Half::Afternoon);
        }
    }

    fn clock(&self) -> Clock {
        let clock = self.clock.unwrap_or_default();
        let hour = match (clock.time.hour(), self.half) {
            (12, Some(Half::Morning)) => 0,
            (hour @ 1..12, Some(Half::Afternoon)) => hour + 12,
            (hour, _) => hour,
        };
        let time = clock.time.with().hour(hour).build().unwrap_or(clock.time);
        Clock { time, ..clock }
    }
}

/// Finds a month by its English name, whole or cut after three letters or more.
fn month(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(&word));
    at.and_then(|at| i8::try_from(at + 1).ok())
}

/// `10:00:00.123`, `9:05`, `10`; a leap second counts as the one before.
fn read_clock(text: &str) -> Option<Clock> {
    let mut parts = text.split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute = parts.next().map_or(Some(0), |minute| minute.parse().ok())?;
    let second = parts.next().unwrap_or("0");
    let (second, _fraction) = second.split_once(['.', ',']).unwrap_or((second, ""));
    let second: i8 = second.parse().ok()?;
    let is_midnight = hour == 24 && minute == 0 && second == 0;
    let time = Time::new(if is_midnight { 0 } else { hour }, minute, second.min(59), 0).ok()?;
    let carry = jiff::SignedDuration::from_hours(if is_midnight { 24 } else { 0 });
    (second <= 60 && parts.next().is_none()).then_some(Clock { time, carry })
}

fn read_zone(text: &str) -> Option<Offset> {
    // Named behind the number: `+01:00 (CET)`, `+01:00[Europe/Berlin]`.
    let text = text.split([' ', '(', '[']).next().unwrap_or_default();
    if text.is_empty() { Some(Offset::UTC) } else { zone(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<String> {
        parse_date(text).map(|date| date.to_string())
    }

    #[test]
    fn dates_are_read_in_the_ways_feeds_write_them() {
        let table = [
            ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z"),
            ("2026-11-22T10:00:00.123+01:00", "2026-11-22T09:00:00Z"),
            ("2026-11-22t10:00:00-0330", "2026-11-22T13:30:00Z"),
            ("2026-11-22T10:00:00+00", "2026-11-22T10:00:00Z"),
            ("2026-11-22T10:00Z", "2026-11-22T10:00:00Z"),
            ("2026-11-22 10:00:00", "2026-11-22T10:00:00Z"),
            ("2026-11-22 10:00:00 UTC", "2026-11-22T10:00:00Z"),
            ("2026-11-22 10:00:00 +0100", "2026-11-22T09:00:00Z"),
            ("2026-11-22", "2026-11-22T00:00:00Z"),
            ("2026/11/22", "2026-11-22T00:00:00Z"),
            ("2026-11", "2026-11-01T00:00:00Z"),
            ("2026", "2026-01-01T00:00:00Z"),
            ("2026-11-22T24:00:00Z", "2026-11-23T00:00:00Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
            ("Sun, 22 Nov 2026 10:00:00 GMT", "2026-11-22T10:00:00Z"),
            ("Sun, 22 Nov 2026 10:00:00 +0100", "2026-11-22T09:00:00Z"),
            ("Mon, 22 Nov 2026 10:00 EST", "2026-11-22T15:00:00Z"),
            ("22 Nov 26 10:00:00 Z", "2026-11-22T10:00:00Z"),
            ("Fri, 22 Nov 96 10:00:00 PDT", "1996-11-22T17:00:00Z"),
            ("Sunday, 22 November 2026 9:05:00 -0000", "2026-11-22T09:05:00Z"),
            ("mar, 22 Nov 2026 10:00:00 +0100 (CET)", "2026-11-22T09:00:00Z"),
            ("Nov 22, 2026", "2026-11-22T00:00:00Z"),
            ("November 22nd, 2026 at 10:00 pm EST", "2026-11-23T03:00:00Z"),
            ("Nov. 22, 2026 12:30 AM", "2026-11-22T00:30:00Z"),
            ("22-Nov-2026", "2026-11-22T00:00:00Z"),
            ("Sun Nov 22 10:00:00 UTC 2026", "2026-11-22T10:00:00Z"),
            ("Sun Nov 22 2026 10:00:00 GMT+0100 (CET)", "2026-11-22T09:00:00Z"),
            (" \n1 Sept 2026 10:00:00 GMT\t", "2026-09-01T10:00:00Z"),
        ];
        for (text, expected) in table {
            assert_eq!(read(text).as_deref(), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_date_gives_none() {
        #[rustfmt::skip]
        let table = [
            "", "now", "yesterday", "10:00:00", "2026-02-30", "30 Feb 2026", "0001-01-01T00:00:00Z",
            "99999-01-01", "-2026-01-01", "2026-11-22T25:00:00Z", "2026-11-22T10:00:00+99:99", "22 Nov",
            "Nov 2026", "1795341600", "22 Nov 2026 20 3", "2026-11-22-5",
        ];
        for text in table {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_none(text in any::<String>()) {
            parse_date(&text);
        }

        #[test]
        fn every_moment_is_read_back(seconds in -30_000_000_000i64..250_000_000_000) {
            let moment = Timestamp::from_second(seconds).unwrap();
            prop_assert_eq!(parse_date(&moment.to_string()), Some(moment));
        }
    }
}
