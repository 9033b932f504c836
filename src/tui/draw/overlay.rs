//! What lies over the panes: the keys, and the starter catalogue.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear};

use super::text::{columns, cut, left};
use super::{Look, line, scrollbar};
use crate::app::{Action, CatalogueRow, HelpRow, Offer, State, help_rows};

/// Draws the keys, all of them or those that were looked for.
pub(super) fn help(frame: &mut Frame<'_>, state: &State, look: Look<'_>, top: usize, query: &str) {
    let rows = help_rows(query, &state.keys);
    let find = look.keymap.key_of(Action::Find).unwrap_or_default();
    let hint = format!(" {find} looks for keys · esc closes ");
    let title = if query.is_empty() { " Keys ".to_owned() } else { format!(" Keys: {query} ") };
    let inner = window(frame, look, &title, &hint, 62, rows.len().max(1));
    let top = top.min(rows.len().saturating_sub(inner.height.into()));
    for (row, y) in rows.iter().skip(top).zip(inner.y..inner.y + inner.height) {
        line::draw(frame, look, help_line(*row, state, look), Rect { y, height: 1, ..inner });
    }
    if rows.is_empty() {
        let nothing = Line::styled("no key does that", look.theme.overlay.hint);
        line::draw(frame, look, nothing, Rect { height: 1.min(inner.height), ..inner });
    }
    scrollbar::draw(frame, look.theme, inner, top, rows.len());
}

fn help_line(row: HelpRow, state: &State, look: Look<'_>) -> Line<'static> {
    match row {
        HelpRow::Blank => Line::default(),
        HelpRow::Group(name) => Line::styled(name, look.theme.overlay.group),
        HelpRow::Action(action) => {
            let keys = state.keys.get(&action).map(|keys| keys.join("  ")).unwrap_or_default();
            Line::from(vec![
                Span::styled(left(&keys, 17), look.theme.overlay.key),
                Span::styled(" ", look.theme.overlay.text),
                Span::styled(action.words(), look.theme.overlay.text),
            ])
        }
    }
}

/// Draws the starter catalogue; what is followed has a tick.
pub(super) fn catalogue(frame: &mut Frame<'_>, state: &State, look: Look<'_>, cursor: usize) {
    let rows: Vec<CatalogueRow<'_>> = state.catalogue.rows().collect();
    let open = look.keymap.key_of(Action::Open).unwrap_or_default();
    let hint = format!(" {open} follows, or no longer · esc closes ");
    let inner = window(frame, look, " Feeds to begin with ", &hint, 64, rows.len());
    let offers = rows.iter().enumerate().filter(|(_, row)| matches!(row, CatalogueRow::Offer(..)));
    let selected = offers.map(|(index, _)| index).nth(cursor).unwrap_or(0);
    let height = usize::from(inner.height);
    // The selected row stays in the middle as far as the list allows; its topic is in sight then.
    let top = selected.saturating_sub(height / 2).min(rows.len().saturating_sub(height));
    for ((index, row), y) in rows.iter().enumerate().skip(top).zip(inner.y..inner.y + inner.height) {
        let line = match row {
            CatalogueRow::Topic(name) => Line::styled((*name).to_owned(), look.theme.overlay.group),
            CatalogueRow::Offer(_, offer) => offered(state, look, offer, index == selected, inner.width),
        };
        line::draw(frame, look, line, Rect { y, height: 1, ..inner });
    }
    scrollbar::draw(frame, look.theme, inner, top, rows.len());
}

fn offered(state: &State, look: Look<'_>, offer: &Offer, selected: bool, width: u16) -> Line<'static> {
    let theme = look.theme;
    let followed = state.subscriptions.feeds.iter().any(|s| s.url == offer.url);
    let host = offer.url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let room = usize::from(width).saturating_sub(5);
    let title = cut(&offer.title, room);
    let host_room = room.saturating_sub(columns(&title) + 2);
    let line = Line::from(vec![
        if selected { Span::styled("▌", theme.list.bar) } else { Span::raw(" ") },
        Span::styled(if followed { "✓ " } else { "  " }, theme.overlay.chosen),
        Span::styled(title, if followed { theme.overlay.chosen } else { theme.overlay.text }),
        Span::styled(format!("  {}", left(&host, host_room)), theme.overlay.hint),
    ]);
    line.style(if selected { theme.list.selected } else { Style::new() })
}

/// Blanks wide letters that reach into an area from its left: half of them would hide its border.
fn part_wide_letters(buffer: &mut Buffer, area: Rect) {
    let Some(x) = area.x.checked_sub(1) else { return };
    for y in area.y..area.y + area.height {
        if columns(buffer[(x, y)].symbol()) > 1 {
            buffer[(x, y)].set_symbol(" ");
        }
    }
}

/// Clears a window in the middle of the screen and draws its border; gives what is inside.
pub(super) fn window(
    frame: &mut Frame<'_>,
    look: Look<'_>,
    title: &str,
    hint: &str,
    width: u16,
    rows: usize,
) -> Rect {
    let whole = frame.area();
    let width = width.min(whole.width);
    let height =
        u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2).min(whole.height.saturating_sub(1));
    let area = Rect {
        x: (whole.width - width) / 2,
        y: (whole.height - height.min(whole.height)) / 2,
        width,
        height: height.min(whole.height),
    };
    bordered(frame, look, area, title, hint)
}

/// Clears an area.
pub(super) fn clear(frame: &mut Frame<'_>, look: Look<'_>, area: Rect) {
    frame.render_widget(Clear, area);
    frame.buffer_mut().set_style(area, look.theme.pane.ground);
}

/// Clears an area and draws a border round it; gives what is inside.
pub(super) fn bordered(frame: &mut Frame<'_>, look: Look<'_>, area: Rect, title: &str, hint: &str) -> Rect {
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(look.theme.pane.line)
        .title(Line::styled(title.to_owned(), look.theme.overlay.title))
        .title_bottom(Line::styled(cut(hint, area.width.saturating_sub(4).into()), look.theme.overlay.hint));
    let inner = block.inner(area);
    part_wide_letters(frame.buffer_mut(), area);
    clear(frame, look, area);
    frame.render_widget(block, area);
    Rect { x: inner.x + 1.min(inner.width), width: inner.width.saturating_sub(2), ..inner }
}
