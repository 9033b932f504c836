//! The effects about one article: reading it, fetching its page, breaking it into lines.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::{Hands, failure};
use crate::app::Event;
use crate::model::{Article, Enclosure, EntryId, PageProblem, Timestamp, Url};
use crate::tasks;
use crate::typeset::{Calendar, Canvas, Manuscript, Page, Picture};
use crate::web::Web;
use crate::{desk, html};

impl<W: Web + 'static> Hands<W> {
    pub(super) async fn load_article(&self, entry: EntryId) {
        let full_text = self.settings().full_text;
        let opened = tasks::open_article(&self.store, entry, full_text, Timestamp::now()).await;
        let loaded = opened.map(|texts| Event::ArticleLoaded { entry, texts });
        self.send(loaded.unwrap_or_else(|error| Event::ArticleFailed {
            entry,
            failure: failure("cannot open the article", &error),
        }));
    }

    pub(super) async fn load_files(&self, entry: EntryId) {
        match self.store.entry(entry).await {
            Ok(stored) => {
                let files = stored.map(|stored| stored.enclosures).unwrap_or_default();
                self.send(Event::FilesLoaded { entry, files });
            }
            Err(error) => self.fail("cannot look for files", &error),
        }
    }

    /// Opens the page with comments in the browser.
    pub(super) async fn open_comments(&self, entry: EntryId) {
        match self.store.entry(entry).await.map(|stored| stored.and_then(|stored| stored.comments)) {
            Ok(Some(url)) => self.open_in_browser(&url),
            Ok(None) => self.send(Event::NoComments),
            Err(error) => self.fail("cannot look for comments", &error),
        }
    }

    /// Opens sound and film in the player where there is one, and else in the browser.
    pub(super) fn open_file(&self, file: &Enclosure) {
        let is_played =
            file.mime.as_deref().is_some_and(|mime| mime.starts_with("audio/") || mime.starts_with("video/"));
        if self.settings().player.is_empty() || !is_played {
            return self.open_in_browser(&file.url);
        }
        let hands = self.clone();
        let failed = move |error| hands.fail("cannot start the player", &error);
        if let Err(error) = desk::open_in_browser(&file.url, &self.settings().player, failed) {
            self.fail("cannot start the player", &error);
        }
    }

    pub(super) async fn fetch_page(&self, entry: EntryId) {
        let fetched = tasks::full_text(&self.store, &self.web, entry, Timestamp::now()).await;
        let fetched = fetched.unwrap_or_else(|error| {
            tracing::error!(%error, %entry, "the page's text was not kept");
            Err(PageProblem::NotStored(error.to_string()))
        });
        self.send(match fetched {
            Ok(article) => Event::PageFetched { entry, article: Arc::new(article) },
            Err(problem) => Event::PageFailed { entry, problem },
        });
    }

    /// Fetches the page that a link leads to; nothing of it is kept.
    pub(super) async fn visit(&self, entry: EntryId, url: Url) {
        let visited = tasks::visit(&self.store, &self.web, entry, &url, Timestamp::now()).await;
        let visited = visited.unwrap_or_else(|error| Err(PageProblem::NotStored(error.to_string())));
        self.send(match visited {
            Ok(article) => Event::Visited { entry, url, article: Arc::new(article) },
            Err(problem) => Event::NotVisited { url, problem },
        });
    }

    /// Sends a picture, painted as large as it is shown.
    pub(super) async fn load_picture(&self, entry: EntryId, picture: Picture) {
        let (easel, url) = (Arc::clone(&self.easel), picture.url.clone());
        let loaded = easel.pictures.load(&self.store, &self.web, entry, &url, Timestamp::now()).await;
        let bitmap = match loaded {
            Ok(bitmap) => bitmap,
            Err(problem) => {
                tracing::debug!(%url, %problem, "a picture is not shown");
                return self.send(Event::PictureFailed(picture));
            }
        };
        let (size, columns, rows) = (bitmap.size(), picture.columns, picture.rows);
        let painting =
            tokio::task::spawn_blocking(move || easel.painter.as_ref()?.paint(&bitmap, columns, rows));
        match painting.await {
            // Both at once: a picture that is painted and not told of would stay for ever.
            Ok(Some(painted)) => {
                // Nobody looks at it once the reader has left.
                drop(self.easel.painted.send((picture.clone(), painted)));
                self.send(Event::PictureLoaded { picture, size });
            }
            Ok(None) | Err(_) => self.send(Event::PictureFailed(picture)),
        }
    }

    /// Sends an article as Markdown.
    pub(super) async fn write_markdown(&self, article: Arc<Article>) {
        match tokio::task::spawn_blocking(move || html::markdown(&article.body)).await {
            Ok(text) => self.send(Event::MarkdownWritten(text)),
            Err(error) => self.fail("cannot write the article as Markdown", &error),
        }
    }

    /// Sends the lines of an article; what can be shown at once comes first.
    pub(super) async fn typeset(
        &self,
        article: Arc<Article>,
        width: u16,
        canvas: Option<Canvas>,
        manuscript: Option<Arc<Manuscript>>,
    ) {
        let (entry, own) = (article.entry, self.clone());
        let variable = |name: &str| std::env::var(name).ok();
        let calendar = Calendar::new(TimeZone::system(), &self.settings().dates, variable);
        let setting = tokio::task::spawn_blocking(move || {
            let send = |page: Page| {
                let (text, link) = (article.text, article.link.clone());
                own.send(Event::ArticleTypeset { entry, text, link, page: Arc::new(page) });
            };
            let canvas = canvas.as_ref();
            if let Some(manuscript) = manuscript {
                return send(manuscript.set(width, canvas));
            }
            if let Some(draft) = Manuscript::draft(&article, &calendar) {
                send(Arc::new(draft).set(width, canvas));
            }
            send(Arc::new(Manuscript::of(&article, &calendar)).set(width, canvas));
        });
        if let Err(error) = setting.await {
            let failure = failure("cannot show the article", &error);
            self.send(Event::ArticleFailed { entry, failure });
        }
    }
}
