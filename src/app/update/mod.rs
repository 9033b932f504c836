//! The only writer of state. Pure: same state and message, same result; it never waits.

mod adding;
mod answers;
mod arranging;
mod choosing;
mod commanding;
mod feeds;
mod files;
mod filing;
mod finding;
mod following;
mod full_text;
mod health;
mod hinting;
mod illustrating;
mod labelling;
mod lists;
mod marking;
mod moving;
mod opening;
mod overlay;
mod pointing;
mod querying;
mod repeating;
mod rows;
mod searching;
mod selecting;
mod undoing;

use std::sync::Arc;

use super::{
    Action, Effect, Event, Hint, Pane, Pointer, Prompt, Question, Selection, State, Typed, Unit, keep_answer,
};
use crate::model::{Scope, Timestamp};
use crate::typeset::{Line, Page};

/// What may happen: a wish of the reader or a fact from outside, and when.
#[derive(Clone, PartialEq, Debug)]
pub enum Message {
    /// A key was pressed.
    Action(Action),
    /// A key was pressed after a number that says how often.
    Repeated(Action, usize),
    /// A key was pressed while something is being typed.
    Typed(Typed),
    /// The mouse was used.
    Pointed(Pointer),
    /// Something happened.
    Event(Event),
}

/// Changes the state as the message says; gives what is wanted from outside.
pub fn update(state: &mut State, message: Message, now: Timestamp) -> Vec<Effect> {
    state.now = now;
    let before = state.reader.page.clone();
    let done = match &message {
        Message::Action(action) => Some(*action),
        _ => None,
    };
    let mut effects = match message {
        Message::Action(action) => act(state, action),
        Message::Repeated(action, times) => repeating::act_times(state, action, times),
        Message::Typed(typed) => type_in(state, typed),
        Message::Pointed(pointer) => pointing::pointed(state, pointer),
        Message::Event(event) => take(state, event),
    };
    if state.reader.page.as_ref().map(Arc::as_ptr) != before.as_ref().map(Arc::as_ptr) {
        drop_what_moved(state, before.as_deref());
    }
    effects.extend(hinting::settle(state, done));
    effects.extend(arranging::settle_beginnings(state));
    effects.extend(illustrating::settle(state, before.as_ref()));
    if effects.contains(&Effect::Quit) {
        effects.splice(0..0, remember(state));
    }
    effects
}

/// Drops letters beside links, what is selected, and where a button was pressed, where another page has other lines
/// there. The whole of an article that was begun, or its code in colours, has the same.
fn drop_what_moved(state: &mut State, before: Option<&Page>) {
    let (Some(before), Some(after)) = (before, state.reader.page.as_deref()) else {
        (state.hints, state.reader.selection, state.reader.pressed) = (None, None, None);
        return;
    };
    let text = |page: &Page, line: usize| page.lines().get(line).map(Line::text);
    let is_same = |line: usize| text(before, line) == text(after, line);
    let is_hint_there = |hint: &Hint| {
        let link = usize::from(hint.link);
        is_same(hint.line) && before.links().get(link) == after.links().get(link)
    };
    if !state.hints.as_ref().is_some_and(|hints| hints.labels.iter().all(is_hint_there)) {
        state.hints = None;
    }
    if !state.reader.pressed.is_some_and(|spot| is_same(spot.line)) {
        state.reader.pressed = None;
    }
    let is_selection_there = |selection: &Selection| {
        let part = selection.part(before);
        part == selection.part(after) && (part.start.line..=part.end.line).all(is_same)
    };
    if !state.reader.selection.as_ref().is_some_and(is_selection_there) {
        state.reader.selection = None;
    }
}

fn type_in(state: &mut State, typed: Typed) -> Vec<Effect> {
    state.notice = None;
    if state.hints.is_some() {
        return following::typed(state, typed);
    }
    let Some(prompt) = state.prompt.take() else {
        return Vec::new();
    };
    let is_kept =
        typed == Typed::Accept && keep_answer(&mut state.view.answers, &prompt.question, prompt.text());
    let mut effects = answer(state, prompt, typed);
    if is_kept {
        effects.push(Effect::RememberView(state.view.clone()));
    }
    effects
}

fn answer(state: &mut State, prompt: Prompt, typed: Typed) -> Vec<Effect> {
    match prompt.question {
        Question::Find { from } => finding::typed(state, from, prompt, typed),
        Question::Search { ref from } => {
            let from = from.clone();
            searching::typed(state, from, prompt, typed)
        }
        Question::Help => overlay::typed(state, prompt, typed),
        Question::Command => commanding::typed(state, prompt, typed),
        Question::Address => adding::typed(state, prompt, typed),
        Question::QueryTitle(_) | Question::QueryField(..) => querying::typed(state, prompt, typed),
        Question::Tags(_) => labelling::typed(state, prompt, typed),
        Question::Field(..) | Question::FolderName(_) => filing::typed(state, prompt, typed),
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one line for each action")]
fn act(state: &mut State, action: Action) -> Vec<Effect> {
    state.notice = None;
    if state.overlay.is_some() {
        return overlay::act(state, action);
    }
    if let Some(effects) = selecting::act(state, action).or_else(|| choosing::act(state, action)) {
        return effects;
    }
    match action {
        Action::MoveDown => moving::by(state, 1),
        Action::MoveUp => moving::by(state, -1),
        Action::HalfPageDown => moving::by_pages(state, 1, 2),
        Action::HalfPageUp => moving::by_pages(state, -1, 2),
        Action::PageDown => moving::by_pages(state, 1, 1),
        Action::PageUp => moving::by_pages(state, -1, 1),
        Action::GoTop => moving::to_top(state),
        Action::GoBottom => moving::to_bottom(state),
        Action::GoLeft => moving::left(state),
        Action::GoRight | Action::Open => opening::open(state),
        Action::NextPane => moving::next_pane(state),
        Action::PreviousPane => moving::previous_pane(state),
        Action::NextFeed => feeds::next_with_unread(state, true),
        Action::PreviousFeed => feeds::next_with_unread(state, false),
        Action::Close if finding::end(state) => Vec::new(),
        Action::Close => opening::close(state),
        Action::Advance => opening::advance(state),
        Action::NextUnread if finding::step(state, true) => Vec::new(),
        Action::PreviousUnread if finding::step(state, false) => Vec::new(),
        Action::NextUnread => opening::to_unread(state, true),
        Action::PreviousUnread => opening::to_unread(state, false),
        Action::NextEntry => opening::to_entry(state, 1),
        Action::PreviousEntry => opening::to_entry(state, -1),
        Action::GoToUnread => feeds::go_to(state, Scope::Unread),
        Action::GoToAll => feeds::go_to(state, Scope::All),
        Action::GoToSaved => feeds::go_to(state, Scope::Saved),
        Action::BorderLeft => arranging::move_border(state, false),
        Action::BorderRight => arranging::move_border(state, true),
        Action::EvenPanes => arranging::even_panes(state),
        Action::ToggleSidebar => arranging::toggle_sidebar(state),
        Action::ToggleFolder => arranging::toggle_folder(state),
        Action::NextOrder => arranging::next_order(state),
        Action::ToggleHeadings => arranging::toggle_headings(state),
        Action::ToggleBeginnings => arranging::toggle_beginnings(state),
        Action::OpenComments => files::comments(state),
        Action::OpenFiles => files::begin(state),
        Action::FollowLink => following::begin(state),
        Action::Back => following::back(state),
        Action::Forward => following::forward(state),
        Action::CopyAddress => following::copy_address(state),
        Action::CopyArticle => following::copy_article(state),
        Action::Find => finding::begin(state),
        Action::Search => searching::begin(state),
        Action::SelectParagraphs => selecting::begin(state, Unit::Paragraph),
        Action::SelectLines => selecting::begin(state, Unit::Line),
        Action::TogglePictures => illustrating::toggle(state),
        Action::Narrower => opening::measure(state, false),
        Action::Wider => opening::measure(state, true),
        Action::ToggleZen => opening::toggle_zen(state),
        Action::OpenInBrowser => opening::in_browser(state),
        Action::ToggleText => full_text::toggle(state),
        Action::RefreshFeed => feeds::refresh_current(state),
        Action::RefreshAll => feeds::refresh(state, super::Feeds::All),
        Action::ToggleRead => marking::toggle_read(state),
        Action::ToggleSaved => marking::toggle_saved(state),
        Action::MarkListRead => marking::list_read(state),
        Action::MarkAbove => marking::part_read(state, false),
        Action::MarkBelow => marking::part_read(state, true),
        Action::SelectRows => choosing::begin(state),
        Action::Tag => labelling::begin(state),
        Action::KeepQuery => querying::begin(state),
        Action::Undo => vec![Effect::Undo],
        Action::Redo => vec![Effect::Redo],
        Action::ToggleUnreadOnly => feeds::toggle_unread_only(state),
        Action::StopRefresh => feeds::stop_refresh(state),
        Action::AddFeed => adding::begin(state),
        Action::EditFeed => filing::edit(state),
        Action::RemoveFeed => filing::remove(state),
        Action::Cut => filing::cut(state),
        Action::Paste => filing::paste(state),
        Action::ShowHealth => health::open(state),
        Action::ImportList => vec![Effect::FindLists { is_asked: true }],
        Action::ShowCatalogue => overlay::catalogue(state),
        Action::NextTheme => commanding::next_theme(state),
        Action::ReloadSettings => vec![Effect::ReloadSettings],
        Action::ShowPalette => commanding::open(state),
        Action::ShowHelp => overlay::help(state),
        Action::Suspend => suspend(state),
        Action::Quit => opening::back_or_quit(state),
        Action::Leave => vec![Effect::Quit],
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one line for each fact")]
fn take(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::Started | Event::FeedsDue => feeds::refresh_due(state),
        Event::Resized(size) => {
            state.size = size;
            moving::settle(state)
        }
        Event::ClockTicked => Vec::new(),
        Event::SubscriptionsLoaded(subscriptions) => feeds::loaded(state, subscriptions),
        Event::SubscriptionsFailed(failure) => feeds::not_loaded(state, &failure),
        Event::ActivityLoaded(activity) => health::activity_loaded(state, activity),
        Event::ActivityFailed(failure) => health::activity_not_loaded(state, &failure),
        Event::RowsFailed { ticket, failure } => rows::failed(state, ticket, &failure),
        Event::ArticleFailed { entry, failure } => opening::failed(state, entry, &failure),
        Event::RowsLoaded { ticket, horizon, rows } => rows::loaded(state, ticket, horizon, rows),
        Event::BeginningsLoaded(beginnings) => {
            state.beginnings.extend(beginnings);
            Vec::new()
        }
        Event::QueryKept(query) => querying::kept(state, query),
        Event::QueryTitleTaken => querying::title_taken(state),
        Event::QueriesChanged => querying::changed(state),
        Event::QueriesCounted(counts) => querying::counted(state, counts),
        Event::Labelled { entries, label, is_given } => {
            labelling::labelled(state, (&label, is_given), &entries)
        }
        Event::TagsLoaded(tags) => {
            state.tags = tags;
            Vec::new()
        }
        Event::RulesRan { told } => querying::rules_ran(state, &told),
        Event::LibraryChanged => feeds::changed_elsewhere(state),
        Event::Indexed { left } => searching::indexed(state, left),
        Event::UnreadSought { ticket, place } => rows::unread_sought(state, ticket, place),
        Event::ArticleLoaded { entry, texts } => opening::article_loaded(state, entry, texts),
        Event::PageFetched { entry, article } => full_text::fetched(state, entry, article),
        Event::PageFailed { entry, problem } => full_text::failed(state, entry, &problem),
        Event::MarkdownWritten(text) => {
            state.say("copied the article as Markdown");
            vec![Effect::Copy(text)]
        }
        Event::Visited { entry, url, article } => following::visited(state, entry, &url, article),
        Event::NotVisited { url, problem } => following::not_visited(state, &url, &problem),
        Event::ArticleTypeset { entry, text, link, page } => {
            opening::article_typeset(state, (entry, text, link), page)
        }
        Event::PictureLoaded { picture, size } => illustrating::loaded(state, picture, size),
        Event::PictureFailed(picture) => illustrating::failed(state, picture),
        Event::MarkStored { ticket } => marking::stored(state, ticket),
        Event::MarkFailed { ticket, failure } => marking::failed(state, ticket, &failure),
        Event::AllMarked { ticket, step } => marking::all_marked(state, ticket, &step),
        Event::StepUndone(step) => undoing::undone(state, step),
        Event::StepRedone(step) => undoing::redone(state, step),
        Event::SettingsRead { wishes, settings, keys, themes, notice } => {
            commanding::settings_read(state, *wishes, settings, (keys, themes), notice)
        }
        Event::ListsFound { lists, is_asked } => lists::found(state, lists, is_asked),
        Event::ListImported { added } => lists::imported(state, added),
        Event::NoComments => {
            state.say("its feed names no comments");
            Vec::new()
        }
        Event::FilesLoaded { entry, files } => files::loaded(state, entry, files),
        Event::RefreshPlanned { feeds } => feeds::planned(state, feeds),
        Event::FeedFetched { feed, outcome } => feeds::fetched(state, feed, &outcome),
        Event::RefreshEnded => feeds::ended(state),
        Event::FeedsFound { ticket, feeds } => adding::found(state, ticket, feeds),
        Event::FeedsNotFound { ticket, reason } => adding::not_found(state, ticket, reason),
        Event::FeedSettingsLoaded { feed, settings } => filing::settings_loaded(state, feed, *settings),
        Event::FeedsChanged { names } => filing::changed(state, &names),
        Event::FeedSubscribed(feed) => feeds::subscribed(state, feed),
        Event::FeedFollowed | Event::FeedUnsubscribed => feeds::changed(state),
        Event::Failed(failure) => filing::failed(state, &failure),
        Event::Terminated => vec![Effect::Quit],
    }
}

/// Keeps what is shown, for the next start. Not at every step: keys that go through feeds would wait for the disk.
fn remember(state: &State) -> Vec<Effect> {
    let mut effects = opening::remember_positions(state);
    effects.push(Effect::RememberScope(state.timeline.scope.clone()));
    effects
}

/// Gives the terminal back for a while. Nobody knows for how long: what is to be remembered is.
fn suspend(state: &mut State) -> Vec<Effect> {
    let mut effects = remember(state);
    effects.push(Effect::Suspend);
    effects
}

/// Moves the focus; panes may come up or go, so everything settles anew.
fn focus(state: &mut State, pane: Pane) -> Vec<Effect> {
    state.focus = pane;
    moving::settle(state)
}
