//! Time zones as feeds write them.

use jiff::tz::Offset;

/// Zones that RFC 822 knows, and those that are common all the same. Minutes from UTC.
#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("Z", 0), ("UT", 0), ("UTC", 0), ("GMT", 0), ("WET", 0),
    ("EST", -300), ("EDT", -240), ("CST", -360), ("CDT", -300), ("MST", -420), ("MDT", -360),
    ("PST", -480), ("PDT", -420), ("AKST", -540), ("AKDT", -480), ("HST", -600), ("AST", -240), ("ADT", -180),
    ("NST", -210), ("NDT", -150), ("BRT", -180), ("ART", -180),
    ("BST", 60), ("WEST", 60), ("CET", 60), ("MET", 60), ("CEST", 120), ("MEST", 120), ("EET", 120),
    ("SAST", 120), ("EEST", 180), ("MSK", 180), ("IST", 330), ("WIB", 420), ("HKT", 480), ("SGT", 480),
    ("AWST", 480), ("JST", 540), ("KST", 540), ("ACST", 570), ("AEST", 600), ("ACDT", 630), ("AEDT", 660),
    ("NZST", 720), ("NZDT", 780),
];

/// Tells whether a word is the name of a zone.
pub(super) fn is_zone_name(word: &str) -> bool {
    named(word).is_some()
}

/// Reads `Z`, `EST`, `+0100`, `-03:30`, `+1`, `GMT+2`, `UTC`.
pub(super) fn zone(text: &str) -> Option<Offset> {
    if let Some(minutes) = named(text) {
        return offset(minutes);
    }
    let digits = ["GMT", "UTC"].iter().find_map(|name| text.strip_prefix(name));
    numeric(digits.unwrap_or(text))
}

fn named(word: &str) -> Option<i32> {
    let mut zones = ZONES.iter();
    let (_, minutes) = zones.find(|(name, _)| name.eq_ignore_ascii_case(word))?;
    Some(*minutes)
}

fn numeric(text: &str) -> Option<Offset> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-" | "−", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "0"),
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if hours > 14 || minutes > 59 {
        return None;
    }
    offset(sign * (60 * hours + minutes))
}

fn number(text: &str) -> Option<i32> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn offset(minutes: i32) -> Option<Offset> {
    Offset::from_seconds(60 * minutes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_read_by_name_and_by_number() {
        let table = [
            ("Z", Some(0)),
            ("gmt", Some(0)),
            ("EST", Some(-300)),
            ("+0100", Some(60)),
            ("-03:30", Some(-210)),
            ("+1", Some(60)),
            ("+00", Some(0)),
            ("-0000", Some(0)),
            ("GMT+2", Some(120)),
            ("+99:99", None),
            ("XYZ", None),
            ("", None),
            ("+", None),
            ("+é", None),
        ];
        for (text, minutes) in table {
            assert_eq!(zone(text).map(|zone| zone.seconds() / 60), minutes, "{text}");
        }
    }
}
