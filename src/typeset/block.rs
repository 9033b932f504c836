//! What a page is made of before it has a width.

use super::Span;
use super::columns::columns;
use super::paragraph::Paragraph;
use crate::model::{PixelSize, Url};

/// A part of the text that begins on a line of its own.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Block {
    /// What parts it from the block above.
    pub(super) gap: Gap,
    /// What stands before its lines, from the left.
    pub(super) leads: Vec<Lead>,
    /// How many of the leads also stand before the blank line above: a quote's bar goes on.
    pub(super) shared: usize,
    /// The ids of elements that begin in it, each behind so many characters.
    pub(super) ids: Vec<(String, u32)>,
    /// What it holds.
    pub(super) content: Content,
}

/// What parts two blocks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Gap {
    /// The end of the line.
    Line,
    /// A blank line.
    Blank,
}

/// What stands before the lines of a block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Lead {
    /// The bar of a quote.
    Bar,
    /// A list's mark before the first line, spaces before the others.
    Mark(String),
    /// So many spaces.
    Space(usize),
}

/// What a block holds.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Content {
    /// Text to be broken between words, and at its line feeds.
    Text(Paragraph),
    /// Lines to be kept as they are.
    Code(Vec<Span>),
    /// Cells in rows.
    Table(Table),
    /// A picture, and the words that stand for it.
    Picture(Figure),
    /// A line across the page.
    Rule,
}

/// A picture that has lines of its own.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Figure {
    /// Where it lies.
    pub(super) url: Url,
    /// Its size, where the text tells it.
    pub(super) stated: Option<PixelSize>,
    /// The words that stand for it.
    pub(super) label: Paragraph,
}

/// A table of text.
#[derive(Clone, PartialEq, Default, Debug)]
pub(super) struct Table {
    /// Its rows from the top; later ones may have fewer cells.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Cell {
    /// Its text.
    pub(super) text: Paragraph,
    /// How many columns of the table it spans, at least one.
    pub(super) columns: usize,
}

impl Lead {
    /// Turns a mark that stands before its item now into the space below it.
    pub(super) fn use_up(&mut self) {
        if matches!(self, Lead::Mark(_)) {
            *self = Lead::Space(self.columns());
        }
    }

    /// Counts the columns it takes.
    pub(super) fn columns(&self) -> usize {
        match self {
            Lead::Bar => 2,
            Lead::Mark(mark) => columns(mark),
            Lead::Space(columns) => *columns,
        }
    }
}

impl Content {
    /// Tells whether no words stand for it.
    pub(super) fn is_mute(&self) -> bool {
        matches!(self, Content::Picture(figure) if figure.label.spans.is_empty())
    }
}

impl Block {
    /// Makes a block at the margin.
    pub(super) fn of(gap: Gap, content: Content) -> Block {
        Block { gap, leads: Vec::new(), shared: 0, ids: Vec::new(), content }
    }

    /// Makes a paragraph at the margin.
    pub(super) fn paragraph(gap: Gap, spans: Vec<Span>) -> Block {
        Block::of(gap, Content::Text(Paragraph::of(spans)))
    }

    /// Gives its text, a table's cell by cell.
    pub(super) fn spans(&self) -> Vec<&Span> {
        match &self.content {
            Content::Text(text) => text.spans.iter().collect(),
            Content::Picture(figure) => figure.label.spans.iter().collect(),
            Content::Code(spans) => spans.iter().collect(),
            Content::Table(table) => table.rows.iter().flatten().flat_map(|cell| &cell.text.spans).collect(),
            Content::Rule => Vec::new(),
        }
    }
}
