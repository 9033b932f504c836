//! Takes newsboat's feeds and years of reading along: the list `urls`, and what `cache.db` kept.
//!
//! Everything is looked at before anything is changed: the list is read, the cache checked whole. Then the feeds are
//! followed, their items added where they are not known, and marked; all of it is one step to undo.

use std::collections::HashMap;

use crate::feed::{self, NewsboatFeed, SkippedLine};
use crate::html::{plain_text, web_url};
use crate::model::{EntryId, FeedId, Mark, Step, Timestamp, Url};
use crate::store::{
    CachedFeed, CachedState, Kept, NewSubscription, NewsboatCache, NewsboatError, Store, StoreError,
};

/// Items read from the cache at a time.
const WINDOW: usize = 500;

/// What an import did, and what it could not take along.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct NewsboatImported {
    /// Feeds not followed before.
    pub added: usize,
    /// Feeds that were followed already, or occur twice in the list.
    pub known: usize,
    /// Articles that were not known.
    pub articles: usize,
    /// Entries marked read.
    pub read: usize,
    /// Entries saved.
    pub saved: usize,
    /// Lines of the list that were left out.
    pub skipped: Vec<SkippedLine>,
    /// Tags behind the first of a feed, which became its folder.
    pub lost_tags: Vec<String>,
    /// Feeds that newsboat hides.
    pub hidden: usize,
    /// What the cache holds of feeds that are not in the list.
    pub unfollowed: Unfollowed,
}

/// What a cache holds of feeds that newsboat no longer follows.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Unfollowed {
    /// The feeds.
    pub feeds: usize,
    /// Their articles.
    pub articles: u64,
    /// Those of them with a flag.
    pub flagged: u64,
}

/// Why newsboat's things could not be imported.
#[derive(Debug, thiserror::Error)]
pub enum NewsboatImportError {
    /// The cache cannot be read.
    #[error(transparent)]
    Newsboat(#[from] NewsboatError),
    /// The library refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Follows the feeds of newsboat's list, and takes over articles and marks from its cache where there is one.
pub async fn import_newsboat(
    store: &Store,
    urls: &[u8],
    cache: Option<NewsboatCache>,
    now: Timestamp,
) -> Result<NewsboatImported, NewsboatImportError> {
    let list = feed::read_newsboat_urls(urls);
    let mut done = NewsboatImported { skipped: list.skipped, ..told_of(&list.feeds) };
    let horizon = store.horizon().await?;
    let added = store.subscribe(list.feeds.iter().map(subscription).collect(), now).await?;
    done.added = added.len();
    done.known = list.feeds.len() - added.len();
    let Some(cache) = cache else {
        return Ok(done);
    };
    let followed = store.followed_at(list.feeds.into_iter().map(|feed| feed.url).collect()).await?;
    let mut taking = Taking { store, now, horizon, done, read: Vec::new(), saved: Vec::new() };
    taking.all(cache, &followed).await?;
    Ok(taking.mark(Step::Subscribed(added)).await?)
}

/// Says what of the feeds themselves has no place here.
fn told_of(feeds: &[NewsboatFeed]) -> NewsboatImported {
    let mut lost_tags: Vec<String> = Vec::new();
    for tag in feeds.iter().flat_map(|feed| feed.tags.iter().skip(1)) {
        if !lost_tags.contains(tag) {
            lost_tags.push(tag.clone());
        }
    }
    let hidden = feeds.iter().filter(|feed| feed.is_hidden).count();
    NewsboatImported { lost_tags, hidden, ..NewsboatImported::default() }
}

fn subscription(feed: &NewsboatFeed) -> NewSubscription {
    let folder = feed.tags.first().cloned().into_iter().collect();
    NewSubscription { title: feed.title.clone(), folder, ..NewSubscription::to(feed.url.clone()) }
}

/// An import while the cache is read.
struct Taking<'a> {
    store: &'a Store,
    now: Timestamp,
    /// What came later came with this import.
    horizon: EntryId,
    done: NewsboatImported,
    read: Vec<EntryId>,
    saved: Vec<EntryId>,
}

impl Taking<'_> {
    async fn all(
        &mut self,
        cache: NewsboatCache,
        followed: &HashMap<Url, FeedId>,
    ) -> Result<(), NewsboatImportError> {
        let (mut cache, feeds) = aside(cache, NewsboatCache::feeds).await?;
        for feed in feeds {
            let url = feed::feed_url(&feed.address, None);
            match url.and_then(|url| followed.get(&url).map(|id| (url.clone(), *id))) {
                Some((url, id)) => cache = self.feed(cache, feed, &url, id).await?,
                None => self.leave(&feed),
            }
        }
        Ok(())
    }

    fn leave(&mut self, feed: &CachedFeed) {
        let left = &mut self.done.unfollowed;
        left.feeds += 1;
        left.articles += feed.items;
        left.flagged += feed.flagged;
    }

    async fn feed(
        &mut self,
        mut cache: NewsboatCache,
        feed: CachedFeed,
        url: &Url,
        id: FeedId,
    ) -> Result<NewsboatCache, NewsboatImportError> {
        self.store.describe(id, plain_text(&feed.title), web_url(&feed.site, None)).await?;
        let mut behind = i64::MIN;
        loop {
            let address = feed.address.clone();
            let (same, states) = aside(cache, move |cache| cache.items(&address, behind, WINDOW)).await?;
            cache = same;
            let Some(last) = states.last() else {
                return Ok(cache);
            };
            behind = last.number;
            self.window(states, url, id).await?;
        }
    }

    async fn window(&mut self, states: Vec<CachedState>, url: &Url, id: FeedId) -> Result<(), StoreError> {
        let kept =
            |state: &CachedState| Kept { entry: feed::adopt(&state.item, url), is_deleted: state.is_deleted };
        let kept = states.iter().map(kept).collect();
        let adopted = self.store.adopt(id, kept, self.horizon, self.now).await?;
        for (state, adopted) in states.iter().zip(adopted) {
            self.done.articles += usize::from(adopted.is_new);
            if state.is_read || state.is_deleted {
                self.read.push(adopted.id);
            }
            if state.is_flagged && !state.is_deleted {
                self.saved.push(adopted.id);
            }
        }
        Ok(())
    }

    async fn mark(self, subscribed: Step) -> Result<NewsboatImported, StoreError> {
        let all = vec![(Mark::Read, self.read), (Mark::Saved, self.saved)];
        let counts = self.store.mark_together(all, Some(subscribed), self.now).await?;
        Ok(NewsboatImported { read: counts[0], saved: counts[1], ..self.done })
    }
}

/// Reads from the cache on a thread that may wait for the disk.
async fn aside<T: Send + 'static>(
    cache: NewsboatCache,
    read: impl FnOnce(&NewsboatCache) -> Result<T, NewsboatError> + Send + 'static,
) -> Result<(NewsboatCache, T), NewsboatImportError> {
    let reading = tokio::task::spawn_blocking(move || read(&cache).map(|result| (cache, result)));
    Ok(reading.await.map_err(|_| StoreError::Closed)??)
}
