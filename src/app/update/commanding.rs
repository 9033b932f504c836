//! The palette: typing in it, choosing from it.

use super::{act, feeds};
use crate::app::{Command, Effect, Keys, Overlay, Palette, Prompt, Question, State, Typed, Wishes, remember};

/// Rows that a page of the palette is moved by.
const PAGE: isize = 10;

/// Opens the palette, over whatever lies over the panes.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    state.overlay = Some(Overlay::Palette(Palette::of(state, "")));
    state.prompt = Some(Prompt::new(Question::Command));
    Vec::new()
}

/// Takes what was typed.
pub(super) fn typed(state: &mut State, mut prompt: Prompt, typed: Typed) -> Vec<Effect> {
    let Some(Overlay::Palette(palette)) = &mut state.overlay else {
        return Vec::new();
    };
    match typed {
        Typed::Accept => return choose(state),
        Typed::Cancel => {
            state.overlay = None;
            return Vec::new();
        }
        Typed::Up => palette.step(-1),
        Typed::Down => palette.step(1),
        Typed::PageUp => palette.cursor = palette.cursor.saturating_add_signed(-PAGE),
        Typed::PageDown => {
            let last = palette.entries.len().saturating_sub(1);
            palette.cursor = palette.cursor.saturating_add_signed(PAGE).min(last);
        }
        Typed::Complete => {
            if let Some(entry) = palette.selected() {
                prompt.set(&entry.label);
                state.overlay = Some(Overlay::Palette(Palette::of(state, prompt.text())));
            }
        }
        typed => {
            if prompt.take(typed) {
                state.overlay = Some(Overlay::Palette(Palette::of(state, prompt.text())));
            }
        }
    }
    state.prompt = Some(prompt);
    Vec::new()
}

/// Does what is selected.
fn choose(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Palette(palette)) = state.overlay.take() else {
        return Vec::new();
    };
    let Some(entry) = palette.selected() else {
        state.say("there is no such command");
        return Vec::new();
    };
    let command = entry.command.clone();
    remember(&mut state.commands, command.clone());
    match command {
        Command::Act(action) => act(state, action),
        Command::GoTo(scope) => feeds::go_to(state, scope),
        Command::UseTheme(name) => use_theme(state, name),
        Command::Set { key, value } => vec![Effect::ChangeSetting { key, value }],
    }
}

/// Shows all in the colours of the theme after the one in use.
pub(super) fn next_theme(state: &mut State) -> Vec<Effect> {
    let at = state.themes.iter().position(|name| *name == state.theme);
    let next = at.map_or(0, |at| (at + 1) % state.themes.len().max(1));
    match state.themes.get(next).cloned() {
        Some(name) => use_theme(state, name),
        None => Vec::new(),
    }
}

/// Has the settings in force that were read again.
pub(super) fn settings_read(
    state: &mut State,
    wishes: Wishes,
    settings: Vec<(String, String)>,
    (keys, themes): (Keys, Vec<String>),
    notice: Result<String, String>,
) -> Vec<Effect> {
    // What the reader chose by keys stays: the length of lines, and whether pictures are shown.
    let (measure, pictures, cell) = (state.wishes.measure, state.wishes.pictures, state.wishes.cell);
    state.wishes = Wishes { measure, pictures, cell, ..wishes };
    (state.settings, state.keys, state.themes) = (settings, keys, themes);
    match notice {
        Ok(words) => state.say(words),
        Err(words) => state.complain(words),
    }
    Vec::new()
}

fn use_theme(state: &mut State, name: String) -> Vec<Effect> {
    state.say(format!("theme {name}"));
    state.theme.clone_from(&name);
    vec![Effect::UseTheme(name)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Action;
    use crate::app::sample::{act as press, type_key, type_text};
    use crate::model::{FeedId, Scope};

    fn opened() -> State {
        let mut state = State::sample();
        press(&mut state, Action::ShowPalette);
        state
    }

    #[test]
    fn a_feed_is_gone_to_by_its_name() {
        let mut state = opened();
        type_text(&mut state, "kernel");
        type_key(&mut state, Typed::Accept);
        assert_eq!((state.timeline.scope, state.overlay, state.prompt), (Scope::Feed(FeedId(2)), None, None));
    }

    #[test]
    fn an_action_is_done_by_its_words_and_remembered() {
        let mut state = opened();
        type_text(&mut state, "last change back");
        assert_eq!(type_key(&mut state, Typed::Accept), [Effect::Undo]);
        press(&mut state, Action::ShowPalette);
        assert_eq!(type_key(&mut state, Typed::Accept), [Effect::Undo], "it comes first now");
    }

    #[test]
    fn themes_go_round_and_are_found_by_name() {
        let mut state = State::sample();
        state.themes = vec!["auto".to_owned(), "nord".to_owned()];
        state.theme = "auto".to_owned();
        assert_eq!(press(&mut state, Action::NextTheme), [Effect::UseTheme("nord".to_owned())]);
        assert_eq!(press(&mut state, Action::NextTheme), [Effect::UseTheme("auto".to_owned())]);
        press(&mut state, Action::ShowPalette);
        type_text(&mut state, "nord");
        assert_eq!(type_key(&mut state, Typed::Accept), [Effect::UseTheme("nord".to_owned())]);
        assert_eq!(state.theme, "nord");
    }

    #[test]
    fn an_action_may_bring_another_window() {
        let mut state = opened();
        type_text(&mut state, "this help");
        type_key(&mut state, Typed::Accept);
        assert!(matches!(state.overlay, Some(Overlay::Help { .. })) && state.prompt.is_none());
    }

    #[test]
    fn thinking_better_of_it_leaves_all_as_it_was() {
        let mut state = opened();
        type_text(&mut state, "quit");
        type_key(&mut state, Typed::Cancel);
        assert_eq!((state.overlay.is_none(), state.prompt.is_none()), (true, true));
    }

    #[test]
    fn the_label_is_taken_over_and_nothing_found_does_nothing() {
        let mut state = opened();
        type_text(&mut state, "kern");
        type_key(&mut state, Typed::Complete);
        assert_eq!(state.prompt.as_ref().unwrap().text(), "Kernel Post");
        type_text(&mut state, "qqqq");
        assert_eq!(type_key(&mut state, Typed::Accept), []);
        assert_eq!(state.notice.unwrap().text, "there is no such command");
    }
}
