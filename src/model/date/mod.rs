//! Dates as feeds and pages write them, rightly or not.
//!
//! One reading for all formats and languages: the text becomes plain, is cut into `tokens`, and each token is taken
//! for what it looks like beside its neighbours (`reader`, `time`, with the words of `names`); then `calendar` decides which
//! number is the year. Unknown words are passed over. A date without zone is UTC, without time midnight, without
//! day the first of its month. What lacks a year or a month is no date.

mod calendar;
mod clock;
mod day;
mod names;
mod reader;
mod time;
mod tokens;
mod unit;
mod zone;

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::fmt::rfc2822::DateTimeParser;

pub(crate) use self::day::{find_day, parse_day};
use self::reader::Reader;

const MAX_BYTES: usize = 200;

/// Reads a date.
pub(crate) fn parse_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_BYTES {
        return None;
    }
    standard(text).or_else(|| epoch(text)).or_else(|| written(text))
}

/// The way most feeds write it, in a quick look: `2026-11-22T10:00:00Z`, `Sun, 22 Nov 2026 10:00:00 +0100`.
fn standard(text: &str) -> Option<Timestamp> {
    const RFC_2822: DateTimeParser = DateTimeParser::new();
    let bytes = text.as_bytes();
    let (year, seconds) = match bytes {
        [.., b'Z'] if bytes.len() == 20 => (0, 17),
        [.., b'+' | b'-', _, _, b':', _, _] if bytes.len() == 25 => (0, 17),
        [.., b' ', b'G', b'M', b'T'] if bytes.len() == 29 => (12, 23),
        [.., b' ', b'+' | b'-', _, _, _, _] if bytes.len() == 31 => (12, 23),
        _ => return None,
    };
    // What is odd about years and leap seconds is for the thorough look.
    let is_year = matches!(bytes[year], b'1' | b'2') && bytes[year..year + 4].iter().all(u8::is_ascii_digit);
    if !is_year || bytes[seconds] == b'6' {
        return None;
    }
    if year == 0 { text.parse().ok() } else { RFC_2822.parse_timestamp(text).ok() }
}

/// Seconds since 1970 in nine or ten digits; also in thousandths, millionths, billionths.
fn epoch(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if ![whole, fraction].iter().all(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let seconds = match whole.len() {
        9 | 10 => number,
        13 => number / 1_000,
        16 => number / 1_000_000,
        19 => number / 1_000_000_000,
        _ => return None,
    };
    Timestamp::from_second(seconds).ok()
}

fn written(text: &str) -> Option<Timestamp> {
    let plain = tokens::plain(text);
    let found = Reader::new(tokens::tokens(&plain)).read()?;
    let midnight = DateTime::from_parts(found.date()?, Time::midnight());
    let time = midnight.checked_add(found.clock().since_midnight(found.half())).ok()?;
    found.zone().to_timestamp(time)
}

#[cfg(test)]
mod tests;
