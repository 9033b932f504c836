//! Dates as feeds write them, rightly or not.
//!
//! One reading for all formats and languages: the text becomes plain, is cut into `tokens`, and each token is taken
//! for what it looks like beside its neighbours (`reader`, `time`, with the words of `names`); then `calendar` decides which
//! number is the year. Unknown words are passed over. A date without zone is UTC, without time midnight, without
//! day the first of its month. What lacks a year or a month is no date.

mod calendar;
mod clock;
mod names;
mod reader;
mod time;
mod tokens;
mod unit;

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};

use self::reader::Reader;

const MAX_BYTES: usize = 200;

/// Reads a date.
pub(super) fn parse_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_BYTES {
        return None;
    }
    epoch(text).or_else(|| written(text))
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
