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

    /// Tells whether nobody was there, where somebody was looked for: perhaps there is no network.
    pub(super) fn is_unheard(&self) -> bool {
        use FetchProblem::{BrokenAnswer, TimedOut, Unreachable};
        let is_of_network =
            matches!(self.outcome, FeedOutcome::Failed(Unreachable(_) | TimedOut | BrokenAnswer(_)));
        is_of_network && !self.terms.is_reached
    }

    /// Writes the note. Where nobody was there at all, the network is to blame: that is no failure of the feed,
    /// and no pause grows.
    pub(super) fn note(&self, every: Duration, now: Timestamp, has_network: bool) -> FetchNote {
        let failures = match self.outcome.is_failed() {
            true if has_network || !self.is_unheard() => self.plan.failures.saturating_add(1),
            true => self.plan.failures,
            false => 0,
        };
        let ended = Ended {
            failures: if self.outcome.is_failed() { failures.max(1) } else { 0 },
            fresh_for: self.terms.fresh_for,
            retry_after: self.terms.retry_after,
            schedule: &self.plan.schedule,
        };
        let interval = self.plan.settings.interval.unwrap_or(every);
        let due = due::due(&ended, interval, now, chance(&self.plan, now));
        FetchNote {
            feed: self.plan.feed,
            asked: self.plan.url.clone(),
            status: self.terms.status,
            problem: self.problem(),
            failures,
            not_before: due.not_before,
            next_due: due.next,
            held_until: due.held_until,
            held_host: self.terms.host.clone().filter(|_| self.terms.status == Some(429)),
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
            Some(to) if known.as_ref() == Some(&to) && may_move(&self.plan, &to) => Address::Moved(to),
            Some(to) => Address::MovesTo(to),
            None => Address::Same,
        }
    }
}

/// A feed with secrets moves by itself only within its server: none must be able to send its readers' passwords
/// elsewhere, or into the open.
fn may_move(plan: &FetchPlan, to: &Url) -> bool {
    let (from, settings) = (&plan.url, &plan.settings);
    let login = |url: &Url| (url.username().to_owned(), url.password().map(str::to_owned));
    let has_login = !from.username().is_empty() || from.password().is_some();
    let has_secrets = has_login || settings.auth_command.is_some() || !settings.headers.is_empty();
    !has_secrets || (login(from) == login(to) && (from.origin() == to.origin() || is_secured(from, to)))
}

/// Tells whether the new address is the same server's by https.
fn is_secured(from: &Url, to: &Url) -> bool {
    let ports = (from.port(), to.port());
    from.host() == to.host() && (from.scheme(), to.scheme()) == ("http", "https") && ports == (None, None)
}

/// As good as chance, and the same again for the same feed and moment.
fn chance(plan: &FetchPlan, now: Timestamp) -> u64 {
    xxh3_64(format!("{} {}", plan.feed, now.as_second()).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FeedSettings;
    use crate::tasks::selection::sample_plan;

    #[test]
    fn a_feed_with_secrets_moves_only_within_its_server() {
        let open = FeedSettings::default();
        let command = FeedSettings { auth_command: Some("pass".to_owned()), ..FeedSettings::default() };
        let header =
            FeedSettings { headers: vec![("x".to_owned(), "y".to_owned())], ..FeedSettings::default() };
        let table = [
            ("http://a.test/", &open, "http://b.test/", true),
            ("http://a.test/", &command, "http://b.test/", false),
            ("http://a.test/", &header, "http://b.test/", false),
            ("http://me:secret@a.test/", &open, "http://b.test/", false),
            ("http://a.test/", &command, "http://a.test/new", true),
            ("http://a.test/", &command, "https://a.test/", true),
            ("https://a.test/", &command, "http://a.test/", false),
            ("http://a.test/", &command, "http://a.test:8080/", false),
            ("http://me:secret@a.test/", &open, "http://me:secret@a.test/new", true),
            ("http://me:secret@a.test/", &open, "http://a.test/new", false),
        ];
        for (from, settings, to, expected) in table {
            let plan = FetchPlan { settings: settings.clone(), ..sample_plan(1, from) };
            assert_eq!(may_move(&plan, &Url::parse(to).unwrap()), expected, "{from} {to}");
        }
    }

    #[test]
    fn where_nobody_answers_the_network_is_to_blame() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let noted = |failures, has_network| {
            let plan = FetchPlan { failures, ..sample_plan(1, "http://a.test/") };
            let outcome = FeedOutcome::Failed(FetchProblem::TimedOut);
            let fetch = Fetch { plan, outcome, terms: Terms::default() };
            assert!(fetch.is_unheard());
            let note = fetch.note(Duration::from_hours(1), now, has_network);
            (note.failures, note.next_due.as_second() - now.as_second())
        };
        assert_eq!(noted(0, false), (0, 3_600));
        assert_eq!(noted(2, false).0, 2);
        assert!(noted(2, false).1 <= 2 * 3_600, "the pause is as it was");
        assert_eq!(noted(2, true).0, 3);
        assert!(noted(2, true).1 > 2 * 3_600);
    }

    #[test]
    fn who_refuses_is_there_and_who_was_not_looked_for_tells_nothing() {
        let unheard = |problem, is_reached| {
            let terms = Terms { is_reached, ..Terms::default() };
            let outcome = FeedOutcome::Failed(problem);
            Fetch { plan: sample_plan(1, "http://a.test/"), outcome, terms }.is_unheard()
        };
        assert!(unheard(FetchProblem::Unreachable(String::new()), false));
        assert!(!unheard(FetchProblem::Unreachable(String::new()), true));
        assert!(!unheard(FetchProblem::NoPassword(String::new()), false));
        assert!(!unheard(FetchProblem::NotStored(String::new()), false));
    }
}
