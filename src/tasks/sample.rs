//! A library, a web and a clock for the tests of tasks.

use std::fmt::Write as _;

use crate::feed;
use crate::model::{Timestamp, Url};
use crate::store::{NewSubscription, Store, Validators};
use crate::web::FakeWeb;

/// What a task needs, none of it touching the network.
pub(super) struct Desk {
    pub(super) store: Store,
    pub(super) web: FakeWeb,
    pub(super) now: Timestamp,
    _dir: tempfile::TempDir,
}

impl Desk {
    pub(super) async fn following(urls: &[&str]) -> Desk {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("library.db")).unwrap();
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let new = |url: &&str| NewSubscription::to(Url::parse(url).unwrap());
        store.subscribe(urls.iter().map(new).collect(), now).await.unwrap();
        Desk { store, web: FakeWeb::new(), now, _dir: dir }
    }

    /// Follows a feed that has one entry, whose page lies at the link.
    pub(super) async fn with_entry(feed: &str, link: &str) -> Desk {
        let desk = Desk::following(&[feed]).await;
        let id = desk.store.subscriptions().await.unwrap().feeds[0].feed;
        let at = Url::parse(feed).unwrap();
        let document = feed_of(&["one"]).replace("<link>/one</link>", &format!("<link>{link}</link>"));
        let parsed = feed::parse(document.as_bytes(), &feed::Source::at(at.clone())).unwrap();
        desk.store.ingest(id, at, parsed, Validators::default(), desk.now).await.unwrap();
        desk
    }
}

/// Writes an RSS document of these titles, newest first.
pub(super) fn feed_of(titles: &[&str]) -> String {
    let mut items = String::new();
    for title in titles {
        write!(
            items,
            "<item><guid>{title}</guid><title>{title}</title><link>/{title}</link>\
             <description>About {title}.</description></item>"
        )
        .unwrap();
    }
    format!("<rss version=\"2.0\"><channel><title>Sample</title>{items}</channel></rss>")
}
