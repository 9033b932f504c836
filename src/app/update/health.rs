//! The pane of the feeds' health: its keys, and what keeps it up to date.

use super::{answers, commanding, feeds, moving, overlay};
use crate::app::state::Load;
use crate::app::{Action, Effect, Feeds, HealthList, Overlay, Pane, State, health_areas};
use crate::model::{Activity, Failure, FeedId, Scope};

/// Opens the pane at once; what the store has to look up comes in later.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    state.overlay = Some(Overlay::Health(HealthList::of(state)));
    load_activity(state)
}

/// Handles a key while the pane is open.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let height = height(state);
    let page = isize::try_from(height.max(1)).unwrap_or(1);
    let half = (page / 2).max(1);
    match action {
        Action::MoveDown => by(state, 1),
        Action::MoveUp => by(state, -1),
        Action::HalfPageDown => by(state, half),
        Action::HalfPageUp => by(state, -half),
        Action::PageDown => by(state, page),
        Action::PageUp => by(state, -page),
        Action::GoBottom => by(state, isize::MAX),
        Action::GoTop => sort(state),
        Action::RefreshFeed => refresh_selected(state),
        Action::RefreshAll => feeds::refresh(state, Feeds::All),
        Action::Open | Action::Advance | Action::GoRight => go_to_selected(state),
        Action::Close | Action::Quit | Action::ShowHealth | Action::GoLeft => {
            state.overlay = None;
            Vec::new()
        }
        Action::ShowHelp => overlay::help(state),
        Action::ShowPalette => commanding::open(state),
        Action::ShowCatalogue => overlay::catalogue(state),
        Action::Undo => vec![Effect::Undo],
        Action::Redo => vec![Effect::Redo],
        Action::Suspend => vec![Effect::Suspend],
        Action::Leave => vec![Effect::Quit],
        _ => Vec::new(),
    }
}

/// Takes how much each feed brings. The first time, the list is sorted by it before the reader moves.
pub(super) fn activity_loaded(state: &mut State, activity: Vec<(FeedId, Activity)>) -> Vec<Effect> {
    let first = state.activity.is_empty();
    state.activity = activity.into_iter().collect();
    let again = std::mem::replace(&mut state.activity_load, Load::Idle) == Load::Stale;
    let untouched = list(state).is_some_and(|list| list.index().is_none_or(|index| index == 0));
    if first && untouched {
        sort(state);
    } else {
        keep_up(state);
    }
    if again { load_activity(state) } else { Vec::new() }
}

/// Says why that is not known; it can be asked for again.
pub(super) fn activity_not_loaded(state: &mut State, failure: &Failure) -> Vec<Effect> {
    state.activity_load = Load::Idle;
    state.complain(failure.to_string());
    Vec::new()
}

/// Brings the pane up to date with feeds that were loaded. What fetches told stays until the store knows it too.
pub(super) fn subscriptions_loaded(state: &mut State) -> Vec<Effect> {
    answers::keep(state);
    keep_up(state);
    let unknown = |list: &HealthList| list.rows.iter().any(|feed| !state.activity.contains_key(feed));
    let wanted = state.activity_load == Load::Idle && list(state).is_some_and(unknown);
    if wanted { load_activity(state) } else { Vec::new() }
}

/// Looks anew how much each feed brings, while somebody looks.
pub(super) fn refresh_ended(state: &mut State) -> Vec<Effect> {
    if list(state).is_some() { load_activity(state) } else { Vec::new() }
}

/// Scrolls the selected feed into sight.
pub(super) fn show(state: &mut State) {
    let height = height(state);
    if let Some(Overlay::Health(list)) = &mut state.overlay {
        list.show(height);
    }
}

fn load_activity(state: &mut State) -> Vec<Effect> {
    let running = state.activity_load != Load::Idle;
    state.activity_load = if running { Load::Stale } else { Load::Running };
    if running { Vec::new() } else { vec![Effect::LoadActivity] }
}

fn list(state: &State) -> Option<&HealthList> {
    match &state.overlay {
        Some(Overlay::Health(list)) => Some(list),
        _ => None,
    }
}

fn height(state: &State) -> usize {
    health_areas(state.size).list.height.into()
}

fn by(state: &mut State, steps: isize) -> Vec<Effect> {
    let height = height(state);
    if let Some(Overlay::Health(list)) = &mut state.overlay {
        let at = list.index().unwrap_or(0);
        list.select(at.saturating_add_signed(steps), height);
    }
    Vec::new()
}

/// Goes to the top, and sorts the feeds anew.
fn sort(state: &mut State) -> Vec<Effect> {
    if list(state).is_some() {
        state.overlay = Some(Overlay::Health(HealthList::of(state)));
    }
    Vec::new()
}

/// Takes in what changed, where the pane is open.
pub(super) fn keep_up(state: &mut State) {
    let height = height(state);
    if let Some(Overlay::Health(mut list)) = state.overlay.take_if(|o| matches!(o, Overlay::Health(_))) {
        list.keep_up(state, height);
        state.overlay = Some(Overlay::Health(list));
    }
}

fn refresh_selected(state: &mut State) -> Vec<Effect> {
    match list(state).and_then(|list| list.cursor) {
        Some(feed) => feeds::refresh(state, Feeds::Only(vec![feed])),
        None => Vec::new(),
    }
}

/// Closes the pane and shows the entries of the selected feed.
fn go_to_selected(state: &mut State) -> Vec<Effect> {
    let Some(feed) = list(state).and_then(|list| list.cursor) else {
        return Vec::new();
    };
    state.overlay = None;
    let mut effects = feeds::go_to(state, Scope::Feed(feed));
    state.focus = Pane::Timeline;
    effects.extend(moving::settle(state));
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act as press, ailing, months_ago, noon, take};
    use crate::app::{Condition, Event, Size};
    use crate::model::{FeedOutcome, FetchProblem, Timestamp};

    /// The list in the pane, by titles and the selected one.
    fn pane(state: &State) -> (Vec<&str>, &str) {
        let list = list(state).unwrap();
        let title = |feed: &FeedId| state.subscriptions.title(*feed);
        (list.rows.iter().map(title).collect(), list.cursor.as_ref().map_or("", title))
    }

    fn failed(feed: i64) -> Event {
        Event::FeedFetched { feed: FeedId(feed), outcome: FeedOutcome::Failed(FetchProblem::TimedOut) }
    }

    fn opened() -> State {
        let mut state = ailing();
        press(&mut state, Action::ShowHealth);
        let activity = state.activity.clone().into_iter().collect();
        take(&mut state, Event::ActivityLoaded(activity));
        state
    }

    #[test]
    fn the_pane_opens_at_once_and_asks_for_what_it_does_not_know() {
        let mut state = State::sample();
        assert_eq!(press(&mut state, Action::ShowHealth), [Effect::LoadActivity]);
        assert_eq!(pane(&state), (vec!["Courier", "Kernel Post"], "Courier"));
        let old = Activity { newest: Some(months_ago(9)), per_week_tenths: 0 };
        take(&mut state, Event::ActivityLoaded(vec![(FeedId(1), Activity::default()), (FeedId(2), old)]));
        assert_eq!(pane(&state), (vec!["Kernel Post", "Courier"], "Kernel Post"));
    }

    #[test]
    fn a_reader_who_has_moved_keeps_the_order_until_the_top() {
        let mut state = State::sample();
        press(&mut state, Action::ShowHealth);
        press(&mut state, Action::MoveDown);
        let old = Activity { newest: Some(months_ago(9)), per_week_tenths: 0 };
        take(&mut state, Event::ActivityLoaded(vec![(FeedId(1), Activity::default()), (FeedId(2), old)]));
        assert_eq!(pane(&state), (vec!["Courier", "Kernel Post"], "Kernel Post"));
        assert!(list(&state).unwrap().out_of_order);
        press(&mut state, Action::GoTop);
        assert_eq!(pane(&state), (vec!["Kernel Post", "Courier"], "Kernel Post"));
        assert!(!list(&state).unwrap().out_of_order);
    }

    #[test]
    fn the_selection_moves_and_stops_at_both_ends() {
        let mut state = opened();
        for (action, expected) in [
            (Action::MoveUp, "Broken Bugle"),
            (Action::MoveDown, "Gone Gazette"),
            (Action::GoBottom, "Kernel Post"),
            (Action::MoveDown, "Kernel Post"),
            (Action::PageUp, "Broken Bugle"),
            (Action::HalfPageDown, "Kernel Post"),
            (Action::GoTop, "Broken Bugle"),
        ] {
            assert_eq!(press(&mut state, action), []);
            assert_eq!(pane(&state).1, expected, "{action:?}");
        }
    }

    #[test]
    fn the_selected_feed_stays_in_sight_when_the_terminal_shrinks() {
        let mut state = opened();
        press(&mut state, Action::GoBottom);
        take(&mut state, Event::Resized(Size { width: 40, height: 10 }));
        assert_eq!(list(&state).unwrap().top, 3);
    }

    #[test]
    fn the_selected_feed_is_asked_again() {
        let mut state = opened();
        let effects = press(&mut state, Action::RefreshFeed);
        assert_eq!(effects, [Effect::Refresh(Feeds::Only(vec![FeedId(4)]))]);
        assert!(list(&state).is_some());
    }

    #[test]
    fn the_entries_of_the_selected_feed_are_shown() {
        let mut state = opened();
        state.focus = Pane::Sidebar;
        press(&mut state, Action::Open);
        assert_eq!((state.overlay.clone(), state.focus), (None, Pane::Timeline));
        assert_eq!(state.timeline.scope, Scope::Feed(FeedId(4)));
    }

    #[test]
    fn the_pane_closes_by_its_own_key_too() {
        for close in [Action::Close, Action::Quit, Action::ShowHealth] {
            let mut state = opened();
            assert_eq!(press(&mut state, close), []);
            assert_eq!(state.overlay, None);
        }
    }

    #[test]
    fn help_gives_way_to_the_pane_and_the_pane_to_help() {
        let mut state = ailing();
        press(&mut state, Action::ShowHelp);
        press(&mut state, Action::ShowHealth);
        assert!(list(&state).is_some());
        press(&mut state, Action::ShowHelp);
        assert!(matches!(state.overlay, Some(Overlay::Help { top: 0, .. })));
    }

    #[test]
    fn the_clock_ticks_when_an_age_or_a_wait_in_the_pane_changes() {
        let mut state = opened();
        let after = |seconds: i64| Timestamp::from_second(noon().as_second() + seconds).ok();
        assert_eq!(state.next_tick(), after(1));
        for feed in &mut state.subscriptions.feeds {
            feed.health.next_due = None;
        }
        assert_eq!(state.next_tick(), after(60));
        state.subscriptions.feeds.clear();
        assert_eq!(state.next_tick(), None);
    }

    #[test]
    fn an_empty_library_has_an_empty_pane() {
        let mut state = State::sample();
        state.subscriptions.feeds.clear();
        press(&mut state, Action::ShowHealth);
        for action in [Action::MoveDown, Action::GoBottom, Action::RefreshFeed, Action::Open] {
            assert_eq!(press(&mut state, action), [], "{action:?}");
        }
        assert_eq!(pane(&state), (vec![], ""));
    }

    #[test]
    fn a_feed_that_fails_shows_it_at_once_and_stays_in_its_row() {
        let mut state = opened();
        press(&mut state, Action::RefreshAll);
        take(&mut state, failed(1));
        let feed = state.subscriptions.get(FeedId(1)).unwrap();
        assert_eq!(state.condition(feed), Condition::Failing);
        assert_eq!((feed.health.failures, feed.health.succeeded < feed.health.checked), (1, true));
        assert_eq!(pane(&state).0[4], "Courier");
        assert!(list(&state).unwrap().out_of_order);
    }

    #[test]
    fn activity_is_looked_up_again_after_a_refresh_while_the_pane_is_open() {
        let mut state = opened();
        press(&mut state, Action::RefreshAll);
        assert!(take(&mut state, Event::RefreshEnded).contains(&Effect::LoadActivity));
        take(&mut state, Event::ActivityLoaded(Vec::new()));
        press(&mut state, Action::Close);
        press(&mut state, Action::RefreshAll);
        assert!(!take(&mut state, Event::RefreshEnded).contains(&Effect::LoadActivity));
    }

    #[test]
    fn one_look_at_the_activity_runs_at_a_time() {
        let mut state = ailing();
        assert_eq!(press(&mut state, Action::ShowHealth), [Effect::LoadActivity]);
        press(&mut state, Action::Close);
        assert_eq!(press(&mut state, Action::ShowHealth), []);
        let loaded = Event::ActivityLoaded(Vec::new());
        assert_eq!(take(&mut state, loaded.clone()), [Effect::LoadActivity]);
        assert_eq!(take(&mut state, loaded), []);
    }

    #[test]
    fn activity_that_cannot_be_had_is_told_and_can_be_asked_for_again() {
        let mut state = ailing();
        press(&mut state, Action::ShowHealth);
        take(
            &mut state,
            Event::ActivityFailed(Failure::new("cannot look at the feeds", &FetchProblem::TimedOut)),
        );
        assert!(state.notice.as_ref().unwrap().text.starts_with("cannot look at the feeds"));
        press(&mut state, Action::Close);
        assert_eq!(press(&mut state, Action::ShowHealth), [Effect::LoadActivity]);
    }
}
