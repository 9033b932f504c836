//! Which feeds a refresh asks, and which it leaves alone.

use std::collections::HashSet;
use std::time::Duration;

use super::due::{believable, is_due};
use crate::model::{FeedId, FeedState, Timestamp};
use crate::store::FetchPlan;

/// Which feeds to refresh.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Selection {
    /// All of them, due or not; those that are paused or gone excepted.
    All,
    /// Those that are due.
    Due,
    /// These, due or not. One alone is asked though it be paused or gone.
    Only(Vec<FeedId>),
}

/// The feeds of a refresh.
#[derive(Debug)]
pub(super) struct Chosen {
    /// To be asked.
    pub(super) asked: Vec<FetchPlan>,
    /// Not to be asked before a moment, because their server said so.
    pub(super) left_alone: Vec<(FetchPlan, Timestamp)>,
}

/// Chooses feeds. What is left alone is named only where it was asked for.
pub(super) fn choose(
    plans: Vec<FetchPlan>,
    selection: &Selection,
    every: Duration,
    now: Timestamp,
) -> Chosen {
    let wanted = wanted(plans, selection, every, now);
    let mut chosen = Chosen { asked: Vec::new(), left_alone: Vec::new() };
    for plan in wanted {
        match held_until(&plan, now) {
            Some(until) if *selection != Selection::Due => chosen.left_alone.push((plan, until)),
            Some(_) => {}
            None => chosen.asked.push(plan),
        }
    }
    chosen
}

fn wanted(
    mut plans: Vec<FetchPlan>,
    selection: &Selection,
    every: Duration,
    now: Timestamp,
) -> Vec<FetchPlan> {
    let is_active = |plan: &FetchPlan| plan.state == FeedState::Active;
    match selection {
        Selection::All => plans.retain(is_active),
        Selection::Due => plans.retain(|plan| is_active(plan) && is_due(plan, every, now)),
        Selection::Only(feeds) => {
            let feeds: HashSet<&FeedId> = feeds.iter().collect();
            plans.retain(|plan| feeds.contains(&plan.feed) && (feeds.len() == 1 || is_active(plan)));
        }
    }
    plans
}

/// Tells until when a feed is left alone, for itself or with its whole host.
fn held_until(plan: &FetchPlan, now: Timestamp) -> Option<Timestamp> {
    let until = believable(plan.held_until, now).max(believable(plan.host_held_until, now));
    until.filter(|until| *until > now)
}

/// A feed that was asked an hour before noon and answered well.
#[cfg(test)]
pub(super) fn sample_plan(feed: i64, url: &str) -> FetchPlan {
    FetchPlan {
        feed: FeedId(feed),
        url: crate::model::Url::parse(url).unwrap(),
        title: String::new(),
        state: FeedState::Active,
        checked: "2026-11-22T11:00:00Z".parse().ok(),
        validators: crate::store::Validators::default(),
        schedule: crate::model::FeedSchedule::default(),
        settings: crate::model::FeedSettings::default(),
        failures: 0,
        not_before: None,
        held_until: None,
        host_held_until: None,
        moved_to: None,
    }
}

#[cfg(test)]
mod tests {
    use super::sample_plan as plan;
    use super::*;
    use crate::model::{FeedSchedule, FeedSettings};

    fn noon() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    fn minutes(count: i64) -> Timestamp {
        Timestamp::from_second(noon().as_second() + 60 * count).unwrap()
    }

    fn chosen(plans: &[FetchPlan], selection: &Selection) -> (Vec<i64>, Vec<i64>) {
        let chosen = choose(plans.to_vec(), selection, Duration::from_mins(30), noon());
        let asked = chosen.asked.iter().map(|plan| plan.feed.0).collect();
        (asked, chosen.left_alone.iter().map(|(plan, _)| plan.feed.0).collect())
    }

    #[test]
    fn what_is_due_is_old_enough_for_all_that_counts() {
        let a = "http://a.test/";
        let slow = FeedSettings { interval: Some(Duration::from_hours(2)), ..FeedSettings::default() };
        let quick = FeedSettings { interval: Some(Duration::from_mins(1)), ..FeedSettings::default() };
        let noon_off = FeedSchedule { skip_hours: vec![12], ..FeedSchedule::default() };
        let plans = [
            plan(1, a),
            FetchPlan { checked: None, ..plan(2, a) },
            FetchPlan { checked: Some(minutes(-29)), ..plan(3, a) },
            FetchPlan { not_before: Some(minutes(1)), ..plan(4, a) },
            FetchPlan { not_before: Some(noon()), ..plan(5, a) },
            FetchPlan { settings: slow, ..plan(6, a) },
            FetchPlan { settings: quick, checked: Some(minutes(-2)), ..plan(7, a) },
            FetchPlan { schedule: noon_off, ..plan(8, a) },
            FetchPlan { state: FeedState::Paused, ..plan(9, a) },
            FetchPlan { state: FeedState::Gone, ..plan(10, a) },
        ];
        assert_eq!(chosen(&plans, &Selection::Due), (vec![1, 2, 5, 7], vec![]));
        assert_eq!(chosen(&plans, &Selection::All), ((1..=8).collect(), vec![]));
    }

    #[test]
    fn a_clock_that_was_wrong_once_keeps_no_feed_back() {
        let (a, far) = ("http://a.test/", minutes(365 * 24 * 60));
        let plans = [
            FetchPlan { checked: Some(far), ..plan(1, a) },
            FetchPlan { not_before: Some(far), ..plan(2, a) },
            FetchPlan { held_until: Some(far), host_held_until: Some(far), ..plan(3, a) },
        ];
        assert_eq!(chosen(&plans, &Selection::Due).0, [1, 2, 3]);
        assert_eq!(chosen(&plans, &Selection::All).0, [1, 2, 3]);
    }

    #[test]
    fn one_feed_alone_is_asked_though_it_be_paused_or_gone() {
        let plans =
            [FetchPlan { state: FeedState::Gone, ..plan(1, "http://a.test/") }, plan(2, "http://a.test/")];
        assert_eq!(chosen(&plans, &Selection::Only(vec![FeedId(1)])).0, [1]);
        assert_eq!(chosen(&plans, &Selection::Only(vec![FeedId(1), FeedId(2)])).0, [2]);
    }

    #[test]
    fn a_server_that_wants_to_be_left_alone_is_for_one_feed_or_for_all_of_its_host() {
        let plans = [
            FetchPlan { held_until: Some(minutes(5)), ..plan(1, "http://a.test/1") },
            plan(2, "http://a.test/2"),
            FetchPlan { host_held_until: Some(minutes(5)), ..plan(3, "http://b.test/1") },
            FetchPlan {
                held_until: Some(noon()),
                host_held_until: Some(noon()),
                ..plan(4, "http://c.test/")
            },
        ];
        assert_eq!(chosen(&plans, &Selection::All), (vec![2, 4], vec![1, 3]));
        assert_eq!(chosen(&plans, &Selection::Only(vec![FeedId(3)])), (vec![], vec![3]));
        assert_eq!(chosen(&plans, &Selection::Due), (vec![2, 4], vec![]));
    }
}
