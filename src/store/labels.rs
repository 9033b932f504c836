//! Labels: tags, what is hidden and what stands out; journaled with just what they change.

use rusqlite::{Connection, Transaction, params};

use super::writer::Urgency;
use super::{Store, StoreError, journal, marks, timeline};
use crate::model::{EntryId, Filter, Label, Labels, Step, Timestamp};

impl Store {
    /// Gives entries a label, or takes it from them; gives those that changed once that is on disk.
    pub async fn label(
        &self,
        entries: Vec<EntryId>,
        label: Label,
        is_given: bool,
        now: Timestamp,
    ) -> Result<Vec<EntryId>, StoreError> {
        let work = move |tx: &Transaction<'_>| self::label(tx, &entries, (&label, is_given), now);
        self.inner.writer.transact(Urgency::Mark, work).await
    }

    /// Labels everything a filter holds; gives the entries that changed once that is on disk.
    pub async fn label_all(
        &self,
        filter: Filter,
        label: Label,
        is_given: bool,
        now: Timestamp,
    ) -> Result<Vec<EntryId>, StoreError> {
        let work = move |tx: &Transaction<'_>| {
            label_all(tx, &filter, (&label, is_given), timeline::horizon(tx)?, now)
        };
        self.inner.writer.transact(Urgency::Mark, work).await
    }

    /// Lists all tags by the alphabet.
    pub async fn tags(&self) -> Result<Vec<String>, StoreError> {
        self.read(tags).await
    }
}

/// Gives entries a label, or takes it from them, and writes the step down; gives the entries that changed.
pub(super) fn label(
    tx: &Transaction<'_>,
    entries: &[EntryId],
    (label, is_given): (&Label, bool),
    at: Timestamp,
) -> rusqlite::Result<Vec<EntryId>> {
    let changed = set(tx, entries, label, is_given)?;
    journal::record(tx, &step(label, is_given, changed.clone()), at)?;
    Ok(changed)
}

/// Labels everything a filter holds up to a horizon; gives the entries that changed.
pub(super) fn label_all(
    tx: &Transaction<'_>,
    filter: &Filter,
    (label, is_given): (&Label, bool),
    horizon: EntryId,
    at: Timestamp,
) -> rusqlite::Result<Vec<EntryId>> {
    self::label(tx, &marks::held(tx, filter, horizon)?, (label, is_given), at)
}

/// Names what was done as a step.
pub(super) fn step(label: &Label, is_given: bool, entries: Vec<EntryId>) -> Step {
    if is_given { Step::Labelled(label.clone(), entries) } else { Step::Unlabelled(label.clone(), entries) }
}

/// Gives or takes a label without a word in the journal; gives the entries that changed.
pub(super) fn set(
    tx: &Transaction<'_>,
    entries: &[EntryId],
    label: &Label,
    is_given: bool,
) -> rusqlite::Result<Vec<EntryId>> {
    let mut statement = tx.prepare_cached(match (label, is_given) {
        (Label::Tag(_), true) => {
            "INSERT OR IGNORE INTO tag (entry, name) SELECT id, ?2 FROM status WHERE id = ?1"
        }
        (Label::Tag(_), false) => "DELETE FROM tag WHERE entry = ?1 AND name = ?2",
        (Label::Highlighted, true) => {
            "UPDATE status SET highlighted = 1 WHERE id = ?1 AND highlighted = 0 AND ?2 IS NULL"
        }
        (Label::Highlighted, false) => {
            "UPDATE status SET highlighted = 0 WHERE id = ?1 AND highlighted = 1 AND ?2 IS NULL"
        }
        // What is saved stays in sight.
        (Label::Hidden, true) => {
            "UPDATE status SET hidden = 1, listed = listed AND saved WHERE id = ?1 AND hidden = 0 AND ?2 IS NULL"
        }
        (Label::Hidden, false) => {
            "UPDATE status SET hidden = 0, listed = EXISTS (SELECT 1 FROM entry WHERE entry.id = status.id) \
             AND (saved OR (SELECT subscribed FROM feed WHERE feed.id = status.feed)) \
             WHERE id = ?1 AND hidden = 1 AND ?2 IS NULL"
        }
    })?;
    let name = match label {
        Label::Tag(name) => Some(name),
        Label::Hidden | Label::Highlighted => None,
    };
    let mut changed = Vec::with_capacity(entries.len());
    for entry in entries {
        if statement.execute(params![entry.0, name])? == 1 {
            changed.push(*entry);
        }
    }
    Ok(changed)
}

/// Reads what an entry shows of its labels.
pub(super) fn of(conn: &Connection, entry: EntryId) -> rusqlite::Result<Labels> {
    let is_highlighted = conn
        .prepare_cached("SELECT coalesce(max(highlighted), 0) FROM status WHERE id = ?1")?
        .query_row([entry.0], |row| row.get(0))?;
    let tags = conn
        .prepare_cached("SELECT name FROM tag WHERE entry = ?1 ORDER BY name")?
        .query_map([entry.0], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Labels { tags, is_highlighted })
}

/// Lists all tags by the alphabet.
pub(super) fn tags(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    conn.prepare_cached("SELECT DISTINCT name FROM tag ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FeedId, Listing, Mark, Window};
    use crate::store::sample::{self, at, entries, transact};
    use crate::store::timeline::Reach;
    use crate::store::{open, subscriptions};

    fn library() -> Connection {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        sample::ingest(&mut conn, feed, &entries(&[("two", 2), ("one", 1)]));
        conn
    }

    fn give(conn: &mut Connection, id: i64, label: &Label) -> Vec<EntryId> {
        transact(conn, |tx| super::label(tx, &[EntryId(id)], (label, true), at(9)))
    }

    fn listed(conn: &Connection, filter: Filter) -> Vec<i64> {
        let listing = Listing::from(filter);
        let rows = timeline::window(conn, &listing, Window::First, EntryId(99), Reach::to(9)).unwrap();
        rows.headlines.iter().map(|row| row.id.0).collect()
    }

    #[test]
    fn labels_are_given_once_and_taken_back() {
        let mut conn = library();
        let work = Label::Tag("Work".to_owned());
        assert_eq!(give(&mut conn, 1, &work), [EntryId(1)]);
        assert_eq!(give(&mut conn, 1, &Label::Tag("work".to_owned())), []);
        give(&mut conn, 1, &Label::Highlighted);
        assert_eq!(
            of(&conn, EntryId(1)).unwrap(),
            Labels { tags: vec!["Work".to_owned()], is_highlighted: true }
        );
        assert_eq!(tags(&conn).unwrap(), ["Work"]);
        transact(&mut conn, journal::undo);
        assert_eq!(transact(&mut conn, journal::undo), Some(Step::Labelled(work, vec![EntryId(1)])));
        assert_eq!(of(&conn, EntryId(1)).unwrap(), Labels::default());
        transact(&mut conn, journal::redo);
        assert_eq!(of(&conn, EntryId(1)).unwrap().tags, ["Work"]);
        assert_eq!(give(&mut conn, 77, &Label::Tag("stray".to_owned())), []);
    }

    #[test]
    fn what_is_hidden_is_in_no_list_and_no_count_until_it_is_saved_or_shown_again() {
        let mut conn = library();
        give(&mut conn, 1, &Label::Hidden);
        let hidden = || Filter { is_hidden: true, ..Filter::default() };
        assert_eq!(listed(&conn, Filter::default()), [2]);
        assert_eq!(listed(&conn, hidden()), [1]);
        assert_eq!(listed(&conn, Filter { feeds: Some(vec![FeedId(1)]), ..hidden() }), [1]);
        assert_eq!(subscriptions::load(&conn).unwrap().library.unread, 1);
        // The feed that comes back brings it back no more than before.
        transact(&mut conn, |tx| subscriptions::remove(tx, &[FeedId(1)], at(9)));
        transact(&mut conn, journal::undo);
        assert_eq!(listed(&conn, Filter::default()), [2]);
        transact(&mut conn, |tx| marks::mark(tx, &[EntryId(1)], Mark::Saved, at(9)));
        assert_eq!(listed(&conn, Filter::default()), [2, 1]);
        transact(&mut conn, journal::undo);
        assert_eq!(listed(&conn, Filter::default()), [2]);
        transact(&mut conn, journal::undo);
        assert_eq!(listed(&conn, Filter::default()), [2, 1]);
    }
}
