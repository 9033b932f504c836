//! Takes what a fetch brought: new entries, changed ones, and how the fetch went.

use rusqlite::{OptionalExtension, Transaction, params};

use super::column;
use crate::feed::{self, KnownEntries, KnownEntry, NamedKeys};
use crate::model::{EntryId, FeedId, ParsedEntry, ParsedFeed, Timestamp, Url};

/// What a document changed.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Ingested {
    /// Entries not known before.
    pub new: usize,
    /// Known entries whose text changed.
    pub changed: usize,
}

/// Stores entries of a document that names `named`: known ones change in place and keep their marks.
pub(super) fn entries(
    tx: &Transaction<'_>,
    feed: FeedId,
    parsed: &[ParsedEntry],
    named: &NamedKeys,
    now: Timestamp,
) -> rusqlite::Result<Ingested> {
    let known = known_entries(tx, feed, parsed)?;
    let changes = feed::changes(parsed, &known, named);
    // Ids grow in the order of arrival, and documents begin with the newest.
    for entry in changes.new.iter().rev() {
        insert(tx, feed, entry, now)?;
    }
    for (id, entry) in &changes.changed {
        update(tx, *id, entry)?;
    }
    Ok(Ingested { new: changes.new.len(), changed: changes.changed.len() })
}

/// Stores what the feed says of itself.
pub(super) fn describe(tx: &Transaction<'_>, feed: FeedId, parsed: &ParsedFeed) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "UPDATE feed SET title = ?2, site = coalesce(?3, site) \
         WHERE id = ?1 AND (title <> ?2 OR site IS NOT coalesce(?3, site))",
    )?
    .execute(params![feed.0, parsed.title, parsed.link.as_ref().map(Url::as_str)])
    .map(drop)
}

fn known_entries(
    tx: &Transaction<'_>,
    feed: FeedId,
    parsed: &[ParsedEntry],
) -> rusqlite::Result<KnownEntries> {
    const FOUND: &str =
        "SELECT s.id, s.key, e.fingerprint FROM status s LEFT JOIN entry e ON e.id = s.id WHERE s.feed = ?1";
    let mut by_key = tx.prepare_cached(&format!("{FOUND} AND s.key = ?2"))?;
    let mut by_likeness =
        tx.prepare_cached(&format!("{FOUND} AND s.likeness = ?2 ORDER BY s.id DESC LIMIT 1"))?;
    let found = |row: &rusqlite::Row<'_>| {
        Ok(KnownEntry { id: EntryId(row.get(0)?), key: row.get(1)?, fingerprint: row.get(2)? })
    };
    let mut known = KnownEntries::default();
    for entry in parsed {
        let identity = &entry.identity;
        if let Some(one) = by_key.query_row([feed.0, identity.key], found).optional()? {
            known.by_key.insert(identity.key, one);
        } else if let Some(one) = by_likeness.query_row([feed.0, identity.likeness], found).optional()? {
            known.by_likeness.insert(identity.likeness, one);
        }
    }
    Ok(known)
}

/// Adds an entry that is not known.
pub(super) fn insert(
    tx: &Transaction<'_>,
    feed: FeedId,
    entry: &ParsedEntry,
    now: Timestamp,
) -> rusqlite::Result<EntryId> {
    // A date in the future would keep an entry on top for as long; none means now.
    let time = entry.published.or(entry.updated).map_or(now, |date| date.min(now));
    tx.prepare_cached(
        "INSERT INTO status (feed, time, key, likeness, listed) \
         VALUES (?1, ?2, ?3, ?4, (SELECT subscribed FROM feed WHERE id = ?1))",
    )?
    .execute(params![feed.0, time.as_second(), entry.identity.key, entry.identity.likeness])?;
    let id = EntryId(tx.last_insert_rowid());
    tx.prepare_cached("INSERT INTO entry (id, title, link, fingerprint) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![id.0, entry.title, link(entry), feed::fingerprint(entry)])?;
    write_body(tx, id, entry)?;
    Ok(id)
}

fn update(tx: &Transaction<'_>, id: EntryId, entry: &ParsedEntry) -> rusqlite::Result<()> {
    tx.prepare_cached("UPDATE status SET key = ?2, likeness = ?3 WHERE id = ?1")?.execute([
        id.0,
        entry.identity.key,
        entry.identity.likeness,
    ])?;
    tx.prepare_cached("UPDATE entry SET title = ?2, link = ?3, fingerprint = ?4 WHERE id = ?1")?
        .execute(params![id.0, entry.title, link(entry), feed::fingerprint(entry)])?;
    write_body(tx, id, entry)
}

fn write_body(tx: &Transaction<'_>, id: EntryId, entry: &ParsedEntry) -> rusqlite::Result<()> {
    let enclosures: Vec<_> =
        entry.enclosures.iter().map(|e| (e.url.as_str(), e.mime.as_deref(), e.length)).collect();
    tx.prepare_cached(
        "INSERT OR REPLACE INTO body (entry, guid, authors, published, updated, base, summary, content, tags, enclosures, comments) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        id.0,
        entry.identity.guid,
        column::to_json(&entry.authors)?,
        entry.published.map(Timestamp::as_second),
        entry.updated.map(Timestamp::as_second),
        entry.base.as_ref().map(Url::as_str),
        column::packed(entry.summary.as_deref()),
        column::packed(entry.content.as_deref()),
        column::to_json(&entry.tags)?,
        column::to_json(&enclosures)?,
        entry.comments.as_ref().map(Url::as_str),
    ])
    .map(drop)
}

fn link(entry: &ParsedEntry) -> Option<&str> {
    entry.link.as_ref().map(Url::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Listing, Mark, Window};
    use crate::store::sample::{self, at, entries as parsed, transact};
    use crate::store::{journal, marks, open, subscriptions, timeline};

    fn titles(conn: &rusqlite::Connection) -> Vec<String> {
        let all = timeline::window(
            conn,
            &Listing::default(),
            Window::First,
            EntryId(i64::MAX),
            timeline::Reach::to(99),
        )
        .unwrap();
        all.headlines.into_iter().map(|h| h.title).collect()
    }

    #[test]
    fn undated_entries_keep_the_order_of_their_document() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let mut document = parsed(&[("first", 1), ("second", 2), ("third", 3)]);
        for entry in &mut document {
            entry.published = None;
        }
        sample::ingest(&mut conn, feed, &document);
        assert_eq!(titles(&conn), ["first", "second", "third"]);
    }

    #[test]
    fn a_date_in_the_future_counts_as_now() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        sample::ingest_at(&mut conn, feed, &parsed(&[("soon", 5000)]), at(100));
        sample::ingest_at(&mut conn, feed, &parsed(&[("later", 200)]), at(300));
        assert_eq!(titles(&conn), ["later", "soon"]);
    }

    #[test]
    fn an_edited_entry_stays_read() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let mut document = parsed(&[("one", 1)]);
        sample::ingest(&mut conn, feed, &document);
        transact(&mut conn, |tx| marks::mark(tx, &[EntryId(1)], Mark::Read, at(9)));
        document[0].content = Some("corrected".into());
        let changed = sample::ingest(&mut conn, feed, &document);
        assert_eq!(changed, Ingested { new: 0, changed: 1 });
        assert_eq!(sample::status(&conn, 1), (true, false));
    }

    #[test]
    fn what_comes_in_for_a_feed_just_removed_stays_out_of_sight() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        transact(&mut conn, |tx| subscriptions::remove(tx, &[feed], at(1)));
        sample::ingest(&mut conn, feed, &parsed(&[("late", 2)]));
        assert!(titles(&conn).is_empty());
        transact(&mut conn, journal::undo);
        assert_eq!(titles(&conn), ["late"]);
    }

    #[test]
    fn an_entry_whose_text_was_let_go_stays_known() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let document = parsed(&[("one", 1), ("two", 2)]);
        sample::ingest(&mut conn, feed, &document);
        conn.execute_batch("DELETE FROM body WHERE entry = 1; DELETE FROM entry WHERE id = 1").unwrap();
        assert_eq!(sample::ingest(&mut conn, feed, &document), Ingested::default());
    }

    #[test]
    fn a_repeated_document_changes_nothing() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let document = parsed(&[("one", 1), ("two", 2)]);
        sample::ingest(&mut conn, feed, &document);
        assert_eq!(sample::ingest(&mut conn, feed, &document), Ingested::default());
    }
}
