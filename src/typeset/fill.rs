//! Fills lines up to their width, and breaks within words where it must.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::columns::columns;
use super::page::{End, append};
use super::{Role, Span, Style};

/// Stands before the rest of a line of code, where there is room for it.
const MARK: &str = "↪ ";
const MARKED: usize = 12;

/// Stands for a character that is wider than the page.
const TOO_WIDE: &str = "·";

/// A line without its margin.
pub(super) struct Row {
    pub(super) spans: Vec<Span>,
    pub(super) end: End,
}

/// Lines of spans, none wider than asked.
pub(super) struct Fill {
    width: usize,
    lines: Vec<Row>,
    line: Vec<Span>,
    used: usize,
    /// Something can be seen on the line.
    has_text: bool,
    /// Stands before what had no room on the line above.
    mark: &'static str,
}

impl Fill {
    /// Begins the first line of so many columns, at least one.
    pub(super) fn new(width: usize) -> Fill {
        Fill { width: width.max(1), lines: Vec::new(), line: Vec::new(), used: 0, has_text: false, mark: "" }
    }

    /// Counts the columns left on the line.
    pub(super) fn room(&self) -> usize {
        self.width - self.used
    }

    /// Tells whether nothing is to be seen on the line yet.
    pub(super) fn is_at_line_start(&self) -> bool {
        !self.has_text
    }

    /// Ends the line.
    pub(super) fn end_line(&mut self, end: End) {
        self.lines.push(Row { spans: std::mem::take(&mut self.line), end });
        self.used = 0;
        self.has_text = false;
    }

    /// Adds text in the style of its span, on further lines what has no room.
    pub(super) fn push(&mut self, text: &str, span: &Span) {
        let columns = columns(text);
        if columns <= self.room() {
            self.put(text, columns, span);
            return;
        }
        for grapheme in text.graphemes(true) {
            self.push_grapheme(grapheme, span);
        }
    }

    /// Ends the line within a word.
    pub(super) fn hyphen(&mut self, span: &Span) {
        append(&mut self.line, "-", Style { role: Role::Break, ..span.style }, span.link);
        self.used += 1;
    }

    /// Gives the lines.
    pub(super) fn finish(mut self) -> Vec<Row> {
        self.end_line(End::Here);
        self.lines
    }

    fn push_grapheme(&mut self, grapheme: &str, span: &Span) {
        let columns = columns(grapheme);
        if columns <= self.width {
            self.put_or_wrap(grapheme, columns, span);
            return;
        }
        // Its marks would join the parts again.
        let parts = grapheme.chars().filter_map(|c| Some((c, c.width()?)));
        for (c, columns) in parts.filter(|(_, columns)| *columns > 0) {
            if columns <= self.width {
                self.put_or_wrap(c.encode_utf8(&mut [0; 4]), columns, span);
            } else {
                self.put_or_wrap(TOO_WIDE, 1, span);
            }
        }
    }

    fn put_or_wrap(&mut self, text: &str, columns: usize, span: &Span) {
        if columns > self.room() {
            self.end_line(End::Within);
            append(&mut self.line, self.mark, Style::of(Role::Break), None);
            self.used = super::columns::columns(self.mark);
        }
        self.put(text, columns, span);
    }

    fn put(&mut self, text: &str, columns: usize, span: &Span) {
        append(&mut self.line, text, span.style, span.link);
        self.used += columns;
        self.has_text |= !text.trim().is_empty();
    }
}

/// Breaks text at its line feeds and, where a line is too long, anywhere between graphemes.
pub(super) fn chop(spans: &[Span], width: usize) -> Vec<Row> {
    let mark = if width >= MARKED { MARK } else { "" };
    let mut fill = Fill { mark, ..Fill::new(width) };
    for span in spans {
        for (n, line) in span.text.split('\n').enumerate() {
            if n > 0 {
                fill.end_line(End::Here);
            }
            fill.push(line, span);
        }
    }
    fill.finish()
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::*;

    fn chopped(text: &str, width: usize) -> Vec<String> {
        let spans = [Span::new(text, Style::default())];
        let text = |line: Row| line.spans.into_iter().map(|span| span.text).collect();
        chop(&spans, width).into_iter().map(text).collect()
    }

    #[test]
    fn lines_stay_and_what_is_too_long_goes_on_below() {
        assert_eq!(chopped("ab\n\n  cdef", 4), ["ab", "", "  cd", "ef"]);
    }

    #[test]
    fn what_goes_on_below_is_marked_where_there_is_room() {
        assert_eq!(chopped("0123456789abcdefghi", 12), ["0123456789ab", "↪ cdefghi"]);
    }

    #[test]
    fn graphemes_stay_whole() {
        assert_eq!(chopped("ae\u{301}日❤\u{fe0f}", 3), ["ae\u{301}", "日", "❤\u{fe0f}"]);
        assert_eq!(chopped("👨\u{200d}👩x", 2), ["👨\u{200d}👩", "x"]);
    }

    #[test]
    fn what_is_wider_than_the_page_is_a_dot() {
        assert_eq!(chopped("a日b", 1), ["a", "·", "b"]);
    }
}
