//! Searching all entries: as it is typed, with its hits in the timeline.

use super::{feeds, focus, opening, querying, rows};
use crate::app::{Effect, Pane, Prompt, Question, State, Typed, Want, exists, searching};
use crate::model::{Scope, Window};

/// Begins to ask what to look for; in a search, what to look for instead.
pub(super) fn begin(state: &mut State) -> Vec<Effect> {
    let from = state.timeline.scope.clone();
    let text = match &from {
        Scope::Search(words) => words.clone(),
        Scope::Unread | Scope::All | Scope::Saved | Scope::Folder(_) | Scope::Feed(_) | Scope::Query(_) => {
            String::new()
        }
    };
    let mut prompt = Prompt::new(Question::Search { from }).after(&state.view.answers);
    prompt.set(&text);
    state.prompt = Some(prompt);
    let mut effects = vec![Effect::IndexWords { is_wanted: true }];
    if state.focus != Pane::Timeline {
        effects.extend(focus(state, Pane::Timeline));
    }
    effects
}

/// Takes what was typed, and shows what it finds.
pub(super) fn typed(state: &mut State, from: Scope, mut prompt: Prompt, typed: Typed) -> Vec<Effect> {
    match typed {
        Typed::Cancel => go_to(state, from),
        Typed::Accept if prompt.text().trim().is_empty() => go_to(state, from),
        Typed::Accept => match searching::as_typed(prompt.text()) {
            Ok(_) => go_to(state, Scope::Search(prompt.text().trim().to_owned())),
            Err(error) => {
                prompt.problem = Some(error.to_string());
                state.prompt = Some(prompt);
                Vec::new()
            }
        },
        typed => {
            let is_changed = prompt.take(typed);
            let effects = if is_changed { look(state, &from, &mut prompt) } else { Vec::new() };
            state.prompt = Some(prompt);
            effects
        }
    }
}

fn look(state: &mut State, from: &Scope, prompt: &mut Prompt) -> Vec<Effect> {
    if prompt.text().trim().is_empty() {
        return go_to(state, from.clone());
    }
    match searching::as_typed(prompt.text()) {
        Ok(words) => go_to(state, Scope::Search(words)),
        Err(error) => {
            prompt.problem = Some(error.to_string());
            Vec::new()
        }
    }
}

/// Goes back to what was shown before the search, where one is shown.
pub(super) fn leave(state: &mut State) -> Vec<Effect> {
    match state.searched_from.take() {
        Some(from) => go_to(state, from),
        None if matches!(state.timeline.scope, Scope::Search(_)) => go_to(state, Scope::Unread),
        None => Vec::new(),
    }
}

/// Shows a search, or what was shown before it. What is shown stays until the other rows are there.
fn go_to(state: &mut State, scope: Scope) -> Vec<Effect> {
    // What was shown before may be gone by now.
    let scope = if exists(&scope, &state.subscriptions) { scope } else { Scope::Unread };
    let (was, is) = (&state.timeline.scope, &scope);
    if was == is {
        return Vec::new();
    }
    if !matches!((was, is), (Scope::Search(_), Scope::Search(_))) {
        let from = was.clone();
        let effects = feeds::go_to(state, scope);
        state.searched_from = matches!(state.timeline.scope, Scope::Search(_)).then_some(from);
        return effects;
    }
    state.sidebar.cursor = scope.clone();
    state.timeline.scope = scope;
    let mut effects = rows::load(state, Window::First, Want::First);
    effects.extend(opening::preview(state));
    effects
}

/// Shows the hits anew when more entries can be found.
pub(super) fn indexed(state: &mut State, left: u32) -> Vec<Effect> {
    let was = std::mem::replace(&mut state.unindexed, left);
    let is_search = querying::is_query(state, &state.timeline.scope);
    if was == 0 || left > 0 {
        return Vec::new();
    }
    let mut effects = querying::count(state);
    if is_search {
        effects.extend(rows::reload(state));
    }
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act, loads_rows, rows, take, type_key, type_text};
    use crate::app::{Action, Event};
    use crate::model::{Arrangement, Condition, EntryId, Filter, Listing, Test, Words};

    fn listing(effects: &[Effect]) -> Option<Listing> {
        effects.iter().find_map(|effect| match effect {
            Effect::LoadRows { listing, .. } => Some(listing.clone()),
            _ => None,
        })
    }

    fn words(text: &str, is_prefix: bool) -> Condition<Test> {
        Condition::Is(Test::Words(Words { place: None, text: text.to_owned(), is_prefix }))
    }

    #[test]
    fn hits_are_loaded_as_they_are_typed_and_the_last_word_may_go_on() {
        let mut state = State::sample();
        act(&mut state, Action::Search);
        type_text(&mut state, "rai");
        let effects = type_key(&mut state, Typed::Character('n'));
        assert_eq!(listing(&effects).unwrap().filter.condition, words("rain", true));
        let effects = type_key(&mut state, Typed::Accept);
        assert_eq!(listing(&effects).unwrap().filter.condition, words("rain", false));
        assert_eq!((state.timeline.scope.clone(), &state.prompt), (Scope::Search("rain".to_owned()), &None));
    }

    #[test]
    fn thinking_better_of_it_goes_back_to_what_was_shown() {
        let mut state = State::sample();
        act(&mut state, Action::Search);
        type_text(&mut state, "rain");
        assert!(matches!(state.timeline.scope, Scope::Search(_)));
        type_key(&mut state, Typed::Cancel);
        assert_eq!((&state.timeline.scope, &state.sidebar.cursor), (&Scope::Unread, &Scope::Unread));
    }

    #[test]
    fn leaving_a_search_goes_back_to_what_was_shown_and_leaving_again_goes_out() {
        let mut state = State::sample();
        act(&mut state, Action::GoToAll);
        act(&mut state, Action::Search);
        type_text(&mut state, "rain");
        type_key(&mut state, Typed::Accept);
        act(&mut state, Action::Search);
        type_text(&mut state, " snow");
        type_key(&mut state, Typed::Accept);
        assert_eq!(state.timeline.scope, Scope::Search("rain snow".to_owned()));
        assert!(!act(&mut state, Action::Quit).contains(&Effect::Quit));
        assert_eq!(state.timeline.scope, Scope::All);
        assert!(act(&mut state, Action::Quit).contains(&Effect::Quit));
    }

    #[test]
    fn what_cannot_be_read_is_said_and_the_hits_before_it_stay() {
        let mut state = State::sample();
        act(&mut state, Action::Search);
        type_text(&mut state, "rain");
        assert!(!loads_rows(&type_key(&mut state, Typed::Character(')'))));
        assert!(state.prompt.as_ref().unwrap().problem.as_ref().unwrap().contains("closes nothing"));
        type_key(&mut state, Typed::Accept);
        assert!(state.prompt.is_some());
    }

    #[test]
    fn a_search_says_its_order_and_can_be_asked_anew() {
        let mut state = State::sample();
        act(&mut state, Action::Search);
        type_text(&mut state, "rain sort:best is:unread");
        let effects = type_key(&mut state, Typed::Accept);
        let Listing { filter, arrangement } = listing(&effects).unwrap();
        assert_eq!(
            (filter, arrangement),
            (
                Filter { read: Some(false), condition: words("rain", false), ..Filter::default() },
                Arrangement::Best
            )
        );
        act(&mut state, Action::Search);
        assert_eq!(state.prompt.unwrap().text(), "rain sort:best is:unread");
    }

    #[test]
    fn hits_come_anew_when_all_entries_can_be_found() {
        let mut state = State::sample();
        assert!(take(&mut state, Event::Indexed { left: 9 }).is_empty());
        act(&mut state, Action::Search);
        type_text(&mut state, "rain");
        type_key(&mut state, Typed::Accept);
        state.timeline.replace(rows([3]), EntryId(5), None, 30);
        assert!(!loads_rows(&take(&mut state, Event::Indexed { left: 3 })));
        assert!(loads_rows(&take(&mut state, Event::Indexed { left: 0 })));
    }
}
