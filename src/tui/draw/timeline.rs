//! The headlines: mark, age, outlet, title, in columns.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::text::{left, right};
use super::{Look, line, pane, scrollbar};
use crate::app::{Action, Pane, State, age};
use crate::model::{FeedId, Headline, Scope};
use crate::tui::Theme;

/// Cells of the column that names the outlet.
const OUTLET: usize = 14;
/// Panes narrower than this have no such column.
const ROOM_FOR_OUTLET: u16 = 48;

/// Draws the visible rows.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State, look: Look<'_>, area: Rect) {
    let timeline = &state.timeline;
    if timeline.rows.is_empty() {
        pane::say(frame, look, area, &nothing(state, look));
        return;
    }
    let outlet = area.width >= ROOM_FOR_OUTLET && !matches!(timeline.scope, Scope::Feed(_));
    let chosen = timeline.chosen();
    let shown = timeline.rows.iter().enumerate().skip(timeline.top).zip(area.y..area.y + area.height);
    for ((index, row), y) in shown {
        let mut line = line(state, row, look.theme, usize::from(area.width), outlet);
        if chosen.as_ref().is_some_and(|chosen| chosen.contains(&index)) {
            line.style = look.theme.reader.selected;
        }
        line::draw(frame, look, line, Rect { y, height: 1, ..area });
    }
    if !timeline.more_newer && !timeline.more_older {
        scrollbar::draw(frame, look.theme, area, timeline.top, timeline.rows.len());
    }
}

fn line(state: &State, row: &Headline, theme: &Theme, width: usize, outlet: bool) -> Line<'static> {
    let selected = state.timeline.cursor == Some(row.id);
    let bar = match (selected, state.focus == Pane::Timeline) {
        (true, true) => Span::styled("▌", theme.list.bar),
        (true, false) => Span::styled("▌", theme.list.unfocused_bar),
        (false, _) => Span::raw(" "),
    };
    let mark = match (row.status.saved, row.status.read) {
        (true, _) => Span::styled("★ ", theme.timeline.saved),
        (false, false) => Span::styled("● ", theme.timeline.mark),
        (false, true) => Span::raw("  "),
    };
    let mut spans = vec![bar, mark, Span::styled(right(&age(row.time, state.now), 4), theme.timeline.meta)];
    let mut taken = 1 + 2 + 4 + 2 + 1;
    if outlet {
        let title = state.subscriptions.title(row.feed);
        spans.push(Span::styled(format!("  {}", left(title, OUTLET)), theme.timeline.meta));
        taken += 2 + OUTLET;
    }
    let style = if row.status.read { theme.timeline.read } else { theme.timeline.unread };
    spans.push(Span::raw("  "));
    spans.push(Span::styled(left(&row.title, width.saturating_sub(taken)), style));
    spans.push(Span::raw(" "));
    Line::from(spans).style(if selected { theme.list.selected } else { Style::new() })
}

fn problem(state: &State, feed: FeedId) -> Option<&str> {
    state.subscriptions.get(feed)?.health.problem.as_deref()
}

/// Says what to do where there is nothing to show.
fn nothing(state: &State, look: Look<'_>) -> String {
    let key = |action| look.keymap.key_of(action).unwrap_or_default().to_owned();
    if !state.timeline.loaded {
        return "loading…".to_owned();
    }
    if state.subscriptions.feeds.is_empty() {
        return pane::no_feeds(look);
    }
    if state.refresh.is_some() {
        return "fetching…".to_owned();
    }
    match &state.timeline.scope {
        Scope::Saved => {
            format!("Nothing saved yet. Press {} on an entry to keep it for good.", key(Action::ToggleSaved))
        }
        Scope::Unread => format!(
            "All read. {} fetches what is new, {} shows all entries.",
            key(Action::RefreshAll),
            key(Action::ToggleUnreadOnly)
        ),
        Scope::All | Scope::Folder(_) | Scope::Feed(_) if state.timeline.unread_only => {
            format!("All read. {} shows all entries.", key(Action::ToggleUnreadOnly))
        }
        Scope::Feed(feed) if problem(state, *feed).is_some() => {
            format!(
                "This feed could not be fetched: {}. {} tries again.",
                problem(state, *feed).unwrap_or_default(),
                key(Action::RefreshFeed)
            )
        }
        Scope::All | Scope::Folder(_) | Scope::Feed(_) => {
            format!("Nothing here yet. {} fetches this feed.", key(Action::RefreshFeed))
        }
    }
}
