//! Lists of feeds that other readers left on this machine: found, and followed when the reader wants that.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{import_newsboat, import_opml};
use crate::config::NewsboatPlaces;
use crate::feed;
use crate::model::{FoundList, ListKind, Timestamp};
use crate::store::{NewsboatCache, Store};

/// Larger files are not looked at.
const LARGEST: u64 = 20_000_000;
/// So many entries of a directory are looked at.
const MOST_FILES: usize = 2_000;
/// So many lists are offered.
const MOST_LISTS: usize = 20;

/// Finds newsboat's list, and OPML files that lie openly in some directories. Reads the disk.
pub fn find_lists(newsboat: &[NewsboatPlaces], directories: &[PathBuf]) -> Vec<FoundList> {
    let boats = newsboat.iter().filter_map(newsboat_list);
    let files = directories.iter().flat_map(|directory| {
        let mut files: Vec<PathBuf> = std::fs::read_dir(directory)
            .into_iter()
            .flatten()
            .flatten()
            .take(MOST_FILES)
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("opml")))
            .collect();
        files.sort();
        files
    });
    let mut lists: Vec<FoundList> = Vec::new();
    for list in boats.chain(files.filter_map(|path| opml_list(&path))) {
        if lists.len() < MOST_LISTS && lists.iter().all(|known| known.path != list.path) {
            lists.push(list);
        }
    }
    lists
}

fn newsboat_list(places: &NewsboatPlaces) -> Option<FoundList> {
    let list = feed::read_newsboat_urls(&read(&places.urls)?);
    let cache = Some(places.cache.clone()).filter(|cache| cache.is_file());
    let kind = ListKind::Newsboat { cache };
    let feeds = list.feeds.len();
    (feeds > 0).then(|| FoundList { path: places.urls.clone(), kind, feeds })
}

fn opml_list(path: &Path) -> Option<FoundList> {
    let document = feed::read_opml(&read(path)?).ok()?;
    let feeds = document.feed_count();
    (feeds > 0).then(|| FoundList { path: path.to_owned(), kind: ListKind::Opml, feeds })
}

fn read(path: &Path) -> Option<Vec<u8>> {
    let file = File::open(path).ok().filter(|file| file.metadata().is_ok_and(|data| data.is_file()))?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= LARGEST).then_some(bytes)
}

/// Follows the feeds of a list, and takes along what newsboat knows of them; gives how many are new.
pub async fn import_list(store: &Store, list: &FoundList, now: Timestamp) -> Result<usize, String> {
    let bytes = read(&list.path).ok_or_else(|| format!("cannot read {}", list.path.display()))?;
    match &list.kind {
        ListKind::Opml => {
            let imported = import_opml(store, &bytes, now).await;
            imported.map(|imported| imported.added.len()).map_err(|error| error.to_string())
        }
        ListKind::Newsboat { cache } => {
            let open = |path: &PathBuf| NewsboatCache::open(path).map_err(|error| error.to_string());
            let cache = cache.as_ref().map(open).transpose()?;
            let imported = import_newsboat(store, &bytes, cache, now).await;
            imported.map(|imported| imported.added).map_err(|error| error.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::sample::Desk;

    #[tokio::test]
    async fn lists_are_found_counted_and_followed() {
        let place = tempfile::tempdir().unwrap();
        let urls = place.path().join("urls");
        std::fs::write(&urls, "http://a.test/feed tech\n\"query:x:y\"\n").unwrap();
        let opml =
            "<opml><body><outline text=A><outline text=B xmlUrl='http://b.test/'/></outline></body></opml>";
        std::fs::write(place.path().join("mine.OPML"), opml).unwrap();
        std::fs::write(place.path().join("none.opml"), "<html>").unwrap();
        std::fs::write(place.path().join("feeds.xml"), opml).unwrap();
        let boat = NewsboatPlaces { urls, cache: place.path().join("cache.db") };
        let lists = find_lists(&[boat], &[place.path().to_owned(), place.path().join("nowhere")]);
        let words: Vec<String> = lists.iter().map(FoundList::words).collect();
        assert_eq!(words, ["newsboat · 1 feed", "mine.OPML · 1 feed"]);
        let desk = Desk::following(&[]).await;
        for list in &lists {
            assert_eq!(import_list(&desk.store, list, Timestamp::now()).await, Ok(1));
        }
        assert_eq!(desk.store.subscriptions().await.unwrap().feeds.len(), 2);
        let gone = FoundList { path: place.path().join("gone"), ..lists[1].clone() };
        assert!(import_list(&desk.store, &gone, Timestamp::now()).await.unwrap_err().contains("gone"));
    }
}
