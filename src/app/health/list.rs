//! The list of the health pane: its rows, and the one selected.

use super::Condition;
use std::collections::HashSet;

use crate::app::{State, sidebar};
use crate::model::{FeedId, Subscription};

/// The feeds in the order they had when they were sorted last: what changes meanwhile shows in its row, and
/// nothing moves under the reader.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct HealthList {
    /// The feeds, top to bottom.
    pub rows: Vec<FeedId>,
    /// The selected feed.
    pub cursor: Option<FeedId>,
    /// The first row shown.
    pub top: usize,
    /// The feeds would come in another order by now.
    pub out_of_order: bool,
}

impl HealthList {
    /// Lists the feeds, the first of them selected.
    pub fn of(state: &State) -> HealthList {
        let rows = sorted(state);
        HealthList { cursor: rows.first().copied(), rows, ..HealthList::default() }
    }

    /// Gives the selected row.
    pub fn index(&self) -> Option<usize> {
        let cursor = self.cursor?;
        self.rows.iter().position(|feed| *feed == cursor)
    }

    /// Selects a row, at most the last; scrolls it into sight.
    pub fn select(&mut self, index: usize, height: usize) {
        let last = self.rows.len().saturating_sub(1);
        self.cursor = self.rows.get(index.min(last)).copied();
        self.show(height);
    }

    /// Scrolls the selected row into sight.
    pub fn show(&mut self, height: usize) {
        self.top = self.top.min(self.rows.len().saturating_sub(height.max(1)));
        self.top = sidebar::scrolled_to(self.top, self.index().unwrap_or(0), height);
    }

    /// Takes in feeds that came, at the end, and leaves out those that went; the rest stays where it is.
    pub fn keep_up(&mut self, state: &State, height: usize) {
        let at = self.index().unwrap_or(0);
        let sorted = sorted(state);
        let mut missing: HashSet<FeedId> = sorted.iter().copied().collect();
        self.rows.retain(|feed| missing.remove(feed));
        self.rows.extend(sorted.iter().filter(|feed| missing.contains(feed)));
        self.out_of_order = self.rows != sorted;
        match self.index() {
            Some(_) => self.show(height),
            None => self.select(at, height),
        }
    }
}

impl State {
    /// Lists the feeds that are fetched; the one that comes with the program is not.
    pub fn fetched_feeds(&self) -> impl Iterator<Item = &Subscription> {
        self.subscriptions.feeds.iter().filter(|feed| matches!(feed.url.scheme(), "http" | "https"))
    }

    /// Judges the health of a feed.
    pub fn condition(&self, feed: &Subscription) -> Condition {
        Condition::of(feed, self.activity.get(&feed.feed), self.now)
    }
}

/// Sorts the feeds that are fetched: what asks for a look first, then by title.
fn sorted(state: &State) -> Vec<FeedId> {
    let mut feeds: Vec<&Subscription> = state.fetched_feeds().collect();
    feeds.sort_by_cached_key(|feed| (state.condition(feed).rank(), natural(&feed.title), feed.feed));
    feeds.into_iter().map(|feed| feed.feed).collect()
}

/// A part of a title, for sorting.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u64),
    Text(String),
}

/// Cuts a title so that `Feed 12` comes before `Feed 104`, whatever its case.
fn natural(title: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for c in title.to_lowercase().chars() {
        match (c.to_digit(10), parts.last_mut()) {
            (Some(digit), Some(Part::Number(number))) => {
                *number = number.saturating_mul(10).saturating_add(digit.into());
            }
            (Some(digit), _) => parts.push(Part::Number(digit.into())),
            (None, Some(Part::Text(text))) => text.push(c),
            (None, _) => parts.push(Part::Text(c.to_string())),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::ailing;
    use crate::model::Url;

    fn titles(state: &State, list: &HealthList) -> Vec<String> {
        list.rows.iter().map(|feed| state.subscriptions.title(*feed).to_owned()).collect()
    }

    #[test]
    fn what_asks_for_a_look_comes_first_and_the_rest_by_title() {
        let state = ailing();
        let expected =
            ["Broken Bugle", "Gone Gazette", "Moved Mirror", "Dormant Diary", "Courier", "Kernel Post"];
        assert_eq!(titles(&state, &HealthList::of(&state)), expected);
    }

    #[test]
    fn titles_are_sorted_as_people_do() {
        let mut titles = ["feed 104", "Feed 12", "12 Monkeys", "Feed", "feed 2b"];
        titles.sort_by_cached_key(|title| natural(title));
        assert_eq!(titles, ["12 Monkeys", "Feed", "feed 2b", "Feed 12", "feed 104"]);
    }

    #[test]
    fn a_feed_that_comes_with_the_program_is_left_out() {
        let mut state = ailing();
        state.subscriptions.feeds[0].url = Url::parse("newsterm:welcome").unwrap();
        assert_eq!(HealthList::of(&state).rows.len(), 5);
    }

    #[test]
    fn feeds_that_come_and_go_move_no_others() {
        let mut state = ailing();
        let mut list = HealthList::of(&state);
        list.select(3, 4);
        let feed = state.subscriptions.feeds.remove(0);
        list.keep_up(&state, 4);
        assert_eq!((list.index(), list.out_of_order), (Some(3), false));
        state.subscriptions.feeds.push(feed);
        list.keep_up(&state, 4);
        let expected =
            ["Broken Bugle", "Gone Gazette", "Moved Mirror", "Dormant Diary", "Kernel Post", "Courier"];
        assert_eq!(titles(&state, &list), expected);
        assert!(list.out_of_order);
    }

    #[test]
    fn where_the_selected_feed_goes_the_next_is_selected() {
        let mut state = ailing();
        let mut list = HealthList::of(&state);
        list.select(5, 4);
        state.subscriptions.feeds.retain(|feed| Some(feed.feed) != list.cursor);
        list.keep_up(&state, 4);
        assert_eq!((list.index(), list.top), (Some(4), 1));
        state.subscriptions.feeds.clear();
        list.keep_up(&state, 4);
        assert_eq!((list.cursor, list.top), (None, 0));
    }
}
