//! The palette: a line to type in, and what may be meant below it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::overlay::bordered;
use super::text::{columns, cut};
use super::{Look, line, prompt, scrollbar};
use crate::app::{Command, Palette, PaletteEntry, State};
use crate::model::Scope;

const WIDTH: u16 = 64;
const ROWS: u16 = 14;

/// Draws the palette in the upper half of the screen.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State, look: Look<'_>, palette: &Palette) {
    let whole = frame.area();
    let width = WIDTH.min(whole.width);
    let height = (ROWS + 3).min(whole.height.saturating_sub(1));
    let area = Rect { x: (whole.width - width) / 2, y: (whole.height - height) / 6, width, height };
    let inner = bordered(frame, look, area, " Commands, feeds and folders ", " enter does it · esc closes ");
    if let Some(typed) = &state.prompt {
        prompt::draw(frame, look, typed, Rect { height: 1.min(inner.height), ..inner });
    }
    let list = Rect { y: inner.y + 1.min(inner.height), height: inner.height.saturating_sub(1), ..inner };
    let shown = usize::from(list.height);
    let top = palette.cursor.saturating_sub(shown.saturating_sub(1));
    for ((index, entry), y) in palette.entries.iter().enumerate().skip(top).zip(list.y..list.y + list.height)
    {
        let line = row(state, look, entry, index == palette.cursor, list.width.into());
        line::draw(frame, look, line, Rect { y, height: 1, ..list });
    }
    scrollbar::draw(frame, look.theme, list, top, palette.entries.len());
}

fn row(state: &State, look: Look<'_>, entry: &PaletteEntry, selected: bool, width: usize) -> Line<'static> {
    let theme = look.theme;
    let kind = match &entry.command {
        Command::Act(action) => {
            state.keys.get(action).and_then(|keys| keys.first()).cloned().unwrap_or_default()
        }
        Command::GoTo(Scope::Folder(_)) => "folder".to_owned(),
        Command::GoTo(_) => "feed".to_owned(),
        Command::UseTheme(_) | Command::Set { .. } => String::new(),
    };
    let room = width.saturating_sub(columns(&kind) + 5);
    let label = cut(&entry.label, room);
    let gap = room.saturating_sub(columns(&label));
    let bar = if selected { Span::styled("▌", theme.list.bar) } else { Span::raw(" ") };
    let mut spans = vec![bar, Span::raw(" ")];
    let mut matched = entry.matched.iter().copied().peekable();
    for (index, character) in (0..).zip(label.chars()) {
        let is_matched = matched.next_if_eq(&index).is_some();
        let style = if is_matched { theme.overlay.chosen } else { theme.overlay.text };
        spans.push(Span::styled(character.to_string(), style));
    }
    spans.push(Span::raw(" ".repeat(gap + 1)));
    spans.push(Span::styled(format!("{kind}  "), theme.overlay.hint));
    Line::from(spans).style(if selected { theme.list.selected } else { Style::new() })
}
