//! What the next fetch of a feed needs, and how the last ones went.

use rusqlite::{Connection, Row, Transaction, params};

use super::column;
use crate::model::{FeedId, FeedOutcome, Timestamp, Url};

/// A feed to ask, with what its server gave to recognise an unchanged document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FetchPlan {
    /// The feed.
    pub feed: FeedId,
    /// Its address.
    pub url: Url,
    /// The title shown while it is fetched.
    pub title: String,
    /// When it was last asked.
    pub checked: Option<Timestamp>,
    /// The validators of the last document.
    pub validators: Validators,
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
}

/// Plans the fetch of every feed followed, the longest unasked first.
pub(super) fn plans(conn: &Connection) -> rusqlite::Result<Vec<FetchPlan>> {
    conn.prepare_cached(
        "SELECT f.id, f.url, coalesce(f.own_title, nullif(f.title, ''), f.url), t.etag, t.last_modified, t.body_hash, t.checked \
         FROM feed f JOIN fetch t ON t.feed = f.id WHERE f.subscribed = 1 ORDER BY t.checked, f.id",
    )?
    .query_map([], plan)?
    .filter(|row| !matches!(row, Ok(None)))
    .map(|row| row.map(|plan| plan.expect("addresses that cannot be read were left out")))
    .collect()
}

/// Notes a document that was taken.
pub(super) fn taken(
    tx: &Transaction<'_>,
    feed: FeedId,
    validators: &Validators,
    now: Timestamp,
) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "UPDATE fetch SET etag = ?2, last_modified = ?3, body_hash = ?4, checked = ?5, succeeded = ?5, \
         problem = NULL, failures = 0 WHERE feed = ?1",
    )?
    .execute(params![
        feed.0,
        validators.etag,
        validators.last_modified,
        validators.body_hash,
        now.as_second()
    ])
    .map(drop)
}

/// Notes a fetch that brought no document.
pub(super) fn answered(
    tx: &Transaction<'_>,
    feed: FeedId,
    outcome: &FeedOutcome,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let now = now.as_second();
    let sql = match outcome {
        FeedOutcome::Failed(problem) => {
            tx.prepare_cached(
                "UPDATE fetch SET checked = ?2, problem = ?3, failures = failures + 1 WHERE feed = ?1",
            )?
            .execute(params![feed.0, now, problem.to_string()])?;
            return Ok(());
        }
        FeedOutcome::Updated { .. } | FeedOutcome::NotModified | FeedOutcome::NothingNew => {
            "UPDATE fetch SET checked = ?2, succeeded = ?2, problem = NULL, failures = 0 WHERE feed = ?1"
        }
    };
    tx.prepare_cached(sql)?.execute([feed.0, now]).map(drop)
}

/// Reads a plan; feeds without a web address (the embedded welcome) are not fetched.
fn plan(row: &Row<'_>) -> rusqlite::Result<Option<FetchPlan>> {
    let url: String = row.get(1)?;
    let Some(url) = Url::parse(&url).ok().filter(|url| matches!(url.scheme(), "http" | "https")) else {
        return Ok(None);
    };
    Ok(Some(FetchPlan {
        feed: FeedId(row.get(0)?),
        url,
        title: row.get(2)?,
        checked: column::timestamp_or_none(row, 6)?,
        validators: Validators { etag: row.get(3)?, last_modified: row.get(4)?, body_hash: row.get(5)? },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FetchProblem;
    use crate::store::sample::{self, at, transact};
    use crate::store::{open, subscriptions};

    #[test]
    fn failures_count_until_the_feed_answers_again() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let failed = FeedOutcome::Failed(FetchProblem::TimedOut);
        transact(&mut conn, |tx| answered(tx, feed, &failed, at(1)));
        transact(&mut conn, |tx| answered(tx, feed, &failed, at(2)));
        let health = |conn: &Connection| subscriptions::load(conn).unwrap().feeds[0].health.clone();
        assert_eq!(health(&conn).failures, 2);
        assert_eq!(health(&conn).problem.as_deref(), Some("the server did not answer in time"));
        transact(&mut conn, |tx| answered(tx, feed, &FeedOutcome::NotModified, at(3)));
        assert_eq!((health(&conn).failures, health(&conn).problem), (0, None));
    }

    #[test]
    fn the_embedded_feed_is_not_fetched() {
        let mut conn = open::in_memory();
        sample::feed(&mut conn, "newsterm:welcome");
        sample::feed(&mut conn, "http://a.test/");
        let plans = plans(&conn).unwrap();
        assert_eq!(plans.len(), 1);
        assert_eq!(plans[0].title, "http://a.test/");
    }
}
