//! Removing, renaming, moving and setting feeds and folders. All of it can be undone.

use super::querying;
use crate::app::{Action, Effect, FeedForm, FormField, Overlay, Pane, Prompt, Question, State, Typed};
use crate::model::{Failure, FeedId, FeedSettings, FolderId, Scope};

/// Gives the feed or folder that keys are about: under the sidebar's cursor, else the timeline's own.
fn subject(state: &State) -> Option<Scope> {
    let scope = if state.focus == Pane::Sidebar { &state.sidebar.cursor } else { &state.timeline.scope };
    match scope {
        Scope::Feed(_) | Scope::Folder(_) | Scope::Query(_) => Some(scope.clone()),
        // An entry's own feed is meant where all are mixed, but only to be looked at.
        Scope::Unread | Scope::All | Scope::Saved | Scope::Search(_) => None,
    }
}

/// Stops following the feed, or all feeds of the folder.
pub(super) fn remove(state: &mut State) -> Vec<Effect> {
    let Some(scope) = subject(state) else {
        state.say("go to a feed or a folder to remove it");
        return Vec::new();
    };
    if let Scope::Query(query) = scope {
        return querying::remove(state, query);
    }
    let feeds = feeds_of(state, &scope);
    if feeds.is_empty() {
        return Vec::new();
    }
    let title = crate::app::scope_title(&scope, &state.subscriptions);
    state.say(match feeds.len() {
        1 => format!("removed {title} — u brings it back"),
        many => format!("removed {title} with {many} feeds — u brings them back"),
    });
    vec![Effect::Unsubscribe { feeds }]
}

fn feeds_of(state: &State, scope: &Scope) -> Vec<FeedId> {
    match scope {
        Scope::Feed(feed) => vec![*feed],
        Scope::Folder(folder) => state.subscriptions.feeds_below(*folder),
        Scope::Unread | Scope::All | Scope::Saved | Scope::Search(_) | Scope::Query(_) => Vec::new(),
    }
}

/// Opens the settings of the feed, or asks for another name of the folder.
pub(super) fn edit(state: &mut State) -> Vec<Effect> {
    match subject(state) {
        Some(Scope::Folder(folder)) => {
            let name = state.subscriptions.folder(folder).map(|folder| folder.title.clone());
            ask(state, Question::FolderName(folder), &name.unwrap_or_default());
            Vec::new()
        }
        Some(Scope::Feed(feed)) => open_form(state, feed),
        Some(Scope::Query(query)) => querying::edit(state, query),
        _ => match state.timeline.selected().map(|row| row.feed) {
            Some(feed) if state.subscriptions.get(feed).is_some() => open_form(state, feed),
            _ => {
                state.say("go to a feed or a folder to edit it");
                Vec::new()
            }
        },
    }
}

fn open_form(state: &mut State, feed: FeedId) -> Vec<Effect> {
    state.overlay = Some(Overlay::Form(FeedForm { feed, settings: None, cursor: 0 }));
    vec![Effect::LoadFeedSettings { feed }]
}

fn ask(state: &mut State, question: Question, text: &str) {
    let mut prompt = Prompt::new(question).after(&state.view.answers);
    prompt.set(text);
    state.prompt = Some(prompt);
}

/// Takes what is set for the feed whose settings are open.
pub(super) fn settings_loaded(state: &mut State, feed: FeedId, settings: FeedSettings) -> Vec<Effect> {
    if let Some(Overlay::Form(form)) = &mut state.overlay
        && form.feed == feed
    {
        form.settings = Some(settings);
    }
    Vec::new()
}

/// Shows that feeds are set otherwise now.
pub(super) fn changed(state: &mut State, names: &[String]) -> Vec<Effect> {
    if is_asked(state) {
        state.prompt = None;
    }
    state.say(match names {
        [] => "nothing to change".to_owned(),
        names => format!("changed {} — u takes it back", names.join(", ")),
    });
    let mut effects = super::feeds::changed(state);
    if let Some(Overlay::Form(form)) = &state.overlay {
        effects.push(Effect::LoadFeedSettings { feed: form.feed });
    }
    effects
}

/// Tells whether a field of a feed's settings is being typed.
fn is_asked(state: &State) -> bool {
    state.prompt.as_ref().is_some_and(|prompt| matches!(prompt.question, Question::Field(..)))
}

/// Says what went wrong: beside what was typed, where that was refused.
pub(super) fn failed(state: &mut State, failure: &Failure) -> Vec<Effect> {
    match state.prompt.as_mut().filter(|prompt| matches!(prompt.question, Question::Field(..))) {
        Some(prompt) => prompt.problem = Some(failure.why.clone()),
        None => state.complain(failure.to_string()),
    }
    Vec::new()
}

/// Moves among the fields, changes one, or closes them.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = &mut state.overlay else {
        return Vec::new();
    };
    let last = FormField::ALL.len() - 1;
    match action {
        Action::MoveDown => form.cursor = (form.cursor + 1).min(last),
        Action::MoveUp => form.cursor = form.cursor.saturating_sub(1),
        Action::GoTop => form.cursor = 0,
        Action::GoBottom => form.cursor = last,
        Action::Open | Action::Advance | Action::GoRight => return change_field(state),
        Action::Undo => return vec![Effect::Undo],
        Action::Redo => return vec![Effect::Redo],
        Action::Close | Action::Quit | Action::GoLeft | Action::EditFeed => state.overlay = None,
        Action::Leave => return vec![Effect::Quit],
        _ => {}
    }
    Vec::new()
}

fn change_field(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = &state.overlay else {
        return Vec::new();
    };
    let (feed, field) = (form.feed, form.field());
    let value = form.value(field, &state.subscriptions);
    match field {
        FormField::Paused => {
            let other = if value == "yes" { "no" } else { "yes" };
            vec![Effect::ChangeFeeds { changes: vec![(feed, format!("paused={other}"))] }]
        }
        // What is written anew must be the whole address, with what is not shown of it.
        FormField::Address => {
            let url = state.subscriptions.get(feed).map(|feed| feed.url.to_string());
            ask(state, Question::Field(feed, field), &url.unwrap_or_default());
            Vec::new()
        }
        _ => {
            ask(state, Question::Field(feed, field), &value);
            Vec::new()
        }
    }
}

/// Takes what was typed of a field, or of a folder's name.
pub(super) fn typed(state: &mut State, mut prompt: Prompt, typed: Typed) -> Vec<Effect> {
    match (typed, &prompt.question) {
        (Typed::Accept, Question::Field(feed, field)) => {
            let change = format!("{}={}", field.key(), prompt.text().trim());
            let effects = vec![Effect::ChangeFeeds { changes: vec![(*feed, change)] }];
            // It stays until the answer is there: what was refused can be mended.
            state.prompt = Some(prompt);
            effects
        }
        (Typed::Accept, Question::FolderName(_)) if prompt.text().contains('/') => {
            prompt.problem = Some("a name holds no /; moving files a folder in another".to_owned());
            state.prompt = Some(prompt);
            Vec::new()
        }
        (Typed::Accept, Question::FolderName(folder)) => rename_folder(state, *folder, prompt.text().trim()),
        (Typed::Cancel, _) => Vec::new(),
        _ => {
            prompt.take(typed);
            state.prompt = Some(prompt);
            Vec::new()
        }
    }
}

fn rename_folder(state: &mut State, folder: FolderId, name: &str) -> Vec<Effect> {
    if name.is_empty() {
        state.say("a folder needs a name");
        return Vec::new();
    }
    let depth = state.subscriptions.folder_path(Some(folder)).len();
    refile(state, folder, |path| {
        if let Some(own) = depth.checked_sub(1).and_then(|own| path.get_mut(own)) {
            name.clone_into(own);
        }
    })
}

/// Files all feeds below a folder elsewhere, each in its path as it is changed.
fn refile(state: &State, folder: FolderId, change: impl Fn(&mut Vec<String>)) -> Vec<Effect> {
    let feeds = state.subscriptions.feeds_below(folder).into_iter();
    let changes = feeds.filter_map(|feed| {
        let mut path = state.subscriptions.folder_path(state.subscriptions.get(feed)?.folder);
        change(&mut path);
        Some((feed, format!("folder={}", path.join("/"))))
    });
    vec![Effect::ChangeFeeds { changes: changes.collect() }]
}

/// Takes the feed or folder, to file it elsewhere.
pub(super) fn cut(state: &mut State) -> Vec<Effect> {
    state.cut = subject(state).filter(|scope| !matches!(scope, Scope::Query(_)));
    match &state.cut {
        Some(scope) => {
            let title = crate::app::scope_title(scope, &state.subscriptions);
            let key =
                state.keys.get(&Action::Paste).and_then(|keys| keys.first()).cloned().unwrap_or_default();
            state.say(format!("took {title}: go to the folder it belongs in, {key} files it there"));
        }
        None => state.say("go to a feed or a folder to take it"),
    }
    Vec::new()
}

/// Files what was taken where the sidebar's cursor is.
pub(super) fn paste(state: &mut State) -> Vec<Effect> {
    let Some(taken) = state.cut.take() else {
        state.say("nothing was taken to be filed here");
        return Vec::new();
    };
    let target = match &state.sidebar.cursor {
        Scope::Folder(folder) => Some(*folder),
        Scope::Feed(feed) => state.subscriptions.get(*feed).and_then(|feed| feed.folder),
        Scope::Unread | Scope::All | Scope::Saved | Scope::Search(_) | Scope::Query(_) => None,
    };
    let path = state.subscriptions.folder_path(target);
    match taken {
        Scope::Feed(feed) => {
            vec![Effect::ChangeFeeds { changes: vec![(feed, format!("folder={}", path.join("/")))] }]
        }
        Scope::Folder(folder) => {
            let own = state.subscriptions.folder_path(Some(folder));
            if path.starts_with(&own) {
                state.say("a folder cannot lie in itself");
                return Vec::new();
            }
            refile(state, folder, |old| {
                *old = path.iter().chain(old.iter().skip(own.len().saturating_sub(1))).cloned().collect();
            })
        }
        Scope::Unread | Scope::All | Scope::Saved | Scope::Search(_) | Scope::Query(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Event;
    use crate::app::sample::{act as press, take, type_key, type_text};
    use crate::model::Folder;

    /// The sidebar's cursor on a row, with the focus there.
    fn at(scope: Scope) -> State {
        let mut state = State::sample();
        (state.focus, state.sidebar.cursor) = (Pane::Sidebar, scope);
        state
    }

    fn changes(effects: &[Effect]) -> Vec<String> {
        match effects {
            [Effect::ChangeFeeds { changes }]
            | [Effect::ChangeFeeds { changes }, Effect::RememberView(_)] => {
                changes.iter().map(|(feed, text)| format!("{feed} {text}")).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    const FOLDER: Scope = Scope::Folder(FolderId(1));

    #[test]
    fn a_feed_or_all_feeds_of_a_folder_are_removed_as_one_step() {
        let feeds = vec![FeedId(1)];
        assert_eq!(
            press(&mut at(Scope::Feed(FeedId(1))), Action::RemoveFeed),
            [Effect::Unsubscribe { feeds }]
        );
        let feeds = State::sample().subscriptions.feeds_below(FolderId(1));
        assert!(!feeds.is_empty());
        assert_eq!(press(&mut at(FOLDER), Action::RemoveFeed), [Effect::Unsubscribe { feeds }]);
    }

    #[test]
    fn no_feed_is_removed_by_a_key_meant_for_an_entry() {
        let mut state = State::sample();
        assert_eq!(press(&mut state, Action::RemoveFeed), []);
        assert_eq!(press(&mut at(Scope::Unread), Action::RemoveFeed), []);
    }

    #[test]
    fn a_folder_is_renamed_with_all_that_lies_in_it() {
        let mut state = at(FOLDER);
        press(&mut state, Action::EditFeed);
        type_key(&mut state, Typed::EraseLine);
        type_text(&mut state, "Out/side");
        type_key(&mut state, Typed::Accept);
        assert!(state.prompt.as_ref().unwrap().problem.is_some(), "that would be a folder in a folder");
        type_key(&mut state, Typed::EraseLine);
        type_text(&mut state, "Outside");
        assert_eq!(changes(&type_key(&mut state, Typed::Accept)), ["1 folder=Outside"]);
    }

    #[test]
    fn a_folder_that_has_another_name_stays_in_sight() {
        let mut state = at(FOLDER);
        state.timeline.scope = FOLDER;
        let mut renamed = state.subscriptions.clone();
        renamed.folders.push(Folder { id: FolderId(9), parent: None, title: "Outside".to_owned() });
        renamed
            .feeds
            .iter_mut()
            .filter(|feed| feed.folder == Some(FolderId(1)))
            .for_each(|feed| feed.folder = Some(FolderId(9)));
        take(&mut state, Event::SubscriptionsLoaded(renamed.clone()));
        assert_eq!(
            (&state.timeline.scope, &state.sidebar.cursor),
            (&Scope::Folder(FolderId(9)), &Scope::Folder(FolderId(9)))
        );
        renamed.feeds.retain(|feed| feed.folder.is_none());
        take(&mut state, Event::SubscriptionsLoaded(renamed));
        assert_eq!((&state.timeline.scope, &state.sidebar.cursor), (&Scope::Unread, &Scope::Unread));
    }

    #[test]
    fn what_was_refused_can_be_mended() {
        let mut state = at(Scope::Feed(FeedId(1)));
        press(&mut state, Action::EditFeed);
        take(&mut state, Event::FeedSettingsLoaded { feed: FeedId(1), settings: Box::default() });
        press(&mut state, Action::Open);
        type_text(&mut state, " x");
        type_key(&mut state, Typed::Accept);
        let failure = Failure { what: "cannot set that".into(), why: "too long".into(), hint: None };
        take(&mut state, Event::Failed(failure));
        let prompt = state.prompt.as_ref().unwrap();
        assert_eq!((prompt.text(), prompt.problem.as_deref()), ("Courier x", Some("too long")));
        take(&mut state, Event::FeedsChanged { names: vec!["title".to_owned()] });
        assert_eq!(state.prompt, None);
    }

    #[test]
    fn a_field_is_changed_and_a_pause_is_turned() {
        let mut state = at(Scope::Feed(FeedId(1)));
        let feed = FeedId(1);
        assert_eq!(press(&mut state, Action::EditFeed), [Effect::LoadFeedSettings { feed }]);
        take(&mut state, Event::FeedSettingsLoaded { feed, settings: Box::default() });
        press(&mut state, Action::Open);
        assert_eq!(state.prompt.as_ref().unwrap().text(), "Courier");
        type_text(&mut state, " daily");
        assert_eq!(changes(&type_key(&mut state, Typed::Accept)), ["1 title=Courier daily"]);
        press(&mut state, Action::GoBottom);
        assert_eq!(changes(&press(&mut state, Action::Open)), ["1 paused=yes"]);
        press(&mut state, Action::Close);
        assert_eq!(state.overlay, None);
    }

    #[test]
    fn the_feed_of_an_entry_can_be_looked_at() {
        let mut state = State::sample();
        let feed = state.timeline.rows[0].feed;
        assert_eq!(press(&mut state, Action::EditFeed), [Effect::LoadFeedSettings { feed }]);
    }

    #[test]
    fn what_was_taken_is_filed_elsewhere() {
        let mut state = at(Scope::Feed(FeedId(2)));
        press(&mut state, Action::Cut);
        state.sidebar.cursor = FOLDER;
        assert_eq!(changes(&press(&mut state, Action::Paste)), ["2 folder=World"]);
        assert_eq!(press(&mut state, Action::Paste), [], "once");
        let mut state = at(FOLDER);
        press(&mut state, Action::Cut);
        assert_eq!(press(&mut state, Action::Paste), []);
        assert_eq!(state.notice.as_ref().unwrap().text, "a folder cannot lie in itself");
    }
}
