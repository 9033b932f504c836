//! What fetches told of feeds: shown at once, and kept until the store knows it too.

use crate::app::state::{Answer, Load};
use crate::app::{Overlay, State};
use crate::model::{FeedId, FeedOutcome, FetchProblem, Health, Timestamp};

/// Notes in a feed's health how its fetch ended, ahead of the store.
pub(super) fn note(state: &mut State, feed: FeedId, outcome: &FeedOutcome) {
    let Some(at) = state.subscriptions.feeds.iter().position(|s| s.feed == feed) else { return };
    let subscription = &state.subscriptions.feeds[at];
    let rank = state.condition(subscription).rank();
    let before = subscription.health.checked;
    let health = answered(&subscription.health, outcome, state.now);
    state.answers.insert(feed, Answer { before, health: health.clone() });
    state.subscriptions.feeds[at].health = health;
    let moved = state.condition(&state.subscriptions.feeds[at]).rank() != rank;
    if let Some(Overlay::Health(list)) = &mut state.overlay {
        list.out_of_order |= moved;
    }
}

/// Puts what fetches told into feeds that were loaded, where the store does not know it yet.
pub(super) fn keep(state: &mut State) {
    if state.refresh.is_none() && state.subscriptions_load == Load::Idle {
        state.answers.clear();
    }
    for feed in &mut state.subscriptions.feeds {
        let answer = state.answers.get(&feed.feed);
        if let Some(answer) = answer.filter(|answer| answer.before == feed.health.checked) {
            feed.health.clone_from(&answer.health);
        }
    }
}

/// Gives a feed's health after a fetch; when it is due next, the store will say.
fn answered(health: &Health, outcome: &FeedOutcome, now: Timestamp) -> Health {
    let well = |status| Health {
        checked: Some(now),
        succeeded: Some(now),
        next_due: None,
        status: Some(status),
        problem: None,
        failures: 0,
        ..health.clone()
    };
    match outcome {
        FeedOutcome::Updated { .. } | FeedOutcome::NothingNew => well(200),
        FeedOutcome::NotModified => well(304),
        FeedOutcome::LeftAlone { until } => {
            Health { held_until: Some(*until), next_due: health.next_due.max(Some(*until)), ..health.clone() }
        }
        FeedOutcome::Failed(problem) => Health {
            checked: Some(now),
            next_due: None,
            status: match problem {
                FetchProblem::Status { code, .. } => Some(*code),
                _ => None,
            },
            problem: Some(problem.to_string()),
            failures: health.failures + 1,
            ..health.clone()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act, ailing, months_ago, noon, take};
    use crate::app::{Action, Event};

    fn fetched(state: &mut State, feed: i64, outcome: FeedOutcome) {
        take(state, Event::FeedFetched { feed: FeedId(feed), outcome });
    }

    fn health(state: &State, feed: i64) -> Health {
        state.subscriptions.get(FeedId(feed)).unwrap().health.clone()
    }

    #[test]
    fn the_end_of_a_fetch_shows_before_the_store_knows_it() {
        let status = FetchProblem::Status { code: 410, reason: None };
        let table = [
            (FeedOutcome::NotModified, false, 0, Some(304)),
            (FeedOutcome::NothingNew, false, 0, Some(200)),
            (FeedOutcome::Updated { new: 1, changed: 0 }, false, 0, Some(200)),
            (FeedOutcome::Failed(FetchProblem::TimedOut), true, 4, None),
            (FeedOutcome::Failed(status), true, 4, Some(410)),
        ];
        for (outcome, failed, failures, status) in table {
            let mut state = ailing();
            let before = health(&state, 4);
            fetched(&mut state, 4, outcome);
            let after = health(&state, 4);
            assert_eq!((after.problem.is_some(), after.failures, after.status), (failed, failures, status));
            assert_eq!((after.checked, after.next_due), (Some(noon()), None));
            assert_eq!(after.succeeded == before.succeeded, failed);
        }
    }

    #[test]
    fn a_feed_that_was_left_alone_was_not_asked() {
        let mut state = ailing();
        let (before, until) = (health(&state, 4), months_ago(-1));
        fetched(&mut state, 4, FeedOutcome::LeftAlone { until });
        assert_eq!(health(&state, 4), Health { next_due: Some(until), held_until: Some(until), ..before });
    }

    #[test]
    fn a_wait_that_ends_before_a_feed_is_due_makes_it_due_no_sooner() {
        let mut state = ailing();
        let minutes = |count: i64| Timestamp::from_second(noon().as_second() + 60 * count).unwrap();
        let before = health(&state, 1);
        assert_eq!(before.next_due, Some(minutes(50)));
        fetched(&mut state, 1, FeedOutcome::LeftAlone { until: minutes(2) });
        assert_eq!(health(&state, 1), Health { held_until: Some(minutes(2)), ..before });
    }

    #[test]
    fn what_a_fetch_told_stays_until_the_store_knows_it() {
        let mut state = ailing();
        let stored = state.subscriptions.clone();
        act(&mut state, Action::RefreshAll);
        fetched(&mut state, 1, FeedOutcome::Failed(FetchProblem::TimedOut));
        take(&mut state, Event::SubscriptionsLoaded(stored.clone()));
        assert_eq!(health(&state, 1).failures, 1);
        let known = Health { checked: Some(noon()), failures: 7, ..Health::default() };
        let mut store_knows = stored.clone();
        store_knows.feeds[0].health = known.clone();
        take(&mut state, Event::SubscriptionsLoaded(store_knows));
        assert_eq!(health(&state, 1), known);
        // What the store says after the refresh is believed.
        take(&mut state, Event::RefreshEnded);
        take(&mut state, Event::SubscriptionsLoaded(stored.clone()));
        assert_eq!(state.subscriptions, stored);
    }
}
