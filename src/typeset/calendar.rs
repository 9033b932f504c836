//! How dates are written.

use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use crate::model::Timestamp;

/// The day, the month by its name, and the hour of 24: as most of the world reads it in English.
const USUAL: &str = "%-d %b %Y, %H:%M";
const AMERICAN: &str = "%b %-d, %Y, %-I:%M %p";
const ISO: &str = "%Y-%m-%d %H:%M";

/// Languages, or languages of a country, that write dates otherwise. Source: the short dates of Unicode's CLDR.
const WAYS: &[(&str, &str)] = &[
    ("en_US", AMERICAN),
    ("en_PH", AMERICAN),
    ("es_US", AMERICAN),
    ("en_CA", ISO),
    ("fr_CA", ISO),
    ("en_ZA", ISO),
    ("sv", ISO),
    ("lt", ISO),
    ("hu", ISO),
    ("ja", ISO),
    ("zh", ISO),
    ("ko", ISO),
    ("eo", ISO),
    ("mn", ISO),
];

/// Where the reader is, and how dates are written there.
#[derive(Clone, PartialEq, Debug)]
pub struct Calendar {
    zone: TimeZone,
    pattern: String,
}

impl Calendar {
    /// Makes a calendar of a time zone and a pattern of strftime; `auto` is for what the environment's language has.
    pub fn new(zone: TimeZone, pattern: &str, variable: impl Fn(&str) -> Option<String>) -> Calendar {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        let language = set("LC_ALL").or_else(|| set("LC_TIME")).or_else(|| set("LANG")).unwrap_or_default();
        let way = WAYS.iter().find(|(language_of_way, _)| is_of(&language, language_of_way));
        let pattern = match pattern {
            "auto" => way.map_or(USUAL, |(_, way)| way),
            own => own,
        };
        Calendar { zone, pattern: pattern.to_owned() }
    }

    /// Makes the usual calendar of Greenwich.
    pub fn utc() -> Calendar {
        Calendar::new(TimeZone::UTC, "auto", |_| None)
    }

    /// Writes a moment; what stands before the hour is not broken between lines.
    pub(super) fn write(&self, time: Timestamp) -> String {
        let local = time.to_zoned(self.zone.clone());
        let written = strtime::format(&self.pattern, &local).or_else(|_| strtime::format(USUAL, &local));
        let written = written.unwrap_or_default();
        match written.split_once(", ") {
            Some((day, hour)) if !hour.contains(", ") => format!("{}, {}", fixed(day), fixed(hour)),
            _ => fixed(&written),
        }
    }
}

fn fixed(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

fn is_of(language: &str, way: &str) -> bool {
    language.strip_prefix(way).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_language_has_them_or_as_the_reader_said() {
        let time: Timestamp = "2026-11-22T15:04:00Z".parse().unwrap();
        let written = |pattern: &str, language: &'static str| {
            let of = |name: &str| (name == "LANG").then(|| language.to_owned());
            Calendar::new(TimeZone::UTC, pattern, of).write(time).replace('\u{a0}', " ")
        };
        assert_eq!(written("auto", "de_DE.UTF-8"), "22 Nov 2026, 15:04");
        assert_eq!(written("auto", "en_US.UTF-8"), "Nov 22, 2026, 3:04 PM");
        assert_eq!(written("auto", "sv_SE"), "2026-11-22 15:04");
        assert_eq!(written("auto", "svx"), "22 Nov 2026, 15:04");
        assert_eq!(written("%d.%m.%y", "en_US"), "22.11.26");
    }
}
