//! Keys while something lies over the panes: here for help and catalogue, in `health` for its pane.

use super::{adding, commanding, files, filing, health, lists, querying};
use crate::app::{Action, Effect, Overlay, Prompt, Question, State, Typed, help_rows};
use crate::model::Url;

/// Opens the keys.
pub(super) fn help(state: &mut State) -> Vec<Effect> {
    let behind = match state.overlay.take() {
        Some(Overlay::Health(list)) => Some(list),
        _ => None,
    };
    state.overlay = Some(Overlay::Help { top: 0, query: String::new(), behind });
    Vec::new()
}

/// Opens the starter catalogue.
pub(super) fn catalogue(state: &mut State) -> Vec<Effect> {
    state.overlay = Some(Overlay::Catalogue { cursor: 0 });
    Vec::new()
}

/// Takes what is typed to look for in the help.
pub(super) fn typed(state: &mut State, mut prompt: Prompt, typed: Typed) -> Vec<Effect> {
    let Some(Overlay::Help { top, query, .. }) = &mut state.overlay else {
        return Vec::new();
    };
    match typed {
        Typed::Accept => return Vec::new(),
        Typed::Cancel => (*top, *query) = (0, String::new()),
        typed => {
            if prompt.take(typed) {
                (*top, *query) = (0, prompt.text().to_owned());
            }
            state.prompt = Some(prompt);
        }
    }
    Vec::new()
}

/// Moves in what lies over the panes, or closes it.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match state.overlay {
        Some(Overlay::Health(_)) => return health::act(state, action),
        Some(Overlay::FoundFeeds(_)) => return adding::act(state, action),
        Some(Overlay::Files(_)) => return files::act(state, action),
        Some(Overlay::Lists(_)) => return lists::act(state, action),
        Some(Overlay::Form(_)) => return filing::act(state, action),
        Some(Overlay::QueryForm(_)) => return querying::act(state, action),
        Some(Overlay::Help { .. } | Overlay::Catalogue { .. } | Overlay::Palette(_)) | None => {}
    }
    let page = isize::try_from(state.size.height / 2).unwrap_or(1).max(1);
    match action {
        Action::MoveDown => by(state, 1),
        Action::MoveUp => by(state, -1),
        Action::HalfPageDown | Action::PageDown => by(state, page),
        Action::HalfPageUp | Action::PageUp => by(state, -page),
        Action::GoTop => by(state, isize::MIN),
        Action::GoBottom => by(state, isize::MAX),
        Action::Open | Action::Advance | Action::GoRight => return choose(state),
        Action::Find if matches!(state.overlay, Some(Overlay::Help { .. })) => {
            state.prompt = Some(Prompt::new(Question::Help));
        }
        Action::ShowHealth => return health::open(state),
        Action::ShowPalette => return commanding::open(state),
        Action::Undo => return vec![Effect::Undo],
        Action::Redo => return vec![Effect::Redo],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Leave => return vec![Effect::Quit],
        Action::Close | Action::Quit | Action::ShowHelp | Action::ShowCatalogue | Action::GoLeft => {
            close(state);
        }
        _ => {}
    }
    Vec::new()
}

/// Closes what lies uppermost; what the help lay over comes back as it was.
fn close(state: &mut State) {
    if let Some(Overlay::Help { top, query, .. }) = &mut state.overlay
        && !query.is_empty()
    {
        (*top, *query) = (0, String::new());
        return;
    }
    let behind = match state.overlay.take() {
        Some(Overlay::Help { behind, .. }) => behind,
        _ => None,
    };
    if let Some(list) = behind {
        state.overlay = Some(Overlay::Health(list));
        health::keep_up(state);
    }
}

fn by(state: &mut State, steps: isize) {
    // Border and status line take three rows.
    let shown = usize::from(state.size.height).saturating_sub(3);
    match &mut state.overlay {
        Some(Overlay::Help { top, query, .. }) => {
            let last = help_rows(query, &state.keys).len().saturating_sub(shown);
            *top = top.saturating_add_signed(steps).min(last);
        }
        Some(Overlay::Catalogue { cursor }) => {
            let last = state.catalogue.len().saturating_sub(1);
            *cursor = cursor.saturating_add_signed(steps).min(last);
        }
        _ => {}
    }
}

/// Subscribes to the selected offer, or takes that back.
fn choose(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Catalogue { cursor }) = state.overlay else {
        close(state);
        return Vec::new();
    };
    let Some((topic, offer)) = state.catalogue.offer(cursor) else {
        return Vec::new();
    };
    match subscription(state, &offer.url) {
        Some(feed) => vec![Effect::Unsubscribe { feeds: vec![feed] }],
        None => vec![Effect::Subscribe {
            url: offer.url.clone(),
            title: offer.title.clone(),
            folder: topic.to_owned(),
        }],
    }
}

fn subscription(state: &State, url: &Url) -> Option<crate::model::FeedId> {
    let followed = state.subscriptions.feeds.iter().find(|s| s.url == *url);
    followed.map(|s| s.feed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act as press, type_key, type_text};

    #[test]
    fn an_offer_is_subscribed_to_in_the_folder_of_its_topic() {
        let mut state = State::sample();
        press(&mut state, Action::ShowCatalogue);
        press(&mut state, Action::MoveDown);
        let (topic, offer) = state.catalogue.offer(1).unwrap();
        let (folder, url, title) = (topic.to_owned(), offer.url.clone(), offer.title.clone());
        assert_eq!(press(&mut state, Action::Open), [Effect::Subscribe { url, title, folder }]);
    }

    #[test]
    fn an_offer_that_is_followed_is_removed_again() {
        let mut state = State::sample();
        press(&mut state, Action::ShowCatalogue);
        state.subscriptions.feeds[0].url = state.catalogue.offer(0).unwrap().1.url.clone();
        let feed = state.subscriptions.feeds[0].feed;
        assert_eq!(press(&mut state, Action::Advance), [Effect::Unsubscribe { feeds: vec![feed] }]);
    }

    #[test]
    fn escape_closes_what_lies_over_the_panes() {
        let mut state = State::sample();
        press(&mut state, Action::ShowHelp);
        press(&mut state, Action::Close);
        assert_eq!(state.overlay, None);
    }

    #[test]
    fn the_help_comes_and_goes_over_the_feeds_health() {
        let mut state = crate::app::sample::ailing();
        press(&mut state, Action::ShowHealth);
        press(&mut state, Action::MoveDown);
        let pane = state.overlay.clone();
        press(&mut state, Action::ShowHelp);
        assert!(matches!(state.overlay, Some(Overlay::Help { .. })));
        press(&mut state, Action::Close);
        assert_eq!(state.overlay, pane);
    }

    #[test]
    fn the_help_is_searched_and_shown_whole_again() {
        let mut state = State::sample();
        press(&mut state, Action::ShowHelp);
        press(&mut state, Action::Find);
        type_text(&mut state, "saved");
        let shown = |state: &State| match &state.overlay {
            Some(Overlay::Help { query, .. }) => query.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(shown(&state), "saved");
        type_key(&mut state, Typed::Accept);
        assert!(state.prompt.is_none());
        press(&mut state, Action::Close);
        assert_eq!(shown(&state), "", "first all keys again");
        press(&mut state, Action::Close);
        assert_eq!(state.overlay, None);
    }

    #[test]
    fn keys_of_the_panes_do_nothing_under_an_overlay() {
        let mut state = State::sample();
        press(&mut state, Action::ShowHelp);
        assert_eq!(press(&mut state, Action::MarkListRead), []);
        assert!(state.timeline.rows.iter().all(|row| row.status.is_unread()));
    }
}
