//! Opening, reading on and closing: what the article pane shows.

use std::sync::Arc;

use super::{focus, full_text, marking, moving, rows, searching};
use crate::app::pictures::{canvas, is_set_for};
use crate::app::{Effect, Pane, Reader, Search, State, panes, text_width};
use crate::config::MarkRead;
use crate::model::{EntryId, Failure, Mark, Text, Texts, Url};
use crate::typeset::Page;

/// Lines of the last screen that stay in sight when an article is scrolled on.
const OVERLAP: usize = 2;

/// How much longer or shorter lines become at a time, and at most, in columns.
const STEP: u16 = 4;
const NARROWEST: u16 = 20;
const WIDEST: u16 = 200;

/// Opens what is selected: the pane on the right.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    match state.focus {
        Pane::Sidebar => focus(state, Pane::Timeline),
        Pane::Timeline => open_selected(state),
        Pane::Reader => Vec::new(),
    }
}

/// Closes the article, or goes back from the sidebar.
pub(super) fn close(state: &mut State) -> Vec<Effect> {
    match state.focus {
        Pane::Sidebar | Pane::Reader => focus(state, Pane::Timeline),
        Pane::Timeline => searching::leave(state),
    }
}

/// Goes back from the article, or out.
pub(super) fn back_or_quit(state: &mut State) -> Vec<Effect> {
    match state.focus {
        Pane::Reader => focus(state, Pane::Timeline),
        Pane::Timeline if state.searched_from.is_some() => searching::leave(state),
        Pane::Sidebar | Pane::Timeline => vec![Effect::Quit],
    }
}

/// Scrolls the article on; at its end, opens the next unread one.
pub(super) fn advance(state: &mut State) -> Vec<Effect> {
    if state.focus != Pane::Reader {
        return open(state);
    }
    let height = state.reader_height();
    if state.reader.is_at_end(height) {
        return to_unread(state, true);
    }
    let lines = height.saturating_sub(OVERLAP).max(1);
    state.reader.scroll(isize::try_from(lines).unwrap_or(1), height);
    Vec::new()
}

/// Goes to the next or previous unread entry, and opens it where an article is open.
pub(super) fn to_unread(state: &mut State, down: bool) -> Vec<Effect> {
    // Other rows are on their way: what is next will be seen then.
    if state.timeline.is_replaced() {
        return Vec::new();
    }
    if let Some(index) = state.timeline.nearest_unread(down) {
        let mut effects = moving::select(state, index);
        effects.extend(follow_cursor(state));
        return effects;
    }
    let timeline = &state.timeline;
    let beyond = if down { timeline.more_after } else { timeline.more_before };
    rows::seek_unread(state, Search { down, wrapped: !beyond })
}

/// Goes so many entries on, and opens the one it comes to where an article is open.
pub(super) fn to_entry(state: &mut State, steps: isize) -> Vec<Effect> {
    let Some(index) = state.timeline.index() else {
        return Vec::new();
    };
    let before = state.timeline.cursor;
    let mut effects = moving::select(state, index.saturating_add_signed(steps));
    if state.timeline.cursor != before {
        effects.extend(follow_cursor(state));
    }
    effects
}

/// Opens the entry's page in the browser.
pub(super) fn in_browser(state: &mut State) -> Vec<Effect> {
    if state.current().is_none() {
        return Vec::new();
    }
    match address(state) {
        Some(link) => browse(state, link),
        None => {
            state.say("this entry has no page of its own");
            Vec::new()
        }
    }
}

/// Opens an address in the browser.
pub(super) fn browse(state: &mut State, link: Url) -> Vec<Effect> {
    state.say(format!("opening {link}"));
    vec![Effect::OpenInBrowser(link)]
}

/// Gives the address of what is shown or selected.
pub(super) fn address(state: &State) -> Option<Url> {
    let entry = state.current()?;
    if state.focus == Pane::Reader && state.reader.visited.is_some() {
        return state.reader.visited.clone();
    }
    let row = state.timeline.rows.iter().find(|row| row.id == entry);
    let shown = state.reader.article.as_ref().filter(|article| article.entry == entry);
    row.and_then(|row| row.link.clone()).or_else(|| shown.and_then(|article| article.link.clone()))
}

/// Makes the lines of the article longer or shorter.
pub(super) fn measure(state: &mut State, is_wider: bool) -> Vec<Effect> {
    let now = state.wishes.measure;
    let wanted = if is_wider { now.saturating_add(STEP) } else { now.saturating_sub(STEP) };
    state.wishes.measure = wanted.clamp(NARROWEST, WIDEST);
    state.say(format!("lines of {} columns", state.wishes.measure));
    let mut effects = typeset_again(state);
    effects.push(Effect::RememberMeasure(state.wishes.measure));
    effects
}

/// Shows the article alone, or all panes.
pub(super) fn toggle_zen(state: &mut State) -> Vec<Effect> {
    state.zen = !state.zen;
    if state.zen && state.focus != Pane::Reader { open(state) } else { moving::settle(state) }
}

/// Shows the entry under the cursor beside the list, where there is room.
pub(super) fn preview(state: &mut State) -> Vec<Effect> {
    if panes(state).reader.is_none() {
        return Vec::new();
    }
    let Some(entry) = state.timeline.cursor else {
        if state.focus != Pane::Reader {
            let effects = remember_positions(state);
            state.reader = Reader::default();
            return effects;
        }
        return Vec::new();
    };
    // An open article stays while the list changes under it.
    if state.focus == Pane::Reader && state.reader.entry.is_some() {
        return Vec::new();
    }
    let mut effects = show(state, entry);
    if state.wishes.mark_read == MarkRead::Preview && !effects.is_empty() {
        effects.extend(marking::mark(state, entry, Mark::Read));
    }
    effects
}

/// Opens the entry under the cursor if an article is open.
pub(super) fn follow_cursor(state: &mut State) -> Vec<Effect> {
    match state.focus {
        Pane::Reader => open_selected(state),
        Pane::Sidebar | Pane::Timeline => preview(state),
    }
}

/// Takes an entry's texts, if they are still wanted.
pub(super) fn article_loaded(state: &mut State, entry: EntryId, texts: Option<Texts>) -> Vec<Effect> {
    if state.reader.entry != Some(entry) {
        return Vec::new();
    }
    state.reader.missing = texts.is_none();
    let Some(texts) = texts else {
        state.reader = Reader { entry: Some(entry), missing: true, ..Reader::default() };
        return Vec::new();
    };
    full_text::begin(state, texts);
    state.reader.page = None;
    let mut effects = typeset(state);
    if state.focus == Pane::Reader {
        effects.extend(full_text::complete(state));
    }
    effects
}

/// Says why there is no article; it can be asked for again.
pub(super) fn failed(state: &mut State, entry: EntryId, failure: &Failure) -> Vec<Effect> {
    if state.reader.entry == Some(entry) {
        state.reader = Reader::default();
    }
    state.complain(failure.to_string());
    Vec::new()
}

/// Takes lines, if they are still wanted: of this entry's text and of this width.
pub(super) fn article_typeset(
    state: &mut State,
    (entry, text, link): (EntryId, Text, Option<Url>),
    page: Arc<Page>,
) -> Vec<Effect> {
    let width = text_width(state);
    let shown =
        state.reader.article.as_ref().map(|article| (article.entry, article.text, article.link.clone()));
    let is_wanted = state.reader.entry == Some(entry) && shown == Some((entry, text, link));
    let canvas = canvas(state);
    let is_set = |page: &Page| width.is_none_or(|width| is_set_for(page, width, canvas.as_ref()));
    // The beginning, of work that was asked for twice, comes too late where the whole is there.
    let has_whole = state.reader.page.as_ref().is_some_and(|shown| shown.is_whole() && is_set(shown));
    let is_late = !page.is_whole() && has_whole && !state.reader.is_stale;
    if is_wanted && is_set(&page) && !is_late {
        let height = state.reader_height();
        state.reader.show(page, height);
    }
    Vec::new()
}

/// Asks for other lines where the pane has another width than the lines.
pub(super) fn typeset_again(state: &mut State) -> Vec<Effect> {
    let Some(width) = text_width(state) else {
        return Vec::new();
    };
    match &state.reader.page {
        Some(page) if is_set_for(page, width, canvas(state).as_ref()) && !state.reader.is_stale => Vec::new(),
        _ => typeset(state),
    }
}

fn open_selected(state: &mut State) -> Vec<Effect> {
    let Some(entry) = state.timeline.cursor else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    state.timeline.filling = false;
    if state.focus != Pane::Reader {
        effects.extend(focus(state, Pane::Reader));
    }
    effects.extend(show(state, entry));
    effects.extend(full_text::complete(state));
    if state.wishes.mark_read != MarkRead::Never {
        effects.extend(marking::mark(state, entry, Mark::Read));
    }
    effects
}

/// Keeps where the reader is in the texts of the entry that is open.
pub(super) fn remember_positions(state: &State) -> Vec<Effect> {
    let reader = &state.reader;
    let (Some(entry), Some(_)) = (reader.entry, &reader.article) else {
        return Vec::new();
    };
    let positions = reader.positions(state.reading_height());
    if positions == reader.kept { Vec::new() } else { vec![Effect::RememberPositions { entry, positions }] }
}

fn show(state: &mut State, entry: EntryId) -> Vec<Effect> {
    if state.reader.entry == Some(entry) {
        return Vec::new();
    }
    let mut effects = remember_positions(state);
    state.reader = Reader::of(entry);
    effects.push(Effect::LoadArticle { entry });
    effects
}

/// Asks for the lines of the text that is shown.
pub(super) fn typeset(state: &State) -> Vec<Effect> {
    match (text_width(state), &state.reader.article) {
        (Some(width), Some(article)) => {
            let reader = &state.reader;
            let known = reader.page.as_ref().filter(|page| page.is_whole() && !reader.is_stale);
            let manuscript = known.map(|page| Arc::clone(page.manuscript()));
            vec![Effect::Typeset { article: Arc::clone(article), width, canvas: canvas(state), manuscript }]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act, article, opened, take, texts};
    use crate::app::{Action, Event, Size};
    use crate::model::Scope;
    use crate::model::Status;

    #[test]
    fn an_opened_article_is_marked_read_at_once() {
        let mut state = State::sample();
        let effects = act(&mut state, Action::Open);
        assert!(effects.contains(&Effect::LoadArticle { entry: EntryId(5) }));
        assert!(effects.iter().any(|e| matches!(e, Effect::Mark { mark: Mark::Read, .. })));
        assert_eq!(state.timeline.rows[0].status, Status { read: true, saved: false });
        assert_eq!(state.focus, Pane::Reader);
    }

    #[test]
    fn an_article_that_is_wanted_no_longer_is_left_out() {
        let mut state = State::sample();
        act(&mut state, Action::MoveDown);
        let late = Event::ArticleLoaded { entry: EntryId(1), texts: Some(texts(1)) };
        assert_eq!(take(&mut state, late), []);
        assert_eq!(state.reader.article, None);
    }

    #[test]
    fn an_article_is_set_to_the_width_of_its_pane() {
        let mut state = State::sample();
        act(&mut state, Action::Open);
        let effects = take(&mut state, Event::ArticleLoaded { entry: EntryId(5), texts: Some(texts(5)) });
        assert!(matches!(effects[..], [Effect::Typeset { width: 76, .. }]), "{effects:?}");
    }

    #[test]
    fn an_open_article_is_set_anew_after_a_resize() {
        let mut state = State::sample();
        act(&mut state, Action::Open);
        take(&mut state, Event::ArticleLoaded { entry: EntryId(5), texts: Some(texts(5)) });
        let effects = take(&mut state, Event::Resized(Size { width: 50, height: 20 }));
        assert!(matches!(effects[..], [Effect::Typeset { width: 46, .. }]), "{effects:?}");
    }

    #[test]
    fn space_at_the_end_of_an_article_opens_the_next_unread() {
        let mut state = State::sample();
        act(&mut state, Action::Open);
        state.timeline.mark(&[EntryId(4)], Mark::Read);
        act(&mut state, Action::Advance);
        assert_eq!(state.reader.entry, Some(EntryId(5)), "its text was not seen yet");
        take(&mut state, Event::ArticleLoaded { entry: EntryId(5), texts: Some(texts(5)) });
        let page = crate::typeset::typeset(&article(5), 76, &crate::typeset::Calendar::utc());
        let set =
            Event::ArticleTypeset { entry: EntryId(5), text: Text::Feed, link: None, page: Arc::new(page) };
        take(&mut state, set);
        act(&mut state, Action::Advance);
        assert_eq!(state.reader.entry, Some(EntryId(3)));
        assert!(!state.timeline.rows[2].status.is_unread());
    }

    #[test]
    fn where_the_reader_was_is_kept_when_they_leave() {
        let text: Vec<String> = (0..60).map(|n| format!("<p>Paragraph {n}</p>")).collect();
        let keeps = |effects: &[Effect]| {
            effects.iter().find_map(|effect| match effect {
                Effect::RememberPositions { positions, .. } => Some(positions.feed.block),
                _ => None,
            })
        };
        let mut state = opened(&text.concat());
        act(&mut state, Action::HalfPageDown);
        let block = state.reader.position.block;
        assert!(block > 0);
        assert_eq!(keeps(&act(&mut state.clone(), Action::NextUnread)), Some(block));
        assert_eq!(keeps(&act(&mut state.clone(), Action::Leave)), Some(block));
        state.reader.kept.feed = state.reader.position;
        assert_eq!(keeps(&act(&mut state.clone(), Action::NextUnread)), None, "the library knows it");
        act(&mut state, Action::GoBottom);
        assert_eq!(keeps(&act(&mut state, Action::NextUnread)), Some(0), "it was read to its end");
    }

    #[test]
    fn an_article_that_could_not_be_had_can_be_asked_for_again() {
        let mut state = State::sample();
        act(&mut state, Action::Open);
        let failure = Failure { what: "cannot open".into(), why: "busy".into(), hint: None };
        take(&mut state, Event::ArticleFailed { entry: EntryId(5), failure });
        let effects = act(&mut state, Action::Close);
        assert!(effects.contains(&Effect::LoadArticle { entry: EntryId(5) }), "{effects:?}");
    }

    #[test]
    fn quit_goes_back_from_the_article_first() {
        let mut state = State::sample();
        act(&mut state, Action::Open);
        assert!(!act(&mut state, Action::Quit).contains(&Effect::Quit));
        assert_eq!(act(&mut state, Action::Quit), [Effect::RememberScope(Scope::Unread), Effect::Quit]);
    }

    #[test]
    fn an_entry_without_a_page_says_so() {
        let mut state = State::sample();
        state.timeline.rows[0].link = None;
        assert_eq!(act(&mut state, Action::OpenInBrowser), []);
        assert!(state.notice.unwrap().text.contains("no page"));
    }
}
