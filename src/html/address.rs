//! Which addresses may be followed, and how relative ones are completed.

use url::{ParseError, Url};

/// Reads an address of the web: trimmed, completed by the base, http or https only.
pub fn web_url(text: &str, base: Option<&Url>) -> Option<Url> {
    let url = resolve(text, base)?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// Reads an address that a link in a text may lead to: the web, or a mail address.
pub(super) fn link_url(text: &str, base: Option<&Url>) -> Option<Url> {
    let url = resolve(text, base)?;
    matches!(url.scheme(), "http" | "https" | "mailto").then_some(url)
}

fn resolve(text: &str, base: Option<&Url>) -> Option<Url> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if text.is_empty() {
        return None;
    }
    match (Url::parse(text), base) {
        (Ok(url), _) => Some(url),
        (Err(ParseError::RelativeUrlWithoutBase), Some(base)) => base.join(text).ok(),
        // Embeds are often written without a scheme, and all of their hosts speak https.
        (Err(ParseError::RelativeUrlWithoutBase), None) if text.starts_with("//") => {
            Url::parse(&format!("https:{text}")).ok()
        }
        (Err(_), _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_trimmed_and_completed() {
        let base = Url::parse("https://a.test/blog/").unwrap();
        let cases = [
            (" http://b.test/x\n", Some("http://b.test/x")),
            ("one.html", Some("https://a.test/blog/one.html")),
            ("//c.test/y", Some("https://c.test/y")),
            ("?p=1", Some("https://a.test/blog/?p=1")),
            ("", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("mailto:a@b.test", None),
            ("http://", None),
        ];
        for (text, expected) in cases {
            let url = web_url(text, Some(&base));
            assert_eq!(url.as_ref().map(Url::as_str), expected, "{text:?}");
        }
    }

    #[test]
    fn a_relative_address_without_base_leads_nowhere() {
        assert_eq!(web_url("one.html", None), None);
    }

    #[test]
    fn an_address_without_scheme_is_taken_as_https() {
        let url = web_url("//c.test/y", None);
        assert_eq!(url.unwrap().as_str(), "https://c.test/y");
    }

    #[test]
    fn control_characters_in_an_address_are_encoded() {
        let url = web_url("http://a.test/\u{1b}]0;x\u{7}\u{202e}", None).unwrap();
        assert!(url.as_str().chars().all(|c| c.is_ascii_graphic()));
    }
}
