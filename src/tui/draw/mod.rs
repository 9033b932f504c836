//! Draws the state. Reads only: asks nobody, remembers nothing, builds visible rows and no others.
//!
//! ```text
//! ┌ sidebar ┬ timeline ┬ reader ┐
//! │         │          │        │  overlay: help, catalogue; health
//! └─────────┴──────────┴────────┘
//!  status
//! ```

mod health;
mod line;
mod overlay;
mod pane;
mod reader;
mod scrollbar;
mod sidebar;
mod status;
#[cfg(test)]
mod tests;
mod text;
mod timeline;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Keymap, Order, Pictures, Theme};
use crate::app::{Area, Overlay, State, panes};

/// What drawing needs beside the state.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The colours.
    pub theme: &'a Theme,
    /// The keys, for hints and help.
    pub keymap: &'a Keymap,
    /// In which order letters are drawn.
    pub order: Order,
    /// The terminal is told of links: the generation of the page they are of.
    pub links: Option<u8>,
    /// The pictures that are ready.
    pub pictures: &'a Pictures,
}

/// Draws everything.
pub fn draw(frame: &mut Frame<'_>, state: &State, look: Look<'_>) {
    let panes = panes(state);
    pane::draw(frame, state, look, &panes);
    if let Some(area) = panes.sidebar {
        sidebar::draw(frame, state, look, rect(area.body));
    }
    if let Some(area) = panes.timeline {
        timeline::draw(frame, state, look, rect(area.body));
    }
    if let Some(area) = panes.reader {
        reader::draw(frame, state, look, rect(area.body));
    }
    status::draw(frame, state, look, rect(panes.status));
    match &state.overlay {
        Some(Overlay::Help { top, .. }) => overlay::help(frame, look, *top),
        Some(Overlay::Catalogue { cursor }) => overlay::catalogue(frame, state, look, *cursor),
        Some(Overlay::Health(list)) => health::draw(frame, state, look, list),
        None => {}
    }
}

fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}
