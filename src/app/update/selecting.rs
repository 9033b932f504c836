//! Selecting lines and paragraphs of the article by keys, and copying them.

use crate::app::{Action, Effect, Selection, State, Unit};

/// Begins to select; what is selected already is made longer from now on, or no longer.
pub(super) fn begin(state: &mut State, unit: Unit) -> Vec<Effect> {
    let top = state.reader.top;
    let first = state.reader.page.as_ref().and_then(|page| page.text_from(top, true));
    let Some(first) = first else {
        state.say("no article is open");
        return Vec::new();
    };
    match &mut state.reader.selection {
        Some(selection) if selection.unit == unit => selection.is_extending = !selection.is_extending,
        Some(selection) => selection.unit = unit,
        None => state.reader.selection = Some(Selection::at(first, unit)),
    }
    show(state);
    Vec::new()
}

/// Takes what is meant for the selection; none where the action is for others.
pub(super) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let selection = state.reader.selection.as_ref()?;
    if selection.unit == Unit::Character && !matches!(action, Action::CopyAddress | Action::Close) {
        // What the mouse selected is copied already.
        state.reader.selection = None;
        return None;
    }
    let half = isize::try_from(state.reader_height() / 2).unwrap_or(1).max(1);
    match action {
        Action::MoveDown => step(state, 1),
        Action::MoveUp => step(state, -1),
        Action::HalfPageDown => step_lines(state, half),
        Action::HalfPageUp => step_lines(state, -half),
        Action::PageDown => step_lines(state, 2 * half),
        Action::PageUp => step_lines(state, -2 * half),
        Action::GoTop => step_lines(state, isize::MIN),
        Action::GoBottom => step_lines(state, isize::MAX),
        Action::CopyAddress | Action::Open => return Some(copy(state)),
        Action::Close | Action::Quit => state.reader.selection = None,
        _ => {
            if !matches!(action, Action::SelectParagraphs | Action::SelectLines | Action::ShowHelp) {
                state.reader.selection = None;
            }
            return None;
        }
    }
    Some(Vec::new())
}

/// Copies what is selected.
pub(super) fn copy(state: &mut State) -> Vec<Effect> {
    let (Some(selection), Some(page)) = (state.reader.selection.take(), &state.reader.page) else {
        return Vec::new();
    };
    let text = page.excerpt(selection.part(page));
    if text.is_empty() {
        return Vec::new();
    }
    let words = text.split_whitespace().count();
    state.say(if words == 1 { "copied a word".to_owned() } else { format!("copied {words} words") });
    vec![Effect::Copy(text)]
}

fn step(state: &mut State, steps: isize) {
    if let (Some(selection), Some(page)) = (&mut state.reader.selection, &state.reader.page) {
        selection.step(page, steps);
    }
    show(state);
}

fn step_lines(state: &mut State, lines: isize) {
    if let (Some(selection), Some(page)) = (&mut state.reader.selection, &state.reader.page) {
        let last = page.lines().len().saturating_sub(1);
        let wanted = selection.head.line.saturating_add_signed(lines).min(last);
        let found = page.text_from(wanted, lines > 0).or_else(|| page.text_from(wanted, lines < 0));
        selection.go_to(found.unwrap_or(wanted));
    }
    show(state);
}

/// Brings what is moved into sight, its beginning first.
fn show(state: &mut State) {
    let height = state.reader_height();
    let (Some(selection), Some(page)) = (&state.reader.selection, &state.reader.page) else {
        return;
    };
    let lines = selection.lines(page);
    let top = state.reader.top;
    let lowest = lines.end.saturating_sub(height).min(lines.start);
    let wanted = top.clamp(lowest, lines.start);
    if let Ok(steps) = isize::try_from(wanted.abs_diff(top)) {
        state.reader.scroll(if wanted < top { -steps } else { steps }, height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act, opened};

    fn copied(state: &mut State, actions: &[Action]) -> Option<String> {
        let effects: Vec<Effect> = actions.iter().flat_map(|action| act(state, *action)).collect();
        effects.into_iter().find_map(|effect| match effect {
            Effect::Copy(text) => Some(text),
            _ => None,
        })
    }

    fn text() -> State {
        let words = "rain ".repeat(40);
        let mut state = opened(&format!(
            "<p>First {words}</p><p>Second.</p><ul><li>a<li>b</ul>{}",
            "<p>More.</p>".repeat(60)
        ));
        // Below the headline.
        act(&mut state, Action::SelectLines);
        act(&mut state, Action::MoveDown);
        act(&mut state, Action::MoveDown);
        state
    }

    use Action::{Close, CopyAddress, GoBottom, MoveDown, MoveUp, Open, SelectLines, SelectParagraphs};

    #[test]
    fn a_paragraph_is_copied_without_its_breaks() {
        let first = copied(&mut text(), &[SelectParagraphs, CopyAddress]).unwrap();
        assert_eq!(first, format!("First {}", "rain ".repeat(40)).trim_end());
        assert_eq!(copied(&mut text(), &[SelectParagraphs, MoveDown, Open]).unwrap(), "Second.");
    }

    #[test]
    fn pressed_again_the_key_makes_the_selection_longer() {
        let mut state = text();
        let both = copied(&mut state, &[SelectParagraphs, MoveDown, SelectParagraphs, MoveDown, CopyAddress]);
        assert_eq!(both.unwrap(), "Second.\n\n• a\n• b");
        assert!(state.reader.selection.is_none());
        let up = copied(
            &mut text(),
            &[SelectParagraphs, MoveDown, MoveDown, SelectParagraphs, MoveUp, CopyAddress],
        );
        assert_eq!(up.unwrap(), "Second.\n\n• a\n• b");
    }

    #[test]
    fn lines_are_copied_as_they_are_on_the_page() {
        let line = copied(&mut text(), &[CopyAddress]).unwrap();
        assert!(line.starts_with("First rain") && line.len() <= 76, "{line}");
    }

    #[test]
    fn what_is_selected_stays_in_sight() {
        let mut state = text();
        act(&mut state, SelectParagraphs);
        act(&mut state, GoBottom);
        let page = state.reader.page.clone().unwrap();
        let line = state.reader.selection.as_ref().unwrap().head.line;
        assert_eq!(line, page.lines().len() - 1);
        assert!(state.reader.top + state.reader_height() > line);
        act(&mut state, Close);
        assert!(state.reader.selection.is_none() && state.focus == crate::app::Pane::Reader);
    }

    #[test]
    fn other_keys_end_it_and_do_what_they_do() {
        let mut state = text();
        act(&mut state, Action::Find);
        assert!(state.reader.selection.is_none() && state.prompt.is_some());
        let mut state = text();
        act(&mut state, SelectLines);
        assert!(state.reader.selection.unwrap().is_extending);
    }
}
