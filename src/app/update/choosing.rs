//! Selecting headlines, to mark them together as one step.

use super::marking;
use crate::app::{Action, Effect, Pane, State};
use crate::model::{EntryId, FeedId, Mark, Status};

/// Begins to select, or no longer does.
pub(super) fn begin(state: &mut State) -> Vec<Effect> {
    let timeline = &mut state.timeline;
    timeline.anchor = if timeline.chosen().is_some() { None } else { timeline.cursor };
    Vec::new()
}

/// Takes what is meant for the selected headlines; none where the action is for others.
pub(super) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let rows = state.timeline.chosen().filter(|_| state.focus == Pane::Timeline)?;
    let chosen: Vec<(EntryId, FeedId, Status)> =
        state.timeline.rows[rows].iter().map(|row| (row.id, row.feed, row.status)).collect();
    let any = |is: fn(&Status) -> bool| chosen.iter().any(|(_, _, status)| is(status));
    let mark = match action {
        Action::ToggleRead if any(|status| !status.read) => Mark::Read,
        Action::ToggleRead => Mark::Unread,
        Action::ToggleSaved if any(|status| !status.saved) => Mark::Saved,
        Action::ToggleSaved => Mark::Unsaved,
        Action::MarkListRead => Mark::Read,
        Action::Close => {
            state.timeline.anchor = None;
            return Some(Vec::new());
        }
        _ => return None,
    };
    state.timeline.anchor = None;
    Some(marking::mark_many(state, &chosen, mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::act as press;

    fn chosen() -> State {
        let mut state = State::sample();
        press(&mut state, Action::MoveDown);
        press(&mut state, Action::SelectRows);
        press(&mut state, Action::MoveDown);
        press(&mut state, Action::MoveDown);
        state
    }

    fn marked(effects: &[Effect]) -> (Vec<i64>, Mark) {
        match effects {
            [Effect::Mark { entries, mark, .. }] => (entries.iter().map(|entry| entry.0).collect(), *mark),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_rows_between_are_marked_as_one_step_up_or_down() {
        let mut state = chosen();
        assert_eq!(state.timeline.chosen(), Some(1..=3));
        assert_eq!(marked(&press(&mut state, Action::ToggleRead)), (vec![4, 3, 2], Mark::Read));
        assert_eq!(state.notice.as_ref().unwrap().text, "marked read · 3 entries — u takes it back");
        assert_eq!(state.timeline.chosen(), None);
        press(&mut state, Action::SelectRows);
        press(&mut state, Action::MoveUp);
        assert_eq!(
            marked(&press(&mut state, Action::ToggleRead)),
            (vec![3, 2], Mark::Unread),
            "all were read"
        );
    }

    #[test]
    fn only_those_that_differ_are_marked() {
        let mut state = chosen();
        state.timeline.rows[2].status.saved = true;
        assert_eq!(marked(&press(&mut state, Action::ToggleSaved)), (vec![4, 2], Mark::Saved));
    }

    #[test]
    fn escape_selects_no_longer_and_closes_nothing() {
        let mut state = chosen();
        press(&mut state, Action::Close);
        assert_eq!(state.timeline.anchor, None);
        let mut state = chosen();
        press(&mut state, Action::SelectRows);
        assert_eq!(state.timeline.anchor, None, "the key again");
    }
}
