//! Where the words of a query stand in a text.

use std::ops::Range;

use super::tokens::{looked_for, tokens};
use crate::model::{Condition, Term, TextPlace, Words};

/// A part of a text, with the words that were looked for.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Excerpt {
    /// The part, with `…` where something is left out.
    pub text: String,
    /// The words found, in bytes of the part.
    pub found: Vec<Range<usize>>,
}

/// Characters of text before the first word that was found.
const BEFORE: usize = 40;

/// Shows the part of a text, at most about so many characters, in which a query's words stand first; from its
/// beginning where none do.
pub fn excerpt(text: &str, condition: &Condition<Term>, place: TextPlace, length: usize) -> Excerpt {
    let mut wanted = Vec::new();
    wanted_in(condition, place, &mut wanted);
    let found = find(text, &wanted, length);
    let first = found.first().map_or(0, |found| found.start);
    let start = begin_of_word(text, back(text, first, BEFORE));
    let end = end_of_word(text, start, ahead(text, start, length));
    let (left, right) = (if start > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
    let found = found.into_iter().filter(|found| found.start >= start && found.end <= end);
    Excerpt {
        found: found.map(|found| found.start - start + left.len()..found.end - start + left.len()).collect(),
        text: format!("{left}{}{right}", &text[start..end]),
    }
}

/// Gathers the words that may stand in a text, each as its tokens.
fn wanted_in(condition: &Condition<Term>, place: TextPlace, wanted: &mut Vec<(Vec<String>, bool)>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                wanted_in(part, place, wanted);
            }
        }
        Condition::Is(Term::Words(Words { place: at, text, is_prefix }))
            if at.is_none_or(|at| at == place) =>
        {
            let (tokens, is_open) = looked_for(text);
            wanted.push((tokens, *is_prefix || is_open));
        }
        Condition::Everything | Condition::Not(_) | Condition::Is(_) => {}
    }
}

/// Finds the words in a text, until the part that can be shown is full.
fn find(text: &str, wanted: &[(Vec<String>, bool)], length: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let longest = wanted.iter().map(|(tokens, _)| tokens.len()).max().unwrap_or(0);
    if longest == 0 {
        return found;
    }
    let mut near = std::collections::VecDeque::with_capacity(longest);
    let mut all = tokens(text).fuse();
    loop {
        while near.len() < longest
            && let Some(token) = all.next()
        {
            near.push_back(token);
        }
        let Some(first) = near.front() else { return found };
        let start = first.range.start;
        if found.first().is_some_and(|first| start > first.start.saturating_add(length.saturating_mul(4))) {
            return found;
        }
        let fits = |(tokens, is_prefix): &&(Vec<String>, bool)| {
            near.len() >= tokens.len()
                && tokens.iter().zip(&near).enumerate().all(|(at, (wanted, token))| {
                    let is_last = at + 1 == tokens.len();
                    if is_last && *is_prefix {
                        token.folded.starts_with(wanted.as_str())
                    } else {
                        token.folded == *wanted
                    }
                })
        };
        if let Some((tokens, _)) = wanted.iter().filter(fits).max_by_key(|(tokens, _)| tokens.len()) {
            let end = near[tokens.len() - 1].range.end;
            match found.last_mut() {
                Some(last) if last.end > start => last.end = last.end.max(end),
                _ => found.push(start..end),
            }
        }
        near.pop_front();
    }
}

fn back(text: &str, from: usize, characters: usize) -> usize {
    text[..from].char_indices().rev().nth(characters - 1).map_or(0, |(at, _)| at)
}

fn ahead(text: &str, from: usize, characters: usize) -> usize {
    text[from..].char_indices().nth(characters).map_or(text.len(), |(at, _)| from + at)
}

/// Goes on to where a word begins, unless none is near.
fn begin_of_word(text: &str, from: usize) -> usize {
    if from == 0 {
        return 0;
    }
    let blank = text[from..].char_indices().take(BEFORE / 2).find(|(_, c)| c.is_whitespace());
    blank.map_or(from, |(at, c)| from + at + c.len_utf8())
}

/// Goes back to where a word ends, unless none is near.
fn end_of_word(text: &str, start: usize, end: usize) -> usize {
    if end == text.len() {
        return end;
    }
    let blank = text[start..end].char_indices().rev().take(BEFORE / 2).find(|(_, c)| c.is_whitespace());
    blank.map_or(end, |(at, _)| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse_query;

    fn shown(text: &str, query: &str, length: usize) -> String {
        let query = parse_query(query).unwrap();
        let Excerpt { mut text, found } = excerpt(text, &query.condition, TextPlace::Body, length);
        for found in found.iter().rev() {
            text.insert(found.end, ']');
            text.insert(found.start, '[');
        }
        text
    }

    #[test]
    fn the_words_looked_for_are_shown_where_they_stand() {
        let text = format!("{}The Crème brûlée was late. {}", "Rain fell. ".repeat(30), "More. ".repeat(30));
        let expected = "…Rain fell. Rain fell. Rain fell. The [Crème] brûlée was late.…";
        assert_eq!(shown(&text, "creme", 62), expected);
        assert_eq!(shown("Rain in the rainforest", "rain*", 99), "[Rain] in the [rainforest]");
        assert_eq!(shown("Rain in the rainforest", "rain -forest", 99), "[Rain] in the rainforest");
        assert_eq!(
            shown("It rains, and it rained", "\"it rained\" OR and", 99),
            "It rains, [and] [it rained]"
        );
    }

    #[test]
    fn a_text_without_them_is_shown_from_its_beginning() {
        assert_eq!(shown("Nothing of the kind", "title:rain", 7), "Nothing…");
        assert_eq!(shown("", "rain", 7), "");
    }

    #[test]
    fn text_without_blanks_is_marked_as_one() {
        assert_eq!(shown("今日は日本語の記事", "日本語", 99), "今日は[日本語]の記事");
        assert_eq!(shown("今日は日本語の記事", "記", 99), "今日は日本語の[記事]");
    }
}
