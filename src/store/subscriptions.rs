//! Feeds the reader follows, in folders. Removing hides; nothing is deleted.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::holds::{self, Holds};
use super::{column, fetches, journal, saved_queries, settings};
use crate::feed::ForeignAttributes;
use crate::model::{
    Counts, FeedChange, FeedId, Folder, FolderId, Health, Step, Subscription, Subscriptions, Timestamp, Url,
};

/// A feed to follow.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewSubscription {
    /// Where the feed is fetched.
    pub url: Url,
    /// The title the reader chose.
    pub title: Option<String>,
    /// The web site, where known.
    pub site: Option<Url>,
    /// The folder as a path of names, outermost first; empty for none.
    pub folder: Vec<String>,
    /// What a list says of it by names that mean nothing here.
    pub attributes: Vec<(String, String)>,
}

impl NewSubscription {
    /// Follows an address, in no folder and by the feed's own title.
    pub fn to(url: Url) -> NewSubscription {
        NewSubscription { url, title: None, site: None, folder: Vec::new(), attributes: Vec::new() }
    }
}

/// Loads everything the sidebar shows; costs what the feeds cost, whatever the entries.
pub(super) fn load(conn: &Connection) -> rusqlite::Result<Subscriptions> {
    // One moment for all of it: counts and feeds belong together.
    let _moment = conn.unchecked_transaction()?;
    let folders = conn
        .prepare_cached("SELECT id, parent, title FROM folder ORDER BY id")?
        .query_map([], |row| {
            Ok(Folder {
                id: FolderId(row.get(0)?),
                parent: row.get::<_, Option<i64>>(1)?.map(FolderId),
                title: row.get(2)?,
            })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let holds = holds::all(conn)?;
    let feeds = conn
        .prepare_cached(
            "SELECT f.id, f.url, coalesce(f.own_title, nullif(f.title, '')), f.site, f.folder, \
             c.total, c.unread, c.saved, t.checked, t.succeeded, t.problem, t.failures, t.next_due, t.status, \
             t.moved_to, t.gone, p.value IS NOT NULL, t.held_until \
             FROM feed f JOIN feed_count c ON c.feed = f.id JOIN fetch t ON t.feed = f.id \
             LEFT JOIN feed_setting p ON p.feed = f.id AND p.name = 'paused' \
             WHERE f.subscribed = 1 ORDER BY f.id",
        )?
        .query_map([], |row| subscription(row, &holds))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let queries = saved_queries::load(conn)?;
    Ok(Subscriptions { folders, feeds, queries, former: former(conn)?, library: library_counts(conn)? })
}

/// Lists the titles of feeds no longer followed, of which saved entries are left.
fn former(conn: &Connection) -> rusqlite::Result<Vec<(FeedId, String)>> {
    conn.prepare_cached(
        "SELECT f.id, coalesce(f.own_title, nullif(f.title, '')), f.url FROM feed f \
         JOIN feed_count c ON c.feed = f.id WHERE f.subscribed = 0 AND c.total > 0",
    )?
    .query_map([], |row| Ok((FeedId(row.get(0)?), column::feed_title(row, 1, 2)?)))?
    .collect()
}

/// Tells whether no feed was ever followed here.
pub(super) fn is_new(conn: &Connection) -> rusqlite::Result<bool> {
    conn.query_row("SELECT NOT EXISTS (SELECT 1 FROM feed)", [], |row| row.get(0))
}

/// Follows feeds and writes the step down; gives those not followed before.
pub(super) fn subscribe(
    tx: &Transaction<'_>,
    feeds: &[NewSubscription],
    at: Timestamp,
) -> rusqlite::Result<Vec<FeedId>> {
    let mut folders = HashMap::new();
    let (mut added, mut changes) = (Vec::new(), Vec::new());
    for feed in feeds {
        let folder = folder_of(tx, &feed.folder, &mut folders)?;
        let known = by_address(tx, &feed.url)?.or(by_former_address(tx, &feed.url)?);
        added.extend(follow(tx, feed, folder, known, &mut changes)?);
    }
    record(tx, added.clone(), changes, at)?;
    Ok(added)
}

/// Follows the feed that lies at an address now, and writes the step down; none when it was followed already. No
/// feed that once lay there is meant any more.
pub(super) fn add(
    tx: &Transaction<'_>,
    feed: &NewSubscription,
    at: Timestamp,
) -> rusqlite::Result<Option<FeedId>> {
    let folder = folder_of(tx, &feed.folder, &mut HashMap::new())?;
    let known = by_address(tx, &feed.url)?;
    let mut changes = Vec::new();
    let added = follow(tx, feed, folder, known, &mut changes)?;
    tx.prepare_cached("DELETE FROM former_address WHERE url = ?1")?.execute([feed.url.as_str()])?;
    record(tx, added.into_iter().collect(), changes, at)?;
    Ok(added)
}

/// Writes down which feeds are followed now, and what was otherwise with those that had been followed before.
fn record(
    tx: &Transaction<'_>,
    added: Vec<FeedId>,
    changes: Vec<FeedChange>,
    at: Timestamp,
) -> rusqlite::Result<()> {
    journal::record(tx, &Step::Subscribed(added), at)?;
    if changes.is_empty() { Ok(()) } else { journal::join(tx, &Step::Changed(changes), at) }
}

/// Follows the feeds of a list, with all of its folders, and writes the step down; gives those not followed before.
pub(super) fn import(
    tx: &Transaction<'_>,
    folders: &[Vec<String>],
    feeds: &[NewSubscription],
    at: Timestamp,
) -> rusqlite::Result<Vec<FeedId>> {
    let mut known = HashMap::new();
    for path in folders {
        folder_of(tx, path, &mut known)?;
    }
    subscribe(tx, feeds, at)
}

/// Loads what imported lists said of feeds by names that mean nothing here.
pub(super) fn attributes(conn: &Connection) -> rusqlite::Result<ForeignAttributes> {
    conn.prepare_cached("SELECT id, attributes FROM feed WHERE subscribed = 1 AND attributes IS NOT NULL")?
        .query_map([], |row| Ok((FeedId(row.get(0)?), column::json(row, 1)?)))?
        .collect()
}

/// Follows a feed that comes with the program: not the reader's doing, so not in the journal.
pub(super) fn subscribe_quietly(
    tx: &Transaction<'_>,
    feed: &NewSubscription,
) -> rusqlite::Result<Option<FeedId>> {
    let folder = folder_of(tx, &feed.folder, &mut HashMap::new())?;
    let known = by_address(tx, &feed.url)?;
    follow(tx, feed, folder, known, &mut Vec::new())
}

/// Stops following feeds and writes that down as one step; gives those that were followed.
pub(super) fn remove(tx: &Transaction<'_>, feeds: &[FeedId], at: Timestamp) -> rusqlite::Result<Vec<FeedId>> {
    let mut removed = Vec::new();
    for feed in feeds {
        let followed = tx
            .prepare_cached("SELECT subscribed FROM feed WHERE id = ?1")?
            .query_row([feed.0], |row| row.get(0))
            .optional()?;
        if followed == Some(true) {
            unlist(tx, *feed)?;
            removed.push(*feed);
        }
    }
    if !removed.is_empty() {
        journal::record(tx, &Step::Removed(removed.clone()), at)?;
    }
    Ok(removed)
}

/// Hides a feed and its entries, the saved ones excepted.
pub(super) fn unlist(tx: &Transaction<'_>, feed: FeedId) -> rusqlite::Result<()> {
    tx.execute("UPDATE feed SET subscribed = 0 WHERE id = ?1", [feed.0])?;
    tx.execute("UPDATE status SET listed = 0 WHERE feed = ?1 AND listed = 1 AND saved = 0", [feed.0])?;
    Ok(())
}

/// Shows a feed and its entries again.
pub(super) fn list_again(tx: &Transaction<'_>, feed: FeedId) -> rusqlite::Result<()> {
    tx.execute("UPDATE feed SET subscribed = 1 WHERE id = ?1", [feed.0])?;
    tx.execute(
        "UPDATE status SET listed = 1 \
         WHERE feed = ?1 AND listed = 0 AND hidden = 0 AND EXISTS (SELECT 1 FROM entry WHERE entry.id = status.id)",
        [feed.0],
    )?;
    Ok(())
}

fn subscription(row: &rusqlite::Row<'_>, holds: &Holds) -> rusqlite::Result<Subscription> {
    let url: String = row.get(1)?;
    let url = Url::parse(&url).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, Box::new(error))
    })?;
    let health = health(row, holds.of(&url))?;
    Ok(Subscription {
        feed: FeedId(row.get(0)?),
        url,
        title: column::feed_title(row, 2, 1)?,
        site: column::url(row, 3)?,
        folder: row.get::<_, Option<i64>>(4)?.map(FolderId),
        counts: counts(row, 5)?,
        health,
    })
}

fn health(row: &rusqlite::Row<'_>, host_held_until: Option<Timestamp>) -> rusqlite::Result<Health> {
    let checked = column::timestamp_or_none(row, 8)?;
    let next_due = column::timestamp_or_none(row, 12)?;
    let held_until = column::timestamp_or_none(row, 17)?.max(host_held_until);
    // What was never asked is due at once, were it not for the wait.
    let is_due_once = next_due.is_some() || checked.is_none();
    Ok(Health {
        state: fetches::state(row.get(16)?, row.get(15)?),
        next_due: if is_due_once { next_due.max(held_until) } else { None },
        held_until,
        status: row.get(13)?,
        moved_to: column::url(row, 14)?,
        checked,
        succeeded: column::timestamp_or_none(row, 9)?,
        problem: row.get(10)?,
        failures: row.get(11)?,
    })
}

fn library_counts(conn: &Connection) -> rusqlite::Result<Counts> {
    conn.prepare_cached(
        "SELECT coalesce(sum(total), 0), coalesce(sum(unread), 0), coalesce(sum(saved), 0) FROM feed_count",
    )?
    .query_row([], |row| counts(row, 0))
}

fn counts(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<Counts> {
    // The triggers never count below nothing.
    let count = |index| row.get(index).map(|count: i64| count.unsigned_abs());
    Ok(Counts { total: count(first)?, unread: count(first + 1)?, saved: count(first + 2)? })
}

/// A feed that is in the library, and whether it is followed.
type KnownFeed = (i64, bool);

fn by_address(tx: &Connection, url: &Url) -> rusqlite::Result<Option<KnownFeed>> {
    tx.prepare_cached("SELECT id, subscribed FROM feed WHERE url = ?1")?
        .query_row([url.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Finds a feed that was moved away from an address: lists of feeds grow old.
fn by_former_address(tx: &Connection, url: &Url) -> rusqlite::Result<Option<KnownFeed>> {
    tx.prepare_cached(
        "SELECT f.id, f.subscribed FROM former_address a JOIN feed f ON f.id = a.feed WHERE a.url = ?1",
    )?
    .query_row([url.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
    .optional()
}

/// Follows one feed, anew where it is known; none when it was followed already. Tells what was otherwise before.
fn follow(
    tx: &Transaction<'_>,
    feed: &NewSubscription,
    folder: Option<FolderId>,
    known: Option<KnownFeed>,
    changes: &mut Vec<FeedChange>,
) -> rusqlite::Result<Option<FeedId>> {
    let folder = folder.map(|id| id.0);
    let site = feed.site.as_ref().map(Url::as_str);
    let attributes = Some(&feed.attributes).filter(|attributes| !attributes.is_empty());
    let attributes = attributes.map(column::to_json).transpose()?;
    match known {
        Some((_, true)) => Ok(None),
        Some((id, false)) => {
            let wanted = [("title", feed.title.clone()), ("folder", folder.map(|id| id.to_string()))];
            for (name, after) in wanted.into_iter().filter(|(_, after)| after.is_some()) {
                let before = settings::current(tx, FeedId(id), name)?;
                if before != after {
                    let change = FeedChange { feed: FeedId(id), name: name.to_owned(), before, after };
                    settings::apply(tx, &change)?;
                    changes.push(change);
                }
            }
            tx.prepare_cached("UPDATE feed SET attributes = coalesce(?2, attributes) WHERE id = ?1")?
                .execute(params![id, attributes])?;
            list_again(tx, FeedId(id))?;
            Ok(Some(FeedId(id)))
        }
        None => {
            tx.prepare_cached(
                "INSERT INTO feed (url, own_title, site, folder, attributes) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![feed.url.as_str(), feed.title, site, folder, attributes])?;
            Ok(Some(FeedId(tx.last_insert_rowid())))
        }
    }
}

/// Finds the feeds followed at some addresses, or that lived there before they moved.
pub(super) fn followed_at(conn: &Connection, urls: &[Url]) -> rusqlite::Result<HashMap<Url, FeedId>> {
    let mut followed = HashMap::new();
    for url in urls {
        let known = match by_address(conn, url)? {
            None => by_former_address(conn, url)?,
            known => known,
        };
        if let Some((feed, true)) = known {
            followed.insert(url.clone(), FeedId(feed));
        }
    }
    Ok(followed)
}

/// Finds the folder of a path, made where it is missing; none for no path.
pub(super) fn folder_of(
    tx: &Transaction<'_>,
    path: &[String],
    known: &mut HashMap<Vec<String>, FolderId>,
) -> rusqlite::Result<Option<FolderId>> {
    let Some((title, outer)) = path.split_last() else {
        return Ok(None);
    };
    if let Some(id) = known.get(path) {
        return Ok(Some(*id));
    }
    let parent = folder_of(tx, outer, known)?.map(|id| id.0);
    let found: Option<i64> = tx
        .prepare_cached("SELECT id FROM folder WHERE parent IS ?1 AND title = ?2")?
        .query_row(params![parent, title], |row| row.get(0))
        .optional()?;
    let id = match found {
        Some(id) => id,
        None => {
            tx.prepare_cached("INSERT INTO folder (parent, title) VALUES (?1, ?2)")?
                .execute(params![parent, title])?;
            tx.last_insert_rowid()
        }
    };
    known.insert(path.to_vec(), FolderId(id));
    Ok(Some(FolderId(id)))
}

#[cfg(test)]
mod tests;
