//! The article: the visible lines of its page, in the middle of the pane.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Look, line, pane, scrollbar};
use crate::app::{Action, State};

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
        pane::say(frame, look.theme, area, &words);
        return;
    };
    let left = area.width.saturating_sub(page.width()) / 2;
    let shown = page.lines().iter().skip(reader.top).zip(area.y..area.y + area.height);
    for (line, y) in shown {
        let spans =
            line.spans.iter().map(|span| Span::styled(span.text.as_str(), look.theme.of_text(span.style)));
        let place = Rect { x: area.x + left, y, width: area.width - left, height: 1 };
        line::draw(frame, spans.collect::<Line<'_>>(), place);
    }
    scrollbar::draw(frame, look.theme, area, reader.top, page.lines().len());
}
