//! Builds blocks out of what elements mean, in document order.
//!
//! Each element is entered and left once; in between, one method says what it means. What it changes (style,
//! link, margin) ends when it is left. Blocks come out flat, so no depth of nesting costs stack.

use super::block::{Block, Content, Figure, Gap, Lead};
use super::cells::Cells;
use super::context::{Context, End};
use super::highlight::highlight;
use super::links::{Href, Links};
use super::list::{self, List};
use super::paragraph::Paragraph;
use super::run::Run;
use super::script::Script;
use super::{Role, Span, Style};
use crate::model::{PixelSize, Url};

/// Deeper margins would leave no room for text at any width.
const MAX_LEADS: usize = 32;

/// Stands before the name of what is unfolded.
const OPEN: &str = "▾ ";

/// Columns before code that is set apart.
const CODE_INDENT: usize = 2;

/// So much code of an article is coloured, in bytes: that takes longer than all else.
const MAX_COLOURED: usize = 25_000;

/// Blocks so far, and what holds at the present place of the document.
pub(super) struct Builder<'l> {
    links: &'l mut Links,
    blocks: Vec<Block>,
    run: Run,
    context: Context,
    outer: Vec<Context>,
    leads: Vec<Lead>,
    /// How many of the leads have stood since the last block.
    shared: usize,
    /// What will part the next block from the last.
    gap: Gap,
    /// A list, item or quote has begun and holds nothing yet: what parts it from above is settled.
    fresh: bool,
    lists: Vec<List>,
    cells: Option<Cells>,
    /// The ids since the last block.
    ids: Vec<(String, u32)>,
    /// The language of the code that is being read, where it is named.
    language: Option<String>,
    /// How much more code is coloured, in bytes.
    colours: usize,
    /// By how many levels headings stand higher than they say.
    raised: u8,
}

impl<'l> Builder<'l> {
    pub(super) fn new(links: &'l mut Links) -> Builder<'l> {
        Builder {
            links,
            blocks: Vec::new(),
            run: Run::default(),
            context: Context::default(),
            outer: Vec::new(),
            leads: Vec::new(),
            shared: 0,
            gap: Gap::Blank,
            fresh: true,
            lists: Vec::new(),
            raised: 0,
            cells: None,
            ids: Vec::new(),
            language: None,
            colours: 0,
        }
    }

    /// Lifts headings by so many levels.
    pub(super) fn with_raised_headings(self, raised: u8) -> Builder<'l> {
        Builder { raised, ..self }
    }

    /// Colours code.
    pub(super) fn with_colours(self) -> Builder<'l> {
        Builder { colours: MAX_COLOURED, ..self }
    }

    /// Ends the last paragraph and gives all blocks.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.flush();
        if let Some(last) = self.blocks.last_mut() {
            last.ids.append(&mut self.ids);
        }
        self.blocks
    }

    /// Begins an element.
    pub(super) fn enter(&mut self) {
        self.outer.push(self.context);
        self.context.end = End::Nothing;
    }

    /// Ends the element entered last.
    pub(super) fn leave(&mut self) {
        match self.context.end {
            End::Nothing => {}
            End::Text(text) => self.text(text),
            End::Block(gap) => self.end_block(gap),
            End::List(gap) => self.end_list(gap),
            End::Cell => self.end_cell(),
            End::Table => self.end_table(),
        }
        self.context = self.outer.pop().expect("each element left was entered");
        self.leads.truncate(self.context.leads);
        self.shared = self.shared.min(self.leads.len());
    }

    /// The element has an id, which links may lead to.
    pub(super) fn id(&mut self, id: &str) {
        let offset = u32::try_from(self.run.characters()).unwrap_or(u32::MAX);
        self.ids.push((id.to_owned(), offset));
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        let Context { style, link, .. } = self.context;
        if self.context.hidden {
            return;
        }
        if self.context.kept {
            return self.run.code(text, style, link);
        }
        match self.context.script.and_then(|script| script.written(text)) {
            Some(small) => self.run.text(&small, style, link),
            None => self.run.text(text, style, link),
        }
    }

    /// Ends the line, or the paragraph if the line was ended already.
    pub(super) fn line_break(&mut self) {
        if self.run.is_at_line_start() && !self.context.kept {
            self.end_block(Gap::Blank);
        } else {
            self.run.line_break(self.context.style);
        }
    }

    /// The element is a block.
    pub(super) fn block(&mut self, gap: Gap) {
        self.end_block(gap);
        self.context.end = End::Block(gap);
    }

    /// The element is a block in a weighty style.
    pub(super) fn heading(&mut self, gap: Gap, role: Role) {
        self.block(gap);
        self.context.style = Style::strong(role);
    }

    /// The element is a heading of a level, from 1.
    pub(super) fn heading_of_level(&mut self, level: u8) {
        let role = match level - self.raised.min(level - 1) {
            1 => Role::Heading1,
            2 => Role::Heading2,
            _ => Role::Heading3,
        };
        self.heading(Gap::Blank, role);
    }

    /// The element names what can be folded away, which here is open.
    pub(super) fn summary(&mut self) {
        self.heading(Gap::Blank, Role::Body);
        self.lead(Lead::Mark(OPEN.to_owned()));
    }

    /// The element is the caption of a picture or a table.
    pub(super) fn caption(&mut self, gap: Gap) {
        self.block(gap);
        let is_image = |span: &&Span| span.style.role == Role::Image;
        let is_picture = |block: &Block| !block.spans().is_empty() && block.spans().iter().all(is_image);
        if self.blocks.last().is_some_and(is_picture) {
            self.gap = Gap::Line;
        }
        self.context.style = Style::of(Role::Caption);
    }

    /// The element is a quote.
    pub(super) fn quote(&mut self) {
        self.block(Gap::Blank);
        self.context.style.role = self.context.style.role.or_inline(Role::Quote);
        self.lead(Lead::Bar);
        self.fresh = true;
    }

    /// The element is indented by so many columns.
    pub(super) fn indented(&mut self, columns: usize) {
        self.block(Gap::Line);
        self.lead(Lead::Space(columns));
        self.fresh = true;
    }

    /// The element is a list of so many items, numbered from the first if there is one.
    pub(super) fn list(&mut self, first: Option<i64>, items: usize) {
        self.flush();
        let is_nested = !self.lists.is_empty();
        let gap = if is_nested { Gap::Line } else { Gap::Blank };
        if !self.fresh {
            // A nested list stands close below its item, paragraph or not.
            self.gap = if is_nested { gap } else { gap.max(self.gap) };
        }
        self.fresh = true;
        self.context.end = End::List(gap);
        self.lists.push(List::new(first, items));
    }

    /// The element is an item of a list, with its own number if it has one.
    pub(super) fn item(&mut self, value: Option<i64>) {
        self.flush();
        if !self.fresh {
            self.gap = Gap::Line;
        }
        self.context.end = End::Block(Gap::Line);
        let mark = match self.lists.last_mut() {
            Some(list) => list.next_mark(value),
            None => list::BULLET.to_owned(),
        };
        self.lead(Lead::Mark(mark));
        self.fresh = true;
    }

    /// The element is code whose lines stay as they are.
    pub(super) fn code_block(&mut self) {
        self.block(Gap::Blank);
        self.lead(Lead::Space(CODE_INDENT));
        self.context.style = Style::of(Role::Preformatted);
        self.context.kept = true;
    }

    /// The element's code is of a language.
    pub(super) fn language(&mut self, name: &str) {
        if self.context.kept {
            self.language = Some(name.to_owned());
        }
    }

    /// The element is a line across the page.
    pub(super) fn rule(&mut self) {
        self.block(Gap::Blank);
        let last = self.blocks.last().map(|block| &block.content);
        if last != Some(&Content::Rule) {
            self.emit(Content::Rule);
        }
    }

    /// The element is a picture that its label stands for; with lines of its own where there is room for them.
    pub(super) fn image(&mut self, label: &str, url: Option<Url>, stated: Option<PixelSize>) {
        let mut style = self.context.style;
        if style.role.is_heading() {
            // It is no part of what the heading says.
            style.role = Role::Body;
        }
        let has_own_line = style.role.or_inline(Role::Image) == Role::Image && !self.is_in_cell();
        let has_own_line = has_own_line && !self.context.kept;
        if has_own_line {
            self.block(Gap::Blank);
        }
        self.context.style = Style::of(style.role.or_inline(Role::Image));
        self.text(label);
        if let (Some(url), true, false) = (url, has_own_line, self.context.hidden) {
            let label = Paragraph::of(self.run.take());
            self.emit(Content::Picture(Figure { url, stated, label }));
        }
    }

    /// The element is a picture among words, such as a formula or an icon; its text stands for it there.
    pub(super) fn sign(&mut self, text: &str) {
        self.inline(Role::Image);
        self.text(text);
    }

    /// The element leads somewhere.
    pub(super) fn link(&mut self, href: Href) {
        if let Some(number) = self.links.number(href) {
            self.context.link = Some(number);
            self.inline(Role::Link);
        }
    }

    /// Tells whether text leads to an address here.
    pub(super) fn is_in_link(&self) -> bool {
        self.context.link.is_some()
    }

    /// The element's text has a role of its own.
    pub(super) fn inline(&mut self, role: Role) {
        self.context.style.role = self.context.style.role.or_inline(role);
    }

    /// The element changes the style.
    pub(super) fn restyle(&mut self, change: impl FnOnce(&mut Style)) {
        change(&mut self.context.style);
    }

    /// The element's text stands raised or lowered.
    pub(super) fn script(&mut self, script: Script) {
        self.context.script = Some(script);
    }

    /// The element's text stands between two marks.
    pub(super) fn surround(&mut self, before: &str, after: &'static str) {
        self.text(before);
        self.context.end = End::Text(after);
    }

    /// The element does not show.
    pub(super) fn hide(&mut self) {
        self.context.hidden = true;
    }

    /// The element is a table of data.
    pub(super) fn table(&mut self) {
        self.end_block(Gap::Blank);
        self.context.end = End::Table;
        self.cells = Some(Cells::default());
    }

    /// The element is a table's row; a paragraph where the table is none of data.
    pub(super) fn row(&mut self) {
        match &mut self.cells {
            Some(cells) => cells.next_row(),
            None => self.block(Gap::Blank),
        }
    }

    /// The element is a table's cell; a line where the table is none of data.
    pub(super) fn cell(&mut self, is_head: bool, columns: usize, rows: usize) {
        let Some(cells) = &mut self.cells else {
            self.block(Gap::Line);
            self.context.style.strong |= is_head;
            return;
        };
        cells.open(columns, rows);
        self.context.end = End::Cell;
        if is_head {
            self.context.style = Style::strong(Role::TableHead);
        }
    }

    fn end_list(&mut self, gap: Gap) {
        self.end_block(gap);
        self.fresh = false;
        self.raise(gap);
        self.lists.pop();
    }

    fn end_cell(&mut self) {
        self.flush();
        if let Some(cells) = &mut self.cells {
            cells.close();
        }
    }

    fn end_table(&mut self) {
        self.flush();
        if let Some(table) = self.cells.take().and_then(Cells::finish) {
            self.emit(Content::Table(table));
        }
        self.raise(Gap::Blank);
    }

    fn end_block(&mut self, gap: Gap) {
        self.flush();
        self.raise(gap);
    }

    fn raise(&mut self, gap: Gap) {
        if !self.fresh {
            self.gap = self.gap.max(gap);
        }
    }

    fn lead(&mut self, lead: Lead) {
        if self.leads.len() < MAX_LEADS {
            self.leads.push(lead);
            self.context.leads = self.leads.len();
        }
    }

    fn is_in_cell(&self) -> bool {
        self.cells.as_ref().is_some_and(Cells::is_open)
    }

    fn flush(&mut self) {
        let spans = self.run.take();
        if spans.is_empty() {
            return;
        }
        match &mut self.cells {
            Some(cells) if cells.is_open() => cells.push(Paragraph::of(spans)),
            _ if self.context.kept => self.emit_code(spans),
            _ => self.emit(Content::Text(Paragraph::of(spans))),
        }
    }

    fn emit_code(&mut self, spans: Vec<Span>) {
        let length = spans.iter().map(|span| span.text.len()).sum();
        let language = self.language.take();
        let Some(left) = self.colours.checked_sub(length) else {
            return self.emit(Content::Code(spans));
        };
        self.colours = left;
        self.emit(Content::Code(highlight(spans, language.as_deref())));
    }

    fn emit(&mut self, content: Content) {
        self.blocks.push(Block {
            gap: self.gap,
            leads: self.leads.clone(),
            shared: self.shared,
            ids: std::mem::take(&mut self.ids),
            content,
        });
        for lead in &mut self.leads {
            lead.use_up();
        }
        self.shared = self.leads.len();
        self.gap = Gap::Line;
        self.fresh = false;
    }
}
