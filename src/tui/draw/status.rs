//! The status line: what runs, what was done, and where help is.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::text::{columns, cut};
use super::{Look, line, prompt};
use crate::app::{Action, Hints, Pane, Progress, Purpose, Question, Selection, State, Tone, Unit};
use crate::model::shown;
use crate::typeset::Target;

/// Cells of the progress bar.
const BAR: usize = 10;

/// Draws the line.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State, look: Look<'_>, area: Rect) {
    if let Some(asked) = state.prompt.as_ref().filter(|prompt| prompt.question != Question::Command) {
        prompt::draw(frame, look, asked, area);
        return;
    }
    let width = usize::from(area.width);
    let pressed = look.keyboard.written();
    let gap = if pressed.is_empty() { "" } else { "  " };
    let help = format!("{pressed}{gap}{} help ", look.keymap.key_of(Action::ShowHelp).unwrap_or_default());
    let mut spans = vec![Span::raw(" ")];
    if let Some(progress) = &state.refresh {
        spans.extend(running(progress, look));
    }
    let used: usize = spans.iter().map(|span| columns(&span.content)).sum();
    let room = width.saturating_sub(used + columns(&help) + 1);
    if let Some(hints) = &state.hints {
        spans.push(Span::styled(cut(&choosing(state, hints), room), look.theme.status.notice));
    } else if let Some(selection) =
        state.reader.selection.as_ref().filter(|selection| selection.unit != Unit::Character)
    {
        spans.push(Span::styled(cut(&selecting(selection, look), room), look.theme.status.notice));
    } else if let Some(rows) = state.timeline.chosen().filter(|_| state.focus == Pane::Timeline) {
        let key = |action| look.keymap.key_of(action).unwrap_or_default();
        let count = rows.end() - rows.start() + 1;
        let headlines = if count == 1 { "headline" } else { "headlines" };
        let words = format!(
            "{count} {headlines}: {} marks read or unread, {} saves",
            key(Action::ToggleRead),
            key(Action::ToggleSaved)
        );
        spans.push(Span::styled(cut(&words, room), look.theme.status.notice));
    } else if let Some(notice) = &state.notice {
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

/// Says what is done with the link that is being chosen, and where the first one leads.
fn choosing(state: &State, hints: &Hints) -> String {
    let purpose = match hints.purpose {
        Purpose::Follow => "follow (o: in the browser, y: copy)",
        Purpose::Browse => "open in the browser",
        Purpose::Copy => "copy",
    };
    let page = state.reader.page.as_ref();
    let link = hints.left().next().map(|hint| usize::from(hint.link));
    let target = page.zip(link).and_then(|(page, link)| page.links().get(link));
    match target {
        Some(Target::Web(url)) => format!("{purpose} {}", shown(url)),
        Some(Target::Place(_)) => format!("{purpose} to a place in the text"),
        None => purpose.to_owned(),
    }
}

/// Says what is being selected, and with which keys.
fn selecting(selection: &Selection, look: Look<'_>) -> String {
    let key = |action| look.keymap.key_of(action).unwrap_or_default();
    let (down, up, copy) = (key(Action::MoveDown), key(Action::MoveUp), key(Action::CopyAddress));
    let (unit, again) = match selection.unit {
        Unit::Paragraph => ("paragraphs", Action::SelectParagraphs),
        Unit::Line | Unit::Character => ("lines", Action::SelectLines),
    };
    if selection.is_extending {
        format!("selecting {unit}: {down} {up} take more, {copy} copies")
    } else {
        format!("selecting {unit}: {down} {up} choose, {} takes more, {copy} copies", key(again))
    }
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
