//! The library as a whole: what lies over several transactions, and over a restart.

use super::*;
use crate::model::FeedFormat;
use sample::{at, entries};

fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join("library.db")).unwrap();
    (dir, store)
}

fn document(titles: usize) -> ParsedFeed {
    let titles: Vec<String> = (0..titles).map(|n| format!("t{n:04}")).collect();
    let named: Vec<(&str, i64)> = titles.iter().map(|title| (title.as_str(), 50)).collect();
    ParsedFeed {
        format: FeedFormat::Rss,
        title: "A".into(),
        link: None,
        link_as_written: None,
        description: None,
        schedule: crate::model::FeedSchedule::default(),
        entries: entries(&named),
    }
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

async fn follow(store: &Store, address: &str) -> FeedId {
    store.subscribe(vec![NewSubscription::to(url(address))], at(1)).await.unwrap()[0]
}

async fn take(store: &Store, feed: FeedId, asked: &str, titles: usize) -> Option<Ingested> {
    let validators = Validators { etag: Some("\"1\"".to_owned()), ..Validators::default() };
    store.ingest(feed, url(asked), document(titles), validators, at(99)).await.unwrap()
}

#[tokio::test]
async fn what_lay_at_an_address_that_the_feed_has_no_more_is_not_taken() {
    let (_dir, store) = store();
    let feed = follow(&store, "http://a.test/").await;
    let other = FeedSetting::Url(url("http://b.test/"));
    store.change(vec![(feed, other)], at(2)).await.unwrap();
    assert_eq!(take(&store, feed, "http://a.test/", 1).await, None);
    let tagged = Validators { etag: Some("\"1\"".to_owned()), ..Validators::default() };
    store.note_same(feed, url("http://a.test/"), tagged, at(99)).await.unwrap();
    assert_eq!(store.fetch_plans().await.unwrap()[0].validators, Validators::default());
    assert_eq!(store.subscriptions().await.unwrap().library.total, 0);
    assert!(take(&store, feed, "http://b.test/", 1).await.is_some());
}

#[tokio::test]
async fn a_long_document_keeps_its_order_over_batches() {
    let (_dir, store) = store();
    let feed = follow(&store, "http://a.test/").await;
    let taken = take(&store, feed, "http://a.test/", 250).await;
    assert_eq!(taken, Some(Ingested { new: 250, changed: 0 }));
    let horizon = store.horizon().await.unwrap();
    let rows = store.window(Filter::default(), Window::First, horizon, 250).await.unwrap();
    let titles: Vec<String> = rows.headlines.into_iter().map(|h| h.title).collect();
    assert!(titles.is_sorted(), "{titles:?}");
}

#[tokio::test]
async fn marks_and_their_undo_survive_a_restart() {
    let (dir, store) = store();
    let feed = follow(&store, "http://a.test/").await;
    take(&store, feed, "http://a.test/", 1).await;
    store.mark(vec![EntryId(1)], Mark::Read, at(100)).await.unwrap();
    drop(store);
    let store = Store::open(&dir.path().join("library.db")).unwrap();
    assert!(store.entry(EntryId(1)).await.unwrap().unwrap().status.read);
    assert_eq!(store.undo().await.unwrap(), Some(Step::Marked(Mark::Read, vec![EntryId(1)])));
    assert!(!store.entry(EntryId(1)).await.unwrap().unwrap().status.read);
}
