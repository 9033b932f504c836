//! When a feed wants to be asked.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// What a feed's document says about how often, and when, it wants to be asked.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct FeedSchedule {
    /// Minutes it asks to be left alone after a fetch.
    pub ttl: Option<u32>,
    /// Hours of the day in UTC, 0 to 23, at which it is not to be asked.
    pub skip_hours: Vec<u8>,
    /// Days of the week in UTC on which it is not to be asked.
    pub skip_days: Vec<Weekday>,
}

impl FeedSchedule {
    /// Gives the first moment from this one on at which the feed may be asked; a feed that would never be
    /// asked is not believed.
    pub fn opens(&self, at: Timestamp) -> Timestamp {
        const HOURS_OF_A_WEEK: i64 = 7 * 24;
        let full_hour = at.as_second().div_euclid(3_600);
        let later = (1..=HOURS_OF_A_WEEK).map(|hours| Timestamp::from_second((full_hour + hours) * 3_600));
        let mut moments = std::iter::once(at).chain(later.map_while(Result::ok));
        moments.find(|moment| self.is_open(*moment)).unwrap_or(at)
    }

    /// Gives the time it asks to be left alone after a fetch.
    pub fn pause(&self) -> SignedDuration {
        SignedDuration::from_mins(self.ttl.unwrap_or(0).into())
    }

    fn is_open(&self, at: Timestamp) -> bool {
        if self.skip_hours.is_empty() && self.skip_days.is_empty() {
            return true;
        }
        let time = at.to_zoned(TimeZone::UTC);
        let hour = u8::try_from(time.hour()).unwrap_or_default();
        !self.skip_hours.contains(&hour) && !self.skip_days.contains(&time.weekday())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_feed_is_asked_at_the_first_hour_and_day_that_is_not_skipped() {
        // The 22nd of November 2026 is a Sunday.
        let table: [(&[u8], &[Weekday], &str, &str); 6] = [
            (&[], &[], "2026-11-22T10:30:00Z", "2026-11-22T10:30:00Z"),
            (&[11], &[], "2026-11-22T10:30:00Z", "2026-11-22T10:30:00Z"),
            (&[10, 11], &[], "2026-11-22T10:30:00Z", "2026-11-22T12:00:00Z"),
            (&[22, 23], &[], "2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z"),
            (&[], &[Weekday::Sunday], "2026-11-22T10:30:00Z", "2026-11-23T00:00:00Z"),
            (&[0], &[Weekday::Sunday, Weekday::Monday], "2026-11-22T10:30:00Z", "2026-11-24T01:00:00Z"),
        ];
        for (hours, days, moment, expected) in table {
            let schedule = FeedSchedule { ttl: None, skip_hours: hours.to_vec(), skip_days: days.to_vec() };
            assert_eq!(schedule.opens(at(moment)), at(expected), "{schedule:?}");
        }
    }

    #[test]
    fn a_feed_that_skips_all_hours_or_days_is_not_believed() {
        let now = at("2026-11-22T10:30:00Z");
        let no_hour = FeedSchedule { skip_hours: (0..24).collect(), ..FeedSchedule::default() };
        assert_eq!(no_hour.opens(now), now);
        let days = Weekday::Monday.cycle_forward().take(7).collect();
        let no_day = FeedSchedule { skip_days: days, ..FeedSchedule::default() };
        assert_eq!(no_day.opens(now), now);
    }
}
