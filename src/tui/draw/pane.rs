//! Titles of the panes and the thin lines between them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::text::{columns, cut, number, wrap};
use super::{Look, line, rect};
use crate::app::{Action, Pane, PaneArea, Panes, State, ago, scope_title};
use crate::model::Scope;
use crate::tui::Theme;

/// Draws titles and lines.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State, look: Look<'_>, panes: &Panes) {
    let theme = look.theme;
    let shown =
        [(Pane::Sidebar, panes.sidebar), (Pane::Timeline, panes.timeline), (Pane::Reader, panes.reader)];
    let mut first = true;
    for (pane, area) in shown {
        let Some(area) = area else { continue };
        let style = if state.focus == pane { theme.pane.focused } else { theme.pane.title };
        let width = usize::from(area.title.width).saturating_sub(2);
        let (left, right) = title(state, pane);
        let right = if columns(&right) + 4 > width { String::new() } else { right };
        let left = cut(&left, width.saturating_sub(columns(&right)));
        let gap = width.saturating_sub(columns(&left) + columns(&right));
        let line = Line::from(vec![
            Span::raw(" "),
            Span::styled(left, style),
            Span::raw(" ".repeat(gap)),
            Span::styled(right, theme.pane.title),
        ]);
        line::draw(frame, look, line, rect(area.title));
        if !state.wishes.is_linear {
            rule(frame, theme, area, first);
        }
        first = false;
    }
}

/// Says what a pane shows: its name, and a number or a place.
fn title(state: &State, pane: Pane) -> (String, String) {
    match pane {
        Pane::Sidebar => ("Feeds".to_owned(), String::new()),
        Pane::Timeline => {
            let mut title = scope_title(&state.timeline.scope, &state.subscriptions);
            if let Some(count) = count(state) {
                title = format!("{title} · {}", number(count));
            }
            if state.unindexed > 0 && matches!(state.timeline.scope, Scope::Search(_) | Scope::Query(_)) {
                return (title, format!("{} not searched yet", number(state.unindexed.into())));
            }
            if let Some(looked) = state.timeline.looked() {
                return (
                    title,
                    format!("searched back to {}", looked.time.to_zoned(state.wishes.zone.clone()).date()),
                );
            }
            let arrived = state.timeline.arrived;
            let news =
                if arrived > 0 { format!("{} new, gg", number(arrived as u64)) } else { String::new() };
            (title, news)
        }
        Pane::Reader => {
            let article = state.reader.article.as_ref();
            let outlet = article.map_or("Reader", |article| &article.outlet);
            let published = article.and_then(|article| article.published);
            let title = match published {
                Some(time) => format!("{outlet} · {}", ago(time, state.now)),
                None => outlet.to_owned(),
            };
            let progress = state.reader.progress(state.reader_height());
            let is_fetching = state.reader.entry.is_some_and(|entry| state.fetching.contains(&entry));
            let right = match progress {
                _ if is_fetching => "fetching the page…".to_owned(),
                Some(percent) => format!("{percent}%"),
                None => String::new(),
            };
            (title, right)
        }
    }
}

/// Gives the number beside a timeline's title: what is left to read in it, or saved.
fn count(state: &State) -> Option<u64> {
    let subscriptions = &state.subscriptions;
    match &state.timeline.scope {
        Scope::Unread => Some(subscriptions.library.unread),
        Scope::All => Some(subscriptions.library.total),
        Scope::Saved => Some(subscriptions.library.saved),
        Scope::Folder(id) => Some(subscriptions.counts_below(*id).unread),
        Scope::Feed(id) => subscriptions.get(*id).map(|s| s.counts.unread),
        Scope::Query(id) => state.query_counts.get(id).map(|(count, _)| *count),
        Scope::Search(_) => None,
    }
}

/// Draws the rule under a title, where there is room, and the line on the pane's left.
fn rule(frame: &mut Frame<'_>, theme: &Theme, area: PaneArea, first: bool) {
    let has_rule = area.body.y > 1;
    let buffer = frame.buffer_mut();
    if has_rule {
        let line = "─".repeat(area.title.width.into());
        buffer.set_string(area.title.x, 1, line, theme.pane.line);
    }
    if first || area.title.x == 0 {
        return;
    }
    let x = area.title.x - 1;
    for y in 0..area.body.y + area.body.height {
        let sign = if has_rule && y == 1 { "┼" } else { "│" };
        if buffer.area.contains((x, y).into()) {
            buffer.set_string(x, y, sign, theme.pane.line);
        }
    }
}

/// Says what to do first.
pub(super) fn no_feeds(look: Look<'_>) -> String {
    let key = look.keymap.key_of(Action::ShowCatalogue).unwrap_or_default();
    format!("No feeds yet. Press {key} for feeds to begin with, or run newsterm add URL.")
}

/// Says one line in the middle of an empty pane.
pub(super) fn say(frame: &mut Frame<'_>, look: Look<'_>, area: Rect, words: &str) {
    let width = usize::from(area.width).saturating_sub(4);
    let lines = wrap(words, width, usize::from(area.height).max(1));
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let top = area.y + area.height.saturating_sub(height) / 3;
    for (y, line) in (top..area.y + area.height).zip(lines) {
        let indent = u16::try_from((width.saturating_sub(columns(&line))) / 2).unwrap_or(0);
        let place =
            Rect { x: area.x + 2 + indent, y, width: area.width.saturating_sub(2 + indent), height: 1 };
        line::draw(frame, look, Line::styled(line, look.theme.timeline.meta), place);
    }
}
