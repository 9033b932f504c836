//! Pictures of the article: how large they may be, what is known of them, and which were asked for.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Pane, State, panes};
use crate::model::{PixelSize, Url};
use crate::typeset::{Canvas, Page, Picture};

/// No picture is higher, however high the pane is.
const MOST_ROWS: u16 = 30;

/// Sizes of so many pictures are kept in mind.
const MOST_KNOWN: usize = 2_000;

/// What is known of pictures.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Pictures {
    /// Their sizes; none where one cannot be shown.
    pub(super) known: Arc<HashMap<Url, Option<PixelSize>>>,
    /// The lines of the page do not suit what is known now.
    pub(super) is_outdated: bool,
    /// Those that are loaded or on their way.
    pub(super) asked: HashSet<Picture>,
}

impl Pictures {
    /// Notes the size of a picture, or that it cannot be shown.
    pub(super) fn note(&mut self, url: Url, size: Option<PixelSize>) {
        let known = Arc::make_mut(&mut self.known);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(url, size);
    }

    /// Forgets what could not be shown, so that it is tried again.
    pub(super) fn forgive(&mut self) {
        Arc::make_mut(&mut self.known).retain(|_, size| size.is_some());
    }
}

/// Says how pictures have room in the article pane; none where words stand for them.
///
/// Pictures are those of an article that was opened: where the cursor only passes by, nothing is asked of any server.
pub(super) fn canvas(state: &State) -> Option<Canvas> {
    let cell = state.wishes.cell.filter(|_| state.wishes.pictures && !state.wishes.is_linear)?;
    let reader = &state.reader;
    let is_open = state.focus == Pane::Reader || (reader.opened.is_some() && reader.opened == reader.entry);
    let height = panes(state).reader.filter(|_| is_open)?.body.height;
    // Some lines of text stay in sight, so that one sees where it goes on.
    let rows = (height.saturating_mul(2) / 3).min(MOST_ROWS);
    Some(Canvas { cell, rows, known: Arc::clone(&state.pictures.known) })
}

/// Tells whether a page is set as the panes and the reader want it now.
pub(super) fn is_set_for(page: &Page, width: u16, canvas: Option<&Canvas>) -> bool {
    let rows = canvas.map(|canvas| canvas.rows);
    // The beginning of an article does not know what comes.
    let has_none = page.is_whole() && !page.manuscript().has_pictures();
    page.width() == width && (page.picture_rows() == rows || has_none)
}
