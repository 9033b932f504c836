//! Where a request goes when its server sends it elsewhere.
//!
//! At most ten steps, only to http and https, and never from the open net to a private address.

use crate::model::{FetchProblem, Url};

use super::{address, problem};

const MOST_STEPS: usize = 10;

/// The way of one request from address to address.
#[derive(Debug)]
pub(super) struct Trail {
    start: Url,
    at: Url,
    /// It was led here from where private networks are not reached.
    is_guarded: bool,
    steps: usize,
    all_permanent: bool,
}

impl Trail {
    /// Begins where the reader says; else, guarded, where a document does.
    pub(super) fn new(start: Url, is_guarded: bool) -> Trail {
        Trail { at: start.clone(), start, is_guarded, steps: 0, all_permanent: true }
    }

    /// Tells whether the address must not lie in a private network, whatever its name resolves to.
    pub(super) fn is_guarded(&self) -> bool {
        self.is_guarded
    }

    /// Tells whether the request is at the server it began with.
    pub(super) fn is_at_home(&self) -> bool {
        self.at.origin() == self.start.origin()
    }

    /// Shows where the request is now.
    pub(super) fn at(&self) -> &Url {
        &self.at
    }

    /// Gives the address to use from now on, when every redirect so far was permanent.
    pub(super) fn moved(&self) -> Option<Url> {
        (self.steps > 0 && self.all_permanent).then(|| self.at.clone())
    }

    /// Takes the step that an answer with this status and `Location` asks for, from a private network or not.
    pub(super) fn follow(&mut self, code: u16, location: &str, is_private: bool) -> Result<(), FetchProblem> {
        if self.steps == MOST_STEPS {
            return Err(bad(&format!("more than {MOST_STEPS} times")));
        }
        self.at = next(&self.at, location, is_private)?;
        self.is_guarded = !is_private;
        self.steps += 1;
        self.all_permanent &= matches!(code, 301 | 308);
        Ok(())
    }
}

fn next(from: &Url, location: &str, is_private: bool) -> Result<Url, FetchProblem> {
    let Ok(mut to) = from.join(location) else {
        return Err(bad("the new address cannot be read"));
    };
    if !matches!(to.scheme(), "http" | "https") {
        return Err(bad("the new address is neither http nor https"));
    }
    if address::is_private(&to) && !is_private {
        return Err(problem::of_private_address());
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
        let mut trail = Trail::new(url(from), false);
        trail.follow(302, location, address::is_private(&url(from)))?;
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
    fn from_the_open_net_a_request_goes_on_guarded_and_away_from_its_server_it_is_not_at_home() {
        let mut trail = Trail::new(url("https://news.test/feed"), false);
        assert!(!trail.is_guarded() && trail.is_at_home());
        trail.follow(302, "/new", false).unwrap();
        assert!(trail.is_guarded() && trail.is_at_home());
        trail.follow(302, "https://other.test/", false).unwrap();
        assert!(trail.is_guarded() && !trail.is_at_home());
        let mut inner = Trail::new(url("http://intranet.test/"), false);
        inner.follow(302, "http://10.0.0.1/", true).unwrap();
        assert!(!inner.is_guarded());
    }

    #[test]
    fn only_permanent_redirects_move_an_address() {
        let mut trail = Trail::new(url("https://a.test/"), false);
        assert_eq!(trail.moved(), None);
        trail.follow(301, "https://b.test/", false).unwrap();
        assert_eq!(trail.moved(), Some(url("https://b.test/")));
        trail.follow(302, "https://c.test/", false).unwrap();
        trail.follow(308, "https://d.test/", false).unwrap();
        assert_eq!(trail.moved(), None);
    }

    #[test]
    fn the_eleventh_redirect_is_one_too_many() {
        let mut trail = Trail::new(url("https://a.test/"), false);
        for _ in 0..10 {
            trail.follow(301, "/", false).unwrap();
        }
        assert!(trail.follow(301, "/", false).is_err());
    }
}
