//! Runs the reader's rules over what a fetch brought.

use jiff::tz::TimeZone;

use crate::model::{Asked, Deed, EntryId, QueryId, SavedQuery, Subscriptions, Timestamp};
use crate::search;
use crate::store::{Rule, Store, StoreError};

/// Entries looked at in one transaction: keeps it well below 50 ms.
const BATCH: usize = 100;

/// What a rule did with what a fetch brought.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleRan {
    /// The title of the query that is the rule.
    pub title: String,
    /// The entries it selected.
    pub entries: Vec<EntryId>,
    /// The desktop is to be told.
    pub is_told: bool,
}

/// Makes a rule of a query; none where its words cannot be read.
pub fn rule_of(query: &SavedQuery, subscriptions: &Subscriptions, asked: &Asked) -> Option<Rule> {
    let filter = search::parse_query(&query.query).ok()?.filter(subscriptions, asked);
    Some(Rule { query: query.id, filter, deeds: query.deeds.clone() })
}

/// Runs the rules over new entries whose words are in the index; gives what each did, where it did something.
pub async fn run_rules(store: &Store, zone: &TimeZone, now: Timestamp) -> Result<Vec<RuleRan>, StoreError> {
    if !store.has_waiting_for_rules().await? {
        return Ok(Vec::new());
    }
    let subscriptions = store.subscriptions().await?;
    let asked = Asked { now, zone: zone.clone(), seen: store.last_seen().await? };
    let queries = subscriptions.queries.iter().filter(|query| !query.deeds.is_empty());
    let rules: Vec<Rule> = queries.filter_map(|query| rule_of(query, &subscriptions, &asked)).collect();
    let mut ran: Vec<(QueryId, RuleRan)> = Vec::new();
    loop {
        let (hits, is_more) = store.run_rules(rules.clone(), BATCH, now).await?;
        for one in hits {
            match ran.iter_mut().find(|(query, _)| *query == one.query) {
                Some((_, ran)) => ran.entries.extend(one.entries),
                None => ran.push((one.query, did(one.query, one.entries, &subscriptions))),
            }
        }
        if !is_more {
            return Ok(ran.into_iter().map(|(_, ran)| ran).collect());
        }
    }
}

fn did(query: QueryId, entries: Vec<EntryId>, subscriptions: &Subscriptions) -> RuleRan {
    let query = subscriptions.query(query);
    RuleRan {
        title: query.map(|query| query.title.clone()).unwrap_or_default(),
        entries,
        is_told: query.is_some_and(|query| query.deeds.contains(&Deed::Notify)),
    }
}
