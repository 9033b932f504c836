//! Queries that are kept. Every change is a step in the journal; removing hides, nothing is deleted.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::timeline::{self, Reach};
use super::writer::Urgency;
use super::{Store, StoreError, journal};
use crate::model::{Deed, Filter, NewQuery, QueryChange, QueryId, QuerySetting, SavedQuery, Step, Timestamp};

/// How far a count goes: it costs no more, whatever the library.
const COUNTED: Reach = Reach { limit: 999, looks: 20_000 };

impl Store {
    /// Keeps a query.
    pub async fn keep_query(&self, new: NewQuery, now: Timestamp) -> Result<QueryOutcome, StoreError> {
        self.inner.writer.transact(Urgency::Mark, move |tx| keep(tx, &new, now)).await
    }

    /// Changes a query that is kept.
    pub async fn set_query(
        &self,
        query: QueryId,
        settings: Vec<QuerySetting>,
        now: Timestamp,
    ) -> Result<QueryOutcome, StoreError> {
        self.inner.writer.transact(Urgency::Mark, move |tx| set(tx, query, &settings, now)).await
    }

    /// Keeps a query no longer.
    pub async fn remove_query(&self, query: QueryId, now: Timestamp) -> Result<(), StoreError> {
        self.inner.writer.transact(Urgency::Mark, move |tx| remove(tx, query, now)).await
    }

    /// Counts what filters hold, each up to 999 among no more than 20,000 of the newest entries that come into
    /// question; tells whether there may be more.
    pub async fn count_each(&self, filters: Vec<Filter>) -> Result<Vec<(usize, bool)>, StoreError> {
        self.read(move |conn| filters.iter().map(|filter| timeline::count(conn, filter, COUNTED)).collect())
            .await
    }
}

/// How keeping or changing a query ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum QueryOutcome {
    /// It is as wanted.
    Done(QueryId),
    /// Nothing is changed: another query has that title.
    TitleTaken,
}

/// Loads the queries that are kept, in the order in which they were made.
pub(super) fn load(conn: &Connection) -> rusqlite::Result<Vec<SavedQuery>> {
    conn.prepare_cached("SELECT id, title, query, listed, deeds FROM query WHERE kept = 1 ORDER BY id")?
        .query_map([], |row| {
            Ok(SavedQuery {
                id: QueryId(row.get(0)?),
                title: row.get(1)?,
                query: row.get(2)?,
                is_listed: row.get(3)?,
                // What a later version wrote does nothing here.
                deeds: Deed::parse_all(&row.get::<_, String>(4)?).unwrap_or_default(),
            })
        })?
        .collect()
}

/// Keeps a query, and writes the step down.
pub(super) fn keep(tx: &Transaction<'_>, new: &NewQuery, at: Timestamp) -> rusqlite::Result<QueryOutcome> {
    if is_taken(tx, &new.title, None)? {
        return Ok(QueryOutcome::TitleTaken);
    }
    tx.prepare_cached("INSERT INTO query (title, query, deeds, listed, kept) VALUES (?1, ?2, ?3, ?4, 0)")?
        .execute(params![new.title.trim(), new.query.trim(), Deed::write_all(&new.deeds), new.is_listed])?;
    let query = QueryId(tx.last_insert_rowid());
    change_all(tx, vec![change_of(query, "kept", None, Some("1".to_owned()))], at)?;
    Ok(QueryOutcome::Done(query))
}

/// Sets what differs, and writes the step down.
pub(super) fn set(
    tx: &Transaction<'_>,
    query: QueryId,
    settings: &[QuerySetting],
    at: Timestamp,
) -> rusqlite::Result<QueryOutcome> {
    let mut changes = Vec::new();
    for setting in settings {
        let (name, after) = match setting {
            QuerySetting::Title(title) if is_taken(tx, title, Some(query))? => {
                return Ok(QueryOutcome::TitleTaken);
            }
            QuerySetting::Title(title) => ("title", title.trim().to_owned()),
            QuerySetting::Query(text) => ("query", text.trim().to_owned()),
            QuerySetting::Deeds(deeds) => ("deeds", Deed::write_all(deeds)),
            QuerySetting::Listed(is_listed) => ("listed", i32::from(*is_listed).to_string()),
        };
        let before = current(tx, query, name)?;
        if before.as_ref() != Some(&after) {
            changes.push(change_of(query, name, before, Some(after)));
        }
    }
    change_all(tx, changes, at)?;
    Ok(QueryOutcome::Done(query))
}

/// Keeps a query no longer, and writes the step down.
pub(super) fn remove(tx: &Transaction<'_>, query: QueryId, at: Timestamp) -> rusqlite::Result<()> {
    change_all(tx, vec![change_of(query, "kept", Some("1".to_owned()), None)], at)
}

/// Sets one value, without a word in the journal.
pub(super) fn apply(tx: &Transaction<'_>, change: &QueryChange) -> rusqlite::Result<()> {
    let column = column(&change.name);
    let sql = match column {
        "kept" | "listed" => {
            format!("UPDATE query SET {column} = ?2 IS NOT NULL AND ?2 <> '0' WHERE id = ?1")
        }
        _ => format!("UPDATE query SET {column} = coalesce(?2, '') WHERE id = ?1"),
    };
    tx.prepare_cached(&sql)?.execute(params![change.query.0, change.after]).map(drop)
}

fn change_all(tx: &Transaction<'_>, changes: Vec<QueryChange>, at: Timestamp) -> rusqlite::Result<()> {
    changes.iter().try_for_each(|change| apply(tx, change))?;
    journal::record(tx, &Step::QueriesChanged(changes), at)
}

fn change_of(query: QueryId, name: &str, before: Option<String>, after: Option<String>) -> QueryChange {
    QueryChange { query, name: name.to_owned(), before, after }
}

/// Gives the column of a name; what a later version wrote changes nothing that could be lost.
fn column(name: &str) -> &'static str {
    match name {
        "title" => "title",
        "query" => "query",
        "deeds" => "deeds",
        "kept" => "kept",
        _ => "listed",
    }
}

fn current(tx: &Transaction<'_>, query: QueryId, name: &str) -> rusqlite::Result<Option<String>> {
    let sql = format!("SELECT CAST({} AS TEXT) FROM query WHERE id = ?1", column(name));
    tx.prepare_cached(&sql)?.query_row([query.0], |row| row.get(0)).optional()
}

fn is_taken(conn: &Connection, title: &str, but: Option<QueryId>) -> rusqlite::Result<bool> {
    let wanted = title.trim().to_lowercase();
    let is_it = |one: &SavedQuery| one.title.to_lowercase() == wanted && Some(one.id) != but;
    Ok(load(conn)?.iter().any(is_it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;
    use crate::store::sample::{at, transact};

    fn new(title: &str) -> NewQuery {
        NewQuery {
            title: title.to_owned(),
            query: " rain ".to_owned(),
            deeds: vec![Deed::Read],
            is_listed: true,
        }
    }

    fn titles(conn: &Connection) -> Vec<String> {
        load(conn).unwrap().into_iter().map(|one| one.title).collect()
    }

    #[test]
    fn queries_are_kept_changed_removed_and_taken_back() {
        let mut conn = open::in_memory();
        assert_eq!(transact(&mut conn, |tx| keep(tx, &new("Rain"), at(1))), QueryOutcome::Done(QueryId(1)));
        let before = load(&conn).unwrap();
        let expected = SavedQuery {
            id: QueryId(1),
            title: "Rain".to_owned(),
            query: "rain".to_owned(),
            is_listed: true,
            deeds: vec![Deed::Read],
        };
        assert_eq!(before, [expected]);
        let settings = [
            QuerySetting::Title("Snow".to_owned()),
            QuerySetting::Query("snow".to_owned()),
            QuerySetting::Deeds(vec![]),
            QuerySetting::Listed(false),
        ];
        transact(&mut conn, |tx| set(tx, QueryId(1), &settings, at(2)));
        let after = load(&conn).unwrap();
        assert_eq!((after[0].title.as_str(), after[0].is_listed, after[0].deeds.len()), ("Snow", false, 0));
        transact(&mut conn, |tx| remove(tx, QueryId(1), at(3)));
        assert!(titles(&conn).is_empty());
        transact(&mut conn, journal::undo);
        assert_eq!(load(&conn).unwrap(), after);
        transact(&mut conn, journal::undo);
        assert_eq!(load(&conn).unwrap(), before);
        transact(&mut conn, journal::undo);
        assert!(titles(&conn).is_empty());
        transact(&mut conn, journal::redo);
        assert_eq!(load(&conn).unwrap(), before);
    }

    #[test]
    fn no_two_queries_have_the_same_title() {
        let mut conn = open::in_memory();
        transact(&mut conn, |tx| keep(tx, &new("Rain"), at(1)));
        assert_eq!(transact(&mut conn, |tx| keep(tx, &new("RAIN "), at(1))), QueryOutcome::TitleTaken);
        transact(&mut conn, |tx| keep(tx, &new("Snow"), at(1)));
        let renamed = [QuerySetting::Title("rain".to_owned())];
        let outcome = transact(&mut conn, |tx| set(tx, QueryId(2), &renamed, at(1)));
        assert_eq!(outcome, QueryOutcome::TitleTaken);
        assert_eq!(titles(&conn), ["Rain", "Snow"]);
    }
}
