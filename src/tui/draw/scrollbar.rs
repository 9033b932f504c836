//! A thin scrollbar at a pane's right edge, only where there is more than fits.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::Theme;

/// Draws where `shown` rows from `top` on lie among `total`.
pub(super) fn draw(frame: &mut Frame<'_>, theme: &Theme, area: Rect, top: usize, total: usize) {
    let shown = usize::from(area.height);
    if total <= shown || shown == 0 || area.width < 8 {
        return;
    }
    let length = (shown * shown / total).max(1);
    let start = top * (shown - length) / (total - shown).max(1);
    let x = area.x + area.width - 1;
    for row in start..(start + length).min(shown) {
        let y = area.y + u16::try_from(row).unwrap_or(0);
        frame.buffer_mut().set_string(x, y, "▐", theme.pane.line);
    }
}
