//! Links: chosen by letters, followed in place, and the way back.

use std::sync::Arc;

use super::opening;
use crate::app::{Effect, Hints, Purpose, State, Stop, Typed, text_width};
use crate::model::{Article, EntryId, PageProblem, Url};
use crate::typeset::{Position, Target};

/// Labels the links in sight.
pub(super) fn begin(state: &mut State) -> Vec<Effect> {
    let height = state.reader_height();
    let top = state.reader.top;
    let hints = state.reader.page.as_ref().and_then(|page| Hints::of(page, top..top + height));
    if hints.is_none() {
        state.say("there is no link in sight");
    }
    state.hints = hints;
    Vec::new()
}

/// Takes a letter of a label, or what is to be done with the link.
pub(super) fn typed(state: &mut State, typed: Typed) -> Vec<Effect> {
    let Some(mut hints) = state.hints.take() else {
        return Vec::new();
    };
    match typed {
        Typed::Cancel | Typed::Accept => return Vec::new(),
        Typed::Character('o') => hints.purpose = toggled(hints.purpose, Purpose::Browse),
        Typed::Character('y') => hints.purpose = toggled(hints.purpose, Purpose::Copy),
        Typed::Character(c) => hints.typed.extend(c.to_lowercase()),
        Typed::Backspace => drop(hints.typed.pop()),
        _ => {}
    }
    let mut left = hints.left();
    match (left.next(), left.next()) {
        (Some(hint), None) => {
            let (link, purpose) = (hint.link, hints.purpose);
            choose(state, link, purpose)
        }
        (Some(_), Some(_)) => {
            drop(left);
            state.hints = Some(hints);
            Vec::new()
        }
        (None, _) => {
            state.say("no link has these letters");
            Vec::new()
        }
    }
}

/// Goes back to where the last link was followed from.
pub(super) fn back(state: &mut State) -> Vec<Effect> {
    let Some(stop) = state.reader.trail.pop() else {
        state.say("there is no way back from here");
        return Vec::new();
    };
    let here = state.reader.stop();
    state.reader.ahead.extend(here);
    arrive(state, stop)
}

/// Goes where the way back came from.
pub(super) fn forward(state: &mut State) -> Vec<Effect> {
    let Some(stop) = state.reader.ahead.pop() else {
        state.say("there is no way forward from here");
        return Vec::new();
    };
    let here = state.reader.stop();
    state.reader.trail.extend(here);
    arrive(state, stop)
}

/// Takes the page of a link.
pub(super) fn visited(state: &mut State, entry: EntryId, url: &Url, article: Arc<Article>) -> Vec<Effect> {
    // The reader may have gone on.
    if state.reader.entry != Some(entry) || state.visiting.as_ref() != Some(url) {
        return Vec::new();
    }
    (state.visiting, state.notice) = (None, None);
    leave_trail(state);
    let stop =
        Stop { article, page: None, position: Position::default(), other: None, visited: Some(url.clone()) };
    arrive(state, stop)
}

/// Says why the page of a link cannot be shown.
pub(super) fn not_visited(state: &mut State, url: &Url, problem: &PageProblem) -> Vec<Effect> {
    if state.visiting.as_ref() == Some(url) {
        state.visiting = None;
        state.complain(format!("{problem}: {url}"));
    }
    Vec::new()
}

/// Copies the address of what is shown, or of the selected entry.
pub(super) fn copy_address(state: &mut State) -> Vec<Effect> {
    match opening::address(state) {
        Some(url) => copy(state, &url),
        None => {
            state.say("this entry has no page of its own");
            Vec::new()
        }
    }
}

/// Copies the article as Markdown.
pub(super) fn copy_article(state: &mut State) -> Vec<Effect> {
    match &state.reader.article {
        Some(article) => vec![Effect::WriteMarkdown(Arc::clone(article))],
        None => {
            state.say("no article is open");
            Vec::new()
        }
    }
}

fn toggled(now: Purpose, wanted: Purpose) -> Purpose {
    if now == wanted { Purpose::Follow } else { wanted }
}

/// Follows a link of the page.
pub(super) fn follow(state: &mut State, link: u16) -> Vec<Effect> {
    choose(state, link, Purpose::Follow)
}

fn choose(state: &mut State, link: u16, purpose: Purpose) -> Vec<Effect> {
    let target = state.reader.page.as_ref().and_then(|page| page.links().get(usize::from(link))).cloned();
    match (target, purpose) {
        (Some(Target::Web(url)), Purpose::Copy) => copy(state, &url),
        (Some(Target::Web(url)), Purpose::Browse) => opening::browse(state, url),
        (Some(Target::Web(url)), Purpose::Follow) => visit(state, url),
        (Some(Target::Place(place)), _) => {
            leave_trail(state);
            let height = state.reader_height();
            state.reader.go_to(place, height);
            Vec::new()
        }
        (None, _) => Vec::new(),
    }
}

fn visit(state: &mut State, url: Url) -> Vec<Effect> {
    let Some(entry) = state.reader.entry else {
        return Vec::new();
    };
    if !matches!(url.scheme(), "http" | "https") {
        return opening::browse(state, url);
    }
    if state.wishes.offline {
        state.complain(format!("newsterm is offline: {url}"));
        return Vec::new();
    }
    state.say(format!("fetching {url}"));
    state.visiting = Some(url.clone());
    vec![Effect::Visit { entry, url }]
}

fn copy(state: &mut State, url: &Url) -> Vec<Effect> {
    state.say(format!("copied {url}"));
    vec![Effect::Copy(url.to_string())]
}

/// Keeps the way back to here.
fn leave_trail(state: &mut State) {
    let here = state.reader.stop();
    state.reader.trail.extend(here);
    state.reader.ahead.clear();
}

fn arrive(state: &mut State, stop: Stop) -> Vec<Effect> {
    let (width, height) = (text_width(state), state.reader_height());
    state.reader.arrive(stop, width, height);
    opening::typeset_again(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act, article, opened, page_of, take};
    use crate::app::{Action, Event};

    const ENTRY: EntryId = EntryId(5);

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn linked() -> State {
        let fill = "<p>Rain.</p>".repeat(60);
        opened(&format!(
            "<p><a href='http://b.test/'>b</a> <a href='http://c.test/x'>c</a> <a href='#n'>1</a></p>{fill}<p id=n>Note.</p>"
        ))
    }

    fn press(state: &mut State, keys: &str) -> Vec<Effect> {
        keys.chars().flat_map(|c| super::typed(state, Typed::Character(c))).collect()
    }

    #[test]
    fn a_letter_follows_a_link_and_others_copy_it_or_open_the_browser() {
        for (keys, expected) in [
            ("s", Effect::Visit { entry: ENTRY, url: url("http://c.test/x") }),
            ("os", Effect::OpenInBrowser(url("http://c.test/x"))),
            ("ya", Effect::Copy("http://b.test/".to_owned())),
            ("ooa", Effect::Visit { entry: ENTRY, url: url("http://b.test/") }),
        ] {
            let mut state = linked();
            act(&mut state, Action::FollowLink);
            assert_eq!(press(&mut state, keys), [expected], "{keys}");
            assert!(state.hints.is_none());
        }
    }

    #[test]
    fn a_link_into_the_text_jumps_and_the_way_leads_back() {
        let mut state = linked();
        act(&mut state, Action::FollowLink);
        assert_eq!(press(&mut state, "d"), []);
        let there = state.reader.top;
        assert!(there > 10);
        act(&mut state, Action::Back);
        assert_eq!(state.reader.top, 0);
        act(&mut state, Action::Forward);
        assert_eq!(state.reader.top, there);
        act(&mut state, Action::Forward);
        assert!(state.notice.unwrap().text.contains("no way forward"));
    }

    #[test]
    fn a_page_that_was_followed_is_shown_and_the_way_leads_back() {
        let mut state = linked();
        act(&mut state, Action::FollowLink);
        press(&mut state, "a");
        let mut other = (*article(5)).clone();
        other.title = "Another".to_owned();
        other.link = Some(url("http://b.test/"));
        let event =
            Event::Visited { entry: ENTRY, url: url("http://b.test/"), article: Arc::new(other.clone()) };
        let effects = take(&mut state, event.clone());
        assert!(matches!(effects[..], [Effect::Typeset { .. }]));
        take(&mut state, page_of(&other));
        assert_eq!(state.reader.article.as_ref().unwrap().title, "Another");
        assert_eq!(opening::address(&state), Some(url("http://b.test/")));
        assert_eq!(act(&mut state, Action::Back), [], "its lines are still there");
        assert_ne!(state.reader.article.as_ref().unwrap().title, "Another");
        assert_eq!(take(&mut state, event), [], "it is not wanted any more");
    }

    #[test]
    fn letters_go_with_the_lines_that_they_stand_beside() {
        let mut state = linked();
        act(&mut state, Action::FollowLink);
        assert!(state.hints.is_some());
        let article = state.reader.article.clone().unwrap();
        take(&mut state, page_of(&article));
        assert!(state.hints.is_some(), "the lines are the same, as when colours come");
        let mut other = (*article).clone();
        other.body =
            crate::model::CleanHtml::from_sanitiser("<p>Something else, and no link.</p>".to_owned());
        take(&mut state, page_of(&other));
        assert_eq!(state.hints, None);
    }

    #[test]
    fn the_entry_s_own_page_does_not_take_the_place_of_a_link_s() {
        let mut state = linked();
        act(&mut state, Action::FollowLink);
        press(&mut state, "a");
        let mut other = (*article(5)).clone();
        other.link = Some(url("http://b.test/"));
        let visited = Event::Visited { entry: ENTRY, url: url("http://b.test/"), article: Arc::new(other) };
        take(&mut state, visited);
        let shown = state.reader.article.clone();
        take(&mut state, Event::PageFetched { entry: ENTRY, article: crate::app::sample::page_article(5) });
        assert_eq!((state.reader.article, state.reader.other), (shown, None));
    }

    #[test]
    fn an_article_is_written_before_it_is_copied() {
        let mut state = linked();
        assert!(matches!(act(&mut state, Action::CopyArticle)[..], [Effect::WriteMarkdown(_)]));
        let effects = take(&mut state, Event::MarkdownWritten("# Rain".to_owned()));
        assert_eq!(effects, [Effect::Copy("# Rain".to_owned())]);
    }

    #[test]
    fn what_cannot_be_followed_is_said() {
        let mut state = linked();
        act(&mut state, Action::FollowLink);
        press(&mut state, "z");
        assert!(state.hints.is_none() && state.notice.as_ref().unwrap().text.contains("no link"));
        act(&mut state, Action::FollowLink);
        press(&mut state, "a");
        let failed = Event::NotVisited { url: url("http://b.test/"), problem: PageProblem::Paywall };
        take(&mut state, failed);
        assert!(state.notice.as_ref().unwrap().text.contains("subscribers: http://b.test/"));
        state.wishes.offline = true;
        act(&mut state, Action::FollowLink);
        assert_eq!(press(&mut state, "a"), []);
        act(&mut state, Action::Back);
        assert!(state.notice.unwrap().text.contains("no way back"));
    }
}
