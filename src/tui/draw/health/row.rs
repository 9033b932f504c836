//! One feed in columns: mark, title, last success, next fetch, status, entries a week, what is the matter.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::text::{left, number, right};
use crate::app::{Condition, State, age, next_fetch, wait};
use crate::model::{Activity, Subscription, shown};
use crate::tui::Theme;

/// Cells of an age or a wait, with the gap before it.
const AGE: usize = 6;
/// Cells of the status, and of the entries a week.
const NUMBER: usize = 8;
/// Panes narrower than this show ages only.
const ROOM_FOR_NUMBERS: usize = 60;
/// Panes narrower than this leave what is the matter to the detail.
const ROOM_FOR_WORDS: usize = 100;

/// The widths of the columns.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    title: usize,
    number: usize,
    words: usize,
}

impl Columns {
    /// Parts a width: where there is room for words, between them and the titles.
    pub(super) fn of(width: usize) -> Columns {
        let number = if width < ROOM_FOR_NUMBERS { 0 } else { NUMBER };
        // Bar and mark before, a cell for the scrollbar behind.
        let room = width.saturating_sub(3 + 2 * AGE + 2 * number + 1);
        let title = if width < ROOM_FOR_WORDS { room } else { (width * 3 / 8).clamp(30, 80) };
        Columns { title, number, words: room - title }
    }

    /// Names the columns.
    pub(super) fn names(self, theme: &Theme) -> Line<'static> {
        let names = [
            format!("   {}", left("feed", self.title)),
            right("last", AGE),
            right("next", AGE),
            right("status", self.number),
            right("a week", self.number),
        ];
        Line::styled(names.concat(), theme.health.quiet)
    }

    /// Lays out a feed.
    pub(super) fn row(
        self,
        state: &State,
        theme: &Theme,
        feed: &Subscription,
        selected: bool,
    ) -> Line<'static> {
        let condition = state.condition(feed);
        let (mark, style) = mark(condition, theme);
        let title = match condition {
            Condition::Gone | Condition::Dead { .. } | Condition::Paused => theme.health.quiet,
            Condition::Failing | Condition::Moved | Condition::New | Condition::Well => theme.health.text,
        };
        let health = &feed.health;
        let last = health.succeeded.map_or_else(|| "never".to_owned(), |time| age(time, state.now));
        let next = next_fetch(health).map_or_else(String::new, |due| wait(due, state.now));
        let status = health.status.map_or_else(String::new, |status| status.to_string());
        let activity = state.activity.get(&feed.feed).map_or_else(String::new, per_week);
        let line = Line::from(vec![
            if selected { Span::styled("▌", theme.list.bar) } else { Span::raw(" ") },
            Span::styled(mark, style),
            Span::styled(left(&feed.title, self.title), title),
            Span::styled(right(&last, AGE), theme.health.quiet),
            Span::styled(right(&next, AGE), theme.health.quiet),
            Span::styled(
                right(&status, self.number),
                if is_error(health.status) { style } else { theme.health.quiet },
            ),
            Span::styled(right(&activity, self.number), theme.health.quiet),
            Span::styled(self.words(condition, feed), theme.health.quiet),
            Span::raw(" "),
        ]);
        line.style(if selected { theme.list.selected } else { Style::new() })
    }

    fn words(self, condition: Condition, feed: &Subscription) -> String {
        if self.words == 0 {
            return String::new();
        }
        left(&format!("  {}", matter(condition, feed)), self.words)
    }
}

/// Marks a feed's condition in two cells.
fn mark(condition: Condition, theme: &Theme) -> (&'static str, Style) {
    let style = match condition {
        Condition::Failing | Condition::Gone => theme.health.failing,
        Condition::Moved => theme.health.moved,
        Condition::Dead { .. } | Condition::Paused | Condition::New | Condition::Well => theme.health.quiet,
    };
    (sign(condition), style)
}

/// Gives the sign of a condition, in two cells.
pub(super) fn sign(condition: Condition) -> &'static str {
    match condition {
        Condition::Failing => "! ",
        Condition::Gone => "× ",
        Condition::Moved => "→ ",
        Condition::Dead { .. } => "○ ",
        Condition::Paused => "‖ ",
        Condition::New | Condition::Well => "  ",
    }
}

/// Says in a few words what is the matter; nothing of a feed that is well.
fn matter(condition: Condition, feed: &Subscription) -> String {
    match condition {
        Condition::Failing => feed.health.problem.clone().unwrap_or_default(),
        Condition::Gone => "gone for good".to_owned(),
        Condition::Moved => {
            format!("moved to {}", feed.health.moved_to.as_ref().map(shown).unwrap_or_default())
        }
        Condition::Dead { months } => format!("nothing new for {months} months"),
        Condition::Paused => "paused".to_owned(),
        Condition::New => "not fetched yet".to_owned(),
        Condition::Well => String::new(),
    }
}

/// Writes entries a week, below ten with their tenths.
pub(super) fn per_week(activity: &Activity) -> String {
    match activity.per_week_tenths {
        0 => "0".to_owned(),
        tenths @ 1..100 => format!("{}.{}", tenths / 10, tenths % 10),
        tenths => number((u64::from(tenths) + 5) / 10),
    }
}

fn is_error(status: Option<u16>) -> bool {
    status.is_some_and(|status| status >= 400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_a_week_fit_their_column() {
        for (per_week_tenths, expected) in
            [(0, "0"), (1, "0.1"), (99, "9.9"), (100, "10"), (314, "31"), (315, "32"), (123_456, "12,346")]
        {
            assert_eq!(per_week(&Activity { newest: None, per_week_tenths }), expected);
        }
    }

    #[test]
    fn columns_fill_any_width_and_no_more() {
        for width in 0..260 {
            let columns = Columns::of(width);
            let used = 3 + columns.title + 2 * AGE + 2 * columns.number + columns.words + 1;
            assert!(used == width || columns.title == 0, "{width}: {used}");
        }
    }
}
