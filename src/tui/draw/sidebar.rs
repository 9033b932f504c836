//! The sidebar: scopes, folders, feeds, with what is unread.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::text::{columns, left, number};
use super::{Look, line, scrollbar};
use crate::app::{Pane, SidebarRow, State, sidebar_rows};
use crate::model::Scope;
use crate::tui::Theme;

/// Draws the visible rows.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State, look: Look<'_>, area: Rect) {
    let theme = look.theme;
    let rows = sidebar_rows(state);
    let pending = state.refresh.as_ref().map(|progress| &progress.pending);
    let shown = rows.iter().skip(state.sidebar.top).zip(area.y..area.y + area.height);
    for (row, y) in shown {
        let selected = row.scope == state.sidebar.cursor;
        let focused = state.focus == Pane::Sidebar;
        let place = Rect { y, height: 1, ..area };
        let is_pending =
            matches!(row.scope, Scope::Feed(feed) if pending.is_some_and(|all| all.contains(&feed)));
        let sign = match (is_pending, row.failing) {
            (true, _) => Span::styled(" …", theme.sidebar.count),
            (false, true) => Span::styled(" !", theme.sidebar.failing),
            (false, false) => Span::raw(""),
        };
        let width = usize::from(area.width);
        line::draw(frame, look, line(row, theme, width, sign, (selected, focused)), place);
    }
    scrollbar::draw(frame, theme, area, state.sidebar.top, rows.len());
}

fn line(
    row: &SidebarRow<'_>,
    theme: &Theme,
    width: usize,
    sign: Span<'static>,
    (selected, focused): (bool, bool),
) -> Line<'static> {
    let bar = match (selected, focused) {
        (true, true) => Span::styled("▌", theme.list.bar),
        (true, false) => Span::styled("▌", theme.list.unfocused_bar),
        (false, _) => Span::raw(" "),
    };
    let folder = matches!(row.scope, Scope::Folder(_));
    let more = if row.is_more { "+" } else { "" };
    let count = if row.count > 0 { format!("{}{more}", number(row.count)) } else { String::new() };
    let indent = "  ".repeat(row.depth.into())
        + match (folder, row.is_folded) {
            (true, true) => "▸ ",
            (true, false) => "▾ ",
            (false, _) => "",
        };
    let taken = 1 + columns(&indent) + columns(&sign.content) + columns(&count) + 3;
    let label = left(row.label, width.saturating_sub(taken));
    let style = match (folder, row.count > 0) {
        (true, _) => theme.sidebar.folder,
        (false, true) => theme.sidebar.unread,
        (false, false) => theme.sidebar.label,
    };
    let line = Line::from(vec![
        bar,
        Span::styled(indent, theme.sidebar.folder),
        Span::styled(label, style),
        sign,
        Span::styled(format!(" {count}  "), theme.sidebar.count),
    ]);
    line.style(if selected { theme.list.selected } else { Style::new() })
}
