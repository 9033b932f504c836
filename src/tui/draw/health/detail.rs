//! What is known of one feed's health, in plain words.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::text::{cut, left, number, wrap};
use super::super::{Look, line};
use super::row::per_week;
use crate::app::{Condition, State, ago, ahead, next_fetch};
use crate::model::{FeedState, Subscription, shown};
use crate::tui::Theme;

/// Cells of the labels, with the gap behind.
const LABEL: usize = 11;
/// Rows from which on the title is said again, whole.
const ROOM_FOR_TITLE: u16 = 5;
/// Rows that may go beyond the first of what is the matter, even where others have to give way.
const LEAST_SPARE: usize = 2;
/// Columns of text, at most.
const MEASURE: usize = 100;

/// One thing known of a feed.
struct Field {
    label: &'static str,
    style: Style,
    text: String,
}

/// Draws what fits: what is the matter comes first, and leaves room for the rest.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State, look: Look<'_>, feed: &Subscription, area: Rect) {
    let theme = look.theme;
    let mut lines = Vec::new();
    let width = usize::from(area.width).saturating_sub(2);
    if area.height >= ROOM_FOR_TITLE {
        let title = cut(&feed.title, width);
        lines.push(Line::from(vec![Span::raw(" "), Span::styled(title, theme.reader.title)]));
    }
    let fields = fields(state, theme, feed);
    let width = width.saturating_sub(LABEL).min(MEASURE);
    // Every field gets a row, and the first ones what is left; in a small pane what is the matter goes before all.
    let mut spare = usize::from(area.height).saturating_sub(lines.len() + fields.len()).max(LEAST_SPARE);
    for field in fields {
        let rows = wrap(&field.text, width, spare + 1);
        spare -= rows.len().saturating_sub(1);
        for (index, row) in rows.into_iter().enumerate() {
            let label = if index == 0 { field.label } else { "" };
            lines.push(Line::from(vec![
                Span::raw(" "),
                Span::styled(left(label, LABEL), field.style),
                Span::styled(row, theme.health.text),
            ]));
        }
    }
    if lines.len() > usize::from(area.height) && area.height > 0 {
        // There is more than fits.
        lines.truncate(usize::from(area.height));
        if let Some(last) = lines.last_mut() {
            last.spans.push(Span::styled(" …", theme.health.quiet));
        }
    }
    for (line, y) in lines.into_iter().zip(area.y..area.y + area.height) {
        line::draw(frame, look, line, Rect { y, height: 1, ..area });
    }
}

fn fields(state: &State, theme: &Theme, feed: &Subscription) -> Vec<Field> {
    let quiet = |label, text| Field { label, style: theme.health.quiet, text };
    let mut fields = matters(state, theme, feed);
    let health = &feed.health;
    if health.checked.is_some() {
        fields.push(quiet("asked", asked(state, feed)));
    }
    if health.succeeded != health.checked {
        let last = health.succeeded.map_or_else(|| "never".to_owned(), |time| ago(time, state.now));
        fields.push(quiet("last well", last));
    }
    fields.push(quiet("entries", entries(state, feed)));
    fields.push(quiet("address", shown(&feed.url)));
    fields
}

/// Says everything that is the matter with a feed, or that nothing is.
fn matters(state: &State, theme: &Theme, feed: &Subscription) -> Vec<Field> {
    let matter = |condition: Condition, style, text: &str| Field {
        label: condition.word(),
        style,
        text: text.to_owned(),
    };
    let health = &feed.health;
    let mut matters = Vec::new();
    match (health.state, &health.problem) {
        (FeedState::Gone, _) => {
            let text = "its server says that it is gone for good; it is no longer fetched by itself";
            matters.push(matter(Condition::Gone, theme.health.failing, text));
        }
        (FeedState::Active | FeedState::Paused, Some(problem)) => {
            let row = if health.failures > 1 {
                format!(" · {} failures in a row", health.failures)
            } else {
                String::new()
            };
            matters.push(matter(Condition::Failing, theme.health.failing, &format!("{problem}{row}")));
        }
        (FeedState::Active | FeedState::Paused, None) => {}
    }
    if health.state == FeedState::Paused {
        matters.push(matter(Condition::Paused, theme.health.quiet, "by you; it is not fetched by itself"));
    }
    if let Some(until) = health.held_until.filter(|until| *until > state.now) {
        let text =
            format!("its server asked to be left alone; it may be asked again {}", ahead(until, state.now));
        matters.push(Field { label: "held", style: theme.health.quiet, text });
    }
    if let Some(url) = &health.moved_to {
        let text = format!("to {}, as its server says", shown(url));
        matters.push(matter(Condition::Moved, theme.health.moved, &text));
    }
    let months = state.activity.get(&feed.feed).and_then(|activity| activity.dead_months(state.now));
    if let Some(months) = months {
        let text = format!("nothing new for {months} months");
        matters.push(matter(Condition::Dead { months }, theme.health.quiet, &text));
    }
    if matters.is_empty() {
        let (condition, text) = match health.checked {
            None => (Condition::New, "not fetched yet"),
            Some(_) => (Condition::Well, "nothing is wrong with it"),
        };
        matters.push(matter(condition, theme.health.quiet, text));
    }
    matters
}

/// Says when it was asked, what the server said, and when it is asked next.
fn asked(state: &State, feed: &Subscription) -> String {
    let health = &feed.health;
    let mut words: Vec<String> = health.checked.map(|time| ago(time, state.now)).into_iter().collect();
    words.extend(health.status.map(|status| format!("status {status}")));
    words.extend(next_fetch(health).map(|due| match ahead(due, state.now) {
        wait if wait == "now" => "due now".to_owned(),
        wait => format!("next {wait}"),
    }));
    words.join(" · ")
}

/// Says how much it brings.
fn entries(state: &State, feed: &Subscription) -> String {
    if feed.counts.total == 0 {
        return "none yet".to_owned();
    }
    let mut words = Vec::new();
    if let Some(activity) = state.activity.get(&feed.feed) {
        words.push(format!("{} a week", per_week(activity)));
        words.extend(activity.newest.map(|newest| format!("newest {}", ago(newest, state.now))));
    }
    words.push(format!("{} in all", number(feed.counts.total)));
    words.join(" · ")
}
