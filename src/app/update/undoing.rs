//! What was taken back or done again shows on what is loaded, else the list is loaded anew.

use super::{labelling, marking, rows};
use crate::app::{Effect, Overlay, Pane, State};
use crate::model::Step;

/// Shows that the last step was taken back.
pub(super) fn undone(state: &mut State, step: Option<Step>) -> Vec<Effect> {
    match step {
        Some(step) => {
            state.say(format!("took back: {} — ^r does it again", step.summary()));
            show(state, &step.opposite())
        }
        None => {
            state.say("nothing to take back");
            Vec::new()
        }
    }
}

/// Shows that a step was done again.
pub(super) fn redone(state: &mut State, step: Option<Step>) -> Vec<Effect> {
    match step {
        Some(step) => {
            state.say(format!("did again: {}", step.summary()));
            show(state, &step)
        }
        None => {
            state.say("nothing to do again");
            Vec::new()
        }
    }
}

fn show(state: &mut State, step: &Step) -> Vec<Effect> {
    let mut effects = state.load_subscriptions();
    if let Some(Overlay::Form(form)) = &state.overlay {
        effects.push(Effect::LoadFeedSettings { feed: form.feed });
    }
    match step {
        Step::Marked(mark, entries) => {
            if !marking::show(state, entries, *mark) {
                effects.extend(rows::reload(state));
            } else if let ([entry], Pane::Timeline) = (&entries[..], state.focus)
                && let Some(index) = state.timeline.rows.iter().position(|row| row.id == *entry)
            {
                effects.extend(super::moving::select(state, index));
            }
        }
        Step::Labelled(label, entries) => {
            effects.extend(labelling::show(state, (label, true), entries));
        }
        Step::Unlabelled(label, entries) => {
            effects.extend(labelling::show(state, (label, false), entries));
        }
        Step::Subscribed(_) | Step::Removed(_) | Step::Changed(_) | Step::QueriesChanged(_) => {
            effects.extend(rows::reload(state));
        }
    }
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Event;
    use crate::app::sample::{loads_rows, take};
    use crate::model::{EntryId, Mark};

    #[test]
    fn an_undone_mark_leaves_the_row_where_it_is_and_goes_there() {
        let mut state = State::sample();
        state.timeline.mark(&[EntryId(3)], Mark::Read);
        let step = Step::Marked(Mark::Read, vec![EntryId(3)]);
        let effects = take(&mut state, Event::StepUndone(Some(step)));
        assert!(!loads_rows(&effects));
        assert!(state.timeline.rows[2].status.is_unread());
        assert_eq!(state.timeline.cursor, Some(EntryId(3)));
    }

    #[test]
    fn an_undone_mark_of_what_is_not_loaded_loads_the_list_anew() {
        let mut state = State::sample();
        let step = Step::Marked(Mark::Read, vec![EntryId(700)]);
        assert!(loads_rows(&take(&mut state, Event::StepUndone(Some(step)))));
    }

    #[test]
    fn nothing_to_undo_says_so() {
        let mut state = State::sample();
        assert_eq!(take(&mut state, Event::StepUndone(None)), []);
        assert_eq!(state.notice.unwrap().text, "nothing to take back");
    }
}
