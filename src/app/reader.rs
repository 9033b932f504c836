//! The article pane: what is shown, and where the reader is in it.

use std::sync::Arc;

use super::Selection;
use crate::model::{Article, EntryId, PageProblem, Positions, Text, Url};
use crate::typeset::{Found, Page, Placed, Position, Spot};

/// What the article pane remembers.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Reader {
    /// The entry wanted: answers for others are too late.
    pub entry: Option<EntryId>,
    /// Its article, once it is loaded.
    pub article: Option<Arc<Article>>,
    /// Its lines, once they are set; kept while lines of another width are on their way.
    pub page: Option<Arc<Page>>,
    /// The lines are those of the text shown before, until new ones are set.
    pub is_stale: bool,
    /// The entry that was opened, and not only passed by.
    pub opened: Option<EntryId>,
    /// The first line in sight.
    pub top: usize,
    /// The same place in the text, whatever the width: holds through a resize.
    pub position: Position,
    /// The entry is gone from the library.
    pub missing: bool,
    /// The entry's other text, where it has two.
    pub other: Option<OtherText>,
    /// Opening the entry is to bring the page's text.
    pub is_page_wanted: bool,
    /// Why the page gave no text, when it was asked last.
    pub problem: Option<PageProblem>,
    /// Where the reader was when the page was asked for: it takes the place of the feed's text only there.
    pub asked_at: Position,
    /// Where the reader was in the texts, as the library knows.
    pub kept: Positions,
    /// What was looked for in the text, and where it was found.
    pub finding: Option<Finding>,
    /// Where the button of the mouse was pressed, while it is down.
    pub pressed: Option<Spot>,
    /// What is being selected.
    pub selection: Option<Selection>,
    /// The page of a link that is shown in place of the entry's text.
    pub visited: Option<Url>,
    /// The way back, from its beginning.
    pub trail: Vec<Stop>,
    /// The way forward, the next stop last.
    pub ahead: Vec<Stop>,
}

/// A search in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// What is looked for.
    pub query: String,
    /// Where it was found, from the top.
    pub found: Vec<Found>,
    /// Which of these the reader is at.
    pub at: usize,
}

/// A place that the reader came by, with all that it takes to show it at once.
#[derive(Clone, PartialEq, Debug)]
pub struct Stop {
    /// The article.
    pub article: Arc<Article>,
    /// Its lines, where they were set.
    pub page: Option<Arc<Page>>,
    /// Where the reader was in it.
    pub position: Position,
    /// The entry's other text.
    pub other: Option<OtherText>,
    /// The link that leads here.
    pub visited: Option<Url>,
}

/// The text of an entry that is not shown, with all that it takes to show it at once.
#[derive(Clone, PartialEq, Debug)]
pub struct OtherText {
    /// Its article.
    pub article: Arc<Article>,
    /// Its lines, where they were set before.
    pub page: Option<Arc<Page>>,
    /// Where the reader was in it.
    pub position: Position,
}

impl Reader {
    /// Starts with an entry, nothing loaded yet.
    pub fn of(entry: EntryId) -> Reader {
        Reader { entry: Some(entry), ..Reader::default() }
    }

    /// Shows lines, of a first width or of another, from the same place in the text. Of a long text the beginning comes
    /// first: it is left out where the reader is further down.
    pub fn show(&mut self, page: Arc<Page>, height: usize) {
        if !page.is_whole() && !page.holds(self.position) {
            return;
        }
        let lowest = page.lines().len().saturating_sub(height);
        self.top = self.line_on(&page).min(lowest);
        self.page = Some(page);
        self.is_stale = false;
        // The places found before are those of other lines.
        if let Some(Finding { query, at, .. }) = self.finding.take() {
            self.find(&query, 0);
            if let Some(finding) = &mut self.finding {
                finding.at = at.min(finding.found.len().saturating_sub(1));
            }
        }
    }

    /// Finds the line of another page that shows what is at the top now.
    fn line_on(&self, page: &Page) -> usize {
        let same = self.page.as_ref().filter(|before| Arc::ptr_eq(before.manuscript(), page.manuscript()));
        // The lines of a picture have one place in the text.
        let within =
            same.and_then(|before| before.picture_at(self.top).map(|(number, row)| (before, number, row)));
        let Some((before, number, row)) = within else {
            return page.line_at(self.position);
        };
        let url = &before.pictures()[number].picture.url;
        let is_near = |placed: &&Placed| placed.picture.url == *url;
        match page.pictures().iter().take(number + 1).rfind(is_near) {
            Some(placed) => placed.line + row.min(placed.lines - 1),
            None => page.line_at(self.position),
        }
    }

    /// Tells where the reader is in the entry's texts; who has read one to its end begins it anew.
    pub fn positions(&self, height: usize) -> Positions {
        let mut positions = self.kept;
        let mut put = |text, position| match text {
            Text::Feed => positions.feed = position,
            Text::Page => positions.page = position,
        };
        // The page of a link is none of its texts: before it came one of them.
        let left = self.trail.iter().find(|_| self.visited.is_some());
        let (article, other) = match left {
            Some(stop) => (Some(&stop.article), &stop.other),
            None => (self.article.as_ref(), &self.other),
        };
        if let Some(other) = other {
            put(other.article.text, other.position);
        }
        if let (Some(article), true) = (article, self.page.is_some()) {
            let is_read = left.is_none() && self.is_at_end(height);
            let position = left.map_or(self.position, |stop| stop.position);
            put(article.text, if is_read { Position::default() } else { position });
        }
        positions
    }

    /// Looks for text; of the places found, begins with the first from a line on.
    pub fn find(&mut self, query: &str, from: usize) {
        let found = self.page.as_ref().map(|page| page.find(query)).unwrap_or_default();
        let at = found.iter().position(|found| found.line() >= from).unwrap_or(0);
        self.finding = (!query.trim().is_empty()).then(|| Finding { query: query.to_owned(), found, at });
    }

    /// Shows a place of the text at the top, as far as the page goes.
    pub fn go_to(&mut self, position: Position, height: usize) {
        let Some(page) = self.page.as_ref().filter(|_| !self.is_stale) else { return };
        let lowest = page.lines().len().saturating_sub(height);
        self.top = page.line_at(position).min(lowest);
        self.position = page.position_of(self.top);
    }

    /// Tells where the reader is.
    pub fn stop(&self) -> Option<Stop> {
        let page = self.page.clone().filter(|_| !self.is_stale);
        let article = self.article.clone()?;
        let (other, visited) = (self.other.clone(), self.visited.clone());
        Some(Stop { article, page, position: self.position, other, visited })
    }

    /// Shows a place that the reader came by. Lines of the text before stay until there are new ones.
    pub fn arrive(&mut self, stop: Stop, width: Option<u16>, height: usize) {
        self.article = Some(stop.article);
        (self.other, self.visited, self.position) = (stop.other, stop.visited, stop.position);
        self.finding = None;
        match stop.page.filter(|page| Some(page.width()) == width) {
            Some(page) => self.show(page, height),
            None => self.is_stale = true,
        }
    }

    /// Tells which of the entry's texts is shown.
    pub fn text(&self) -> Text {
        self.article.as_ref().map(|article| article.text).unwrap_or_default()
    }

    /// Shows the entry's other text, from where it was left. Lines of the old one stay until there are new ones.
    pub fn swap(&mut self, width: Option<u16>, height: usize) {
        let (Some(article), Some(other)) = (self.article.take(), self.other.take()) else { return };
        let page = self.page.clone().filter(|_| !self.is_stale);
        self.other = Some(OtherText { article, page, position: self.position });
        self.article = Some(other.article);
        self.position = other.position;
        match other.page.filter(|page| Some(page.width()) == width) {
            Some(page) => self.show(page, height),
            None => self.is_stale = true,
        }
    }

    /// Scrolls by lines, as far as the page goes.
    pub fn scroll(&mut self, lines: isize, height: usize) {
        let Some(page) = self.page.as_ref().filter(|_| !self.is_stale) else { return };
        let lowest = page.lines().len().saturating_sub(height);
        self.top = self.top.saturating_add_signed(lines).min(lowest);
        self.position = page.position_of(self.top);
    }

    /// Tells whether the last line is in sight, or there is none to wait for.
    pub fn is_at_end(&self, height: usize) -> bool {
        let page = self.page.as_ref().filter(|_| !self.is_stale);
        self.missing || page.is_some_and(|page| page.is_whole() && self.top + height >= page.lines().len())
    }

    /// Gives how much has been seen, in percent.
    pub fn progress(&self, height: usize) -> Option<usize> {
        let lines = self.page.as_ref().filter(|page| page.is_whole())?.lines().len();
        if lines <= height {
            return None;
        }
        Some(((self.top + height) * 100 / lines).min(100))
    }
}

impl Finding {
    /// Goes to the next place or the one before, round.
    pub fn step(&mut self, is_forward: bool) {
        let count = self.found.len().max(1);
        self.at = (self.at + if is_forward { 1 } else { count - 1 }) % count;
    }

    /// Gives the line of the place that the reader is at.
    pub fn line(&self) -> Option<usize> {
        self.found.get(self.at).map(Found::line)
    }
}
