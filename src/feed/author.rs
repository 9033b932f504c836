//! Names of authors.

use std::collections::HashSet;

use super::draft::Person;
use super::title::short;
use crate::html::plain_text;

/// More authors than these nobody reads.
const MAX_AUTHORS: usize = 100;

/// Names those who wrote, each once.
pub(super) fn authors(people: &[Person]) -> Vec<String> {
    let mut names: Vec<String> = people.iter().filter_map(name).take(MAX_AUTHORS).collect();
    distinct(&mut names);
    names
}

/// Drops empty and repeated texts.
pub(super) fn distinct(texts: &mut Vec<String>) {
    let mut seen = HashSet::new();
    texts.retain(|text| !text.is_empty() && seen.insert(text.clone()));
}

fn name(person: &Person) -> Option<String> {
    let name = person.name.as_deref().map(plain_text).unwrap_or_default();
    let name = without_brackets(&name);
    if !name.is_empty() {
        return Some(short(name.to_owned()));
    }
    let email = short(plain_text(person.email.as_deref()?));
    (!email.is_empty()).then_some(email)
}

/// Takes a name out of the brackets that `jane@a.test (Jane Doe)` leaves round it, and those that `Jane <…>` leaves
/// empty; others are its own.
fn without_brackets(name: &str) -> &str {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('<', '>'), ('[', ']'), ('"', '"')];
    let mut name = name.trim_matches(|c: char| c == ',' || c.is_whitespace());
    for (open, close) in PAIRS {
        let inner = name.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains([open, close])) {
            name = inner.trim();
        }
        let before = name.strip_suffix(close).and_then(|rest| rest.trim_end().strip_suffix(open));
        name = before.unwrap_or(name).trim_end();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::super::{Source, parse};

    fn authors(channel: &str, item: &str) -> Vec<String> {
        let rss = format!(
            "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' \
             xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'>\
             <channel>{channel}<item>{item}</item></channel></rss>"
        );
        let mut feed = parse(rss.as_bytes(), &Source::default()).unwrap();
        feed.entries.remove(0).authors
    }

    #[test]
    fn names_come_without_address_and_brackets() {
        let table = [
            ("<author>jane@a.test (Jane Doe)</author>", "Jane Doe"),
            ("<author>Jane Doe &lt;jane@a.test&gt;</author>", "Jane Doe"),
            ("<author>jane@a.test</author>", "jane@a.test"),
            ("<dc:creator><![CDATA[J&ouml;rg <b>X</b>]]></dc:creator>", "Jörg X"),
            ("<itunes:author>Studio</itunes:author><itunes:summary>s</itunes:summary>", "Studio"),
        ];
        for (item, expected) in table {
            assert_eq!(authors("", item), [expected], "{item}");
        }
    }

    #[test]
    fn an_entry_without_author_takes_the_feeds() {
        let channel = "<itunes:author>Studio</itunes:author>";
        assert_eq!(authors(channel, "<title>a</title>"), ["Studio"]);
    }

    #[test]
    fn a_repeated_name_counts_once() {
        let item = "<author>Jane</author><dc:creator>Jane</dc:creator>";
        assert_eq!(authors("", item), ["Jane"]);
    }

    #[test]
    fn a_hundred_authors_are_enough() {
        let many: Vec<String> = (0..200).map(|i| format!("<author>Jane {i}</author>")).collect();
        let many = many.concat();
        assert_eq!(authors(&many, "<title>a</title>").len(), super::MAX_AUTHORS);
        assert_eq!(authors("", &many).len(), super::MAX_AUTHORS);
    }
}
