//! The timeline: a loaded part of an ordered list, with a cursor held by id.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use crate::model::{Arrangement, EntryId, Filter, Headline, Mark, Place, Rows, Scope, Window};

use super::{Shape, Ticket};

/// Rows kept; beyond that the far side is let go and loaded again when it is needed.
const KEPT: usize = 2_000;

/// A part of the timeline of a scope.
#[derive(Clone, PartialEq, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "two are of the window, one of the scope, two of the list")]
pub struct Timeline {
    /// What is shown.
    pub scope: Scope,
    /// Only unread entries are shown.
    pub unread_only: bool,
    /// What a row takes of the pane, and where headings stand.
    pub shape: Shape,
    /// The order of the rows, as of the last load.
    pub arrangement: Arrangement,
    /// The rows loaded.
    pub rows: Vec<Headline>,
    /// There are rows before the first.
    pub more_before: bool,
    /// There are rows behind the last.
    pub more_after: bool,
    /// How far was looked before the first, where more is still to be looked at.
    pub looked_before: Option<Place>,
    /// How far was looked behind the last, where more is still to be looked at.
    pub looked_after: Option<Place>,
    /// The selected entry.
    pub cursor: Option<EntryId>,
    /// Where the reader began to select rows, if they did.
    pub anchor: Option<EntryId>,
    /// The first row shown.
    pub top: usize,
    /// The latest arrival the rows know of.
    pub horizon: EntryId,
    /// Entries that arrived behind the horizon.
    pub arrived: usize,
    /// The request under way.
    pub pending: Option<Pending>,
    /// Rows were loaded at least once for this scope.
    pub loaded: bool,
    /// The list was empty when it came up, and the reader has not moved since.
    pub filling: bool,
}

/// A request for rows, and what to do with the answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pending {
    /// The request.
    pub ticket: Ticket,
    /// What to do with the rows.
    pub want: Want,
    /// How many entries had arrived by then: those that came later may be missing among the rows.
    pub arrived: usize,
}

/// What to do with rows that come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Want {
    /// Show them instead of the others, and select the first.
    First,
    /// Show them instead of the others, and select the last.
    Last,
    /// Show them instead of the others, and select this entry where it is among them.
    Keep(Option<EntryId>),
    /// Show them instead of the others, and open this entry's place.
    Jump(EntryId),
    /// Put them before the others.
    Before,
    /// Put them after the others.
    After,
    /// No rows: the place of an unread entry is sought.
    Unread(Search),
}

/// A search for an unread entry beyond the rows loaded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Search {
    /// Down the list.
    pub down: bool,
    /// It began again at the other end.
    pub wrapped: bool,
}

/// A line of the pane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimelineLine {
    /// What this row and those below have in common.
    Heading(usize),
    /// A row.
    Row(usize),
    /// How the text of a row begins.
    Beginning(usize),
}

impl TimelineLine {
    /// Gives the row that it belongs to.
    pub fn row(self) -> usize {
        match self {
            TimelineLine::Heading(row) | TimelineLine::Row(row) | TimelineLine::Beginning(row) => row,
        }
    }
}

impl Timeline {
    /// Starts with nothing loaded.
    pub fn of(scope: Scope, unread_only: bool, (shape, arrangement): (Shape, Arrangement)) -> Timeline {
        Timeline {
            scope,
            unread_only,
            shape,
            arrangement,
            rows: Vec::new(),
            more_before: false,
            more_after: false,
            looked_before: None,
            looked_after: None,
            cursor: None,
            anchor: None,
            top: 0,
            horizon: EntryId(i64::MAX),
            arrived: 0,
            pending: None,
            loaded: false,
            filling: false,
        }
    }

    /// Tells whether other rows are on their way in place of those loaded.
    pub fn is_replaced(&self) -> bool {
        let replaces = |pending: Pending| match pending.want {
            Want::First | Want::Last | Want::Keep(_) | Want::Jump(_) => true,
            Want::Before | Want::After | Want::Unread(_) => false,
        };
        !self.loaded || self.pending.is_some_and(replaces)
    }

    /// Gives the row under the cursor.
    pub fn index(&self) -> Option<usize> {
        let cursor = self.cursor?;
        self.rows.iter().position(|row| row.id == cursor)
    }

    /// Gives the rows that are selected together, if any are.
    pub fn chosen(&self) -> Option<RangeInclusive<usize>> {
        let anchor = self.anchor?;
        let from = self.rows.iter().position(|row| row.id == anchor)?;
        let to = self.index()?;
        Some(from.min(to)..=from.max(to))
    }

    /// Gives the headline under the cursor.
    pub fn selected(&self) -> Option<&Headline> {
        self.index().map(|index| &self.rows[index])
    }

    /// Tells whether the reader is at the very top.
    pub fn is_at_top(&self) -> bool {
        !self.more_before && self.index().is_none_or(|index| index == 0)
    }

    /// Puts the cursor on a row, at most the last; scrolls it into sight.
    pub fn select(&mut self, index: usize, height: usize) {
        let last = self.rows.len().saturating_sub(1);
        let index = index.min(last);
        self.cursor = self.rows.get(index).map(|row| row.id);
        self.show(height);
    }

    /// Puts the cursor on a row where it is on none: the first rows came late.
    pub fn select_if_none(&mut self, index: usize, height: usize) {
        if self.cursor.is_none() {
            self.select(index, height);
        }
    }

    /// Scrolls the cursor into sight.
    pub fn show(&mut self, height: usize) {
        self.top = self.top.min(self.top_for(self.rows.len().saturating_sub(1), height));
        if let Some(index) = self.index() {
            let lowest = self.top_for(index, height);
            self.top = self.top.clamp(lowest.min(index), index);
        }
    }

    /// Gives the first row shown where a row is the last one that has room.
    fn top_for(&self, last: usize, height: usize) -> usize {
        // The row at the top has its heading whether or not one stands there.
        let mut left = height.saturating_sub(usize::from(self.shape.groups.is_some()));
        let mut top = last;
        while let Some(rest) = left.checked_sub(self.shape.lines())
            && let Some(row) = self.rows.get(top)
        {
            left = rest;
            let Some(before) = top.checked_sub(1) else { return 0 };
            left = left.saturating_sub(usize::from(self.shape.is_parted(&self.rows[before], row)));
            if left < self.shape.lines() {
                return top;
            }
            top = before;
        }
        top.min(last)
    }

    /// Lays out what is in sight, line by line.
    pub fn lines(&self, height: usize) -> Vec<TimelineLine> {
        let mut lines = Vec::with_capacity(height);
        for index in self.top..self.rows.len() {
            if lines.len() >= height {
                break;
            }
            let is_parted = || self.shape.is_parted(&self.rows[index - 1], &self.rows[index]);
            if self.shape.groups.is_some() && (index == self.top || is_parted()) {
                lines.push(TimelineLine::Heading(index));
            }
            lines.push(TimelineLine::Row(index));
            if self.shape.has_beginnings {
                lines.push(TimelineLine::Beginning(index));
            }
        }
        lines.truncate(height);
        lines
    }

    /// Gives the rows in sight.
    pub fn in_sight(&self, height: usize) -> &[Headline] {
        let end = self.lines(height).last().map_or(self.top, |line| line.row() + 1);
        self.rows.get(self.top..end).unwrap_or_default()
    }

    /// Changes the status of loaded rows; tells whether every entry was among them.
    pub fn mark(&mut self, entries: &[EntryId], mark: Mark) -> bool {
        let entries: HashSet<&EntryId> = entries.iter().collect();
        let mut found = 0;
        for row in &mut self.rows {
            if entries.contains(&row.id) {
                row.status = row.status.with(mark);
                found += 1;
            }
        }
        found == entries.len()
    }

    /// Finds the nearest unread row before or after the cursor.
    pub fn nearest_unread(&self, down: bool) -> Option<usize> {
        let unread = |index: &usize| self.rows[*index].status.is_unread();
        match (self.index(), down) {
            (Some(at), true) => (at + 1..self.rows.len()).find(unread),
            (Some(at), false) => (0..at).rev().find(unread),
            (None, true) => (0..self.rows.len()).find(unread),
            (None, false) => (0..self.rows.len()).rev().find(unread),
        }
    }

    /// Says what to load when the cursor comes near an edge of what is loaded.
    pub fn edge(&self, margin: usize) -> Option<(Window, Want)> {
        let index = self.index();
        if self.more_after && index.is_none_or(|index| index + margin >= self.rows.len()) {
            let last = self.looked_after.or_else(|| self.rows.last().map(Headline::place))?;
            return Some((Window::After(last), Want::After));
        }
        if self.more_before && index.is_none_or(|index| index < margin) {
            let first = self.looked_before.or_else(|| self.rows.first().map(Headline::place))?;
            return Some((Window::Before(first), Want::Before));
        }
        None
    }

    /// Tells how far was looked so far, while rows are being looked for one by one.
    pub fn looked(&self) -> Option<Place> {
        self.pending.and(self.looked_after.or(self.looked_before))
    }

    /// Shows other rows, with the cursor on `cursor` or else near where it was.
    pub fn replace(&mut self, rows: Rows, horizon: EntryId, cursor: Option<EntryId>, height: usize) {
        let before = self.index();
        let offset = before.map_or(0, |index| index.saturating_sub(self.top));
        let was_on_top = self.top == 0;
        self.rows = rows.headlines;
        self.more_before = rows.more_before;
        self.more_after = rows.more_after;
        self.looked_before = rows.looked_before;
        self.looked_after = rows.looked_after;
        self.horizon = horizon;
        self.arrived = 0;
        self.loaded = true;
        let found = cursor.and_then(|id| self.rows.iter().position(|row| row.id == id));
        let index = found.or(before).unwrap_or(0).min(self.rows.len().saturating_sub(1));
        self.cursor = self.rows.get(index).map(|row| row.id);
        self.top = if was_on_top { 0 } else { index.saturating_sub(offset) };
        self.show(height);
    }

    /// Adds rows to those that come which the filter no longer takes: what was read in Unread stays in sight.
    pub fn carry_over(&self, filter: &Filter, rows: &mut Rows) {
        let key = |row: &Headline| self.arrangement.key(row);
        let (first, last) = (rows.headlines.first(), rows.headlines.last());
        let first = first.filter(|_| rows.more_before).map(key);
        let last = last.filter(|_| rows.more_after).map(key);
        let is_within = |row: &&Headline| {
            first.is_none_or(|first| key(row) >= first) && last.is_none_or(|last| key(row) <= last)
        };
        let coming: HashSet<EntryId> = rows.headlines.iter().map(|row| row.id).collect();
        let read = self.rows.iter().filter(|row| !filter.takes(row.status) && !coming.contains(&row.id));
        let read: Vec<Headline> = read.filter(is_within).cloned().collect();
        rows.headlines.extend(read);
        rows.headlines.sort_by_cached_key(key);
    }

    /// Puts rows behind those loaded.
    pub fn append(&mut self, rows: Rows) {
        self.rows.extend(rows.headlines);
        self.more_after = rows.more_after;
        self.looked_after = rows.looked_after;
        // What is in sight stays, and so does the selected row.
        let above = self.top.min(self.index().unwrap_or(self.top));
        let extra = self.rows.len().saturating_sub(KEPT).min(above);
        if extra > 0 {
            self.rows.drain(..extra);
            self.top -= extra;
            self.more_before = true;
            self.looked_before = None;
        }
    }

    /// Puts rows before those loaded; what is in sight stays where it is.
    pub fn prepend(&mut self, rows: Rows) {
        let added = rows.headlines.len();
        self.rows.splice(0..0, rows.headlines);
        self.top += added;
        self.more_before = rows.more_before;
        self.looked_before = rows.looked_before;
        let wanted = self.index().map_or(0, |index| index + 1).max(self.top + KEPT / 10);
        if self.rows.len() > KEPT.max(wanted) {
            self.rows.truncate(KEPT.max(wanted));
            self.more_after = true;
            self.looked_after = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Groups;
    use crate::model::{FeedId, Status, Timestamp};

    fn rows(ids: impl IntoIterator<Item = i64>) -> Rows {
        let headline = |id| Headline {
            id: EntryId(id),
            feed: FeedId(1),
            time: Timestamp::from_second(id).unwrap(),
            title: id.to_string(),
            link: None,
            status: Status::default(),
            labels: crate::model::Labels::default(),
        };
        Rows { headlines: ids.into_iter().map(headline).collect(), ..Rows::default() }
    }

    fn timeline(ids: impl IntoIterator<Item = i64>) -> Timeline {
        let mut timeline = Timeline::of(Scope::All, false, Default::default());
        timeline.replace(rows(ids), EntryId(99), None, 10);
        timeline
    }

    #[test]
    fn the_cursor_stays_on_its_entry_when_newer_ones_come() {
        let mut timeline = timeline((1..=30).rev());
        timeline.select(20, 10);
        let (cursor, offset) = (timeline.cursor, 20 - timeline.top);
        timeline.replace(rows((1..=40).rev()), EntryId(99), cursor, 10);
        assert_eq!(timeline.cursor, cursor);
        assert_eq!(timeline.index().unwrap() - timeline.top, offset);
    }

    #[test]
    fn a_cursor_whose_entry_is_gone_stays_near() {
        let mut timeline = timeline((1..=5).rev());
        timeline.select(4, 10);
        timeline.replace(rows([9, 8]), EntryId(99), Some(EntryId(1)), 10);
        assert_eq!(timeline.cursor, Some(EntryId(8)));
    }

    #[test]
    fn what_is_in_sight_stays_when_newer_rows_are_put_before() {
        let mut timeline = timeline((1..=30).rev());
        timeline.select(15, 10);
        let first_shown = timeline.rows[timeline.top].id;
        timeline.prepend(rows((31..=50).rev()));
        assert_eq!(timeline.rows[timeline.top].id, first_shown);
    }

    #[test]
    fn what_was_read_stays_in_sight_through_a_reload() {
        let mut timeline = timeline([5, 4, 3, 2, 1]);
        timeline.mark(&[EntryId(4), EntryId(1)], Mark::Read);
        let unread = Filter { read: Some(false), ..Filter::default() };
        let mut coming = Rows { more_after: true, ..rows([6, 5, 3, 2]) };
        timeline.carry_over(&unread, &mut coming);
        let ids: Vec<i64> = coming.headlines.iter().map(|row| row.id.0).collect();
        assert_eq!(ids, [6, 5, 4, 3, 2]);
    }

    #[test]
    fn the_selected_row_is_never_let_go() {
        let mut timeline = timeline((3000..5000).rev());
        timeline.select(3, 10);
        timeline.append(rows((2500..3000).rev()));
        assert_eq!(timeline.index(), Some(3));
    }

    #[test]
    fn a_long_walk_lets_the_far_side_go() {
        let mut timeline = timeline((5000..5100).rev());
        for page in (0..40).rev() {
            timeline.select(usize::MAX, 10);
            timeline.append(rows((page * 100..page * 100 + 100).rev()));
        }
        assert_eq!(timeline.rows.len(), KEPT);
        assert!(timeline.more_before);
        assert!(timeline.index().is_some());
    }

    #[test]
    fn headings_and_beginnings_have_room_and_the_cursor_stays_in_sight() {
        for groups in [None, Some(Groups::Days(jiff::tz::TimeZone::UTC)), Some(Groups::Feeds)] {
            for has_beginnings in [false, true] {
                let mut timeline = timeline([]);
                timeline.shape = Shape { groups: groups.clone(), has_beginnings };
                let days = |id: i64| Timestamp::from_second(id / 3 * 86_400).unwrap();
                let mut many = rows((1..=40).rev());
                for row in &mut many.headlines {
                    (row.time, row.feed) = (days(row.id.0), FeedId(row.id.0 / 5));
                }
                timeline.replace(many, EntryId(99), None, 9);
                for index in (0..40).chain((0..40).rev()).chain([39, 0, 20]) {
                    for height in [1, 2, 3, 9, 60] {
                        timeline.select(index, height);
                        let lines = timeline.lines(height);
                        let is_there = lines.contains(&TimelineLine::Row(index));
                        assert!(is_there || height < 3, "{index} in {height}: {lines:?}");
                        assert!(lines.len() <= height);
                        if height == 9 && timeline.top > 0 {
                            assert!(lines.len() + 3 > height, "a row has room: {lines:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_nearest_unread_row_is_sought_in_the_direction_asked() {
        let mut timeline = timeline([5, 4, 3, 2, 1]);
        timeline.mark(&[EntryId(4), EntryId(3), EntryId(2)], Mark::Read);
        timeline.select(2, 10);
        assert_eq!(timeline.nearest_unread(true), Some(4));
        assert_eq!(timeline.nearest_unread(false), Some(0));
        timeline.select(4, 10);
        assert_eq!(timeline.nearest_unread(true), None);
    }
}
