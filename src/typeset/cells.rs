//! Puts the cells of a table in their columns.

use std::ops::Range;

use super::block::{Cell, Table};
use super::paragraph::Paragraph;
use super::table::is_head;

const MAX_SPAN: usize = 100;
/// Bounds of what a hostile table can make us keep: cells that reach down are minded only so far.
const MAX_REACHING_COLUMNS: usize = 200;
const MAX_LEFT_OUT: usize = 100_000;

/// A table being read.
#[derive(Default)]
pub(super) struct Cells {
    rows: Vec<Vec<Cell>>,
    /// For each column, how many rows a cell from above still reaches down.
    reach: Vec<usize>,
    column: usize,
    left_out: usize,
    open: Option<Cell>,
}

impl Cells {
    /// Tells whether a cell is being filled.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Begins a row.
    pub(super) fn next_row(&mut self) {
        for reach in self.reach.iter_mut().skip(self.column) {
            *reach = reach.saturating_sub(1);
        }
        self.column = 0;
        self.rows.push(Vec::new());
    }

    /// Begins a cell that spans so many columns and rows.
    pub(super) fn open(&mut self, columns: usize, rows: usize) {
        if self.rows.is_empty() {
            self.next_row();
        }
        self.leave_out_reached();
        let columns = columns.clamp(1, MAX_SPAN);
        self.reach_down(self.column..self.column + columns, rows.clamp(1, MAX_SPAN) - 1);
        self.column += columns;
        self.open = Some(Cell { text: Paragraph::default(), columns });
    }

    /// Adds a paragraph to the cell.
    pub(super) fn push(&mut self, text: Paragraph) {
        if let Some(cell) = &mut self.open {
            cell.text.extend(text);
        }
    }

    /// Ends the cell.
    pub(super) fn close(&mut self) {
        let cell = self.open.take();
        if let Some(row) = self.rows.last_mut() {
            row.extend(cell);
        }
    }

    /// Gives the table, if there is text in it.
    pub(super) fn finish(mut self) -> Option<Table> {
        self.rows.retain(|row| row.iter().any(|cell| !cell.text.is_empty()));
        // Some tables have their head among the rows once more.
        if let [head, first, ..] = &self.rows[..]
            && is_head(head)
            && words(head).eq(words(first))
        {
            self.rows.remove(1);
        }
        (!self.rows.is_empty()).then_some(Table { rows: self.rows })
    }

    fn reach_down(&mut self, columns: Range<usize>, rows: usize) {
        let end = columns.end.min(MAX_REACHING_COLUMNS);
        if self.reach.len() < end {
            self.reach.resize(end, 0);
        }
        if let Some(reach) = self.reach.get_mut(columns.start..end) {
            reach.fill(rows);
        }
    }

    fn leave_out_reached(&mut self) {
        while let Some(reach) = self.reach.get_mut(self.column)
            && *reach > 0
            && self.left_out < MAX_LEFT_OUT
        {
            self.left_out += 1;
            *reach -= 1;
            self.column += 1;
            if let Some(row) = self.rows.last_mut() {
                row.push(Cell { text: Paragraph::default(), columns: 1 });
            }
        }
    }
}

/// Lists the words of a row's cells.
fn words(row: &[Cell]) -> impl Iterator<Item = String> {
    row.iter().map(|cell| cell.text.spans.iter().map(|span| span.text.as_str()).collect())
}

#[cfg(test)]
mod tests {
    use super::super::{Span, Style};
    use super::*;

    fn texts(table: &Table) -> Vec<Vec<&str>> {
        let text = |cell: &'_ Cell| if cell.text.is_empty() { "" } else { "x" };
        table.rows.iter().map(|row| row.iter().map(text).collect()).collect()
    }

    fn cells(rows: &[&[(usize, usize)]]) -> Table {
        let mut cells = Cells::default();
        for row in rows {
            cells.next_row();
            for (columns, rows) in *row {
                cells.open(*columns, *rows);
                cells.push(Paragraph::of(vec![Span::new("x", Style::default())]));
                cells.close();
            }
        }
        cells.finish().unwrap()
    }

    #[test]
    fn a_cell_over_two_rows_leaves_its_place_empty_below() {
        let table = cells(&[&[(1, 1), (1, 2)], &[(1, 1), (1, 1)], &[(1, 1), (1, 1)]]);
        assert_eq!(texts(&table), [vec!["x", "x"], vec!["x", "", "x"], vec!["x", "x"]]);
    }

    #[test]
    fn a_cell_reaching_down_behind_a_short_row_is_counted() {
        let table = cells(&[&[(1, 1), (1, 2)], &[(1, 1)], &[(1, 1), (1, 1)]]);
        assert_eq!(texts(&table), [vec!["x", "x"], vec!["x"], vec!["x", "x"]]);
    }

    #[test]
    fn a_table_built_to_grow_stays_small() {
        let row = vec![(100, 100); 50];
        let table = cells(&vec![row.as_slice(); 2000]);
        let kept: usize = table.rows.iter().map(Vec::len).sum();
        assert!(kept <= 100_000 + MAX_LEFT_OUT, "{kept}");
    }
}
