//! The sidebar: scopes, folders and feeds as rows; the cursor is a scope.

use std::collections::HashMap;

use super::State;
use crate::model::{Folder, FolderId, Scope, Subscription, Subscriptions};

/// What the sidebar remembers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sidebar {
    /// The scope under the cursor.
    pub cursor: Scope,
    /// The first row shown.
    pub top: usize,
}

/// One row of the sidebar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SidebarRow<'a> {
    /// What the row leads to.
    pub scope: Scope,
    /// How deep it is filed.
    pub depth: u16,
    /// Its name.
    pub label: &'a str,
    /// The number shown: unread entries, or saved ones.
    pub count: u64,
    /// There may be more of them.
    pub is_more: bool,
    /// The feed's last fetch failed.
    pub failing: bool,
    /// The feeds of the folder are not listed.
    pub is_folded: bool,
}

impl<'a> SidebarRow<'a> {
    fn plain(scope: Scope, label: &'a str, count: u64) -> SidebarRow<'a> {
        SidebarRow { scope, depth: 0, label, count, is_more: false, failing: false, is_folded: false }
    }
}

/// Lays out the rows, top to bottom, without those in folders that are folded.
pub fn sidebar_rows(state: &State) -> Vec<SidebarRow<'_>> {
    let mut rows = Vec::new();
    let mut folded_at = None;
    for mut row in all_rows(&state.subscriptions) {
        if let Scope::Query(query) = row.scope {
            (row.count, row.is_more) = state.query_counts.get(&query).copied().unwrap_or_default();
        }
        if folded_at.is_some_and(|depth| row.depth > depth) {
            continue;
        }
        row.is_folded = matches!(row.scope, Scope::Folder(folder) if state.view.folded.contains(&folder));
        folded_at = row.is_folded.then_some(row.depth);
        rows.push(row);
    }
    rows
}

/// Lays out all rows, top to bottom.
pub(super) fn all_rows(subscriptions: &Subscriptions) -> Vec<SidebarRow<'_>> {
    let library = subscriptions.library;
    let mut rows = vec![
        SidebarRow::plain(Scope::Unread, "Unread", library.unread),
        SidebarRow::plain(Scope::All, "All", 0),
        SidebarRow::plain(Scope::Saved, "Saved", library.saved),
    ];
    let queries = subscriptions.queries.iter().filter(|query| query.is_listed);
    rows.extend(queries.map(|query| SidebarRow::plain(Scope::Query(query.id), &query.title, 0)));
    Filing::of(subscriptions).file(None, 0, &mut rows);
    rows
}

/// Folders and feeds by the folder that they lie in: the rows come out in one pass.
struct Filing<'a> {
    folders: HashMap<Option<FolderId>, Vec<&'a Folder>>,
    feeds: HashMap<Option<FolderId>, Vec<&'a Subscription>>,
    deepest: usize,
}

impl<'a> Filing<'a> {
    fn of(subscriptions: &'a Subscriptions) -> Filing<'a> {
        let mut filing =
            Filing { folders: HashMap::new(), feeds: HashMap::new(), deepest: subscriptions.folders.len() };
        for folder in &subscriptions.folders {
            filing.folders.entry(folder.parent).or_default().push(folder);
        }
        for feed in &subscriptions.feeds {
            filing.feeds.entry(feed.folder).or_default().push(feed);
        }
        filing
    }

    /// Files the folders, then the feeds, that lie in `parent`; gives their unread entries. Empty folders stay out.
    fn file(&self, parent: Option<FolderId>, depth: u16, rows: &mut Vec<SidebarRow<'a>>) -> u64 {
        // A library that holds a circle of folders must not hold us.
        if usize::from(depth) > self.deepest {
            return 0;
        }
        let mut unread = 0;
        for folder in self.folders.get(&parent).into_iter().flatten() {
            let place = rows.len();
            rows.push(SidebarRow { depth, ..SidebarRow::plain(Scope::Folder(folder.id), &folder.title, 0) });
            rows[place].count = self.file(Some(folder.id), depth + 1, rows);
            unread += rows[place].count;
            if rows.len() == place + 1 {
                rows.pop();
            }
        }
        for feed in self.feeds.get(&parent).into_iter().flatten() {
            let row = SidebarRow::plain(Scope::Feed(feed.feed), &feed.title, feed.counts.unread);
            rows.push(SidebarRow { depth, failing: feed.health.problem.is_some(), ..row });
            unread += feed.counts.unread;
        }
        unread
    }
}

/// Names a scope as the title of its timeline.
pub fn scope_title(scope: &Scope, subscriptions: &Subscriptions) -> String {
    match scope {
        Scope::Unread => "Unread".to_owned(),
        Scope::All => "All".to_owned(),
        Scope::Saved => "Saved".to_owned(),
        Scope::Search(words) => format!("Search: {}", words.trim_end_matches('*')),
        Scope::Query(id) => subscriptions.query(*id).map_or_else(String::new, |query| query.title.clone()),
        Scope::Folder(id) => subscriptions.folder(*id).map_or_else(String::new, |f| f.title.clone()),
        Scope::Feed(id) => subscriptions.get(*id).map_or_else(String::new, |s| s.title.clone()),
    }
}

/// Tells whether a scope still leads somewhere.
pub fn exists(scope: &Scope, subscriptions: &Subscriptions) -> bool {
    match scope {
        Scope::Unread | Scope::All | Scope::Saved | Scope::Search(_) => true,
        Scope::Query(id) => subscriptions.query(*id).is_some(),
        Scope::Folder(id) => subscriptions.folder(*id).is_some(),
        Scope::Feed(id) => subscriptions.get(*id).is_some(),
    }
}

/// Unfolds the folders that a scope lies in.
pub(super) fn reveal(state: &mut State, scope: &Scope) {
    let mut folder = match scope {
        Scope::Feed(feed) => state.subscriptions.get(*feed).and_then(|feed| feed.folder),
        Scope::Folder(folder) => state.subscriptions.folder(*folder).and_then(|folder| folder.parent),
        Scope::Unread | Scope::All | Scope::Saved | Scope::Search(_) | Scope::Query(_) => None,
    };
    // A library that holds a circle of folders must not hold us.
    for _ in 0..state.subscriptions.folders.len() {
        let Some(id) = folder else { break };
        state.view.folded.remove(&id);
        folder = state.subscriptions.folder(id).and_then(|folder| folder.parent);
    }
}

/// Moves a first visible row as little as needed to show a row.
pub(super) fn scrolled_to(top: usize, row: usize, height: usize) -> usize {
    let lowest = (row + 1).saturating_sub(height);
    top.clamp(lowest.min(row), row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_before_feeds_and_empty_ones_stay_out() {
        let state = State::sample();
        let labels: Vec<String> = sidebar_rows(&state)
            .iter()
            .map(|row| format!("{}{}", "  ".repeat(row.depth.into()), row.label))
            .collect();
        assert_eq!(labels, ["Unread", "All", "Saved", "World", "  Courier", "Kernel Post"]);
    }

    #[test]
    fn a_folded_folder_hides_what_lies_in_it_until_that_is_gone_to() {
        let mut state = State::sample();
        state.view.folded.insert(FolderId(1));
        let labels =
            |state: &State| sidebar_rows(state).iter().map(|row| row.label.to_owned()).collect::<Vec<_>>();
        assert_eq!(labels(&state), ["Unread", "All", "Saved", "World", "Kernel Post"]);
        reveal(&mut state, &Scope::Feed(crate::model::FeedId(1)));
        assert_eq!(labels(&state).len(), 6);
    }

    #[test]
    fn scrolling_moves_no_more_than_needed() {
        assert_eq!(scrolled_to(0, 4, 5), 0);
        assert_eq!(scrolled_to(0, 5, 5), 1);
        assert_eq!(scrolled_to(7, 3, 5), 3);
        assert_eq!(scrolled_to(7, 3, 0), 3);
    }
}
