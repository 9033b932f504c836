//! The feeds that a page names: in its head by `<link>`, in its text by `<a>`.

use url::Url;

use super::sign;
use super::{Candidate, CandidateKind};
use crate::feed::address::feed_url;
use crate::html::{PageLink, page_links};

/// A title goes no further than this.
const MAX_TITLE: usize = 200;

/// What a page names.
pub(super) struct Named {
    pub(super) candidates: Vec<Candidate>,
    /// The address that the page says is its own.
    pub(super) canonical: Option<Url>,
}

/// Reads what a page names.
pub(super) fn named(html: &str, address: &Url) -> Named {
    let page = page_links(html, address);
    let url = |link: &PageLink<'_>| feed_url(&link.href, Some(&page.base));
    let canonical = page.links.iter().find(|link| link.is_declared && link.is("canonical")).and_then(url);
    let candidate = |link: &PageLink<'_>| {
        let url = url(link)?;
        let kind = kind(link, &url, address)?;
        Some(Candidate::new(url, title(link), kind))
    };
    Named { candidates: page.links.iter().filter_map(candidate).collect(), canonical }
}

fn kind(link: &PageLink<'_>, url: &Url, address: &Url) -> Option<CandidateKind> {
    if link.is_declared {
        return is_declared(link, url).then_some(CandidateKind::Declared);
    }
    is_linked(link, url, address).then_some(CandidateKind::Linked)
}

/// Tells whether a `<link>` is a feed: by its type, or by what it is where its type tells little.
fn is_declared(link: &PageLink<'_>, url: &Url) -> bool {
    let is_alternate = link.is("alternate") || link.is("alternative");
    let is_named = link.is("feed") || link.is("service.feed") || link.is("rss") || link.is("atom");
    match link.mime.as_str() {
        mime if sign::is_of_feeds(mime) => is_alternate || is_named || link.rel.is_empty(),
        mime if sign::may_be_of_feeds(mime) => is_named || (is_alternate && sign::looks_like_feed(url)),
        // Of an alternate of another type one knows what it is: a translation, a page for phones.
        _ => is_named && link.mime.is_empty(),
    }
}

/// Tells whether an `<a>` plainly leads to a feed: on the same site, or by its own words.
fn is_linked(link: &PageLink<'_>, url: &Url, address: &Url) -> bool {
    if sign::is_of_feeds(&link.mime) || link.is("feed") {
        return true;
    }
    if !sign::looks_like_feed(url) {
        return false;
    }
    sign::is_same_site(url, address) || sign::names_feed(&link.title())
}

fn title(link: &PageLink<'_>) -> String {
    let mut title = link.title();
    title.truncate(title.floor_char_boundary(MAX_TITLE));
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(html: &str) -> Vec<String> {
        let named = named(html, &Url::parse("https://www.a.test/blog/post").unwrap());
        named.candidates.into_iter().map(|it| it.url.into()).collect()
    }

    #[test]
    fn declared_feeds_are_found_however_they_are_written() {
        let table = [
            ("rel='alternate' type='application/rss+xml' href='/f'", "https://www.a.test/f"),
            ("rel='ALTERNATE' type='Application/Atom+XML' href='f'", "https://www.a.test/blog/f"),
            (
                "rel='alternate home' type='application/atom+xml' href='?feed=rss2'",
                "https://www.a.test/blog/post?feed=rss2",
            ),
            ("rel='alternate' type='application/feed+json' href='//b.test/f'", "https://b.test/f"),
            ("rel='alternate' type='application/rdf+xml' href='/f'", "https://www.a.test/f"),
            ("rel='alternate' type='application/rss+xml; charset=UTF-8' href='/f'", "https://www.a.test/f"),
            ("rel='alternate' type='application/rss' href='/f'", "https://www.a.test/f"),
            ("rel='alternate' type='text/xml' href='/f.xml'", "https://www.a.test/f.xml"),
            ("rel='alternate' type='application/json' href='/feed.json'", "https://www.a.test/feed.json"),
            ("rel='feed' href='/x'", "https://www.a.test/x"),
            ("rel='alternate' href='/feed/'", "https://www.a.test/feed/"),
            ("type='application/rss+xml' href='/f'", "https://www.a.test/f"),
            ("rel=alternate type=application/rss+xml href=feed://b.test/f", "http://b.test/f"),
            (
                "rel=alternate type=application/rss+xml href='/f?a=1&amp;b=2#c'",
                "https://www.a.test/f?a=1&b=2",
            ),
        ];
        for (attributes, expected) in table {
            assert_eq!(urls(&format!("<head><link {attributes}></head>")), [expected], "{attributes}");
        }
    }

    #[test]
    fn what_is_declared_as_something_else_is_no_feed() {
        for attributes in [
            "rel='stylesheet' href='/feed.xml'",
            "rel='alternate' hreflang='de' href='/de/'",
            "rel='alternate' type='text/html' href='/feed/'",
            "rel='alternate' type='application/json+oembed' href='/oembed?format=rss'",
            "rel='alternate' type='application/json' href='/wp-json/wp/v2/pages/7'",
            "rel='alternate' media='handheld' href='/m/'",
            "rel='service.post' type='application/atom+xml' href='/post'",
            "rel='alternate' type='application/rss+xml' href='javascript:x'",
            "rel='alternate' type='application/rss+xml' href=''",
            "rel='alternate' type='application/rss+xml'",
        ] {
            assert_eq!(urls(&format!("<link {attributes}>")), [""; 0], "{attributes}");
        }
    }

    #[test]
    fn links_in_the_text_count_where_they_plainly_lead_to_feeds() {
        let table: &[(&str, &[&str])] = &[
            ("<a href='/rss'>x</a>", &["https://www.a.test/rss"]),
            ("<a href='https://feeds.a.test/all'>x</a>", &["https://feeds.a.test/all"]),
            ("<a href='https://b.test/feed.xml'>Our RSS feed</a>", &["https://b.test/feed.xml"]),
            ("<a href='https://b.test/feed.xml'>A friend</a>", &[]),
            ("<a href='/sitemap.xml'>x</a><a href='/about'>RSS</a><a href='/feedback'>x</a>", &[]),
            ("<a href='/x' type='application/atom+xml'>x</a>", &["https://www.a.test/x"]),
            ("<a href='https://reader.test/add/feed/https%3A%2F%2Fwww.a.test%2Ffeed'>RSS</a>", &[]),
        ];
        for (html, expected) in table {
            assert_eq!(urls(html), *expected, "{html}");
        }
    }

    #[test]
    fn the_base_of_the_page_counts() {
        let html =
            "<base href='https://b.test/y/'><link rel='alternate' type='application/rss+xml' href='f'>";
        assert_eq!(urls(html), ["https://b.test/y/f"]);
    }
}
