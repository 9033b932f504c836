//! Finds the feeds that a web page leads to: what it names, what its address tells, and where feeds commonly lie.
//!
//! Nothing here is sure: a candidate is a feed only once it was looked at.

mod address;
mod candidate;
mod page;
mod place;
mod sign;

pub use candidate::{Candidate, CandidateKind};
pub use place::common_places;
use url::Url;

use super::decode::decode;
use candidate::ranked;

/// Lists the feeds that a page names or that its address tells of, the likeliest first.
pub fn discover(page: &[u8], address: &Url) -> Vec<Candidate> {
    let html = decode(page, None).unwrap_or_default();
    let named = page::named(&html, address);
    let told = std::iter::once(address).chain(&named.canonical).flat_map(address::told_by);
    ranked(named.candidates.into_iter().chain(told), address)
}

/// Lists the feeds that an address tells of without its page.
pub fn discover_by_address(address: &Url) -> Vec<Candidate> {
    ranked(address::told_by(address).into_iter(), address)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(address: &str, page: &str) -> Vec<(CandidateKind, String)> {
        let candidates = discover(page.as_bytes(), &Url::parse(address).unwrap());
        candidates.into_iter().map(|it| (it.kind, it.url.into())).collect()
    }

    #[test]
    fn what_is_declared_comes_before_what_is_linked_and_comments_come_last() {
        let page = "<link rel=alternate type=application/rss+xml title='Comments on A' href=/comments/feed/>\
                    <link rel=alternate type=application/rss+xml href=/feed/>\
                    <a href=/feed>RSS</a><a href='http://A.test/blog.atom'>Atom</a>";
        let expected = [
            (CandidateKind::Declared, "http://a.test/feed/".to_owned()),
            (CandidateKind::Linked, "http://a.test/blog.atom".to_owned()),
            (CandidateKind::Comments, "http://a.test/comments/feed/".to_owned()),
        ];
        assert_eq!(found("http://a.test/", page), expected);
    }

    #[test]
    fn a_page_tells_its_own_address_which_tells_its_feed() {
        let page = "<link rel=canonical href='https://www.youtube.com/channel/UC_x5XG1OV2P6uZZ5FSM9Ttw'>";
        let expected = "https://www.youtube.com/feeds/videos.xml?channel_id=UC_x5XG1OV2P6uZZ5FSM9Ttw";
        let found = found("https://www.youtube.com/@name", page);
        assert_eq!(found, [(CandidateKind::Told, expected.to_owned())]);
    }

    #[test]
    fn a_page_without_feeds_has_none() {
        assert!(found("http://a.test/x", "<a href='/about'>About</a>").is_empty());
        assert!(discover(b"\xff\xfe<\x00l", &Url::parse("http://a.test/").unwrap()).is_empty());
    }

    proptest! {
        #[test]
        fn any_bytes_at_any_address_name_feeds_of_the_web_or_none(
            bytes in any::<Vec<u8>>(),
            attributes in "[ -~]{0,40}",
            path in "[ -~]{0,20}",
        ) {
            let Ok(address) = Url::parse(&format!("http://a.test/{path}")) else { return Ok(()) };
            let page = [b"<link rel=feed ", attributes.as_bytes(), b"><a href=/rss ", &bytes, b">"].concat();
            for candidate in discover(&page, &address) {
                prop_assert!(matches!(candidate.url.scheme(), "http" | "https"));
                prop_assert_eq!(candidate.url.fragment(), None);
            }
        }
    }
}
