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
