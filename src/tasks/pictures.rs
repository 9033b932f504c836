//! Loads the pictures of articles: from the disk, else from the web, and then they are kept.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

use super::asking::Asking;
use super::host_holds;
use super::login::Logins;
use crate::desk::PictureCache;
use crate::model::{EntryId, PageProblem, Timestamp, Url};
use crate::picture::{Bitmap, PictureError, decode};
use crate::store::{Store, StoreError};
use crate::web::{Document, Kind, Web};

/// Pictures fetched at once. One is decoded at a time: a large one takes as much memory as all the rest.
const AT_ONCE: usize = 6;

/// Larger files are not taken, in bytes.
const LARGEST: usize = 15_000_000;

/// Why a picture is not shown.
#[derive(Debug, thiserror::Error)]
pub enum PictureProblem {
    /// It did not come.
    #[error(transparent)]
    Web(#[from] PageProblem),
    /// Its file is too long.
    #[error("the file is larger than {} MB", LARGEST / 1_000_000)]
    TooLong,
    /// Its file cannot be read.
    #[error(transparent)]
    File(#[from] PictureError),
    /// What is known of its feed cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The pictures of articles, and where they are kept.
pub struct Pictures {
    cache: Arc<PictureCache>,
    fetches: Semaphore,
    decoding: Arc<Semaphore>,
    /// The login of the entry's feed: its command runs once for all pictures.
    logins: Mutex<Option<(EntryId, Logins)>>,
}

impl Pictures {
    /// Keeps them in a cache.
    pub fn kept_in(cache: PictureCache) -> Pictures {
        Pictures {
            cache: Arc::new(cache),
            fetches: Semaphore::new(AT_ONCE),
            decoding: Arc::new(Semaphore::new(1)),
            logins: Mutex::new(None),
        }
    }

    /// Gives the picture of an entry's article that lies at an address.
    pub async fn load(
        &self,
        store: &Store,
        web: &impl Web,
        entry: EntryId,
        url: &Url,
        now: Timestamp,
    ) -> Result<Bitmap, PictureProblem> {
        let (cache, address) = (Arc::clone(&self.cache), url.clone());
        let kept = aside(move || cache.read(&address)).await.flatten();
        if let Some(file) = kept
            && let Ok(bitmap) = self.decode(Arc::new(file)).await
        {
            return Ok(bitmap);
        }
        let Document { bytes, room: _room, .. } = {
            let _turn = self.fetches.acquire().await.expect("the semaphore is never closed");
            self.fetch(store, web, entry, url, now).await?
        };
        if bytes.len() > LARGEST {
            return Err(PictureProblem::TooLong);
        }
        let file = Arc::new(bytes);
        let bitmap = self.decode(Arc::clone(&file)).await?;
        let (cache, address) = (Arc::clone(&self.cache), url.clone());
        let keeping = aside(move || cache.write(&address, &file)).await;
        if let Some(Err(error)) = keeping {
            tracing::warn!(%error, "a picture could not be kept");
        }
        Ok(bitmap)
    }

    async fn fetch(
        &self,
        store: &Store,
        web: &impl Web,
        entry: EntryId,
        url: &Url,
        now: Timestamp,
    ) -> Result<Document, PictureProblem> {
        let stored = store.entry(entry).await?.ok_or(PageProblem::NoLink)?;
        if let Some(until) = host_holds::held_until(store, std::slice::from_ref(url), now).await? {
            return Err(PageProblem::LeftAlone { until }.into());
        }
        let settings = store.settings(stored.feed).await?;
        let (feed, logins) = (stored.feed_url.as_ref(), self.logins_of(entry));
        let asking = Asking { web, feed, settings: &settings, logins, now };
        Ok(asking.document(url, Kind::Picture).await?)
    }

    async fn decode(&self, file: Arc<Vec<u8>>) -> Result<Bitmap, PictureError> {
        let turn = Arc::clone(&self.decoding).acquire_owned().await.expect("the semaphore is never closed");
        let broken = || PictureError::Damaged("it cannot be read".to_owned());
        // The turn is over when the work is, also where nobody waits for it any more.
        let work = move || {
            let bitmap = decode(&file);
            drop(turn);
            bitmap
        };
        aside(work).await.unwrap_or_else(|| Err(broken()))
    }

    fn logins_of(&self, entry: EntryId) -> Logins {
        let mut known = self.logins.lock().unwrap_or_else(PoisonError::into_inner);
        match &*known {
            Some((of, logins)) if *of == entry => logins.clone(),
            _ => {
                let logins = Logins::default();
                *known = Some((entry, logins.clone()));
                logins
            }
        }
    }
}

/// Works on a thread where that may take its time; nothing comes of a panic.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FetchProblem;
    use crate::tasks::sample::Desk;

    const ENTRY: EntryId = EntryId(1);
    const PICTURE: &str = "http://pictures.test/1.gif";

    /// The smallest of pictures: one pixel.
    const GIF: &[u8] =
        b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;";

    async fn load(pictures: &Pictures, desk: &Desk) -> Result<Bitmap, PictureProblem> {
        pictures.load(&desk.store, &desk.web, ENTRY, &Url::parse(PICTURE).unwrap(), desk.now).await
    }

    fn pictures(place: &tempfile::TempDir) -> Pictures {
        Pictures::kept_in(PictureCache::in_directory(place.path().to_owned()))
    }

    #[tokio::test]
    async fn a_picture_is_asked_for_once_and_kept_on_disk() {
        let (desk, place) =
            (Desk::with_entry("http://a.test/feed", "http://a.test/one").await, tempfile::tempdir().unwrap());
        desk.web.serve(PICTURE, GIF);
        let first = load(&pictures(&place), &desk).await.unwrap();
        assert_eq!((first.size().width, first.size().height), (1, 1));
        load(&pictures(&place), &desk).await.unwrap();
        let requests = desk.web.requests();
        assert_eq!(requests.len(), 1);
        assert_eq!((requests[0].kind, requests[0].is_from_document), (Kind::Picture, true));
    }

    #[tokio::test]
    async fn what_is_no_picture_is_not_kept() {
        let (desk, place) =
            (Desk::with_entry("http://a.test/feed", "http://a.test/one").await, tempfile::tempdir().unwrap());
        desk.web.serve(PICTURE, "<html>");
        let problem = load(&pictures(&place), &desk).await.unwrap_err();
        assert_eq!(problem.to_string(), "not a PNG, JPEG, GIF or WebP picture");
        assert_eq!(place.path().read_dir().unwrap().count(), 0);
        desk.web.answer(PICTURE, Err(FetchProblem::TimedOut));
        assert!(matches!(load(&pictures(&place), &desk).await, Err(PictureProblem::Web(_))));
    }

    #[tokio::test]
    async fn a_kept_picture_that_was_damaged_is_fetched_anew() {
        let (desk, place) =
            (Desk::with_entry("http://a.test/feed", "http://a.test/one").await, tempfile::tempdir().unwrap());
        desk.web.serve(PICTURE, GIF);
        load(&pictures(&place), &desk).await.unwrap();
        for file in place.path().read_dir().unwrap() {
            std::fs::write(file.unwrap().path(), "damaged").unwrap();
        }
        load(&pictures(&place), &desk).await.unwrap();
        load(&pictures(&place), &desk).await.unwrap();
        assert_eq!(desk.web.requests().len(), 2);
    }
}
