//! Moving in the pane that has the focus, and between panes.

use super::{feeds, focus, health, opening, rows};
use crate::app::{Effect, Pane, State, Want, sidebar_rows};
use crate::model::Window;

/// Moves by rows, or scrolls by lines.
pub(super) fn by(state: &mut State, steps: isize) -> Vec<Effect> {
    match state.focus {
        Pane::Sidebar => {
            let rows = sidebar_rows(state);
            let at = feeds::sidebar_index(state, &rows).unwrap_or(0);
            let to = at.saturating_add_signed(steps).min(rows.len() - 1);
            feeds::go_to(state, rows[to].scope.clone())
        }
        Pane::Timeline => {
            let at = state.timeline.index().unwrap_or(0);
            select(state, at.saturating_add_signed(steps))
        }
        Pane::Reader => {
            let height = state.reader_height();
            state.reader.scroll(steps, height);
            Vec::new()
        }
    }
}

/// Moves by parts of a pane.
pub(super) fn by_pages(state: &mut State, pages: isize, part: usize) -> Vec<Effect> {
    let height = match state.focus {
        Pane::Sidebar => state.sidebar_height(),
        Pane::Timeline => state.timeline_height() / state.timeline.shape.lines(),
        Pane::Reader => state.reader_height(),
    };
    let steps = isize::try_from((height / part).max(1)).unwrap_or(1);
    by(state, pages * steps)
}

/// Goes to the first row; in the timeline this brings in what has arrived.
pub(super) fn to_top(state: &mut State) -> Vec<Effect> {
    match state.focus {
        Pane::Timeline if state.timeline.arrived > 0 || state.timeline.more_before => {
            state.timeline.filling = false;
            rows::load(state, Window::First, Want::First)
        }
        Pane::Timeline => select(state, 0),
        Pane::Sidebar | Pane::Reader => by(state, isize::MIN),
    }
}

/// Goes to the last row, wherever the library ends.
pub(super) fn to_bottom(state: &mut State) -> Vec<Effect> {
    match state.focus {
        Pane::Timeline if state.timeline.more_after => {
            state.timeline.filling = false;
            rows::load(state, Window::Last, Want::Last)
        }
        Pane::Timeline => select(state, usize::MAX),
        Pane::Sidebar | Pane::Reader => by(state, isize::MAX),
    }
}

/// Goes one pane to the left.
pub(super) fn left(state: &mut State) -> Vec<Effect> {
    match state.focus {
        Pane::Sidebar => Vec::new(),
        Pane::Timeline => focus(state, Pane::Sidebar),
        Pane::Reader => focus(state, Pane::Timeline),
    }
}

/// Goes round the panes.
pub(super) fn next_pane(state: &mut State) -> Vec<Effect> {
    let next = match state.focus {
        Pane::Sidebar => Pane::Timeline,
        Pane::Timeline => Pane::Reader,
        Pane::Reader => Pane::Sidebar,
    };
    focus(state, next)
}

/// Goes round the panes the other way.
pub(super) fn previous_pane(state: &mut State) -> Vec<Effect> {
    let previous = match state.focus {
        Pane::Sidebar => Pane::Reader,
        Pane::Timeline => Pane::Sidebar,
        Pane::Reader => Pane::Timeline,
    };
    focus(state, previous)
}

/// Puts the cursor of the timeline on a row of those loaded.
pub(super) fn select(state: &mut State, index: usize) -> Vec<Effect> {
    let before = state.timeline.cursor;
    let height = state.timeline_height();
    state.timeline.select(index, height);
    state.timeline.filling = false;
    let mut effects = rows::extend(state);
    if state.timeline.cursor != before {
        effects.extend(opening::preview(state));
    }
    effects
}

/// Brings everything into sight again after the panes have changed.
pub(super) fn settle(state: &mut State) -> Vec<Effect> {
    let height = state.timeline_height();
    state.timeline.show(height);
    feeds::show_sidebar(state);
    health::show(state);
    let mut effects = rows::extend(state);
    effects.extend(opening::preview(state));
    effects.extend(opening::typeset_again(state));
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act, loads_rows, loads_subscriptions};
    use crate::app::{Action, Size};
    use crate::model::{EntryId, Scope};

    #[test]
    fn the_cursor_moves_and_previews_without_marking() {
        let mut state = State::sample();
        let effects = act(&mut state, Action::MoveDown);
        assert_eq!(state.timeline.cursor, Some(EntryId(4)));
        assert_eq!(effects, [Effect::LoadArticle { entry: EntryId(4) }]);
    }

    #[test]
    fn keys_go_by_pages_round_the_panes_and_to_the_scopes() {
        let mut state = State::sample();
        let cursor = |state: &State| state.timeline.cursor.unwrap().0;
        act(&mut state, Action::PageDown);
        assert_eq!(cursor(&state), 1);
        act(&mut state, Action::HalfPageUp);
        assert_eq!(cursor(&state), 5);
        act(&mut state, Action::NextEntry);
        act(&mut state, Action::NextEntry);
        act(&mut state, Action::PreviousEntry);
        assert_eq!(cursor(&state), 4);
        let mut seen = Vec::new();
        for action in [Action::NextPane, Action::NextPane, Action::NextPane, Action::PreviousPane] {
            act(&mut state, action);
            seen.push(state.focus);
        }
        assert_eq!(seen, [Pane::Reader, Pane::Sidebar, Pane::Timeline, Pane::Sidebar]);
        for (action, scope) in [(Action::GoToSaved, Scope::Saved), (Action::GoToUnread, Scope::Unread)] {
            act(&mut state, action);
            assert_eq!(state.timeline.scope, scope);
        }
    }

    #[test]
    fn the_cursor_stops_at_both_ends() {
        let mut state = State::sample();
        act(&mut state, Action::MoveUp);
        assert_eq!(state.timeline.cursor, Some(EntryId(5)));
        act(&mut state, Action::GoBottom);
        act(&mut state, Action::MoveDown);
        assert_eq!(state.timeline.cursor, Some(EntryId(1)));
    }

    #[test]
    fn moving_in_the_sidebar_shows_the_timeline_of_the_row() {
        let mut state = State::sample();
        act(&mut state, Action::GoLeft);
        let effects = act(&mut state, Action::MoveDown);
        assert_eq!(state.timeline.scope, Scope::All);
        assert!(loads_rows(&effects), "{effects:?}");
    }

    #[test]
    fn the_bottom_of_a_long_list_is_loaded_and_not_walked() {
        let mut state = State::sample();
        state.timeline.more_after = true;
        let effects = act(&mut state, Action::GoBottom);
        assert!(matches!(effects[..], [Effect::LoadRows { window: Window::Last, .. }]));
    }

    #[test]
    fn coming_near_the_end_of_what_is_loaded_asks_for_more_once() {
        let mut state = State::sample();
        state.timeline.more_after = true;
        let asks = |effects: &[Effect]| {
            effects.iter().any(|e| matches!(e, Effect::LoadRows { window: Window::After(_), .. }))
        };
        assert!(asks(&act(&mut state, Action::MoveDown)));
        assert!(!asks(&act(&mut state, Action::MoveDown)));
    }

    #[test]
    fn a_narrow_terminal_previews_nothing() {
        let mut state = State::sample();
        state.size = Size { width: 60, height: 20 };
        assert_eq!(act(&mut state, Action::MoveDown), []);
    }

    #[test]
    fn moves_ask_nothing_of_the_sidebar() {
        let mut state = State::sample();
        assert!(!loads_subscriptions(&act(&mut state, Action::HalfPageDown)));
    }
}
