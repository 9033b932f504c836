//! The web over the wire: one pool of connections, bounded in time and size.
//!
//! A request runs step by step along its redirects. Each step waits for its turn, asks, and reads the answer;
//! a total time-out runs over all steps but not over the waiting.

use std::sync::OnceLock;
use std::time::Duration;

use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, ClientBuilder, Response, StatusCode};
use tokio::time::{Instant, timeout};

use crate::model::{FetchProblem, Url};

use super::pace::Pace;
use super::redirect::Trail;
use super::room::Rooms;
use super::{Answer, Document, Request, Room, Web, WebSettings, address, problem};

/// Feeds first, then whatever there is: the same address often gives a web page to browsers.
const ACCEPT: HeaderValue = HeaderValue::from_static(
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
     text/xml;q=0.9, text/html;q=0.8, */*;q=0.7",
);

/// Connections are for the requests of one refresh; keeping them until the next would only cost memory.
const IDLE_CONNECTION: Duration = Duration::from_secs(30);

/// Longer values of a header are of no use.
const LONGEST_HEADER: usize = 2_000;

/// Fetches over HTTP. All requests of one client share its connections and its limits.
#[derive(Debug)]
pub struct HttpClient {
    settings: WebSettings,
    user_agent: HeaderValue,
    pace: Pace,
    rooms: Rooms,
    outside: LazyPool,
    /// For servers on this machine: a proxy would look for them on its own machine.
    inside: LazyPool,
}

/// The user agent holds characters that HTTP does not allow.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the user agent holds characters that HTTP does not allow")]
pub struct BadUserAgent;

/// Connections that are set up by the first request, because reading the certificates of the system takes time.
type LazyPool = OnceLock<Result<Client, FetchProblem>>;

/// What one step along the redirects led to.
#[expect(clippy::large_enum_variant, reason = "lives for a moment, one for each request in flight")]
enum Step {
    Arrived(Answer),
    Elsewhere { code: u16, location: String },
}

impl HttpClient {
    /// Makes a client; nothing is opened or read yet.
    pub fn new(settings: &WebSettings) -> Result<HttpClient, BadUserAgent> {
        Ok(HttpClient {
            user_agent: HeaderValue::from_str(&settings.user_agent).map_err(|_| BadUserAgent)?,
            pace: Pace::new(settings),
            rooms: Rooms::default(),
            outside: LazyPool::new(),
            inside: LazyPool::new(),
            settings: settings.clone(),
        })
    }

    async fn step(&self, trail: &Trail, request: &Request) -> Result<Step, FetchProblem> {
        let validators = validators(request);
        let is_conditional = !validators.is_empty();
        let response = self.send(trail.at(), validators).await?;
        match response.status() {
            StatusCode::NOT_MODIFIED if is_conditional => Ok(Step::Arrived(Answer::NotModified)),
            status if is_redirect(status) => elsewhere(&response),
            status if status.is_success() => {
                let document = self.document(trail, response).await?;
                Ok(Step::Arrived(Answer::Document(document)))
            }
            status => Err(refused(status)),
        }
    }

    async fn send(&self, url: &Url, validators: HeaderMap) -> Result<Response, FetchProblem> {
        let asking = self.pool(url)?.get(url.clone()).headers(validators);
        asking.send().await.map_err(|error| problem::of_sending(&error))
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

    fn pool(&self, url: &Url) -> Result<&Client, FetchProblem> {
        let pool = if address::is_this_machine(url) {
            self.inside.get_or_init(|| open(self.builder().no_proxy()))
        } else {
            self.outside.get_or_init(|| open(self.builder()))
        };
        pool.as_ref().map_err(FetchProblem::clone)
    }

    fn builder(&self) -> ClientBuilder {
        Client::builder()
            .user_agent(self.user_agent.clone())
            .default_headers(HeaderMap::from_iter([(header::ACCEPT, ACCEPT)]))
            .connect_timeout(self.settings.connect_timeout)
            .read_timeout(self.settings.read_timeout)
            .pool_idle_timeout(IDLE_CONNECTION)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // What browsers forgive, we forgive.
            .http1_ignore_invalid_headers_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
    }
}

impl Web for HttpClient {
    async fn get(&self, request: Request) -> Result<Answer, FetchProblem> {
        if !matches!(request.url.scheme(), "http" | "https") {
            let why = "only http and https addresses can be fetched";
            return Err(FetchProblem::Unreachable(why.to_owned()));
        }
        let mut trail = Trail::new(request.url.clone());
        let mut time_left = self.settings.total_timeout;
        loop {
            let _pass = self.pace.enter(trail.at()).await;
            let start = Instant::now();
            match within(time_left, self.step(&trail, &request)).await? {
                Step::Arrived(answer) => return Ok(answer),
                Step::Elsewhere { code, location } => trail.follow(code, &location)?,
            }
            time_left = time_left.saturating_sub(start.elapsed());
        }
    }
}

fn open(builder: ClientBuilder) -> Result<Client, FetchProblem> {
    let cannot =
        |_| FetchProblem::Unreachable("no secure connections can be set up on this system".to_owned());
    builder.build().map_err(cannot)
}

async fn within<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, FetchProblem>>,
) -> Result<T, FetchProblem> {
    timeout(limit, work).await.unwrap_or(Err(FetchProblem::TimedOut))
}

fn validators(request: &Request) -> HeaderMap {
    let known = [(header::IF_NONE_MATCH, &request.etag), (header::IF_MODIFIED_SINCE, &request.last_modified)];
    let sendable = |(name, value): (HeaderName, &Option<String>)| {
        let value = HeaderValue::from_str(value.as_deref()?).ok()?;
        Some((name, value))
    };
    known.into_iter().filter_map(sendable).collect()
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn elsewhere(response: &Response) -> Result<Step, FetchProblem> {
    let Some(location) = text_of(response, &header::LOCATION) else {
        return Err(FetchProblem::BadRedirect("the server does not say where to".to_owned()));
    };
    Ok(Step::Elsewhere { code: response.status().as_u16(), location })
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
