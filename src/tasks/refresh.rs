//! Refreshes feeds: each is asked, parsed and stored on its own; one bad feed stops none.
//!
//! Order: plan, ask (as many at once as the web allows), parse (as many at once as there are
//! cores), store, report. What brought no document is noted in groups.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use xxhash_rust::xxh3::xxh3_64;

use super::document;
use super::fetch_note::Fetch;
use super::login::Logins;
use super::selection::{Selection, choose};
use crate::model::{FeedId, FeedOutcome, FetchProblem, Timestamp, Url, shown};
use crate::store::{FetchNote, FetchPlan, Store, StoreError, Validators};
use crate::web::{Answer, Document, Own, Reply, Request, Terms, Web};

/// Fetches are noted so many at a time, for the least to write and to lose.
const NOTED_AT_ONCE: usize = 100;

/// What happens during a refresh.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RefreshFact {
    /// The feeds to fetch are known.
    Planned {
        /// Which ones.
        feeds: Vec<FeedId>,
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

/// Refreshes the selected feeds and reports as it goes. A feed without an interval of its own grows due by `every`.
/// When `stopped` comes it gives up what is under way, and notes what was answered.
pub async fn refresh<W: Web + Clone + 'static>(
    store: &Store,
    web: &W,
    selection: &Selection,
    (every, now): (Duration, Timestamp),
    mut report: impl FnMut(RefreshFact),
    stopped: impl Future<Output = ()>,
) -> Result<(), StoreError> {
    let chosen = choose(store.fetch_plans().await?, selection, every, now);
    let left_alone = chosen.left_alone.iter().map(|(plan, _)| plan.feed);
    let feeds = chosen.asked.iter().map(|plan| plan.feed).chain(left_alone).collect();
    report(RefreshFact::Planned { feeds });
    for (plan, until) in chosen.left_alone {
        report(RefreshFact::Fetched(fetched(&plan, FeedOutcome::LeftAlone { until })));
    }
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let parsers = Arc::new(Semaphore::new(cores));
    let logins = Logins::default();
    let mut running = JoinSet::new();
    let mut asked = HashMap::new();
    for plan in chosen.asked {
        let (store, web) = (store.clone(), web.clone());
        let worker = Worker { store, web, parsers: Arc::clone(&parsers), logins: logins.clone(), now };
        let own = plan.clone();
        let task = running.spawn(worker.fetch(own));
        asked.insert(task.id(), plan);
    }
    let mut notes = Notes { store, every, now, waiting: Vec::new(), unheard: Vec::new(), has_network: false };
    let mut stopped = pin!(stopped);
    loop {
        let ended = tokio::select! {
            ended = running.join_next_with_id() => ended,
            () = &mut stopped => None,
        };
        let Some(ended) = ended else { break };
        let (task, fetch) = match ended {
            Ok((task, fetch)) => (task, Some(fetch)),
            Err(panic) => (panic.id(), None),
        };
        let plan = asked.remove(&task).expect("every task was noted");
        let fetch = fetch.unwrap_or_else(|| Fetch::unreadable(plan));
        let fact = fetched(&fetch.plan, fetch.outcome.clone());
        tell(&fact);
        report(RefreshFact::Fetched(fact));
        notes.take(fetch).await?;
    }
    drop(running);
    notes.finish().await
}

fn fetched(plan: &FetchPlan, outcome: FeedOutcome) -> FetchedFeed {
    FetchedFeed { feed: plan.feed, title: plan.title.clone(), url: plan.url.clone(), outcome }
}

/// What is to be noted of the fetches of one refresh.
struct Notes<'a> {
    store: &'a Store,
    every: Duration,
    now: Timestamp,
    waiting: Vec<FetchNote>,
    /// Feeds of which no server was there: noted last, when it is known whether any was.
    unheard: Vec<Fetch>,
    has_network: bool,
}

impl Notes<'_> {
    async fn take(&mut self, fetch: Fetch) -> Result<(), StoreError> {
        if matches!(fetch.outcome, FeedOutcome::LeftAlone { .. }) {
            return Ok(());
        }
        if fetch.is_unheard() {
            self.unheard.push(fetch);
            return Ok(());
        }
        self.has_network |= fetch.terms.is_reached;
        self.waiting.push(fetch.note(self.every, self.now, true));
        if self.waiting.len() < NOTED_AT_ONCE {
            return Ok(());
        }
        self.store.note_fetches(std::mem::take(&mut self.waiting), self.now).await
    }

    async fn finish(mut self) -> Result<(), StoreError> {
        let unheard = self.unheard.iter().map(|fetch| fetch.note(self.every, self.now, self.has_network));
        self.waiting.extend(unheard);
        self.store.note_fetches(self.waiting, self.now).await
    }
}

struct Worker<W> {
    store: Store,
    web: W,
    parsers: Arc<Semaphore>,
    logins: Logins,
    now: Timestamp,
}

impl<W: Web> Worker<W> {
    async fn fetch(self, mut plan: FetchPlan) -> Fetch {
        let request = match self.request(&plan).await {
            Ok(request) => request,
            Err(problem) => {
                return Fetch { plan, outcome: FeedOutcome::Failed(problem), terms: Terms::default() };
            }
        };
        let Reply { result, terms } = self.web.ask(request).await;
        let outcome = match (result, terms.wait_for_host()) {
            (_, Some(left)) => {
                FeedOutcome::LeftAlone { until: self.now.checked_add(left).unwrap_or(Timestamp::MAX) }
            }
            (Ok(Answer::NotModified), None) => FeedOutcome::NotModified,
            (Ok(Answer::Document(document)), None) => {
                self.take(&mut plan, document).await.unwrap_or_else(FeedOutcome::Failed)
            }
            (Err(problem), None) => FeedOutcome::Failed(problem),
        };
        Fetch { plan, outcome, terms }
    }

    async fn request(&self, plan: &FetchPlan) -> Result<Request, FetchProblem> {
        let known = plan.validators.clone();
        let settings = &plan.settings;
        let login = match &settings.auth_command {
            Some(command) => Some(self.logins.of(command).await?),
            None => None,
        };
        let own = Own {
            user_agent: settings.user_agent.clone(),
            proxy: settings.proxy.clone(),
            headers: settings.headers.clone(),
            login,
        };
        let request = Request::new(plan.url.clone());
        Ok(request.if_changed(known.url, known.etag, known.last_modified).with(own))
    }

    /// Stores a document; its wishes for the next time are kept in the plan.
    async fn take(&self, plan: &mut FetchPlan, document: Document) -> Result<FeedOutcome, FetchProblem> {
        let validators = validators_of(&document);
        if validators.body_hash == plan.validators.body_hash {
            if validators != plan.validators {
                let noted = self.store.note_same(plan.feed, plan.url.clone(), validators, self.now).await;
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
        plan.schedule = parsed.schedule.clone();
        let taken = self.store.ingest(plan.feed, plan.url.clone(), parsed, validators, self.now).await;
        let taken = taken.map_err(|error| FetchProblem::NotStored(error.to_string()))?;
        let Some(taken) = taken else {
            return Err(FetchProblem::NotStored("its address was changed meanwhile".to_owned()));
        };
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
        url: Some(document.url.clone()),
    }
}

fn tell(fetched: &FetchedFeed) {
    let url = shown(&fetched.url);
    match &fetched.outcome {
        FeedOutcome::Failed(problem) => tracing::warn!(url, %problem, "feed failed"),
        FeedOutcome::Updated { .. }
        | FeedOutcome::NotModified
        | FeedOutcome::NothingNew
        | FeedOutcome::LeftAlone { .. } => {
            tracing::debug!(url, outcome = fetched.outcome.as_str(), "feed fetched");
        }
    }
}

#[cfg(test)]
mod tests;
