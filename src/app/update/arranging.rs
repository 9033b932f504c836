//! Arranging the screen: borders, folders, order and shape of the headlines. All of it is kept for the next start.

use super::{feeds, moving, rows};
use crate::app::view::{arrangement, shape};
use crate::app::{Border, Effect, Pane, Shares, State, Want, panes, share_at};
use crate::model::{EntryId, Scope, Window};

/// Columns that a border moves at a time.
const STEP: u16 = 2;
/// So many beginnings of texts are kept at most.
const MOST_BEGINNINGS: usize = 2_000;

/// Moves the border on the right of the pane that has the focus, or else the one on its left.
pub(super) fn move_border(state: &mut State, right: bool) -> Vec<Effect> {
    let Some((border, column)) = nearest_border(state) else {
        state.say("there is room for one pane only");
        return Vec::new();
    };
    let column = if right { column.saturating_add(STEP) } else { column.saturating_sub(STEP) };
    put_border(state, border, column);
    arranged(state)
}

fn nearest_border(state: &State) -> Option<(Border, u16)> {
    let panes = panes(state);
    let of = |border| Some((border, panes.border(border)?));
    let (left, right) = (of(Border::OfSidebar), of(Border::OfTimeline));
    match state.focus {
        Pane::Sidebar => left.or(right),
        Pane::Timeline | Pane::Reader => right.or(left),
    }
}

/// Puts a border on a column of the terminal, or as near as the panes need.
pub(super) fn put_border(state: &mut State, border: Border, column: u16) {
    let panes = panes(state);
    let (width, sidebar) = (state.size.width, panes.border(Border::OfSidebar));
    let shares = &mut state.view.shares;
    match border {
        Border::OfSidebar if panes.reader.is_some() => shares.sidebar = share_at(column, width),
        Border::OfSidebar => shares.sidebar_of_two = share_at(column, width),
        Border::OfTimeline => {
            let begin = sidebar.map_or(0, |sidebar| sidebar + 1);
            shares.timeline = share_at(column.saturating_sub(begin), width.saturating_sub(begin));
        }
    }
}

/// Gives the panes the widths that newsterm would.
pub(super) fn even_panes(state: &mut State) -> Vec<Effect> {
    state.view.shares = Shares::default();
    arranged(state)
}

/// Shows the sidebar all the time, or only while it has the focus.
pub(super) fn toggle_sidebar(state: &mut State) -> Vec<Effect> {
    state.view.hides_sidebar = !state.view.hides_sidebar;
    if state.view.hides_sidebar && state.focus == Pane::Sidebar {
        state.focus = Pane::Timeline;
    }
    arranged(state)
}

/// Folds the folder under the sidebar's cursor, or the one that the feed there lies in; or unfolds it.
pub(super) fn toggle_folder(state: &mut State) -> Vec<Effect> {
    let folder = match &state.sidebar.cursor {
        Scope::Folder(folder) => Some(*folder),
        Scope::Feed(feed) => state.subscriptions.get(*feed).and_then(|feed| feed.folder),
        Scope::Unread | Scope::All | Scope::Saved | Scope::Search(_) | Scope::Query(_) => None,
    };
    let Some(folder) = folder else {
        state.say("go to a folder to fold it");
        return Vec::new();
    };
    let mut effects = Vec::new();
    if !state.view.folded.remove(&folder) {
        effects.extend(feeds::go_to(state, Scope::Folder(folder)));
        state.view.folded.insert(folder);
    }
    effects.extend(arranged(state));
    effects
}

/// Sorts the headlines in the next way.
pub(super) fn next_order(state: &mut State) -> Vec<Effect> {
    state.view.order = state.view.order.next();
    state.say(format!("sorted: {}", state.view.order.words()));
    let mut effects = reshaped(state);
    effects.extend(rows::load(state, Window::First, Want::First));
    effects
}

/// Puts headings of days or feeds between headlines, or takes them away.
pub(super) fn toggle_headings(state: &mut State) -> Vec<Effect> {
    state.view.has_headings = !state.view.has_headings;
    reshaped(state)
}

/// Says below each headline how its text begins, or no longer.
pub(super) fn toggle_beginnings(state: &mut State) -> Vec<Effect> {
    state.view.has_beginnings = !state.view.has_beginnings;
    reshaped(state)
}

fn reshaped(state: &mut State) -> Vec<Effect> {
    let scope = state.timeline.scope.clone();
    state.timeline.shape = shape(state, &scope);
    state.timeline.arrangement = arrangement(state, &state.timeline.scope);
    arranged(state)
}

/// Brings everything into sight again and keeps the arrangement.
pub(super) fn arranged(state: &mut State) -> Vec<Effect> {
    let mut effects = moving::settle(state);
    effects.push(Effect::RememberView(state.view.clone()));
    effects
}

/// Asks how the texts in sight begin, where that is shown and not known.
pub(super) fn settle_beginnings(state: &mut State) -> Option<Effect> {
    if !state.view.has_beginnings || panes(state).timeline.is_none() {
        return None;
    }
    let height = state.timeline_height();
    let in_sight = state.timeline.in_sight(height).iter().map(|row| row.id);
    let unknown: Vec<EntryId> = in_sight.filter(|id| !state.beginnings.contains_key(id)).collect();
    if unknown.is_empty() {
        return None;
    }
    if state.beginnings.len() > MOST_BEGINNINGS {
        state.beginnings.clear();
    }
    // Each is asked for once.
    state.beginnings.extend(unknown.iter().map(|id| (*id, String::new())));
    Some(Effect::LoadBeginnings(unknown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::act;
    use crate::app::{Action, Size, update::Message};
    use crate::app::{Event, Gesture, Pointer, sample::noon, update};
    use crate::model::{Arrangement, FeedId, FolderId};

    fn point(state: &mut State, gesture: Gesture, column: u16) -> Vec<Effect> {
        update(state, Message::Pointed(Pointer { gesture, column, row: 9 }), noon())
    }

    #[test]
    fn a_border_moves_by_key_and_is_kept() {
        let mut state = State::sample();
        let before = panes(&state).timeline.unwrap().body.width;
        let effects = act(&mut state, Action::BorderRight);
        assert_eq!(panes(&state).timeline.unwrap().body.width, before + STEP);
        assert!(effects.iter().any(|effect| matches!(effect, Effect::RememberView(_))), "{effects:?}");
        act(&mut state, Action::BorderLeft);
        assert_eq!(panes(&state).timeline.unwrap().body.width, before);
        act(&mut state, Action::BorderLeft);
        act(&mut state, Action::EvenPanes);
        assert_eq!(panes(&state).timeline.unwrap().body.width, before);
    }

    #[test]
    fn a_border_is_dragged_and_keeps_its_proportion() {
        let mut state = State::sample();
        let column = panes(&state).border(Border::OfSidebar).unwrap();
        point(&mut state, Gesture::Press, column);
        point(&mut state, Gesture::Drag, 50);
        let effects = point(&mut state, Gesture::Release, 50);
        assert!(matches!(effects[..], [.., Effect::RememberView(_)]), "{effects:?}");
        assert_eq!(panes(&state).border(Border::OfSidebar), Some(50));
        update(&mut state, Message::Event(Event::Resized(Size { width: 160, height: 40 })), noon());
        assert_eq!(panes(&state).border(Border::OfSidebar), Some(40));
    }

    #[test]
    fn no_border_leaves_a_pane_without_room() {
        for size in [(200, 40), (100, 40), (140, 10)] {
            let mut state = State::sample();
            state.size = Size { width: size.0, height: size.1 };
            for focus in [Pane::Sidebar, Pane::Timeline, Pane::Reader] {
                state.focus = focus;
                for border in [Border::OfSidebar, Border::OfTimeline] {
                    for column in [0, 1, 20, 99, 139, 200, u16::MAX] {
                        put_border(&mut state, border, column);
                        let panes = panes(&state);
                        let all = [panes.sidebar, panes.timeline, panes.reader].into_iter().flatten();
                        assert!(all.into_iter().all(|pane| pane.body.width >= 12), "{panes:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_sidebar_comes_when_it_is_gone_to() {
        let mut state = State::sample();
        act(&mut state, Action::ToggleSidebar);
        assert_eq!(panes(&state).sidebar, None);
        act(&mut state, Action::GoLeft);
        assert!(panes(&state).sidebar.is_some());
        act(&mut state, Action::ToggleSidebar);
        act(&mut state, Action::GoRight);
        assert!(panes(&state).sidebar.is_some());
    }

    #[test]
    fn a_folder_is_folded_from_a_feed_in_it() {
        let mut state = State::sample();
        act(&mut state, Action::GoLeft);
        feeds::go_to(&mut state, Scope::Feed(FeedId(1)));
        act(&mut state, Action::ToggleFolder);
        assert_eq!(state.sidebar.cursor, Scope::Folder(FolderId(1)));
        assert_eq!(crate::app::sidebar_rows(&state).len(), 5);
        act(&mut state, Action::ToggleFolder);
        assert_eq!(crate::app::sidebar_rows(&state).len(), 6);
    }

    #[test]
    fn an_order_asks_for_rows_in_it() {
        let mut state = State::sample();
        let arrangements =
            [Arrangement::Oldest, Arrangement::Feeds(vec![FeedId(1), FeedId(2)]), Arrangement::Newest];
        for wanted in arrangements {
            let effects = act(&mut state, Action::NextOrder);
            let asked = effects.iter().find_map(|effect| match effect {
                Effect::LoadRows { listing, .. } => Some(listing.arrangement.clone()),
                _ => None,
            });
            assert_eq!(asked, Some(wanted));
        }
    }

    #[test]
    fn beginnings_are_asked_for_once_and_only_of_rows_in_sight() {
        let mut state = State::sample();
        state.size.height = 7;
        let asked = |effects: Vec<Effect>| {
            effects.into_iter().find_map(|effect| match effect {
                Effect::LoadBeginnings(entries) => Some(entries),
                _ => None,
            })
        };
        assert_eq!(asked(act(&mut state, Action::ToggleBeginnings)).unwrap().len(), 3);
        assert_eq!(asked(act(&mut state, Action::MoveDown)), None);
        assert_eq!(asked(act(&mut state, Action::GoBottom)).unwrap().len(), 2);
    }
}
