//! Signs of a feed: in a MIME type, in an address, in a title.

use url::Url;

/// Types that only feeds have.
#[rustfmt::skip]
const FEED_TYPES: &[&str] = &[
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "application/rss", "application/atom", "application/x-rss+xml", "application/x.atom+xml",
    "application/x-atom+xml", "application/rss xml", "application/atom xml", "application/xml+rss",
    "application/xml+atom", "application/rssxml", "application/atomxml", "text/rss", "text/rss+xml",
    "text/atom", "text/atom+xml",
];

/// Types that feeds have among much else; none at all is one of them.
const OTHER_TYPES: &[&str] = &["", "text/xml", "application/xml", "application/json", "text/json"];

/// Parts of a path that name a feed.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "feed", "feeds", "rss", "rss1", "rss2", "atom", "rdf", "rss-feed", "rss_feed", "rssfeed", "atom1",
];

/// Files that feeds are.
const EXTENSIONS: &[&str] = &["rss", "atom", "rdf", "xml", "rss2"];

/// Files that look like feeds and are something else.
const OTHER_FILES: &[&str] =
    &["sitemap", "opensearch", "search", "manifest", "browserconfig", "osd", "rsd", "wlwmanifest"];

/// Words for what readers say, in the languages that this was seen in.
const COMMENTS: &[&str] = &[
    "comment",
    "kommentar",
    "comentario",
    "comentário",
    "commenti",
    "reacties",
    "yorum",
    "коммент",
    "コメント",
    "评论",
];

/// Tells whether only feeds are of this type.
pub(super) fn is_of_feeds(mime: &str) -> bool {
    FEED_TYPES.contains(&mime)
}

/// Tells whether a feed may be of this type.
pub(super) fn may_be_of_feeds(mime: &str) -> bool {
    OTHER_TYPES.contains(&mime)
}

/// Tells whether an address reads like that of a feed.
pub(super) fn looks_like_feed(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    // The address of a service that takes the address of a feed.
    if path.contains("http:")
        || path.contains("https:")
        || path.contains("http%3a")
        || path.contains("https%3a")
    {
        return false;
    }
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let file = segments.last().copied().unwrap_or_default();
    is_feed_file(file)
        || segments.iter().any(|segment| NAMES.contains(segment))
        || asks_for_feed(url)
        || url.host_str().is_some_and(|host| host.starts_with("feeds.") && !segments.is_empty())
}

fn is_feed_file(file: &str) -> bool {
    let Some((name, extension)) = file.rsplit_once('.') else {
        return false;
    };
    if extension == "json" {
        return name.contains("feed");
    }
    EXTENSIONS.contains(&extension) && !OTHER_FILES.iter().any(|other| file.starts_with(other))
}

/// Tells whether the question of an address asks for a feed: `?feed=rss2`, `?format=atom`, `?rss`.
fn asks_for_feed(url: &Url) -> bool {
    url.query_pairs().any(|(key, value)| {
        let (key, value) = (key.to_ascii_lowercase(), value.to_ascii_lowercase());
        let names_one = |text: &str| NAMES.contains(&text);
        match key.as_str() {
            "format" | "type" | "output" | "alt" | "mode" | "view" => names_one(&value),
            "feed" => value.is_empty() || names_one(&value),
            key => names_one(key) && value.is_empty(),
        }
    })
}

/// Tells whether two addresses lie on one site: on the same host, or one on a host below the other's.
pub(super) fn is_same_site(one: &Url, other: &Url) -> bool {
    let host = |url: &Url| url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let (one, other) = (host(one), host(other));
    let is_below =
        |below: &str, above: &str| below.strip_suffix(above).is_some_and(|rest| rest.ends_with('.'));
    one == other || is_below(&one, &other) || is_below(&other, &one)
}

/// Tells whether the words of a link name a feed.
pub(super) fn names_feed(title: &str) -> bool {
    let words = title.split(|c: char| !c.is_alphanumeric());
    words.map(str::to_ascii_lowercase).any(|word| matches!(word.as_str(), "rss" | "atom" | "feed" | "feeds"))
}

/// Tells whether a feed is of comments, not of articles.
pub(super) fn is_of_comments(url: &Url, title: &str) -> bool {
    let title = title.to_lowercase();
    let mut segments = url.path_segments().into_iter().flatten();
    segments.any(|segment| matches!(segment, "comments" | "replies"))
        || COMMENTS.iter().any(|word| title.contains(word))
        || url.query_pairs().any(|(_, value)| value.starts_with("comments-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn addresses_of_feeds_are_told_from_others() {
        let feeds = [
            "/feed",
            "/feed/",
            "/blog/RSS",
            "/rss/world",
            "/atom.xml",
            "/index.rdf",
            "/x.atom",
            "/feed.json",
            "/?feed=rss2",
            "/x?format=atom",
            "/?rss",
            "/feeds/posts/default",
            "/newsfeed.json",
            "/?feed=",
        ];
        for path in feeds {
            assert!(looks_like_feed(&url(&format!("http://a.test{path}"))), "{path}");
        }
        let others = [
            "/",
            "/feedback",
            "/rssify",
            "/sitemap.xml",
            "/opensearch.xml",
            "/data.json",
            "/?feedback=1",
            "/?rss=off",
            "/feed/https://a.test/feed",
            "/add/rss/http%3A%2F%2Fa.test",
        ];
        for path in others {
            assert!(!looks_like_feed(&url(&format!("http://a.test{path}"))), "{path}");
        }
        assert!(looks_like_feed(&url("http://feeds.a.test/news")));
    }

    #[test]
    fn feeds_of_comments_are_known() {
        for (path, title) in [
            ("/comments/feed/", ""),
            ("/feed/", "A » Kommentar-Feed"),
            ("/?feed=comments-rss2", ""),
            ("/x", "Comments on: One"),
        ] {
            assert!(is_of_comments(&url(&format!("http://a.test{path}")), title), "{path} {title}");
        }
        assert!(!is_of_comments(&url("http://a.test/feed"), "A Common Feed"));
    }

    #[test]
    fn a_site_has_hosts_below_it() {
        for (one, other, same) in [
            ("http://a.test/", "https://www.a.test/", true),
            ("http://feeds.a.test/", "http://a.test/", true),
            ("http://a.test/", "http://blog.a.test/", true),
            ("http://ba.test/", "http://a.test/", false),
            ("http://b.test/", "http://a.test/", false),
        ] {
            assert_eq!(is_same_site(&url(one), &url(other)), same, "{one} {other}");
        }
    }
}
