//! The address of a feed, as people, lists and pages write it.

use url::Url;

use crate::html::web_url;

/// Schemes that only say that a feed lies there.
const OF_FEEDS: &[&str] = &["feed", "feeds", "rss", "podcast", "pcast", "itpc"];

/// Why a text is no address of a feed; completes `"…" is not a web address; …`.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AddressError {
    /// It names another way than the web's.
    #[error("only http and https addresses can be followed, not {0}:")]
    Scheme(String),
    /// It cannot be read at all.
    #[error("expected something like https://example.org or https://example.org/feed.xml")]
    Unreadable,
}

/// Reads a feed's address: http or https, without its fragment; `feed://` is how browsers once wrote http.
pub fn feed_url(text: &str, base: Option<&Url>) -> Option<Url> {
    let text = text.trim();
    let mut url = match scheme(text) {
        Some((scheme, rest)) if is_of_feeds(scheme) => match rest.strip_prefix("//") {
            Some(_) => web_url(&format!("http:{rest}"), None),
            None => web_url(rest, None),
        },
        // Completed by nothing: `//host/feed` has no scheme to trust.
        _ if base.is_none() && text.starts_with("//") => None,
        _ => web_url(text, base),
    }?;
    url.set_fragment(None);
    Some(url)
}

/// Reads an address as a person writes it: those to try, in order. Without a scheme it is https, else http.
pub fn feed_addresses(text: &str) -> Result<Vec<Url>, AddressError> {
    let text = text.trim();
    let text = match scheme(text) {
        Some((scheme, rest)) if is_of_feeds(scheme) && !rest.starts_with("//") => rest,
        _ => text,
    };
    if let Some((scheme, _)) = scheme(text) {
        return Ok(vec![feed_url(text, None).ok_or_else(|| unread(scheme))?]);
    }
    let bare = text.trim_start_matches('/');
    let read = |scheme: &str| feed_url(&format!("{scheme}://{bare}"), None);
    read("https").zip(read("http")).map(|(https, http)| vec![https, http]).ok_or(AddressError::Unreadable)
}

fn unread(scheme: &str) -> AddressError {
    let scheme = scheme.to_ascii_lowercase();
    let is_web = matches!(scheme.as_str(), "http" | "https") || is_of_feeds(&scheme);
    if is_web { AddressError::Unreadable } else { AddressError::Scheme(scheme) }
}

/// Parts the scheme from an address that has one: `localhost:8080` has none.
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_name = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let port = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    (is_name && !is_port).then_some((scheme, rest))
}

fn is_of_feeds(scheme: &str) -> bool {
    OF_FEEDS.iter().any(|known| known.eq_ignore_ascii_case(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feeds_address_is_of_the_web() {
        let table = [
            ("http://a.test/x.xml#frag", Some("http://a.test/x.xml")),
            ("feed://a.test/x", Some("http://a.test/x")),
            ("Feed:https://a.test/x", Some("https://a.test/x")),
            ("podcast://a.test/x", Some("http://a.test/x")),
            (" https://a.test ", Some("https://a.test/")),
            ("//a.test/x", None),
            ("feed:/x", None),
            ("/x", None),
            ("exec:rm", None),
            ("file:///etc/passwd", None),
        ];
        for (text, expected) in table {
            assert_eq!(feed_url(text, None).as_ref().map(Url::as_str), expected, "{text}");
        }
    }

    #[test]
    fn a_person_may_leave_the_scheme_out() {
        let table: &[(&str, &[&str])] = &[
            ("example.org", &["https://example.org/", "http://example.org/"]),
            ("//a.test/x#y", &["https://a.test/x", "http://a.test/x"]),
            ("localhost:8080/x", &["https://localhost:8080/x", "http://localhost:8080/x"]),
            (
                "a.test/?u=http://b.test/",
                &["https://a.test/?u=http://b.test/", "http://a.test/?u=http://b.test/"],
            ),
            ("feed:a.test/x", &["https://a.test/x", "http://a.test/x"]),
            ("feed://a.test/x", &["http://a.test/x"]),
            ("feed:http://a.test/x", &["http://a.test/x"]),
            ("HTTP://A.test", &["http://a.test/"]),
        ];
        for (text, expected) in table {
            let urls = feed_addresses(text).unwrap();
            assert_eq!(urls.iter().map(Url::as_str).collect::<Vec<_>>(), *expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_of_the_web_says_why() {
        let scheme = |name: &str| AddressError::Scheme(name.to_owned());
        let table = [
            ("file:///etc/passwd", scheme("file")),
            ("Gopher://a.test/", scheme("gopher")),
            ("exec:rm -rf", scheme("exec")),
            ("javascript:alert(1)", scheme("javascript")),
            ("feed:file:///etc/passwd", scheme("file")),
            ("not an address", AddressError::Unreadable),
            ("http://", AddressError::Unreadable),
            ("", AddressError::Unreadable),
        ];
        for (text, expected) in table {
            assert_eq!(feed_addresses(text), Err(expected), "{text}");
        }
    }
}
