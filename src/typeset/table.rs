//! Sets a table: columns side by side, or below each other where they have no room.

use super::block::{Cell, Table};
use super::columns::columns;
use super::flow::flow;
use super::page::append;
use super::{Role, Span, Style};

const BORDER: &str = " │ ";
const CROSSING: &str = "─┼─";
/// A column of prose narrower than this is hard to read.
const NARROW: usize = 8;

/// Sets a table into lines of at most so many columns.
pub(super) fn lines(table: &Table, width: usize) -> Vec<Vec<Span>> {
    match column_widths(table, width) {
        Some(widths) => side_by_side(table, &widths),
        None => folded(table, width),
    }
}

/// Shares the width among the columns; none if one of them would be too narrow.
fn column_widths(table: &Table, width: usize) -> Option<Vec<usize>> {
    let spanned = |row: &Vec<Cell>| row.iter().map(|cell| cell.columns).sum::<usize>();
    let count = table.rows.iter().map(spanned).max()?;
    let room = width.checked_sub(columns(BORDER) * (count - 1))?;
    if room < count {
        return None;
    }
    let natural = natural_widths(table, count);
    let widths = share(&natural, room);
    let is_wide_enough = |(width, natural): (&usize, &usize)| *width >= NARROW.min(*natural);
    let fits = widths.iter().zip(&natural).all(is_wide_enough);
    fits.then_some(widths)
}

/// Measures how wide each column is when none of its lines is broken.
fn natural_widths(table: &Table, count: usize) -> Vec<usize> {
    let mut natural = vec![0; count];
    for row in &table.rows {
        let mut column = 0;
        for cell in row {
            let end = column + cell.columns;
            let others: usize = natural[column..end - 1].iter().sum();
            let borders = columns(BORDER) * (cell.columns - 1);
            let needed = cell_width(cell).saturating_sub(others + borders);
            natural[end - 1] = natural[end - 1].max(needed);
            column = end;
        }
    }
    natural
}

fn cell_width(cell: &Cell) -> usize {
    let lines = flow(&cell.text, usize::MAX);
    lines.iter().map(|line| line_width(line)).max().unwrap_or(0)
}

fn line_width(line: &[Span]) -> usize {
    line.iter().map(Span::width).sum()
}

/// Gives each column what it wants, and the wide ones equal parts of the rest.
fn share(natural: &[usize], room: usize) -> Vec<usize> {
    let mut widths = vec![0; natural.len()];
    let mut room = room;
    let mut open: Vec<usize> = (0..natural.len()).collect();
    while !open.is_empty() {
        let part = room / open.len();
        let (modest, wide): (Vec<_>, Vec<_>) = open.iter().partition(|n| natural[**n] <= part);
        if modest.is_empty() {
            let rest = room % wide.len();
            for (order, n) in wide.into_iter().enumerate() {
                widths[n] = part + usize::from(order < rest);
            }
            break;
        }
        for n in modest {
            widths[n] = natural[n];
            room -= natural[n];
        }
        open = wide;
    }
    widths
}

fn side_by_side(table: &Table, widths: &[usize]) -> Vec<Vec<Span>> {
    let rows: Vec<_> = table.rows.iter().map(|row| set_row(row, widths)).collect();
    let is_tall = rows.iter().any(|lines| lines.len() > 1);
    let last = rows.len() - 1;
    let mut lines = Vec::new();
    for (n, row) in rows.into_iter().enumerate() {
        lines.extend(row);
        if n < last && (is_tall || is_head(&table.rows[n])) {
            lines.push(border_line(widths));
        }
    }
    lines
}

fn set_row(row: &[Cell], widths: &[usize]) -> Vec<Vec<Span>> {
    let mut column = 0;
    let mut cells = Vec::with_capacity(row.len());
    for cell in row {
        let spanned = &widths[column..column + cell.columns];
        let width = spanned.iter().sum::<usize>() + columns(BORDER) * (cell.columns - 1);
        cells.push((flow(&cell.text, width), width));
        column += cell.columns;
    }
    let height = cells.iter().map(|(lines, _)| lines.len()).max();
    let line = |n| join(cells.iter().map(|(lines, width)| (lines.get(n), *width)));
    (0..height.unwrap_or(0)).map(line).collect()
}

fn join<'s>(cells: impl Iterator<Item = (Option<&'s Vec<Span>>, usize)>) -> Vec<Span> {
    let mut line = Vec::new();
    let mut padding = 0;
    for (n, (spans, width)) in cells.enumerate() {
        append(&mut line, &" ".repeat(padding), Style::default(), None);
        if n > 0 {
            append(&mut line, BORDER, Style::of(Role::TableBorder), None);
        }
        let spans = spans.map(Vec::as_slice).unwrap_or_default();
        for span in spans {
            append(&mut line, &span.text, span.style, span.link);
        }
        padding = width.saturating_sub(line_width(spans));
    }
    line
}

fn border_line(widths: &[usize]) -> Vec<Span> {
    let parts: Vec<_> = widths.iter().map(|width| "─".repeat(*width)).collect();
    vec![Span::new(parts.join(CROSSING), Style::of(Role::TableBorder))]
}

fn is_head(row: &[Cell]) -> bool {
    let mut spans = row.iter().flat_map(|cell| &cell.text.spans);
    spans.all(|span| span.style.role == Role::TableHead)
}

fn folded(table: &Table, width: usize) -> Vec<Vec<Span>> {
    let mut lines = Vec::new();
    for row in &table.rows {
        if !lines.is_empty() {
            lines.push(border_line(&[width]));
        }
        let filled = row.iter().filter(|cell| !cell.text.is_empty());
        lines.extend(filled.flat_map(|cell| flow(&cell.text, width)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_columns_keep_their_width_and_wide_ones_share_the_rest() {
        assert_eq!(share(&[3, 50, 40], 33), [3, 15, 15]);
        assert_eq!(share(&[5, 10, 12], 24), [5, 10, 9]);
        assert_eq!(share(&[3, 5], 33), [3, 5]);
    }
}
