//! Hours and days that a feed skips, as the bits of a number.

use jiff::civil::Weekday;

/// Writes hours of the day: bit 0 is midnight.
pub(super) fn hours(hours: &[u8]) -> u32 {
    hours.iter().filter(|hour| **hour < 24).fold(0, |bits, hour| bits | 1 << hour)
}

/// Reads hours of the day.
pub(super) fn read_hours(bits: u32) -> Vec<u8> {
    (0..24).filter(|hour| bits & 1 << hour != 0).collect()
}

/// Writes days of the week: bit 0 is Monday.
pub(super) fn days(days: &[Weekday]) -> u32 {
    days.iter().fold(0, |bits, day| bits | 1 << day.to_monday_zero_offset())
}

/// Reads days of the week.
pub(super) fn read_days(bits: u32) -> Vec<Weekday> {
    let week = Weekday::Monday.cycle_forward().take(7);
    week.filter(|day| bits & 1 << day.to_monday_zero_offset() != 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_days_are_read_as_they_were_written() {
        assert_eq!(read_hours(hours(&[0, 5, 23, 24, 200])), [0, 5, 23]);
        let ends = [Weekday::Monday, Weekday::Sunday];
        assert_eq!(read_days(days(&ends)), ends);
        assert!(read_hours(0).is_empty() && read_days(0).is_empty());
    }
}
