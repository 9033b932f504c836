//! Small libraries for the tests of the store.

use rusqlite::{Connection, Transaction};

use super::{NewSubscription, ingest, subscriptions};
use crate::model::{FeedId, Identity, ParsedEntry, Timestamp, Url};

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

pub(super) fn transact<T>(
    conn: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
) -> T {
    let tx = conn.transaction().unwrap();
    let result = work(&tx).unwrap();
    tx.commit().unwrap();
    result
}

/// Follows a feed without a word in the journal.
pub(super) fn feed(conn: &mut Connection, url: &str) -> FeedId {
    let new = NewSubscription::to(Url::parse(url).unwrap());
    let ids = transact(conn, |tx| subscriptions::subscribe(tx, &[new], at(0)));
    conn.execute_batch("DELETE FROM journal_item; DELETE FROM journal;").unwrap();
    ids[0]
}

pub(super) fn ingest(conn: &mut Connection, feed: FeedId, parsed: &[ParsedEntry]) -> ingest::Ingested {
    ingest_at(conn, feed, parsed, at(1_000_000))
}

pub(super) fn ingest_at(
    conn: &mut Connection,
    feed: FeedId,
    parsed: &[ParsedEntry],
    now: Timestamp,
) -> ingest::Ingested {
    let named = crate::feed::named_keys(parsed);
    transact(conn, |tx| ingest::entries(tx, feed, parsed, &named, now))
}

/// Makes entries of a title and a time each.
pub(super) fn entries(of: &[(&str, i64)]) -> Vec<ParsedEntry> {
    of.iter().map(|(title, second)| entry(title, *second)).collect()
}

pub(super) fn status(conn: &Connection, id: i64) -> (bool, bool) {
    conn.query_row("SELECT read, saved FROM status WHERE id = ?1", [id], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
}

/// Shows how SQLite would run a statement.
pub(super) fn plan(conn: &Connection, sql: &str) -> String {
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let parameters = statement.parameter_count();
    let nothing = rusqlite::params_from_iter(vec![0_i64; parameters]);
    let steps = statement.query_map(nothing, |row| row.get::<_, String>(3)).unwrap();
    steps.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}

fn entry(title: &str, second: i64) -> ParsedEntry {
    let hash = |text: &str| i64::from_ne_bytes(xxhash_rust::xxh3::xxh3_64(text.as_bytes()).to_ne_bytes());
    ParsedEntry {
        identity: Identity {
            guid: Some(title.to_owned()),
            key: hash(title),
            likeness: hash(&format!("like {title}")),
        },
        title: title.to_owned(),
        link: Some(Url::parse("http://a.test/").unwrap().join(title).unwrap()),
        link_as_written: None,
        authors: Vec::new(),
        published: Some(at(second)),
        updated: None,
        summary: None,
        content: None,
        base: None,
        enclosures: Vec::new(),
        comments: None,
        tags: Vec::new(),
    }
}
