//! What lies beside an entry: files that come with it, and the page with comments.

use super::opening;
use crate::app::{Action, Effect, FileList, Overlay, State};
use crate::model::{Enclosure, EntryId};

/// Asks for the files of the current entry.
pub(super) fn begin(state: &mut State) -> Vec<Effect> {
    match state.current() {
        Some(entry) => vec![Effect::LoadFiles { entry }],
        None => nothing(state),
    }
}

/// Asks for the page with comments on the current entry.
pub(super) fn comments(state: &mut State) -> Vec<Effect> {
    match state.current() {
        Some(entry) => vec![Effect::OpenComments { entry }],
        None => nothing(state),
    }
}

fn nothing(state: &mut State) -> Vec<Effect> {
    state.say("no entry is selected");
    Vec::new()
}

/// Opens the only file; several are shown to choose from.
pub(super) fn loaded(state: &mut State, entry: EntryId, mut files: Vec<Enclosure>) -> Vec<Effect> {
    if state.current() != Some(entry) || state.overlay.is_some() {
        return Vec::new();
    }
    match files.len() {
        0 => {
            state.say("no files come with this entry");
            Vec::new()
        }
        1 => open(state, files.remove(0)),
        _ => {
            state.overlay = Some(Overlay::Files(FileList { entry, files, cursor: 0 }));
            Vec::new()
        }
    }
}

fn open(state: &mut State, file: Enclosure) -> Vec<Effect> {
    state.say(format!("opening {}", crate::app::file_name(&file)));
    vec![Effect::OpenFile(file)]
}

/// Moves among the files, opens or copies one, or closes them.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Overlay::Files(shown)) = &mut state.overlay else {
        return Vec::new();
    };
    let last = shown.files.len().saturating_sub(1);
    match action {
        Action::MoveDown => shown.cursor = (shown.cursor + 1).min(last),
        Action::MoveUp => shown.cursor = shown.cursor.saturating_sub(1),
        Action::GoTop => shown.cursor = 0,
        Action::GoBottom => shown.cursor = last,
        Action::Open | Action::Advance | Action::GoRight | Action::OpenFiles => {
            let chosen = shown.files.get(shown.cursor).cloned();
            state.overlay = None;
            return chosen.map_or_else(Vec::new, |file| open(state, file));
        }
        Action::OpenInBrowser => {
            let chosen = shown.files.get(shown.cursor).cloned();
            state.overlay = None;
            return chosen.map_or_else(Vec::new, |file| opening::browse(state, file.url));
        }
        Action::CopyAddress => {
            let Some(file) = shown.files.get(shown.cursor).cloned() else { return Vec::new() };
            state.say(format!("copied {}", crate::model::shown(&file.url)));
            return vec![Effect::Copy(file.url.to_string())];
        }
        Action::Close | Action::Quit | Action::GoLeft => state.overlay = None,
        Action::Leave => return vec![Effect::Quit],
        _ => {}
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Event;
    use crate::app::sample::{act, take};
    use crate::model::Url;

    fn file(name: &str) -> Enclosure {
        Enclosure { url: Url::parse(&format!("http://a.test/{name}")).unwrap(), mime: None, length: None }
    }

    fn asked(names: &[&str]) -> (State, Vec<Effect>) {
        let mut state = State::sample();
        assert_eq!(act(&mut state, Action::OpenFiles), [Effect::LoadFiles { entry: EntryId(5) }]);
        let files = names.iter().map(|name| file(name)).collect();
        let effects = take(&mut state, Event::FilesLoaded { entry: EntryId(5), files });
        (state, effects)
    }

    #[test]
    fn the_only_file_is_opened_at_once() {
        assert_eq!(asked(&["a.mp3"]).1, [Effect::OpenFile(file("a.mp3"))]);
        let (state, effects) = asked(&[]);
        assert_eq!((effects, state.notice.unwrap().text.as_str()), (vec![], "no files come with this entry"));
    }

    #[test]
    fn of_several_files_one_is_chosen_opened_or_copied() {
        let (mut state, effects) = asked(&["a.mp3", "b.mp3"]);
        assert_eq!(effects, []);
        act(&mut state, Action::MoveDown);
        act(&mut state, Action::MoveDown);
        assert_eq!(act(&mut state, Action::CopyAddress), [Effect::Copy("http://a.test/b.mp3".to_owned())]);
        assert_eq!(act(&mut state, Action::Open), [Effect::OpenFile(file("b.mp3"))]);
        assert_eq!(state.overlay, None);
    }

    #[test]
    fn files_that_come_when_the_reader_has_gone_on_are_left_out() {
        let (mut state, _) = asked(&[]);
        act(&mut state, Action::MoveDown);
        take(&mut state, Event::FilesLoaded { entry: EntryId(5), files: vec![file("a"), file("b")] });
        assert_eq!(state.overlay, None);
    }
}
