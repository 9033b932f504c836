//! Sets a table: columns side by side, or below each other where they have no room.

use super::block::{Cell, Table};
use super::columns::columns;
use super::fill::Row;
use super::flow::flow;
use super::page::append;
use super::paragraph::{After, Paragraph};
use super::{Role, Span, Style};

/// The lines between columns, and where they cross the lines between rows: with room, and where it is tight.
const BORDERS: [Border; 2] = [Border { line: " │ ", crossing: "─┼─" }, Border { line: "│", crossing: "┼" }];

/// A column is to be at least as wide as its words, but for those that are longer.
const LONG_WORD: usize = 16;

/// Parts cells that follow each other in one line.
const DOT: &str = "\u{a0}· ";
/// Rows of more cells, none of them longer, are folded into lines of several cells.
const MANY: usize = 4;
const SHORT: usize = 14;

#[derive(Clone, Copy)]
struct Border {
    line: &'static str,
    crossing: &'static str,
}

/// Sets a table into lines of at most so many columns.
pub(super) fn lines(table: &Table, width: usize) -> Vec<Vec<Span>> {
    let fits = |border: &Border| Some((column_widths(table, width, *border)?, *border));
    match BORDERS.iter().find_map(fits) {
        Some((widths, border)) => side_by_side(table, &widths, border),
        None => folded(table, width),
    }
}

/// Shares the width among the columns; none if one of them would be too narrow.
fn column_widths(table: &Table, width: usize, border: Border) -> Option<Vec<usize>> {
    let spanned = |row: &Vec<Cell>| row.iter().map(|cell| cell.columns).sum::<usize>();
    let count = table.rows.iter().map(spanned).max()?;
    let room = width.checked_sub(columns(border.line) * (count - 1))?;
    if room < count {
        return None;
    }
    let widths = share(&natural_widths(table, count, border), room);
    let words = word_widths(table, count);
    let fits = widths.iter().zip(words).all(|(width, word)| *width >= word);
    fits.then_some(widths)
}

/// Measures how wide each column is when none of its lines is broken.
fn natural_widths(table: &Table, count: usize, border: Border) -> Vec<usize> {
    let mut natural = vec![0; count];
    for row in &table.rows {
        let mut column = 0;
        for cell in row {
            let end = column + cell.columns;
            let others: usize = natural[column..end - 1].iter().sum();
            let borders = columns(border.line) * (cell.columns - 1);
            let needed = cell_width(cell).saturating_sub(others + borders);
            natural[end - 1] = natural[end - 1].max(needed);
            column = end;
        }
    }
    natural
}

/// Measures the longest word of each column.
fn word_widths(table: &Table, count: usize) -> Vec<usize> {
    let mut widths = vec![0; count];
    for row in &table.rows {
        let mut column = 0;
        for cell in row {
            let words = cell.text.pieces.split_inclusive(|piece| piece.after != After::Joined);
            let widest = words.map(|word| word.iter().map(|piece| piece.columns).sum::<usize>()).max();
            if cell.columns == 1 {
                widths[column] = widths[column].max(widest.unwrap_or(0).min(LONG_WORD));
            }
            column += cell.columns;
        }
    }
    widths
}

fn cell_width(cell: &Cell) -> usize {
    let lines = spans(flow(&cell.text, usize::MAX));
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

fn spans(rows: Vec<Row>) -> Vec<Vec<Span>> {
    rows.into_iter().map(|row| row.spans).collect()
}

fn side_by_side(table: &Table, widths: &[usize], border: Border) -> Vec<Vec<Span>> {
    let numbers = number_columns(table, widths.len());
    let rows: Vec<_> = table.rows.iter().map(|row| set_row(row, widths, &numbers, border)).collect();
    let is_tall = rows.iter().any(|lines| lines.len() > 1);
    let last = rows.len() - 1;
    let mut lines = Vec::new();
    for (n, row) in rows.into_iter().enumerate() {
        lines.extend(row);
        if n < last && (is_tall || is_head(&table.rows[n])) {
            lines.push(border_line(widths, border));
        }
    }
    lines
}

/// Tells which columns hold numbers only: they end at the right.
fn number_columns(table: &Table, count: usize) -> Vec<bool> {
    let mut are_numbers = vec![None; count];
    for row in table.rows.iter().filter(|row| !is_head(row)) {
        let mut column = 0;
        for cell in row {
            if cell.columns == 1 && !cell.text.is_empty() {
                let known: &mut Option<bool> = &mut are_numbers[column];
                *known = Some(known.unwrap_or(true) && is_number(&cell.text));
            }
            column += cell.columns;
        }
    }
    are_numbers.into_iter().map(|known| known == Some(true)).collect()
}

fn is_number(text: &Paragraph) -> bool {
    let characters = || text.spans.iter().flat_map(|span| span.text.chars());
    let is_sign = |c: char| c.is_whitespace() || ".,+-−–%‰$€£¥()*/:'’".contains(c);
    characters().all(|c| c.is_numeric() || is_sign(c))
}

fn set_row(row: &[Cell], widths: &[usize], numbers: &[bool], border: Border) -> Vec<Vec<Span>> {
    let mut column = 0;
    let mut cells = Vec::with_capacity(row.len());
    for cell in row {
        let spanned = &widths[column..column + cell.columns];
        let width = spanned.iter().sum::<usize>() + columns(border.line) * (cell.columns - 1);
        let ends_right = cell.columns == 1 && numbers[column];
        cells.push((spans(flow(&cell.text, width)), width, ends_right));
        column += cell.columns;
    }
    let height = cells.iter().map(|(lines, ..)| lines.len()).max();
    let line = |n| join(cells.iter().map(|(lines, width, right)| (lines.get(n), *width, *right)), border);
    (0..height.unwrap_or(0)).map(line).collect()
}

fn join<'s>(cells: impl Iterator<Item = (Option<&'s Vec<Span>>, usize, bool)>, border: Border) -> Vec<Span> {
    let mut line = Vec::new();
    let mut padding = 0;
    for (n, (spans, width, ends_right)) in cells.enumerate() {
        append(&mut line, &" ".repeat(padding), Style::default(), None);
        if n > 0 {
            append(&mut line, border.line, Style::of(Role::TableBorder), None);
        }
        let spans = spans.map(Vec::as_slice).unwrap_or_default();
        padding = width.saturating_sub(line_width(spans));
        if ends_right {
            append(&mut line, &" ".repeat(std::mem::take(&mut padding)), Style::default(), None);
        }
        for span in spans {
            append(&mut line, &span.text, span.style, span.link);
        }
    }
    line
}

fn border_line(widths: &[usize], border: Border) -> Vec<Span> {
    let parts: Vec<_> = widths.iter().map(|width| "─".repeat(*width)).collect();
    vec![Span::new(parts.join(border.crossing), Style::of(Role::TableBorder))]
}

/// Tells whether all cells of a row are heads of columns.
pub(super) fn is_head(row: &[Cell]) -> bool {
    let mut spans = row.iter().flat_map(|cell| &cell.text.spans);
    spans.all(|span| span.style.role == Role::TableHead)
}

/// Sets the rows one below the other, a line for each cell; what stands at its column's head comes before it.
fn folded(table: &Table, width: usize) -> Vec<Vec<Span>> {
    let (head, rows) = match table.rows.split_first() {
        Some((head, rows)) if !rows.is_empty() && is_head(head) && is_plain(head) => (head.as_slice(), rows),
        _ => (&[][..], table.rows.as_slice()),
    };
    let is_short = |cell: &Cell| cell_width(cell) <= SHORT;
    let is_dense =
        rows.iter().all(|row| row.len() > MANY && row.iter().all(is_short)) && head.iter().all(is_short);
    let mut lines = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            lines.push(border_line(&[width], BORDERS[0]));
        }
        let cells = labelled_cells(head, row, number == 0);
        if is_dense {
            lines.extend(spans(flow(&Paragraph::of(dotted(cells)), width)));
        } else {
            lines.extend(cells.into_iter().flat_map(|cell| spans(flow(&Paragraph::of(cell), width))));
        }
    }
    lines
}

/// Puts the heads of columns before the cells of a row; the head is said whole once.
fn labelled_cells(head: &[Cell], row: &[Cell], is_first: bool) -> Vec<Vec<Span>> {
    let mut labels = head.iter();
    let mut cells = Vec::new();
    for cell in row {
        let label = labels.next();
        labels.by_ref().take(cell.columns - 1).for_each(drop);
        cells.extend(labelled(label, Some(cell), is_first));
    }
    cells.extend(labels.filter(|_| is_first).filter_map(|label| labelled(Some(label), None, true)));
    cells
}

/// Puts cells one behind the other.
fn dotted(cells: Vec<Vec<Span>>) -> Vec<Span> {
    let mut spans = Vec::new();
    for (at, cell) in cells.into_iter().enumerate() {
        append(&mut spans, if at > 0 { DOT } else { "" }, Style::of(Role::TableBorder), None);
        for span in cell {
            append(&mut spans, &span.text, span.style, span.link);
        }
    }
    spans
}

/// Tells whether each cell stands above one column.
fn is_plain(row: &[Cell]) -> bool {
    row.iter().all(|cell| cell.columns == 1)
}

fn labelled(label: Option<&Cell>, cell: Option<&Cell>, is_first: bool) -> Option<Vec<Span>> {
    let spans = |cell: &'_ Cell| cell.text.spans.clone();
    let text = cell.filter(|cell| !cell.text.is_empty()).map(spans);
    let label = label.filter(|label| !label.text.is_empty()).map(spans);
    let Some(mut label) = label else {
        return text;
    };
    if !is_first {
        for span in &mut label {
            span.style.role = Role::TableLabel;
        }
    }
    match text {
        None => is_first.then_some(label),
        Some(text) => {
            append(&mut label, ": ", Style::strong(Role::TableLabel), None);
            for span in text {
                append(&mut label, &span.text, span.style, span.link);
            }
            Some(label)
        }
    }
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
