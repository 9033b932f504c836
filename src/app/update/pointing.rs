//! The mouse: what is below it is selected, opened, followed, scrolled or copied.

use std::ops::Range;
use std::time::Duration;

use super::{arranging, feeds, focus, following, moving, opening, overlay, selecting};
use crate::app::{
    Action, Area, Border, Effect, Gesture, Pane, PaneArea, Pointer, Selection, State, Unit, panes,
    sidebar_rows,
};
use crate::model::Scope;
use crate::typeset::Spot;

/// Lines that a notch of the wheel moves.
const NOTCH: isize = 3;

/// Two presses on one cell within this time are a double click.
const DOUBLE: Duration = Duration::from_millis(400);

/// Takes what the mouse does.
pub(super) fn pointed(state: &mut State, pointer: Pointer) -> Vec<Effect> {
    if state.overlay.is_some() {
        (state.reader.pressed, state.dragged) = (None, None);
        return match pointer.gesture {
            Gesture::WheelDown => overlay::act(state, Action::MoveDown),
            Gesture::WheelUp => overlay::act(state, Action::MoveUp),
            Gesture::Press | Gesture::Drag | Gesture::Release => Vec::new(),
        };
    }
    match pointer.gesture {
        Gesture::WheelDown => wheel(state, pointer, NOTCH),
        Gesture::WheelUp => wheel(state, pointer, -NOTCH),
        Gesture::Press => press(state, pointer),
        Gesture::Drag => drag(state, pointer),
        Gesture::Release => release(state),
    }
}

fn wheel(state: &mut State, pointer: Pointer, lines: isize) -> Vec<Effect> {
    match pane_at(state, pointer) {
        Some((Pane::Sidebar, area)) => {
            let rows = sidebar_rows(state).len();
            let lowest = rows.saturating_sub(usize::from(area.height));
            state.sidebar.top = state.sidebar.top.saturating_add_signed(lines).min(lowest);
            Vec::new()
        }
        Some((Pane::Timeline, _)) => {
            let at = state.timeline.index().unwrap_or(0);
            moving::select(state, at.saturating_add_signed(lines))
        }
        Some((Pane::Reader, _)) => {
            let height = state.reader_height();
            state.reader.scroll(lines, height);
            Vec::new()
        }
        None => Vec::new(),
    }
}

fn press(state: &mut State, pointer: Pointer) -> Vec<Effect> {
    state.notice = None;
    (state.hints, state.reader.selection, state.reader.pressed) = (None, None, None);
    let is_second = state.is_double_press(pointer, DOUBLE);
    state.dragged = border_at(state, pointer);
    let Some((pane, area)) = pane_at(state, pointer) else {
        return Vec::new();
    };
    let row = usize::from(pointer.row - area.y);
    match pane {
        Pane::Sidebar => {
            let rows = sidebar_rows(state);
            let Some(row) = rows.get(state.sidebar.top + row) else {
                return Vec::new();
            };
            let (scope, sign) = (row.scope.clone(), area.x + 1 + 2 * row.depth);
            let folds = matches!(scope, Scope::Folder(_)) && (pointer.column == sign || is_second);
            let mut effects = focus(state, Pane::Sidebar);
            effects.extend(feeds::go_to(state, scope));
            if folds {
                effects.extend(arranging::toggle_folder(state));
            }
            effects
        }
        Pane::Timeline => {
            let lines = state.timeline.lines(usize::from(area.height));
            let Some(index) = lines.get(row).map(|line| line.row()) else {
                return Vec::new();
            };
            let mut effects = focus(state, Pane::Timeline);
            effects.extend(moving::select(state, index));
            if is_second {
                effects.extend(opening::open(state));
            }
            effects
        }
        Pane::Reader => {
            if is_second {
                select_paragraph(state, pointer);
                return Vec::new();
            }
            let spot = spot_at(state, pointer, false);
            state.reader.pressed = spot;
            Vec::new()
        }
    }
}

/// Selects from where the button was pressed to where the mouse is; above and below the pane, the text moves on.
fn drag(state: &mut State, pointer: Pointer) -> Vec<Effect> {
    if let Some(border) = state.dragged {
        arranging::put_border(state, border, pointer.column);
        return moving::settle(state);
    }
    let (Some(anchor), Some(area)) = (state.reader.pressed, panes(state).reader.map(|pane| pane.body)) else {
        return Vec::new();
    };
    let height = state.reader_height();
    let pointer = if pointer.row < area.y {
        state.reader.scroll(-1, height);
        Pointer { row: area.y, ..pointer }
    } else if pointer.row >= area.y + area.height {
        state.reader.scroll(1, height);
        Pointer { row: (area.y + area.height).saturating_sub(1), ..pointer }
    } else {
        pointer
    };
    let Some(head) = spot_at(state, pointer, true) else {
        return Vec::new();
    };
    let unit = Unit::Character;
    state.reader.selection = Some(Selection { anchor, head, unit, is_extending: true });
    Vec::new()
}

/// Copies what was selected; where nothing was, the press was on a link or for the focus.
fn release(state: &mut State) -> Vec<Effect> {
    if state.dragged.take().is_some() {
        return arranging::arranged(state);
    }
    let pressed = state.reader.pressed.take();
    if let (Some(selection), Some(page)) = (&state.reader.selection, &state.reader.page) {
        let Range { start: anchor, end: head } = selection.part(page);
        let effects = selecting::copy(state);
        // It stays in sight until the next key.
        state.reader.selection = Some(Selection { anchor, head, unit: Unit::Character, is_extending: true });
        return effects;
    }
    let Some(spot) = pressed else {
        return Vec::new();
    };
    if let Some(link) = link_at(state, spot) {
        let mut effects = focus(state, Pane::Reader);
        effects.extend(following::follow(state, link));
        return effects;
    }
    focus(state, Pane::Reader)
}

fn select_paragraph(state: &mut State, pointer: Pointer) {
    let Some(spot) = spot_at(state, pointer, false) else { return };
    state.reader.selection = Some(Selection::at(spot.line, Unit::Paragraph));
}

/// Finds the border below the mouse.
fn border_at(state: &State, pointer: Pointer) -> Option<Border> {
    let panes = panes(state);
    let is_there = |border: &Border| panes.border(*border) == Some(pointer.column);
    let all = [Border::OfSidebar, Border::OfTimeline];
    all.into_iter().find(is_there).filter(|_| pointer.row < panes.status.y)
}

/// Finds the pane below the mouse, and where its rows are.
fn pane_at(state: &State, pointer: Pointer) -> Option<(Pane, Area)> {
    let panes = panes(state);
    let all =
        [(Pane::Sidebar, panes.sidebar), (Pane::Timeline, panes.timeline), (Pane::Reader, panes.reader)];
    all.into_iter().find_map(|(pane, area)| {
        let PaneArea { body, .. } = area?;
        body.holds(pointer.column, pointer.row).then_some((pane, body))
    })
}

/// Finds the character of the article below the mouse.
fn spot_at(state: &State, pointer: Pointer, is_behind: bool) -> Option<Spot> {
    let page = state.reader.page.as_ref().filter(|_| !state.reader.is_stale)?;
    let area = panes(state).reader?.body;
    let left = area.x + area.width.saturating_sub(page.width()) / 2;
    let line = state.reader.top + usize::from(pointer.row.saturating_sub(area.y));
    if page.lines().is_empty() {
        return None;
    }
    Some(page.spot(line, usize::from(pointer.column.saturating_sub(left)), is_behind))
}

fn link_at(state: &State, spot: Spot) -> Option<u16> {
    let line = state.reader.page.as_ref()?.lines().get(spot.line)?;
    let mut end = 0;
    let span = line.spans.iter().find(|span| {
        end += span.text.len();
        spot.at < end
    })?;
    span.link
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act, noon, opened, page_of, take};
    use crate::app::{Message, update};
    use crate::model::{CleanHtml, EntryId, Scope};

    fn point(state: &mut State, gesture: Gesture, column: u16, row: u16) -> Vec<Effect> {
        update(state, Message::Pointed(Pointer { gesture, column, row }), noon())
    }

    fn click(state: &mut State, column: u16, row: u16) -> Vec<Effect> {
        let mut effects = point(state, Gesture::Press, column, row);
        effects.extend(point(state, Gesture::Release, column, row));
        effects
    }

    /// The first cell of the article's text, some lines down.
    fn text_cell(state: &State, line: u16) -> (u16, u16) {
        let area = panes(state).reader.unwrap().body;
        let page = state.reader.page.as_ref().unwrap();
        (area.x + (area.width - page.width()) / 2, area.y + line)
    }

    #[test]
    fn a_click_selects_a_headline_and_a_second_opens_it() {
        let mut state = State::sample();
        let area = panes(&state).timeline.unwrap().body;
        click(&mut state, area.x + 4, area.y + 2);
        assert_eq!((state.timeline.cursor, state.focus), (Some(EntryId(3)), Pane::Timeline));
        click(&mut state, area.x + 4, area.y + 2);
        assert_eq!((state.reader.entry, state.focus), (Some(EntryId(3)), Pane::Reader));
        click(&mut state, area.x + 4, area.y + 30);
        assert_eq!(state.timeline.cursor, Some(EntryId(3)), "there is no row");
    }

    #[test]
    fn a_click_in_the_sidebar_shows_its_timeline() {
        let mut state = State::sample();
        let area = panes(&state).sidebar.unwrap().body;
        click(&mut state, area.x + 3, area.y + 1);
        assert_eq!((state.timeline.scope.clone(), state.focus), (Scope::All, Pane::Sidebar));
    }

    #[test]
    fn the_wheel_moves_what_is_below_it() {
        let mut state = opened(&"<p>Rain.</p>".repeat(60));
        let (column, row) = text_cell(&state, 3);
        point(&mut state, Gesture::WheelDown, column, row);
        assert_eq!(state.reader.top, 3);
        point(&mut state, Gesture::WheelUp, column, row);
        assert_eq!(state.reader.top, 0);
        state.focus = Pane::Timeline;
        let area = panes(&state).timeline.unwrap().body;
        point(&mut state, Gesture::WheelDown, area.x, area.y);
        assert_eq!(state.timeline.cursor, Some(EntryId(2)));
    }

    #[test]
    fn what_is_dragged_over_is_copied() {
        let mut state = opened("<p>It rained on all hills of the land.</p>");
        let (column, row) = text_cell(&state, 3);
        point(&mut state, Gesture::Press, column + 3, row);
        point(&mut state, Gesture::Drag, column + 8, row);
        let effects = point(&mut state, Gesture::Release, column + 8, row);
        assert!(effects.contains(&Effect::Copy("rained".to_owned())), "{effects:?}");
        assert!(state.reader.selection.is_some(), "it stays in sight");
        point(&mut state, Gesture::Press, column + 8, row);
        assert!(state.reader.selection.is_none());
        point(&mut state, Gesture::Drag, column + 3, row);
        let effects = point(&mut state, Gesture::Release, column + 3, row);
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Copy(_))), "backwards too: {effects:?}");
    }

    #[test]
    fn a_press_is_over_when_other_lines_come_below_it() {
        let mut state = opened(&"<p>It’s rain, and it’s rain again.</p>".repeat(9));
        let (column, row) = text_cell(&state, 5);
        point(&mut state, Gesture::Press, column + 6, row);
        assert!(state.reader.pressed.is_some());
        let mut other = (*state.reader.article.clone().unwrap()).clone();
        other.body = CleanHtml::from_sanitiser("<p>’’’’’’’’’’’’’’’’’’</p>".repeat(9));
        take(&mut state, page_of(&other));
        assert_eq!(state.reader.pressed, None);
        assert_eq!(point(&mut state, Gesture::Drag, column + 9, row), []);
        assert_eq!(state.reader.selection, None);
    }

    #[test]
    fn a_press_is_over_under_a_window_and_with_the_next_one() {
        let mut state = opened(&"<p>Rain.</p>".repeat(9));
        let (column, row) = text_cell(&state, 5);
        point(&mut state, Gesture::Press, column, row);
        act(&mut state, Action::ShowHelp);
        point(&mut state, Gesture::Release, column, row);
        assert_eq!(state.reader.pressed, None);
    }

    #[test]
    fn a_double_click_copies_the_paragraph() {
        let mut state = opened("<p>It rained on all hills.</p><p>Then not.</p>");
        let (column, row) = text_cell(&state, 3);
        click(&mut state, column + 3, row);
        let effects = click(&mut state, column + 3, row);
        assert!(effects.contains(&Effect::Copy("It rained on all hills.".to_owned())), "{effects:?}");
    }

    #[test]
    fn a_drag_below_the_pane_moves_the_text_on() {
        let mut state = opened(&"<p>Rain.</p>".repeat(60));
        let (column, row) = text_cell(&state, 3);
        point(&mut state, Gesture::Press, column, row);
        for _ in 0..4 {
            point(&mut state, Gesture::Drag, column, 39);
        }
        assert_eq!(state.reader.top, 4);
    }

    #[test]
    fn a_click_on_a_link_follows_it() {
        let mut state = opened("<p>See <a href='http://b.test/'>the hills</a>.</p>");
        let (column, row) = text_cell(&state, 3);
        let effects = click(&mut state, column + 5, row);
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Visit { .. })), "{effects:?}");
    }
}
