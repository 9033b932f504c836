//! Reads one entry whole: the only place that touches bodies.

use rusqlite::{Connection, OptionalExtension, Row};

use super::{column, labels};
use crate::model::{Enclosure, EntryId, FeedId, Labels, Status, Timestamp, Url};

/// An entry with its text as received: HTML that is not yet safe.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredEntry {
    /// The entry.
    pub id: EntryId,
    /// The feed it came with.
    pub feed: FeedId,
    /// Where the feed is fetched.
    pub feed_url: Option<Url>,
    /// The title of the feed.
    pub outlet: String,
    /// Its title.
    pub title: String,
    /// The page it leads to.
    pub link: Option<Url>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published, else last changed, where the feed tells.
    pub published: Option<Timestamp>,
    /// What the reader did with it.
    pub status: Status,
    /// What it was labelled besides.
    pub labels: Labels,
    /// The base of relative addresses in the text.
    pub base: Option<Url>,
    /// The summary as received.
    pub summary: Option<String>,
    /// The full text as received.
    pub content: Option<String>,
    /// Its subjects.
    pub tags: Vec<String>,
    /// Files that come with it.
    pub enclosures: Vec<Enclosure>,
    /// The page with what readers wrote about it, where the feed names one.
    pub comments: Option<Url>,
}

/// Reads how the texts of entries begin, as received: the summary, else the full text, at most so many characters.
pub(super) fn beginnings(
    conn: &Connection,
    entries: &[EntryId],
    length: usize,
) -> rusqlite::Result<Vec<(EntryId, String)>> {
    let mut statement =
        conn.prepare_cached("SELECT coalesce(nullif(summary, ''), content, '') FROM body WHERE entry = ?1")?;
    let begins = |entry: &EntryId| {
        let text = statement.query_row([entry.0], |row| column::long_text(row, 0)).optional()?;
        let text: String = text.flatten().unwrap_or_default();
        let end = text.char_indices().nth(length).map_or(text.len(), |(at, _)| at);
        Ok((*entry, text[..end].to_owned()))
    };
    entries.iter().map(begins).collect()
}

/// Reads an entry; none when there is none of that id.
pub(super) fn load(conn: &Connection, id: EntryId) -> rusqlite::Result<Option<StoredEntry>> {
    conn.prepare_cached(
        "SELECT s.feed, coalesce(f.own_title, nullif(f.title, '')), e.title, e.link, b.authors, coalesce(b.published, b.updated), \
         s.read, s.saved, b.base, b.summary, b.content, b.tags, b.enclosures, f.url, b.comments \
         FROM status s JOIN feed f ON f.id = s.feed JOIN entry e ON e.id = s.id JOIN body b ON b.entry = s.id \
         WHERE s.id = ?1",
    )?
    .query_row([id.0], |row| Ok(StoredEntry { labels: labels::of(conn, id)?, ..stored(row, id)? }))
    .optional()
}

fn stored(row: &Row<'_>, id: EntryId) -> rusqlite::Result<StoredEntry> {
    Ok(StoredEntry {
        id,
        feed: FeedId(row.get(0)?),
        feed_url: column::url(row, 13)?,
        outlet: column::feed_title(row, 1, 13)?,
        title: row.get(2)?,
        link: column::url(row, 3)?,
        authors: column::json(row, 4)?,
        published: column::timestamp_or_none(row, 5)?,
        status: Status { read: row.get(6)?, saved: row.get(7)? },
        labels: Labels::default(),
        base: column::url(row, 8)?,
        summary: column::long_text(row, 9)?,
        content: column::long_text(row, 10)?,
        tags: column::json(row, 11)?,
        enclosures: enclosures(row, 12)?,
        comments: column::url(row, 14)?,
    })
}

fn enclosures(row: &Row<'_>, index: usize) -> rusqlite::Result<Vec<Enclosure>> {
    let stored: Vec<(String, Option<String>, Option<u64>)> = column::json(row, index)?;
    let read = |(url, mime, length): (String, _, _)| {
        let url = Url::parse(&url).ok()?;
        Some(Enclosure { url, mime, length })
    };
    Ok(stored.into_iter().filter_map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;
    use crate::store::sample::{self, entries};

    #[test]
    fn what_was_taken_in_comes_out_whole() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/feed");
        let mut parsed = entries(&[("one", 1)]);
        let sound = Enclosure {
            url: Url::parse("http://a.test/1.mp3").unwrap(),
            mime: Some("audio/mpeg".into()),
            length: Some(7),
        };
        parsed[0].enclosures = vec![sound.clone()];
        parsed[0].authors = vec!["Ada \"the\" Author".into()];
        parsed[0].content = Some("<p>whole</p>".into());
        sample::ingest(&mut conn, feed, &parsed);
        let entry = load(&conn, EntryId(1)).unwrap().unwrap();
        assert_eq!(entry.enclosures, [sound]);
        assert_eq!(entry.authors, parsed[0].authors);
        assert_eq!(entry.content, parsed[0].content);
        assert_eq!(entry.outlet, "http://a.test/feed");
    }

    #[test]
    fn an_entry_that_is_not_there_is_none() {
        assert_eq!(load(&open::in_memory(), EntryId(1)).unwrap(), None);
    }
}
