//! Blocks → lines of a width.

use super::block::{Block, Content, Gap, Lead};
use super::fill::chop;
use super::flow::flow;
use super::page::append;
use super::paragraph::{SOFT_HYPHEN, ZERO_WIDTH_SPACE};
use super::{Line, Position, Role, Span, Style, table};

/// Sets blocks into lines of at most so many columns, at least one.
pub(super) fn lines(blocks: &[Block], width: u16) -> Vec<Line> {
    let mut sheet = Sheet { width: usize::from(width), lines: Vec::new(), position: Position::default() };
    for block in blocks {
        sheet.set(block);
    }
    sheet.lines
}

/// The lines so far, and where the next one stands.
struct Sheet {
    width: usize,
    lines: Vec<Line>,
    position: Position,
}

impl Sheet {
    fn set(&mut self, block: &Block) {
        // Half of a narrow page is for text: the outer leads give way.
        let outer = too_many(&block.leads, self.width / 2);
        let is_rtl = matches!(&block.content, Content::Text(text) if text.is_rtl);
        if block.gap == Gap::Blank && !self.lines.is_empty() {
            let shared = block.shared.max(outer);
            self.push(lead_spans(&block.leads[outer..shared], false), is_rtl);
            self.position.block += 1;
            self.position.offset = 0;
        }
        let leads = &block.leads[outer..];
        let room = self.width - leads.iter().map(Lead::columns).sum::<usize>();
        for (n, line) in content_lines(&block.content, room).into_iter().enumerate() {
            let mut spans = lead_spans(leads, n == 0);
            let characters = characters(&line);
            for span in line {
                append(&mut spans, &span.text, span.style, span.link);
            }
            self.push(spans, is_rtl);
            self.position.offset = self.position.offset.saturating_add(characters);
        }
    }

    fn push(&mut self, mut spans: Vec<Span>, is_rtl: bool) {
        while let Some(last) = spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            spans.pop();
        }
        self.lines.push(Line { spans, is_rtl, position: self.position });
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

fn content_lines(content: &Content, width: usize) -> Vec<Vec<Span>> {
    match content {
        Content::Text(text) => flow(text, width),
        Content::Code(spans) => chop(spans, width),
        Content::Table(table) => table::lines(table, width),
        Content::Rule => vec![vec![Span::new("─".repeat(width), Style::of(Role::Rule))]],
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
