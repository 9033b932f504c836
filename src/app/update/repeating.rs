//! Actions that were asked for several times at once.

use super::{act, moving};
use crate::app::{Action, Effect, State};

/// Steps that are taken one by one, at most.
const MOST: usize = 100;

/// Does an action so many times, if that means anything; else once.
pub(super) fn act_times(state: &mut State, action: Action, times: usize) -> Vec<Effect> {
    let rows = isize::try_from(times).unwrap_or(isize::MAX);
    let is_plain = state.overlay.is_none() && state.reader.selection.is_none();
    match action {
        Action::MoveDown if is_plain => plainly(state, |state| moving::by(state, rows)),
        Action::MoveUp if is_plain => plainly(state, |state| moving::by(state, -rows)),
        Action::MoveDown
        | Action::MoveUp
        | Action::HalfPageDown
        | Action::HalfPageUp
        | Action::PageDown
        | Action::PageUp
        | Action::NextFeed
        | Action::PreviousFeed
        | Action::NextUnread
        | Action::PreviousUnread
        | Action::NextEntry
        | Action::PreviousEntry
        | Action::Back
        | Action::Forward
        | Action::Narrower
        | Action::Wider
        | Action::Undo
        | Action::Redo => (0..times.min(MOST)).flat_map(|_| act(state, action)).collect(),
        _ => act(state, action),
    }
}

fn plainly(state: &mut State, step: impl FnOnce(&mut State) -> Vec<Effect>) -> Vec<Effect> {
    state.notice = None;
    step(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Message;
    use crate::app::sample::noon;
    use crate::app::update;
    use crate::model::EntryId;

    fn times(state: &mut State, action: Action, times: usize) -> Vec<Effect> {
        update(state, Message::Repeated(action, times), noon())
    }

    #[test]
    fn the_cursor_moves_by_so_many_rows_and_loads_what_it_comes_to() {
        let mut state = State::sample();
        let effects = times(&mut state, Action::MoveDown, 3);
        assert_eq!(state.timeline.cursor, Some(EntryId(2)));
        assert_eq!(effects, [Effect::LoadArticle { entry: EntryId(2) }]);
        times(&mut state, Action::MoveUp, usize::MAX);
        assert_eq!(state.timeline.cursor, Some(EntryId(5)));
    }

    #[test]
    fn several_steps_are_taken_back() {
        assert_eq!(times(&mut State::sample(), Action::Undo, 3), [Effect::Undo, Effect::Undo, Effect::Undo]);
    }

    #[test]
    fn what_cannot_be_repeated_is_done_once() {
        let mut state = State::sample();
        times(&mut state, Action::ToggleRead, 2);
        assert!(!state.timeline.rows[0].status.is_unread());
    }
}
