//! Takes the tokens of a date, one after the other, for what they look like beside their neighbours.

use jiff::civil::Date;

use super::calendar::{Numbers, week_date};
use super::clock::Clock;
use super::names::{Half, Name, fold, name};
use super::tokens::Token::{self, Blank, Mark, Number, Word};
use super::unit::{Unit, unit};
use super::zone::{Zone, named};

/// Korea has one zone, and its servers do not name it.
const KOREAN: Zone = Zone::Fixed(540);

/// What was found in a text.
#[derive(Default)]
pub(super) struct Found<'a> {
    pub(super) numbers: Numbers<'a>,
    week: Option<Date>,
    pub(super) clock: Option<Clock>,
    pub(super) zone: Option<Zone>,
    is_korean: bool,
}

impl Found<'_> {
    /// Finds the day.
    pub(super) fn date(&self) -> Option<Date> {
        self.week.or_else(|| self.numbers.date())
    }

    /// Finds the time of the day.
    pub(super) fn clock(&self) -> Clock {
        self.clock.unwrap_or_default()
    }

    /// Finds the half of the day that the clock is in, if it has twelve hours.
    pub(super) fn half(&self) -> Option<Half> {
        self.numbers.half
    }

    /// Finds where the clock hangs.
    pub(super) fn zone(&self) -> Zone {
        let unnamed = if self.is_korean && self.clock.is_some() { KOREAN } else { Zone::UTC };
        self.zone.clone().unwrap_or(unnamed)
    }

    /// Tells whether the day is whole.
    pub(super) fn has_date(&self) -> bool {
        self.week.is_some() || self.numbers.are_complete()
    }
}

/// Reads tokens from left to right. A rule takes the tokens that it understands, or none.
pub(super) struct Reader<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    pub(super) at: usize,
    pub(super) found: Found<'a>,
    is_month_doubtful: bool,
    pub(super) has_numeric_zone: bool,
    /// What was taken last belongs to the time: a zone may follow.
    pub(super) is_after_clock: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(tokens: Vec<Token<'a>>) -> Self {
        let lacks_century = matches!(tokens.as_slice(), [Mark('-'), Number(_), ..]);
        let numbers = Numbers { lacks_century, ..Numbers::default() };
        Reader {
            tokens,
            at: 0,
            found: Found { numbers, ..Found::default() },
            is_month_doubtful: false,
            has_numeric_zone: false,
            is_after_clock: false,
        }
    }

    /// Reads all; a number without a meaning ends it without a date.
    pub(super) fn read(mut self) -> Option<Found<'a>> {
        while let Some(token) = self.tokens.get(self.at) {
            match *token {
                Number(digits) => self.take_number(digits)?,
                Word(word) => self.take_word(word),
                Mark(sign @ ('+' | '-')) => self.take_sign(sign),
                Mark(_) | Blank => self.at += 1,
            }
        }
        Some(self.found)
    }

    fn take_number(&mut self, digits: &'a str) -> Option<()> {
        self.clock_with_colons()
            .or_else(|| self.hour_with_half(digits))
            .or_else(|| self.number_with_unit(digits))
            .or_else(|| self.week_of_year(digits))
            .or_else(|| self.three_numbers())
            .or_else(|| self.two_numbers())
            .or_else(|| self.clock_without_colons(digits))
            .or_else(|| self.zone_without_sign(digits))
            .or_else(|| self.digits_of_date_and_clock(digits))
            .or_else(|| self.loose_number(digits))
    }

    pub(super) fn rest(&self) -> &[Token<'a>] {
        self.tokens.get(self.at..).unwrap_or_default()
    }

    /// `2026年`, `11월`, `10 h 30`.
    fn number_with_unit(&mut self, digits: &'a str) -> Option<()> {
        let unit = unit(self.rest())?;
        match unit.kind {
            Unit::Year | Unit::Day => self.push(digits)?,
            Unit::Month => self.found.numbers.month = Some(digits.parse().ok()?),
            Unit::Hour => return self.clock_with_units(digits, unit.tokens),
            Unit::Minute | Unit::Second => return None,
        }
        self.found.is_korean |= unit.is_korean;
        if let Some(Name::Half(half)) = name(unit.after) {
            self.found.numbers.half = Some(half);
        }
        self.at += unit.tokens;
        Some(())
    }

    /// `2026-W47-7`, `2026W477`, `2026-W47`.
    fn week_of_year(&mut self, year: &'a str) -> Option<()> {
        let dashes = usize::from(matches!(self.rest(), [_, Mark('-'), ..]));
        let (week, day, tokens) = match *self.rest().get(1 + dashes..)? {
            [Word("W" | "w"), Number(week), Mark('-'), Number(day), ..] => (week, day, 4),
            [Word("W" | "w"), Number(week), ..] if week.len() == 3 => (&week[..2], &week[2..], 2),
            [Word("W" | "w"), Number(week), ..] => (week, "1", 2),
            _ => return None,
        };
        self.found.week = Some(week_date(year, week, day)?);
        self.at += 1 + dashes + tokens;
        Some(())
    }

    /// `2026-11-22`, `22.11.26`, `11/22/2026`.
    fn three_numbers(&mut self) -> Option<()> {
        let [Number(first), Mark(mark @ ('-' | '/' | '.')), Number(second), Mark(same), Number(third), ..] =
            *self.rest()
        else {
            return None;
        };
        let numbers = &mut self.found.numbers;
        if mark != same || !numbers.written.is_empty() || numbers.month.is_some() {
            return None;
        }
        numbers.written = vec![first, second, third];
        numbers.mark = Some(mark);
        self.is_after_clock = false;
        self.at += 5;
        Some(())
    }

    /// `2026-11`, `11/2026`, `-26-11`.
    fn two_numbers(&mut self) -> Option<()> {
        let [Number(first), Mark(mark @ ('-' | '/' | '.')), Number(second), ref rest @ ..] = *self.rest()
        else {
            return None;
        };
        let is_clock = matches!(rest, [Mark(':'), ..]);
        let numbers = &mut self.found.numbers;
        let has_year = first.len() == 4 || second.len() == 4 || numbers.lacks_century;
        if is_clock || !has_year || !numbers.written.is_empty() || numbers.month.is_some() {
            return None;
        }
        numbers.written = vec![first, second];
        numbers.mark = Some(mark);
        self.is_after_clock = false;
        self.at += 3;
        Some(())
    }

    /// `20261122103000`, `202611221030`.
    fn digits_of_date_and_clock(&mut self, digits: &'a str) -> Option<()> {
        if !matches!(digits.len(), 12 | 14) {
            return None;
        }
        let (date, clock) = digits.split_at(8);
        self.push(date)?;
        self.set_clock(Clock::read_compact(clock)?, 1);
        Some(())
    }

    fn loose_number(&mut self, digits: &'a str) -> Option<()> {
        self.push(digits)?;
        self.at += 1;
        Some(())
    }

    pub(super) fn push(&mut self, digits: &'a str) -> Option<()> {
        if self.found.has_date() {
            return None;
        }
        self.found.numbers.written.push(digits);
        self.is_after_clock = false;
        Some(())
    }

    fn take_word(&mut self, word: &'a str) {
        if let Some((half, tokens)) = self.half_at(self.at) {
            self.found.numbers.half = Some(half);
            self.found.is_korean |= word.starts_with('오');
            self.is_after_clock = self.found.clock.is_some();
            self.at += tokens;
            return;
        }
        self.at += 1;
        let zone = self.is_after_clock.then(|| named(word, true)).flatten();
        let (joined, tokens) = self.word_at(self.at - 1).unwrap_or_default();
        let name = name(&joined).filter(|_| zone.is_none());
        self.at += name.map_or(0, |_| tokens - 1);
        match name {
            Some(Name::Month(month)) => self.set_month(month, false),
            Some(Name::MonthOrWeekday(month)) => self.set_month(month, true),
            Some(Name::Weekday(weekday)) => self.found.numbers.weekday = Some(weekday),
            Some(Name::Half(_)) => {}
            None => return self.take_other_word(word, zone),
        }
        self.is_after_clock = false;
    }

    fn take_other_word(&mut self, word: &'a str, zone: Option<Zone>) {
        if let Some(zone) = zone.or_else(|| named(word, false)) {
            self.found.zone.get_or_insert(zone);
            self.is_after_clock = true;
        } else if let [Blank, Number(month), ..] = *self.rest()
            && matches!(fold(word).as_str(), "thang" | "thg")
        {
            // Vietnamese counts its months.
            self.found.numbers.month = month.parse().ok();
            self.at += 2;
        } else if let [Blank, Number(_), ..] = *self.rest()
            && word.to_lowercase() == "thứ"
        {
            // … and its weekdays.
            self.at += 2;
        } else {
            self.is_after_clock = false;
        }
    }

    fn set_month(&mut self, month: i8, is_doubtful: bool) {
        let numbers = &mut self.found.numbers;
        if numbers.written.len() < 3 && (numbers.month.is_none() || self.is_month_doubtful) {
            numbers.month = Some(month);
            self.is_month_doubtful = is_doubtful;
        }
    }
}
