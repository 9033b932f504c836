//! What the next fetch of a feed needs, and how the last ones went.

use rusqlite::{Connection, Row, Transaction, params};

use super::holds::{self, Holds};
use super::{column, settings, skips};
use crate::model::{FeedId, FeedSchedule, FeedSettings, FeedState, Timestamp, Url};

/// A feed to ask, with all that decides when and how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FetchPlan {
    /// The feed.
    pub feed: FeedId,
    /// Its address.
    pub url: Url,
    /// The title shown while it is fetched.
    pub title: String,
    /// Whether it is fetched by itself.
    pub state: FeedState,
    /// When it was last asked.
    pub checked: Option<Timestamp>,
    /// The validators of the last document.
    pub validators: Validators,
    /// When its document wants to be asked.
    pub schedule: FeedSchedule,
    /// What the reader set for it.
    pub settings: FeedSettings,
    /// Failures in a row.
    pub failures: u32,
    /// Its server wants it asked no sooner, or it failed: not by itself before.
    pub not_before: Option<Timestamp>,
    /// Its server said `Retry-After`: not at all before.
    pub held_until: Option<Timestamp>,
    /// Its host said 429, to whichever feed: not at all before.
    pub host_held_until: Option<Timestamp>,
    /// Where the last answer said that it lives now.
    pub moved_to: Option<Url>,
}

/// What tells an unchanged document.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Validators {
    /// The server's tag of the document.
    pub etag: Option<String>,
    /// The server's date of the document, as it wrote it.
    pub last_modified: Option<String>,
    /// Our fingerprint of its bytes.
    pub body_hash: Option<i64>,
    /// Where it lay, after all redirects: the tag and the date mean something to that server only.
    pub url: Option<Url>,
}

/// Plans the fetch of every feed followed, the longest unasked first.
pub(super) fn plans(conn: &Connection) -> rusqlite::Result<Vec<FetchPlan>> {
    let mut settings = settings::all(conn)?;
    let holds = holds::all(conn)?;
    let mut statement = conn.prepare_cached(
        "SELECT f.id, f.url, coalesce(f.own_title, nullif(f.title, '')), t.etag, t.last_modified, t.body_hash, \
         t.checked, t.ttl, t.skip_hours, t.skip_days, t.failures, t.not_before, t.held_until, t.gone, t.moved_to, \
         t.document_url \
         FROM feed f JOIN fetch t ON t.feed = f.id WHERE f.subscribed = 1 ORDER BY t.checked, f.id",
    )?;
    let mut rows = statement.query([])?;
    let mut plans = Vec::new();
    while let Some(row) = rows.next()? {
        let settings = settings.remove(&FeedId(row.get(0)?)).unwrap_or_default();
        plans.extend(plan(row, settings, &holds)?);
    }
    Ok(plans)
}

/// Does something only where a feed still has the address that was asked: the reader may have changed it meanwhile.
pub(super) fn if_at<T>(
    tx: &Transaction<'_>,
    feed: FeedId,
    asked: &Url,
    work: impl FnOnce() -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    let is_there: bool = tx
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM feed WHERE id = ?1 AND url = ?2)")?
        .query_row(params![feed.0, asked.as_str()], |row| row.get(0))?;
    if is_there { work().map(Some) } else { Ok(None) }
}

/// Notes a document that was taken.
pub(super) fn taken(
    tx: &Transaction<'_>,
    feed: FeedId,
    validators: &Validators,
    now: Timestamp,
) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "UPDATE fetch SET etag = ?2, last_modified = ?3, body_hash = ?4, document_url = ?6, \
         checked = ?5, succeeded = ?5, \
         problem = NULL, failures = 0, gone = 0 WHERE feed = ?1",
    )?
    .execute(params![
        feed.0,
        validators.etag,
        validators.last_modified,
        validators.body_hash,
        now.as_second(),
        validators.url.as_ref().map(Url::as_str)
    ])
    .map(drop)
}

/// Notes when the document wants to be asked.
pub(super) fn schedule(tx: &Transaction<'_>, feed: FeedId, schedule: &FeedSchedule) -> rusqlite::Result<()> {
    let (hours, days) = (skips::hours(&schedule.skip_hours), skips::days(&schedule.skip_days));
    tx.prepare_cached(
        "UPDATE fetch SET ttl = ?2, skip_hours = ?3, skip_days = ?4 \
         WHERE feed = ?1 AND (ttl IS NOT ?2 OR skip_hours <> ?3 OR skip_days <> ?4)",
    )?
    .execute(params![feed.0, schedule.ttl, hours, days])
    .map(drop)
}

/// Reads a plan; feeds without a web address (the embedded welcome) are not fetched.
fn plan(row: &Row<'_>, settings: FeedSettings, holds: &Holds) -> rusqlite::Result<Option<FetchPlan>> {
    let Some(url) = column::url(row, 1)?.filter(|url| matches!(url.scheme(), "http" | "https")) else {
        return Ok(None);
    };
    Ok(Some(FetchPlan {
        feed: FeedId(row.get(0)?),
        host_held_until: holds.of(&url),
        url,
        title: column::feed_title(row, 2, 1)?,
        state: state(settings.is_paused, row.get(13)?),
        checked: column::timestamp_or_none(row, 6)?,
        validators: Validators {
            etag: row.get(3)?,
            last_modified: row.get(4)?,
            body_hash: row.get(5)?,
            url: column::url(row, 15)?,
        },
        schedule: FeedSchedule {
            ttl: row.get(7)?,
            skip_hours: skips::read_hours(row.get(8)?),
            skip_days: skips::read_days(row.get(9)?),
        },
        settings,
        failures: row.get(10)?,
        not_before: column::timestamp_or_none(row, 11)?,
        held_until: column::timestamp_or_none(row, 12)?,
        moved_to: column::url(row, 14)?,
    }))
}

/// Gives the state of a feed.
pub(super) fn state(is_paused: bool, is_gone: bool) -> FeedState {
    match (is_paused, is_gone) {
        (true, _) => FeedState::Paused,
        (false, true) => FeedState::Gone,
        (false, false) => FeedState::Active,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fetch_notes::{self, FetchNote, noted};
    use crate::store::open;
    use crate::store::sample::{self, at, transact};

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn the_embedded_feed_is_not_fetched() {
        let mut conn = open::in_memory();
        sample::feed(&mut conn, "newsterm:welcome");
        sample::feed(&mut conn, "http://me:secret@a.test/");
        let plans = plans(&conn).unwrap();
        assert_eq!(plans.len(), 1);
        assert_eq!(plans[0].title, "http://me:***@a.test/");
    }

    #[test]
    fn a_plan_knows_what_was_noted() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let wish = FeedSchedule {
            ttl: Some(90),
            skip_hours: vec![0, 23],
            skip_days: vec![jiff::civil::Weekday::Monday, jiff::civil::Weekday::Sunday],
        };
        let held = FetchNote { held_until: Some(at(99)), is_gone: true, ..noted(feed) };
        let known = Validators {
            etag: Some("\"1\"".to_owned()),
            last_modified: Some("Sun, 22 Nov 2026 10:00:00 GMT".to_owned()),
            body_hash: Some(7),
            url: Some(url("http://b.test/feed")),
        };
        transact(&mut conn, |tx| taken(tx, feed, &known, at(2)));
        transact(&mut conn, |tx| schedule(tx, feed, &wish));
        transact(&mut conn, |tx| fetch_notes::note(tx, &held, at(3)));
        let plan = plans(&conn).unwrap().remove(0);
        assert_eq!((plan.schedule, plan.validators), (wish, known));
        assert_eq!(
            (plan.held_until, plan.host_held_until, plan.state),
            (Some(at(99)), None, FeedState::Gone)
        );
    }
}
