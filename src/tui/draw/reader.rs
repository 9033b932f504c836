//! The article: the visible lines of its page, in the middle of the pane.

use std::borrow::Cow;
use std::ops::Range;
use std::time::Instant;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::text::columns;
use super::{Look, line, pane, scrollbar};
use crate::app::{Action, Finding, Hints, Reader, State};
use crate::tui::hyperlinks::color_of;
use crate::tui::{Order, Painted};
use crate::typeset::{self, Page, Placed, Role, Spot, visual};

/// Draws the visible lines.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State, look: Look<'_>, area: Rect) {
    let reader = &state.reader;
    let Some(page) = &reader.page else {
        let words = match (reader.entry, reader.missing) {
            (Some(_), false) => return,
            (Some(_), true) => "This entry is no longer in the library.".to_owned(),
            (None, _) => {
                format!("{} opens an article.", look.keymap.key_of(Action::Open).unwrap_or_default())
            }
        };
        pane::say(frame, look, area, &words);
        return;
    };
    let left = area.x + area.width.saturating_sub(page.width()) / 2;
    let shown = page.lines().iter().enumerate().skip(reader.top).zip(area.y..area.y + area.height);
    let pictures = pictures_in_sight(state, look, page, usize::from(area.height));
    let selected = reader.selection.as_ref().map(|selection| selection.part(page));
    let is_hidden = |number| {
        pictures.iter().any(|(placed, _)| (placed.line..placed.line + placed.lines).contains(&number))
    };
    for ((number, line), y) in shown.filter(|((number, _), _)| !is_hidden(*number)) {
        let line = marked(reader, number, line);
        let x = left + indent(&line, page.width());
        let place = Rect { x, y, width: area.right().saturating_sub(x), height: 1 };
        draw_line(frame, look, &line, place);
        if let Some(part) = selected.as_ref().and_then(|part| within(part, number, &line)) {
            let (before, width) = (columns_in(&line, 0..part.start), columns_in(&line, part));
            let x = if line.is_rtl { x } else { x + before };
            frame
                .buffer_mut()
                .set_style(Rect { x, width, ..place }.intersection(area), look.theme.reader.selected);
        }
    }
    for (placed, painted) in &pictures {
        let row = i32::try_from(placed.line).unwrap_or(i32::MAX) - i32::try_from(reader.top).unwrap_or(0);
        let x = left + placed.column;
        let width = placed.picture.columns.min(area.right().saturating_sub(x));
        look.pictures.draw(frame, painted, Rect { x, width, ..area }, row);
    }
    if let Some(hints) = &state.hints {
        draw_hints(frame, look, page, hints, reader.top, Rect { x: left, ..area });
    }
    scrollbar::draw(frame, look.theme, area, reader.top, page.lines().len());
}

/// Finds the pictures that are ready and nowhere else covered; where they are not, words stand for them.
fn pictures_in_sight<'a>(
    state: &State,
    look: Look<'a>,
    page: &'a Page,
    height: usize,
) -> Vec<(&'a Placed, &'a Painted)> {
    let near = page.pictures().iter().filter(|placed| placed.is_among(state.reader.top, height));
    let is_under_window = state.overlay.is_some() || look.keyboard.is_hesitating(Instant::now());
    let is_covered = |placed: &Placed| is_under_window || (state.hints.is_some() && placed.is_link);
    near.filter_map(|placed| Some((placed, look.pictures.get(placed, is_covered(placed))?))).collect()
}

/// Gives what of a line is selected, in bytes; a line from right to left is selected as a whole.
fn within(part: &Range<Spot>, number: usize, line: &typeset::Line) -> Option<Range<usize>> {
    let length = line.text().len();
    let is_here = (part.start.line..=part.end.line).contains(&number) && length > 0;
    if !is_here || line.is_rtl {
        return is_here.then_some(0..length);
    }
    let start = if number == part.start.line { part.start.at.min(length) } else { 0 };
    let end = if number == part.end.line { part.end.at.min(length) } else { length };
    (start < end).then_some(start..end)
}

fn columns_in(line: &typeset::Line, part: Range<usize>) -> u16 {
    let text = line.text();
    let (start, end) = (text.floor_char_boundary(part.start), text.floor_char_boundary(part.end));
    u16::try_from(columns(&text[start..end])).unwrap_or(u16::MAX)
}

fn draw_line(frame: &mut Frame<'_>, look: Look<'_>, line: &typeset::Line, place: Rect) {
    let seen = (look.order == Order::Visual).then(|| visual(line)).flatten();
    let spans = seen.as_ref().unwrap_or(&line.spans).iter();
    let shown = spans.map(|span| Span::styled(span.text.as_str(), style_of(look, span)));
    line::draw_as_is(frame, &shown.collect::<Line<'_>>(), place);
}

fn style_of(look: Look<'_>, span: &typeset::Span) -> Style {
    let mut style = look.theme.of_text(span.style);
    if span.link.is_some() && span.style.role.is_heading() {
        // It keeps a heading's colour, and can be followed all the same.
        style = style.add_modifier(Modifier::UNDERLINED);
    }
    match (span.link, look.links) {
        (Some(link), Some(generation)) => style.underline_color(color_of(link, generation)),
        _ => style,
    }
}

/// Marks what was looked for.
fn marked<'l>(reader: &Reader, number: usize, line: &'l typeset::Line) -> Cow<'l, typeset::Line> {
    let Some(Finding { found, at, .. }) = &reader.finding else {
        return Cow::Borrowed(line);
    };
    let first = found.partition_point(|found| found.parts.last().is_some_and(|(last, _)| *last < number));
    let here = found.iter().enumerate().skip(first).take_while(|(_, found)| found.line() <= number);
    let parts: Vec<(Range<usize>, Role)> = here
        .flat_map(|(order, found)| {
            let role = if order == *at { Role::FoundHere } else { Role::Found };
            let own = found.parts.iter().filter(|(line, _)| *line == number);
            own.map(move |(_, range)| (range.clone(), role))
        })
        .collect();
    if parts.is_empty() { Cow::Borrowed(line) } else { Cow::Owned(line.marked(&parts)) }
}

/// Draws the letters of links over their beginnings.
fn draw_hints(frame: &mut Frame<'_>, look: Look<'_>, page: &Page, hints: &Hints, top: usize, area: Rect) {
    for hint in hints.left() {
        let Some(row) = hint.line.checked_sub(top).and_then(|row| u16::try_from(row).ok()) else { continue };
        let line = &page.lines()[hint.line];
        let before = u16::try_from(columns(&line.text()[..hint.start])).unwrap_or(0);
        let label = &hint.letters[hints.typed.len()..];
        let width = u16::try_from(label.len()).unwrap_or(0);
        let x = if line.is_rtl {
            (area.x + page.width()).saturating_sub(before + width)
        } else {
            area.x + before
        };
        if row < area.height {
            let place = Rect { x, y: area.y + row, width, height: 1 };
            line::draw_as_is(frame, &Line::styled(label, look.theme.reader.hint), place);
        }
    }
}

/// Text from right to left begins at the right margin.
fn indent(line: &typeset::Line, width: u16) -> u16 {
    if line.is_rtl { width.saturating_sub(u16::try_from(line.width()).unwrap_or(width)) } else { 0 }
}
