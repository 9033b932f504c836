//! The index of words, and the queries that are kept: counted, changed, run as rules.

use jiff::tz::TimeZone;

use super::{Hands, failure};
use crate::app::Event;
use crate::model::{Filter, QueryId, Timestamp};
use crate::store::{QueryOutcome, StoreError};
use crate::tasks::{self, RuleRan};
use crate::web::Web;

/// Entries that are indexed without being asked for; more would keep a core busy for long.
const MOST_UNASKED: u32 = 2_000;

impl<W: Web + 'static> Hands<W> {
    /// Fills the index of words, and has rules look at what is new.
    pub(super) async fn index_words(&self, is_wanted: bool) {
        if !is_wanted && !self.is_much_needed().await {
            return;
        }
        let indexing = tasks::index_words(&self.store, 1, |left| self.send(Event::Indexed { left }));
        if let Err(error) = indexing.await {
            self.fail("cannot fill the index of words", &error);
            return;
        }
        match tasks::run_rules(&self.store, &TimeZone::system(), Timestamp::now()).await {
            Ok(ran) if ran.is_empty() => {}
            Ok(ran) => self.send(Event::RulesRan { told: told(ran) }),
            Err(error) => self.fail("cannot run the rules", &error),
        }
    }

    /// Tells whether the index is to be filled though nobody asked: there is little to do, or rules wait for it.
    async fn is_much_needed(&self) -> bool {
        let left = self.store.unindexed().await;
        left.is_ok_and(|left| left <= MOST_UNASKED)
            || self.store.has_waiting_for_rules().await.is_ok_and(|is| is)
    }

    /// Counts what filters of queries hold.
    pub(super) async fn count_queries(&self, filters: Vec<(QueryId, Filter)>) {
        let (queries, filters): (Vec<QueryId>, Vec<Filter>) = filters.into_iter().unzip();
        let counts = match self.store.count_each(filters).await {
            Ok(counts) => counts,
            Err(error) => {
                self.fail("cannot count", &error);
                Vec::new()
            }
        };
        let counted = queries.into_iter().zip(counts);
        let counted = counted.map(|(query, (count, is_more))| (query, count as u64, is_more));
        self.send(Event::QueriesCounted(counted.collect()));
    }

    /// Lists all tags.
    pub(super) async fn load_tags(&self) {
        match self.store.tags().await {
            Ok(tags) => self.send(Event::TagsLoaded(tags)),
            Err(error) => self.fail("cannot list the tags", &error),
        }
    }

    /// Tells how keeping or changing a query ended.
    pub(super) fn query_changed(&self, outcome: Result<QueryOutcome, StoreError>, is_new: bool) {
        self.send(match outcome {
            Ok(QueryOutcome::Done(query)) if is_new => Event::QueryKept(query),
            Ok(QueryOutcome::Done(_)) => Event::QueriesChanged,
            Ok(QueryOutcome::TitleTaken) => Event::QueryTitleTaken,
            Err(error) => Event::Failed(failure("cannot keep the query", &error)),
        });
    }
}

fn told(ran: Vec<RuleRan>) -> Vec<(String, Vec<crate::model::EntryId>)> {
    ran.into_iter().filter(|ran| ran.is_told).map(|ran| (ran.title, ran.entries)).collect()
}
