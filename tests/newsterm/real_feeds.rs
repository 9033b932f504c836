//! Feeds as their publishers wrote them, from the collection beside the project; skipped where it is absent.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;

use crate::commands::{json_of, opml_of, output_of, titles};
use crate::library::Library;
use crate::server::{Behaviour, FeedServer};

/// A feed of the collection's index.
#[derive(Deserialize)]
pub(crate) struct RealFeed {
    pub(crate) file: String,
    title: String,
    pub(crate) format: String,
    entries: u64,
}

impl RealFeed {
    pub(crate) fn path(&self) -> String {
        format!("/{}", self.file)
    }

    fn content_type(&self) -> &'static str {
        match self.format.as_str() {
            "atom" => "application/atom+xml",
            "json" => "application/feed+json",
            "rdf" => "application/rdf+xml",
            _ => "application/rss+xml",
        }
    }
}

/// What `newsterm feeds --json` says of a feed.
#[derive(Deserialize)]
struct Followed {
    url: String,
    entries: u64,
    problem: Option<String>,
}

/// The collection, served and imported.
pub(crate) struct Collection {
    pub(crate) feeds: Vec<RealFeed>,
    pub(crate) server: FeedServer,
    pub(crate) library: Library,
}

impl Collection {
    /// Serves and imports all feeds, and fetches them once.
    fn fetched() -> Option<Collection> {
        Collection::fetched_where(|_| ())
    }

    /// Serves and imports those that are left of all feeds, and fetches them once.
    pub(crate) fn fetched_where(choose: impl FnOnce(&mut Vec<RealFeed>)) -> Option<Collection> {
        let Ok(index) = fs::read(folder().join("index.json")) else {
            eprintln!("skipped: the collection of real feeds is not here");
            return None;
        };
        let mut feeds: Vec<RealFeed> = serde_json::from_slice(&index).unwrap();
        choose(&mut feeds);
        let collection = Collection { feeds, server: FeedServer::start(), library: Library::new() };
        collection.serve();
        collection.library.file("real.opml", collection.opml());
        output_of(&collection.library, &["import", "real.opml"]);
        output_of(&collection.library, &["fetch"]);
        Some(collection)
    }

    fn serve(&self) {
        for feed in &self.feeds {
            let document = Behaviour::of(fs::read(folder().join(&feed.file)).unwrap());
            self.server.serve_with(&feed.path(), document.header("content-type", feed.content_type()));
        }
    }

    fn opml(&self) -> String {
        let urls: Vec<String> = self.feeds.iter().map(|feed| self.server.url(&feed.path())).collect();
        let titles = self.feeds.iter().map(|feed| feed.title.as_str());
        opml_of(&titles.zip(urls.iter().map(String::as_str)).collect::<Vec<_>>())
    }

    /// Names the feeds of which not just the entries came that the index counts.
    fn mismatches(&self) -> Vec<String> {
        let followed = json_of(&self.library, &["feeds", "--json"]).into_iter().map(|line| {
            let feed: Followed = serde_json::from_value(line).unwrap();
            (feed.url.clone(), feed)
        });
        let followed: BTreeMap<String, Followed> = followed.collect();
        let differs = self.feeds.iter().filter_map(|feed| {
            let Followed { entries, problem, .. } = &followed[&self.server.url(&feed.path())];
            let is_whole = *entries == feed.entries && problem.is_none();
            (!is_whole).then(|| format!("{}: {entries} of {}, {problem:?}", feed.file, feed.entries))
        });
        differs.collect()
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/feeds/real")
}

#[test]
fn real_feeds_come_in_with_all_their_entries() {
    let Some(collection) = Collection::fetched() else { return };
    assert_eq!(collection.mismatches(), Vec::<String>::new());
}

#[test]
fn the_reader_shows_real_feeds_and_their_marks_outlive_a_killing() {
    let Some(Collection { feeds, library, .. }) = Collection::fetched() else { return };
    let all: u64 = feeds.iter().map(|feed| feed.entries).sum();
    let mut reader = library.open(150, 40);
    reader.wait_until(|screen| {
        screen.has(&format!("Unread · {},{:03}", all / 1000, all % 1000)) && screen.has("● ")
    });
    reader.press("jsA");
    reader.wait_for(&format!("marked read · {all} entries"));
    reader.kill();

    let saved = titles(&library, "is:saved");
    assert_eq!((saved.len(), titles(&library, "is:unread").len()), (1, 0));
    let mut reader = library.open(150, 40);
    reader.wait_for("Unread · 0");
    reader.press("u");
    reader.wait_for(&format!("took back: marked read · {all} entries"));
    reader.press("q");
    assert_eq!(reader.wait_exit(), 0);
}
