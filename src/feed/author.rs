//! Names of authors.

use std::collections::HashSet;

use super::parse::raw;
use super::title::short;
use crate::html::plain_text;

/// Names those who wrote an entry: its authors, else the podcast's, else the feed's.
pub(super) fn authors(entry: &raw::Entry, feed: &[raw::Person]) -> Vec<String> {
    let mut names: Vec<String> = entry.authors.iter().filter_map(name).collect();
    if names.is_empty() {
        names.extend(podcast_authors(entry));
    }
    if names.is_empty() {
        names.extend(feed.iter().filter_map(name));
    }
    distinct(&mut names);
    names
}

/// Drops empty and repeated texts.
pub(super) fn distinct(texts: &mut Vec<String>) {
    let mut seen = HashSet::new();
    texts.retain(|text| !text.is_empty() && seen.insert(text.clone()));
}

/// What iTunes tells of an author stands in a media object without files; others credit photographers.
fn podcast_authors(entry: &raw::Entry) -> impl Iterator<Item = String> {
    let podcast = entry.media.iter().filter(|media| media.content.is_empty());
    podcast.flat_map(|media| &media.credits).map(|credit| short(plain_text(&credit.entity)))
}

fn name(person: &raw::Person) -> Option<String> {
    let name = person.name.as_deref().map(plain_text).unwrap_or_default();
    // `jane@a.test (Jane Doe)` leaves the parentheses.
    let name = name.trim_matches(|c: char| "()<>[]\",".contains(c) || c.is_whitespace());
    if !name.is_empty() {
        return Some(short(name.to_owned()));
    }
    let email = short(plain_text(person.email.as_deref()?));
    (!email.is_empty()).then_some(email)
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    fn authors(channel: &str, item: &str) -> Vec<String> {
        let rss = format!(
            "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' \
             xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'>\
             <channel>{channel}<item>{item}</item></channel></rss>"
        );
        let mut feed = parse(rss.as_bytes(), None).unwrap();
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
}
