//! Where a request goes when its server sends it elsewhere.
//!
//! At most ten steps, only to http and https, and never from the open net to a private address.

use crate::model::{FetchProblem, Url};

use super::address;

const MOST_STEPS: usize = 10;

/// The way of one request from address to address.
#[derive(Debug)]
pub(super) struct Trail {
    at: Url,
    steps: usize,
    all_permanent: bool,
}

impl Trail {
    pub(super) fn new(start: Url) -> Trail {
        Trail { at: start, steps: 0, all_permanent: true }
    }

    /// Shows where the request is now.
    pub(super) fn at(&self) -> &Url {
        &self.at
    }

    /// Gives the address to use from now on, when every redirect so far was permanent.
    pub(super) fn moved(&self) -> Option<Url> {
        (self.steps > 0 && self.all_permanent).then(|| self.at.clone())
    }

    /// Takes the step that an answer with this status and `Location` asks for.
    pub(super) fn follow(&mut self, code: u16, location: &str) -> Result<(), FetchProblem> {
        if self.steps == MOST_STEPS {
            return Err(bad(&format!("more than {MOST_STEPS} times")));
        }
        self.at = next(&self.at, location)?;
        self.steps += 1;
        self.all_permanent &= matches!(code, 301 | 308);
        Ok(())
    }
}

fn next(from: &Url, location: &str) -> Result<Url, FetchProblem> {
    let Ok(mut to) = from.join(location) else {
        return Err(bad("the new address cannot be read"));
    };
    if !matches!(to.scheme(), "http" | "https") {
        return Err(bad("the new address is neither http nor https"));
    }
    if !address::may_lead(from, &to) {
        return Err(bad("the new address lies in a private network"));
    }
    if to.origin() == from.origin() && to.username().is_empty() && to.password().is_none() {
        keep_login(from, &mut to);
    }
    Ok(to)
}

fn keep_login(from: &Url, to: &mut Url) {
    let kept = to.set_username(from.username()).and_then(|()| to.set_password(from.password()));
    kept.expect("an http address with a host takes a login");
}

fn bad(why: &str) -> FetchProblem {
    FetchProblem::BadRedirect(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn follow(from: &str, location: &str) -> Result<String, FetchProblem> {
        let mut trail = Trail::new(url(from));
        trail.follow(302, location)?;
        Ok(trail.at().to_string())
    }

    #[test]
    fn a_relative_location_is_read_from_where_the_request_is() {
        let to = follow("https://news.test/a/feed?x=1", "../b/feed");
        assert_eq!(to.unwrap(), "https://news.test/b/feed");
    }

    #[test]
    fn only_http_and_https_are_followed() {
        for location in ["file:///etc/passwd", "ftp://news.test/", "data:text/plain,x", "https://["] {
            assert!(follow("https://news.test/", location).is_err(), "{location}");
        }
    }

    #[test]
    fn the_open_net_does_not_lead_to_private_addresses() {
        assert!(follow("https://news.test/", "http://127.0.0.1/admin").is_err());
        assert!(follow("http://127.0.0.1/old", "http://127.0.0.1/new").is_ok());
    }

    #[test]
    fn a_login_stays_with_its_server() {
        let from = "https://me:secret@news.test/feed";
        assert_eq!(follow(from, "https://news.test/new").unwrap(), "https://me:secret@news.test/new");
        assert_eq!(follow(from, "https://other.test/").unwrap(), "https://other.test/");
        assert_eq!(follow(from, "http://news.test/").unwrap(), "http://news.test/");
    }

    #[test]
    fn only_permanent_redirects_move_an_address() {
        let mut trail = Trail::new(url("https://a.test/"));
        assert_eq!(trail.moved(), None);
        trail.follow(301, "https://b.test/").unwrap();
        assert_eq!(trail.moved(), Some(url("https://b.test/")));
        trail.follow(302, "https://c.test/").unwrap();
        trail.follow(308, "https://d.test/").unwrap();
        assert_eq!(trail.moved(), None);
    }

    #[test]
    fn the_eleventh_redirect_is_one_too_many() {
        let mut trail = Trail::new(url("https://a.test/"));
        for _ in 0..10 {
            trail.follow(301, "/").unwrap();
        }
        assert!(trail.follow(301, "/").is_err());
    }
}
