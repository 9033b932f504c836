//! The finished page and the places on it.

use std::sync::{Arc, OnceLock};

use super::columns::columns;
use super::find::Folded;
use super::{Canvas, Manuscript, Placed, Style, Target};
use crate::model::Position;

/// An article set for a width.
#[derive(Clone, PartialEq, Debug)]
pub struct Page {
    manuscript: Arc<Manuscript>,
    width: u16,
    /// The most rows of a picture; none where words stand for pictures.
    picture_rows: Option<u16>,
    lines: Vec<Line>,
    pictures: Vec<Placed>,
    /// Its text for searching, once it was searched.
    pub(super) folded: OnceLock<Folded>,
}

/// One line of a page, at most as wide as the page.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Line {
    /// Its text in the order it is read; neighbours differ in style or link.
    pub spans: Vec<Span>,
    /// It runs from right to left, and begins at the right margin.
    pub is_rtl: bool,
    /// Where it stands in the text.
    pub(super) position: Position,
    /// How its text goes on below.
    pub(super) end: End,
    /// What of its text is margin, marks and bars, in bytes.
    pub(super) margin: usize,
}

/// How the text of a line goes on below.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum End {
    /// It does not.
    #[default]
    Here,
    /// Behind a space that the end of the line stands for.
    Space,
    /// Within a word, or between characters that no space parts.
    Within,
}

/// A stretch of text of one style, without control characters.
#[derive(Clone, PartialEq, Debug)]
pub struct Span {
    /// The text.
    pub text: String,
    /// How it is meant.
    pub style: Style,
    /// Where it leads: an index into the page's links.
    pub link: Option<u16>,
}

impl Page {
    /// Puts a page together; its lines are in order of position.
    pub(super) fn new(
        manuscript: Arc<Manuscript>,
        width: u16,
        canvas: Option<&Canvas>,
        (lines, pictures): (Vec<Line>, Vec<Placed>),
    ) -> Page {
        let picture_rows = canvas.map(|canvas| canvas.rows);
        Page { manuscript, width, picture_rows, lines, pictures, folded: OnceLock::new() }
    }

    /// Gives what it was set from, to be set for another width.
    pub fn manuscript(&self) -> &Arc<Manuscript> {
        &self.manuscript
    }

    /// Tells whether it is all of the article, and not its beginning.
    pub fn is_whole(&self) -> bool {
        self.manuscript.is_whole()
    }

    /// Gives the columns it was set for.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Gives the most rows that a picture has on it; none where words stand for pictures.
    pub fn picture_rows(&self) -> Option<u16> {
        self.picture_rows
    }

    /// Gives its pictures from the top.
    pub fn pictures(&self) -> &[Placed] {
        &self.pictures
    }

    /// Finds the picture that a line is kept free for; gives its number and how many of its lines are above.
    pub fn picture_at(&self, line: usize) -> Option<(usize, usize)> {
        let number = self.pictures.partition_point(|placed| placed.line <= line).checked_sub(1)?;
        let placed = &self.pictures[number];
        (line < placed.line + placed.lines).then_some((number, line - placed.line))
    }

    /// Gives its lines from the top.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Gives where its spans lead.
    pub fn links(&self) -> &[Target] {
        self.manuscript.links()
    }

    /// Finds the line that holds a position, also one taken at another width.
    pub fn line_at(&self, position: Position) -> usize {
        let after = self.lines.partition_point(|line| line.position <= position);
        let Some(last) = after.checked_sub(1) else {
            return 0;
        };
        // Lines without characters share their position with a neighbour: the first is the top.
        let found = self.lines[last].position;
        self.lines.partition_point(|line| line.position < found)
    }

    /// Tells whether a position is above its end.
    pub fn holds(&self, position: Position) -> bool {
        self.lines.last().is_some_and(|last| position <= last.position)
    }

    /// Gives the position of a line; beyond the end that of the last.
    pub fn position_of(&self, line: usize) -> Position {
        let line = self.lines.get(line).or(self.lines.last());
        line.map(|line| line.position).unwrap_or_default()
    }
}

impl Line {
    /// Gives its text in the order it is read.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Counts the columns it takes on a screen.
    pub fn width(&self) -> usize {
        self.spans.iter().map(Span::width).sum()
    }
}

impl Span {
    /// Makes a span that leads nowhere.
    pub(super) fn new(text: impl Into<String>, style: Style) -> Span {
        Span { text: text.into(), style, link: None }
    }

    /// Counts the columns it takes on a screen.
    pub fn width(&self) -> usize {
        columns(&self.text)
    }
}

/// Appends text of a style; equal neighbours become one span.
pub(super) fn append(spans: &mut Vec<Span>, text: &str, style: Style, link: Option<u16>) {
    match spans.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.style == style && last.link == link => last.text.push_str(text),
        _ => spans.push(Span { text: text.to_owned(), style, link }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(positions: &[(u32, u32)]) -> Page {
        let line =
            |&(block, offset): &(u32, u32)| Line { position: Position { block, offset }, ..Line::default() };
        Page::new(Arc::default(), 9, None, (positions.iter().map(line).collect(), Vec::new()))
    }

    #[test]
    fn a_position_between_two_lines_is_on_the_upper_one() {
        let page = page(&[(0, 0), (0, 8), (1, 0), (1, 9)]);
        let line = |block, offset| page.line_at(Position { block, offset });
        assert_eq!([line(0, 7), line(0, 8), line(0, 99), line(1, 5)], [0, 1, 1, 2]);
    }

    #[test]
    fn a_blank_line_and_the_one_above_it_do_not_swap() {
        let page = page(&[(0, 0), (1, 0), (1, 0), (2, 0)]);
        assert_eq!(page.line_at(page.position_of(2)), 1);
    }

    #[test]
    fn an_empty_page_has_a_top() {
        let page = page(&[]);
        assert_eq!(page.position_of(3), Position::default());
        assert_eq!(page.line_at(Position { block: 2, offset: 2 }), 0);
    }
}
