//! Searching in the open article: as it is typed, and from one place to the next.

use crate::app::{Effect, Finding, Prompt, Question, State, Typed};
use crate::typeset::Position;

/// Lines that stay in sight above a place that was found, where it must be scrolled to.
const ABOVE: usize = 3;

/// Begins to ask what to look for.
pub(super) fn begin(state: &mut State) -> Vec<Effect> {
    if state.reader.page.is_none() {
        state.say("no article is open");
        return Vec::new();
    }
    let question = Question::Find { from: state.reader.position };
    state.prompt = Some(Prompt::new(question).after(&state.view.answers));
    Vec::new()
}

/// Takes what was typed.
pub(super) fn typed(state: &mut State, from: Position, mut prompt: Prompt, typed: Typed) -> Vec<Effect> {
    match typed {
        Typed::Accept => accept(state),
        Typed::Cancel => {
            state.reader.finding = None;
            go_to_position(state, from);
        }
        typed => {
            if prompt.take(typed) {
                go_to_position(state, from);
                let top = state.reader.top;
                state.reader.find(prompt.text(), top);
                show(state);
            }
            state.prompt = Some(prompt);
        }
    }
    Vec::new()
}

/// Goes to the next place found, or the one before; tells whether there was anything to go to.
pub(super) fn step(state: &mut State, is_forward: bool) -> bool {
    let Some(finding) = state.reader.finding.as_mut().filter(|finding| !finding.found.is_empty()) else {
        return false;
    };
    finding.step(is_forward);
    say_where(state);
    show(state);
    true
}

/// Ends the search; tells whether there was one.
pub(super) fn end(state: &mut State) -> bool {
    state.reader.finding.take().is_some()
}

fn accept(state: &mut State) {
    match &state.reader.finding {
        Some(finding) if finding.found.is_empty() => {
            state.complain(format!("not found: {}", finding.query));
            state.reader.finding = None;
        }
        _ => say_where(state),
    }
}

fn say_where(state: &mut State) {
    if let Some(Finding { found, at, query }) = &state.reader.finding {
        state.say(format!("{} of {}: {query}", at + 1, found.len()));
    }
}

fn go_to_position(state: &mut State, from: Position) {
    let height = state.reader_height();
    state.reader.go_to(from, height);
}

/// Brings the place found last into sight.
fn show(state: &mut State) {
    let height = state.reader_height();
    let reader = &mut state.reader;
    let Some(line) = reader.finding.as_ref().and_then(Finding::line) else {
        return;
    };
    if line < reader.top || line >= reader.top + height {
        let to = line.saturating_sub(ABOVE.min(height / 2));
        let by = isize::try_from(to).unwrap_or(0) - isize::try_from(reader.top).unwrap_or(0);
        reader.scroll(by, height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Action;
    use crate::app::sample::{act, opened, type_key, type_text};

    fn searching() -> State {
        let paragraphs: Vec<String> = (0..60).map(|n| format!("<p>Rain number {n} fell.</p>")).collect();
        let mut state = opened(&paragraphs.concat());
        act(&mut state, Action::Find);
        state
    }

    #[test]
    fn the_first_place_is_shown_while_it_is_typed() {
        let mut state = searching();
        type_text(&mut state, "number 4");
        assert_eq!(state.reader.top, 0, "it is in sight");
        let finding = state.reader.finding.as_ref().unwrap();
        assert_eq!((finding.found.len(), finding.at), (11, 0));
        let line = finding.line().unwrap();
        assert!(state.reader.page.as_ref().unwrap().lines()[line].text().contains("number 4"));
        type_text(&mut state, "5");
        assert!(state.reader.top > 0);
        assert_eq!(state.reader.finding.as_ref().unwrap().found.len(), 1);
    }

    #[test]
    fn keys_go_from_place_to_place_and_round() {
        let mut state = searching();
        type_text(&mut state, "number 5");
        type_key(&mut state, Typed::Accept);
        assert!(state.prompt.is_none());
        act(&mut state, Action::PreviousUnread);
        assert!(state.notice.as_ref().unwrap().text.starts_with("11 of 11"));
        act(&mut state, Action::NextUnread);
        assert!(state.notice.as_ref().unwrap().text.starts_with("1 of 11"));
        act(&mut state, Action::Close);
        assert_eq!((state.focus, &state.reader.finding), (crate::app::Pane::Reader, &None));
    }

    #[test]
    fn thinking_better_of_it_goes_back() {
        let mut state = searching();
        type_text(&mut state, "number 50");
        type_key(&mut state, Typed::Cancel);
        assert_eq!((state.reader.top, &state.reader.finding), (0, &None));
    }

    #[test]
    fn what_is_not_there_is_said() {
        let mut state = searching();
        type_text(&mut state, "snow");
        assert_eq!(state.reader.top, 0);
        type_key(&mut state, Typed::Accept);
        assert_eq!(state.notice.unwrap().text, "not found: snow");
    }

    #[test]
    fn another_width_finds_the_same_again() {
        let mut state = searching();
        type_text(&mut state, "number 50");
        let page = state.reader.page.clone().unwrap();
        state.reader.show(std::sync::Arc::new(page.manuscript().page(30)), 20);
        let line = state.reader.finding.as_ref().and_then(Finding::line).unwrap();
        assert!(state.reader.page.as_ref().unwrap().lines()[line].text().contains("number 50"));
    }
}
