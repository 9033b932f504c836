//! How long entries stay, and how many of a feed, as people write it.

use std::time::Duration;

use jiff::SignedDuration;

use super::long_span_of_time;

const DAY: Duration = Duration::from_hours(24);
const FOREVER: &str = "forever";

/// How old entries grow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeepAge {
    /// As old as may be.
    Forever,
    /// So old, then they go.
    For(Duration),
}

/// How many entries of a feed stay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeepCount {
    /// All of them.
    All,
    /// So many, the newest.
    Newest(u32),
}

impl KeepAge {
    /// Says what can be read.
    pub const EXPECTED: &str = "a span of time from a day on, such as 90d or 52w, or forever";

    /// Reads an age. Less than a day is none: `90m` is easily written for months.
    pub fn from_text(text: &str) -> Option<KeepAge> {
        if text.trim() == FOREVER {
            return Some(KeepAge::Forever);
        }
        long_span_of_time(text).filter(|span| *span >= DAY).map(KeepAge::For)
    }

    /// Writes it as it is read.
    pub fn to_text(self) -> String {
        match self {
            KeepAge::Forever => FOREVER.to_owned(),
            KeepAge::For(span) if span.as_secs().is_multiple_of(DAY.as_secs()) => {
                format!("{}d", span.as_secs() / DAY.as_secs())
            }
            KeepAge::For(span) => {
                format!("{:#}", SignedDuration::try_from(span).unwrap_or(SignedDuration::MAX))
            }
        }
    }
}

impl KeepCount {
    /// Says what can be read.
    pub const EXPECTED: &str = "a number of entries, 0 for all";

    /// Reads a number.
    pub fn from_text(text: &str) -> Option<KeepCount> {
        match text.trim().parse().ok()? {
            0 => Some(KeepCount::All),
            number => Some(KeepCount::Newest(number)),
        }
    }

    /// Writes it as it is read.
    pub fn to_text(self) -> String {
        match self {
            KeepCount::All => "0".to_owned(),
            KeepCount::Newest(number) => number.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let ages = [KeepAge::Forever, KeepAge::For(90 * DAY), KeepAge::For(Duration::from_hours(36))];
        for age in ages {
            assert_eq!(KeepAge::from_text(&age.to_text()), Some(age), "{}", age.to_text());
        }
        assert_eq!(KeepAge::For(90 * DAY).to_text(), "90d");
        for count in [KeepCount::All, KeepCount::Newest(500)] {
            assert_eq!(KeepCount::from_text(&count.to_text()), Some(count));
        }
    }

    #[test]
    fn what_is_too_short_to_be_meant_is_refused() {
        for text in ["90m", "23h", "0d", "-1d", "always", ""] {
            assert_eq!(KeepAge::from_text(text), None, "{text}");
        }
        assert_eq!(KeepCount::from_text("-1"), None);
    }
}
