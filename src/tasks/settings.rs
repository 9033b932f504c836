//! Settings of single feeds as a person writes them: `KEY=VALUE`, an empty value clears.

use std::time::Duration;

use crate::desk;
use crate::html;
use crate::model::{FeedSetting, FullText, KeepAge, KeepCount, Url, span_of_time};

const KEYS: &str = "title, folder, url, interval, user_agent, proxy, header.NAME, auth_command, full_text, keep_age, keep_count \
                    or paused";

/// Headers that belong to the request itself: another value would break it.
const OWN_HEADERS: [&str; 8] = [
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "accept-encoding",
    "if-none-match",
    "if-modified-since",
    "range",
];

/// Why a setting was not understood; says what was expected.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadSetting {
    /// There is no `=`. What there is instead is not repeated either: it may be a secret.
    #[error("expected KEY=VALUE, such as interval=2h")]
    NoValue,
    /// There is no such setting. What does not look like a name of one is not repeated: it may be a secret.
    #[error("there is no such setting{0}; expected {KEYS}")]
    NoSuchKey(String),
    /// The value cannot be used. It is not repeated: it may be a secret.
    #[error("{key}: expected {expected}")]
    BadValue {
        /// The setting.
        key: String,
        /// What would do.
        expected: &'static str,
    },
}

/// Reads a setting.
pub fn parse_setting(text: &str) -> Result<FeedSetting, BadSetting> {
    let Some((key, value)) = text.split_once('=') else {
        return Err(BadSetting::NoValue);
    };
    let (key, value) = (key.trim(), value.trim());
    let bad = |expected| BadSetting::BadValue { key: key.to_owned(), expected };
    let given = (!value.is_empty()).then_some(value);
    Ok(match key {
        "title" => FeedSetting::Title(Some(html::clean_line(value)).filter(|title| !title.is_empty())),
        "folder" => FeedSetting::Folder(folder_path(value)),
        "url" => FeedSetting::Url(address(value).ok_or_else(|| bad("an address with http:// or https://"))?),
        "interval" => FeedSetting::Interval(match given {
            Some(value) => Some(
                interval(value)
                    .ok_or_else(|| bad("a span of time from 1m to a year, such as 30m, 2h, 1d or 1w"))?,
            ),
            None => None,
        }),
        "user_agent" => FeedSetting::UserAgent(header_value(given).ok_or_else(|| bad("plain text"))?),
        "proxy" => FeedSetting::Proxy(match given {
            Some(value) => Some(
                proxy(value)
                    .ok_or_else(|| bad("an address such as http://host:3128 or socks5://host:1080"))?,
            ),
            None => None,
        }),
        "auth_command" => {
            if let Some(command) = given {
                desk::split_command(command)
                    .map_err(|_| bad("a program with its arguments, quotation marks in pairs"))?;
            }
            FeedSetting::AuthCommand(given.map(str::to_owned))
        }
        "full_text" => FeedSetting::FullText(match given {
            Some(value) => Some(FullText::from_name(value).ok_or_else(|| bad("auto, always or never"))?),
            None => None,
        }),
        "keep_age" => FeedSetting::KeepAge(match given {
            Some(value) => Some(KeepAge::from_text(value).ok_or_else(|| bad(KeepAge::EXPECTED))?),
            None => None,
        }),
        "keep_count" => FeedSetting::KeepCount(match given {
            Some(value) => Some(KeepCount::from_text(value).ok_or_else(|| bad(KeepCount::EXPECTED))?),
            None => None,
        }),
        "paused" => FeedSetting::Paused(yes_or_no(value).ok_or_else(|| bad("yes or no"))?),
        _ => match key.strip_prefix("header.") {
            Some(name) if is_header(name) => FeedSetting::Header {
                name: name.to_owned(),
                value: header_value(given).ok_or_else(|| bad("plain text"))?,
            },
            Some(_) => return Err(bad("the name of a header that newsterm does not write itself")),
            None if is_name(key) => return Err(BadSetting::NoSuchKey(format!(" \"{key}\""))),
            None => return Err(BadSetting::NoSuchKey(String::new())),
        },
    })
}

/// Reads a folder: `A/B` is a folder in a folder.
pub fn folder_path(text: &str) -> Vec<String> {
    text.split('/').map(html::clean_line).filter(|name| !name.is_empty()).collect()
}

fn address(text: &str) -> Option<Url> {
    html::web_url(text, None)
}

fn interval(text: &str) -> Option<Duration> {
    span_of_time(text).filter(|span| *span >= Duration::from_mins(1))
}

fn proxy(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_known = matches!(url.scheme(), "http" | "https" | "socks4" | "socks4a" | "socks5" | "socks5h");
    (is_known && url.host_str().is_some_and(|host| !host.is_empty())).then_some(url)
}

/// Tells whether a text looks like the name of a setting.
fn is_name(text: &str) -> bool {
    text.len() <= 20 && text.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '-' | '.'))
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "on" => Some(true),
        "" | "no" | "false" | "off" => Some(false),
        _ => None,
    }
}

/// Takes what HTTP allows in a header: no control characters.
#[expect(clippy::option_option, reason = "no value clears, and a bad one is refused")]
fn header_value(given: Option<&str>) -> Option<Option<String>> {
    let is_plain = given.is_none_or(|value| !value.chars().any(char::is_control));
    is_plain.then(|| given.map(str::to_owned))
}

/// Source of the characters: RFC 9110, section 5.6.2.
fn is_header(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty()
        && name.bytes().all(is_token)
        && !OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_are_written() {
        let header = |value| FeedSetting::Header { name: "X-Key".to_owned(), value };
        let url = |text: &str| Url::parse(text).unwrap();
        let table = [
            ("title= Mine  and\u{1b} yours ", FeedSetting::Title(Some("Mine and yours".to_owned()))),
            ("title=", FeedSetting::Title(None)),
            ("folder=World/ Asia /", FeedSetting::Folder(vec!["World".to_owned(), "Asia".to_owned()])),
            ("folder=", FeedSetting::Folder(vec![])),
            ("url=https://a.test/?a=b", FeedSetting::Url(url("https://a.test/?a=b"))),
            ("interval=2h", FeedSetting::Interval(Some(Duration::from_hours(2)))),
            ("interval=1d", FeedSetting::Interval(Some(Duration::from_hours(24)))),
            ("interval=", FeedSetting::Interval(None)),
            ("user_agent=me/1", FeedSetting::UserAgent(Some("me/1".to_owned()))),
            ("proxy=socks5://localhost:1080", FeedSetting::Proxy(Some(url("socks5://localhost:1080")))),
            ("header.X-Key=a=b", header(Some("a=b".to_owned()))),
            ("header.X-Key=", header(None)),
            ("auth_command=pass 'show me'", FeedSetting::AuthCommand(Some("pass 'show me'".to_owned()))),
            ("full_text=always", FeedSetting::FullText(Some(FullText::Always))),
            ("full_text=", FeedSetting::FullText(None)),
            ("keep_age=90d", FeedSetting::KeepAge(Some(KeepAge::For(Duration::from_hours(90 * 24))))),
            ("keep_age=forever", FeedSetting::KeepAge(Some(KeepAge::Forever))),
            ("keep_age=", FeedSetting::KeepAge(None)),
            ("keep_count=500", FeedSetting::KeepCount(Some(KeepCount::Newest(500)))),
            ("keep_count=0", FeedSetting::KeepCount(Some(KeepCount::All))),
            ("keep_count=", FeedSetting::KeepCount(None)),
            ("paused=Yes", FeedSetting::Paused(true)),
            ("paused=", FeedSetting::Paused(false)),
        ];
        for (written, expected) in table {
            assert_eq!(parse_setting(written).unwrap(), expected, "{written}");
        }
    }

    #[test]
    fn what_cannot_be_meant_says_what_was_expected() {
        let table = [
            ("paused", "KEY=VALUE"),
            ("colour=red", "expected title, folder, url"),
            ("url=", "http:// or https://"),
            ("url=file:///etc/passwd", "http:// or https://"),
            ("interval=soon", "from 1m to a year"),
            ("interval=1s", "from 1m to a year"),
            ("interval=-2h", "from 1m to a year"),
            ("user_agent=a\nb", "plain text"),
            ("proxy=ftp://a.test/", "socks5://"),
            ("proxy=localhost", "http://host:3128"),
            ("header.=x", "the name of a header"),
            ("header.X Y=x", "the name of a header"),
            ("header.Host=x", "the name of a header"),
            ("header.X=a\r\nY: b", "plain text"),
            ("auth_command=pass 'show", "quotation marks in pairs"),
            ("full_text=often", "auto, always or never"),
            ("keep_age=90m", "from a day on, such as 90d"),
            ("keep_age=never", "or forever"),
            ("keep_count=-1", "0 for all"),
            ("paused=perhaps", "yes or no"),
        ];
        for (written, expected) in table {
            let said = parse_setting(written).unwrap_err().to_string();
            assert!(said.contains(expected), "{written}: {said}");
        }
    }
}
