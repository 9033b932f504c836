//! The article pane: what is shown, and where the reader is in it.

use std::sync::Arc;

use crate::model::{Article, EntryId};
use crate::typeset::{Page, Position};

/// What the article pane remembers.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Reader {
    /// The entry wanted: answers for others are too late.
    pub entry: Option<EntryId>,
    /// Its article, once it is loaded.
    pub article: Option<Arc<Article>>,
    /// Its lines, once they are set; kept while lines of another width are on their way.
    pub page: Option<Arc<Page>>,
    /// The first line in sight.
    pub top: usize,
    /// The same place in the text, whatever the width: holds through a resize.
    pub position: Position,
    /// The entry is gone from the library.
    pub missing: bool,
}

impl Reader {
    /// Starts with an entry, nothing loaded yet.
    pub fn of(entry: EntryId) -> Reader {
        Reader { entry: Some(entry), ..Reader::default() }
    }

    /// Shows lines, of a first width or of another, from the same place in the text.
    pub fn show(&mut self, page: Arc<Page>, height: usize) {
        let lowest = page.lines().len().saturating_sub(height);
        self.top = page.line_at(self.position).min(lowest);
        self.page = Some(page);
    }

    /// Scrolls by lines, as far as the page goes.
    pub fn scroll(&mut self, lines: isize, height: usize) {
        let Some(page) = &self.page else { return };
        let lowest = page.lines().len().saturating_sub(height);
        self.top = self.top.saturating_add_signed(lines).min(lowest);
        self.position = page.position_of(self.top);
    }

    /// Tells whether the last line is in sight, or there is none to wait for.
    pub fn is_at_end(&self, height: usize) -> bool {
        self.missing || self.page.as_ref().is_some_and(|page| self.top + height >= page.lines().len())
    }

    /// Gives how much has been seen, in percent.
    pub fn progress(&self, height: usize) -> Option<usize> {
        let lines = self.page.as_ref()?.lines().len();
        if lines <= height {
            return None;
        }
        Some(((self.top + height) * 100 / lines).min(100))
    }
}
