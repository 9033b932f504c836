//! Lists of feeds that other readers left: offered while nothing is followed, and taken over when that is wanted.

use super::feeds;
use crate::app::{Action, Effect, Feeds, FoundLists, Overlay, State};
use crate::model::FoundList;

/// Looks for lists at the start, where the reader follows nothing of their own yet.
pub(super) fn look(state: &mut State) -> Option<Effect> {
    let is_new = state.subscriptions.feeds.iter().all(|feed| !matches!(feed.url.scheme(), "http" | "https"));
    let is_start = state.lists.is_none();
    state.lists.get_or_insert_default();
    (is_new && is_start).then_some(Effect::FindLists { is_asked: false })
}

/// Says what was found.
pub(super) fn found(state: &mut State, lists: Vec<FoundList>, is_asked: bool) -> Vec<Effect> {
    let first = lists.first().map(FoundList::words);
    state.lists = Some(lists.clone());
    match first {
        Some(_) if is_asked => {
            state.overlay = Some(Overlay::Lists(FoundLists { lists, cursor: 0 }));
        }
        Some(words) => {
            let key = state.keys.get(&Action::ImportList).and_then(|keys| keys.first());
            if let Some(key) = key.cloned() {
                state.say(format!("found {words}: {key} brings them in"));
            }
        }
        None if is_asked => {
            state.say("no OPML file and no newsboat was found; newsterm import FILE reads any");
        }
        None => {}
    }
    Vec::new()
}

/// Moves among the lists, takes one over, or closes them.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Overlay::Lists(found)) = &mut state.overlay else {
        return Vec::new();
    };
    let last = found.lists.len().saturating_sub(1);
    match action {
        Action::MoveDown => found.cursor = (found.cursor + 1).min(last),
        Action::MoveUp => found.cursor = found.cursor.saturating_sub(1),
        Action::GoTop => found.cursor = 0,
        Action::GoBottom => found.cursor = last,
        Action::Open | Action::Advance | Action::GoRight => {
            let chosen = found.lists.get(found.cursor).cloned();
            state.overlay = None;
            state.say("following the feeds of the list…");
            return chosen.into_iter().map(Effect::ImportList).collect();
        }
        Action::Close | Action::Quit | Action::GoLeft => state.overlay = None,
        Action::Leave => return vec![Effect::Quit],
        _ => {}
    }
    Vec::new()
}

/// Says how many feeds are new, and fetches them.
pub(super) fn imported(state: &mut State, added: usize) -> Vec<Effect> {
    let mut effects = feeds::changed(state);
    if added == 0 {
        state.say("all of its feeds are followed already");
        return effects;
    }
    if state.refresh.is_none() && !state.wishes.offline {
        effects.extend(feeds::refresh(state, Feeds::Due));
    }
    let noun = if added == 1 { "feed" } else { "feeds" };
    state.say(format!("following {added} more {noun} — u takes it back"));
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Event;
    use crate::app::sample::{act as press, take};
    use crate::model::{ListKind, Subscriptions};

    fn list() -> FoundList {
        FoundList { path: "/x/mine.opml".into(), kind: ListKind::Opml, feeds: 3 }
    }

    #[test]
    fn a_new_reader_is_told_of_lists_once() {
        let mut state = State::sample();
        state.keys.insert(Action::ImportList, vec!["I".to_owned()]);
        let none = Subscriptions::default();
        assert!(
            take(&mut state, Event::SubscriptionsLoaded(none.clone()))
                .contains(&Effect::FindLists { is_asked: false })
        );
        assert!(
            !take(&mut state, Event::SubscriptionsLoaded(none))
                .contains(&Effect::FindLists { is_asked: false })
        );
        take(&mut state, Event::ListsFound { lists: vec![list()], is_asked: false });
        assert_eq!(state.notice.unwrap().text, "found mine.opml · 3 feeds: I brings them in");
        assert_eq!(state.overlay, None);
    }

    #[test]
    fn a_reader_who_takes_all_feeds_back_is_offered_nothing() {
        let mut state = State::sample();
        let full = state.subscriptions.clone();
        for subscriptions in [full, Subscriptions::default()] {
            let effects = take(&mut state, Event::SubscriptionsLoaded(subscriptions));
            assert!(!effects.contains(&Effect::FindLists { is_asked: false }));
        }
    }

    #[test]
    fn a_list_that_is_chosen_is_followed_and_fetched() {
        let mut state = State::sample();
        assert_eq!(press(&mut state, Action::ImportList), [Effect::FindLists { is_asked: true }]);
        take(&mut state, Event::ListsFound { lists: vec![list()], is_asked: true });
        assert_eq!(press(&mut state, Action::Open), [Effect::ImportList(list())]);
        let effects = take(&mut state, Event::ListImported { added: 3 });
        assert!(effects.contains(&Effect::Refresh(Feeds::Due)), "{effects:?}");
        assert_eq!(state.notice.unwrap().text, "following 3 more feeds — u takes it back");
    }
}
