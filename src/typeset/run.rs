//! Gathers the text of one paragraph as HTML means it: white space collapsed, breaks as line feeds.

use unicode_width::UnicodeWidthChar;

use super::layout::counted;
use super::page::append;
use super::paragraph::{SOFT_HYPHEN, ZERO_WIDTH_SPACE};
use super::{Span, Style};

const TAB_STOP: usize = 4;

/// The text of a paragraph so far.
#[derive(Default)]
pub(super) struct Run {
    spans: Vec<Span>,
    /// A space that counts only when more text follows.
    space: Option<(Style, Option<u16>)>,
    /// Columns before the next text of a line of code.
    column: usize,
    /// How many characters there are that are seen.
    characters: usize,
}

impl Run {
    /// Tells whether the next text would begin a line.
    pub(super) fn is_at_line_start(&self) -> bool {
        self.spans.last().is_none_or(|span| span.text.ends_with('\n'))
    }

    /// Counts the characters so far, without spaces.
    pub(super) fn characters(&self) -> usize {
        self.characters
    }

    /// Adds running text; spaces in a row become one.
    pub(super) fn text(&mut self, text: &str, style: Style, link: Option<u16>) {
        for part in text.split_inclusive(is_space) {
            let word = part.trim_end_matches(is_space);
            // At a word's edge a fixed space holds nothing together: feeds indent and part with them.
            let inner = word.trim_matches(is_fixed_space);
            if word.starts_with(is_fixed_space) {
                self.space = Some((style, link));
            }
            self.word(inner, style, link);
            if inner.len() < part.trim_start_matches(is_fixed_space).len() {
                self.space = Some((style, link));
            }
        }
    }

    /// Adds text as it stands, tabs as spaces.
    pub(super) fn code(&mut self, text: &str, style: Style, link: Option<u16>) {
        let mut kept = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\n' | '\u{2028}' | '\u{2029}' => {
                    kept.push('\n');
                    self.column = 0;
                }
                '\t' => {
                    let spaces = TAB_STOP - self.column % TAB_STOP;
                    kept.extend(std::iter::repeat_n(' ', spaces));
                    self.column += spaces;
                }
                c if is_hidden(c) => {}
                c => {
                    kept.push(c);
                    self.column += c.width().unwrap_or(0);
                }
            }
        }
        self.characters += counted(&kept);
        append(&mut self.spans, &kept, style, link);
    }

    /// Ends the line within the paragraph.
    pub(super) fn line_break(&mut self, style: Style) {
        self.space = None;
        self.column = 0;
        append(&mut self.spans, "\n", style, None);
    }

    /// Gives what was gathered and starts afresh; nothing if nothing of it shows.
    pub(super) fn take(&mut self) -> Vec<Span> {
        self.space = None;
        self.column = 0;
        self.characters = 0;
        let mut spans = std::mem::take(&mut self.spans);
        if spans.iter().all(|span| !span.text.chars().any(is_visible)) {
            return Vec::new();
        }
        trim_start(&mut spans);
        trim_end(&mut spans);
        spans
    }

    fn word(&mut self, word: &str, style: Style, link: Option<u16>) {
        let clean: String;
        let word = if word.bytes().all(|b| b.is_ascii_graphic()) {
            word
        } else {
            clean = cleaned(word);
            &clean
        };
        if word.is_empty() {
            return;
        }
        let space = self.space.take();
        if let Some((style, link)) = space
            && !self.is_at_line_start()
        {
            append(&mut self.spans, " ", style, link);
        }
        self.characters += counted(word);
        append(&mut self.spans, word, style, link);
    }
}

/// Tells whether a character is a space between words that may be broken at. That of ideographs stays: it indents.
fn is_space(c: char) -> bool {
    c.is_whitespace() && !is_fixed_space(c) && c != '\u{3000}'
}

/// Tells whether a character is a space that holds its neighbours on one line.
pub(super) fn is_fixed_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Tells whether a character steers where text breaks or the terminal, and is not shown itself.
fn is_hidden(c: char) -> bool {
    c.is_control() || c == SOFT_HYPHEN || c == ZERO_WIDTH_SPACE
}

fn is_visible(c: char) -> bool {
    !c.is_whitespace() && c.width().unwrap_or(0) > 0
}

fn cleaned(word: &str) -> String {
    let mut clean = String::with_capacity(word.len());
    let mut characters = word.chars().filter(|c| !c.is_control()).peekable();
    while let Some(c) = characters.next() {
        // A chance to break counts between two letters only.
        let mut is_inside = || characters.peek().is_some_and(|next| next.is_alphanumeric());
        let is_kept = match c {
            SOFT_HYPHEN | ZERO_WIDTH_SPACE => clean.ends_with(char::is_alphanumeric) && is_inside(),
            c => !(is_fixed_space(c) && clean.ends_with(is_fixed_space)),
        };
        if is_kept {
            clean.push(c);
        }
    }
    clean
}

fn trim_start(spans: &mut Vec<Span>) {
    while let Some(first) = spans.first_mut() {
        let kept = first.text.trim_start_matches('\n').len();
        first.text.drain(..first.text.len() - kept);
        if !first.text.is_empty() {
            return;
        }
        spans.remove(0);
    }
}

fn trim_end(spans: &mut Vec<Span>) {
    while let Some(last) = spans.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            return;
        }
        spans.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::super::Role;
    use super::*;

    fn text(parts: &[&str]) -> String {
        let mut run = Run::default();
        for part in parts {
            run.text(part, Style::default(), None);
        }
        run.take().into_iter().map(|span| span.text).collect()
    }

    #[test]
    fn white_space_collapses() {
        assert_eq!(text(&["  a \n\t b", " ", " c\r\n"]), "a b c");
    }

    #[test]
    fn spaces_of_typesetters_are_spaces() {
        assert_eq!(text(&["\u{2000}a\u{2009}b\u{2003}\u{205f}c"]), "a b c");
        assert_eq!(text(&["\u{3000}日本\u{2007}5"]), "\u{3000}日本\u{2007}5");
    }

    #[test]
    fn a_fixed_space_stays_only_within_a_word() {
        assert_eq!(text(&["10\u{a0}km\u{a0}", "b"]), "10\u{a0}km b");
        assert_eq!(text(&["\u{a0}\u{a0} a\u{a0}\u{a0}b"]), "a\u{a0}b");
        assert_eq!(text(&["\u{a0}a", "\u{a0}", "b"]), "a b");
    }

    #[test]
    fn text_without_anything_to_see_is_none() {
        assert_eq!(text(&["\u{200c}\u{a0}\u{200c}\u{a0}"]), "");
    }

    #[test]
    fn a_space_keeps_the_style_it_was_written_in() {
        let mut run = Run::default();
        run.text("a ", Style::default(), None);
        run.text("b ", Style::strong(Role::Body), None);
        run.text("c", Style::default(), None);
        let spans = run.take();
        let texts: Vec<_> = spans.iter().map(|span| span.text.as_str()).collect();
        assert_eq!(texts, ["a ", "b ", "c"]);
    }

    #[test]
    fn code_keeps_its_spaces_and_tabs_reach_their_stop() {
        let mut run = Run::default();
        run.code("\n\nif\tx\r\n", Style::default(), None);
        run.code("\ty  =\t1\n\n", Style::default(), None);
        assert_eq!(run.take()[0].text, "if  x\n    y  =    1");
    }
}
