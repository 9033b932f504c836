//! A small state to begin tests with, and the ways to send it messages.

use std::sync::Arc;

use super::{Action, Effect, Event, Message, Size, State, Typed, Wishes, update};
use crate::config::MarkRead;
use crate::model::{
    Activity, Article, CleanHtml, Counts, EntryId, FeedId, FeedState, Folder, FolderId, Headline, Health,
    Labels, Positions, Rows, Scope, Status, Subscription, Subscriptions, Text, Texts, Timestamp, Url,
};
use crate::typeset::{Calendar, Manuscript, typeset};

/// The moment of all samples: 22 November 2026, noon.
pub(crate) fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

impl State {
    /// A wide terminal on Unread: five entries of two feeds, the newest selected.
    pub(crate) fn sample() -> State {
        let wishes = Wishes {
            mark_read: MarkRead::Open,
            measure: 76,
            pictures: false,
            cell: None,
            offline: false,
            is_linear: false,
            notify: None,
            zone: jiff::tz::TimeZone::UTC,
        };
        let mut state = State::new(Size { width: 200, height: 40 }, noon(), wishes, Scope::Unread);
        state.view.hints = 3;
        state.subscriptions = subscriptions();
        state.timeline.replace(rows([5, 4, 3, 2, 1]), EntryId(5), None, 30);
        state
    }
}

pub(crate) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    update(state, Message::Action(action), noon())
}

pub(crate) fn take(state: &mut State, event: Event) -> Vec<Effect> {
    update(state, Message::Event(event), noon())
}

pub(crate) fn loads_rows(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::LoadRows { .. }))
}

pub(crate) fn loads_subscriptions(effects: &[Effect]) -> bool {
    effects.contains(&Effect::LoadSubscriptions)
}

/// Unread headlines of two feeds in turn, an hour apart, the highest id the newest.
pub(crate) fn rows(ids: impl IntoIterator<Item = i64>) -> Rows {
    let headline = |id: i64| Headline {
        id: EntryId(id),
        feed: FeedId(1 + id % 2),
        time: Timestamp::from_second(noon().as_second() - (6 - id) * 3600).unwrap(),
        title: format!("Headline {id}"),
        link: Some(Url::parse(&format!("http://news.test/{id}")).unwrap()),
        status: Status::default(),
        labels: Labels::default(),
    };
    Rows { headlines: ids.into_iter().map(headline).collect(), ..Rows::default() }
}

pub(crate) fn article(id: i64) -> Arc<Article> {
    Arc::new(Article {
        entry: EntryId(id),
        feed: FeedId(1 + id % 2),
        title: format!("Headline {id}"),
        outlet: "Courier".to_owned(),
        authors: vec!["Ada Marsh".to_owned()],
        published: Some(noon()),
        link: None,
        status: Status::default(),
        labels: Labels::default(),
        enclosures: Vec::new(),
        comments: None,
        standfirst: None,
        body: CleanHtml::from_sanitiser("<p>The text.</p>".to_owned()),
        text: Text::Feed,
        lead_image: None,
        tags: Vec::new(),
        has_other: false,
    })
}

/// The texts of an entry that has only its feed's.
pub(crate) fn texts(id: i64) -> Texts {
    Texts {
        feed: article(id),
        page: None,
        first: Text::Feed,
        is_wanted: false,
        problem: None,
        positions: Positions::default(),
    }
}

/// The first entry opened, with this text.
pub(crate) fn opened(html: &str) -> State {
    let mut state = State::sample();
    act(&mut state, Action::Open);
    let mut texts = texts(5);
    Arc::make_mut(&mut texts.feed).body = CleanHtml::from_sanitiser(html.to_owned());
    let set = page_of(&texts.feed);
    take(&mut state, Event::ArticleLoaded { entry: EntryId(5), texts: Some(texts) });
    take(&mut state, set);
    state
}

/// Sets the lines that are asked for, and gives what is wanted then.
pub(crate) fn set_lines(state: &mut State, effects: Vec<Effect>) -> Vec<Effect> {
    let mut wanted = Vec::new();
    for effect in effects {
        let Effect::Typeset { article, width, canvas, .. } = effect else {
            wanted.push(effect);
            continue;
        };
        // The same article is read once, as by the runtime.
        let known = state.reader.page.as_ref().map(|page| Arc::clone(page.manuscript()));
        let manuscript = known.unwrap_or_else(|| Arc::new(Manuscript::of(&article, &Calendar::utc())));
        let page = Arc::new(manuscript.set(width, canvas.as_ref()));
        let (entry, text, link) = (article.entry, article.text, article.link.clone());
        wanted.extend(take(state, Event::ArticleTypeset { entry, text, link, page }));
    }
    wanted
}

/// The lines of an article.
pub(crate) fn page_of(article: &Article) -> Event {
    let page = Arc::new(typeset(article, 76, &Calendar::utc()));
    Event::ArticleTypeset { entry: article.entry, text: article.text, link: article.link.clone(), page }
}

pub(crate) fn type_text(state: &mut State, text: &str) {
    for c in text.chars() {
        type_key(state, Typed::Character(c));
    }
}

pub(crate) fn type_key(state: &mut State, typed: Typed) -> Vec<Effect> {
    update(state, Message::Typed(typed), noon())
}

/// What the page of an entry gave.
pub(crate) fn page_article(id: i64) -> Arc<Article> {
    let mut page = article(id);
    let words = Arc::make_mut(&mut page);
    words.body = CleanHtml::from_sanitiser("<p>The whole text.</p>".repeat(60));
    (words.text, words.has_other) = (Text::Page, true);
    page
}

/// A moment some months before noon.
pub(crate) fn months_ago(months: i64) -> Timestamp {
    Timestamp::from_second(noon().as_second() - months * 2_700_000).unwrap()
}

/// Six feeds: four with something the matter, then the two of the sample, which were asked ten minutes ago.
pub(crate) fn ailing() -> State {
    let mut state = State::sample();
    let at = |minutes: i64| Timestamp::from_second(noon().as_second() + 60 * minutes).ok();
    let well = Health { checked: at(-10), succeeded: at(-10), next_due: at(50), ..Health::default() };
    for feed in &mut state.subscriptions.feeds {
        feed.health = Health { status: Some(304), ..well.clone() };
    }
    let sample = state.subscriptions.feeds[0].clone();
    let mut add = |id: i64, title: &str, health: Health, newest, per_week_tenths| {
        let url = Url::parse(&format!("http://me:secret@ill.test/{id}")).unwrap();
        let title = title.to_owned();
        state.subscriptions.feeds.push(Subscription {
            feed: FeedId(id),
            url,
            title,
            health,
            ..sample.clone()
        });
        state.activity.insert(FeedId(id), Activity { newest: Some(newest), per_week_tenths });
    };
    let problem = Some("the server says 503 Service Unavailable".to_owned());
    let failing = Health {
        succeeded: at(-4500),
        status: Some(503),
        problem: problem.clone(),
        failures: 3,
        ..well.clone()
    };
    add(3, "Dormant Diary", Health { status: Some(304), ..well.clone() }, months_ago(14), 0);
    add(4, "Broken Bugle", failing, months_ago(1), 25);
    let gone = Health { state: FeedState::Gone, status: Some(410), next_due: None, problem, ..well.clone() };
    add(5, "Gone Gazette", gone, months_ago(2), 0);
    let moved_to = Some(Url::parse("http://me:secret@new.test/feed").unwrap());
    add(6, "Moved Mirror", Health { status: Some(301), moved_to, ..well }, noon(), 1200);
    state.activity.insert(FeedId(1), Activity { newest: Some(noon()), per_week_tenths: 70 });
    state.activity.insert(FeedId(2), Activity { newest: Some(noon()), per_week_tenths: 315 });
    state
}

fn subscriptions() -> Subscriptions {
    let counts = |unread| Counts { total: 9, unread, saved: 1 };
    let subscription = |id: i64, title: &str, folder: Option<i64>, unread| Subscription {
        feed: FeedId(id),
        url: Url::parse(&format!("http://feed.test/{id}")).unwrap(),
        title: title.to_owned(),
        site: None,
        folder: folder.map(FolderId),
        counts: counts(unread),
        health: Health::default(),
    };
    let folder = |id, title: &str| Folder { id: FolderId(id), parent: None, title: title.to_owned() };
    Subscriptions {
        folders: vec![folder(1, "World"), folder(2, "Empty")],
        feeds: vec![subscription(1, "Courier", Some(1), 2), subscription(2, "Kernel Post", None, 3)],
        queries: Vec::new(),
        former: Vec::new(),
        library: counts(5),
    }
}
