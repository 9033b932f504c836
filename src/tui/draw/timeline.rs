//! The headlines: mark, age, outlet, title, in columns.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::text::{columns, cut, left, right};
use super::{Look, line, pane, scrollbar};
use crate::app::{Action, Groups, Pane, State, TimelineLine, age, day};
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
    let is_of_one_feed =
        matches!(timeline.scope, Scope::Feed(_)) || timeline.shape.groups == Some(Groups::Feeds);
    let outlet = area.width >= ROOM_FOR_OUTLET && !is_of_one_feed;
    let chosen = timeline.chosen();
    let lines = timeline.lines(usize::from(area.height));
    for (shown, y) in lines.into_iter().zip(area.y..area.y + area.height) {
        let (index, row) = (shown.row(), &timeline.rows[shown.row()]);
        let width = usize::from(area.width);
        let mut line = match shown {
            TimelineLine::Heading(_) => heading(state, row, look.theme, width),
            // The second line names the outlet: the title has more room.
            TimelineLine::Row(_) => {
                line(state, row, look.theme, width, outlet && !timeline.shape.has_beginnings)
            }
            TimelineLine::Beginning(_) => beginning(state, row, look.theme, width, outlet),
        };
        if shown != TimelineLine::Heading(index)
            && chosen.as_ref().is_some_and(|chosen| chosen.contains(&index))
        {
            line.style = look.theme.reader.selected;
        }
        line::draw(frame, look, line, Rect { y, height: 1, ..area });
    }
    if !timeline.more_before && !timeline.more_after {
        scrollbar::draw(frame, look.theme, area, timeline.top, timeline.rows.len());
    }
}

fn line(state: &State, row: &Headline, theme: &Theme, width: usize, outlet: bool) -> Line<'static> {
    let selected = state.timeline.cursor == Some(row.id);
    let bar = bar(state, selected, theme);
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
    let style = match (row.labels.is_highlighted, row.status.read) {
        (true, _) => theme.timeline.highlighted,
        (false, true) => theme.timeline.read,
        (false, false) => theme.timeline.unread,
    };
    let room = width.saturating_sub(taken);
    let tags = tags(row, room);
    spans.push(Span::raw("  "));
    spans.push(Span::styled(left(&row.title, room.saturating_sub(columns(&tags))), style));
    spans.push(Span::styled(tags, theme.timeline.meta));
    spans.push(Span::raw(" "));
    Line::from(spans).style(if selected { theme.list.selected } else { Style::new() })
}

/// Writes the tags of a row, where they leave most of the room to its title.
fn tags(row: &Headline, room: usize) -> String {
    let tags: Vec<&str> = row.labels.tags.iter().flat_map(|tag| [" #", tag]).collect();
    cut(&tags.concat(), room / 3)
}

/// Says what a row and those below have in common: their feed, or their day.
fn heading(state: &State, row: &Headline, theme: &Theme, width: usize) -> Line<'static> {
    let words = match &state.timeline.shape.groups {
        Some(Groups::Days(zone)) => day(row.time, state.now, zone),
        Some(Groups::Feeds) | None => state.subscriptions.title(row.feed).to_owned(),
    };
    Line::from(vec![
        Span::raw(" "),
        Span::styled(cut(&words, width.saturating_sub(2)), theme.timeline.heading),
    ])
}

/// Says how the text of a row begins, below its title.
fn beginning(state: &State, row: &Headline, theme: &Theme, width: usize, outlet: bool) -> Line<'static> {
    let selected = state.timeline.cursor == Some(row.id);
    let words = state.beginnings.get(&row.id).map_or("", String::as_str);
    let outlet = Some(state.subscriptions.title(row.feed)).filter(|_| outlet);
    let words = match outlet {
        Some(outlet) if words.is_empty() => outlet.to_owned(),
        Some(outlet) => format!("{} · {words}", cut(outlet, OUTLET)),
        None => words.to_owned(),
    };
    let indent = 2 + 4 + 2;
    let spans = vec![
        bar(state, selected, theme),
        Span::raw(" ".repeat(indent)),
        Span::styled(left(&words, width.saturating_sub(indent + 2)), theme.timeline.meta),
        Span::raw(" "),
    ];
    Line::from(spans).style(if selected { theme.list.selected } else { Style::new() })
}

fn bar(state: &State, selected: bool, theme: &Theme) -> Span<'static> {
    match (selected, state.focus == Pane::Timeline) {
        (true, true) => Span::styled("▌", theme.list.bar),
        (true, false) => Span::styled("▌", theme.list.unfocused_bar),
        (false, _) => Span::raw(" "),
    }
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
    if state.timeline.looked().is_some() {
        return "searching…".to_owned();
    }
    if state.refresh.is_some() && !matches!(state.timeline.scope, Scope::Search(_)) {
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
        Scope::Search(_) | Scope::Query(_) if state.timeline.unread_only => {
            format!("Nothing unread found. {} shows all entries.", key(Action::ToggleUnreadOnly))
        }
        Scope::Search(_) => format!("Nothing found. {} looks for something else.", key(Action::Search)),
        Scope::Query(_) => format!("Nothing found. {} changes the query.", key(Action::EditFeed)),
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
