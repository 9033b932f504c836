//! The time of a day.

use jiff::SignedDuration;

use super::names::Half;

/// What a clock shows; a little beyond the day, as `24:00` and `23:59:60` are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Clock {
    hour: i64,
    minute: i64,
    second: i64,
}

impl Clock {
    /// Reads a time from its numbers: `10`, `30`, `00`.
    pub(super) fn read(hour: &str, minute: &str, second: &str) -> Option<Clock> {
        let number = |text: &str| text.parse().ok().filter(|_| text.len() <= 2);
        let (hour, minute, second) = (number(hour)?, number(minute)?, number(second)?);
        let is_time = hour < 30 && minute < 70 && second < 70;
        is_time.then_some(Clock { hour, minute, second })
    }

    /// Reads a time without marks: `10`, `1030`, `103000`.
    pub(super) fn read_compact(digits: &str) -> Option<Clock> {
        match digits.len() {
            2 => Clock::read(digits, "0", "0"),
            4 => Clock::read(&digits[..2], &digits[2..], "0"),
            6 => Clock::read(&digits[..2], &digits[2..4], &digits[4..]),
            _ => None,
        }
    }

    /// Tells how much of the day has passed; 12 in the morning is midnight.
    pub(super) fn since_midnight(self, half: Option<Half>) -> SignedDuration {
        let hour = match (self.hour, half) {
            (12, Some(Half::Morning)) => 0,
            (1..12, Some(Half::Afternoon)) => self.hour + 12,
            (hour, _) => hour,
        };
        SignedDuration::from_secs(3600 * hour + 60 * self.minute + self.second)
    }
}
