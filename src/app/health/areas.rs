//! Where the parts of the health pane are: one answer for drawing, scrolling and paging.

use crate::app::{Area, Size};

/// Rows of the detail with the line above it, where there is room.
const DETAIL: u16 = 9;
/// Rows from which on the columns have names.
const ROOM_FOR_NAMES: u16 = 8;
/// Rows below which the rule under the title is left out, as in the panes.
const TALL: u16 = 16;

/// The parts of the health pane, top to bottom; one without room has no rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HealthAreas {
    /// All of it.
    pub whole: Area,
    /// The title.
    pub title: Area,
    /// The line under the title.
    pub rule: Area,
    /// The names of the columns.
    pub names: Area,
    /// The feeds.
    pub list: Area,
    /// The line between list and detail.
    pub line: Area,
    /// What is known of the selected feed.
    pub detail: Area,
}

/// Says where the parts are; the status line stays free.
pub fn health_areas(size: Size) -> HealthAreas {
    let height = size.height.saturating_sub(1);
    let rows = |y: u16, rows: u16| Area { x: 0, y, width: size.width, height: rows };
    let title = height.min(1);
    let rule = u16::from(height >= TALL);
    let body = height - title - rule;
    let names = u16::from(body >= ROOM_FOR_NAMES);
    let bottom = (body / 2).min(DETAIL);
    let line = bottom.min(1);
    let list = body - names - bottom;
    let top = title + rule + names;
    HealthAreas {
        whole: rows(0, height),
        title: rows(0, title),
        rule: rows(title, rule),
        names: rows(title + rule, names),
        list: rows(top, list),
        line: rows(top + list, line),
        detail: rows(top + list + line, bottom - line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_follow_each_other_and_fill_the_pane_at_any_height() {
        for height in 0..210 {
            let areas = health_areas(Size { width: 80, height });
            let mut y = 0;
            for part in [areas.title, areas.rule, areas.names, areas.list, areas.line, areas.detail] {
                assert_eq!(part.y, y, "{height}");
                y += part.height;
            }
            assert_eq!(y, height.saturating_sub(1), "{height}");
            assert_eq!(areas.whole.height, y, "{height}");
            assert!(areas.list.height >= areas.detail.height || height > 5, "{height}");
        }
    }

    #[test]
    fn a_small_terminal_shows_feeds_and_detail() {
        let areas = health_areas(Size { width: 40, height: 10 });
        assert_eq!((areas.list.height, areas.detail.height), (3, 3));
    }
}
