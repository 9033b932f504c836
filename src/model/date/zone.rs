//! Time zones as feeds and pages write them.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Zones by name, with their minutes from UTC. A name that means several is the American one; else the one that
/// more feeds mean.
#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("Z", 0), ("UT", 0), ("UTC", 0), ("GMT", 0), ("WET", 0), ("WEZ", 0),
    // North America; without the middle letter it is the standard time.
    ("EST", -300), ("EDT", -240), ("CST", -360), ("CDT", -300), ("MST", -420), ("MDT", -360), ("PST", -480), ("PDT", -420),
    ("ET", -300), ("CT", -360), ("MT", -420), ("PT", -480), ("AT", -240),
    ("AKST", -540), ("AKDT", -480), ("HST", -600), ("HAST", -600), ("HADT", -540), ("AST", -240), ("ADT", -180),
    ("NST", -210), ("NDT", -150), ("HNE", -300), ("HAE", -240),
    // South America
    ("BRT", -180), ("BRST", -120), ("ART", -180), ("UYT", -180), ("CLT", -240), ("CLST", -180), ("BOT", -240),
    ("VET", -240), ("COT", -300), ("PET", -300),
    // Europe and Africa
    ("BST", 60), ("WEST", 60), ("CET", 60), ("MET", 60), ("MEZ", 60), ("HNEC", 60), ("WAT", 60),
    ("CEST", 120), ("MEST", 120), ("MESZ", 120), ("HAEC", 120), ("EET", 120), ("OEZ", 120), ("SAST", 120), ("CAT", 120),
    ("EEST", 180), ("OESZ", 180), ("TRT", 180), ("EAT", 180), ("MSK", 180), ("MSD", 240), ("SAMT", 240),
    // Asia
    ("IDT", 180), ("IRST", 210), ("GST", 240), ("AZT", 240), ("AFT", 270), ("PKT", 300), ("UZT", 300), ("YEKT", 300),
    ("IST", 330), ("NPT", 345), ("OMST", 360), ("MMT", 390), ("ICT", 420), ("WIB", 420), ("NOVT", 420), ("KRAT", 420),
    ("HKT", 480), ("SGT", 480), ("MYT", 480), ("PHT", 480), ("WITA", 480), ("IRKT", 480),
    ("JST", 540), ("KST", 540), ("WIT", 540), ("YAKT", 540), ("VLAT", 600),
    // Australia and the Pacific
    ("AWST", 480), ("ACST", 570), ("ACDT", 630), ("AEST", 600), ("AEDT", 660),
    ("NZST", 720), ("NZDT", 780), ("FJT", 720), ("CHAST", 765), ("CHADT", 825), ("SST", -660),
];

/// RFC 822's letters, the hours west of UTC and the hours east of it. `J` is none; `H` is left out: it says `hours`.
const LETTERS: [&str; 2] = ["ABCDEFG\0IKLM", "NOPQRSTUVWXY"];

/// A time zone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Zone {
    /// Minutes from UTC.
    Fixed(i32),
    /// A region with rules of its own: `Europe/Brussels`.
    Region(TimeZone),
}

impl Zone {
    pub(super) const UTC: Zone = Zone::Fixed(0);

    /// Finds the moment in which clocks of this zone show a time.
    pub(super) fn to_timestamp(&self, time: DateTime) -> Option<Timestamp> {
        match self {
            Zone::Fixed(minutes) => {
                let moment = TimeZone::UTC.to_timestamp(time).ok()?;
                moment.checked_sub(SignedDuration::from_mins(i64::from(*minutes))).ok()
            }
            Zone::Region(region) => region.to_timestamp(time).ok(),
        }
    }
}

/// Finds a zone by its name.
///
/// A name in small letters is taken only where a zone is likely: `est`, `met` and `art` are words too.
pub(super) fn named(word: &str, is_likely: bool) -> Option<Zone> {
    if word.contains('/') {
        return TimeZone::get(word).ok().map(Zone::Region);
    }
    let is_name = is_likely || word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let mut zones = ZONES.iter().filter(|_| is_name);
    let named = zones.find(|(name, _)| is_written(word, name)).map(|(_, minutes)| *minutes);
    named.or_else(|| letter(word).filter(|_| is_likely)).map(Zone::Fixed)
}

/// Short names must be in capitals: `at` and `et` are words too.
fn is_written(word: &str, name: &str) -> bool {
    word == name || (name.len() > 2 || matches!(name, "Z" | "UT")) && name.eq_ignore_ascii_case(word)
}

fn letter(word: &str) -> Option<i32> {
    let hours = |letters: &str| letters.find(word).and_then(|at| i32::try_from(at + 1).ok());
    let [west, east] = LETTERS;
    let is_letter = word.len() == 1;
    let minutes = hours(west).map(|hours| -60 * hours).or_else(|| hours(east).map(|hours| 60 * hours));
    minutes.filter(|_| is_letter)
}

/// Reads the digits of a zone: `1`, `01`, `100`, `0100`, or hours and minutes apart.
pub(super) fn numeric(is_east: bool, digits: &str, minutes: Option<&str>) -> Option<Zone> {
    let (hours, minutes) = match minutes {
        Some(minutes) => (digits, minutes),
        None if matches!(digits.len(), 3 | 4) => digits.split_at_checked(digits.len() - 2)?,
        None if digits.len() == 6 => (digits.get(..2)?, digits.get(2..4)?),
        None => (digits, "0"),
    };
    let number = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() <= 2);
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let offset = 60 * hours + minutes;
    (minutes < 60).then_some(Zone::Fixed(if is_east { offset } else { -offset }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_name() {
        let table = [
            ("Z", Some(0)),
            ("z", Some(0)),
            ("gmt", Some(0)),
            ("EST", Some(-300)),
            ("ET", Some(-300)),
            ("et", None),
            ("CST", Some(-360)),
            ("MESZ", Some(120)),
            ("A", Some(-60)),
            ("M", Some(-720)),
            ("N", Some(60)),
            ("Y", Some(720)),
            ("h", None),
            ("J", None),
            ("XYZ", None),
        ];
        for (word, minutes) in table {
            assert_eq!(named(word, true), minutes.map(Zone::Fixed), "{word}");
        }
        assert_eq!(named("est", false), None);
        assert_eq!(named("EST", false), Some(Zone::Fixed(-300)));
        assert_eq!(named("A", false), None);
        assert_eq!(named("../../etc/passwd", true), None);
    }

    #[test]
    fn zones_are_read_from_digits() {
        let table = [
            (("1", None), Some(60)),
            (("0100", None), Some(60)),
            (("700", None), Some(420)),
            (("03", Some("30")), Some(210)),
            (("3000", None), Some(1800)),
            (("010000", None), Some(60)),
            (("99", Some("99")), None),
            (("123456789012", None), None),
        ];
        for ((digits, minutes), expected) in table {
            assert_eq!(numeric(true, digits, minutes), expected.map(Zone::Fixed), "{digits} {minutes:?}");
        }
        assert_eq!(numeric(false, "0330", None), Some(Zone::Fixed(-210)));
    }
}
