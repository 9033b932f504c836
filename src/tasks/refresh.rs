//! Refreshes feeds: each is asked, parsed and stored on its own; one bad feed stops none.
//!
//! Order: plan, ask (as many at once as the web allows), parse (as many at once as there are
//! cores), store, report. What brought no document is noted in groups.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use xxhash_rust::xxh3::xxh3_64;

use super::document;
use crate::model::{FeedId, FeedOutcome, FetchProblem, Timestamp, Url};
use crate::store::{FetchPlan, Store, StoreError, Validators};
use crate::web::{Answer, Document, Request, Web};

/// Fetches without a document are noted so many at a time, for the least to write and to lose.
const NOTED_AT_ONCE: usize = 100;

/// Which feeds to refresh.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Selection {
    /// All of them.
    All,
    /// Those not asked since a moment.
    NotSince(Timestamp),
    /// These.
    Only(Vec<FeedId>),
}

/// What happens during a refresh.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RefreshFact {
    /// The feeds to fetch are known.
    Planned {
        /// How many there are.
        total: usize,
    },
    /// A feed's fetch ended.
    Fetched(FetchedFeed),
}

/// The end of one feed's fetch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FetchedFeed {
    /// The feed.
    pub feed: FeedId,
    /// Its title before the fetch.
    pub title: String,
    /// Its address.
    pub url: Url,
    /// How it ended.
    pub outcome: FeedOutcome,
}

/// Refreshes the selected feeds and reports as it goes.
pub async fn refresh<W: Web + Clone + 'static>(
    store: &Store,
    web: &W,
    selection: &Selection,
    now: Timestamp,
    mut report: impl FnMut(RefreshFact),
) -> Result<(), StoreError> {
    let plans = select(store.fetch_plans().await?, selection);
    report(RefreshFact::Planned { total: plans.len() });
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let parsers = Arc::new(Semaphore::new(cores));
    let mut running = JoinSet::new();
    let mut asked = HashMap::new();
    for plan in plans {
        let worker = Worker { store: store.clone(), web: web.clone(), parsers: Arc::clone(&parsers), now };
        let own = plan.clone();
        let task = running.spawn(async move { worker.fetch(&own).await });
        asked.insert(task.id(), plan);
    }
    let mut unstored = Vec::new();
    while let Some(ended) = running.join_next_with_id().await {
        let (task, outcome) = match ended {
            Ok(ended) => ended,
            Err(panic) => {
                (panic.id(), FeedOutcome::Failed(FetchProblem::NotAFeed("it cannot be read".to_owned())))
            }
        };
        let FetchPlan { feed, title, url, .. } = asked.remove(&task).expect("every task was noted");
        let fetched = FetchedFeed { feed, title, url, outcome };
        note(&fetched);
        if !matches!(fetched.outcome, FeedOutcome::Updated { .. }) {
            unstored.push((fetched.feed, fetched.outcome.clone()));
        }
        report(RefreshFact::Fetched(fetched));
        if unstored.len() >= NOTED_AT_ONCE {
            store.note_outcomes(std::mem::take(&mut unstored), now).await?;
        }
    }
    store.note_outcomes(unstored, now).await
}

fn select(mut plans: Vec<FetchPlan>, selection: &Selection) -> Vec<FetchPlan> {
    match selection {
        Selection::All => {}
        Selection::NotSince(moment) => {
            plans.retain(|plan| plan.checked.is_none_or(|checked| checked < *moment));
        }
        Selection::Only(feeds) => {
            let feeds: HashSet<&FeedId> = feeds.iter().collect();
            plans.retain(|plan| feeds.contains(&plan.feed));
        }
    }
    plans
}

struct Worker<W> {
    store: Store,
    web: W,
    parsers: Arc<Semaphore>,
    now: Timestamp,
}

impl<W: Web> Worker<W> {
    async fn fetch(&self, plan: &FetchPlan) -> FeedOutcome {
        let known = plan.validators.clone();
        let request = Request::if_changed(plan.url.clone(), known.etag, known.last_modified);
        match self.web.get(request).await {
            Ok(Answer::NotModified) => FeedOutcome::NotModified,
            Ok(Answer::Document(document)) => {
                self.take(plan, document).await.unwrap_or_else(FeedOutcome::Failed)
            }
            Err(problem) => FeedOutcome::Failed(problem),
        }
    }

    async fn take(&self, plan: &FetchPlan, document: Document) -> Result<FeedOutcome, FetchProblem> {
        let validators = validators_of(&document);
        if validators.body_hash == plan.validators.body_hash {
            if validators != plan.validators {
                let noted = self.store.note_same(plan.feed, validators, self.now).await;
                noted.map_err(|error| FetchProblem::NotStored(error.to_string()))?;
            }
            return Ok(FeedOutcome::NothingNew);
        }
        // Kept until the entries are stored: that bounds what a refresh holds in memory.
        let _room = document.room.clone();
        let parsed = {
            let _turn = self.parsers.acquire().await.expect("the semaphore is never closed");
            document::read(document).await.into_feed()?
        };
        let taken = self.store.ingest(plan.feed, parsed, validators, self.now).await;
        let taken = taken.map_err(|error| FetchProblem::NotStored(error.to_string()))?;
        Ok(match (taken.new, taken.changed) {
            (0, 0) => FeedOutcome::NothingNew,
            (new, changed) => FeedOutcome::Updated { new, changed },
        })
    }
}

pub(super) fn validators_of(document: &Document) -> Validators {
    Validators {
        etag: document.etag.clone(),
        last_modified: document.last_modified.clone(),
        body_hash: Some(i64::from_ne_bytes(xxh3_64(&document.bytes).to_ne_bytes())),
    }
}

fn note(fetched: &FetchedFeed) {
    match &fetched.outcome {
        FeedOutcome::Failed(problem) => tracing::warn!(url = %fetched.url, %problem, "feed failed"),
        FeedOutcome::Updated { .. } | FeedOutcome::NotModified | FeedOutcome::NothingNew => {
            tracing::debug!(url = %fetched.url, outcome = fetched.outcome.as_str(), "feed fetched");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::sample::{Desk, feed_of};

    async fn run(desk: &Desk, selection: &Selection) -> Vec<FeedOutcome> {
        let mut outcomes = Vec::new();
        let report = |fact| {
            if let RefreshFact::Fetched(fetched) = fact {
                outcomes.push((fetched.feed, fetched.outcome));
            }
        };
        refresh(&desk.store, &desk.web, selection, desk.now, report).await.unwrap();
        outcomes.sort_by_key(|(feed, _)| *feed);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }

    #[tokio::test]
    async fn one_bad_feed_stops_none() {
        let desk = Desk::following(&["http://a.test/", "http://gone.test/", "http://page.test/"]).await;
        desk.web.serve("http://a.test/", feed_of(&["one", "two"]));
        desk.web.serve("http://page.test/", "<!doctype html><link rel='feed' href='/rss'><body>Hello</body>");
        let outcomes = run(&desk, &Selection::All).await;
        assert_eq!(outcomes[0], FeedOutcome::Updated { new: 2, changed: 0 });
        assert!(matches!(outcomes[1], FeedOutcome::Failed(FetchProblem::Status { code: 404, .. })));
        assert!(matches!(outcomes[2], FeedOutcome::Failed(FetchProblem::NotAFeed(_))));
        let health = desk.store.subscriptions().await.unwrap().feeds[2].health.clone();
        assert_eq!(
            health.problem.as_deref(),
            Some("not a feed: it is a web page; its feed may be http://page.test/rss")
        );
    }

    #[tokio::test]
    async fn what_the_server_gave_to_recognise_a_document_is_sent_back() {
        let desk = Desk::following(&["http://a.test/"]).await;
        desk.web.serve_tagged("http://a.test/", feed_of(&["one"]), "\"v1\"");
        run(&desk, &Selection::All).await;
        desk.web.answer("http://a.test/", Ok(Answer::NotModified));
        assert_eq!(run(&desk, &Selection::All).await, [FeedOutcome::NotModified]);
        assert_eq!(desk.web.requests()[1].etag.as_deref(), Some("\"v1\""));
    }

    #[tokio::test]
    async fn the_same_bytes_again_are_nothing_new() {
        let desk = Desk::following(&["http://a.test/"]).await;
        desk.web.serve("http://a.test/", feed_of(&["one"]));
        run(&desk, &Selection::All).await;
        assert_eq!(run(&desk, &Selection::All).await, [FeedOutcome::NothingNew]);
    }

    #[tokio::test]
    async fn the_same_bytes_with_another_tag_are_asked_for_by_that_tag() {
        let desk = Desk::following(&["http://a.test/"]).await;
        for tag in ["\"v1\"", "\"v2\"", "\"v2\""] {
            desk.web.serve_tagged("http://a.test/", feed_of(&["one"]), tag);
            run(&desk, &Selection::All).await;
        }
        assert_eq!(desk.web.requests()[2].etag.as_deref(), Some("\"v2\""));
    }

    #[tokio::test]
    async fn only_feeds_that_have_grown_old_are_due() {
        let desk = Desk::following(&["http://a.test/", "http://b.test/"]).await;
        desk.web.serve("http://a.test/", feed_of(&["one"]));
        desk.web.serve("http://b.test/", feed_of(&["one"]));
        let first = desk.store.subscriptions().await.unwrap().feeds[0].feed;
        run(&desk, &Selection::Only(vec![first])).await;
        assert_eq!(run(&desk, &Selection::NotSince(desk.now)).await.len(), 1);
    }
}
