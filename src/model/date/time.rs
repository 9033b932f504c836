//! The rules of the reader for times of the day, their halves and zones.

use super::clock::Clock;
use super::names::{Half, Name, name};
use super::reader::Reader;
use super::tokens::Token::{Blank, Mark, Number, Word};
use super::unit::{Unit, unit};
use super::zone::numeric;

impl<'a> Reader<'a> {
    /// The first time counts.
    pub(super) fn set_clock(&mut self, clock: Clock, tokens: usize) {
        self.found.clock = self.found.clock.or(Some(clock));
        self.is_after_clock = true;
        self.at += tokens;
    }

    /// `10:30`, `10:30:00`, `10:30:00.000`, `10:30:00:000`.
    pub(super) fn clock_with_colons(&mut self) -> Option<()> {
        let (clock, tokens) = match *self.rest() {
            [Number(hour), Mark(':'), Number(minute), Mark(':'), Number(second), ref rest @ ..] => {
                let has_fraction = matches!(rest, [Mark('.' | ',' | ':'), Number(_), ..]);
                (Clock::read(hour, minute, second)?, if has_fraction { 7 } else { 5 })
            }
            [Number(hour), Mark(':'), Number(minute), ..] => (Clock::read(hour, minute, "0")?, 3),
            _ => return None,
        };
        self.set_clock(clock, tokens);
        Some(())
    }

    /// `3 pm`: the half of the day tells that it is an hour.
    pub(super) fn hour_with_half(&mut self, digits: &'a str) -> Option<()> {
        let blanks = usize::from(matches!(self.rest(), [_, Blank, ..]));
        self.half_at(self.at + 1 + blanks).filter(|_| self.found.clock.is_none())?;
        self.set_clock(Clock::read(digits, "0", "0")?, 1);
        Some(())
    }

    /// `10 h 30`, `10時30分00秒`.
    pub(super) fn clock_with_units(&mut self, hour: &'a str, tokens: usize) -> Option<()> {
        let mut at = self.at + tokens;
        let minute = self.part_of_hour(&mut at, Unit::Minute);
        let second = self.part_of_hour(&mut at, Unit::Second);
        self.set_clock(Clock::read(hour, minute, second)?, at - self.at);
        Some(())
    }

    /// Goes past a number with its unit. Minutes may do without: `10h30`.
    fn part_of_hour(&self, at: &mut usize, kind: Unit) -> &'a str {
        let blanks = usize::from(self.tokens.get(*at) == Some(&Blank));
        let rest = self.tokens.get(*at + blanks..).unwrap_or_default();
        let Some(Number(digits)) = rest.first() else {
            return "0";
        };
        let is_clear = blanks == 0 || self.found.has_date();
        let tokens = match unit(rest) {
            Some(unit) if unit.kind == kind => unit.tokens,
            None if kind == Unit::Minute && digits.len() == 2 && is_clear => 1,
            _ => return "0",
        };
        *at += blanks + tokens;
        digits
    }

    /// `T103000`, `T10`; `20261122 1030`; `22.11.2026 klo 10.30`; `22 Nov 2026 10 +0100`.
    pub(super) fn clock_without_colons(&mut self, digits: &'a str) -> Option<()> {
        if self.found.clock.is_some() || !self.found.has_date() {
            return None;
        }
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        let is_marked = matches!(before, Some(Word("T" | "t"))) || self.found.numbers.are_compact();
        let (clock, tokens) = match *self.rest() {
            [Number(hour), Mark('.'), Number(minute), ..] if !is_marked => {
                (Clock::read(hour, minute, "0")?, 3)
            }
            [_, Blank, Mark('+' | '-'), Number(_), ..] => (Clock::read_compact(digits)?, 1),
            [_, Mark('.' | ','), Number(_), ..] if is_marked => (Clock::read_compact(digits)?, 3),
            _ if is_marked => (Clock::read_compact(digits)?, 1),
            _ => return None,
        };
        self.set_clock(clock, tokens);
        Some(())
    }

    /// `10:30:00 0100`: the sign was lost on the way.
    pub(super) fn zone_without_sign(&mut self, digits: &'a str) -> Option<()> {
        let is_zone = self.is_after_clock && self.found.has_date() && self.found.zone.is_none();
        let zone = numeric(true, digits, None).filter(|_| is_zone && matches!(digits.len(), 2 | 4))?;
        self.found.zone = Some(zone);
        self.at += 1;
        Some(())
    }

    /// `+01:00`, `-0700`; elsewhere a sign is a dash.
    pub(super) fn take_sign(&mut self, sign: char) {
        let is_zone = self.is_after_clock || self.found.has_date();
        let (digits, minutes, tokens) = match *self.rest() {
            [_, Number(hours), Mark(':'), Number(minutes), Mark(':'), Number(_), ..] => {
                (hours, Some(minutes), 6)
            }
            [_, Number(hours), Mark(':'), Number(minutes), ..] => (hours, Some(minutes), 4),
            [_, Number(digits), ..] if digits.len() > 1 || self.is_after_clock => (digits, None, 2),
            _ => ("", None, 1),
        };
        if !is_zone || digits.is_empty() {
            self.at += 1;
            return;
        }
        if !self.has_numeric_zone {
            self.found.zone = numeric(sign == '+', digits, minutes).or(self.found.zone.take());
            self.has_numeric_zone = true;
        }
        self.is_after_clock = true;
        self.at += tokens;
    }

    /// Finds `am`, `p.m.`, `오후`, and how many tokens it has.
    pub(super) fn half_at(&self, at: usize) -> Option<(Half, usize)> {
        let (word, tokens) = self.word_at(at)?;
        match name(&word) {
            Some(Name::Half(half)) => Some((half, tokens)),
            _ => None,
        }
    }

    /// Joins initials to one word: `p.m.`, `a. m.`, `ม.ค.`; and tells how many tokens it has.
    pub(super) fn word_at(&self, at: usize) -> Option<(String, usize)> {
        let rest = self.tokens.get(at..)?;
        Some(match *rest {
            [Word(first), Mark('.'), Blank, Word(second), ..] if are_initials(first, second) => {
                (format!("{first}{second}"), 4)
            }
            [Word(first), Mark('.'), Word(second), ..] if are_initials(first, second) => {
                (format!("{first}{second}"), 3)
            }
            [Word(word), ..] => (word.to_owned(), 1),
            _ => return None,
        })
    }
}

/// Vowel signs count as characters too.
fn are_initials(first: &str, second: &str) -> bool {
    let is_initial = |word: &str| word.chars().count() <= if word.is_ascii() { 1 } else { 2 };
    is_initial(first) && is_initial(second)
}
