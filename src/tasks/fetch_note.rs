//! What is noted of a fetch: how it went, when the feed is due next, and where it lives.

use std::time::Duration;

use xxhash_rust::xxh3::xxh3_64;

use super::due::{self, Ended};
use crate::model::{FeedOutcome, FeedState, FetchProblem, Timestamp, Url};
use crate::store::{Address, FetchNote, FetchPlan};
use crate::web::Terms;

/// A fetch that was made.
#[derive(Debug)]
pub(super) struct Fetch {
    /// What was planned.
    pub(super) plan: FetchPlan,
    /// How it ended.
    pub(super) outcome: FeedOutcome,
    /// What its server told.
    pub(super) terms: Terms,
}

impl Fetch {
    /// The end of a fetch that broke off in a way that nobody thought of.
    pub(super) fn unreadable(plan: FetchPlan) -> Fetch {
        let problem = FetchProblem::NotAFeed("it cannot be read".to_owned());
        Fetch { plan, outcome: FeedOutcome::Failed(problem), terms: Terms::default() }
    }

    /// Tells whether no server was there: perhaps there is no network.
    pub(super) fn is_unheard(&self) -> bool {
        self.terms.status.is_none() && self.outcome.is_failed()
    }

    /// Writes the note. Where nobody answered at all, the network is to blame: then no pause grows.
    pub(super) fn note(&self, every: Duration, now: Timestamp, has_network: bool) -> FetchNote {
        let failures = if self.outcome.is_failed() { self.plan.failures.saturating_add(1) } else { 0 };
        let ended = Ended {
            failures: if has_network || failures == 0 { failures } else { 1 },
            fresh_for: self.terms.fresh_for,
            retry_after: self.terms.retry_after,
            schedule: &self.plan.schedule,
        };
        let interval = self.plan.settings.interval.unwrap_or(every);
        let due = due::due(&ended, interval, now, chance(&self.plan, now));
        FetchNote {
            feed: self.plan.feed,
            status: self.terms.status,
            problem: self.problem(),
            failures,
            not_before: due.not_before,
            next_due: due.next,
            held_until: due.held_until,
            holds_host: self.terms.status == Some(429),
            is_gone: self.is_gone(),
            address: self.address(),
        }
    }

    fn problem(&self) -> Option<String> {
        match &self.outcome {
            FeedOutcome::Failed(problem) => Some(problem.to_string()),
            FeedOutcome::Updated { .. }
            | FeedOutcome::NotModified
            | FeedOutcome::NothingNew
            | FeedOutcome::LeftAlone { .. } => None,
        }
    }

    fn is_gone(&self) -> bool {
        let says_so = matches!(self.outcome, FeedOutcome::Failed(FetchProblem::Status { code: 410, .. }));
        says_so || (self.plan.state == FeedState::Gone && self.outcome.is_failed())
    }

    /// A feed moves at the second permanent redirect in a row to the same place.
    fn address(&self) -> Address {
        let known = &self.plan.moved_to;
        if self.outcome.is_failed() {
            return known.clone().map_or(Address::Same, Address::MovesTo);
        }
        match self.terms.moved.clone() {
            Some(to) if to == self.plan.url => Address::Same,
            Some(to) if known.as_ref() == Some(&to) && may_move(&self.plan, &to) => {
                Address::Moved { from: self.plan.url.clone(), to }
            }
            Some(to) => Address::MovesTo(to),
            None => Address::Same,
        }
    }
}

/// A feed with secrets moves by itself only within its host and not into the open: a server must not be able to
/// send its readers' passwords elsewhere.
fn may_move(plan: &FetchPlan, to: &Url) -> bool {
    let from = &plan.url;
    let settings = &plan.settings;
    let login = |url: &Url| (url.username().to_owned(), url.password().map(str::to_owned));
    let has_login = !from.username().is_empty() || from.password().is_some();
    let has_secrets = has_login || settings.auth_command.is_some() || !settings.headers.is_empty();
    let is_as_safe = to.scheme() == "https" || from.scheme() == to.scheme();
    !has_secrets || (login(from) == login(to) && from.host_str() == to.host_str() && is_as_safe)
}

/// As good as chance, and the same again for the same feed and moment.
fn chance(plan: &FetchPlan, now: Timestamp) -> u64 {
    xxh3_64(format!("{} {}", plan.feed, now.as_second()).as_bytes())
}
