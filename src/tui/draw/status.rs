//! The status line: what runs, what was done, and where help is.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::text::{columns, cut};
use super::{Look, line};
use crate::app::{Action, Progress, State, Tone};

/// Cells of the progress bar.
const BAR: usize = 10;

/// Draws the line.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State, look: Look<'_>, area: Rect) {
    let width = usize::from(area.width);
    let help = format!("{} help ", look.keymap.key_of(Action::ShowHelp).unwrap_or_default());
    let mut spans = vec![Span::raw(" ")];
    if let Some(progress) = &state.refresh {
        spans.extend(running(progress, look));
    }
    let used: usize = spans.iter().map(|span| columns(&span.content)).sum();
    let room = width.saturating_sub(used + columns(&help) + 1);
    if let Some(notice) = &state.notice {
        let style = match notice.tone {
            Tone::Plain => look.theme.status.notice,
            Tone::Problem => look.theme.status.problem,
        };
        spans.push(Span::styled(cut(&notice.text, room), style));
    }
    let used: usize = spans.iter().map(|span| columns(&span.content)).sum();
    if used + columns(&help) <= width {
        spans.push(Span::raw(" ".repeat(width - used - columns(&help))));
        spans.push(Span::styled(help, look.theme.status.text));
    }
    line::draw(frame, look, Line::from(spans), area);
}

fn running(progress: &Progress, look: Look<'_>) -> Vec<Span<'static>> {
    let theme = look.theme;
    let Some(total) = progress.total else {
        return vec![Span::styled("refreshing… ", theme.status.text)];
    };
    let full = (progress.done * BAR).checked_div(total).unwrap_or(BAR).min(BAR);
    let mut spans = vec![
        Span::styled(format!("refreshing {}/{total} ", progress.done), theme.status.text),
        Span::styled("▓".repeat(full), theme.status.bar),
        Span::styled("░".repeat(BAR - full), theme.status.text),
        Span::raw("  "),
    ];
    if progress.failed > 0 {
        let key = look.keymap.key_of(Action::ShowHealth).unwrap_or_default();
        spans.push(Span::styled(format!("{} failed ({key})  ", progress.failed), theme.status.problem));
    }
    spans
}
