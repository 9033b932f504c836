//! One line on the screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Look;
use crate::tui::Order;
use crate::typeset;

/// Draws a line from the left; each of its parts that runs from right to left in its own order.
pub(super) fn draw<'a>(frame: &mut Frame<'_>, look: Look<'_>, line: impl Into<Line<'a>>, area: Rect) {
    let mut line = line.into();
    if look.order == Order::Visual {
        for span in &mut line.spans {
            if let Some(seen) = typeset::visual_text(&span.content) {
                *span = Span::styled(seen, span.style);
            }
        }
    }
    draw_as_is(frame, &line, area);
}

/// Draws a line from the left, cell by cell, in the order of its letters.
///
/// ratatui's own way starts each part where the width of the part before says, counted for all of it at once: it
/// takes Arabic's `لا` for one column, which it writes into two, and so all behind it would stand a column too far left.
pub(super) fn draw_as_is(frame: &mut Frame<'_>, line: &Line<'_>, area: Rect) {
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
