//! What the names that a page gives its elements say of them: classes, ids, roles.

use std::collections::HashMap;

/// What names say of an element, one bit for each of `KINDS`.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Marks(u32);

impl Marks {
    /// Tells whether a name of a kind is among them, by its place in `KINDS`.
    pub(super) fn has(self, kind: usize) -> bool {
        self.0 & (1 << kind) != 0
    }

    /// Tells whether a name says that this is beside the text.
    pub(super) fn is_beside(self) -> bool {
        [SHARE, RELATED, SIGN_UP, COMMENT, ADVERT, NAVIGATION].iter().any(|kind| self.has(*kind))
    }
}

const SHARE: usize = 2;
const RELATED: usize = 3;
const SIGN_UP: usize = 4;
pub(super) const COMMENT: usize = 6;
const NAVIGATION: usize = 7;
pub(super) const HEADLINE: usize = 8;
pub(super) const BYLINE: usize = 9;
const ADVERT: usize = 10;
pub(super) const PAYWALL: usize = 13;

/// The kinds of names; a name is of a kind if it holds one of its parts.
#[rustfmt::skip]
pub(super) const KINDS: [(&str, &str, &[&str]); 14] = [
    ("near text", "text names", &[
        "article", "story", "body", "content", "entry", "post", "text", "paragraph", "main", "prose",
    ]),
    ("near body", "body names", &[
        "articlebody", "article-body", "article_body", "article__body", "storybody", "story-body",
        "story_body", "story__body", "entry-content", "entry_content", "post-content", "post_content",
        "postcontent", "article-content", "article_content", "article__content", "articlecontent",
        "article-text", "article_text", "article__text", "articletext", "post-body", "postbody", "post_body",
        "story-content", "story-text", "body-copy", "bodycopy", "body-text", "bodytext", "body-content",
        "body__content", "content-body", "content__body", "contentbody", "content_body", "rich-text",
        "richtext", "news-text", "newstext", "single-content", "main-content", "page-content", "prose",
    ]),
    ("near share", "share names", &[
        "share", "sharing", "social", "follow", "addthis", "addtoany", "bookmark",
    ]),
    ("near related", "related names", &[
        "relat", "recommend", "recirc", "more", "also", "outbrain", "taboola", "popular", "trending", "most",
        "teaser", "read-next", "readnext", "up-next", "upnext", "similar", "suggest", "promo", "latest",
        "sidebar", "aside", "widget", "rail", "carousel", "card", "list-item",
    ]),
    ("near sign-up", "sign-up names", &[
        "newsletter", "signup", "sign-up", "subscri", "email", "paywall", "regwall", "donat", "cta",
        "call-to-action", "banner", "modal", "popup", "pop-up", "overlay", "cookie", "consent", "gdpr",
        "optin", "opt-in", "membership",
    ]),
    ("near caption", "caption names", &[
        "caption", "credit", "figure", "image", "photo", "gallery", "media", "video", "player", "slideshow",
        "copyright", "source", "audio", "legende", "bildunter",
    ]),
    ("near comment", "comment names", &[
        "comment", "disqus", "respond", "reply", "discuss", "feedback", "rating", "forum",
    ]),
    ("near navigation", "navigation names", &[
        "foot", "legal", "disclaim", "terms", "tags", "taglist", "tag-list", "topic", "categor", "breadcrumb",
        "nav", "menu", "paginat", "pager", "bottom", "keyword", "toolbar",
    ]),
    ("near headline", "headline names", &[
        "header", "masthead", "headline", "title", "standfirst", "dek", "subtitle", "summary", "lead",
        "intro", "kicker", "excerpt", "deck", "teaser-text", "chapo", "sottotitolo", "heading",
    ]),
    ("near byline", "byline names", &[
        "byline", "author", "bio", "meta", "date", "time", "publish", "posted", "contributor", "writer",
        "reporter",
    ]),
    ("near advert", "advert names", &[
        "advert", "sponsor", "dfp", "gpt-", "adslot", "ad-", "-ad", "ads", "commercial", "promoted",
    ]),
    ("near quote", "quote names", &[
        "quote", "tweet", "twitter", "instagram", "embed", "callout", "factbox", "fact-box", "infobox",
        "inline", "box", "aside", "insta", "facebook", "tiktok",
    ]),
    ("near hidden", "hidden names", &[
        "hidden", "visually", "sr-only", "screen-reader", "screenreader", "print", "mobile", "offscreen",
        "assistive", "a11y",
    ]),
    ("near paywall", "paywall names", &[
        "paywall", "regwall", "pay-wall", "meter-wall", "subscriber-only", "premium-wall",
    ]),
];

/// Reads names, each only once: pages repeat them.
#[derive(Default)]
pub(super) struct Names {
    known: HashMap<String, Marks>,
}

impl Names {
    /// Reads what an attribute holds, such as `article-body wide`.
    pub(super) fn read(&mut self, attribute: &str) -> Marks {
        let mut marks = Marks::default();
        for name in attribute.split_ascii_whitespace() {
            if let Some(known) = self.known.get(name) {
                marks.0 |= known.0;
                continue;
            }
            let found = marks_of(&name.to_ascii_lowercase());
            self.known.insert(name.to_owned(), found);
            marks.0 |= found.0;
        }
        marks
    }
}

fn marks_of(name: &str) -> Marks {
    let bits =
        KINDS.iter().enumerate().filter(|(_, (_, _, parts))| parts.iter().any(|part| name.contains(part)));
    Marks(bits.map(|(at, _)| 1 << at).sum())
}

/// Joins two elements' marks, or the marks of two attributes.
impl std::ops::BitOr for Marks {
    type Output = Marks;

    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_an_element_is_for() {
        let mut names = Names::default();
        for (attribute, kind, is_beside) in [
            ("Comments-List", COMMENT, true),
            ("wide byline", BYLINE, false),
            ("page-headline", HEADLINE, false),
            ("reader-paywall", PAYWALL, true),
            ("site-nav", NAVIGATION, true),
            ("share-bar", SHARE, true),
        ] {
            // The second time it is known.
            for _ in 0..2 {
                let marks = names.read(attribute);
                assert_eq!((marks.has(kind), marks.is_beside()), (true, is_beside), "{attribute}");
            }
        }
        assert_eq!(names.read("x1 y2"), Marks::default());
    }

    #[test]
    fn marks_of_two_attributes_are_joined() {
        let mut names = Names::default();
        let both = names.read("byline") | names.read("share");
        assert!(both.has(BYLINE) && both.has(SHARE) && !both.has(COMMENT));
    }
}
