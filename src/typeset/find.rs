//! Finds text on a page, regardless of case and of where its lines end.

use std::ops::Range;

use super::page::End;
use super::{Line, Page, Role, Span, Style};

/// A place where a text was found: parts of lines, from the top.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// The line, and what of its text, in bytes; there is at least one part.
    pub parts: Vec<(usize, Range<usize>)>,
}

/// The text of a page as it is compared, and where each of its characters stands.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Folded {
    text: String,
    /// For each byte of the text: the line, and where in it the character begins and ends.
    places: Vec<(u32, u32, u32)>,
}

impl Folded {
    /// Reads the lines of a page; what is drawn is left out.
    pub(super) fn of(lines: &[Line]) -> Folded {
        let mut folded = Folded { text: String::new(), places: Vec::new() };
        for (number, line) in lines.iter().enumerate() {
            folded.add(u32::try_from(number).unwrap_or(u32::MAX), line);
        }
        folded
    }

    /// Finds a text; a place counts once.
    pub(super) fn find(&self, query: &str) -> Vec<Found> {
        let query: String = words(query).chars().flat_map(fold).collect();
        if query.is_empty() {
            return Vec::new();
        }
        self.text.match_indices(&query).map(|(at, _)| self.found(at..at + query.len())).collect()
    }

    fn add(&mut self, number: u32, line: &Line) {
        let mut at = 0;
        for span in &line.spans {
            let is_drawn = span.style.role.is_drawing();
            for c in span.text.chars().filter(|_| !is_drawn) {
                let place = (number, at, at + width_in_bytes(c));
                // At the beginning of a line spaces are margins.
                if !(c.is_whitespace() && (self.text.is_empty() || self.text.ends_with([' ', '\n']))) {
                    self.push(if c.is_whitespace() { ' ' } else { c }, place);
                }
                at += width_in_bytes(c);
            }
            if is_drawn {
                at += u32::try_from(span.text.len()).unwrap_or(0);
            }
        }
        match line.end {
            End::Within => {}
            End::Here if line.spans.is_empty() => self.push('\n', (number, at, at)),
            End::Here | End::Space => self.push(' ', (number, at, at)),
        }
    }

    fn push(&mut self, c: char, place: (u32, u32, u32)) {
        for c in fold(c) {
            self.text.push(c);
            self.places.extend(std::iter::repeat_n(place, c.len_utf8()));
        }
    }

    fn found(&self, range: Range<usize>) -> Found {
        let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
        for (line, start, end) in &self.places[range] {
            let (line, start, end) = (*line as usize, *start as usize, *end as usize);
            match parts.last_mut() {
                Some((last, range)) if *last == line => range.end = range.end.max(end),
                _ => parts.push((line, start..end)),
            }
        }
        Found { parts }
    }
}

impl Found {
    /// Gives the line where it begins.
    pub fn line(&self) -> usize {
        self.parts.first().map_or(0, |(line, _)| *line)
    }
}

impl Page {
    /// Finds a text; spaces and ends of lines count alike.
    pub fn find(&self, query: &str) -> Vec<Found> {
        self.folded.get_or_init(|| Folded::of(self.lines())).find(query)
    }
}

impl Line {
    /// Gives the line with parts of its text in other roles. The parts are in order, and in bytes.
    #[must_use]
    pub fn marked(&self, parts: &[(Range<usize>, Role)]) -> Line {
        let mut spans = Vec::new();
        let mut from = 0;
        for span in &self.spans {
            let end = from + span.text.len();
            let mut at = from;
            while at < end {
                let part = parts.iter().find(|(range, _)| range.end > at);
                let (to, role) = match part {
                    Some((range, role)) if range.start <= at => (range.end.min(end), *role),
                    Some((range, _)) => (range.start.min(end), span.style.role),
                    None => (end, span.style.role),
                };
                let text = span.text[at - from..to - from].to_owned();
                spans.push(Span { text, style: Style { role, ..span.style }, link: span.link });
                at = to;
            }
            from = end;
        }
        Line { spans, ..self.clone() }
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A character as it is compared: in lower case, quotes alike.
fn fold(c: char) -> impl Iterator<Item = char> {
    let c = match c {
        '’' | '‘' | '‛' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '\u{a0}' | '\u{202f}' => ' ',
        c => c,
    };
    c.to_lowercase()
}

fn width_in_bytes(c: char) -> u32 {
    u32::try_from(c.len_utf8()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::gallery::article;
    use super::super::{Calendar, typeset};
    use super::*;

    fn found(html: &str, width: u16, query: &str) -> Vec<Vec<String>> {
        let page = typeset(&article(html), width, &Calendar::utc());
        let text =
            |(line, range): &(usize, Range<usize>)| page.lines()[*line].text()[range.clone()].to_owned();
        page.find(query).iter().map(|found| found.parts.iter().map(text).collect()).collect()
    }

    #[test]
    fn text_is_found_whatever_its_case_and_styles() {
        let html = "<p>Rain <b>fa</b>lls. It’s the RAIN.</p>";
        assert_eq!(found(html, 40, "rain"), [["Rain"], ["RAIN"]]);
        assert_eq!(found(html, 40, "rain falls"), [["Rain falls"]]);
        assert_eq!(found(html, 40, "it's"), [["It’s"]]);
        assert!(found(html, 40, "snow").is_empty() && found(html, 40, " ").is_empty());
    }

    #[test]
    fn text_is_found_over_the_ends_of_lines() {
        assert_eq!(
            found("<blockquote><p>one two three</p></blockquote>", 10, "two three"),
            [["two", "three"]]
        );
        assert_eq!(found("<p>日本語の文章です</p>", 8, "の文章"), [["の", "文章"]]);
        assert_eq!(found("<p>Donau&shy;dampf&shy;schiff</p>", 10, "Donaudampf"), [["Donau", "dampf"]]);
        assert!(found("<p>one</p><p>two</p>", 10, "one two").is_empty());
    }

    #[test]
    fn parts_of_a_line_change_their_role_only() {
        let line = Line {
            spans: vec![Span::new("one ", Style::default()), Span::new("two", Style::strong(Role::Body))],
            ..Line::default()
        };
        let marked = line.marked(&[(0..1, Role::Mark), (2..5, Role::Found)]);
        let seen: Vec<_> = marked.spans.iter().map(|span| (span.text.as_str(), span.style.role)).collect();
        let roles = [Role::Mark, Role::Body, Role::Found, Role::Found, Role::Body];
        assert_eq!(seen, ["o", "n", "e ", "t", "wo"].into_iter().zip(roles).collect::<Vec<_>>());
        assert!(marked.spans[3].style.strong);
    }
}
