//! The effects about one article: reading it, fetching its page, breaking it into lines.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::{Hands, failure};
use crate::app::Event;
use crate::html;
use crate::model::{Article, EntryId, PageProblem, Timestamp, Url};
use crate::tasks;
use crate::typeset::{Manuscript, Page, typeset};
use crate::web::Web;

impl Hands {
    pub(super) async fn load_article(&self, entry: EntryId) {
        let full_text = self.settings.full_text;
        let opened = tasks::open_article(&self.store, entry, full_text, Timestamp::now()).await;
        let loaded = opened.map(|texts| Event::ArticleLoaded { entry, texts });
        self.send(loaded.unwrap_or_else(|error| Event::ArticleFailed {
            entry,
            failure: failure("cannot open the article", &error),
        }));
    }

    pub(super) async fn fetch_page<W: Web>(&self, web: &Arc<W>, entry: EntryId) {
        let fetched = tasks::full_text(&self.store, web, entry, Timestamp::now()).await;
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
    pub(super) async fn visit<W: Web>(&self, web: &Arc<W>, entry: EntryId, url: Url) {
        let visited = tasks::visit(&self.store, web, entry, &url, Timestamp::now()).await;
        let visited = visited.unwrap_or_else(|error| Err(PageProblem::NotStored(error.to_string())));
        self.send(match visited {
            Ok(article) => Event::Visited { entry, url, article: Arc::new(article) },
            Err(problem) => Event::NotVisited { url, problem },
        });
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
        manuscript: Option<Arc<Manuscript>>,
    ) {
        let (entry, own) = (article.entry, self.clone());
        let setting = tokio::task::spawn_blocking(move || {
            let send = |page: Page| {
                let (text, link) = (article.text, article.link.clone());
                own.send(Event::ArticleTypeset { entry, text, link, page: Arc::new(page) });
            };
            let zone = TimeZone::system();
            if let Some(manuscript) = manuscript {
                return send(manuscript.page(width));
            }
            if let Some(draft) = Manuscript::draft(&article, &zone) {
                send(Arc::new(draft).page(width));
            }
            send(typeset(&article, width, &zone));
        });
        if let Err(error) = setting.await {
            let failure = failure("cannot show the article", &error);
            self.send(Event::ArticleFailed { entry, failure });
        }
    }
}
