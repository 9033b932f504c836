//! Rules: what is done with new entries that a query selects.
//!
//! An entry waits in `to_rule` until its words are in the index; then all rules look at it as it came, and do what they
//! do. That is written to the journal, but undo leaves it alone: it takes back what the reader did last.

use rusqlite::{Connection, Transaction, params, params_from_iter};

use super::writer::Urgency;
use super::{Store, StoreError, column, condition, journal, labels, marks, timeline};
use crate::model::{Deed, EntryId, Filter, QueryId, Step, Timestamp};

impl Store {
    /// Tells whether new entries wait for rules.
    pub async fn has_waiting_for_rules(&self) -> Result<bool, StoreError> {
        self.read(|conn| conn.query_row("SELECT EXISTS (SELECT 1 FROM to_rule)", [], |row| row.get(0))).await
    }

    /// Runs rules over new entries whose words are in the index, at most so many; gives what each rule selected, and
    /// whether there may be more.
    pub async fn run_rules(
        &self,
        rules: Vec<Rule>,
        limit: usize,
        now: Timestamp,
    ) -> Result<(Vec<RuleHits>, bool), StoreError> {
        self.inner.writer.transact(Urgency::Content, move |tx| run(tx, &rules, limit, now)).await
    }

    /// Runs a rule over all entries, as one step; gives those it selected once that is on disk.
    pub async fn run_rule_over_all(&self, rule: Rule, now: Timestamp) -> Result<Vec<EntryId>, StoreError> {
        let work = move |tx: &Transaction<'_>| run_over_all(tx, &rule, timeline::horizon(tx)?, now);
        self.inner.writer.transact(Urgency::Mark, work).await
    }

    /// Tells what rules did with an entry, in order.
    pub async fn rule_traces(&self, entry: EntryId) -> Result<Vec<RuleTrace>, StoreError> {
        self.read(move |conn| traces(conn, entry)).await
    }
}

/// A rule made plain for the store.
#[derive(Clone, PartialEq, Debug)]
pub struct Rule {
    /// The query that is the rule.
    pub query: QueryId,
    /// Which entries it selects.
    pub filter: Filter,
    /// What it does with them.
    pub deeds: Vec<Deed>,
}

/// What a rule selected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleHits {
    /// The query that is the rule.
    pub query: QueryId,
    /// The entries.
    pub entries: Vec<EntryId>,
}

/// What a rule did with an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleTrace {
    /// The title of the query that is the rule.
    pub title: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub deeds: Vec<Deed>,
}

/// Runs rules over new entries whose words are in the index, at most so many; gives what each rule selected, and
/// whether there may be more.
pub(super) fn run(
    tx: &Transaction<'_>,
    rules: &[Rule],
    limit: usize,
    at: Timestamp,
) -> rusqlite::Result<(Vec<RuleHits>, bool)> {
    let entries = waiting(tx, limit)?;
    // All look before one acts.
    let hits = rules
        .iter()
        .map(|rule| Ok(RuleHits { query: rule.query, entries: selected(tx, &rule.filter, &entries)? }))
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for (rule, hits) in rules.iter().zip(&hits) {
        for step in act(tx, rule, &hits.entries, at)? {
            journal::settle(tx, &step, at)?;
        }
    }
    let mut done = tx.prepare_cached("DELETE FROM to_rule WHERE entry = ?1")?;
    for entry in &entries {
        done.execute([entry.0])?;
    }
    Ok((hits.into_iter().filter(|hits| !hits.entries.is_empty()).collect(), entries.len() == limit))
}

/// Runs a rule over all entries up to a horizon, as one step that can be taken back; gives those it selected.
pub(super) fn run_over_all(
    tx: &Transaction<'_>,
    rule: &Rule,
    horizon: EntryId,
    at: Timestamp,
) -> rusqlite::Result<Vec<EntryId>> {
    let entries = marks::held(tx, &rule.filter, horizon)?;
    let mut is_joined = false;
    for step in act(tx, rule, &entries, at)? {
        if is_joined {
            journal::join(tx, &step, at)?;
        } else {
            journal::record(tx, &step, at)?;
        }
        is_joined = true;
    }
    Ok(entries)
}

/// Tells what rules did with an entry, in order.
pub(super) fn traces(conn: &Connection, entry: EntryId) -> rusqlite::Result<Vec<RuleTrace>> {
    conn.prepare_cached(
        "SELECT query.title, rule_trace.at, rule_trace.deeds FROM rule_trace \
         JOIN query ON query.id = rule_trace.query WHERE rule_trace.entry = ?1",
    )?
    .query_map([entry.0], |row| {
        let deeds = Deed::parse_all(&row.get::<_, String>(2)?).unwrap_or_default();
        Ok(RuleTrace { title: row.get(0)?, at: column::timestamp(row, 1)?, deeds })
    })?
    .collect()
}

fn waiting(tx: &Transaction<'_>, limit: usize) -> rusqlite::Result<Vec<EntryId>> {
    tx.prepare_cached(
        "SELECT entry FROM to_rule \
         WHERE NOT EXISTS (SELECT 1 FROM to_index WHERE to_index.entry = to_rule.entry) LIMIT ?1",
    )?
    .query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| row.get(0).map(EntryId))?
    .collect()
}

/// Finds those of some entries that a filter holds.
fn selected(tx: &Transaction<'_>, filter: &Filter, entries: &[EntryId]) -> rusqlite::Result<Vec<EntryId>> {
    let ids: Vec<String> = entries.iter().map(|entry| entry.0.to_string()).collect();
    let clause = condition::clause(&filter.condition);
    let feeds = filter.feeds.as_ref().map(|feeds| {
        let feeds: Vec<String> = feeds.iter().map(|feed| feed.0.to_string()).collect();
        format!(" AND status.feed IN ({})", feeds.join(", "))
    });
    let sql = format!(
        "SELECT status.id FROM status WHERE status.id IN ({}) AND {}{} AND {}",
        ids.join(", "),
        timeline::marked(filter),
        feeds.unwrap_or_default(),
        clause.column(),
    );
    tx.prepare(&sql)?.query_map(params_from_iter(clause.values), |row| row.get(0).map(EntryId))?.collect()
}

/// Does with entries what a rule does, and leaves a trace; gives the steps that changed something.
fn act(tx: &Transaction<'_>, rule: &Rule, entries: &[EntryId], at: Timestamp) -> rusqlite::Result<Vec<Step>> {
    let mut steps = Vec::new();
    for deed in &rule.deeds {
        steps.push(match deed {
            Deed::Label(label) => labels::step(label, true, labels::set(tx, entries, label, true)?),
            Deed::Read | Deed::Save | Deed::Notify => {
                let Some(mark) = deed.mark() else { continue };
                Step::Marked(mark, marks::set(tx, entries, mark)?)
            }
        });
    }
    steps.retain(|step| !matches!(step, Step::Marked(_, none) | Step::Labelled(_, none) if none.is_empty()));
    let mut trace = tx.prepare_cached(
        "INSERT OR REPLACE INTO rule_trace (entry, query, at, deeds) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for entry in entries {
        trace.execute(params![entry.0, rule.query.0, at.as_second(), Deed::write_all(&rule.deeds)])?;
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Condition, NewQuery, Test, Words};
    use crate::search;
    use crate::store::sample::{self, at, transact};
    use crate::store::saved_queries;
    use crate::store::{Indexed, IndexedWords, index, open};

    fn library() -> Connection {
        let mut conn = open::in_memory();
        let deeds = Deed::parse_all("read, tag:wet, hide").unwrap();
        let new = NewQuery { title: "Rain".into(), query: "rain".into(), deeds, is_listed: false };
        transact(&mut conn, |tx| saved_queries::keep(tx, &new, at(1)));
        let feed = sample::feed(&mut conn, "http://a.test/");
        sample::ingest(&mut conn, feed, &sample::entries(&[("snow", 2), ("rain", 1)]));
        conn
    }

    fn index_all(conn: &mut Connection) {
        let waiting = index::waiting(conn, 99).unwrap();
        let words = |title: &str| IndexedWords {
            title: search::indexed(title),
            author: String::new(),
            body: String::new(),
            length: 0,
            language: None,
            has_image: false,
        };
        let read: Vec<Indexed> = waiting
            .into_iter()
            .map(|one| Indexed {
                change: one.change,
                entry: one.entry,
                words: one.texts.map(|texts| words(&texts.title)),
            })
            .collect();
        transact(conn, |tx| index::take(tx, &read));
    }

    fn rule(deeds: &str) -> Rule {
        let words = Words { place: None, text: "rain".to_owned(), is_prefix: false };
        let condition = Condition::Is(Test::Words(words));
        Rule {
            query: QueryId(1),
            filter: Filter { condition, ..Filter::default() },
            deeds: Deed::parse_all(deeds).unwrap(),
        }
    }

    #[test]
    fn rules_look_at_new_entries_once_their_words_are_known_and_once_only() {
        let mut conn = library();
        let rules = [rule("read, tag:wet"), Rule { query: QueryId(1), ..rule("hide") }];
        assert_eq!(transact(&mut conn, |tx| run(tx, &rules, 9, at(5))), (vec![], false));
        index_all(&mut conn);
        let (hits, is_more) = transact(&mut conn, |tx| run(tx, &rules, 2, at(5)));
        assert_eq!((hits.len(), is_more), (2, true));
        assert_eq!(hits[0].entries, [EntryId(1)]);
        assert_eq!(sample::status(&conn, 1), (true, false));
        assert_eq!(labels::of(&conn, EntryId(1)).unwrap().tags, ["wet"]);
        assert_eq!(traces(&conn, EntryId(1)).unwrap().len(), 1);
        assert_eq!(traces(&conn, EntryId(2)).unwrap(), []);
        transact(&mut conn, |tx| marks::mark(tx, &[EntryId(1)], crate::model::Mark::Unread, at(6)));
        assert_eq!(transact(&mut conn, |tx| run(tx, &rules, 9, at(7))), (vec![], false));
        assert_eq!(sample::status(&conn, 1), (false, false));
    }

    #[test]
    fn undo_takes_back_what_the_reader_did_and_not_what_a_rule_did_meanwhile() {
        let mut conn = library();
        transact(&mut conn, |tx| marks::mark(tx, &[EntryId(2)], crate::model::Mark::Saved, at(4)));
        index_all(&mut conn);
        transact(&mut conn, |tx| run(tx, &[rule("read")], 9, at(5)));
        let undone = transact(&mut conn, journal::undo);
        assert_eq!(undone, Some(Step::Marked(crate::model::Mark::Saved, vec![EntryId(2)])));
        assert_eq!(sample::status(&conn, 1), (true, false));
    }

    #[test]
    fn a_rule_that_is_run_over_all_is_one_step() {
        let mut conn = library();
        index_all(&mut conn);
        let rule = rule("read, save, tag:wet, highlight");
        let hit = transact(&mut conn, |tx| run_over_all(tx, &rule, EntryId(9), at(5)));
        assert_eq!(hit, [EntryId(1)]);
        assert_eq!(sample::status(&conn, 1), (true, true));
        assert!(labels::of(&conn, EntryId(1)).unwrap().is_highlighted);
        transact(&mut conn, journal::undo);
        assert_eq!(sample::status(&conn, 1), (false, false));
        assert_eq!(labels::of(&conn, EntryId(1)).unwrap(), crate::model::Labels::default());
    }

    #[test]
    fn what_came_before_there_was_a_rule_waits_for_none() {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        sample::ingest(&mut conn, feed, &sample::entries(&[("rain", 1)]));
        index_all(&mut conn);
        assert_eq!(transact(&mut conn, |tx| run(tx, &[rule("read")], 9, at(5))), (vec![], false));
        assert_eq!(sample::status(&conn, 1), (false, false));
    }
}
