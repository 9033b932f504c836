//! Marks: shown at once, taken back if they cannot be stored.

use std::sync::Arc;

use super::querying;
use crate::app::state::{Load, UnsafeMark};
use crate::app::{Effect, State, Ticket, scope_title};
use crate::model::{Article, EntryId, Failure, FeedId, Mark, Rows, Status, Step, Subscriptions, Window};

/// Marks the current entry read, or unread.
pub(super) fn toggle_read(state: &mut State) -> Vec<Effect> {
    toggle(state, |status| if status.read { Mark::Unread } else { Mark::Read })
}

/// Saves the current entry, or no longer.
pub(super) fn toggle_saved(state: &mut State) -> Vec<Effect> {
    toggle(state, |status| if status.saved { Mark::Unsaved } else { Mark::Saved })
}

/// Marks everything the timeline holds read, loaded or not.
pub(super) fn list_read(state: &mut State) -> Vec<Effect> {
    let unread = state.timeline.rows.iter().filter(|row| row.status.is_unread());
    let entries: Vec<_> = unread.map(|row| (row.id, row.feed)).collect();
    if entries.is_empty() && !state.timeline.more_after && !state.timeline.more_before {
        state.say("nothing unread here");
        return Vec::new();
    }
    read_all(state, entries, None)
}

/// Marks what stands above the cursor read, or what stands below it, loaded or not.
pub(super) fn part_read(state: &mut State, below: bool) -> Vec<Effect> {
    let timeline = &state.timeline;
    let Some(index) = timeline.index() else {
        state.say("no entry is selected");
        return Vec::new();
    };
    let place = timeline.rows[index].place();
    let (rows, more, part) = if below {
        (&timeline.rows[index + 1..], timeline.more_after, Window::After(place))
    } else {
        (&timeline.rows[..index], timeline.more_before, Window::Before(place))
    };
    let unread = rows.iter().filter(|row| row.status.is_unread());
    let entries: Vec<_> = unread.map(|row| (row.id, row.feed)).collect();
    if entries.is_empty() && !more {
        state.say(if below { "nothing unread below" } else { "nothing unread above" });
        return Vec::new();
    }
    read_all(state, entries, Some(part))
}

/// Marks the list read, or a part of it; of what is loaded it is known what that changes.
fn read_all(state: &mut State, entries: Vec<(EntryId, FeedId)>, part: Option<Window>) -> Vec<Effect> {
    apply(state, &entries, Mark::Read);
    let listing = state.listing();
    let (ticket, mark) = (state.ticket(), Mark::Read);
    state.unsafe_marks.push(UnsafeMark { ticket, entries, mark, safe: false });
    vec![Effect::MarkAll { ticket, listing, part, mark, horizon: state.timeline.horizon }]
}

/// Marks one entry, where that changes it.
pub(super) fn mark(state: &mut State, entry: EntryId, mark: Mark) -> Vec<Effect> {
    let Some((feed, _)) = known(state, entry).filter(|(_, status)| status.with(mark) != *status) else {
        return Vec::new();
    };
    let entries = vec![(entry, feed)];
    apply(state, &entries, mark);
    let ticket = state.ticket();
    state.unsafe_marks.push(UnsafeMark { ticket, entries, mark, safe: false });
    vec![Effect::Mark { ticket, entries: vec![entry], mark }]
}

/// Marks some entries as one step, where that changes them, and says how many.
pub(super) fn mark_many(state: &mut State, chosen: &[(EntryId, FeedId, Status)], mark: Mark) -> Vec<Effect> {
    let differing = chosen.iter().filter(|(_, _, status)| status.with(mark) != *status);
    let entries: Vec<_> = differing.map(|(entry, feed, _)| (*entry, *feed)).collect();
    if entries.is_empty() {
        state.say("nothing to mark");
        return Vec::new();
    }
    apply(state, &entries, mark);
    let ids: Vec<EntryId> = entries.iter().map(|(entry, _)| *entry).collect();
    state.say(format!("{} — u takes it back", Step::Marked(mark, ids.clone()).summary()));
    let ticket = state.ticket();
    state.unsafe_marks.push(UnsafeMark { ticket, entries, mark, safe: false });
    vec![Effect::Mark { ticket, entries: ids, mark }]
}

/// Forgets what is safe now. Counts that were loaded meanwhile may be without it.
pub(super) fn stored(state: &mut State, ticket: Ticket) -> Vec<Effect> {
    for one in state.unsafe_marks.iter_mut().filter(|one| one.ticket == ticket) {
        one.safe = true;
    }
    if state.timeline.pending.is_none() {
        forget_safe(state);
    }
    // Counts on their way may have been read before the mark.
    state.counts_in_doubt |= state.subscriptions_load != Load::Idle;
    if state.unsafe_marks.iter().any(|one| !one.safe) {
        return Vec::new();
    }
    if std::mem::take(&mut state.counts_in_doubt) {
        return state.load_subscriptions();
    }
    querying::count(state)
}

/// Forgets the marks that are safe.
pub(super) fn forget_safe(state: &mut State) {
    state.unsafe_marks.retain(|one| !one.safe);
}

/// Shows marks on their way to the disk on rows that were read from it before them.
pub(super) fn overtake(state: &State, rows: &mut Rows) {
    let filter = state.filter();
    for UnsafeMark { entries, mark, .. } in &state.unsafe_marks {
        rows.headlines.retain_mut(|row| {
            if entries.iter().all(|(id, _)| *id != row.id) {
                return true;
            }
            row.status = row.status.with(*mark);
            filter.takes(row.status)
        });
    }
}

/// Takes back what could not be stored.
pub(super) fn failed(state: &mut State, ticket: Ticket, failure: &Failure) -> Vec<Effect> {
    let at = state.unsafe_marks.iter().position(|one| one.ticket == ticket);
    if let Some(at) = at {
        let UnsafeMark { entries, mark, .. } = state.unsafe_marks.remove(at);
        apply(state, &entries, mark.opposite());
    }
    state.complain(failure.to_string());
    state.load_subscriptions()
}

/// Says how much was marked; the counts of what was not loaded come from the store.
pub(super) fn all_marked(state: &mut State, ticket: Ticket, step: &Step) -> Vec<Effect> {
    let mut effects = stored(state, ticket);
    match step {
        Step::Marked(_, entries) if entries.is_empty() => state.say("nothing unread here"),
        Step::Marked(mark, entries) => {
            show(state, entries, *mark);
            let title = scope_title(&state.timeline.scope, &state.subscriptions);
            state.say(format!("{} in {title} — u takes it back", step.summary()));
        }
        Step::Subscribed(_)
        | Step::Removed(_)
        | Step::Changed(_)
        | Step::Labelled(..)
        | Step::Unlabelled(..)
        | Step::QueriesChanged(_) => {}
    }
    effects.extend(state.load_subscriptions());
    effects
}

/// Shows marks on their way to the disk on an article that was read from it before them.
pub(super) fn overtake_article(state: &State, mut article: Arc<Article>) -> Arc<Article> {
    for UnsafeMark { entries, mark, .. } in &state.unsafe_marks {
        if entries.iter().any(|(id, _)| *id == article.entry) {
            let status = article.status.with(*mark);
            Arc::make_mut(&mut article).status = status;
        }
    }
    article
}

/// Shows a change of marks on rows, article and counts.
pub(super) fn show(state: &mut State, entries: &[EntryId], mark: Mark) -> bool {
    let reader = &mut state.reader;
    let other = reader.other.as_mut().map(|other| &mut other.article);
    for article in reader.article.iter_mut().chain(other) {
        if entries.contains(&article.entry) {
            Arc::make_mut(article).status = article.status.with(mark);
        }
    }
    state.timeline.mark(entries, mark)
}

fn toggle(state: &mut State, choose: impl Fn(Status) -> Mark) -> Vec<Effect> {
    let Some(entry) = state.current() else {
        return Vec::new();
    };
    let Some((_, status)) = known(state, entry) else {
        return Vec::new();
    };
    let chosen = choose(status);
    state.say(chosen.participle());
    mark(state, entry, chosen)
}

/// Finds an entry among the rows, or as the article that is open though its row is gone.
fn known(state: &State, entry: EntryId) -> Option<(FeedId, Status)> {
    let row = state.timeline.rows.iter().find(|row| row.id == entry);
    let article = state.reader.article.as_ref().filter(|article| article.entry == entry);
    row.map(|row| (row.feed, row.status)).or_else(|| article.map(|article| (article.feed, article.status)))
}

fn apply(state: &mut State, entries: &[(EntryId, FeedId)], mark: Mark) {
    let ids: Vec<EntryId> = entries.iter().map(|(id, _)| *id).collect();
    show(state, &ids, mark);
    for (_, feed) in entries {
        count(&mut state.subscriptions, *feed, mark);
    }
}

/// Keeps the counts in step with a mark, until the store's own come.
fn count(subscriptions: &mut Subscriptions, feed: FeedId, mark: Mark) {
    let of_feed = subscriptions.feeds.iter_mut().find(|s| s.feed == feed).map(|s| &mut s.counts);
    for counts in of_feed.into_iter().chain([&mut subscriptions.library]) {
        match mark {
            Mark::Read => counts.unread = counts.unread.saturating_sub(1),
            Mark::Unread => counts.unread += 1,
            Mark::Saved => counts.saved += 1,
            Mark::Unsaved => counts.saved = counts.saved.saturating_sub(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act, rows, take, texts};
    use crate::app::{Action, Event};

    fn failure() -> Failure {
        Failure { what: "cannot mark".into(), why: "disk full".into(), hint: None }
    }

    #[test]
    fn what_stands_below_the_cursor_is_marked_loaded_or_not() {
        let mut state = State::sample();
        act(&mut state, Action::MoveDown);
        let place = state.timeline.selected().unwrap().place();
        let effects = act(&mut state, Action::MarkBelow);
        assert!(
            matches!(effects[..], [Effect::MarkAll { part: Some(Window::After(from)), .. }] if from == place)
        );
        let unread = |state: &State| state.timeline.rows.iter().filter(|row| row.status.is_unread()).count();
        assert_eq!(unread(&state), 2);
        assert_eq!(act(&mut state, Action::MarkBelow), []);
        let effects = act(&mut state, Action::MarkAbove);
        assert!(
            matches!(effects[..], [Effect::MarkAll { part: Some(Window::Before(_)), .. }]),
            "{effects:?}"
        );
        assert_eq!(unread(&state), 1);
    }

    #[test]
    fn a_mark_shows_at_once_in_row_and_counts() {
        let mut state = State::sample();
        let unread = state.subscriptions.library.unread;
        act(&mut state, Action::ToggleRead);
        assert!(state.timeline.rows[0].status.read);
        assert_eq!(state.subscriptions.library.unread, unread - 1);
    }

    #[test]
    fn a_mark_that_cannot_be_stored_is_taken_back() {
        let mut state = State::sample();
        let before = (state.timeline.rows.clone(), state.subscriptions.clone());
        let effects = act(&mut state, Action::ToggleSaved);
        let [Effect::Mark { ticket, .. }] = effects[..] else { panic!("{effects:?}") };
        take(&mut state, Event::MarkFailed { ticket, failure: failure() });
        assert_eq!((state.timeline.rows.clone(), state.subscriptions.clone()), before);
        assert_eq!(state.notice.unwrap().text, "cannot mark: disk full");
    }

    #[test]
    fn a_mark_on_its_way_counts_for_rows_that_are_loaded_meanwhile() {
        let mut state = State::sample();
        act(&mut state, Action::ToggleRead);
        let mut loaded = rows([5, 4]);
        overtake(&state, &mut loaded);
        assert_eq!(loaded, rows([4]));
    }

    #[test]
    fn counts_that_were_loaded_before_a_mark_was_safe_are_loaded_again() {
        let mut state = State::sample();
        let effects = act(&mut state, Action::ToggleRead);
        let [Effect::Mark { ticket, .. }] = effects[..] else { panic!("{effects:?}") };
        let loaded = Event::SubscriptionsLoaded(state.subscriptions.clone());
        take(&mut state, loaded);
        assert_eq!(take(&mut state, Event::MarkStored { ticket }), [Effect::LoadSubscriptions]);
    }

    #[test]
    fn they_are_loaded_again_also_while_rows_are_on_their_way() {
        let mut state = State::sample();
        let effects = act(&mut state, Action::ToggleRead);
        let [Effect::Mark { ticket, .. }] = effects[..] else { panic!("{effects:?}") };
        act(&mut state, Action::GoToAll);
        let loaded = Event::SubscriptionsLoaded(state.subscriptions.clone());
        take(&mut state, loaded);
        assert_eq!(take(&mut state, Event::MarkStored { ticket }), [Effect::LoadSubscriptions]);
    }

    #[test]
    fn counts_on_their_way_when_a_mark_becomes_safe_are_loaded_once_more() {
        let mut state = State::sample();
        state.start();
        let effects = act(&mut state, Action::ToggleRead);
        let [Effect::Mark { ticket, .. }] = effects[..] else { panic!("{effects:?}") };
        assert_eq!(take(&mut state, Event::MarkStored { ticket }), []);
        let loaded = Event::SubscriptionsLoaded(state.subscriptions.clone());
        assert_eq!(take(&mut state, loaded), [Effect::LoadSubscriptions]);
    }

    #[test]
    fn marking_a_list_covers_what_is_not_loaded_up_to_its_horizon() {
        let mut state = State::sample();
        state.timeline.horizon = EntryId(77);
        let effects = act(&mut state, Action::MarkListRead);
        assert!(matches!(effects[..], [Effect::MarkAll { horizon: EntryId(77), mark: Mark::Read, .. }]));
        assert!(state.timeline.rows.iter().all(|row| row.status.read));
    }

    #[test]
    fn an_open_article_can_be_marked_when_its_row_is_gone() {
        let mut state = State::sample();
        act(&mut state, Action::Open);
        take(&mut state, Event::ArticleLoaded { entry: EntryId(5), texts: Some(texts(5)) });
        state.timeline.rows.clear();
        let effects = act(&mut state, Action::ToggleSaved);
        assert!(matches!(effects[..], [Effect::Mark { mark: Mark::Saved, .. }]), "{effects:?}");
        assert!(state.reader.article.unwrap().status.saved);
    }

    #[test]
    fn a_list_that_could_not_be_marked_is_unread_again() {
        let mut state = State::sample();
        let before = state.timeline.rows.clone();
        let effects = act(&mut state, Action::MarkListRead);
        let [Effect::MarkAll { ticket, .. }] = effects[..] else { panic!("{effects:?}") };
        take(&mut state, Event::MarkFailed { ticket, failure: failure() });
        assert_eq!(state.timeline.rows, before);
    }

    #[test]
    fn rows_that_were_read_stay_in_unread() {
        let mut state = State::sample();
        act(&mut state, Action::ToggleRead);
        act(&mut state, Action::MoveDown);
        assert_eq!(state.timeline.rows.len(), 5);
        assert_eq!(state.timeline.rows[0].status, Status { read: true, saved: false });
    }
}
