//! The screen for those who hear it: signs become words or blanks, and the cursor stands on what is selected.

use ratatui::Frame;

use super::Look;
use crate::app::State;

/// Signs that say nothing when they are read aloud, or that a word says better.
const SIGNS: &[(&str, &str)] = &[
    ("▌", ">"),
    ("●", "N"),
    ("★", "S"),
    ("▾", "-"),
    ("▸", "+"),
    ("▐", " "),
    ("▓", " "),
    ("░", " "),
    ("│", " "),
    ("─", " "),
    ("╭", " "),
    ("╮", " "),
    ("╰", " "),
    ("╯", " "),
    ("┼", " "),
    ("•", "-"),
    ("·", ","),
    ("…", "."),
];

/// Takes signs away, and puts the cursor at the beginning of the selected row, else at the top of the pane.
pub(super) fn put_cursor(frame: &mut Frame<'_>, state: &State, look: Look<'_>) {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    let mut selected = None;
    for y in area.y..area.y + area.height {
        for x in area.x..area.x + area.width {
            let cell = &mut buffer[(x, y)];
            if cell.symbol() == "▌"
                && (Some(cell.fg) == look.theme.list.bar.fg || look.theme.list.bar.fg.is_none())
            {
                selected = Some((x, y));
            }
            if let Some((_, words)) = SIGNS.iter().find(|(sign, _)| *sign == cell.symbol()) {
                cell.set_symbol(words);
            }
        }
    }
    let panes = crate::app::panes(state);
    let top = panes.reader.or(panes.timeline).or(panes.sidebar).map(|pane| (pane.body.x, pane.body.y));
    if let Some(place) = selected.or(top) {
        frame.set_cursor_position(place);
    }
}
