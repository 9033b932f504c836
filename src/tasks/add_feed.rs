//! Adds a feed: it is looked at first, and followed only if it is one.

use super::look;
use crate::model::{FeedId, FetchProblem, Timestamp, Url};
use crate::store::{NewSubscription, Store, StoreError};
use crate::web::Web;

/// How adding a feed ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Added {
    /// It is followed, and its entries are in.
    Followed {
        /// The feed.
        feed: FeedId,
        /// Its title.
        title: String,
        /// Its entries.
        entries: usize,
    },
    /// It was followed already.
    Known,
    /// It could not be read; nothing was changed.
    Refused(FetchProblem),
}

/// Looks at an address and follows it if it is a feed.
pub async fn add_feed(
    store: &Store,
    web: &impl Web,
    url: Url,
    folder: Vec<String>,
    now: Timestamp,
) -> Result<Added, StoreError> {
    if store.subscriptions().await?.feeds.iter().any(|s| s.url == url) {
        return Ok(Added::Known);
    }
    let (parsed, validators) = match look(web, url.clone()).await {
        Ok(found) => found,
        Err(problem) => return Ok(Added::Refused(problem)),
    };
    let new = NewSubscription { folder, ..NewSubscription::to(url) };
    let Some(feed) = store.subscribe(vec![new], now).await?.into_iter().next() else {
        return Ok(Added::Known);
    };
    let (title, entries) = (parsed.title.clone(), parsed.entries.len());
    if let Err(error) = store.ingest(feed, parsed, validators, now).await {
        store.remove(feed, now).await?;
        return Err(error);
    }
    Ok(Added::Followed { feed, title, entries })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::sample::{Desk, feed_of};

    fn url() -> Url {
        Url::parse("http://a.test/").unwrap()
    }

    #[tokio::test]
    async fn a_feed_is_followed_with_its_entries() {
        let desk = Desk::following(&[]).await;
        desk.web.serve("http://a.test/", feed_of(&["one", "two"]));
        let added = add_feed(&desk.store, &desk.web, url(), vec![], desk.now).await.unwrap();
        assert!(matches!(added, Added::Followed { entries: 2, .. }));
        let counts = desk.store.subscriptions().await.unwrap().library;
        assert_eq!((counts.total, counts.unread), (2, 2));
    }

    #[tokio::test]
    async fn what_is_not_a_feed_changes_nothing() {
        let desk = Desk::following(&[]).await;
        desk.web.serve("http://a.test/", "<html><body>a page</body></html>");
        let added = add_feed(&desk.store, &desk.web, url(), vec![], desk.now).await.unwrap();
        assert!(matches!(added, Added::Refused(FetchProblem::NotAFeed(_))));
        assert!(desk.store.is_new().await.unwrap());
    }

    #[tokio::test]
    async fn a_feed_that_is_followed_is_not_asked_again() {
        let desk = Desk::following(&["http://a.test/"]).await;
        let added = add_feed(&desk.store, &desk.web, url(), vec![], desk.now).await.unwrap();
        assert_eq!(added, Added::Known);
        assert!(desk.web.requests().is_empty());
    }
}
