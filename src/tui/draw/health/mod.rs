//! The pane of the feeds' health: a list in columns, and below it what is known of the selected feed.

mod detail;
mod row;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::overlay::clear;
use super::text::{columns, cut};
use super::{Look, line, pane, rect, scrollbar};
use crate::app::{Action, Condition, HealthList, State, health_areas};
use row::Columns;

/// Draws the pane over all others.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State, look: Look<'_>, list: &HealthList) {
    let areas = health_areas(state.size);
    clear(frame, look, rect(areas.whole));
    title(frame, state, look, list, rect(areas.title));
    rule(frame, look, rect(areas.rule));
    if list.rows.is_empty() {
        let rest = Rect { y: areas.names.y, height: areas.whole.height - areas.names.y, ..rect(areas.whole) };
        pane::say(frame, look, rest, &pane::no_feeds(look));
        return;
    }
    let columns = Columns::of(areas.list.width.into());
    line::draw(frame, look, columns.names(look.theme), rect(areas.names));
    let area = rect(areas.list);
    for (feed, y) in list.rows.iter().skip(list.top).zip(area.y..area.y + area.height) {
        if let Some(feed) = state.subscriptions.get(*feed) {
            let selected = list.cursor == Some(feed.feed);
            line::draw(
                frame,
                look,
                columns.row(state, look.theme, feed, selected),
                Rect { y, height: 1, ..area },
            );
        }
    }
    scrollbar::draw(frame, look.theme, area, list.top, list.rows.len());
    rule(frame, look, rect(areas.line));
    if let Some(feed) = list.cursor.and_then(|feed| state.subscriptions.get(feed)) {
        detail::draw(frame, state, look, feed, rect(areas.detail));
    }
}

/// Says how many feeds ask for a look, and which keys there are.
fn title(frame: &mut Frame<'_>, state: &State, look: Look<'_>, list: &HealthList, area: Rect) {
    let width = usize::from(area.width).saturating_sub(2);
    let left = format!("Feeds' health · {}", sum(state));
    let left =
        if columns(&left) <= width { left } else { cut(&format!("Health · {}", marks(state)), width) };
    let room = width.saturating_sub(columns(&left) + 3);
    let right = hints(look, list).into_iter().find(|hint| columns(hint) <= room).unwrap_or_default();
    let gap = width.saturating_sub(columns(&left) + columns(&right));
    let line = Line::from(vec![
        Span::raw(" "),
        Span::styled(left, look.theme.pane.focused),
        Span::raw(" ".repeat(gap)),
        Span::styled(right, look.theme.pane.title),
    ]);
    line::draw(frame, look, line, area);
}

/// What is counted in the title.
const TOLD: [Condition; 5] =
    [Condition::Failing, Condition::Gone, Condition::Moved, Condition::Dead { months: 0 }, Condition::Paused];

/// Counts the feeds by what is the matter: `3 failing · 1 gone`.
fn sum(state: &State) -> String {
    let shown: Vec<Condition> = state.fetched_feeds().map(|feed| state.condition(feed)).collect();
    let mut words = Vec::new();
    for of in TOLD {
        let count = shown.iter().filter(|condition| condition.word() == of.word()).count();
        if count > 0 {
            words.push(format!("{count} {}", of.word()));
        }
    }
    match (words.is_empty(), shown.len()) {
        (false, _) => words.join(" · "),
        (true, 0) => "no feeds".to_owned(),
        (true, 1) => "1 feed, and all is well".to_owned(),
        (true, count) => format!("{count} feeds, and all is well"),
    }
}

/// Counts the feeds by the marks of their rows, where there is no room for words: `!3 ×1`.
fn marks(state: &State) -> String {
    let shown: Vec<Condition> = state.fetched_feeds().map(|feed| state.condition(feed)).collect();
    let count = |of: Condition| shown.iter().filter(|condition| condition.word() == of.word()).count();
    let counts = TOLD.into_iter().map(|of| (of, count(of))).filter(|(_, count)| *count > 0);
    let words = counts.map(|(of, count)| format!("{}{count}", row::sign(of).trim()));
    words.collect::<Vec<_>>().join(" ")
}

/// Names the keys, in more and in fewer words.
fn hints(look: Look<'_>, list: &HealthList) -> Vec<String> {
    let key = |action| look.keymap.key_of(action).unwrap_or_default();
    let mut hints = vec![
        format!("{} asks again", key(Action::RefreshFeed)),
        format!("{} shows the entries", key(Action::Open)),
        format!("{} closes", key(Action::Close)),
    ];
    if list.rows.is_empty() {
        hints.drain(..2);
    }
    if list.out_of_order {
        hints.insert(0, "gg sorts anew".to_owned());
    }
    // What closes the pane is the last to go.
    (0..hints.len()).map(|from| hints[from..].join(" · ")).collect()
}

fn rule(frame: &mut Frame<'_>, look: Look<'_>, area: Rect) {
    let line = "─".repeat(area.width.into());
    line::draw(frame, look, Line::styled(line, look.theme.pane.line), area);
}
