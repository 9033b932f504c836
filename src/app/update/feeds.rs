//! Scopes and feeds: changing what is shown, and bringing in what is new.

use super::{answers, health, lists, opening, querying, rows};
use crate::app::state::Load;
use crate::app::{Effect, Feeds, Pane, Progress, SidebarRow, State, Want, exists, sidebar, sidebar_rows};
use crate::model::{Failure, FeedId, FeedOutcome, Headline, Scope, Subscription, Subscriptions, Window};

/// Shows the timeline of a scope.
pub(super) fn go_to(state: &mut State, scope: Scope) -> Vec<Effect> {
    state.sidebar.cursor = scope.clone();
    sidebar::reveal(state, &scope);
    show_sidebar(state);
    if state.timeline.scope == scope {
        return Vec::new();
    }
    state.searched_from = None;
    let unread_only = state.timeline.unread_only;
    show_scope(state, scope, unread_only)
}

/// Goes to the next feed with unread entries, in the order of the sidebar, round.
pub(super) fn next_with_unread(state: &mut State, forward: bool) -> Vec<Effect> {
    let rows = sidebar::all_rows(&state.subscriptions);
    let at = rows.iter().position(|row| row.scope == state.timeline.scope).unwrap_or(0);
    let round = (1..rows.len()).map(|step| if forward { at + step } else { at + rows.len() - step });
    let found = round
        .map(|index| &rows[index % rows.len()])
        .find(|row| matches!(row.scope, Scope::Feed(_)) && row.count > 0);
    match found.map(|row| row.scope.clone()) {
        Some(scope) => {
            let mut effects = go_to(state, scope);
            if state.focus == Pane::Reader {
                effects.extend(super::focus(state, Pane::Timeline));
            }
            effects
        }
        None => {
            state.say("no other feed has unread entries");
            Vec::new()
        }
    }
}

/// Shows unread entries only, or all.
pub(super) fn toggle_unread_only(state: &mut State) -> Vec<Effect> {
    let unread_only = !state.timeline.unread_only;
    match state.timeline.scope.clone() {
        Scope::Unread => show_same_place(state, Scope::All, false),
        Scope::All => show_same_place(state, Scope::Unread, false),
        Scope::Saved => {
            state.say("Saved shows everything that is saved");
            Vec::new()
        }
        scope @ (Scope::Folder(_) | Scope::Feed(_) | Scope::Search(_) | Scope::Query(_)) => {
            state.say(if unread_only { "unread entries only" } else { "all entries" });
            show_same_place(state, scope, unread_only)
        }
    }
}

/// Shows other entries around the one that is selected.
fn show_same_place(state: &mut State, scope: Scope, unread_only: bool) -> Vec<Effect> {
    let Some(place) = state.timeline.selected().map(Headline::place) else {
        return show_scope(state, scope, unread_only);
    };
    state.sidebar.cursor = scope.clone();
    show_sidebar(state);
    state.timeline = state.timeline_of(scope, unread_only);
    rows::load(state, Window::Around(place), Want::Keep(Some(place.id)))
}

/// Fetches the feed of what is selected.
pub(super) fn refresh_current(state: &mut State) -> Vec<Effect> {
    let scope = match state.focus {
        Pane::Sidebar => &state.sidebar.cursor,
        Pane::Timeline | Pane::Reader => &state.timeline.scope,
    };
    let feeds = match scope {
        Scope::Feed(feed) => vec![*feed],
        Scope::Folder(folder) => state.subscriptions.feeds_below(*folder),
        Scope::Unread | Scope::All | Scope::Saved | Scope::Search(_) | Scope::Query(_) => {
            state.timeline.selected().map(|row| row.feed).into_iter().collect()
        }
    };
    if feeds.is_empty() {
        state.say("no feed is selected");
        return Vec::new();
    }
    refresh(state, Feeds::Only(feeds))
}

/// Fetches what has grown old, now and from now on.
pub(super) fn refresh_due(state: &mut State) -> Vec<Effect> {
    if state.wishes.offline {
        return Vec::new();
    }
    state.fetched_due = Some(state.now);
    if state.refresh.is_some() { Vec::new() } else { refresh(state, Feeds::Due) }
}

/// Fetches feeds, unless a fetch is under way.
pub(super) fn refresh(state: &mut State, feeds: Feeds) -> Vec<Effect> {
    if state.wishes.offline {
        state.say("offline: nothing is fetched");
        return Vec::new();
    }
    if state.refresh.is_some() {
        state.say("already refreshing");
        return Vec::new();
    }
    state.refresh = Some(Progress { asked: feeds != Feeds::Due, ..Progress::default() });
    vec![Effect::Refresh(feeds)]
}

/// Fetches no further feeds; what has come stays.
pub(super) fn stop_refresh(state: &mut State) -> Vec<Effect> {
    let Some(progress) = &mut state.refresh else {
        state.say("nothing is being refreshed");
        return Vec::new();
    };
    // Who stops it wants to hear how far it came.
    progress.asked = true;
    state.waiting.clear();
    vec![Effect::StopRefresh]
}

/// Takes what is followed; a scope that is gone gives way to Unread.
pub(super) fn loaded(state: &mut State, subscriptions: Subscriptions) -> Vec<Effect> {
    let before = std::mem::replace(&mut state.subscriptions, subscriptions);
    let load = std::mem::replace(&mut state.subscriptions_load, Load::Idle);
    let again = load == Load::Stale;
    let mut effects = if again { state.load_subscriptions() } else { Vec::new() };
    effects.extend(health::subscriptions_loaded(state));
    effects.extend(lists::look(state));
    effects.extend(querying::subscriptions_loaded(state));
    state.counts_in_doubt |= state.unsafe_marks.iter().any(|one| !one.safe);
    if std::mem::take(&mut state.is_changed_elsewhere) {
        announce(state, &before);
    }
    show_sidebar(state);
    let left = left_folder(state, &before);
    if let Some(scope) = left {
        effects.extend(go_to(state, scope));
    } else if !exists(&state.timeline.scope, &state.subscriptions) {
        state.sidebar.cursor = Scope::Unread;
        effects.extend(show_scope(state, Scope::Unread, false));
    } else if !state.timeline.loaded && state.timeline.pending.is_none() {
        effects.extend(rows::load(state, Window::First, Want::First));
    }
    effects
}

/// Finds where to go when the folder that is shown has no feeds any more: to the folder that has them now.
fn left_folder(state: &State, before: &Subscriptions) -> Option<Scope> {
    let Scope::Folder(folder) = state.timeline.scope else { return None };
    let now = &state.subscriptions;
    let feeds = before.feeds_below(folder);
    if feeds.is_empty() || !now.feeds_below(folder).is_empty() {
        return None;
    }
    let depth = before.folder_path(Some(folder)).len();
    let moved = feeds.iter().find_map(|feed| now.get(*feed)?.folder);
    let outer = moved.and_then(|folder| now.folder_at(folder, depth));
    Some(outer.map_or(Scope::Unread, Scope::Folder))
}

/// Says why there are no feeds; they can be asked for again.
pub(super) fn not_loaded(state: &mut State, failure: &Failure) -> Vec<Effect> {
    state.subscriptions_load = Load::Idle;
    state.complain(failure.to_string());
    Vec::new()
}

/// Notes how many feeds will be fetched.
pub(super) fn planned(state: &mut State, feeds: Vec<FeedId>) -> Vec<Effect> {
    let progress = state.refresh.get_or_insert_default();
    progress.total = Some(feeds.len());
    progress.pending = feeds.into_iter().collect();
    Vec::new()
}

/// Notes the end of one feed's fetch; announces what is new, and fills a list that was empty.
pub(super) fn fetched(state: &mut State, feed: FeedId, outcome: &FeedOutcome) -> Vec<Effect> {
    let progress = state.refresh.get_or_insert_default();
    progress.done += 1;
    progress.pending.remove(&feed);
    progress.failed += usize::from(outcome.is_failed());
    progress.left_alone += usize::from(matches!(outcome, FeedOutcome::LeftAlone { .. }));
    progress.new += outcome.new_entries();
    *progress.news.entry(feed).or_default() += outcome.new_entries();
    if may_show(state, feed) {
        state.timeline.arrived += outcome.new_entries();
    }
    answers::note(state, feed, outcome);
    if !matches!(outcome, FeedOutcome::Updated { .. }) {
        return Vec::new();
    }
    let mut effects = state.load_subscriptions();
    if state.timeline.filling && state.timeline.pending.is_none() {
        effects.extend(rows::reload(state));
    }
    effects
}

/// Sums up; what is new comes in where the reader is at the top, else it is announced.
pub(super) fn ended(state: &mut State) -> Vec<Effect> {
    let progress = state.refresh.take().unwrap_or_default();
    // Nothing was due: nothing to say.
    if progress.asked || progress.total != Some(0) {
        state.say(summary(&progress));
    }
    let mut effects = state.load_subscriptions();
    effects.push(Effect::IndexWords { is_wanted: false });
    effects.extend(notify(state, &progress));
    effects.extend(health::refresh_ended(state));
    let welcome = state.timeline.filling || (state.timeline.is_at_top() && state.focus != Pane::Reader);
    if state.timeline.arrived > 0 && welcome {
        effects.extend(rows::reload(state));
    }
    let waiting = std::mem::take(&mut state.waiting);
    if !waiting.is_empty() {
        effects.extend(refresh(state, Feeds::Only(waiting)));
    }
    effects
}

/// Tells outside of new entries that nobody waits for, in the folders that the reader named.
fn notify(state: &State, progress: &Progress) -> Option<Effect> {
    let folders = state.wishes.notify.as_ref().filter(|_| !progress.asked)?;
    let is_told = |feed: &FeedId| {
        let folder = state.subscriptions.get(*feed).and_then(|feed| feed.folder);
        let path = state.subscriptions.folder_path(folder);
        folders.is_empty() || path.iter().any(|name| folders.contains(name))
    };
    let new: usize = progress.news.iter().filter(|(feed, _)| is_told(feed)).map(|(_, new)| new).sum();
    let entries = if new == 1 { "entry" } else { "entries" };
    (new > 0).then(|| Effect::Notify(format!("{new} new {entries}")))
}

/// Fetches a feed that was just subscribed to, after the fetch under way if there is one.
pub(super) fn subscribed(state: &mut State, feed: FeedId) -> Vec<Effect> {
    let mut effects = changed(state);
    if state.refresh.is_some() {
        state.waiting.push(feed);
    } else {
        effects.extend(refresh(state, Feeds::Only(vec![feed])));
    }
    effects
}

/// Shows that other feeds are followed now.
pub(super) fn changed(state: &mut State) -> Vec<Effect> {
    let mut effects = state.load_subscriptions();
    effects.extend(rows::reload(state));
    effects
}

/// Shows what another process changed; what it brought is announced.
pub(super) fn changed_elsewhere(state: &mut State) -> Vec<Effect> {
    state.is_changed_elsewhere = true;
    let mut effects = state.load_subscriptions();
    effects.extend(rows::reload_seen(state));
    effects
}

/// Announces what another process brought, by the counts of feeds before and now.
fn announce(state: &mut State, before: &Subscriptions) {
    let grown = |feed: &&Subscription| {
        let total = before.get(feed.feed).map_or(0, |before| before.counts.total);
        feed.counts.total > total
    };
    let more = state.subscriptions.feeds.iter().filter(grown).map(|feed| {
        let total = before.get(feed.feed).map_or(0, |before| before.counts.total);
        (feed.feed, usize::try_from(feed.counts.total - total).unwrap_or(usize::MAX))
    });
    let more: Vec<(FeedId, usize)> = more.collect();
    let shown = more.into_iter().filter(|(feed, _)| may_show(state, *feed)).map(|(_, more)| more);
    let shown: usize = shown.sum();
    state.timeline.arrived += shown;
}

/// Tells whether new entries of a feed belong into the timeline shown.
fn may_show(state: &State, feed: FeedId) -> bool {
    if querying::is_query(state, &state.timeline.scope) {
        return false;
    }
    let filter = state.filter();
    filter.saved.is_none() && filter.feeds.is_none_or(|feeds| feeds.contains(&feed))
}

/// Gives the sidebar's row under its cursor.
pub(super) fn sidebar_index(state: &State, rows: &[SidebarRow<'_>]) -> Option<usize> {
    rows.iter().position(|row| row.scope == state.sidebar.cursor)
}

/// Scrolls the sidebar's cursor into sight.
pub(super) fn show_sidebar(state: &mut State) {
    let rows = sidebar_rows(state);
    let height = state.sidebar_height();
    let top = state.sidebar.top.min(rows.len().saturating_sub(height.max(1)));
    let at = sidebar_index(state, &rows).unwrap_or(0);
    state.sidebar.top = sidebar::scrolled_to(top, at, height);
}

fn show_scope(state: &mut State, scope: Scope, unread_only: bool) -> Vec<Effect> {
    state.timeline = state.timeline_of(scope, unread_only);
    let mut effects = rows::load(state, Window::First, Want::First);
    effects.extend(opening::preview(state));
    effects
}

fn summary(progress: &Progress) -> String {
    let new = match progress.new {
        0 => "nothing new".to_owned(),
        1 => "1 new entry".to_owned(),
        many => format!("{many} new entries"),
    };
    let new = match progress.left_alone {
        0 => new,
        1 => format!("{new} · 1 feed left alone, as its server asks"),
        many => format!("{new} · {many} feeds left alone, as their servers ask"),
    };
    match progress.failed {
        0 => new,
        1 => format!("{new} · 1 feed failed (e)"),
        many => format!("{new} · {many} feeds failed (e)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act, loads_rows, loads_subscriptions, take};
    use crate::app::{Action, Event};
    use crate::model::{EntryId, FetchProblem, Timestamp};

    fn updated(new: usize) -> Event {
        Event::FeedFetched { feed: FeedId(1), outcome: FeedOutcome::Updated { new, changed: 0 } }
    }

    #[test]
    fn unread_only_and_back_stays_with_the_entry() {
        let mut state = State::sample();
        act(&mut state, Action::MoveDown);
        let place = state.timeline.selected().map(Headline::place).unwrap();
        let effects = act(&mut state, Action::ToggleUnreadOnly);
        assert_eq!((&state.timeline.scope, &state.sidebar.cursor), (&Scope::All, &Scope::All));
        let is_around = |effect: &Effect| matches!(effect, Effect::LoadRows { window: Window::Around(around), .. } if *around == place);
        assert!(effects.iter().any(is_around));
    }

    #[test]
    fn one_refresh_runs_at_a_time() {
        let mut state = State::sample();
        assert_eq!(act(&mut state, Action::RefreshAll), [Effect::Refresh(Feeds::All)]);
        assert_eq!(act(&mut state, Action::RefreshAll), []);
        assert_eq!(state.notice.unwrap().text, "already refreshing");
    }

    #[test]
    fn feeds_are_fetched_by_themselves_when_they_are_due() {
        let mut state = State::sample();
        let at = |minutes: i64| Timestamp::from_second(state.now.as_second() + 60 * minutes).unwrap();
        let (soon, later, next_minute) = (at(5), at(50), at(1));
        assert_eq!(state.next_refresh(), None, "not before it was wanted");
        assert_eq!(take(&mut state, Event::Started), [Effect::Refresh(Feeds::Due)]);
        assert_eq!(state.next_refresh(), None, "one at a time");
        take(&mut state, Event::RefreshEnded);
        state.subscriptions.feeds[0].health.next_due = Some(later);
        state.subscriptions.feeds[1].health.next_due = Some(soon);
        assert_eq!(state.next_refresh(), Some(soon));
        state.subscriptions.feeds[1].health.next_due = Some(state.now);
        assert_eq!(state.next_refresh(), Some(next_minute), "not in a circle");
        state.subscriptions.feeds[1].health.state = crate::model::FeedState::Paused;
        assert_eq!(state.next_refresh(), Some(later));
        assert_eq!(take(&mut state, Event::FeedsDue), [Effect::Refresh(Feeds::Due)]);
    }

    #[test]
    fn nothing_is_fetched_offline() {
        let mut state = State::sample();
        state.wishes.offline = true;
        assert_eq!(act(&mut state, Action::RefreshAll), []);
        assert_eq!(state.refresh, None);
    }

    #[test]
    fn what_arrives_while_rows_are_on_their_way_comes_in_when_the_refresh_ends() {
        let mut state = State::sample();
        state.timeline.filling = true;
        act(&mut state, Action::RefreshAll);
        let effects = take(&mut state, updated(2));
        let ticket = effects.iter().find_map(|effect| match effect {
            Effect::LoadRows { ticket, .. } => Some(*ticket),
            _ => None,
        });
        assert!(!loads_rows(&take(&mut state, updated(1))), "one request at a time");
        let (horizon, rows) = (EntryId(9), crate::app::sample::rows([9, 8]));
        take(&mut state, Event::RowsLoaded { ticket: ticket.unwrap(), horizon, rows });
        assert_eq!(state.timeline.arrived, 1);
        assert!(loads_rows(&take(&mut state, Event::RefreshEnded)));
    }

    #[test]
    fn new_entries_are_announced_while_the_reader_is_down_the_list() {
        let mut state = State::sample();
        act(&mut state, Action::GoBottom);
        act(&mut state, Action::RefreshAll);
        assert!(!loads_rows(&take(&mut state, updated(3))));
        assert!(!loads_rows(&take(&mut state, Event::RefreshEnded)));
        assert_eq!(state.timeline.arrived, 3);
        assert!(loads_rows(&act(&mut state, Action::GoTop)));
    }

    #[test]
    fn new_entries_come_in_when_the_cursor_is_at_the_top() {
        let mut state = State::sample();
        act(&mut state, Action::RefreshAll);
        take(&mut state, updated(3));
        let effects = take(&mut state, Event::RefreshEnded);
        assert!(loads_rows(&effects));
        assert_eq!(state.timeline.pending.unwrap().want, Want::Keep(Some(EntryId(5))));
    }

    #[test]
    fn a_failed_feed_is_counted_and_stops_nothing() {
        let mut state = State::sample();
        act(&mut state, Action::RefreshAll);
        take(&mut state, Event::RefreshPlanned { feeds: vec![FeedId(1), FeedId(2)] });
        let outcome = FeedOutcome::Failed(FetchProblem::TimedOut);
        take(&mut state, Event::FeedFetched { feed: FeedId(1), outcome });
        take(&mut state, updated(1));
        let progress = state.refresh.clone().unwrap();
        assert_eq!((progress.total, progress.done, progress.failed), (Some(2), 2, 1));
        take(&mut state, Event::RefreshEnded);
        assert!(state.notice.unwrap().text.starts_with("1 new entry · 1 feed failed"));
    }

    #[test]
    fn a_feed_that_is_left_alone_is_said_and_has_not_failed() {
        let mut state = State::sample();
        act(&mut state, Action::RefreshAll);
        let outcome = FeedOutcome::LeftAlone { until: crate::model::Timestamp::MAX };
        take(&mut state, Event::FeedFetched { feed: FeedId(1), outcome });
        take(&mut state, Event::RefreshEnded);
        assert_eq!(state.notice.unwrap().text, "nothing new · 1 feed left alone, as its server asks");
    }

    #[test]
    fn a_feed_followed_during_a_refresh_is_fetched_after_it() {
        let mut state = State::sample();
        act(&mut state, Action::RefreshAll);
        take(&mut state, Event::FeedSubscribed(FeedId(9)));
        let effects = take(&mut state, Event::RefreshEnded);
        assert!(effects.contains(&Effect::Refresh(Feeds::Only(vec![FeedId(9)]))), "{effects:?}");
    }

    #[test]
    fn new_entries_of_other_feeds_are_not_announced() {
        let mut state = State::sample();
        act(&mut state, Action::NextFeed);
        assert_eq!(state.timeline.scope, Scope::Feed(FeedId(1)));
        let outcome = FeedOutcome::Updated { new: 3, changed: 0 };
        take(&mut state, Event::FeedFetched { feed: FeedId(2), outcome });
        assert_eq!(state.timeline.arrived, 0);
        take(&mut state, updated(2));
        assert_eq!(state.timeline.arrived, 2);
    }

    #[test]
    fn one_load_of_the_feeds_runs_at_a_time() {
        let mut state = State::sample();
        assert!(loads_subscriptions(&take(&mut state, updated(1))));
        assert!(!loads_subscriptions(&take(&mut state, updated(1))));
        assert!(!loads_subscriptions(&take(&mut state, updated(1))));
        let loaded = Event::SubscriptionsLoaded(state.subscriptions.clone());
        assert!(loads_subscriptions(&take(&mut state, loaded.clone())));
        assert!(!loads_subscriptions(&take(&mut state, loaded)));
    }

    #[test]
    fn the_next_feed_with_unread_entries_is_found_round_the_sidebar() {
        let mut state = State::sample();
        act(&mut state, Action::NextFeed);
        assert_eq!(state.timeline.scope, Scope::Feed(FeedId(1)));
        act(&mut state, Action::NextFeed);
        assert_eq!(state.timeline.scope, Scope::Feed(FeedId(2)));
        act(&mut state, Action::NextFeed);
        assert_eq!(state.timeline.scope, Scope::Feed(FeedId(1)));
        act(&mut state, Action::PreviousFeed);
        assert_eq!(state.timeline.scope, Scope::Feed(FeedId(2)));
    }

    #[test]
    fn unread_and_all_are_two_sides_of_one_key() {
        let mut state = State::sample();
        act(&mut state, Action::ToggleUnreadOnly);
        assert_eq!(state.timeline.scope, Scope::All);
        act(&mut state, Action::ToggleUnreadOnly);
        assert_eq!(state.timeline.scope, Scope::Unread);
    }

    #[test]
    fn a_scope_that_is_gone_gives_way_to_unread() {
        let mut state = State::sample();
        act(&mut state, Action::NextFeed);
        take(&mut state, Event::SubscriptionsLoaded(Subscriptions::default()));
        assert_eq!(state.timeline.scope, Scope::Unread);
    }
}
