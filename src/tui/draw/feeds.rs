//! Feeds that were found, and the settings of a feed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::overlay::window;
use super::text::{columns, cut, left};
use super::{Look, line};
use crate::app::{
    Action, FeedForm, FileList, FormField, FoundFeeds, FoundLists, QueryField, QueryForm, State, file_kind,
    file_name,
};
use crate::model::{Enclosure, FeedPreview, FoundList, shown};

const WIDTH: u16 = 72;

/// Draws the feeds that an address leads to, and what the selected one brings.
pub(super) fn found(frame: &mut Frame<'_>, look: Look<'_>, found: &FoundFeeds) {
    let mut lines = Vec::new();
    match &found.feeds {
        None => lines.push(Line::styled(format!("looking at {}…", found.address), look.theme.overlay.hint)),
        Some(feeds) => {
            for (index, feed) in feeds.iter().enumerate() {
                lines.push(offered(look, feed, index == found.cursor));
            }
            if let Some(feed) = found.selected() {
                lines.push(Line::default());
                lines.push(Line::styled(shown(&feed.url), look.theme.overlay.hint));
                let headline = |title: &String| Line::styled(format!("· {title}"), look.theme.overlay.text);
                lines.extend(feed.headlines.iter().map(headline));
            }
        }
    }
    let open = look.keymap.key_of(Action::Open).unwrap_or_default();
    let hint = match (&found.feeds, &found.folder[..]) {
        (None, _) => " esc closes ".to_owned(),
        (Some(_), []) => format!(" {open} follows it · esc closes "),
        (Some(_), folder) => format!(" {open} follows it in {} · esc closes ", folder.join("/")),
    };
    let inner = window(frame, look, " Follow a feed ", &hint, WIDTH, lines.len());
    draw_lines(frame, look, lines, inner, found.cursor);
}

fn offered(look: Look<'_>, feed: &FeedPreview, selected: bool) -> Line<'static> {
    let theme = look.theme;
    let count = if feed.entries == 1 { "1 entry".to_owned() } else { format!("{} entries", feed.entries) };
    let about = format!("  {} · {count}", feed.format);
    let room = usize::from(WIDTH).saturating_sub(about.chars().count() + 8);
    let line = Line::from(vec![
        if selected { Span::styled("▌", theme.list.bar) } else { Span::raw(" ") },
        Span::styled(cut(&feed.title, room), theme.overlay.key),
        Span::styled(about, theme.overlay.hint),
    ]);
    line.style(if selected { theme.list.selected } else { Style::new() })
}

/// Draws the files that come with an entry.
pub(super) fn files(frame: &mut Frame<'_>, look: Look<'_>, list: &FileList) {
    let line = |(index, file): (usize, &Enclosure)| {
        let (selected, kind) = (index == list.cursor, file_kind(file));
        let room = usize::from(WIDTH).saturating_sub(columns(&kind) + 8);
        let line = Line::from(vec![
            if selected { Span::styled("▌", look.theme.list.bar) } else { Span::raw(" ") },
            Span::styled(cut(&file_name(file), room), look.theme.overlay.key),
            Span::styled(format!("  {kind}"), look.theme.overlay.hint),
        ]);
        line.style(if selected { look.theme.list.selected } else { Style::new() })
    };
    let lines: Vec<_> = list.files.iter().enumerate().map(line).collect();
    let key = |action| look.keymap.key_of(action).unwrap_or_default();
    let hint = format!(" {} opens · {} copies · esc closes ", key(Action::Open), key(Action::CopyAddress));
    let inner = window(frame, look, " Files of the entry ", &hint, WIDTH, lines.len());
    draw_lines(frame, look, lines, inner, list.cursor);
}

/// Draws the lists of feeds that other readers left.
pub(super) fn lists(frame: &mut Frame<'_>, look: Look<'_>, found: &FoundLists) {
    let line = |(index, list): (usize, &FoundList)| {
        let selected = index == found.cursor;
        let place = list.path.parent().unwrap_or(&list.path).to_string_lossy().replace(char::is_control, "");
        let words = list.words();
        let room = usize::from(WIDTH).saturating_sub(columns(&words) + 8);
        let line = Line::from(vec![
            if selected { Span::styled("▌", look.theme.list.bar) } else { Span::raw(" ") },
            Span::styled(words, look.theme.overlay.key),
            Span::styled(format!("  {}", cut(&place, room)), look.theme.overlay.hint),
        ]);
        line.style(if selected { look.theme.list.selected } else { Style::new() })
    };
    let lines: Vec<_> = found.lists.iter().enumerate().map(line).collect();
    let open = look.keymap.key_of(Action::Open).unwrap_or_default();
    let hint = format!(" {open} follows its feeds · esc closes ");
    let inner = window(frame, look, " Feeds of another reader ", &hint, WIDTH, lines.len());
    draw_lines(frame, look, lines, inner, found.cursor);
}

/// Draws the settings of a feed, field by field.
pub(super) fn form(frame: &mut Frame<'_>, state: &State, look: Look<'_>, form: &FeedForm) {
    let line = |(index, field): (usize, FormField)| {
        field_line(look, field.words().0, &form.value(field, &state.subscriptions), index == form.cursor)
    };
    let lines: Vec<_> = FormField::ALL.into_iter().enumerate().map(line).collect();
    let open = look.keymap.key_of(Action::Open).unwrap_or_default();
    let hint = format!(" {open} changes it · esc closes ");
    let inner = window(frame, look, " Edit the feed ", &hint, WIDTH, lines.len());
    draw_lines(frame, look, lines, inner, form.cursor);
}

/// Draws what is set for a query that is kept, field by field.
pub(super) fn query_form(frame: &mut Frame<'_>, state: &State, look: Look<'_>, form: &QueryForm) {
    let line = |(index, field): (usize, QueryField)| {
        field_line(look, field.words().0, &form.value(field, &state.subscriptions), index == form.cursor)
    };
    let lines: Vec<_> = QueryField::ALL.into_iter().enumerate().map(line).collect();
    let open = look.keymap.key_of(Action::Open).unwrap_or_default();
    let hint = format!(" {open} changes it · esc closes ");
    let inner = window(frame, look, " Edit the query ", &hint, WIDTH, lines.len());
    draw_lines(frame, look, lines, inner, form.cursor);
}

fn field_line(look: Look<'_>, name: &str, value: &str, selected: bool) -> Line<'static> {
    let theme = look.theme;
    let value = if value.is_empty() {
        Span::styled("–", theme.overlay.hint)
    } else {
        Span::styled(cut(value, usize::from(WIDTH).saturating_sub(22)), theme.overlay.text)
    };
    let bar = if selected { Span::styled("▌", theme.list.bar) } else { Span::raw(" ") };
    let line = Line::from(vec![bar, Span::styled(left(name, 16), theme.overlay.key), value]);
    line.style(if selected { theme.list.selected } else { Style::new() })
}

/// Draws lines, those around the cursor where there is no room for all.
fn draw_lines(frame: &mut Frame<'_>, look: Look<'_>, lines: Vec<Line<'static>>, area: Rect, cursor: usize) {
    let height = usize::from(area.height);
    let top = if lines.len() > height { (cursor + 1).saturating_sub(height) } else { 0 };
    for (line, y) in lines.into_iter().skip(top).zip(area.y..area.y + area.height) {
        line::draw(frame, look, line, Rect { y, height: 1, ..area });
    }
}
