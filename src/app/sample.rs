//! A small state to begin tests with, and the ways to send it messages.

use std::sync::Arc;

use super::{Action, Effect, Event, Message, Size, State, Wishes, update};
use crate::config::MarkRead;
use crate::model::{
    Article, CleanHtml, Counts, EntryId, FeedId, Folder, FolderId, Headline, Health, Rows, Scope, Status,
    Subscription, Subscriptions, Timestamp, Url,
};

/// The moment of all samples: 22 November 2026, noon.
pub(crate) fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

impl State {
    /// A wide terminal on Unread: five entries of two feeds, the newest selected.
    pub(crate) fn sample() -> State {
        let wishes = Wishes { mark_read: MarkRead::Open, measure: 76, offline: false };
        let mut state = State::new(Size { width: 200, height: 40 }, noon(), wishes, Scope::Unread);
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
        enclosures: Vec::new(),
        body: CleanHtml::from_sanitiser("<p>The text.</p>".to_owned()),
    })
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
        former: Vec::new(),
        library: counts(5),
    }
}
