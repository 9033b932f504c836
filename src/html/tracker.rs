//! Tells pictures that count readers, and icons that share, from pictures.

use url::Url;

use super::attribute::is_space;
use super::style;
use super::token::Tag;

/// Where widely used services count who reads a feed or a page: beginnings of `host/path`. Each is the address that
/// the service's own documentation or generated markup has.
#[rustfmt::skip]
const COUNTERS: &[&str] = &[
    "pixel.wp.com/", "stats.wordpress.com/", "feeds.wordpress.com/1.0/", "medium.com/_/stat", "feedpress.me/",
    "tracking.feedpress.", "feeds.feedblitz.com/_/", "rss.feedsportal.com/", "pi.feedsportal.com/",
    "da.feedsportal.com/", "b.scorecardresearch.com/", "sb.scorecardresearch.com/", "pixel.quantserve.com/",
    "www.google-analytics.com/", "ad.doubleclick.net/", "googleads.g.doubleclick.net/", "www.facebook.com/tr",
    "px.ads.linkedin.com/", "bat.bing.com/", "analytics.twitter.com/", "ir-na.amazon-adsystem.com/e/ir",
];

/// Beginnings of paths: `FeedBurner`'s counter, flares and advertisements, also under a publisher's own name.
const PATHS: &[&str] = &["/~r/", "/~ff/", "/~a/", "/~at/"];

/// Files that have no other use, by the names before their type.
#[rustfmt::skip]
const FILES: &[&str] = &[
    "pixel", "tracking_pixel", "tracking-pixel", "trackingpixel", "tracker", "track", "tracking", "beacon", "webbeacon",
    "__utm", "count", "hit", "impression", "open", "1x1", "1x1_transparent", "clear1x1",
];

/// What shares a page, by a part of its address.
#[rustfmt::skip]
const SHARING: &[&str] = &[
    "facebook.com/sharer", "facebook.com/share.php", "facebook.com/dialog/", "twitter.com/intent", "twitter.com/share",
    "twitter.com/home?status", "x.com/intent", "linkedin.com/shareArticle", "linkedin.com/sharing", "/pin/create/",
    "reddit.com/submit", "tumblr.com/share", "api.whatsapp.com/send?text", "wa.me/?text", "whatsapp://send", "t.me/share",
    "telegram.me/share", "getpocket.com/save", "news.ycombinator.com/submitlink", "bsky.app/intent", "mailto:?",
    "addtoany.com/", "addthis.com/", "/~ff/",
];

/// Pictures up to this size are icons, where they are in a link.
const ICON: f64 = 32.0;

/// Tells whether a picture or a frame is not there to be seen, by the size it is given.
pub(super) fn is_tiny(tag: &Tag) -> bool {
    let is_point = |side| size(tag, side).is_some_and(|size| size <= 1.0);
    is_point("width") || is_point("height") || tag.attribute("style").is_some_and(style::is_tiny)
}

/// Tells whether a picture is as small as an icon.
pub(super) fn is_icon(tag: &Tag) -> bool {
    let is_small = |side| size(tag, side).is_some_and(|size| size <= ICON);
    is_small("width") && is_small("height")
}

/// Tells whether what lies at an address only counts who asks for it.
pub(super) fn is_counter(url: &Url) -> bool {
    let place = url.as_str().split_once("://").map_or("", |(_, place)| place);
    let path = url.path();
    let file = path.rsplit('/').next().unwrap_or_default();
    let (stem, kind) = file.rsplit_once('.').unwrap_or((file, ""));
    let is_file = matches!(kind, "gif" | "png" | "php" | "") && FILES.contains(&stem);
    is_file
        || COUNTERS.iter().any(|counter| place.starts_with(counter))
        || PATHS.iter().any(|start| path.starts_with(start))
        || url.query().is_some_and(|query| query.contains("republication-pixel"))
}

/// Tells whether a link, as written, shares a page instead of leading to one.
pub(super) fn shares(href: &str) -> bool {
    SHARING.iter().any(|part| href.contains(part))
}

fn size(tag: &Tag, side: &str) -> Option<f64> {
    let value = tag.attribute(side)?.trim_matches(is_space);
    let value = value.strip_suffix("px").unwrap_or(value);
    value.parse().ok().filter(|size: &f64| *size >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::super::token::{Token, Tokens};
    use super::*;

    fn tiny(html: &str) -> bool {
        let Some(Token::Start(tag)) = Tokens::new(html).next() else { panic!("no tag") };
        is_tiny(&tag)
    }

    #[test]
    fn a_point_is_not_there_to_be_seen() {
        for html in
            ["<img width=1>", "<img height='0px'>", "<img width=' 1 ' height=1>", "<img style='width:1px'>"]
        {
            assert!(tiny(html), "{html}");
        }
        for html in ["<img>", "<img width=100%>", "<img width=1% height=20>", "<img width='' height=auto>"] {
            assert!(!tiny(html), "{html}");
        }
    }

    #[test]
    fn counters_are_known_by_their_address() {
        let table = [
            ("http://pixel.wp.com/b.gif?host=a", true),
            ("http://feeds.a.test/~r/a/b/~4/c", true),
            ("http://a.test/track/pixel.gif?id=1", true),
            ("http://a.test/1x1.png", true),
            ("http://a.test/count.gif", true),
            ("http://a.test/i.jpg?republication-pixel=true&post=1", true),
            ("http://a.test/pixel.jpg", false),
            ("http://a.test/pixel-9-pro.png", false),
            ("http://a.test/track.html.png", false),
            ("http://a.test/open/photo.png", false),
            ("http://a.test/?u=pixel.wp.com/", false),
        ];
        for (address, expected) in table {
            assert_eq!(is_counter(&Url::parse(address).unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn links_that_share_are_known() {
        assert!(shares("https://www.facebook.com/sharer/sharer.php?u=x") && shares("mailto:?body=x"));
        assert!(!shares("https://api.whatsapp.com/send?phone=1&text=x"));
        assert!(!shares("https://www.facebook.com/a/posts/1") && !shares("mailto:a@b.test"));
    }
}
