//! Asks for a page with the manners of a feed's fetch, and makes text of what comes.

use crate::feed;
use crate::model::{FeedSettings, FetchProblem, PageProblem, Timestamp, Url};
use crate::tasks::login::Logins;
use crate::web::{self, Answer, Document, Own, Reply, Request, Web};

/// What is larger is not read as a page, in megabytes.
const LARGEST_MB: usize = 10;

/// How pages are asked for that a feed leads to.
pub(super) struct Asking<'a, W> {
    pub(super) web: &'a W,
    /// Where the feed is fetched.
    pub(super) feed: Option<&'a Url>,
    /// What the reader set for the feed.
    pub(super) settings: &'a FeedSettings,
    pub(super) logins: Logins,
    pub(super) now: Timestamp,
}

/// A page that came.
pub(super) struct Fetched {
    /// Where it lay, after all redirects.
    pub(super) url: Url,
    pub(super) html: String,
}

impl<W: Web> Asking<'_, W> {
    /// Fetches one page.
    pub(super) async fn fetch(&self, url: &Url) -> Result<Fetched, PageProblem> {
        let Reply { result, terms } = self.web.ask(self.request(url).await?).await;
        if let Some(left) = terms.wait_for_host() {
            return Err(PageProblem::LeftAlone {
                until: self.now.checked_add(left).unwrap_or(Timestamp::MAX),
            });
        }
        match result? {
            Answer::Document(document) => read(document).await,
            Answer::NotModified => Err(PageProblem::BrokenAnswer("nothing was sent".to_owned())),
        }
    }

    /// A feed of the open net leads to no private address, and what the reader set for its server goes to no other.
    async fn request(&self, url: &Url) -> Result<Request, FetchProblem> {
        let request = Request::new(url.clone()).for_page().with(self.own(url).await?);
        let is_chosen = self.feed.is_some_and(|feed| web::is_chosen(feed, url));
        Ok(if is_chosen { request } else { request.from_document() })
    }

    async fn own(&self, url: &Url) -> Result<Own, FetchProblem> {
        let settings = self.settings;
        let own =
            Own { user_agent: settings.user_agent.clone(), proxy: settings.proxy.clone(), ..Own::default() };
        if self.feed.is_none_or(|feed| feed.origin() != url.origin()) {
            return Ok(own);
        }
        let login = match &settings.auth_command {
            Some(command) => Some(self.logins.of(command).await?),
            None => None,
        };
        Ok(Own { headers: settings.headers.clone(), login, ..own })
    }
}

/// Makes text of a document, on a thread where that may take its time.
async fn read(document: Document) -> Result<Fetched, PageProblem> {
    let reading = tokio::task::spawn_blocking(move || {
        if let Some(other) = other_kind(document.content_type.as_deref(), &document.bytes) {
            return Err(PageProblem::NotAPage(other.to_owned()));
        }
        let text = feed::decode(&document.bytes, document.content_type.as_deref());
        let too_large = PageProblem::TooLarge { limit_mb: LARGEST_MB as u64 };
        match text {
            Ok(html) if html.len() <= LARGEST_MB * 1_000_000 => {
                Ok(Fetched { html: html.into_owned(), url: document.url })
            }
            Ok(_) | Err(_) => Err(too_large),
        }
    });
    reading.await.unwrap_or(Err(PageProblem::Unreadable))
}

/// Names what a document is that is no page. Its first bytes count more than what its server calls it.
fn other_kind(content_type: Option<&str>, bytes: &[u8]) -> Option<&'static str> {
    const SIGNS: [(&[u8], &str); 6] = [
        (b"%PDF-", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"ID3", "a sound"),
        (b"PK\x03\x04", "a file"),
    ];
    let start = bytes.trim_ascii_start();
    if let Some((_, kind)) = SIGNS.iter().find(|(sign, _)| start.starts_with(sign)) {
        return Some(kind);
    }
    let mime = content_type?.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    // Servers call pages by wrong names too: what begins like one is one.
    if mime.contains("html") || start.starts_with(b"<") {
        return None;
    }
    match mime.split('/').next()? {
        "image" => Some("a picture"),
        "audio" => Some("a sound"),
        "video" => Some("a film"),
        "application" if mime == "application/pdf" => Some("a PDF"),
        "application" if !mime.contains("xml") && mime != "application/octet-stream" => Some("a file"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::FakeWeb;

    #[test]
    fn what_is_no_page_is_named() {
        let table: [(Option<&str>, &[u8], Option<&str>); 10] = [
            (Some("text/html; charset=utf-8"), b"<html>", None),
            (None, b"plain words", None),
            (Some("application/xhtml+xml"), b"<html>", None),
            (Some("application/octet-stream"), b"<!doctype html>", None),
            (Some("image/png"), b"  <html>", None),
            (Some("image/webp"), b"RIFF", Some("a picture")),
            (Some("text/html"), b"%PDF-1.7", Some("a PDF")),
            (Some("application/json"), b"{}", Some("a file")),
            (Some("audio/mpeg"), b"\xff\xfb", Some("a sound")),
            (Some("application/zip"), b"", Some("a file")),
        ];
        for (mime, bytes, expected) in table {
            assert_eq!(other_kind(mime, bytes), expected, "{mime:?}");
        }
    }

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    async fn request(feed: &str, page: &str) -> Request {
        let settings = FeedSettings {
            user_agent: Some("me/1".to_owned()),
            headers: vec![("Cookie".to_owned(), "subscriber=1".to_owned())],
            ..FeedSettings::default()
        };
        let (web, feed) = (FakeWeb::new(), url(feed));
        let asking = Asking {
            web: &web,
            feed: Some(&feed),
            settings: &settings,
            logins: Logins::default(),
            now: Timestamp::UNIX_EPOCH,
        };
        asking.request(&url(page)).await.unwrap()
    }

    #[tokio::test]
    async fn what_is_set_for_a_feed_goes_to_its_own_server_only() {
        let own = |request: Request| *request.own.unwrap();
        let home = own(request("http://a.test/feed", "http://a.test/1").await);
        let away = own(request("http://a.test/feed", "http://b.test/1").await);
        assert_eq!((home.headers.len(), away.headers.len()), (1, 0));
        assert_eq!((home.user_agent, away.user_agent), (Some("me/1".to_owned()), Some("me/1".to_owned())));
    }

    #[tokio::test]
    async fn a_feed_of_the_open_net_is_kept_out_of_private_networks() {
        for (feed, page, is_kept_out) in [
            ("http://a.test/", "http://127.0.0.1/", true),
            ("http://a.test/", "http://b.test/", true),
            ("http://a.test/", "http://a.test/1", false),
            ("http://127.0.0.1:1/", "http://127.0.0.1:2/", false),
        ] {
            assert_eq!(request(feed, page).await.is_from_document, is_kept_out, "{feed} {page}");
        }
    }
}
