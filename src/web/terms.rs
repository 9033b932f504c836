//! What a server tells about the next time, in the headers of any answer.

use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{self, HeaderMap, HeaderName};

use super::Answer;
use crate::model::{FetchProblem, Timestamp, Url};

/// Longer spans are taken as this one; whoever uses them has shorter bounds.
const LONGEST: Duration = Duration::from_hours(24 * 366);
/// How long a host is left alone that says 429 and not how long.
const UNSAID: Duration = Duration::from_mins(1);

/// The end of a request with all that its server told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    /// What came, or why nothing did.
    pub result: Result<Answer, FetchProblem>,
    /// What holds for the next time.
    pub terms: Terms,
}

/// What holds for the next time.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Terms {
    /// The HTTP status of the answer; none where no answer came.
    pub status: Option<u16>,
    /// The host that answered, at the end of all redirects.
    pub host: Option<String>,
    /// Somebody was there on the way, if only to refuse: so there is a network.
    pub is_reached: bool,
    /// Where the document lives from now on, when all redirects on the way were permanent.
    pub moved: Option<Url>,
    /// How long the answer stays fresh, by `Cache-Control` or `Expires`.
    pub fresh_for: Duration,
    /// How long not to ask again at all, by `Retry-After` or for the sake of the host.
    pub retry_after: Option<Duration>,
}

impl Terms {
    /// Reads the headers of an answer.
    pub(super) fn of(status: u16, headers: &HeaderMap, now: Timestamp) -> Terms {
        let retry_after = match status {
            429 => Some(retry_after(headers, now).unwrap_or(UNSAID)),
            503 => retry_after(headers, now),
            _ => None,
        };
        let fresh_for = fresh_for(headers, now);
        Terms { status: Some(status), host: None, is_reached: true, moved: None, fresh_for, retry_after }
    }

    /// The terms of a host that is still left alone, and was not asked.
    pub(super) fn held(left: Duration) -> Terms {
        Terms { retry_after: Some(left), ..Terms::default() }
    }

    /// Tells how long the host wants to be left alone, where nothing was asked for that reason.
    pub fn wait_for_host(&self) -> Option<Duration> {
        self.retry_after.filter(|_| self.status.is_none())
    }
}

fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = text(headers, &header::RETRY_AFTER)?;
    seconds(value).or_else(|| Some(between(now, date(value)?)))
}

/// Reads `Cache-Control`, and `Expires` where that says nothing.
///
/// Source: RFC 9111, sections 4.2.1 and 5.2.2.
fn fresh_for(headers: &HeaderMap, now: Timestamp) -> Duration {
    let mut max_age = None;
    for value in headers.get_all(header::CACHE_CONTROL) {
        for directive in value.to_str().unwrap_or_default().split(',') {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "no-cache" | "no-store" => return Duration::ZERO,
                "max-age" => max_age = seconds(value.trim().trim_matches('"')),
                _ => {}
            }
        }
    }
    let age = || text(headers, &header::AGE).and_then(seconds).unwrap_or_default();
    let expires = || {
        let said = text(headers, &header::DATE).and_then(date).unwrap_or(now);
        text(headers, &header::EXPIRES).and_then(date).map(|expires| between(said, expires))
    };
    max_age.or_else(expires).unwrap_or_default().saturating_sub(age())
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn seconds(text: &str) -> Option<Duration> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A number too large for a number is long enough.
    is_number.then(|| Duration::from_secs(text.parse().unwrap_or(u64::MAX)).min(LONGEST))
}

fn date(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().relaxed_weekday(true).parse_timestamp(text).ok()
}

fn between(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or_default().min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(status: u16, headers: &[(&'static str, &'static str)]) -> Terms {
        let pairs = headers.iter().map(|(name, value)| {
            (HeaderName::from_static(name), reqwest::header::HeaderValue::from_static(value))
        });
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(name, value);
        }
        Terms::of(status, &map, "2026-11-22T10:00:00Z".parse().unwrap())
    }

    #[test]
    fn freshness_is_read_from_the_caching_headers() {
        let table: [(&[(&'static str, &'static str)], u64); 13] = [
            (&[], 0),
            (&[("cache-control", "public, Max-Age=600")], 600),
            (&[("cache-control", "max-age=\"600\"")], 600),
            (&[("cache-control", "public"), ("cache-control", "max-age=7")], 7),
            (&[("cache-control", "max-age=600"), ("age", "100")], 500),
            (&[("cache-control", "max-age=600"), ("age", "900")], 0),
            (&[("cache-control", "max-age=600, no-cache")], 0),
            (&[("cache-control", "max-age=soon")], 0),
            (&[("cache-control", "max-age=99999999999999999999")], 24 * 366 * 3_600),
            (&[("expires", "Sun, 22 Nov 2026 10:05:00 GMT")], 300),
            (&[("date", "Sun, 22 Nov 2026 10:04:00 GMT"), ("expires", "Sun, 22 Nov 2026 10:05:00 GMT")], 60),
            (&[("expires", "0")], 0),
            (&[("cache-control", "max-age=9"), ("expires", "Sun, 22 Nov 2026 10:05:00 GMT")], 9),
        ];
        for (headers, expected) in table {
            assert_eq!(terms(200, headers).fresh_for, Duration::from_secs(expected), "{headers:?}");
        }
    }

    #[test]
    fn a_server_that_says_when_to_come_again_is_heard() {
        let wait = |status, value| terms(status, &[("retry-after", value)]).retry_after;
        assert_eq!(wait(503, "120"), Some(Duration::from_mins(2)));
        assert_eq!(wait(429, "Sun, 22 Nov 2026 11:00:00 GMT"), Some(Duration::from_hours(1)));
        assert_eq!(wait(503, "Sun, 22 Nov 2026 09:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(wait(503, "later"), None);
        assert_eq!(wait(429, "later"), Some(UNSAID));
        assert_eq!(wait(200, "120"), None);
    }
}
