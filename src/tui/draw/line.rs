//! One line on the screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Draws a line from the left, cell by cell.
///
/// ratatui's own way starts each part where the width of the part before says, counted for all of it at once: it
/// takes Arabic's `لا` for one column, which it writes into two, and so all behind it would stand a column too far left.
pub(super) fn draw<'a>(frame: &mut Frame<'_>, line: impl Into<Line<'a>>, area: Rect) {
    let line = line.into();
    let buffer = frame.buffer_mut();
    let area = area.intersection(buffer.area);
    buffer.set_style(area, line.style);
    let mut x = area.x;
    for span in &line.spans {
        if area.is_empty() || x >= area.right() {
            return;
        }
        (x, _) = buffer.set_span(x, area.y, span, area.right() - x);
    }
}
