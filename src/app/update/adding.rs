//! Following a feed: its address is typed, looked at, and shown before it is followed.

use crate::app::{Action, Effect, FoundFeeds, Overlay, Prompt, Question, State, Ticket, Typed};
use crate::model::{FeedPreview, Scope};

/// Begins to ask for an address.
pub(super) fn begin(state: &mut State) -> Vec<Effect> {
    if state.wishes.offline {
        state.say("offline: nothing can be looked at");
        return Vec::new();
    }
    state.prompt = Some(Prompt::new(Question::Address).after(&state.view.answers));
    Vec::new()
}

/// Takes what was typed of the address.
pub(super) fn typed(state: &mut State, mut prompt: Prompt, typed: Typed) -> Vec<Effect> {
    match typed {
        Typed::Accept if !prompt.text().trim().is_empty() => find(state, prompt.text().trim().to_owned()),
        Typed::Accept | Typed::Cancel => Vec::new(),
        typed => {
            prompt.take(typed);
            state.prompt = Some(prompt);
            Vec::new()
        }
    }
}

fn find(state: &mut State, address: String) -> Vec<Effect> {
    let ticket = state.ticket();
    let folder = folder_here(state);
    let found = FoundFeeds { ticket, address: address.clone(), folder, feeds: None, cursor: 0 };
    state.overlay = Some(Overlay::FoundFeeds(found));
    vec![Effect::FindFeeds { ticket, address }]
}

/// Gives the folder of the sidebar's cursor as a path of names.
fn folder_here(state: &State) -> Vec<String> {
    let folder = match &state.sidebar.cursor {
        Scope::Folder(folder) => Some(*folder),
        Scope::Feed(feed) => state.subscriptions.get(*feed).and_then(|feed| feed.folder),
        Scope::Unread | Scope::All | Scope::Saved | Scope::Search(_) | Scope::Query(_) => None,
    };
    state.subscriptions.folder_path(folder)
}

/// Shows the feeds that an address leads to, if they are still wanted.
pub(super) fn found(state: &mut State, ticket: Ticket, feeds: Vec<FeedPreview>) -> Vec<Effect> {
    if let Some(list) = list(state).filter(|list| list.ticket == ticket) {
        list.feeds = Some(feeds);
    }
    Vec::new()
}

/// Says why there are none, and lets the address be mended.
pub(super) fn not_found(state: &mut State, ticket: Ticket, reason: String) -> Vec<Effect> {
    let Some(found) = list(state).filter(|list| list.ticket == ticket) else {
        return Vec::new();
    };
    let address = std::mem::take(&mut found.address);
    state.overlay = None;
    let mut prompt = Prompt::new(Question::Address);
    prompt.set(&address);
    prompt.problem = Some(reason);
    state.prompt = Some(prompt);
    Vec::new()
}

fn list(state: &mut State) -> Option<&mut FoundFeeds> {
    match &mut state.overlay {
        Some(Overlay::FoundFeeds(found)) => Some(found),
        _ => None,
    }
}

/// Moves among the feeds that were found, follows one, or closes them.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(found) = list(state) else {
        return Vec::new();
    };
    let last = found.feeds.as_ref().map_or(0, |feeds| feeds.len().saturating_sub(1));
    match action {
        Action::MoveDown => found.cursor = (found.cursor + 1).min(last),
        Action::MoveUp => found.cursor = found.cursor.saturating_sub(1),
        Action::GoTop => found.cursor = 0,
        Action::GoBottom => found.cursor = last,
        Action::Open | Action::Advance | Action::GoRight => return follow(state),
        Action::Close | Action::Quit | Action::GoLeft => state.overlay = None,
        Action::Leave => return vec![Effect::Quit],
        _ => {}
    }
    Vec::new()
}

fn follow(state: &mut State) -> Vec<Effect> {
    let Some(found) = list(state) else {
        return Vec::new();
    };
    let Some(feed) = found.selected() else {
        return Vec::new();
    };
    let (title, url) = (feed.title.clone(), feed.url.clone());
    let effect = Effect::Follow { ticket: found.ticket, index: found.cursor, folder: found.folder.clone() };
    if state.subscriptions.feeds.iter().any(|feed| feed.url == url) {
        state.say(format!("{title} is followed already"));
        return Vec::new();
    }
    state.overlay = None;
    state.say(format!("following {title} — u takes it back"));
    vec![effect]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Event;
    use crate::app::sample::{act as press, take, type_key, type_text};
    use crate::model::{FolderId, Url};

    fn preview(number: usize) -> FeedPreview {
        FeedPreview {
            title: format!("Feed {number}"),
            url: Url::parse(&format!("http://new.test/{number}")).unwrap(),
            format: "RSS",
            entries: 3,
            headlines: vec!["Rain".to_owned()],
        }
    }

    /// The address typed, and the request that it became.
    fn asked(state: &mut State) -> Ticket {
        press(state, Action::AddFeed);
        type_text(state, " new.test ");
        match &type_key(state, Typed::Accept)[..] {
            [Effect::FindFeeds { ticket, address }, Effect::RememberView(_)] if address == "new.test" => {
                *ticket
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_one_chosen_of_those_found_is_followed_in_the_folder_of_the_cursor() {
        let mut state = State::sample();
        state.sidebar.cursor = Scope::Folder(FolderId(1));
        let ticket = asked(&mut state);
        take(&mut state, Event::FeedsFound { ticket, feeds: vec![preview(0), preview(1)] });
        press(&mut state, Action::MoveDown);
        press(&mut state, Action::MoveDown);
        let folder = vec!["World".to_owned()];
        assert_eq!(press(&mut state, Action::Open), [Effect::Follow { ticket, index: 1, folder }]);
        assert_eq!(state.overlay, None);
    }

    #[test]
    fn nothing_is_followed_before_it_was_seen_nor_twice() {
        let mut state = State::sample();
        let ticket = asked(&mut state);
        assert_eq!(press(&mut state, Action::Open), []);
        let known = FeedPreview { url: state.subscriptions.feeds[0].url.clone(), ..preview(0) };
        take(&mut state, Event::FeedsFound { ticket, feeds: vec![known] });
        assert_eq!(press(&mut state, Action::Open), []);
        assert!(state.notice.unwrap().text.ends_with("is followed already"));
    }

    #[test]
    fn an_address_without_feeds_can_be_mended() {
        let mut state = State::sample();
        let ticket = asked(&mut state);
        take(&mut state, Event::FeedsNotFound { ticket, reason: "no feed was found".to_owned() });
        let prompt = state.prompt.as_ref().unwrap();
        assert_eq!((prompt.text(), prompt.problem.as_deref()), ("new.test", Some("no feed was found")));
        type_text(&mut state, "x");
        assert_eq!(state.prompt.as_ref().unwrap().problem, None, "it is another address now");
    }

    #[test]
    fn what_comes_too_late_is_left_out() {
        let mut state = State::sample();
        let ticket = asked(&mut state);
        press(&mut state, Action::Close);
        take(&mut state, Event::FeedsFound { ticket, feeds: vec![preview(0)] });
        take(&mut state, Event::FeedsNotFound { ticket, reason: String::new() });
        assert_eq!((state.overlay, state.prompt), (None, None));
    }
}
