//! What a feed's health comes to.

use crate::model::{Activity, FeedState, Health, Subscription, Timestamp};

/// The one thing to know of a feed's health; what asks for a look comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Condition {
    /// Its last fetch failed.
    Failing,
    /// Its server says that it is gone for good.
    Gone,
    /// Its server says that it lives elsewhere.
    Moved,
    /// It answers, and has brought nothing for half a year or more.
    Dead {
        /// So many months.
        months: u64,
    },
    /// The reader paused it.
    Paused,
    /// It was never asked.
    New,
    /// Nothing is wrong.
    Well,
}

impl Condition {
    /// Judges a feed.
    pub fn of(feed: &Subscription, activity: Option<&Activity>, now: Timestamp) -> Condition {
        let health = &feed.health;
        let dead = activity.and_then(|activity| activity.dead_months(now));
        match (health.state, dead) {
            (FeedState::Gone, _) => Condition::Gone,
            (FeedState::Paused, _) => Condition::Paused,
            (FeedState::Active, _) if health.problem.is_some() => Condition::Failing,
            (FeedState::Active, _) if health.moved_to.is_some() => Condition::Moved,
            (FeedState::Active, Some(months)) => Condition::Dead { months },
            (FeedState::Active, None) if health.checked.is_none() => Condition::New,
            (FeedState::Active, None) => Condition::Well,
        }
    }

    /// Gives the condition's place in the list: feeds that ask for no look go by their titles alone.
    pub fn rank(self) -> u8 {
        match self {
            Condition::Failing => 0,
            Condition::Gone => 1,
            Condition::Moved => 2,
            Condition::Dead { .. } => 3,
            Condition::Paused | Condition::New | Condition::Well => 4,
        }
    }

    /// Names the condition in a word.
    pub fn word(self) -> &'static str {
        match self {
            Condition::Failing => "failing",
            Condition::Gone => "gone",
            Condition::Moved => "moved",
            Condition::Dead { .. } => "dead",
            Condition::Paused => "paused",
            Condition::New => "new",
            Condition::Well => "well",
        }
    }
}

/// Gives the moment at which a feed is fetched next by itself; none where it is not.
pub fn next_fetch(health: &Health) -> Option<Timestamp> {
    health.next_due.filter(|_| health.state == FeedState::Active)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::State;
    use crate::app::sample::{months_ago, noon};
    use crate::model::Url;

    #[test]
    fn the_worst_of_a_feed_counts_but_a_pause_is_the_readers_own() {
        let checked = Some(noon());
        let problem = Some("the server did not answer in time".to_owned());
        let moved_to = Some(Url::parse("http://new.test/").unwrap());
        let fresh = Activity { newest: Some(noon()), per_week_tenths: 10 };
        let old = Activity { newest: Some(months_ago(7)), per_week_tenths: 0 };
        let well = Health { checked, ..Health::default() };
        let failing = Health { problem, ..well.clone() };
        let moved = Health { moved_to, ..well.clone() };
        let gone = Health { state: FeedState::Gone, ..failing.clone() };
        let paused = Health { state: FeedState::Paused, ..failing.clone() };
        let table = [
            (Health::default(), None, Condition::New),
            (well.clone(), None, Condition::Well),
            (well.clone(), Some(fresh), Condition::Well),
            (well, Some(old), Condition::Dead { months: 7 }),
            (moved, Some(old), Condition::Moved),
            (failing, Some(old), Condition::Failing),
            (gone, Some(old), Condition::Gone),
            (paused, Some(old), Condition::Paused),
        ];
        let mut feed = State::sample().subscriptions.feeds.remove(0);
        for (health, activity, expected) in table {
            feed.health = health;
            assert_eq!(Condition::of(&feed, activity.as_ref(), noon()), expected);
        }
    }

    #[test]
    fn only_an_active_feed_is_fetched_by_itself() {
        let due = |state| next_fetch(&Health { state, next_due: Some(noon()), ..Health::default() });
        assert_eq!(due(FeedState::Active), Some(noon()));
        assert_eq!([due(FeedState::Paused), due(FeedState::Gone)], [None, None]);
    }
}
