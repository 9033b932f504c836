//! What a search asks of the library: its words as a filter, and as the order of its rows.

use super::State;
use crate::model::{Arrangement, Asked, Filter, Query, QueryId, Scope, Sort, Subscriptions};
use crate::search::{self, QueryError};

/// A search as it is typed: its last word may go on.
pub(super) fn as_typed(text: &str) -> Result<String, QueryError> {
    search::parse_query(text)?;
    let open = format!("{text}*");
    let is_open = text.ends_with(char::is_alphanumeric) && search::parse_query(&open).is_ok();
    Ok(if is_open { open } else { text.trim().to_owned() })
}

/// Reads words that were read before.
fn query(words: &str) -> Query {
    search::parse_query(words).unwrap_or_default()
}

/// Gives the words of a scope that is a query.
pub(super) fn words<'a>(scope: &'a Scope, subscriptions: &'a Subscriptions) -> Option<&'a str> {
    match scope {
        Scope::Search(words) => Some(words),
        Scope::Query(id) => subscriptions.query(*id).map(|query| query.query.as_str()),
        Scope::Unread | Scope::All | Scope::Saved | Scope::Folder(_) | Scope::Feed(_) => None,
    }
}

/// Gives the order that a query asks for, if it does.
pub(super) fn sort(scope: &Scope, subscriptions: &Subscriptions) -> Option<Arrangement> {
    Some(match query(words(scope, subscriptions)?).sort? {
        Sort::Newest => Arrangement::Newest,
        Sort::Oldest => Arrangement::Oldest,
        Sort::Best => Arrangement::Best,
    })
}

impl State {
    /// Makes the filter of what the timeline shows.
    pub(super) fn filter(&self) -> Filter {
        let timeline = &self.timeline;
        let Some(words) = words(&timeline.scope, &self.subscriptions) else {
            return timeline.scope.filter(timeline.unread_only, &self.subscriptions);
        };
        let mut filter = query(words).filter(&self.subscriptions, &self.asked());
        if timeline.unread_only && filter.read.is_none() {
            filter.read = Some(false);
        }
        filter
    }

    /// Makes the filters of the queries in the sidebar: what of them is unread.
    pub(super) fn unread_of_queries(&self) -> Vec<(QueryId, Filter)> {
        let listed = self.subscriptions.queries.iter().filter(|query| query.is_listed);
        let filters = listed.map(|one| {
            let filter = query(&one.query).filter(&self.subscriptions, &self.asked());
            (one.id, filter)
        });
        let filters = filters.filter(|(_, filter)| filter.read != Some(true));
        filters.map(|(id, filter)| (id, Filter { read: Some(false), ..filter })).collect()
    }

    fn asked(&self) -> Asked {
        Asked { now: self.now, zone: self.wishes.zone.clone(), seen: self.seen }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_may_go_on_while_it_is_typed() {
        let table = [
            ("rai", "rai*"),
            ("rain ", "rain"),
            ("\"heavy rain\"", "\"heavy rain\""),
            ("is:unread", "is:unread*"),
            ("/rain/", "/rain/"),
            ("/rain/i", "/rain/i"),
            ("rain sort:best", "rain sort:best*"),
        ];
        for (typed, expected) in table {
            assert_eq!(as_typed(typed).unwrap(), expected, "{typed}");
            let meant = search::parse_query(typed).unwrap();
            let asked = search::parse_query(expected).unwrap();
            assert_eq!(meant.sort, asked.sort, "{typed}");
        }
        assert!(as_typed("rain OR").is_err());
    }
}
