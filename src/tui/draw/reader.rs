//! The article: the visible lines of its page, in the middle of the pane.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Look, line, pane, scrollbar};
use crate::app::{Action, State};
use crate::tui::Order;
use crate::typeset::{self, visual};

/// Draws the visible lines.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State, look: Look<'_>, area: Rect) {
    let reader = &state.reader;
    let Some(page) = &reader.page else {
        let words = match (reader.entry, reader.missing) {
            (Some(_), false) => return,
            (Some(_), true) => "This entry is no longer in the library.".to_owned(),
            (None, _) => {
                format!("{} opens an article.", look.keymap.key_of(Action::Open).unwrap_or_default())
            }
        };
        pane::say(frame, look, area, &words);
        return;
    };
    let left = area.width.saturating_sub(page.width()) / 2;
    let shown = page.lines().iter().skip(reader.top).zip(area.y..area.y + area.height);
    for (line, y) in shown {
        let seen = (look.order == Order::Visual).then(|| visual(line)).flatten();
        let spans = seen.as_ref().unwrap_or(&line.spans).iter();
        let shown = spans.map(|span| Span::styled(span.text.as_str(), look.theme.of_text(span.style)));
        let left = left + indent(line, page.width());
        let place = Rect { x: area.x + left, y, width: area.width.saturating_sub(left), height: 1 };
        line::draw_as_is(frame, &shown.collect::<Line<'_>>(), place);
    }
    scrollbar::draw(frame, look.theme, area, reader.top, page.lines().len());
}

/// Text from right to left begins at the right margin.
fn indent(line: &typeset::Line, width: u16) -> u16 {
    let used = u16::try_from(line.width()).unwrap_or(width);
    if line.is_rtl { width.saturating_sub(used) } else { 0 }
}
