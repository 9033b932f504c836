//! What may follow the keys that were pressed, for those who hesitate.

use std::time::Instant;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::overlay::bordered;
use super::text::left;
use super::{Look, line};
use crate::app::{Pane, State};

/// Columns of the window.
const WIDTH: u16 = 50;

/// Draws the keys that may follow, above the status line.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State, look: Look<'_>) {
    if !look.keyboard.is_hesitating(Instant::now()) {
        return;
    }
    let whole = frame.area();
    let next = look.keymap.continued(pane_of_keys(state), look.keyboard.pressed());
    let height =
        u16::try_from(next.len()).unwrap_or(u16::MAX).saturating_add(2).min(whole.height.saturating_sub(1));
    let width = WIDTH.min(whole.width);
    let area = Rect { x: whole.width - width, y: whole.height.saturating_sub(height + 1), width, height };
    let inner = bordered(frame, look, area, &format!(" {} ", look.keyboard.written()), "");
    for ((keys, action), y) in next.iter().zip(inner.y..inner.y + inner.height) {
        let spans = vec![
            Span::styled(left(keys, 8), look.theme.overlay.key),
            Span::styled(action.words(), look.theme.overlay.text),
        ];
        line::draw(frame, look, Line::from(spans), Rect { y, height: 1, ..inner });
    }
}

/// Gives the pane whose own keys hold; none under what lies over the panes.
pub(in crate::tui) fn pane_of_keys(state: &State) -> Option<Pane> {
    state.overlay.is_none().then_some(state.focus)
}
