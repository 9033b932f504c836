//! Where everything is on the screen: one answer for drawing, scrolling and paging.

use super::{Pane, Shares, State};

/// The terminal's size in cells.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A rectangle of cells.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Area {
    /// The leftmost column.
    pub x: u16,
    /// The topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Tells whether a cell is in it.
    pub fn holds(self, column: u16, row: u16) -> bool {
        (self.x..self.x + self.width).contains(&column) && (self.y..self.y + self.height).contains(&row)
    }
}

/// One pane: its title row and the rows below it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PaneArea {
    /// The row with the pane's title.
    pub title: Area,
    /// What the pane shows.
    pub body: Area,
}

/// Where the panes are; a pane that is not shown has no area.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Panes {
    /// Feeds and folders.
    pub sidebar: Option<PaneArea>,
    /// Headlines.
    pub timeline: Option<PaneArea>,
    /// The article.
    pub reader: Option<PaneArea>,
    /// The status line at the bottom.
    pub status: Area,
}

/// The line between two panes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Border {
    /// On the right of the sidebar.
    OfSidebar,
    /// On the right of the headlines.
    OfTimeline,
}

impl Panes {
    /// Gives the column of a border, where there is one.
    pub fn border(&self, border: Border) -> Option<u16> {
        let (left, right) = match border {
            Border::OfSidebar => (self.sidebar?, self.timeline?),
            Border::OfTimeline => (self.timeline?, self.reader?),
        };
        (left.body.x < right.body.x).then(|| right.body.x - 1)
    }
}

/// From this width on, three panes stand side by side.
const WIDE: u16 = 140;
/// From this width on, two do.
const MEDIUM: u16 = 90;
/// Columns that the sidebar has at least.
const NARROWEST: u16 = 12;
/// Columns that the other panes have at least.
const NARROW: u16 = 24;
/// Rows below which the rule under the titles is left out.
const TALL: u16 = 16;

/// Says where the panes are.
pub fn panes(state: &State) -> Panes {
    panes_at(state, state.focus)
}

/// Says where the panes are when one has the focus.
pub(super) fn panes_at(state: &State, focus: Pane) -> Panes {
    let Size { width, height } = state.size;
    // Who hears the screen hears one thing at a time.
    let (wide, medium) = if state.wishes.is_linear { (u16::MAX, u16::MAX) } else { (WIDE, MEDIUM) };
    let Shares { sidebar, sidebar_of_two, timeline } = state.view.shares;
    let status = Area { x: 0, y: height.saturating_sub(1), width, height: height.min(1) };
    let place = |x: u16, columns: u16| pane(x, columns, height.saturating_sub(1));
    let mut panes = Panes { status, ..Panes::default() };
    let has_sidebar = focus == Pane::Sidebar || (width >= wide && !state.view.hides_sidebar);
    if state.zen && focus == Pane::Reader {
        panes.reader = Some(place(0, width));
    } else if width >= wide && has_sidebar {
        let sidebar = sidebar.map_or((width / 6).clamp(24, 34), |share| share.of(width));
        let sidebar = sidebar.clamp(NARROWEST, width - 2 * NARROW - 2);
        let left = width - sidebar - 1;
        let timeline =
            timeline.map_or(left * 9 / 20, |share| share.of(left)).clamp(NARROW, left - NARROW - 1);
        panes.sidebar = Some(place(0, sidebar));
        panes.timeline = Some(place(sidebar + 1, timeline));
        panes.reader = Some(place(sidebar + timeline + 2, left - timeline - 1));
    } else if width >= medium && has_sidebar {
        let sidebar = sidebar_of_two.map_or((width / 3).clamp(28, 40), |share| share.of(width));
        let sidebar = sidebar.clamp(NARROWEST, width - NARROW - 1);
        panes.sidebar = Some(place(0, sidebar));
        panes.timeline = Some(place(sidebar + 1, width - sidebar - 1));
    } else if width >= medium {
        let timeline = timeline.map_or(width * 9 / 20, |share| share.of(width));
        let timeline = timeline.clamp(NARROW, width - NARROW - 1);
        panes.timeline = Some(place(0, timeline));
        panes.reader = Some(place(timeline + 1, width - timeline - 1));
    } else {
        let whole = Some(place(0, width));
        match focus {
            Pane::Sidebar => panes.sidebar = whole,
            Pane::Timeline => panes.timeline = whole,
            Pane::Reader => panes.reader = whole,
        }
    }
    panes
}

/// Columns of text in the article pane, where it is shown.
pub fn text_width(state: &State) -> Option<u16> {
    let body = panes(state).reader?.body;
    // Two cells of margin on either side, one where there is little room.
    let margin = if body.width >= 50 { 2 } else { 1 };
    Some(body.width.saturating_sub(2 * margin).clamp(1, state.wishes.measure))
}

fn pane(x: u16, width: u16, height: u16) -> PaneArea {
    let head = if height >= TALL { 2 } else { 1 };
    PaneArea {
        title: Area { x, y: 0, width, height: 1.min(height) },
        body: Area { x, y: head.min(height), width, height: height.saturating_sub(head) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(width: u16, height: u16, focus: Pane) -> Panes {
        let mut state = State::sample();
        state.size = Size { width, height };
        state.focus = focus;
        panes(&state)
    }

    #[test]
    fn a_wide_terminal_shows_three_panes_and_a_medium_one_two() {
        let count = |p: &Panes| [p.sidebar, p.timeline, p.reader].iter().flatten().count();
        assert_eq!(count(&at(200, 50, Pane::Timeline)), 3);
        assert_eq!(count(&at(120, 36, Pane::Timeline)), 2);
        assert_eq!(count(&at(120, 36, Pane::Sidebar)), 2);
        assert_eq!(count(&at(80, 24, Pane::Timeline)), 1);
    }

    #[test]
    fn panes_stay_inside_any_terminal_and_never_overlap() {
        for width in 0..260 {
            for height in [0, 1, 2, 3, 10, 16, 50] {
                for focus in [Pane::Sidebar, Pane::Timeline, Pane::Reader] {
                    let panes = at(width, height, focus);
                    let shown = [panes.sidebar, panes.timeline, panes.reader];
                    let mut free_from = 0;
                    for PaneArea { title, body } in shown.into_iter().flatten() {
                        assert!(body.x >= free_from, "{width}x{height}");
                        assert!(body.x + body.width <= width, "{width}x{height}");
                        assert!(body.y + body.height <= height, "{width}x{height}");
                        assert!(title.height <= height, "{width}x{height}");
                        free_from = body.x + body.width;
                    }
                }
            }
        }
    }
}
