//! Spans of time as people write them.

use std::time::Duration;

use jiff::{Span, SpanRelativeTo};

/// The longest span that most settings take.
const YEAR: Duration = Duration::from_hours(24 * 366);

/// The longest span of all.
const CENTURY: Duration = Duration::from_hours(24 * 36_525);

/// Reads a span of at most a year, such as `90s`, `30m`, `2h`, `1d`, `1w 2d` or `2 days`; a day has 24 hours.
pub fn span_of_time(text: &str) -> Option<Duration> {
    long_span_of_time(text).filter(|span| *span <= YEAR)
}

/// Reads a span as above, of at most a century.
pub fn long_span_of_time(text: &str) -> Option<Duration> {
    let span: Span = text.trim().parse().ok()?;
    let span = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    Duration::try_from(span).ok().filter(|span| *span <= CENTURY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_people_write_them() {
        for (text, hours) in
            [("2h", 2), ("120m", 2), ("1d", 24), ("2days", 48), ("1 week", 168), ("1w 1d", 192), ("PT2H", 2)]
        {
            assert_eq!(span_of_time(text), Some(Duration::from_hours(hours)), "{text}");
        }
        for text in ["", "2", "-1h", "1 month", "2y", "400d", "soon"] {
            assert_eq!(span_of_time(text), None, "{text}");
        }
        assert_eq!(long_span_of_time("400d"), Some(Duration::from_hours(9_600)));
        assert_eq!(long_span_of_time("99999d"), None);
    }
}
