//! What the reader set for single feeds. Every change is a step in the journal.

use std::collections::HashMap;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{fetch_notes, journal, subscriptions};
use crate::model::{
    FeedChange, FeedId, FeedSetting, FeedSettings, FullText, KeepAge, KeepCount, Step, Timestamp, Url,
};

const HEADER: &str = "header.";

/// How a change of a feed's settings ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SettingsChange {
    /// All is set; these differ from before.
    Made(Vec<FeedChange>),
    /// Nothing is set: the new address belongs to another feed.
    AddressTaken,
}

/// Reads the settings of all feeds that have any.
pub(super) fn all(conn: &Connection) -> rusqlite::Result<HashMap<FeedId, FeedSettings>> {
    let mut settings: HashMap<FeedId, FeedSettings> = HashMap::new();
    let mut statement =
        conn.prepare_cached("SELECT feed, name, value FROM feed_setting ORDER BY feed, name")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (name, value): (String, String) = (row.get(1)?, row.get(2)?);
        read(settings.entry(FeedId(row.get(0)?)).or_default(), &name, value);
    }
    Ok(settings)
}

/// Reads the settings of one feed.
pub(super) fn of(conn: &Connection, feed: FeedId) -> rusqlite::Result<FeedSettings> {
    let mut settings = FeedSettings::default();
    let mut statement =
        conn.prepare_cached("SELECT name, value FROM feed_setting WHERE feed = ?1 ORDER BY name")?;
    let mut rows = statement.query([feed.0])?;
    while let Some(row) = rows.next()? {
        read(&mut settings, &row.get::<_, String>(0)?, row.get(1)?);
    }
    Ok(settings)
}

/// Sets what differs, and writes the step down.
pub(super) fn change(
    tx: &Transaction<'_>,
    settings: &[(FeedId, FeedSetting)],
    at: Timestamp,
) -> rusqlite::Result<SettingsChange> {
    let mut changes = Vec::new();
    for (feed, setting) in settings {
        let (feed, name) = (*feed, setting.name());
        if let FeedSetting::Url(url) = setting
            && owner(tx, url)?.is_some_and(|owner| owner != feed)
        {
            return Ok(SettingsChange::AddressTaken);
        }
        let after = written(tx, setting)?;
        let before = current(tx, feed, &name)?;
        if before != after {
            changes.push(FeedChange { feed, name, before, after });
        }
    }
    changes.iter().try_for_each(|change| apply(tx, change))?;
    journal::record(tx, &Step::Changed(changes.clone()), at)?;
    Ok(SettingsChange::Made(changes))
}

/// Sets one value, without a word in the journal.
pub(super) fn apply(tx: &Transaction<'_>, change: &FeedChange) -> rusqlite::Result<()> {
    let (feed, value) = (change.feed.0, change.after.as_deref());
    match change.name.as_str() {
        "title" => tx.execute("UPDATE feed SET own_title = ?2 WHERE id = ?1", params![feed, value])?,
        "folder" => {
            let folder = value.and_then(|id| id.parse::<i64>().ok());
            tx.execute("UPDATE feed SET folder = ?2 WHERE id = ?1", params![feed, folder])?
        }
        "url" => return set_url(tx, feed, value.unwrap_or_default()),
        name => {
            forget(tx, feed, name)?;
            set_value(tx, feed, name, value)?
        }
    };
    Ok(())
}

/// Forgets what does not hold under another setting. Who is asked otherwise may answer otherwise, and with another
/// document; what he said of when to come again holds still.
fn forget(tx: &Transaction<'_>, feed: i64, name: &str) -> rusqlite::Result<()> {
    let forgotten = match name {
        // A pause after failures goes by the interval.
        "interval" => "next_due = NULL, not_before = CASE WHEN failures > 0 THEN NULL ELSE not_before END",
        "full_text" | "keep_age" | "keep_count" | "paused" => return Ok(()),
        _ => {
            "etag = NULL, last_modified = NULL, body_hash = NULL, document_url = NULL, problem = NULL, failures = 0, gone = 0, \
             not_before = NULL, next_due = NULL"
        }
    };
    tx.execute(&format!("UPDATE fetch SET {forgotten} WHERE feed = ?1"), [feed]).map(drop)
}

fn set_value(tx: &Transaction<'_>, feed: i64, name: &str, value: Option<&str>) -> rusqlite::Result<usize> {
    match value {
        Some(value) => tx.execute(
            "INSERT OR REPLACE INTO feed_setting (feed, name, value) VALUES (?1, ?2, ?3)",
            params![feed, name, value],
        ),
        None => tx.execute("DELETE FROM feed_setting WHERE feed = ?1 AND name = ?2", params![feed, name]),
    }
}

/// Another address has another document, and fails or waits for itself. One that meanwhile belongs to another
/// feed stays there, unless that feed was removed.
fn set_url(tx: &Transaction<'_>, feed: i64, url: &str) -> rusqlite::Result<()> {
    fetch_notes::give_way(tx, url)?;
    if tx.execute("UPDATE OR IGNORE feed SET url = ?2 WHERE id = ?1", params![feed, url])? == 1 {
        tx.execute(
            "UPDATE fetch SET etag = NULL, last_modified = NULL, body_hash = NULL, document_url = NULL, status = NULL, problem = NULL, \
             failures = 0, not_before = NULL, next_due = NULL, held_until = NULL, gone = 0, \
             moved_to = NULL WHERE feed = ?1",
            [feed],
        )?;
    }
    Ok(())
}

fn owner(tx: &Transaction<'_>, url: &Url) -> rusqlite::Result<Option<FeedId>> {
    tx.prepare_cached("SELECT id FROM feed WHERE url = ?1 AND subscribed = 1")?
        .query_row([url.as_str()], |row| row.get(0).map(FeedId))
        .optional()
}

/// Reads a value as it is stored.
pub(super) fn current(tx: &Transaction<'_>, feed: FeedId, name: &str) -> rusqlite::Result<Option<String>> {
    let sql = match name {
        "title" => "SELECT own_title FROM feed WHERE id = ?1",
        "folder" => "SELECT CAST(folder AS TEXT) FROM feed WHERE id = ?1",
        "url" => "SELECT url FROM feed WHERE id = ?1",
        name => {
            return tx
                .prepare_cached("SELECT value FROM feed_setting WHERE feed = ?1 AND name = ?2")?
                .query_row(params![feed.0, name], |row| row.get(0))
                .optional();
        }
    };
    tx.prepare_cached(sql)?.query_row([feed.0], |row| row.get(0)).optional().map(Option::flatten)
}

/// Writes a value as it is stored; folders are made where they are missing.
fn written(tx: &Transaction<'_>, setting: &FeedSetting) -> rusqlite::Result<Option<String>> {
    Ok(match setting {
        FeedSetting::Title(text) | FeedSetting::UserAgent(text) | FeedSetting::AuthCommand(text) => {
            text.clone()
        }
        FeedSetting::Header { value, .. } => value.clone(),
        FeedSetting::Folder(path) => {
            subscriptions::folder_of(tx, path, &mut HashMap::new())?.map(|id| id.to_string())
        }
        FeedSetting::Url(url) => Some(url.to_string()),
        FeedSetting::Interval(interval) => interval.map(|interval| interval.as_secs().to_string()),
        FeedSetting::Proxy(url) => url.as_ref().map(Url::to_string),
        FeedSetting::FullText(wish) => wish.map(|wish| wish.as_str().to_owned()),
        FeedSetting::KeepAge(age) => age.map(KeepAge::to_text),
        FeedSetting::KeepCount(count) => count.map(KeepCount::to_text),
        FeedSetting::Paused(is_paused) => is_paused.then(|| "yes".to_owned()),
    })
}

fn read(settings: &mut FeedSettings, name: &str, value: String) {
    match name {
        "interval" => settings.interval = value.parse().ok().map(Duration::from_secs),
        "user_agent" => settings.user_agent = Some(value),
        "proxy" => settings.proxy = Url::parse(&value).ok(),
        "auth_command" => settings.auth_command = Some(value),
        "full_text" => settings.full_text = FullText::from_name(&value),
        "keep_age" => settings.keep_age = KeepAge::from_text(&value),
        "keep_count" => settings.keep_count = KeepCount::from_text(&value),
        "paused" => settings.is_paused = true,
        name => {
            if let Some(header) = name.strip_prefix(HEADER) {
                settings.headers.push((header.to_owned(), value));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FeedState;
    use crate::store::fetch_notes::{FetchNote, noted};
    use crate::store::sample::{self, at, transact};
    use crate::store::{fetches, open};

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn every_setting() -> Vec<FeedSetting> {
        let text = |text: &str| Some(text.to_owned());
        vec![
            FeedSetting::Title(text("Mine")),
            FeedSetting::Folder(vec!["World".to_owned(), "Asia".to_owned()]),
            FeedSetting::Url(url("http://b.test/")),
            FeedSetting::Interval(Some(Duration::from_hours(2))),
            FeedSetting::UserAgent(text("agent")),
            FeedSetting::Proxy(Some(url("http://proxy.test:3128/"))),
            FeedSetting::Header { name: "X-Key".to_owned(), value: text("k") },
            FeedSetting::AuthCommand(text("pass show a")),
            FeedSetting::FullText(Some(FullText::Always)),
            FeedSetting::KeepAge(Some(KeepAge::Forever)),
            FeedSetting::KeepCount(Some(KeepCount::Newest(500))),
            FeedSetting::Paused(true),
        ]
    }

    fn everything(conn: &Connection) -> (crate::model::Subscription, FeedSettings) {
        let subscription = subscriptions::load(conn).unwrap().feeds.remove(0);
        let settings = all(conn).unwrap().remove(&subscription.feed).unwrap_or_default();
        (subscription, settings)
    }

    fn change(
        tx: &Transaction<'_>,
        feed: FeedId,
        settings: &[FeedSetting],
        at: Timestamp,
    ) -> rusqlite::Result<SettingsChange> {
        let settings: Vec<_> = settings.iter().map(|setting| (feed, setting.clone())).collect();
        super::change(tx, &settings, at)
    }

    #[test]
    fn all_that_is_set_is_one_step_to_undo_and_redo() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let before = everything(&conn);
        transact(&mut conn, |tx| change(tx, feed, &every_setting(), at(1)));
        let after = everything(&conn);
        assert_eq!((after.0.title.as_str(), after.0.url.as_str()), ("Mine", "http://b.test/"));
        assert_eq!((after.0.folder.is_some(), after.0.health.state), (true, FeedState::Paused));
        let expected = FeedSettings {
            interval: Some(Duration::from_hours(2)),
            user_agent: Some("agent".to_owned()),
            proxy: Some(url("http://proxy.test:3128/")),
            headers: vec![("X-Key".to_owned(), "k".to_owned())],
            auth_command: Some("pass show a".to_owned()),
            full_text: Some(FullText::Always),
            keep_age: Some(KeepAge::Forever),
            keep_count: Some(KeepCount::Newest(500)),
            is_paused: true,
        };
        assert_eq!(after.1, expected);
        assert_eq!(of(&conn, feed).unwrap(), expected);
        transact(&mut conn, journal::undo);
        assert_eq!(everything(&conn), before);
        transact(&mut conn, journal::redo);
        assert_eq!(everything(&conn), after);
    }

    #[test]
    fn what_is_set_already_is_no_step() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let cleared = [FeedSetting::Title(None), FeedSetting::Paused(false), FeedSetting::Folder(vec![])];
        let made = transact(&mut conn, |tx| change(tx, feed, &cleared, at(1)));
        assert_eq!(made, SettingsChange::Made(vec![]));
        assert_eq!(transact(&mut conn, journal::undo), None);
    }

    #[test]
    fn an_address_that_belongs_to_another_feed_changes_nothing() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        sample::feed(&mut conn, "http://b.test/");
        let before = everything(&conn);
        let taken = transact(&mut conn, |tx| change(tx, feed, &every_setting(), at(1)));
        assert_eq!(taken, SettingsChange::AddressTaken);
        assert_eq!(everything(&conn), before);
    }

    fn failed(conn: &mut Connection, failures: u32) -> FeedId {
        let feed = sample::feed(conn, "http://a.test/");
        let known = fetches::Validators { etag: Some("\"1\"".to_owned()), ..fetches::Validators::default() };
        transact(conn, |tx| fetches::taken(tx, feed, &known, at(1)));
        let note = FetchNote {
            status: Some(401),
            problem: Some("refused".to_owned()),
            failures,
            not_before: Some(at(900)),
            held_until: Some(at(60)),
            ..noted(feed)
        };
        transact(conn, |tx| fetch_notes::note(tx, &note, at(1)));
        feed
    }

    #[test]
    fn who_is_asked_otherwise_is_asked_anew_but_not_before_he_said() {
        let text = || Some("x".to_owned());
        for setting in [
            FeedSetting::Header { name: "X-Key".to_owned(), value: text() },
            FeedSetting::UserAgent(text()),
            FeedSetting::Proxy(Some(url("http://proxy.test/"))),
            FeedSetting::AuthCommand(text()),
        ] {
            let mut conn = open::in_memory();
            let feed = failed(&mut conn, 6);
            transact(&mut conn, |tx| change(tx, feed, std::slice::from_ref(&setting), at(2)));
            let plan = fetches::plans(&conn).unwrap().remove(0);
            assert_eq!(
                (plan.failures, plan.not_before, plan.held_until),
                (0, None, Some(at(60))),
                "{setting:?}"
            );
            assert_eq!(plan.validators, fetches::Validators::default());
            let health = everything(&conn).0.health;
            assert_eq!((health.problem, health.failures), (None, 0));
        }
    }

    #[test]
    fn another_interval_ends_the_pause_after_failures_and_no_wish_of_the_server() {
        for (failures, expected) in [(6, None), (0, Some(at(900)))] {
            let mut conn = open::in_memory();
            let feed = failed(&mut conn, failures);
            let hour = FeedSetting::Interval(Some(Duration::from_hours(1)));
            transact(&mut conn, |tx| change(tx, feed, &[hour], at(2)));
            let plan = fetches::plans(&conn).unwrap().remove(0);
            assert_eq!((plan.failures, plan.not_before), (failures, expected));
        }
    }

    #[test]
    fn a_removed_feed_gives_its_address_to_one_that_is_set_to_it() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let removed = sample::feed(&mut conn, "http://b.test/");
        transact(&mut conn, |tx| subscriptions::remove(tx, &[removed], at(1)));
        let there = [FeedSetting::Url(url("http://b.test/"))];
        let set = transact(&mut conn, |tx| change(tx, feed, &there, at(2)));
        assert!(matches!(set, SettingsChange::Made(changes) if changes.len() == 1));
        assert_eq!(everything(&conn).0.url, url("http://b.test/"));
        transact(&mut conn, journal::undo);
        transact(&mut conn, journal::undo);
        let feeds = subscriptions::load(&conn).unwrap().feeds;
        assert_eq!((feeds.len(), &feeds[0].url), (2, &url("http://a.test/")));
    }

    #[test]
    fn another_address_is_asked_without_the_validators_of_the_old() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let known = fetches::Validators { etag: Some("\"1\"".to_owned()), ..fetches::Validators::default() };
        transact(&mut conn, |tx| fetches::taken(tx, feed, &known, at(1)));
        transact(&mut conn, |tx| change(tx, feed, &[FeedSetting::Url(url("http://b.test/"))], at(2)));
        assert_eq!(fetches::plans(&conn).unwrap()[0].validators, fetches::Validators::default());
    }
}
