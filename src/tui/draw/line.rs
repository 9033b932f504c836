//! One line on the screen.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Look;
use crate::tui::Order;
use crate::typeset;

#[cfg(test)]
thread_local! {
    /// How many lines this thread has drawn.
    pub(super) static DRAWN: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

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
    #[cfg(test)]
    DRAWN.with(|drawn| drawn.set(drawn.get() + 1));
    let buffer = frame.buffer_mut();
    let area = area.intersection(buffer.area);
    buffer.set_style(area, line.style);
    let mut x = area.x;
    for span in &line.spans {
        if area.is_empty() || x >= area.right() {
            return;
        }
        x = set_span(buffer, span, Rect { x, width: area.right() - x, ..area });
    }
}

/// Writes a span from the left; tells where it ends.
fn set_span(buffer: &mut Buffer, span: &Span<'_>, area: Rect) -> u16 {
    let mut x = area.x;
    for (part, is_plain) in typeset::parts(&span.content) {
        let room = area.right() - x;
        if !is_plain {
            (x, _) = buffer.set_stringn(x, area.y, part, room.into(), span.style);
            continue;
        }
        for (at, _) in part.char_indices().take(room.into()) {
            buffer[(x, area.y)].set_symbol(&part[at..=at]).set_style(span.style);
            x += 1;
        }
    }
    x
}
