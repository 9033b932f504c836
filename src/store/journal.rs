//! Every change of state by the reader, one step after the other; undo and redo walk it.
//!
//! A step is done, undone, or undone for good once something else was done after the undoing. A joined step goes
//! the way of the one before it: an import subscribes and marks, and is taken back whole.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{labels, marks, saved_queries, settings, subscriptions};
use crate::model::{EntryId, FeedChange, FeedId, Label, Mark, QueryChange, QueryId, Step, Timestamp};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Done = 0,
    Undone = 1,
    Dropped = 2,
    /// Done by a rule: undo leaves it alone.
    Settled = 3,
}

fn kind(step: &Step) -> &'static str {
    match step {
        Step::Marked(Mark::Read, _) => "read",
        Step::Marked(Mark::Unread, _) => "unread",
        Step::Marked(Mark::Saved, _) => "saved",
        Step::Marked(Mark::Unsaved, _) => "unsaved",
        Step::Subscribed(_) => "subscribed",
        Step::Removed(_) => "removed",
        Step::Changed(_) => "changed",
        Step::Labelled(..) => "labelled",
        Step::Unlabelled(..) => "unlabelled",
        Step::QueriesChanged(_) => "queries",
    }
}

/// What a step changed: an entry, a feed or a query; of a setting its name and values too, of a label its name.
#[derive(PartialEq, Eq, PartialOrd, Ord, Default)]
struct Item {
    id: i64,
    name: String,
    before: Option<String>,
    after: Option<String>,
}

impl Item {
    fn of(id: i64) -> Item {
        Item { id, ..Item::default() }
    }

    fn of_change(change: &FeedChange) -> Item {
        let FeedChange { feed, name, before, after } = change.clone();
        Item { id: feed.0, name, before, after }
    }

    fn of_label(id: EntryId, label: &Label) -> Item {
        Item { id: id.0, name: label.to_string(), ..Item::default() }
    }

    fn of_query(change: &QueryChange) -> Item {
        let QueryChange { query, name, before, after } = change.clone();
        Item { id: query.0, name, before, after }
    }

    fn query_change(self) -> QueryChange {
        QueryChange { query: QueryId(self.id), name: self.name, before: self.before, after: self.after }
    }

    fn change(self) -> FeedChange {
        FeedChange { feed: FeedId(self.id), name: self.name, before: self.before, after: self.after }
    }
}

fn items(step: &Step) -> Vec<Item> {
    match step {
        Step::Marked(_, entries) => entries.iter().map(|id| Item::of(id.0)).collect(),
        Step::Subscribed(feeds) | Step::Removed(feeds) => feeds.iter().map(|id| Item::of(id.0)).collect(),
        Step::Changed(changes) => changes.iter().map(Item::of_change).collect(),
        Step::Labelled(label, entries) | Step::Unlabelled(label, entries) => {
            entries.iter().map(|id| Item::of_label(*id, label)).collect()
        }
        Step::QueriesChanged(changes) => changes.iter().map(Item::of_query).collect(),
    }
}

fn step(kind: &str, items: Vec<Item>) -> Option<Step> {
    let entries = |items: Vec<Item>| items.into_iter().map(|item| EntryId(item.id)).collect();
    let feeds = |items: Vec<Item>| items.into_iter().map(|item| FeedId(item.id)).collect();
    Some(match kind {
        "read" => Step::Marked(Mark::Read, entries(items)),
        "unread" => Step::Marked(Mark::Unread, entries(items)),
        "saved" => Step::Marked(Mark::Saved, entries(items)),
        "unsaved" => Step::Marked(Mark::Unsaved, entries(items)),
        "subscribed" => Step::Subscribed(feeds(items)),
        "removed" => Step::Removed(feeds(items)),
        "changed" => Step::Changed(items.into_iter().map(Item::change).collect()),
        "queries" => Step::QueriesChanged(items.into_iter().map(Item::query_change).collect()),
        "labelled" => Step::Labelled(Label::parse(&items.first()?.name)?, entries(items)),
        "unlabelled" => Step::Unlabelled(Label::parse(&items.first()?.name)?, entries(items)),
        _ => return None,
    })
}

/// Writes down a step that was just done. A step that changed nothing is none.
pub(super) fn record(tx: &Transaction<'_>, step: &Step, at: Timestamp) -> rusqlite::Result<()> {
    if !items(step).is_empty() {
        forget_undone(tx)?;
    }
    write(tx, step, (State::Done, false), at)
}

/// Writes down a step that was just done and belongs to the one before.
pub(super) fn join(tx: &Transaction<'_>, step: &Step, at: Timestamp) -> rusqlite::Result<()> {
    if !items(step).is_empty() {
        forget_undone(tx)?;
    }
    write(tx, step, (State::Done, true), at)
}

/// Writes down a step that was just done and that the reader did not do: undo and redo leave it alone.
pub(super) fn settle(tx: &Transaction<'_>, step: &Step, at: Timestamp) -> rusqlite::Result<()> {
    write(tx, step, (State::Settled, false), at)
}

/// What was undone cannot be done again once something else is done.
fn forget_undone(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.prepare_cached("UPDATE journal SET state = ?1 WHERE state = ?2")?
        .execute([State::Dropped as i64, State::Undone as i64])
        .map(drop)
}

/// Tells whether this is the step that was done last. Settings that changed with it are part of it.
pub(super) fn is_last(tx: &Transaction<'_>, step: &Step) -> rusqlite::Result<bool> {
    let last = find(tx, State::Done, "AND NOT (joined = 1 AND kind = 'changed') ORDER BY id DESC")?;
    let sorted = |step: &Step| {
        let mut items = items(step);
        items.sort_unstable();
        items
    };
    Ok(last.is_some_and(|last| kind(&last.step) == kind(step) && sorted(&last.step) == sorted(step)))
}

/// Finds the entries that were marked since a moment; costs what was done since.
pub(super) fn marked_since(conn: &Connection, moment: Timestamp) -> rusqlite::Result<HashSet<EntryId>> {
    let mut steps = conn.prepare_cached("SELECT id, at, kind FROM journal ORDER BY id DESC")?;
    let mut items = conn.prepare_cached("SELECT item FROM journal_item WHERE journal = ?1")?;
    let mut marked = HashSet::new();
    let mut rows = steps.query([])?;
    while let Some(row) = rows.next()? {
        if row.get::<_, i64>(1)? < moment.as_second() {
            break;
        }
        if matches!(row.get_ref(2)?.as_str()?, "read" | "unread" | "saved" | "unsaved") {
            for item in items.query_map([row.get::<_, i64>(0)?], |row| row.get(0).map(EntryId))? {
                marked.insert(item?);
            }
        }
    }
    Ok(marked)
}

fn write(
    tx: &Transaction<'_>,
    step: &Step,
    (state, is_joined): (State, bool),
    at: Timestamp,
) -> rusqlite::Result<()> {
    let items = items(step);
    if items.is_empty() {
        return Ok(());
    }
    tx.prepare_cached("INSERT INTO journal (at, kind, state, joined) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![at.as_second(), kind(step), state as i64, is_joined])?;
    let id = tx.last_insert_rowid();
    let mut insert = tx.prepare_cached(
        "INSERT OR IGNORE INTO journal_item (journal, item, name, before, after) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for item in items {
        insert.execute(params![id, item.id, item.name, item.before, item.after])?;
    }
    Ok(())
}

/// Takes the last step back, with all that is joined to it; gives that step.
pub(super) fn undo(tx: &Transaction<'_>) -> rusqlite::Result<Option<Step>> {
    let mut undone = None;
    while let Some(Found { id, step, is_joined }) = find(tx, State::Done, "ORDER BY id DESC")? {
        apply(tx, &step.opposite())?;
        set_state(tx, id, State::Undone)?;
        undone = Some(step);
        if !is_joined {
            break;
        }
    }
    Ok(undone)
}

/// Does the step again that was undone last, with all that is joined to it; gives that step.
pub(super) fn redo(tx: &Transaction<'_>) -> rusqlite::Result<Option<Step>> {
    let mut redone = None;
    while let Some(Found { id, step, is_joined }) = find(tx, State::Undone, "ORDER BY id")? {
        if redone.is_some() && !is_joined {
            break;
        }
        apply(tx, &step)?;
        set_state(tx, id, State::Done)?;
        redone.get_or_insert(step);
    }
    Ok(redone)
}

/// A step of the journal.
struct Found {
    id: i64,
    step: Step,
    is_joined: bool,
}

fn find(tx: &Transaction<'_>, state: State, rest: &str) -> rusqlite::Result<Option<Found>> {
    let sql = format!("SELECT id, kind, joined FROM journal WHERE state = ?1 {rest} LIMIT 1");
    let row: Option<(i64, String, bool)> = tx
        .prepare_cached(&sql)?
        .query_row([state as i64], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((id, kind, is_joined)) = row else {
        return Ok(None);
    };
    let items = tx
        .prepare_cached("SELECT item, name, before, after FROM journal_item WHERE journal = ?1")?
        .query_map([id], |row| {
            Ok(Item { id: row.get(0)?, name: row.get(1)?, before: row.get(2)?, after: row.get(3)? })
        })?
        .collect::<rusqlite::Result<Vec<Item>>>()?;
    Ok(step(&kind, items).map(|step| Found { id, step, is_joined }))
}

fn apply(tx: &Transaction<'_>, step: &Step) -> rusqlite::Result<()> {
    match step {
        Step::Marked(mark, entries) => marks::set(tx, entries, *mark).map(drop),
        Step::Subscribed(feeds) => feeds.iter().try_for_each(|feed| subscriptions::list_again(tx, *feed)),
        Step::Removed(feeds) => feeds.iter().try_for_each(|feed| subscriptions::unlist(tx, *feed)),
        Step::Changed(changes) => changes.iter().try_for_each(|change| settings::apply(tx, change)),
        Step::Labelled(label, entries) => labels::set(tx, entries, label, true).map(drop),
        Step::Unlabelled(label, entries) => labels::set(tx, entries, label, false).map(drop),
        Step::QueriesChanged(changes) => {
            changes.iter().try_for_each(|change| saved_queries::apply(tx, change))
        }
    }
}

fn set_state(tx: &Transaction<'_>, id: i64, state: State) -> rusqlite::Result<()> {
    tx.prepare_cached("UPDATE journal SET state = ?2 WHERE id = ?1")?.execute([id, state as i64]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;
    use crate::store::sample::{self, at, entries, transact};

    fn library() -> Connection {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        sample::ingest(&mut conn, feed, &entries(&[("one", 1), ("two", 2)]));
        conn
    }

    fn mark(conn: &mut Connection, id: i64, mark: Mark) {
        transact(conn, |tx| marks::mark(tx, &[EntryId(id)], mark, at(9)));
    }

    #[test]
    fn undo_takes_steps_back_in_turn_and_redo_does_them_again() {
        let mut conn = library();
        mark(&mut conn, 1, Mark::Read);
        mark(&mut conn, 1, Mark::Saved);
        assert_eq!(sample::status(&conn, 1), (true, true));
        transact(&mut conn, undo);
        assert_eq!(sample::status(&conn, 1), (true, false));
        transact(&mut conn, undo);
        assert_eq!(sample::status(&conn, 1), (false, false));
        assert_eq!(transact(&mut conn, undo), None);
        let step = transact(&mut conn, redo);
        assert_eq!(step, Some(Step::Marked(Mark::Read, vec![EntryId(1)])));
        assert_eq!(sample::status(&conn, 1), (true, false));
    }

    #[test]
    fn a_new_step_ends_what_could_be_redone() {
        let mut conn = library();
        mark(&mut conn, 1, Mark::Read);
        transact(&mut conn, undo);
        mark(&mut conn, 2, Mark::Saved);
        assert_eq!(transact(&mut conn, redo), None);
        assert_eq!(transact(&mut conn, undo), Some(Step::Marked(Mark::Saved, vec![EntryId(2)])));
    }

    #[test]
    fn a_mark_that_changes_nothing_is_no_step() {
        let mut conn = library();
        mark(&mut conn, 1, Mark::Unread);
        assert_eq!(transact(&mut conn, undo), None);
    }

    #[test]
    fn what_is_joined_goes_with_the_step_before() {
        let mut conn = library();
        mark(&mut conn, 2, Mark::Saved);
        let all = [(Mark::Read, vec![EntryId(1), EntryId(2)]), (Mark::Saved, vec![EntryId(1)])];
        transact(&mut conn, |tx| marks::mark_together(tx, &all, None, at(9)));
        assert_eq!((sample::status(&conn, 1), sample::status(&conn, 2)), ((true, true), (true, true)));
        let first = Step::Marked(Mark::Read, vec![EntryId(1), EntryId(2)]);
        assert_eq!(transact(&mut conn, undo), Some(first.clone()));
        assert_eq!((sample::status(&conn, 1), sample::status(&conn, 2)), ((false, false), (false, true)));
        assert_eq!(transact(&mut conn, redo), Some(first));
        assert_eq!((sample::status(&conn, 1), sample::status(&conn, 2)), ((true, true), (true, true)));
    }

    #[test]
    fn marks_join_the_step_they_belong_to_only_while_it_is_the_last() {
        let mut conn = library();
        mark(&mut conn, 1, Mark::Saved);
        let before = Step::Marked(Mark::Saved, vec![EntryId(1)]);
        transact(&mut conn, |tx| {
            marks::mark_together(tx, &[(Mark::Read, vec![EntryId(1)])], Some(&before), at(9))
        });
        assert_eq!(transact(&mut conn, undo), Some(before.clone()));
        assert_eq!(sample::status(&conn, 1), (false, false));
        transact(&mut conn, redo);
        transact(&mut conn, |tx| {
            marks::mark_together(tx, &[(Mark::Read, vec![EntryId(2)])], Some(&before), at(9))
        });
        assert_eq!(transact(&mut conn, undo), Some(Step::Marked(Mark::Read, vec![EntryId(2)])));
        assert_eq!(sample::status(&conn, 1), (true, true));
    }
}
