//! Letters beside the links in sight, to choose one by.

use crate::typeset::Page;

/// The letters of labels, the easiest to reach first; `o` and `y` say what is to be done.
const LETTERS: &[u8] = b"asdfghjklewrtuizxcvbnmqp";

/// Labels of the links in sight.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hints {
    /// The labels, from the top.
    pub labels: Vec<Hint>,
    /// The letters typed so far.
    pub typed: String,
    /// What is done with the link.
    pub purpose: Purpose,
}

/// The label of a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hint {
    /// Its letters.
    pub letters: String,
    /// The link, as a number of the page.
    pub link: u16,
    /// The line that it begins on.
    pub line: usize,
    /// Where it begins, in bytes of the line's text.
    pub start: usize,
}

/// What is done with a link that was chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// Shown in newsterm.
    Follow,
    /// Opened in the browser.
    Browse,
    /// Its address is copied.
    Copy,
}

impl Hints {
    /// Labels the links of some lines; none where there is no link.
    pub fn of(page: &Page, lines: std::ops::Range<usize>) -> Option<Hints> {
        let mut found: Vec<(u16, usize, usize)> = Vec::new();
        for (line, shown) in page.lines().iter().enumerate().take(lines.end).skip(lines.start) {
            let mut start = 0;
            for span in &shown.spans {
                if let Some(link) = span.link
                    && !found.iter().any(|(known, ..)| *known == link)
                {
                    found.push((link, line, start));
                }
                start += span.text.len();
            }
        }
        let letters = labels(found.len());
        let labels = found.into_iter().zip(letters);
        let labels: Vec<Hint> =
            labels.map(|((link, line, start), letters)| Hint { letters, link, line, start }).collect();
        (!labels.is_empty()).then_some(Hints { labels, typed: String::new(), purpose: Purpose::Follow })
    }

    /// Gives the labels that begin with what was typed.
    pub fn left(&self) -> impl Iterator<Item = &Hint> {
        self.labels.iter().filter(|hint| hint.letters.starts_with(&self.typed))
    }
}

/// Makes so many labels, all of one length: none is the beginning of another.
fn labels(count: usize) -> Vec<String> {
    let base = LETTERS.len();
    let length = if count <= base {
        1
    } else if count <= base * base {
        2
    } else {
        3
    };
    let label = |number: usize| {
        let digits = (0..length).rev().map(|place| LETTERS[number / base.pow(place) % base]);
        digits.map(char::from).collect()
    };
    (0..count.min(base.pow(length))).map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_short_and_none_begins_another() {
        assert_eq!(labels(3), ["a", "s", "d"]);
        for count in [24, 25, 576, 577, 20_000] {
            let labels = labels(count);
            let lengths: std::collections::HashSet<usize> = labels.iter().map(String::len).collect();
            let distinct: std::collections::HashSet<&String> = labels.iter().collect();
            assert_eq!((lengths.len(), distinct.len()), (1, count.min(13_824)));
            assert!(!labels.iter().any(|label| label.contains(['o', 'y'])));
        }
    }
}
