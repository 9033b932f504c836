//! The two texts of an entry: which one is shown, and fetching the page's.
//!
//! The feed's text is there at once. The page's takes its place when it comes, unless the reader has gone on reading
//! meanwhile: then it is announced, and a key brings it. What stands in the way is said, and the feed's text stays.

use std::sync::Arc;

use super::{marking, opening};
use crate::app::{Effect, OtherText, State, text_width};
use crate::model::{Article, EntryId, PageProblem, Text, Texts};
use crate::typeset::Position;

/// Goes from one text to the other; fetches the page's where there is none yet.
pub(super) fn toggle(state: &mut State) -> Vec<Effect> {
    let entry = state.current().filter(|entry| state.reader.entry == Some(*entry));
    let (Some(entry), Some(article)) = (entry, &state.reader.article) else {
        state.say("no article is open");
        return Vec::new();
    };
    if state.reader.visited.is_some() {
        state.say("this is the page of a link");
        return Vec::new();
    }
    if state.reader.other.is_some() {
        return swap(state, entry);
    }
    if article.link.is_none() {
        state.say(PageProblem::NoLink.to_string());
        return Vec::new();
    }
    if state.wishes.offline {
        state.complain(PageProblem::Offline.to_string());
        return Vec::new();
    }
    fetch(state, entry)
}

/// Begins with an entry's texts: with the one that was chosen, else with the one to be shown first.
pub(super) fn begin(state: &mut State, texts: Texts) {
    let entry = texts.feed.entry;
    // What came from the page while the entry was being read is newer.
    let came = state.reader.other.take().map(|other| other.article).filter(|one| one.text == Text::Page);
    let page = came.clone().or(texts.page);
    let first = if came.is_some() { Text::Page } else { texts.first };
    let first = state.chosen.get(&entry).copied().unwrap_or(first);
    let feed = marking::overtake_article(state, with_other(texts.feed, page.is_some()));
    let page = page.map(|page| marking::overtake_article(state, page));
    let reader = &mut state.reader;
    reader.is_page_wanted = texts.is_wanted && came.is_none();
    reader.problem = texts.problem.filter(|_| page.is_none());
    let (shown, other) = match (first, page) {
        (Text::Page, Some(page)) => (page, Some(feed)),
        (_, page) => (feed, page),
    };
    reader.kept = texts.positions;
    let position = |text| match text {
        Text::Feed => texts.positions.feed,
        Text::Page => texts.positions.page,
    };
    reader.position = position(shown.text);
    reader.article = Some(shown);
    reader.other = other.map(|article| OtherText { position: position(article.text), article, page: None });
}

/// Brings the page's text of an entry that is open, if opening it is to do so; says why there is none.
pub(super) fn complete(state: &mut State) -> Vec<Effect> {
    let Some(entry) = state.reader.entry.filter(|_| state.reader.article.is_some()) else {
        return Vec::new();
    };
    if std::mem::take(&mut state.reader.is_page_wanted) && !state.wishes.offline {
        return fetch(state, entry);
    }
    if let Some(problem) = state.reader.problem.take() {
        state.say(problem.to_string());
    }
    Vec::new()
}

/// Takes the page's text: shows it where the reader still is where it was asked for.
pub(super) fn fetched(state: &mut State, entry: EntryId, page: Arc<Article>) -> Vec<Effect> {
    state.fetching.remove(&entry);
    state.chosen.remove(&entry);
    // It may have been read from the store already.
    // Where a link was followed, another page is shown: this one is there when the entry is opened again.
    let reader = &state.reader;
    if reader.entry != Some(entry) || reader.other.is_some() || reader.visited.is_some() {
        return Vec::new();
    }
    let page = marking::overtake_article(state, page);
    let reader = &mut state.reader;
    (reader.is_page_wanted, reader.problem) = (false, None);
    reader.other = Some(OtherText { article: page, page: None, position: Position::default() });
    let Some(feed) = reader.article.take() else {
        return Vec::new();
    };
    reader.article = Some(with_other(feed, true));
    if reader.position == reader.asked_at {
        // Its head says from now on that there is another text: the lines set so far do not.
        reader.is_stale = true;
        return show_other(state);
    }
    state.say("the page's text is here: x shows it");
    opening::typeset(state)
}

/// Says why the page gave no text.
pub(super) fn failed(state: &mut State, entry: EntryId, problem: &PageProblem) -> Vec<Effect> {
    state.fetching.remove(&entry);
    if state.reader.entry == Some(entry) {
        state.reader.is_page_wanted = false;
        state.complain(problem.to_string());
    }
    Vec::new()
}

fn fetch(state: &mut State, entry: EntryId) -> Vec<Effect> {
    state.reader.asked_at = state.reader.position;
    state.reader.problem = None;
    if state.fetching.insert(entry) { vec![Effect::FetchPage { entry }] } else { Vec::new() }
}

fn swap(state: &mut State, entry: EntryId) -> Vec<Effect> {
    let mut effects = show_other(state);
    let text = state.reader.text();
    state.chosen.insert(entry, text);
    effects.push(Effect::RememberText { entry, text });
    effects
}

fn show_other(state: &mut State) -> Vec<Effect> {
    let (width, height) = (text_width(state), state.reader_height());
    state.reader.swap(width, height);
    opening::typeset_again(state)
}

/// Tells a text that there is another one, or none: its head says which one it is.
fn with_other(mut article: Arc<Article>, has_other: bool) -> Arc<Article> {
    if article.has_other != has_other {
        Arc::make_mut(&mut article).has_other = has_other;
    }
    article
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act, page_article, take, texts};
    use crate::app::{Action, Event, Reader};

    const ENTRY: EntryId = EntryId(5);
    const FETCH: Effect = Effect::FetchPage { entry: ENTRY };

    fn loaded(texts: Texts) -> Event {
        Event::ArticleLoaded { entry: ENTRY, texts: Some(texts) }
    }

    fn wanted() -> Texts {
        Texts { is_wanted: true, ..linked() }
    }

    fn linked() -> Texts {
        let mut texts = texts(5);
        Arc::make_mut(&mut texts.feed).link = crate::model::Url::parse("http://news.test/5").ok();
        texts
    }

    fn came() -> Event {
        Event::PageFetched { entry: ENTRY, article: page_article(5) }
    }

    /// Does what was asked for: sets all lines.
    fn set(state: &mut State, effects: &[Effect]) {
        for effect in effects {
            if let Effect::Typeset { article, width, .. } = effect {
                let page = crate::typeset::typeset(article, *width, &crate::typeset::Calendar::utc());
                let (entry, text, link) = (article.entry, article.text, article.link.clone());
                take(state, Event::ArticleTypeset { entry, text, link, page: Arc::new(page) });
            }
        }
    }

    fn opened(texts: Texts) -> State {
        let mut state = State::sample();
        act(&mut state, Action::Open);
        let effects = take(&mut state, loaded(texts));
        set(&mut state, &effects);
        state
    }

    fn lines(reader: &Reader) -> String {
        let page = reader.page.as_ref().unwrap();
        let texts = page.lines().iter().flat_map(|line| &line.spans).map(|span| span.text.as_str());
        texts.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn opening_an_entry_in_need_of_it_fetches_its_page_and_a_preview_does_not() {
        let mut state = State::sample();
        act(&mut state, Action::MoveDown);
        act(&mut state, Action::MoveUp);
        assert!(!take(&mut state, loaded(wanted())).contains(&FETCH));
        assert!(act(&mut state, Action::Open).contains(&FETCH));
        assert!(state.fetching.contains(&ENTRY));
        let mut state = State::sample();
        act(&mut state, Action::Open);
        assert!(take(&mut state, loaded(wanted())).contains(&FETCH));
        assert!(!take(&mut state, loaded(wanted())).contains(&FETCH), "it is on its way");
    }

    #[test]
    fn what_is_whole_and_what_is_offline_is_not_fetched() {
        let mut state = State::sample();
        act(&mut state, Action::Open);
        assert!(!take(&mut state, loaded(linked())).contains(&FETCH));
        let mut state = State::sample();
        state.wishes.offline = true;
        act(&mut state, Action::Open);
        assert!(!take(&mut state, loaded(wanted())).contains(&FETCH));
        assert_eq!(act(&mut state, Action::ToggleText), []);
        assert!(state.notice.unwrap().text.contains("offline"));
    }

    #[test]
    fn the_pages_text_takes_the_place_of_the_feeds_when_it_comes() {
        let mut state = opened(wanted());
        let effects = take(&mut state, came());
        assert!(lines(&state.reader).contains("The text."), "the feed's stays until the lines are set");
        set(&mut state, &effects);
        assert!(lines(&state.reader).contains("The whole text."));
        assert!(state.fetching.is_empty() && state.notice.is_none());
    }

    #[test]
    fn who_has_read_on_is_told_and_a_key_brings_it() {
        let mut long = wanted();
        Arc::make_mut(&mut long.feed).body = page_article(5).body.clone();
        let mut state = opened(long);
        act(&mut state, Action::HalfPageDown);
        let top = state.reader.top;
        assert!(top > 0);
        let effects = take(&mut state, came());
        set(&mut state, &effects);
        assert_eq!((state.reader.text(), state.reader.top), (Text::Feed, top));
        assert!(state.notice.as_ref().unwrap().text.contains("x shows it"));
        let effects = act(&mut state, Action::ToggleText);
        set(&mut state, &effects);
        assert_eq!((state.reader.text(), state.reader.top), (Text::Page, 0));
        act(&mut state, Action::ToggleText);
        assert_eq!((state.reader.text(), state.reader.top), (Text::Feed, top));
    }

    #[test]
    fn a_key_goes_back_and_forth_at_once_and_the_choice_is_kept() {
        let mut state = opened(wanted());
        let effects = take(&mut state, came());
        set(&mut state, &effects);
        let effects = act(&mut state, Action::ToggleText);
        assert!(effects.contains(&Effect::RememberText { entry: ENTRY, text: Text::Feed }));
        set(&mut state, &effects);
        assert!(lines(&state.reader).contains("feed\u{a0}text"), "{}", lines(&state.reader));
        let effects = act(&mut state, Action::ToggleText);
        assert_eq!(effects, [Effect::RememberText { entry: ENTRY, text: Text::Page }]);
        assert!(lines(&state.reader).contains("full\u{a0}text"));
        act(&mut state, Action::ToggleText);
        // The store may not know the choice yet when the entry is opened again.
        state.reader = Reader::of(ENTRY);
        let both = Texts { page: Some(page_article(5)), first: Text::Page, ..linked() };
        take(&mut state, loaded(both));
        assert_eq!(state.reader.text(), Text::Feed);
    }

    #[test]
    fn a_key_fetches_what_was_not_fetched_and_says_what_is_in_the_way() {
        let mut state = opened(linked());
        assert_eq!(act(&mut state, Action::ToggleText), [FETCH]);
        assert_eq!(act(&mut state, Action::ToggleText), [], "it is on its way");
        take(&mut state, Event::PageFailed { entry: ENTRY, problem: PageProblem::Paywall });
        assert_eq!(state.notice.as_ref().unwrap().text, "the page is for subscribers");
        assert_eq!(state.reader.text(), Text::Feed);
        assert_eq!(act(&mut state, Action::ToggleText), [FETCH], "it can be asked for again");
    }

    #[test]
    fn what_is_known_to_be_in_the_way_is_said_at_opening() {
        let state = opened(Texts { problem: Some(PageProblem::ConsentWall), ..linked() });
        assert_eq!(state.notice.unwrap().text, "the page asks for consent first");
    }

    #[test]
    fn what_comes_for_another_entry_is_left_out() {
        let mut state = opened(wanted());
        act(&mut state, Action::NextUnread);
        let before = state.clone();
        assert_eq!(take(&mut state, came()), []);
        assert!(state.fetching.is_empty());
        assert_eq!(state.reader, before.reader);
        let failed = Event::PageFailed { entry: EntryId(1), problem: PageProblem::Paywall };
        assert_eq!(take(&mut state, failed), []);
        assert_eq!(state.notice, before.notice);
    }

    #[test]
    fn a_page_that_comes_before_the_entry_was_read_is_shown_with_it() {
        let mut state = State::sample();
        act(&mut state, Action::Open);
        assert_eq!(take(&mut state, came()), []);
        take(&mut state, loaded(wanted()));
        assert_eq!(state.reader.text(), Text::Page);
        assert!(!state.reader.is_page_wanted);
    }

    #[test]
    fn lines_of_the_text_that_is_shown_no_longer_are_left_out() {
        let mut state = opened(wanted());
        let effects = take(&mut state, came());
        let feed = crate::typeset::typeset(&linked().feed, 76, &crate::typeset::Calendar::utc());
        let link = linked().feed.link.clone();
        let late = Event::ArticleTypeset { entry: ENTRY, text: Text::Feed, link, page: Arc::new(feed) };
        take(&mut state, late);
        assert!(state.reader.is_stale);
        set(&mut state, &effects);
        assert!(!state.reader.is_stale && lines(&state.reader).contains("The whole text."));
    }

    #[test]
    fn a_mark_holds_for_both_texts() {
        let mut state = opened(Texts { page: Some(page_article(5)), ..linked() });
        act(&mut state, Action::ToggleSaved);
        assert!(state.reader.article.as_ref().unwrap().status.saved);
        assert!(state.reader.other.as_ref().unwrap().article.status.saved);
    }

    #[test]
    fn without_an_open_article_there_is_nothing_to_show() {
        let mut state = State::sample();
        assert_eq!(act(&mut state, Action::ToggleText), []);
        assert_eq!(state.notice.unwrap().text, "no article is open");
    }
}
