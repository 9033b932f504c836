//! Days: whole dates only, in the zone that they are written in.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::reader::{Found, Reader};
use super::tokens::{plain, tokens};
use super::{MAX_BYTES, epoch};

/// No page of the web is older.
const FIRST_YEAR: i16 = 1990;

/// A date in running text has no more words: `22nd of November of the year 2026` is one.
const MAX_WORDS: usize = 6;

/// Reads the day of a date that names year, month and day; the time and its zone do not move it.
pub(crate) fn parse_day(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_BYTES {
        return None;
    }
    if let Some(moment) = epoch(text) {
        return recent(moment.to_zoned(TimeZone::UTC).date());
    }
    let plain = plain(text);
    let found = Reader::new(tokens(&plain)).read()?;
    is_whole(&found).then(|| found.date()).flatten().and_then(recent)
}

/// Finds the first day that a running text names, with all digits of its year, in as few words as it takes: names of
/// people are names of months, too.
pub(crate) fn find_day(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let windows =
        (1..=words.len()).flat_map(|end| (1..=MAX_WORDS.min(end)).map(move |count| end - count..end));
    let windows = windows.filter_map(|window| words.get(window)).filter(|window| may_open(window[0]));
    windows.map(|window| window.join(" ")).filter(|text| has_year(text)).find_map(|text| parse_day(&text))
}

/// Tells whether a date may begin with a word: months of all scripts have letters, dates in numbers digits.
fn may_open(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

/// Tells whether a text holds a number of four digits, eight or more, or three numbers with dots or the like between.
fn has_year(text: &str) -> bool {
    let plain = plain(text);
    let mut runs = plain.split(|c: char| !c.is_ascii_digit()).map(str::len);
    let is_numeric = |word: &str| {
        let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
        parts.len() == 3
            && parts.iter().all(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    runs.any(|run| run == 4 || run == 8) || plain.split(' ').any(is_numeric)
}

fn is_whole(found: &Found) -> bool {
    found.has_date() && (!found.numbers.are_compact() || found.numbers.written[0].len() == 8)
}

fn recent(date: Date) -> Option<Date> {
    (FIRST_YEAR..2100).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_written() {
        let table = [
            ("2026-11-22T23:30:00-08:00", Some("2026-11-22")),
            ("2026-11-22T00:30:00+0900", Some("2026-11-22")),
            ("Sun, 22 Nov 2026 23:30:00 EST", Some("2026-11-22")),
            ("20261122", Some("2026-11-22")),
            ("1795341600", Some("2026-11-22")),
            ("2026-11", None),
            ("November 2026", None),
            ("2026", None),
            ("261122", None),
            ("1066-10-14", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(parse_day(text).map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_day_is_found_in_running_text() {
        let table = [
            ("By Ann Lee | Nov 22, 2026 | 5 min read", Some("2026-11-22")),
            (
                "Published: 22:24 EST, 22 November 2026 | Updated: 22:53 EST, 23 November 2026",
                Some("2026-11-22"),
            ),
            ("Stand: 22.11.2026, 10:00 Uhr", Some("2026-11-22")),
            ("公開日2026年11月22日 最終更新日2026年11月24日", Some("2026-11-22")),
            ("입력 : 2026.11.22 10:30", Some("2026-11-22")),
            ("Posted 11.18.26 by Ann", Some("2026-11-18")),
            ("By Jane Doe, 3 March 2026", Some("2026-03-03")),
            ("By April Smith · 12 June 2026", Some("2026-06-12")),
            ("By JUNE BROWN 2026-02-11", Some("2026-02-11")),
            ("Julia Roth, 5. Oktober 2026", Some("2026-10-05")),
            ("12 May and 5 more", None),
            ("5 comments", None),
        ];
        for (text, expected) in table {
            assert_eq!(find_day(text).map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
    }
}
