//! Draws the state. Reads only: asks nobody, remembers nothing, builds visible rows and no others.
//!
//! ```text
//! ┌ sidebar ┬ timeline ┬ reader ┐
//! │         │          │        │  overlay: help, catalogue; health
//! └─────────┴──────────┴────────┘
//!  status
//! ```

mod feeds;
mod following;
mod health;
mod line;
mod linear;
mod overlay;
mod palette;
mod pane;
mod prompt;
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

use super::{Keyboard, Keymap, Order, Pictures, Theme};
use crate::app::{Area, Overlay, State, panes};

pub(in crate::tui) use following::pane_of_keys;

/// What drawing needs beside the state.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The colours.
    pub theme: &'a Theme,
    /// The keys, for hints and help.
    pub keymap: &'a Keymap,
    /// The keys that were pressed and bring nothing yet.
    pub keyboard: &'a Keyboard,
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
    let whole = frame.area();
    frame.buffer_mut().set_style(whole, look.theme.pane.ground);
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
        Some(Overlay::Help { top, query, .. }) => overlay::help(frame, state, look, *top, query),
        Some(Overlay::Catalogue { cursor }) => overlay::catalogue(frame, state, look, *cursor),
        Some(Overlay::FoundFeeds(list)) => feeds::found(frame, look, list),
        Some(Overlay::Files(list)) => feeds::files(frame, look, list),
        Some(Overlay::Lists(found)) => feeds::lists(frame, look, found),
        Some(Overlay::Form(form)) => feeds::form(frame, state, look, form),
        Some(Overlay::QueryForm(form)) => feeds::query_form(frame, state, look, form),
        Some(Overlay::Palette(list)) => palette::draw(frame, state, look, list),
        Some(Overlay::Health(list)) => health::draw(frame, state, look, list),
        None => {}
    }
    following::draw(frame, state, look);
    if state.wishes.is_linear {
        linear::put_cursor(frame, state, look);
    }
}

fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}
