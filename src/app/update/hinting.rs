//! Three hints at the right time, then silence.

use crate::app::{Action, Effect, Pane, State};

/// Gives the next hint where its time has come and nothing else is said.
pub(super) fn settle(state: &mut State, done: Option<Action>) -> Option<Effect> {
    let is_free = state.notice.is_none() && state.overlay.is_none() && state.prompt.is_none();
    let is_time = match state.view.hints {
        0 => !state.timeline.rows.is_empty(),
        1 => done.is_some() && state.focus == Pane::Reader && state.reader.page.is_some(),
        2 => {
            matches!(done, Some(Action::Close | Action::Quit | Action::GoLeft))
                && state.focus == Pane::Timeline
        }
        _ => return None,
    };
    if !is_free || !is_time {
        return None;
    }
    let key = |action| state.keys.get(&action).and_then(|keys| keys.first()).cloned().unwrap_or_default();
    let words = match state.view.hints {
        0 => format!(
            "{} {} choose, {} opens, {} shows all keys",
            key(Action::MoveDown),
            key(Action::MoveUp),
            key(Action::Open),
            key(Action::ShowHelp)
        ),
        1 => format!(
            "{} reads on and goes to the next, {} saves, {} opens the page",
            key(Action::Advance),
            key(Action::ToggleSaved),
            key(Action::OpenInBrowser)
        ),
        _ => format!(
            "{} takes back whatever you did, {} offers everything by name",
            key(Action::Undo),
            key(Action::ShowPalette)
        ),
    };
    state.say(words);
    state.view.hints += 1;
    Some(Effect::RememberView(state.view.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Event;
    use crate::app::sample::{act, opened, take};

    #[test]
    fn each_hint_is_given_once_and_at_its_time() {
        let mut state = opened("<p>Rain.</p>");
        act(&mut state, Action::Close);
        state.view.hints = 0;
        let said = |state: &mut State| state.notice.take().map(|notice| notice.text);
        take(&mut state, Event::ClockTicked);
        assert!(said(&mut state).unwrap().contains("choose"));
        act(&mut state, Action::MoveDown);
        act(&mut state, Action::MoveUp);
        assert_eq!(said(&mut state), None);
        state.reader.page = opened("<p>Rain.</p>").reader.page;
        act(&mut state, Action::Open);
        assert!(said(&mut state).unwrap().contains("saves"));
        act(&mut state, Action::Close);
        assert!(said(&mut state).unwrap().contains("takes back"));
        act(&mut state, Action::Open);
        act(&mut state, Action::Close);
        assert_eq!(said(&mut state), None);
    }
}
