//! Pictures in the article: asked for as they come near, and put where their rows were kept free.

use std::sync::Arc;

use super::opening;
use crate::app::pictures::canvas;
use crate::app::{Effect, Pane, State};
use crate::model::PixelSize;
use crate::typeset::{Page, Picture};

/// So many are kept ready; beyond that, those far away go.
const MOST_READY: usize = 40;

/// Screens below and above the one in sight of which pictures are asked for, and beyond which they may go.
const NEAR: usize = 1;
const FAR: usize = 4;

/// Shows pictures, or the words that stand for them.
pub(super) fn toggle(state: &mut State) -> Vec<Effect> {
    if state.wishes.cell.is_none() {
        state.say("this terminal shows too few colours for pictures");
        return Vec::new();
    }
    state.wishes.pictures = !state.wishes.pictures;
    state.say(if state.wishes.pictures { "pictures are shown" } else { "words stand for pictures" });
    state.pictures.forgive();
    opening::typeset_again(state)
}

/// Takes the size of a picture that is ready now.
pub(super) fn loaded(state: &mut State, picture: Picture, size: PixelSize) -> Vec<Effect> {
    if !state.pictures.asked.contains(&picture) {
        return vec![Effect::ForgetPictures(vec![picture])];
    }
    state.pictures.note(picture.url.clone(), Some(size));
    state.pictures.is_outdated |= is_misplaced(state, &picture);
    Vec::new()
}

/// Leaves a picture to its words.
pub(super) fn failed(state: &mut State, picture: Picture) -> Vec<Effect> {
    if !state.pictures.asked.contains(&picture) {
        return Vec::new();
    }
    state.pictures.note(picture.url, None);
    state.pictures.is_outdated = true;
    Vec::new()
}

/// Brings the pictures in line with what is shown after each message: `before` is the page that was shown before it.
pub(super) fn settle(state: &mut State, before: Option<&Arc<Page>>) -> Vec<Effect> {
    if state.focus == Pane::Reader {
        state.reader.opened = state.reader.entry;
    }
    let mut effects = Vec::new();
    let page = state.reader.page.clone();
    if page.as_ref().map(Arc::as_ptr) != before.map(Arc::as_ptr) && !state.pictures.asked.is_empty() {
        let here = page.iter().flat_map(|page| page.pictures()).map(|placed| &placed.picture);
        let here: std::collections::HashSet<&Picture> = here.collect();
        effects.extend(forget(state, |picture| !here.contains(picture)));
    }
    if state.pictures.is_outdated && !is_pointing(state) {
        let asked = opening::typeset(state);
        // Where the article is not in sight, its lines are set when it is again.
        state.pictures.is_outdated = asked.is_empty() && state.reader.article.is_some();
        effects.extend(asked);
    }
    if let Some(page) = page.filter(|page| !page.pictures().is_empty() && !state.reader.is_stale) {
        effects.extend(ask(state, &page));
    }
    effects
}

/// Tells whether the reader is choosing something on the page: its lines stay where they are until that is done.
fn is_pointing(state: &State) -> bool {
    state.hints.is_some() || state.reader.selection.is_some() || state.reader.pressed.is_some()
}

/// Asks for the pictures near what is in sight, those in sight and below first.
fn ask(state: &mut State, page: &Page) -> Vec<Effect> {
    let (Some(entry), height) = (state.reader.entry, state.reader_height()) else {
        return Vec::new();
    };
    let top = state.reader.top;
    let first = top.saturating_sub(NEAR * height);
    let near =
        page.pictures().iter().filter(|placed| placed.is_among(first, top - first + (1 + NEAR) * height));
    let (above, others): (Vec<_>, Vec<_>) = near.partition(|placed| placed.line + placed.lines <= top);
    let mut effects = Vec::new();
    for placed in others.into_iter().chain(above) {
        if state.pictures.asked.insert(placed.picture.clone()) {
            effects.push(Effect::LoadPicture { entry, picture: placed.picture.clone() });
        }
    }
    if !effects.is_empty() && state.pictures.asked.len() > MOST_READY {
        let first = top.saturating_sub(FAR * height);
        let kept =
            page.pictures().iter().filter(|placed| placed.is_among(first, top - first + (1 + FAR) * height));
        let kept: std::collections::HashSet<&Picture> = kept.map(|placed| &placed.picture).collect();
        effects.extend(forget(state, |picture| !kept.contains(picture)));
    }
    effects
}

fn forget(state: &mut State, is_over: impl Fn(&Picture) -> bool) -> Option<Effect> {
    let over: Vec<Picture> = state.pictures.asked.extract_if(is_over).collect();
    (!over.is_empty()).then_some(Effect::ForgetPictures(over))
}

/// Tells whether a picture, now that its size is known, wants other rows than were kept free for it.
///
/// Where it is in sight, text would move under the reader: it is fitted into its rows, unless most would stay empty.
fn is_misplaced(state: &State, picture: &Picture) -> bool {
    let Some(page) = &state.reader.page else {
        return false;
    };
    let Some(canvas) = canvas(state) else {
        return page.pictures().iter().any(|placed| placed.picture == *picture);
    };
    let height = state.reader_height();
    page.pictures().iter().filter(|placed| placed.picture == *picture).any(|placed| {
        let fitting = canvas.fit(&picture.url, None, page.width().saturating_sub(placed.column));
        let is_in_sight = placed.is_among(state.reader.top, height);
        match fitting {
            Some((columns, rows)) if is_in_sight => columns > 0 && rows * 2 <= picture.rows,
            fitting => fitting != Some((picture.columns, picture.rows)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act, opened, set_lines, take};
    use crate::app::{Action, Event};
    use crate::model::Url;

    const HIGH: &str = "<p>Before</p><img src='http://a.test/high.png' alt='High'><p>Behind</p>";

    /// The reader with an article open, on a terminal that shows pictures.
    fn illustrated(html: &str) -> (State, Vec<Effect>) {
        let mut state = opened(html);
        state.wishes.cell = PixelSize::new(10, 20);
        let effects = act(&mut state, Action::TogglePictures);
        let effects = set_lines(&mut state, effects);
        (state, effects)
    }

    fn asked(effects: &[Effect]) -> Vec<&Picture> {
        let mut asked = Vec::new();
        for effect in effects {
            if let Effect::LoadPicture { picture, .. } = effect {
                asked.push(picture);
            }
        }
        asked
    }

    fn height_of(state: &State) -> usize {
        state.reader.page.as_ref().unwrap().lines().len()
    }

    fn size(width: u32, height: u32) -> PixelSize {
        PixelSize { width, height }
    }

    #[test]
    fn pictures_are_asked_for_as_they_come_near_and_once() {
        let far = "<p>Paragraph.</p>".repeat(120);
        let (mut state, effects) = illustrated(&format!("{HIGH}{far}<img src='http://a.test/low.png'>"));
        assert_eq!(asked(&effects).len(), 1);
        assert_eq!(act(&mut state, Action::MoveDown), []);
        let effects = act(&mut state, Action::GoBottom);
        assert_eq!(asked(&effects)[0].url.path(), "/low.png");
        assert_eq!(act(&mut state, Action::GoTop), [], "they are here already");
    }

    #[test]
    fn a_picture_in_sight_keeps_its_rows_and_one_out_of_sight_gets_what_it_needs() {
        let (mut state, effects) = illustrated(HIGH);
        let picture = asked(&effects)[0].clone();
        let before = height_of(&state);
        let flat = Event::PictureLoaded { picture: picture.clone(), size: size(1_200, 500) };
        assert_eq!(take(&mut state, flat), [], "text would move under the reader");
        let far = "<p>Paragraph.</p>".repeat(120);
        let (mut state, effects) = illustrated(&format!("{}{HIGH}", &far[..510]));
        let picture = asked(&effects)[0].clone();
        let flat = Event::PictureLoaded { picture, size: size(1_200, 500) };
        let effects = take(&mut state, flat);
        assert!(matches!(effects[..], [Effect::Typeset { .. }]), "{effects:?}");
        let effects = set_lines(&mut state, effects);
        let again = asked(&effects);
        assert_eq!((again[0].columns, again[0].rows), (76, 16));
        assert!(effects.iter().any(|effect| matches!(effect, Effect::ForgetPictures(_))));
        assert!(height_of(&state) > before);
    }

    #[test]
    fn a_picture_that_would_leave_most_of_its_rows_empty_gives_them_back() {
        let (mut state, effects) = illustrated(HIGH);
        let before = height_of(&state);
        let picture = asked(&effects)[0].clone();
        let effects = take(&mut state, Event::PictureLoaded { picture, size: size(300, 60) });
        set_lines(&mut state, effects);
        assert!(height_of(&state) < before);
    }

    #[test]
    fn words_stand_for_what_cannot_be_shown() {
        let (mut state, effects) = illustrated(HIGH);
        let picture = asked(&effects)[0].clone();
        let effects = take(&mut state, Event::PictureFailed(picture));
        let effects = set_lines(&mut state, effects);
        assert!(asked(&effects).is_empty() && state.pictures.asked.is_empty(), "{effects:?}");
        assert!(state.reader.page.as_ref().unwrap().pictures().is_empty());
        let effects = act(&mut state, Action::TogglePictures);
        set_lines(&mut state, effects);
        let effects = act(&mut state, Action::TogglePictures);
        let effects = set_lines(&mut state, effects);
        assert_eq!(asked(&effects).len(), 1, "i and i again try once more");
    }

    #[test]
    fn lines_stay_while_something_on_them_is_being_chosen() {
        let (mut state, effects) = illustrated(&format!("{HIGH}<p><a href='http://b.test/'>b</a>"));
        let picture = asked(&effects)[0].clone();
        act(&mut state, Action::FollowLink);
        assert_eq!(take(&mut state, Event::PictureFailed(picture)), []);
        assert!(state.hints.is_some());
        let cancel = crate::app::Message::Typed(crate::app::Typed::Cancel);
        let effects = crate::app::update(&mut state, cancel, crate::app::sample::noon());
        assert!(matches!(effects[..], [Effect::Typeset { .. }]), "{effects:?}");
    }

    #[test]
    fn what_comes_for_another_article_is_let_go() {
        let (mut state, effects) = illustrated(HIGH);
        let picture = asked(&effects)[0].clone();
        let effects = act(&mut state, Action::NextUnread);
        assert!(effects.contains(&Effect::ForgetPictures(vec![picture.clone()])), "{effects:?}");
        let late = Event::PictureLoaded { picture: picture.clone(), size: size(100, 100) };
        assert_eq!(take(&mut state, late), [Effect::ForgetPictures(vec![picture])]);
    }

    #[test]
    fn the_row_of_a_picture_at_the_top_stays_there_when_rows_above_change() {
        let two = format!("{HIGH}<img src='http://a.test/deep.png'>{}", "<p>More</p>".repeat(60));
        let (mut state, _) = illustrated(&two);
        let deep = |state: &State| state.reader.page.as_ref().unwrap().pictures().last().unwrap().line;
        let (down, height) = (deep(&state) + 5, state.reader_height());
        state.reader.scroll(isize::try_from(down).unwrap(), height);
        state.pictures.note(Url::parse("http://a.test/high.png").unwrap(), None);
        let effects = opening::typeset(&state);
        set_lines(&mut state, effects);
        assert!(deep(&state) < down - 5);
        assert_eq!(state.reader.top, deep(&state) + 5);
    }

    #[test]
    fn a_terminal_that_cannot_show_pictures_says_so() {
        let mut state = opened(HIGH);
        assert_eq!(act(&mut state, Action::TogglePictures), []);
        assert!(state.notice.unwrap().text.contains("too few colours"));
    }
}
