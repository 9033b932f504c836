//! A part of a page as plain text: lines that were broken for the page are whole again, and what was drawn is left out.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::columns::columns;
use super::page::End;
use super::{Line, Page, Role};

/// A place between two characters of a page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Spot {
    /// The line.
    pub line: usize,
    /// The byte of the line's text.
    pub at: usize,
}

impl Page {
    /// Finds the character of a line that is drawn in a column; beyond its text, the end. A line from right to left is
    /// taken as a whole: its characters are drawn in another order.
    pub fn spot(&self, line: usize, column: usize, is_behind: bool) -> Spot {
        let line = line.min(self.lines().len().saturating_sub(1));
        let text = self.lines().get(line).map(Line::text).unwrap_or_default();
        if self.lines().get(line).is_some_and(|line| line.is_rtl) {
            return Spot { line, at: if is_behind { text.len() } else { 0 } };
        }
        let mut from = 0;
        for (at, grapheme) in text.grapheme_indices(true) {
            let to = from + columns(grapheme);
            if column < to {
                return Spot { line, at: at + if is_behind { grapheme.len() } else { 0 } };
            }
            from = to;
        }
        Spot { line, at: text.len() }
    }

    /// Finds the paragraph that holds a line: the lines around it that no blank line parts.
    pub fn paragraph(&self, line: usize) -> Range<usize> {
        let is_blank = |line: &usize| self.lines()[*line].is_blank();
        let line = line.min(self.lines().len().saturating_sub(1));
        let start = (0..line).rev().find(is_blank).map_or(0, |blank| blank + 1);
        let end = (line..self.lines().len()).find(is_blank).unwrap_or(self.lines().len());
        start.min(line)..end.max(line + 1)
    }

    /// Finds the nearest line with text from a line on, in one direction.
    pub fn text_from(&self, line: usize, is_down: bool) -> Option<usize> {
        let has_text = |line: &usize| self.lines().get(*line).is_some_and(|line| !line.is_blank());
        if is_down { (line..self.lines().len()).find(has_text) } else { (0..=line).rev().find(has_text) }
    }

    /// Gives the text between two places.
    pub fn excerpt(&self, part: Range<Spot>) -> String {
        let mut text = String::new();
        let mut before = End::Here;
        for (number, line) in self.lines().iter().enumerate().take(part.end.line + 1).skip(part.start.line) {
            let start = if number == part.start.line { part.start.at } else { 0 };
            let end = if number == part.end.line { part.end.at } else { usize::MAX };
            if before == End::Here {
                line.push_margin(start..end, &mut text);
            }
            line.push_text(start.max(line.margin)..end, &mut text);
            before = line.end;
            match before {
                End::Here => {
                    text.truncate(text.trim_end_matches(' ').len());
                    text.push('\n');
                }
                End::Space => text.push(' '),
                End::Within => {}
            }
        }
        text.truncate(text.trim_end().len());
        text
    }
}

impl Line {
    /// Tells whether there is nothing on it but a quote's bar.
    fn is_blank(&self) -> bool {
        self.spans.iter().map(|span| span.text.len()).sum::<usize>() <= self.margin
    }

    /// Writes the marks before its text: of a list as they are, of a quote as in mail.
    fn push_margin(&self, part: Range<usize>, text: &mut String) {
        let mut at = 0;
        let has_mark = self.spans.iter().any(|span| span.style.role == Role::ListMark);
        for span in &self.spans {
            let end = at + span.text.len();
            if end > self.margin || at < part.start {
                break;
            }
            match span.style.role {
                Role::QuoteBar => text.push_str(&span.text.replace('│', ">")),
                _ if has_mark => text.push_str(&span.text),
                _ => {}
            }
            at = end;
        }
    }

    fn push_text(&self, part: Range<usize>, text: &mut String) {
        let mut at = 0;
        for span in &self.spans {
            let end = at + span.text.len();
            let (from, to) = (part.start.max(at), part.end.min(end));
            if from < to && span.style.role != Role::Break {
                // A place of other lines may lie within a character of these.
                let (from, to) =
                    (span.text.floor_char_boundary(from - at), span.text.floor_char_boundary(to - at));
                text.push_str(&span.text[from..to]);
            }
            at = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::gallery::article;
    use super::super::{Calendar, typeset};
    use super::*;

    fn page(html: &str, width: u16) -> Page {
        typeset(&article(html), width, &Calendar::utc())
    }

    /// The text below the head.
    fn all(html: &str, width: u16) -> String {
        let page = page(html, width);
        let end = Spot { line: page.lines().len() - 1, at: usize::MAX };
        let text = page.excerpt(Spot::default()..end);
        text.split_once("\n\n").expect("a blank line parts head and text").1.to_owned()
    }

    #[test]
    fn lines_broken_for_the_page_are_whole_again() {
        let html =
            "<p>It rained on all hills of the land.<br>Then it did not.</p><p>日本語の文章は空白がない。</p>";
        let text = "It rained on all hills of the land.\nThen it did not.\n\n日本語の文章は空白がない。";
        for width in [9, 20, 80] {
            assert_eq!(all(html, width), text, "{width}");
        }
        assert_eq!(all("<p>Donau\u{ad}dampf\u{ad}schiff", 10), "Donaudampfschiff");
        assert_eq!(
            all("<pre>let hill = \"0123456789\";\nlet b;</pre>", 16),
            "let hill = \"0123456789\";\nlet b;"
        );
    }

    #[test]
    fn marks_of_lists_and_quotes_stand_before_their_first_lines() {
        let list = "<ul><li>one and more of it<ul><li>inner</ul><li>two</ul>";
        assert_eq!(all(list, 12), "• one and more of it\n  • inner\n• two");
        assert_eq!(all("<blockquote><p>one and more<p>two</blockquote>", 10), "> one and more\n>\n> two");
    }

    #[test]
    fn a_part_begins_and_ends_within_lines() {
        let page = page("<p>It rained on all hills of the land.</p>", 20);
        let (from, to) = (page.spot(3, 3, false), page.spot(4, 4, true));
        assert_eq!(page.excerpt(from..to), "rained on all hills");
        assert_eq!(page.spot(3, 99, false).at, page.lines()[3].text().len());
        assert_eq!(page.spot(99, 0, false).line, page.lines().len() - 1);
    }

    #[test]
    fn a_paragraph_ends_at_blank_lines() {
        let page = page("<p>one two three four five</p><blockquote><p>six</p><p>seven</p></blockquote>", 20);
        assert_eq!((page.paragraph(3), page.paragraph(4)), (3..5, 3..5));
        assert_eq!(page.paragraph(6), 6..7);
        assert_eq!((page.text_from(5, true), page.text_from(5, false)), (Some(6), Some(4)));
        assert_eq!(page.text_from(7, true), Some(8));
    }
}
