//! A line that is being typed, with its cursor.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::text::{columns, cut};
use super::{Look, line};
use crate::app::{Prompt, Question};

/// Draws what is asked, what is typed so far, and where.
pub(super) fn draw(frame: &mut Frame<'_>, look: Look<'_>, prompt: &Prompt, area: Rect) {
    let asked = match &prompt.question {
        Question::Find { .. } | Question::Search { .. } | Question::Help => " /".to_owned(),
        Question::Command => " :".to_owned(),
        Question::Address => " address of a feed or page: ".to_owned(),
        Question::Field(_, field) => format!(" {}: ", field.words().0),
        Question::FolderName(_) => " name of the folder: ".to_owned(),
        Question::QueryTitle(_) => " keep the search as: ".to_owned(),
        Question::QueryField(_, field) => format!(" {}: ", field.words().0),
        Question::Tags(_) => " tags: ".to_owned(),
    };
    let hint = match (&prompt.problem, &prompt.question) {
        (Some(problem), _) => Span::styled(format!("  {problem}"), look.theme.status.problem),
        (None, Question::Field(_, field)) => {
            Span::styled(format!("  {}", field.words().1), look.theme.status.text)
        }
        (None, Question::QueryField(_, field)) => {
            Span::styled(format!("  {}", field.words().1), look.theme.status.text)
        }
        (None, Question::Tags(_)) => {
            Span::styled("  parted by commas; -NAME takes one away".to_owned(), look.theme.status.text)
        }
        _ => Span::raw(""),
    };
    let before = columns(&asked);
    // A little is left for the text where there is little room.
    let hint_room = usize::from(area.width).saturating_sub(before + columns(prompt.text()).max(12) + 2);
    let hint = Span::styled(cut(&hint.content, hint_room), hint.style);
    let room = usize::from(area.width).saturating_sub(before + 1 + columns(&hint.content));
    // The end stays in sight, where the cursor mostly is.
    let mut text = prompt.text();
    let mut cursor = prompt.cursor();
    while cursor > room {
        let first = text.chars().next().map_or(0, char::len_utf8);
        if first == 0 {
            break;
        }
        cursor = cursor.saturating_sub(columns(&text[..first]));
        text = &text[first..];
    }
    let line = Line::from(vec![
        Span::styled(asked, look.theme.status.key),
        Span::raw(cut(text, room)),
        Span::raw(" "),
        hint,
    ]);
    line::draw_as_is(frame, &line, area);
    let x = area.x + u16::try_from(before + cursor).unwrap_or(0);
    if let Some(cell) = frame.buffer_mut().cell_mut((x, area.y)) {
        cell.modifier.insert(Modifier::REVERSED);
    }
}
