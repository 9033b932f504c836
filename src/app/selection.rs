//! What is selected of an article, to be copied.

use std::ops::Range;

use crate::typeset::{Page, Spot};

/// A part of the article that is being selected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selection {
    /// Where it began.
    pub anchor: Spot,
    /// Where it is moved.
    pub head: Spot,
    /// What it is made of.
    pub unit: Unit,
    /// Moving makes it longer, and does not take it along.
    pub is_extending: bool,
}

/// What is selected as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Characters, by the mouse.
    Character,
    /// Lines of the page.
    Line,
    /// Paragraphs.
    Paragraph,
}

impl Selection {
    /// Selects a line, or its paragraph.
    pub fn at(line: usize, unit: Unit) -> Selection {
        let spot = Spot { line, at: 0 };
        Selection { anchor: spot, head: spot, unit, is_extending: false }
    }

    /// Gives what is selected, from its first character to behind its last.
    pub fn part(&self, page: &Page) -> Range<Spot> {
        let (from, to) = (self.anchor.min(self.head), self.anchor.max(self.head));
        let end_of = |line| Spot { line, at: usize::MAX };
        match self.unit {
            Unit::Character => from..to,
            Unit::Line => Spot { at: 0, ..from }..end_of(to.line),
            Unit::Paragraph => {
                let line = page.paragraph(from.line).start;
                Spot { line, at: 0 }..end_of(page.paragraph(to.line).end - 1)
            }
        }
    }

    /// Gives the lines that it is moved over.
    pub fn lines(&self, page: &Page) -> Range<usize> {
        match self.unit {
            Unit::Paragraph => page.paragraph(self.head.line),
            Unit::Line | Unit::Character => self.head.line..self.head.line + 1,
        }
    }

    /// Moves by lines or paragraphs, as far as there is text.
    pub fn step(&mut self, page: &Page, steps: isize) {
        for _ in 0..steps.unsigned_abs() {
            let here = self.lines(page);
            let next = if steps > 0 {
                page.text_from(here.end, true)
            } else {
                here.start.checked_sub(1).and_then(|line| page.text_from(line, false))
            };
            let Some(next) = next else { break };
            self.go_to(next);
        }
    }

    /// Moves to a line.
    pub fn go_to(&mut self, line: usize) {
        self.head = Spot { line, at: 0 };
        if !self.is_extending {
            self.anchor = self.head;
        }
    }
}
