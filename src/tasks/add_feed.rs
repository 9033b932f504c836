//! Adds a feed: its address is looked at first, and what is followed was read before.
//!
//! An address that leads to several feeds adds none: they are given to choose from, each as it was read, so that
//! the one chosen is followed without another request.

use std::time::Duration;

use super::fetch_note::Fetch;
use super::find_feeds::{FoundFeed, Wanted, find_feeds};
use super::host_holds::{Listening, held_until};
use crate::model::{FeedId, FeedOutcome, FetchProblem, Subscriptions, Timestamp, Url};
use crate::store::{NewSubscription, Store, StoreError};
use crate::web::{Terms, Web};

/// How adding a feed ended.
#[derive(Clone, PartialEq, Debug)]
pub enum Added {
    /// It is followed, and its entries are in.
    Followed {
        /// The feed.
        feed: FeedId,
        /// Where it is fetched.
        url: Url,
        /// Its title, else its address.
        title: String,
        /// Its entries.
        entries: usize,
    },
    /// It is followed without a look at it.
    Unseen {
        /// The feed.
        feed: FeedId,
        /// Where it is fetched.
        url: Url,
    },
    /// It was followed already, at this address.
    Known(Url),
    /// There are several; nothing was changed.
    Choices(Vec<FoundFeed>),
    /// None could be read; nothing was changed.
    Refused(FetchProblem),
}

/// Which of several feeds to follow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pick {
    /// None before somebody has chosen.
    Ask,
    /// The likeliest.
    First,
    /// The one of this number, from 1.
    Number(usize),
}

/// Looks at an address and follows the feed that it leads to; of several addresses, the first that can be reached.
/// A host that wants to be left alone is not asked, and one that says so now will not be. A feed without an interval
/// of its own grows due by `every`.
pub async fn add_feed(
    store: &Store,
    web: &impl Web,
    addresses: &[Url],
    pick: Pick,
    folder: Vec<String>,
    every: Duration,
    now: Timestamp,
) -> Result<Added, StoreError> {
    let wanted = if pick == Pick::First { Wanted::First } else { Wanted::All };
    let mut found = match look_for(store, web, addresses, wanted, now).await? {
        Looked::Known(url) => return Ok(Added::Known(url)),
        Looked::Refused(problem) => return Ok(Added::Refused(problem)),
        Looked::Found(found) => found,
    };
    let chosen = match pick {
        Pick::Number(number) => number.checked_sub(1).filter(|index| *index < found.len()),
        Pick::First => Some(0),
        Pick::Ask => (found.len() == 1).then_some(0),
    };
    match chosen {
        Some(index) => follow(store, found.swap_remove(index), folder, every, now).await,
        None => Ok(Added::Choices(found)),
    }
}

/// What lies at an address.
#[derive(Clone, PartialEq, Debug)]
pub enum Looked {
    /// A feed that is followed already.
    Known(Url),
    /// Feeds, the likeliest first; nothing was changed.
    Found(Vec<FoundFeed>),
    /// None that could be read.
    Refused(FetchProblem),
}

/// Looks which feeds an address leads to, with the manners of `add_feed`.
pub async fn look(
    store: &Store,
    web: &impl Web,
    addresses: &[Url],
    now: Timestamp,
) -> Result<Looked, StoreError> {
    look_for(store, web, addresses, Wanted::All, now).await
}

async fn look_for(
    store: &Store,
    web: &impl Web,
    addresses: &[Url],
    wanted: Wanted,
    now: Timestamp,
) -> Result<Looked, StoreError> {
    let subscriptions = store.subscriptions().await?;
    if let Some(known) = addresses.iter().find(|url| is_followed(&subscriptions, url)) {
        return Ok(Looked::Known(known.clone()));
    }
    if let Some(until) = held_until(store, addresses, now).await? {
        return Ok(Looked::Refused(FetchProblem::LeftAlone { until }));
    }
    let web = Listening::to(web);
    let found = find_feeds(&web, addresses, wanted).await;
    web.note_holds(store, now).await?;
    Ok(found.map_or_else(Looked::Refused, Looked::Found))
}

/// Follows an address without a look at it.
pub async fn follow_unseen(
    store: &Store,
    url: Url,
    folder: Vec<String>,
    now: Timestamp,
) -> Result<Added, StoreError> {
    let new = NewSubscription { folder, ..NewSubscription::to(url.clone()) };
    Ok(match store.add(new, now).await? {
        Some(feed) => Added::Unseen { feed, url },
        None => Added::Known(url),
    })
}

/// Follows a feed that was found, with the entries it was found with.
pub async fn follow(
    store: &Store,
    found: FoundFeed,
    folder: Vec<String>,
    every: Duration,
    now: Timestamp,
) -> Result<Added, StoreError> {
    let (title, entries) = (found.title(), found.parsed.entries.len());
    let FoundFeed { url, parsed, validators, terms } = found;
    let new = NewSubscription { folder, ..NewSubscription::to(url.clone()) };
    let Some(feed) = store.add(new, now).await? else {
        return Ok(Added::Known(url));
    };
    if let Err(error) = store.ingest(feed, url.clone(), parsed, validators, now).await {
        store.remove(vec![feed], now).await?;
        return Err(error);
    }
    note(store, feed, entries, terms, every, now).await?;
    Ok(Added::Followed { feed, url, title, entries })
}

/// Notes how the look at a feed went, as of any fetch.
async fn note(
    store: &Store,
    feed: FeedId,
    new: usize,
    terms: Terms,
    every: Duration,
    now: Timestamp,
) -> Result<(), StoreError> {
    let plans = store.fetch_plans().await?;
    let Some(plan) = plans.into_iter().find(|plan| plan.feed == feed) else {
        return Ok(());
    };
    let fetch = Fetch { plan, outcome: FeedOutcome::Updated { new, changed: 0 }, terms };
    store.note_fetches(vec![fetch.note(every, now, true)], now).await
}

fn is_followed(subscriptions: &Subscriptions, url: &Url) -> bool {
    subscriptions.feeds.iter().any(|subscription| &subscription.url == url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::sample::{Desk, feed_of};

    const EVERY: Duration = Duration::from_mins(30);

    async fn add(desk: &Desk, pick: Pick) -> Added {
        let url = Url::parse("http://a.test/").unwrap();
        add_feed(&desk.store, &desk.web, &[url], pick, vec![], EVERY, desk.now).await.unwrap()
    }

    fn serve_two(desk: &Desk) {
        let page = "<!doctype html><a href='/one.rss'>1</a><a href='/two.rss'>2</a>";
        desk.web.serve("http://a.test/", page);
        desk.web.serve("http://a.test/one.rss", feed_of(&["one"]));
        desk.web.serve("http://a.test/two.rss", feed_of(&["two"]));
    }

    async fn followed(desk: &Desk) -> Vec<String> {
        let feeds = desk.store.subscriptions().await.unwrap().feeds;
        feeds.into_iter().map(|feed| feed.url.into()).collect()
    }

    #[tokio::test]
    async fn a_feed_is_followed_with_its_entries() {
        let desk = Desk::following(&[]).await;
        desk.web.serve("http://a.test/", feed_of(&["one", "two"]));
        assert!(matches!(add(&desk, Pick::Ask).await, Added::Followed { entries: 2, .. }));
        let counts = desk.store.subscriptions().await.unwrap().library;
        assert_eq!((counts.total, counts.unread), (2, 2));
    }

    #[tokio::test]
    async fn what_is_not_a_feed_changes_nothing() {
        let desk = Desk::following(&[]).await;
        desk.web.serve("http://a.test/", "<html><body>a page</body></html>");
        assert!(matches!(add(&desk, Pick::Ask).await, Added::Refused(FetchProblem::NotAFeed(_))));
        assert!(desk.store.is_new().await.unwrap());
    }

    #[tokio::test]
    async fn a_feed_that_is_followed_is_not_asked_again() {
        let desk = Desk::following(&["http://a.test/"]).await;
        assert!(matches!(add(&desk, Pick::Ask).await, Added::Known(_)));
        assert!(desk.web.requests().is_empty());
    }

    #[tokio::test]
    async fn several_feeds_are_given_to_choose_from_and_the_chosen_one_is_not_asked_again() {
        let desk = Desk::following(&[]).await;
        serve_two(&desk);
        let Added::Choices(mut choices) = add(&desk, Pick::Ask).await else { panic!("a choice") };
        assert!(desk.store.is_new().await.unwrap());
        let asked = desk.web.requests().len();
        let followed = follow(&desk.store, choices.remove(1), vec![], EVERY, desk.now).await.unwrap();
        assert!(matches!(followed, Added::Followed { entries: 1, .. }));
        assert_eq!(desk.web.requests().len(), asked);
    }

    #[tokio::test]
    async fn a_feed_is_picked_by_its_number_or_as_the_first() {
        for (pick, url) in
            [(Pick::First, "http://a.test/one.rss"), (Pick::Number(2), "http://a.test/two.rss")]
        {
            let desk = Desk::following(&[]).await;
            serve_two(&desk);
            assert!(matches!(add(&desk, pick).await, Added::Followed { .. }));
            assert_eq!(followed(&desk).await, [url]);
        }
    }

    #[tokio::test]
    async fn a_number_that_is_none_of_theirs_follows_nothing() {
        for number in [0, 3] {
            let desk = Desk::following(&[]).await;
            serve_two(&desk);
            let added = add(&desk, Pick::Number(number)).await;
            assert!(matches!(added, Added::Choices(choices) if choices.len() == 2));
        }
    }

    #[tokio::test]
    async fn a_page_whose_feed_is_followed_is_known() {
        let desk = Desk::following(&["http://a.test/feed"]).await;
        desk.web.serve("http://a.test/", "<!doctype html><link rel='feed' href='/feed'>");
        desk.web.serve("http://a.test/feed", feed_of(&["one"]));
        assert!(matches!(add(&desk, Pick::Ask).await, Added::Known(url) if url.path() == "/feed"));
    }

    #[tokio::test]
    async fn what_the_look_told_is_noted_as_of_a_fetch() {
        let desk = Desk::following(&[]).await;
        desk.web.serve("http://a.test/", feed_of(&["one"]));
        let fresh_for = Duration::from_hours(2);
        desk.web.set_terms("http://a.test/", Terms { fresh_for, ..Terms::default() });
        add(&desk, Pick::Ask).await;
        let health = desk.store.subscriptions().await.unwrap().feeds[0].health.clone();
        let due = desk.now.checked_add(fresh_for).unwrap();
        assert_eq!((health.status, health.checked, health.next_due), (Some(200), Some(desk.now), Some(due)));
        assert_eq!(desk.store.fetch_plans().await.unwrap()[0].not_before, Some(due));
    }

    #[tokio::test]
    async fn a_host_that_says_429_is_not_asked_for_another_feed_before_its_time() {
        let desk = Desk::following(&[]).await;
        desk.web.answer("http://a.test/", Err(FetchProblem::Status { code: 429, reason: None }));
        let retry_after = Some(Duration::from_hours(1));
        desk.web.set_terms("http://a.test/", Terms { retry_after, ..Terms::default() });
        assert!(matches!(add(&desk, Pick::Ask).await, Added::Refused(FetchProblem::Status { .. })));
        let until = desk.now.checked_add(Duration::from_hours(1)).unwrap();
        assert_eq!(add(&desk, Pick::Ask).await, Added::Refused(FetchProblem::LeftAlone { until }));
        assert_eq!(desk.web.requests().len(), 1);
    }
}
