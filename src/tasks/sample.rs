//! A library, a web and a clock for the tests of tasks.

use std::fmt::Write as _;

use crate::model::{Timestamp, Url};
use crate::store::{NewSubscription, Store};
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
