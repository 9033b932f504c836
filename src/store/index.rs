//! The index of words: filled behind the fetch, in small batches.
//!
//! What is not in it yet waits in `to_index`. `waiting` reads a batch of texts, `tasks` reads their words, `take` writes
//! them in one transaction. The newest changes go first.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::column;
use crate::model::EntryId;

/// Places to a second.
const SLOTS: i64 = 16;

/// An entry whose words are to be read, with its texts as received.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unindexed {
    /// Names this change of the entry.
    pub change: i64,
    /// The entry.
    pub entry: EntryId,
    /// Its texts; none where it is gone.
    pub texts: Option<UnindexedTexts>,
}

/// The texts of an entry as received.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnindexedTexts {
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The feed's text, as HTML: the whole where there is one, else the summary.
    pub feed: String,
    /// The article of its page, as HTML.
    pub page: Option<String>,
    /// The language that its page says.
    pub language: Option<String>,
}

/// What was read of an entry's texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Indexed {
    /// The change that this answers.
    pub change: i64,
    /// The entry.
    pub entry: EntryId,
    /// Its words; none where it is gone.
    pub words: Option<IndexedWords>,
}

/// The words of an entry, as `search::indexed` writes them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IndexedWords {
    /// Of its title.
    pub title: String,
    /// Of its authors.
    pub author: String,
    /// Of its text.
    pub body: String,
    /// How many words its text has.
    pub length: u32,
    /// The language of its text, where that can be told.
    pub language: Option<String>,
    /// There is a picture in its text.
    pub has_image: bool,
}

/// Counts the entries whose words are not in the index.
pub(super) fn count(conn: &Connection) -> rusqlite::Result<u32> {
    conn.prepare_cached("SELECT count(*) FROM to_index")?.query_row([], |row| row.get(0))
}

/// Reads the texts of the entries that wait, those that changed last first.
pub(super) fn waiting(conn: &Connection, limit: usize) -> rusqlite::Result<Vec<Unindexed>> {
    let waiting = conn
        .prepare_cached("SELECT id, entry FROM to_index ORDER BY id DESC LIMIT ?1")?
        .query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| Ok((row.get(0)?, EntryId(row.get(1)?))))?
        .collect::<rusqlite::Result<Vec<(i64, EntryId)>>>()?;
    let read = |(change, entry)| Ok(Unindexed { change, entry, texts: texts(conn, entry)? });
    waiting.into_iter().map(read).collect()
}

/// Reads the texts of an entry; none where it is gone.
pub(super) fn texts(conn: &Connection, entry: EntryId) -> rusqlite::Result<Option<UnindexedTexts>> {
    conn.prepare_cached(
        "SELECT e.title, b.authors, coalesce(b.content, b.summary, ''), p.html, p.language \
         FROM entry e JOIN body b ON b.entry = e.id LEFT JOIN page_text p ON p.entry = e.id WHERE e.id = ?1",
    )?
    .query_row([entry.0], |row| {
        Ok(UnindexedTexts {
            title: row.get(0)?,
            authors: column::json(row, 1)?,
            feed: column::long_text(row, 2)?.unwrap_or_default(),
            page: column::long_text(row, 3)?,
            language: row.get(4)?,
        })
    })
    .optional()
}

/// Writes the words of entries. In the order of their times: the index takes rows that grow for less.
pub(super) fn take(tx: &Transaction<'_>, read: &[Indexed]) -> rusqlite::Result<()> {
    let mut placed = Vec::with_capacity(read.len());
    for one in read {
        remove(tx, one.entry)?;
        let time = tx
            // Whose text went meanwhile is not to be found.
            .prepare_cached("SELECT s.time FROM status s JOIN entry e ON e.id = s.id WHERE s.id = ?1")?
            .query_row([one.entry.0], |row| row.get::<_, i64>(0))
            .optional()?;
        if let (Some(words), Some(time)) = (&one.words, time) {
            placed.push((time, one.entry, words));
        }
        tx.prepare_cached("DELETE FROM to_index WHERE id = ?1")?.execute([one.change])?;
    }
    placed.sort_unstable_by_key(|(time, entry, _)| (*time, *entry));
    for (time, entry, words) in placed {
        insert(tx, free_place(tx, time)?, entry, words)?;
    }
    Ok(())
}

/// Takes an entry out whose text goes; nothing waits for it any more.
pub(super) fn forget(tx: &Transaction<'_>, entry: EntryId) -> rusqlite::Result<()> {
    remove(tx, entry)?;
    tx.prepare_cached("DELETE FROM to_index WHERE entry = ?1")?.execute([entry.0]).map(drop)
}

fn remove(tx: &Transaction<'_>, entry: EntryId) -> rusqlite::Result<()> {
    let place = tx
        .prepare_cached("DELETE FROM indexed WHERE entry = ?1 RETURNING place")?
        .query_row([entry.0], |row| row.get::<_, i64>(0))
        .optional()?;
    match place {
        Some(place) => tx.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([place]).map(drop),
        None => Ok(()),
    }
}

fn insert(tx: &Transaction<'_>, place: i64, entry: EntryId, words: &IndexedWords) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT INTO words (rowid, title, author, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![place, words.title, words.author, words.body])?;
    tx.prepare_cached(
        "INSERT INTO indexed (place, entry, length, language, has_image) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![place, entry.0, words.length, words.language, words.has_image])
    .map(drop)
}

/// Finds a place for an entry of a time: behind those of the same second.
fn free_place(tx: &Transaction<'_>, time: i64) -> rusqlite::Result<i64> {
    let mut statement = tx.prepare_cached("SELECT max(place) FROM indexed WHERE place BETWEEN ?1 AND ?2")?;
    let mut first = place_of(time);
    loop {
        let last = statement.query_row([first, first + SLOTS - 1], |row| row.get::<_, Option<i64>>(0))?;
        match last {
            None => return Ok(first),
            Some(last) if last < first + SLOTS - 1 => return Ok(last + 1),
            Some(last) => first = last + 1,
        }
    }
}

/// Gives the first place of a second. What is older than the calendar of computers stands at its beginning.
pub(super) fn place_of(time: i64) -> i64 {
    time.max(0).saturating_mul(SLOTS)
}
