//! The web over the wire: one pool of connections, bounded in time and size.
//!
//! A request runs step by step along its redirects. Each step waits for its turn, asks, and reads the answer;
//! a total time-out runs over all steps but not over the waiting.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Response, StatusCode};
use tokio::time::{Instant, timeout};

use crate::model::{FetchProblem, Timestamp, without_login};

use super::names::Names;
use super::pace::Pace;
use super::pools::{Pools, Way};
use super::redirect::Trail;
use super::room::Rooms;
use super::{Answer, Document, Kind, Own, Reply, Request, Room, Terms, Web, WebSettings, address, problem};

/// Feeds first, then whatever there is: the same address often gives a web page to browsers.
const FEED: HeaderValue = HeaderValue::from_static(
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
     text/xml;q=0.9, text/html;q=0.8, */*;q=0.7",
);
/// Pages first.
const PAGE: HeaderValue =
    HeaderValue::from_static("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8");

/// The formats that can be shown, or else whatever there is.
const PICTURE: HeaderValue =
    HeaderValue::from_static("image/webp,image/png,image/jpeg,image/gif,image/*;q=0.5,*/*;q=0.1");

/// Longer values of a header are of no use.
const LONGEST_HEADER: usize = 2_000;

/// Fetches over HTTP. All requests of one client share its connections and its limits.
#[derive(Debug)]
pub struct HttpClient {
    settings: WebSettings,
    pace: Pace,
    rooms: Rooms,
    pools: Pools,
}

/// The user agent holds characters that HTTP does not allow.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the user agent holds characters that HTTP does not allow")]
pub struct BadUserAgent;

/// What one step along the redirects led to.
#[expect(clippy::large_enum_variant, reason = "lives for a moment, one for each request in flight")]
enum Step {
    Arrived(Answer),
    Elsewhere { code: u16, location: String, peer: Option<IpAddr> },
}

impl HttpClient {
    /// Makes a client; nothing is opened or read yet.
    pub fn new(settings: &WebSettings) -> Result<HttpClient, BadUserAgent> {
        HttpClient::with_names(settings, Names::of_system())
    }

    fn with_names(settings: &WebSettings, names: Names) -> Result<HttpClient, BadUserAgent> {
        let user_agent = HeaderValue::from_str(&settings.user_agent).map_err(|_| BadUserAgent)?;
        Ok(HttpClient {
            pace: Pace::new(settings),
            rooms: Rooms::default(),
            pools: Pools::new(settings, user_agent, names),
            settings: settings.clone(),
        })
    }

    /// Goes the way of a request to its end; what the last answer told for the next time is left in `terms`.
    async fn walk(&self, request: &Request, terms: &mut Terms) -> Result<Answer, FetchProblem> {
        let url = &request.url;
        if !matches!(url.scheme(), "http" | "https") {
            let why = "only http and https addresses can be fetched";
            return Err(FetchProblem::Unreachable(why.to_owned()));
        }
        if request.is_from_document && address::is_private(url) {
            return Err(problem::of_private_address());
        }
        let mut trail = Trail::new(url.clone(), request.is_from_document);
        let mut time_left = self.settings.total_timeout;
        loop {
            let _pass = match self.pace.enter(trail.at()).await {
                Ok(pass) => pass,
                Err(left) => {
                    *terms = Terms::held(left);
                    return Err(refused(StatusCode::TOO_MANY_REQUESTS));
                }
            };
            let start = Instant::now();
            // What the step before was told does not hold for this one.
            *terms = Terms { is_reached: terms.is_reached, ..Terms::default() };
            match within(time_left, self.step(&trail, request, terms)).await? {
                Step::Arrived(answer) => {
                    terms.moved = trail.moved();
                    return Ok(answer);
                }
                Step::Elsewhere { code, location, peer } => {
                    trail.follow(code, &location, self.pools.is_private(trail.at(), peer))?;
                }
            }
            time_left = time_left.saturating_sub(start.elapsed());
        }
    }

    async fn step(&self, trail: &Trail, request: &Request, terms: &mut Terms) -> Result<Step, FetchProblem> {
        let headers = headers(request, trail);
        let is_conditional =
            headers.contains_key(header::IF_NONE_MATCH) || headers.contains_key(header::IF_MODIFIED_SINCE);
        let response = self.send(trail, request, headers, terms).await?;
        let status = response.status();
        *terms = Terms::of(status.as_u16(), response.headers(), Timestamp::now());
        terms.host = trail.at().host_str().map(str::to_owned);
        match status {
            StatusCode::NOT_MODIFIED if is_conditional => Ok(Step::Arrived(Answer::NotModified)),
            status if is_redirect(status) => elsewhere(&response),
            status if status.is_success() => {
                let document = self.document(trail, response).await?;
                Ok(Step::Arrived(Answer::Document(document)))
            }
            status => {
                if let Some(wait) = terms.retry_after.filter(|_| status == StatusCode::TOO_MANY_REQUESTS) {
                    self.pace.hold(trail.at(), wait);
                }
                Err(refused(status))
            }
        }
    }

    async fn send(
        &self,
        trail: &Trail,
        request: &Request,
        headers: HeaderMap,
        terms: &mut Terms,
    ) -> Result<Response, FetchProblem> {
        let proxy = request.own.as_ref().and_then(|own| own.proxy.as_ref());
        let way = match proxy {
            Some(proxy) => Way::Through(proxy),
            None if trail.is_guarded() => Way::Guarded,
            None => Way::Plain,
        };
        let pool = self.pools.get(trail.at(), way)?;
        let login = request.own.as_ref().and_then(|own| own.login.as_ref()).filter(|_| trail.is_at_home());
        let asking = match login {
            Some(login) => {
                let url = without_login(trail.at());
                pool.get(url).basic_auth(&login.user, Some(&login.password))
            }
            None => pool.get(trail.at().clone()),
        };
        asking.headers(headers).send().await.map_err(|error| {
            terms.is_reached |= problem::is_reached(&error, &self.settings);
            problem::of_sending(&error)
        })
    }

    async fn document(&self, trail: &Trail, response: Response) -> Result<Document, FetchProblem> {
        let mut document = Document {
            url: trail.at().clone(),
            moved: trail.moved(),
            content_type: text_of(&response, &header::CONTENT_TYPE),
            etag: text_of(&response, &header::ETAG),
            last_modified: text_of(&response, &header::LAST_MODIFIED),
            bytes: Vec::new(),
            room: Room::default(),
        };
        self.read_body(response, &mut document).await?;
        Ok(document)
    }

    async fn read_body(&self, mut response: Response, document: &mut Document) -> Result<(), FetchProblem> {
        let limit = self.settings.max_bytes;
        if response.content_length() > Some(limit) {
            return Err(self.too_large());
        }
        let broken = |error| problem::of_body(&error);
        while let Some(piece) = response.chunk().await.map_err(broken)? {
            let length = document.bytes.len() + piece.len();
            if length as u64 > limit {
                return Err(self.too_large());
            }
            self.rooms.grow(&mut document.room, length).await;
            document.bytes.extend_from_slice(&piece);
        }
        Ok(())
    }

    fn too_large(&self) -> FetchProblem {
        FetchProblem::TooLarge { limit_mb: self.settings.max_bytes.div_ceil(1_000_000) }
    }
}

impl Web for HttpClient {
    async fn ask(&self, request: Request) -> Reply {
        let mut terms = Terms::default();
        let result = self.walk(&request, &mut terms).await;
        Reply { result, terms }
    }
}

async fn within<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, FetchProblem>>,
) -> Result<T, FetchProblem> {
    timeout(limit, work).await.unwrap_or(Err(FetchProblem::TimedOut))
}

/// Writes the headers of a request; those of the reader go to the server of the address he wrote, and to no other;
/// validators go to where the copy lay.
fn headers(request: &Request, trail: &Trail) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let accept = match request.kind {
        Kind::Feed => FEED,
        Kind::Page => PAGE,
        Kind::Picture => PICTURE,
    };
    headers.insert(header::ACCEPT, accept);
    if request.copy_of.as_ref() == Some(trail.at()) {
        insert(&mut headers, header::IF_NONE_MATCH, request.etag.as_deref());
        insert(&mut headers, header::IF_MODIFIED_SINCE, request.last_modified.as_deref());
    }
    if let Some(own) = &request.own {
        let Own { user_agent, headers: more, .. } = &**own;
        insert(&mut headers, header::USER_AGENT, user_agent.as_deref());
        for (name, value) in more.iter().filter(|_| trail.is_at_home()) {
            if let Ok(name) = HeaderName::try_from(name.as_str()) {
                insert(&mut headers, name, Some(value));
            }
        }
    }
    headers
}

/// Leaves out what HTTP does not allow.
fn insert(headers: &mut HeaderMap, name: HeaderName, value: Option<&str>) {
    if let Some(Ok(value)) = value.map(HeaderValue::from_str) {
        headers.insert(name, value);
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn elsewhere(response: &Response) -> Result<Step, FetchProblem> {
    let Some(location) = text_of(response, &header::LOCATION) else {
        return Err(FetchProblem::BadRedirect("the server does not say where to".to_owned()));
    };
    let peer = response.remote_addr().map(|address| address.ip());
    Ok(Step::Elsewhere { code: response.status().as_u16(), location, peer })
}

fn refused(status: StatusCode) -> FetchProblem {
    FetchProblem::Status { code: status.as_u16(), reason: status.canonical_reason().map(str::to_owned) }
}

fn text_of(response: &Response, name: &HeaderName) -> Option<String> {
    clean(response.headers().get(name)?.as_bytes())
}

fn clean(value: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(value).replace(char::is_control, "");
    let text = text.trim();
    (!text.is_empty() && text.len() <= LONGEST_HEADER).then(|| text.to_owned())
}

#[cfg(test)]
mod tests;
