//! What is noted of a fetch: how it went, when the feed is asked again, and where it lives.

use rusqlite::{Transaction, params};

use super::fetches::if_at;
use super::holds;
use crate::model::{FeedId, Timestamp, Url};

/// What is noted of a fetch that was made, beside the document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FetchNote {
    /// The feed.
    pub feed: FeedId,
    /// The address that was asked: nothing is noted of a feed that has another by now.
    pub asked: Url,
    /// The HTTP status of the answer, where one came.
    pub status: Option<u16>,
    /// What went wrong, where something did.
    pub problem: Option<String>,
    /// Failures in a row, this one included; not where there was no network at all.
    pub failures: u32,
    /// Not by itself before.
    pub not_before: Option<Timestamp>,
    /// When it is due next.
    pub next_due: Timestamp,
    /// Not at all before.
    pub held_until: Option<Timestamp>,
    /// The host for all of which that holds: the one that answered, wherever the feed lies.
    pub held_host: Option<String>,
    /// The server says that it is gone for good.
    pub is_gone: bool,
    /// Where it lives.
    pub address: Address,
}

/// Where a feed lives, as the answer to a fetch has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Address {
    /// Where it did, or nothing is known of it.
    Same,
    /// Elsewhere, by permanent redirects; the subscription keeps its address.
    MovesTo(Url),
    /// Elsewhere for good: the subscription takes the new address, unless it belongs to another feed.
    Moved(Url),
}

/// Notes how a fetch went, unless the feed has another address by now than the one that was asked.
pub(super) fn note(tx: &Transaction<'_>, note: &FetchNote, now: Timestamp) -> rusqlite::Result<()> {
    if_at(tx, note.feed, &note.asked, || write(tx, note, now)).map(drop)
}

fn write(tx: &Transaction<'_>, note: &FetchNote, now: Timestamp) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "UPDATE fetch SET checked = ?2, succeeded = CASE WHEN ?4 IS NULL THEN ?2 ELSE succeeded END, \
         status = ?3, problem = ?4, failures = ?5, not_before = ?6, next_due = ?7, held_until = ?8, \
         gone = ?9, moved_to = ?10 WHERE feed = ?1",
    )?
    .execute(params![
        note.feed.0,
        now.as_second(),
        note.status,
        note.problem,
        note.failures,
        note.not_before.map(Timestamp::as_second),
        note.next_due.as_second(),
        note.held_until.map(Timestamp::as_second),
        note.is_gone,
        moves_to(&note.address),
    ])?;
    if let (Some(host), Some(until)) = (&note.held_host, note.held_until) {
        holds::hold(tx, host, until, now)?;
    }
    match &note.address {
        Address::Same | Address::MovesTo(_) => Ok(()),
        Address::Moved(to) => rewrite(tx, note.feed, &note.asked, to),
    }
}

fn moves_to(address: &Address) -> Option<&str> {
    match address {
        Address::Same => None,
        Address::MovesTo(to) | Address::Moved(to) => Some(to.as_str()),
    }
}

/// Gives a feed its new address. One that belongs to another feed that is followed leaves all as it is; one that was
/// removed gives way.
fn rewrite(tx: &Transaction<'_>, feed: FeedId, from: &Url, to: &Url) -> rusqlite::Result<()> {
    give_way(tx, to.as_str())?;
    let rewritten = tx
        .prepare_cached(
            "UPDATE feed SET url = ?2 WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM feed WHERE url = ?2)",
        )?
        .execute(params![feed.0, to.as_str()])?;
    if rewritten == 1 {
        tx.prepare_cached("UPDATE fetch SET moved_to = NULL WHERE feed = ?1")?.execute([feed.0])?;
        tx.prepare_cached("DELETE FROM former_address WHERE url = ?1")?.execute([to.as_str()])?;
        tx.prepare_cached("INSERT OR REPLACE INTO former_address (url, feed) VALUES (?1, ?2)")?
            .execute(params![from.as_str(), feed.0])?;
    }
    Ok(())
}

/// Tells a removed feed apart from the one that takes its address, by a fragment, which no server sees: should its
/// removal be undone, it is fetched from where it always was.
pub(super) fn give_way(tx: &Transaction<'_>, url: &str) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "UPDATE OR IGNORE feed SET url = url || '#removed-' || id WHERE url = ?1 AND subscribed = 0",
    )?
    .execute([url])
    .map(drop)
}

/// A good fetch of a feed at `http://a.test/`.
#[cfg(test)]
pub(super) fn noted(feed: FeedId) -> FetchNote {
    FetchNote {
        feed,
        asked: Url::parse("http://a.test/").unwrap(),
        status: Some(200),
        problem: None,
        failures: 0,
        not_before: None,
        next_due: super::sample::at(1_800),
        held_until: None,
        held_host: None,
        is_gone: false,
        address: Address::Same,
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::store::fetches::{FetchPlan, plans};
    use crate::store::sample::{self, at, entries, transact};
    use crate::store::{journal, open, subscriptions};

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn what_went_wrong_stays_until_the_feed_answers_again() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let problem = Some("the server did not answer in time".to_owned());
        let failed = FetchNote { status: None, problem, failures: 2, ..noted(feed) };
        transact(&mut conn, |tx| note(tx, &failed, at(2)));
        let health = |conn: &Connection| subscriptions::load(conn).unwrap().feeds[0].health.clone();
        let ill = health(&conn);
        assert_eq!((ill.failures, ill.status, ill.succeeded), (2, None, None));
        assert_eq!(ill.problem.as_deref(), Some("the server did not answer in time"));
        transact(&mut conn, |tx| note(tx, &noted(feed), at(3)));
        let well = health(&conn);
        assert_eq!((well.failures, well.problem, well.status), (0, None, Some(200)));
        assert_eq!((well.succeeded, well.next_due), (Some(at(3)), Some(at(1_800))));
    }

    #[test]
    fn what_an_address_answered_is_not_noted_of_the_next_one() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://b.test/");
        let before = plans(&conn).unwrap();
        let gone = FetchNote {
            status: Some(410),
            held_until: Some(at(99)),
            is_gone: true,
            address: Address::Moved(url("http://c.test/")),
            ..noted(feed)
        };
        transact(&mut conn, |tx| note(tx, &gone, at(3)));
        assert_eq!(plans(&conn).unwrap(), before);
    }

    #[test]
    fn the_host_that_said_429_is_held_and_not_the_one_that_led_there() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/led");
        sample::feed(&mut conn, "http://a.test/other");
        sample::feed(&mut conn, "http://busy.test/");
        let busy = FetchNote {
            asked: url("http://a.test/led"),
            held_until: Some(at(99)),
            held_host: Some("busy.test".to_owned()),
            ..noted(feed)
        };
        transact(&mut conn, |tx| note(tx, &busy, at(3)));
        let held = |plan: &FetchPlan| (plan.held_until.is_some(), plan.host_held_until.is_some());
        let mut plans = plans(&conn).unwrap();
        plans.sort_by_key(|plan| plan.feed);
        assert_eq!(
            plans.iter().map(held).collect::<Vec<_>>(),
            [(true, false), (false, false), (false, true)]
        );
    }

    #[test]
    fn a_feed_that_moved_keeps_its_entries_and_is_known_by_its_old_address() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        sample::ingest(&mut conn, feed, &entries(&[("one", 1)]));
        let moved = Address::Moved(url("http://b.test/"));
        transact(&mut conn, |tx| note(tx, &FetchNote { address: moved, ..noted(feed) }, at(3)));
        let found = subscriptions::load(&conn).unwrap().feeds.remove(0);
        assert_eq!((found.url.as_str(), found.counts.unread), ("http://b.test/", 1));
        assert_eq!(found.health.moved_to, None);
        let again = crate::store::NewSubscription::to(url("http://a.test/"));
        assert_eq!(transact(&mut conn, |tx| subscriptions::subscribe(tx, &[again], at(4))), []);
    }

    #[test]
    fn a_removed_feed_keeps_nobody_from_moving_and_comes_back_beside() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let removed = sample::feed(&mut conn, "http://b.test/");
        transact(&mut conn, |tx| subscriptions::remove(tx, &[removed], at(2)));
        let moved = Address::Moved(url("http://b.test/"));
        transact(&mut conn, |tx| note(tx, &FetchNote { address: moved, ..noted(feed) }, at(3)));
        let found = subscriptions::load(&conn).unwrap().feeds.remove(0);
        assert_eq!((found.url.as_str(), found.health.moved_to), ("http://b.test/", None));
        transact(&mut conn, journal::undo);
        let back = subscriptions::load(&conn).unwrap().feeds.remove(1);
        assert_eq!((back.feed, back.url.as_str()), (removed, "http://b.test/#removed-2"));
    }

    #[test]
    fn a_feed_does_not_move_onto_another_one() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        sample::feed(&mut conn, "http://b.test/");
        let moved = Address::Moved(url("http://b.test/"));
        transact(&mut conn, |tx| note(tx, &FetchNote { address: moved, ..noted(feed) }, at(3)));
        let found = subscriptions::load(&conn).unwrap().feeds.remove(0);
        assert_eq!(found.url.as_str(), "http://a.test/");
        assert_eq!(found.health.moved_to, Some(url("http://b.test/")));
    }
}
