//! newsboat's list of feeds: its file `urls`.
//!
//! A line is an address and its tags, in quotes where there are blanks in them; `~` before a tag makes it the title,
//! `!` hides the feed. What newsboat would run as a command is named and never taken.

use url::Url;

use super::address::feed_url;
use crate::html::clean_line;
use crate::model::shown_as_written;

/// So many characters of a line that is left out are named.
const LONGEST_NAMED: usize = 200;

/// What newsboat's list holds.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct NewsboatUrls {
    /// The feeds, in order.
    pub feeds: Vec<NewsboatFeed>,
    /// Lines that were left out.
    pub skipped: Vec<SkippedLine>,
}

/// A feed of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewsboatFeed {
    /// Where it is fetched.
    pub url: Url,
    /// The title given to it.
    pub title: Option<String>,
    /// Its tags, in order.
    pub tags: Vec<String>,
    /// newsboat shows it only in queries.
    pub is_hidden: bool,
}

/// A line that was left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SkippedLine {
    /// Its number, from 1.
    pub number: usize,
    /// Why.
    pub why: SkippedFor,
    /// Its address as written, clean.
    pub text: String,
}

/// Why a line was left out; completes `left out, …`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SkippedFor {
    /// newsboat would run a command for it.
    Command,
    /// A search through other feeds.
    Query,
    /// Nothing that can be fetched from the web.
    NotOfTheWeb,
}

impl SkippedFor {
    /// Says the reason in a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            SkippedFor::Command => "it runs a command",
            SkippedFor::Query => "a query feed",
            SkippedFor::NotOfTheWeb => "no web address",
        }
    }
}

/// Reads newsboat's list.
pub fn read_newsboat_urls(bytes: &[u8]) -> NewsboatUrls {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let mut list = NewsboatUrls::default();
    for (number, line) in (1..).zip(text.lines()) {
        let mut words = words(line).into_iter();
        let Some(address) = words.next() else {
            continue;
        };
        match take(&address) {
            Ok(url) => list.feeds.push(feed(url, words)),
            Err(why) => list.skipped.push(SkippedLine {
                number,
                why,
                text: shortened(&shown_as_written(&clean_line(&address))),
            }),
        }
    }
    list
}

/// Cuts what is too long to be named in a line.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_NAMED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn take(address: &str) -> Result<Url, SkippedFor> {
    let begins = |scheme: &str| address.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
    if begins("exec:") || begins("filter:") || begins("|") {
        return Err(SkippedFor::Command);
    }
    if begins("query:") {
        return Err(SkippedFor::Query);
    }
    feed_url(address, None).ok_or(SkippedFor::NotOfTheWeb)
}

fn feed(url: Url, words: impl Iterator<Item = String>) -> NewsboatFeed {
    let mut feed = NewsboatFeed { url, title: None, tags: Vec::new(), is_hidden: false };
    for word in words {
        let word = clean_line(&word);
        if let Some(title) = word.strip_prefix('~') {
            let title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
            feed.title = feed.title.or(title);
        } else if word.starts_with('!') {
            feed.is_hidden = true;
        } else if !word.is_empty() && !feed.tags.contains(&word) {
            feed.tags.push(word);
        }
    }
    feed
}

/// Cuts a line into its words. A `#` where a word begins ends the line.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() && !rest.starts_with('#') {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => in_quotes(quoted),
            None => {
                let (word, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
                (word.to_owned(), after)
            }
        };
        words.push(word);
        rest = after.trim_start();
    }
    words
}

/// Takes a word up to its closing quote; `\` takes what follows it as it is.
fn in_quotes(text: &str) -> (String, &str) {
    let mut word = String::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => break,
            '\\' => match characters.next() {
                Some('n' | 'r' | 't') => word.push(' '),
                Some(c) => word.push(c),
                None => break,
            },
            c => word.push(c),
        }
    }
    (word, characters.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn feed_of(line: &str) -> NewsboatFeed {
        let mut list = read_newsboat_urls(line.as_bytes());
        assert!(list.skipped.is_empty(), "{line}");
        list.feeds.remove(0)
    }

    #[test]
    fn a_line_is_an_address_its_tags_and_its_title() {
        type Row<'a> = (&'a str, &'a str, Option<&'a str>, &'a [&'a str], bool);
        let table: &[Row<'_>] = &[
            ("http://a.test/x", "http://a.test/x", None, &[], false),
            ("  https://a.test/x\ttech  news ", "https://a.test/x", None, &["tech", "news"], false),
            ("http://a.test/x \"two words\" a a", "http://a.test/x", None, &["two words", "a"], false),
            ("\"http://a.test/x y\" t", "http://a.test/x%20y", None, &["t"], false),
            (
                "http://a.test/x \"~My \\\"own\\\" title\" t",
                "http://a.test/x",
                Some("My \"own\" title"),
                &["t"],
                false,
            ),
            ("http://a.test/x ~ ~One ~Two", "http://a.test/x", Some("One"), &[], false),
            ("http://a.test/x ! t", "http://a.test/x", None, &["t"], true),
            ("http://a.test/x t # a comment", "http://a.test/x", None, &["t"], false),
            ("http://a.test/x#frag c#", "http://a.test/x", None, &["c#"], false),
            ("http://a.test/x \"open", "http://a.test/x", None, &["open"], false),
            ("http://a.test/x `rm -rf`", "http://a.test/x", None, &["`rm", "-rf`"], false),
            ("http://a.test/x \u{1b}[31mred", "http://a.test/x", None, &["[31mred"], false),
            ("feed://a.test/x", "http://a.test/x", None, &[], false),
        ];
        for (line, url, title, tags, is_hidden) in table {
            let feed = feed_of(line);
            assert_eq!(feed.url.as_str(), *url, "{line}");
            assert_eq!((feed.title.as_deref(), feed.is_hidden), (*title, *is_hidden), "{line}");
            assert_eq!(feed.tags, *tags, "{line}");
        }
    }

    #[test]
    fn what_is_no_feed_of_the_web_is_named_with_its_line() {
        let text = "# my feeds\n\nexec:~/bin/feed.sh tag\nhttp://a.test/\n\"filter:~/f.py:http://a.test/\"\n|cat x\n\
                    \"query:Unread:unread = \\\"yes\\\"\" t\nfile:///etc/passwd\nEXEC:rm\n/feed";
        let list = read_newsboat_urls(text.as_bytes());
        assert_eq!(list.feeds.len(), 1);
        let skipped: Vec<_> = list.skipped.iter().map(|it| (it.number, it.why, it.text.as_str())).collect();
        let expected = [
            (3, SkippedFor::Command, "exec:~/bin/feed.sh"),
            (5, SkippedFor::Command, "filter:~/f.py:http://a.test/"),
            (6, SkippedFor::Command, "|cat"),
            (7, SkippedFor::Query, "query:Unread:unread = \"yes\""),
            (8, SkippedFor::NotOfTheWeb, "file:///etc/passwd"),
            (9, SkippedFor::Command, "EXEC:rm"),
            (10, SkippedFor::NotOfTheWeb, "/feed"),
        ];
        assert_eq!(skipped, expected);
    }

    #[test]
    fn lines_end_as_they_do_anywhere_and_bytes_may_be_bad() {
        let list = read_newsboat_urls(b"\xef\xbb\xbfhttp://a.test/ caf\xe9\r\nhttp://b.test/\r\n");
        assert_eq!(list.feeds.len(), 2);
        assert_eq!(list.feeds[0].tags, ["caf\u{fffd}"]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_list(bytes in any::<Vec<u8>>()) {
            drop(read_newsboat_urls(&bytes));
        }
    }
}
