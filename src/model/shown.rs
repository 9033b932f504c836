//! Addresses as they may be shown: a password in one stays secret.

use url::Url;

/// Writes an address for people, logs and programs: its password, where it has one, as `***`.
pub fn shown(url: &Url) -> String {
    if url.password().is_none() {
        return url.to_string();
    }
    let mut masked = url.clone();
    // What has a password has a host, and takes another one.
    match masked.set_password(Some("***")) {
        Ok(()) => masked.to_string(),
        Err(()) => url.host_str().unwrap_or_default().to_owned(),
    }
}

/// Writes what should be an address for people: where it is none, what could be its password as `***`.
pub fn shown_as_written(text: &str) -> String {
    match Url::parse(text) {
        Ok(url) if url.has_host() => {
            // As it was written, where there is nothing to hide.
            if url.password().is_none() { text.to_owned() } else { shown(&url) }
        }
        _ => masked(text),
    }
}

fn masked(text: &str) -> String {
    let from = text.find("://").map_or(0, |at| at + "://".len());
    let end = text[from..].find(['/', '?', '#']).map_or(text.len(), |at| from + at);
    let login = text[from..end].rfind('@').map(|at| &text[from..from + at]);
    match login.and_then(|login| login.split_once(':')) {
        Some((name, password)) => {
            let rest = from + name.len() + 1;
            format!("{}***{}", &text[..rest], &text[rest + password.len()..])
        }
        None => text.to_owned(),
    }
}

/// Gives the address without its password.
#[must_use]
pub fn without_password(url: &Url) -> Url {
    let mut bare = url.clone();
    // An address that takes no password has none.
    bare.set_password(None).unwrap_or_default();
    bare
}

/// Gives the address without its login: a base that passes no secret on to relative addresses.
#[must_use]
pub fn without_login(url: &Url) -> Url {
    let mut bare = without_password(url);
    // An address that takes no name has none.
    bare.set_username("").unwrap_or_default();
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_address_hides_its_password_too() {
        for (text, expected) in [
            ("http://me:secret@a.test/x", "http://me:***@a.test/x"),
            ("http://me:secret@a.test:99999/x", "http://me:***@a.test:99999/x"),
            ("ftp://me:secret@a.test/", "ftp://me:***@a.test/"),
            ("me:secret@a.test/x@y", "me:***@a.test/x@y"),
            ("me:se@cret@a.test", "me:***@a.test"),
            ("http://a.test/x:y@z", "http://a.test/x:y@z"),
            ("nonsense", "nonsense"),
            ("a.test:80/x", "a.test:80/x"),
        ] {
            assert_eq!(shown_as_written(text), expected);
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let table = [
            ("https://news.test/feed?x=1", "https://news.test/feed?x=1"),
            ("https://me@news.test/", "https://me@news.test/"),
            ("https://me:secret@news.test:8443/a", "https://me:***@news.test:8443/a"),
            ("https://:secret@news.test/", "https://:***@news.test/"),
            ("newsterm:welcome", "newsterm:welcome"),
        ];
        for (url, expected) in table {
            let url = Url::parse(url).unwrap();
            assert_eq!(shown(&url), expected);
            assert!(!without_password(&url).as_str().contains("secret"));
            assert!(!without_login(&url).as_str().contains("me@"));
        }
    }
}
