//! Asks for what a feed leads to, a page or a picture, with the manners of the feed's own fetch.

use super::login::Logins;
use crate::model::{FeedSettings, FetchProblem, PageProblem, Timestamp, Url};
use crate::web::{self, Answer, Document, Kind, Own, Reply, Request, Web};

/// How documents are asked for that a feed leads to.
pub(super) struct Asking<'a, W> {
    pub(super) web: &'a W,
    /// Where the feed is fetched.
    pub(super) feed: Option<&'a Url>,
    /// What the reader set for the feed.
    pub(super) settings: &'a FeedSettings,
    pub(super) logins: Logins,
    pub(super) now: Timestamp,
}

impl<W: Web> Asking<'_, W> {
    /// Fetches one document.
    pub(super) async fn document(&self, url: &Url, kind: Kind) -> Result<Document, PageProblem> {
        let Reply { result, terms } = self.web.ask(self.request(url, kind).await?).await;
        if let Some(left) = terms.wait_for_host() {
            return Err(PageProblem::LeftAlone {
                until: self.now.checked_add(left).unwrap_or(Timestamp::MAX),
            });
        }
        match result? {
            Answer::Document(document) => Ok(document),
            Answer::NotModified => Err(PageProblem::BrokenAnswer("nothing was sent".to_owned())),
        }
    }

    /// A feed of the open net leads to no private address, and what the reader set for its server goes to no other.
    async fn request(&self, url: &Url, kind: Kind) -> Result<Request, FetchProblem> {
        let request = Request::new(url.clone()).for_kind(kind).with(self.own(url).await?);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::FakeWeb;

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
        asking.request(&url(page), Kind::Page).await.unwrap()
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
