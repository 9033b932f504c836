//! Blocks → lines of a width.

use super::block::{Block, Content, Figure, Gap, Lead};
use super::fill::{Row, chop};
use super::flow::flow;
use super::page::{End, append};
use super::paragraph::{SOFT_HYPHEN, ZERO_WIDTH_SPACE};
use super::{Canvas, Line, Picture, Placed, Position, Role, Span, Style, table};

/// So many pictures of a page have room; words stand for the others.
const MOST_PICTURES: usize = 300;

/// Sets blocks into lines of at most so many columns, at least one; without a canvas, words stand for pictures.
pub(super) fn lines(blocks: &[Block], width: u16, canvas: Option<&Canvas>) -> (Vec<Line>, Vec<Placed>) {
    let mut sheet = Sheet {
        width: usize::from(width),
        canvas,
        lines: Vec::new(),
        pictures: Vec::new(),
        position: Position::default(),
    };
    for block in blocks {
        sheet.set(block);
    }
    (sheet.lines, sheet.pictures)
}

/// The lines so far, and where the next one stands.
struct Sheet<'c> {
    width: usize,
    canvas: Option<&'c Canvas>,
    lines: Vec<Line>,
    pictures: Vec<Placed>,
    position: Position,
}

impl Sheet<'_> {
    fn set(&mut self, block: &Block) {
        // Half of a narrow page is for text: the outer leads give way.
        let outer = too_many(&block.leads, self.width / 2);
        let leads = &block.leads[outer..];
        let room = self.width - leads.iter().map(Lead::columns).sum::<usize>();
        let fitting = self.fitting(&block.content, room);
        let is_seen = fitting.is_some() || !block.content.is_mute();
        if block.gap == Gap::Blank && !self.lines.is_empty() {
            if is_seen {
                let shared = block.shared.max(outer);
                let bars = lead_spans(&block.leads[outer..shared], false);
                self.push(bars, is_rtl(&block.content), End::Here, usize::MAX);
            }
            self.position = Position { block: self.position.block + 1, offset: 0 };
        }
        if !is_seen {
            return;
        }
        let mut lines = content_lines(&block.content, room);
        let last = lines.len().saturating_sub(1);
        if let (Content::Picture(figure), Some(fitting)) = (&block.content, fitting) {
            self.place(figure, fitting, room, &mut lines);
        }
        self.set_lines(lines, last, leads, is_rtl(&block.content));
    }

    /// Sets lines, of which those behind the last with text are kept free for a picture.
    fn set_lines(&mut self, lines: Vec<Row>, last: usize, leads: &[Lead], is_rtl: bool) {
        let mut behind = 0_u32;
        for (n, line) in lines.into_iter().enumerate() {
            let mut spans = lead_spans(leads, n == 0);
            let margin = spans.iter().map(|span| span.text.len()).sum();
            let characters = characters(&line.spans);
            for span in line.spans {
                append(&mut spans, &span.text, span.style, span.link);
            }
            self.push(spans, is_rtl, line.end, margin);
            // What is kept free stands where the last of its words do.
            let offset = if n < last { &mut self.position.offset } else { &mut behind };
            *offset = offset.saturating_add(characters);
        }
        self.position.offset = self.position.offset.saturating_add(behind);
    }

    /// Gives the columns and rows of a picture, where it has room.
    fn fitting(&self, content: &Content, room: usize) -> Option<(u16, u16)> {
        let Content::Picture(figure) = content else {
            return None;
        };
        if self.pictures.len() >= MOST_PICTURES {
            return None;
        }
        let columns = u16::try_from(room).unwrap_or(u16::MAX);
        self.canvas.and_then(|canvas| canvas.fit(&figure.url, figure.stated, columns))
    }

    /// Keeps lines free for a picture, of which the first have the words that stand for it.
    fn place(&mut self, figure: &Figure, (columns, rows): (u16, u16), room: usize, lines: &mut Vec<Row>) {
        let free = lines.len().max(usize::from(rows));
        lines.resize_with(free, || Row { spans: Vec::new(), end: End::Here });
        self.pictures.push(Placed {
            picture: Picture { url: figure.url.clone(), columns, rows },
            line: self.lines.len(),
            lines: free,
            column: u16::try_from(self.width - room).unwrap_or(0),
            is_link: figure.label.spans.iter().any(|span| span.link.is_some()),
        });
    }

    fn push(&mut self, mut spans: Vec<Span>, is_rtl: bool, end: End, margin: usize) {
        while let Some(last) = spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            spans.pop();
        }
        let margin = margin.min(spans.iter().map(|span| span.text.len()).sum());
        self.lines.push(Line { spans, is_rtl, position: self.position, end, margin });
    }
}

/// Counts the outer leads that are too many for so many columns.
fn too_many(leads: &[Lead], room: usize) -> usize {
    let mut used = 0;
    let inner = leads.iter().rev().take_while(|lead| {
        used += lead.columns();
        used <= room
    });
    leads.len() - inner.count()
}

fn lead_spans(leads: &[Lead], is_first_line: bool) -> Vec<Span> {
    let mut spans = Vec::new();
    for lead in leads {
        match lead {
            Lead::Bar => append(&mut spans, "│ ", Style::of(Role::QuoteBar), None),
            Lead::Mark(mark) if is_first_line => {
                append(&mut spans, mark, Style::of(Role::ListMark), None);
            }
            Lead::Mark(_) | Lead::Space(_) => {
                append(&mut spans, &" ".repeat(lead.columns()), Style::default(), None);
            }
        }
    }
    spans
}

fn is_rtl(content: &Content) -> bool {
    match content {
        Content::Text(text) => text.is_rtl,
        Content::Picture(figure) => figure.label.is_rtl,
        Content::Code(_) | Content::Table(_) | Content::Rule => false,
    }
}

fn content_lines(content: &Content, width: usize) -> Vec<Row> {
    let drawn = |spans| Row { spans, end: End::Here };
    match content {
        Content::Text(text) => flow(text, width),
        Content::Picture(figure) => flow(&figure.label, width),
        Content::Code(spans) => chop(spans, width),
        Content::Table(table) => table::lines(table, width).into_iter().map(drawn).collect(),
        Content::Rule => vec![drawn(vec![Span::new("─".repeat(width), Style::of(Role::Rule))])],
    }
}

/// Counts what is the text's own, which is the same at every width.
pub(super) fn characters<'s>(spans: impl IntoIterator<Item = &'s Span>) -> u32 {
    let own = spans.into_iter().filter(|span| !span.style.role.is_drawing());
    let count: usize = own.map(|span| counted(&span.text)).sum();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Counts the characters of a text that are shown at every width.
pub(super) fn counted(text: &str) -> usize {
    let is_hidden = |c| matches!(c, SOFT_HYPHEN | ZERO_WIDTH_SPACE);
    text.chars().filter(|c| !c.is_whitespace() && !is_hidden(*c)).count()
}
