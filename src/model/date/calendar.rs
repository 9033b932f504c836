//! Makes a day of the numbers in a date: which is the year, which the month, which the day.

use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::names::Half;

/// Some servers write the year 1 where there is no date.
const FIRST_YEAR: i16 = 1000;

/// The numbers of a date in the order they were written, and what helps to tell them apart.
#[derive(Default)]
pub(super) struct Numbers<'a> {
    /// At most three, without those of the time.
    pub(super) written: Vec<&'a str>,
    /// The month, where it is a word.
    pub(super) month: Option<i8>,
    pub(super) weekday: Option<Weekday>,
    /// The mark between the numbers.
    pub(super) mark: Option<char>,
    /// The half of the day that the time is in: Americans have halves, and write the month first.
    pub(super) half: Option<Half>,
    /// ISO 8601 writes `-` where the century is left out.
    pub(super) lacks_century: bool,
}

#[derive(Clone, Copy)]
enum Order {
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
}

impl Numbers<'_> {
    /// Tells whether nothing is missing for a whole day.
    pub(super) fn are_complete(&self) -> bool {
        self.written.len() + usize::from(self.month.is_some()) >= 3 || self.are_compact()
    }

    /// Tells whether it is one number with year and day in it.
    pub(super) fn are_compact(&self) -> bool {
        matches!(self.written.as_slice(), [number] if number.len() >= 5)
    }

    /// Finds the day that is meant.
    pub(super) fn date(&self) -> Option<Date> {
        match (self.month, self.written.as_slice()) {
            (Some(month), [year]) if year.len() == 4 => date(year, month, 1),
            (Some(month), [first, second]) if is_year(first) => date(first, month, small(second)?),
            (Some(month), [first, second]) => date(second, month, small(first)?),
            (None, [number]) => self.compact(number),
            (None, [first, second]) => self.two(first, second),
            (None, [first, second, third]) => self.three([first, second, third]),
            _ => None,
        }
    }

    /// `20261122`, `261122`, `2026326`, `26326`, `202611`, `2026`, `-2611`.
    fn compact(&self, number: &str) -> Option<Date> {
        match number.len() {
            8 => date(&number[..4], small(&number[4..6])?, small(&number[6..])?),
            7 => ordinal(&number[..4], &number[4..]),
            6 => date(&number[..2], small(&number[2..4])?, small(&number[4..])?)
                .or_else(|| date(&number[..4], small(&number[4..])?, 1)),
            5 => ordinal(&number[..2], &number[2..]),
            4 if self.lacks_century => date(&number[..2], small(&number[2..])?, 1),
            4 => date(number, 1, 1),
            _ => None,
        }
    }

    /// `2026-11`, `2026-326`, `11/2026`, `-26-11`.
    fn two(&self, first: &str, second: &str) -> Option<Date> {
        // Words between them may be a month in a language that is not known here.
        self.mark?;
        match (first.len(), second.len()) {
            (4, _) if self.lacks_century => None,
            (4, 3) => ordinal(first, second),
            (4, 1..=2) => date(first, small(second)?, 1),
            (1..=2, 4) => date(second, small(first)?, 1),
            (2, 2) if self.lacks_century => date(first, small(second)?, 1),
            _ => None,
        }
    }

    fn three(&self, numbers: [&str; 3]) -> Option<Date> {
        let dates = || self.orders(numbers).iter().filter_map(|order| order.date(numbers));
        let on_weekday = dates().find(|date| self.weekday == Some(date.weekday()));
        on_weekday.or_else(|| dates().next())
    }

    /// The orders that numbers may be meant in, likely ones first.
    fn orders(&self, numbers: [&str; 3]) -> &'static [Order] {
        use Order::{DayMonthYear, MonthDayYear, YearMonthDay};
        let is_short = numbers.iter().all(|number| number.len() == 2);
        match self.mark {
            _ if numbers[0].len() == 4 && self.lacks_century => &[],
            _ if is_year(numbers[0]) => &[YearMonthDay],
            Some('-') if is_short => &[YearMonthDay, DayMonthYear, MonthDayYear],
            Some('/') if self.half.is_some() => &[MonthDayYear, DayMonthYear, YearMonthDay],
            _ => &[DayMonthYear, MonthDayYear, YearMonthDay],
        }
    }
}

impl Order {
    fn date(self, [first, second, third]: [&str; 3]) -> Option<Date> {
        match self {
            Order::YearMonthDay => date(first, small(second)?, small(third)?),
            Order::DayMonthYear => date(third, small(second)?, small(first)?),
            Order::MonthDayYear => date(third, small(first)?, small(second)?),
        }
    }
}

/// The day of a week: `2026-W47-7`.
pub(super) fn week_date(year: &str, week: &str, day: &str) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(small(day)?).ok()?;
    let date = ISOWeekDate::new(read_year(year)?, small(week)?, weekday).ok()?;
    Some(date.date())
}

/// One day too many is the first of the next month: many count thirty-one in each, or take each year for a leap year.
/// What lies further beyond is no day.
fn date(year: &str, month: i8, day: i8) -> Option<Date> {
    let first = Date::new(read_year(year)?, month, 1).ok()?;
    if !(1..=first.days_in_month() + 1).contains(&day) || day > 31 {
        return None;
    }
    first.checked_add(Span::new().days(day - 1)).ok()
}

fn ordinal(year: &str, day: &str) -> Option<Date> {
    let first = Date::new(read_year(year)?, 1, 1).ok()?;
    let day: i16 = day.parse().ok()?;
    let is_in_year = (1..=first.days_in_year()).contains(&day);
    is_in_year.then(|| first.checked_add(Span::new().days(day - 1)).ok()).flatten()
}

fn is_year(number: &str) -> bool {
    number.len() > 2 || small(number).is_some_and(|number| number > 31)
}

/// A year of two digits lies around 2000; one of three was counted from 1900.
fn read_year(text: &str) -> Option<i16> {
    let number: i16 = text.parse().ok()?;
    let year = match text.len() {
        2 if number < 69 => number + 2000,
        2 | 3 => number + 1900,
        4 => number,
        _ => return None,
    };
    (year >= FIRST_YEAR).then_some(year)
}

fn small(text: &str) -> Option<i8> {
    text.parse().ok().filter(|_| text.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, mark: char, weekday: Option<Weekday>) -> Option<String> {
        let numbers =
            Numbers { written: text.split(mark).collect(), mark: Some(mark), weekday, ..Numbers::default() };
        numbers.date().map(|date| date.to_string())
    }

    #[test]
    fn numbers_are_told_apart() {
        let table = [
            ("2026-11-22", Some("2026-11-22")),
            ("2026-2-29", Some("2026-03-01")),
            ("2026-2-30", None),
            ("2026-2-31", None),
            ("2026-6-31", Some("2026-07-01")),
            ("2026-12-32", None),
            ("2026-11-32", None),
            ("2026-13-01", None),
            ("26-11-22", Some("2026-11-22")),
            ("22-11-2026", Some("2026-11-22")),
            ("99-12-31", Some("1999-12-31")),
            ("2026-326", Some("2026-11-22")),
            ("2026-366", None),
            ("20261122", Some("2026-11-22")),
            ("261122", Some("2026-11-22")),
            ("202611", Some("2026-11-01")),
            ("0000-00-00", None),
        ];
        for (text, expected) in table {
            assert_eq!(find(text, '-', None).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_weekday_tells_day_from_month() {
        assert_eq!(find("11/04/2020", '/', Some(Weekday::Saturday)).as_deref(), Some("2020-04-11"));
        assert_eq!(find("11/04/2020", '/', Some(Weekday::Wednesday)).as_deref(), Some("2020-11-04"));
        assert_eq!(find("10/30/23", '/', None).as_deref(), Some("2023-10-30"));
        assert_eq!(find("30.10.23", '.', None).as_deref(), Some("2023-10-30"));
    }
}
