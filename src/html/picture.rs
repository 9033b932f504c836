//! Finds where a picture really is: pages that load late keep its address elsewhere, and a stand-in where it belongs.

use std::borrow::Cow;

use url::Url;

use super::address::web_url;
use super::reference::decode_references;
use super::srcset;
use super::token::Tag;

/// Where the scripts that load pictures late look for the address: lazysizes, jQuery Lazy, WP Rocket, Jetpack,
/// Cloudflare Mirage, Ezoic, `NitroPack`, `PageSpeed`, echo.js, b-lazy, unveil.
#[rustfmt::skip]
const LATE: &[&str] = &[
    "data-src", "data-lazy-src", "data-original", "data-lazy", "data-original-src", "data-lazyload", "data-lazy-load",
    "data-full-src", "data-hi-res-src", "data-image-src", "data-img-src", "data-actualsrc", "data-echo", "data-url",
    "data-cfsrc", "data-ezsrc", "nitro-lazy-src", "data-pagespeed-lazy-src", "data-src-large", "data-src-medium",
];

/// Files that stand in for a picture, by the names before their type.
#[rustfmt::skip]
const STAND_INS: &[&str] = &[
    "blank", "spacer", "transparent", "transparency", "1x1", "placeholder", "grey-placeholder", "gray-placeholder",
    "image-placeholder", "placeholder-image", "lazy", "lazyload", "lazy-load", "loading", "spaceball", "shim", "clear",
    "trans", "pixel_trans", "1px", "1pix", "cleardot", "empty",
];

/// What ends the address of a picture that no attribute says is one.
const TYPES: &[&str] = &[".jpg", ".jpeg", ".png", ".webp", ".gif"];

/// Pictures that scripts fit to the window ask for this width.
const WIDTH: &str = "1200";

/// An address of a picture, and what it was found by.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Source {
    pub(super) url: Url,
    /// Whether it is not what a browser without scripts would load.
    pub(super) is_late: bool,
}

/// Finds the address of a picture; that of one of its `<source>`s serves where it has none of its own.
pub(super) fn source(tag: &Tag, other: Option<&Url>, base: Option<&Url>) -> Option<Source> {
    let found = Attributes::of(tag);
    let late = |url| Source { url, is_late: true };
    let usual = |url| Source { url, is_late: false };
    let best = |set: Option<&str>| best_of(set?, base);
    let read = |address: Option<&str>| real_address(address?, base);
    best(found.late_srcset)
        .or_else(|| read(found.late.map(|(_, address)| address)))
        .map(late)
        .or_else(|| best(found.srcset).or_else(|| read(found.src)).map(usual))
        .or_else(|| other.cloned().map(usual))
        .or_else(|| read(found.other).map(late))
}

/// Finds the address in a `<source>` of a picture, and tells whether everything can show its type.
pub(super) fn of_source(tag: &Tag, base: Option<&Url>) -> Option<(Url, bool)> {
    let found = Attributes::of(tag);
    let set = found.late_srcset.or(found.srcset).and_then(|set| best_of(set, base));
    let url = set.or_else(|| real_address(found.late.map(|(_, address)| address).or(found.src)?, base))?;
    let mime = tag.attribute("type").unwrap_or_default();
    Some((url, !mime.contains("avif") && !mime.contains("jxl")))
}

/// Tells whether a picture has its address where scripts look for it.
pub(super) fn is_late(tag: &Tag) -> bool {
    let found = Attributes::of(tag);
    found.late.is_some() || found.late_srcset.is_some()
}

/// Tells whether a picture is written out in its own address, and large enough to be one.
pub(super) fn is_inline(tag: &Tag) -> bool {
    const LARGE: usize = 4_000;
    tag.attribute("src").is_some_and(|src| src.len() > LARGE && starts_with(src, "data:image/"))
}

/// What the attributes of a picture say of its address, as written.
#[derive(Default)]
struct Attributes<'a> {
    src: Option<&'a str>,
    srcset: Option<&'a str>,
    late: Option<(usize, &'a str)>,
    late_srcset: Option<&'a str>,
    other: Option<&'a str>,
}

impl<'a> Attributes<'a> {
    fn of(tag: &Tag<'a>) -> Attributes<'a> {
        let mut found = Attributes::default();
        for (name, value) in tag.attributes() {
            found.note(name, value);
        }
        found
    }

    fn note(&mut self, name: &str, value: &'a str) {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if is("src") {
            self.src.get_or_insert(value);
        } else if is("srcset") {
            self.srcset.get_or_insert(value);
        } else if value.is_empty() || name.len() < 6 || !name.contains('-') {
            // No name of an attribute that scripts read is so short.
        } else if ends_with(name, "srcset") {
            self.late_srcset.get_or_insert(value);
        } else if let Some(rank) = LATE.iter().position(|late| is(late)) {
            if self.late.is_none_or(|(known, _)| rank < known) {
                self.late = Some((rank, value));
            }
        } else if is_address_of_picture(value) {
            self.other.get_or_insert(value);
        }
    }
}

fn best_of(srcset: &str, base: Option<&Url>) -> Option<Url> {
    let srcset = decode_references(srcset);
    let is_usable = |address: &str| real_address(address, base).is_some();
    real_address(srcset::best(&srcset, is_usable)?, base)
}

fn real_address(address: &str, base: Option<&Url>) -> Option<Url> {
    let address = decode_references(address);
    let address = address.trim();
    let is_other = address.starts_with('#') || starts_with(address, "data:") || is_stand_in(address);
    if is_other || address.len() > super::allowed::MAX_ADDRESS {
        return None;
    }
    let address = with_width(address);
    if address.contains('{') {
        return None;
    }
    web_url(&address, base)
}

/// Fills in the width that a script would choose.
fn with_width(address: &str) -> Cow<'_, str> {
    if !address.contains(['{', '%']) {
        return Cow::Borrowed(address);
    }
    Cow::Owned(address.replace("{width}", WIDTH).replace("%7Bwidth%7D", WIDTH))
}

fn is_stand_in(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default();
    let Some((stem, kind)) = file.rsplit_once('.') else {
        return false;
    };
    kind.len() <= 4 && STAND_INS.iter().any(|known| known.eq_ignore_ascii_case(stem))
}

fn is_address_of_picture(value: &str) -> bool {
    let path = value.split(['?', '#']).next().unwrap_or_default();
    value.len() < 2_000
        && TYPES.iter().any(|kind| ends_with(path, kind))
        && !path.contains([' ', '\n', '<', '{', '"'])
}

fn starts_with(text: &str, start: &str) -> bool {
    text.trim_start().get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn ends_with(text: &str, end: &str) -> bool {
    let from = text.len().checked_sub(end.len());
    from.and_then(|from| text.get(from..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::super::token::{Token, Tokens};
    use super::*;

    fn found(html: &str) -> Option<String> {
        let base = Url::parse("http://a.test/x/").unwrap();
        let Some(Token::Start(tag)) = Tokens::new(html).next() else { panic!("no tag") };
        source(&tag, None, Some(&base)).map(|source| source.url.path().to_owned())
    }

    #[test]
    fn a_picture_is_where_its_attributes_say() {
        let table = [
            ("<img src=a.jpg>", Some("/x/a.jpg")),
            ("<img src=small.jpg data-src=a.jpg>", Some("/x/a.jpg")),
            ("<img src='data:image/gif;base64,R0' data-lazy-src='/a.jpg'>", Some("/a.jpg")),
            ("<img src=/img/blank.gif data-original=a.jpg>", Some("/x/a.jpg")),
            ("<img data-lazy-src=b.jpg data-src=a.jpg>", Some("/x/a.jpg")),
            ("<img src=s.jpg srcset='m.jpg 300w, a.jpg 1200w, l.jpg 4000w'>", Some("/x/a.jpg")),
            ("<img src=s.jpg data-srcset='a.jpg 2x' data-src=b.jpg>", Some("/x/a.jpg")),
            ("<img src=s.jpg data-lazy-srcset='a.jpg 2x'>", Some("/x/a.jpg")),
            ("<img srcset='data:image/gif;base64,R0lGODlh 2x' src=a.jpg>", Some("/x/a.jpg")),
            ("<img src=blank.gif data-hires='http://a.test/a.JPG?x=1'>", Some("/a.JPG")),
            ("<img src=a.jpg data-hires=b.jpg>", Some("/x/a.jpg")),
            ("<img data-src='/{width}/a.jpg'>", Some("/1200/a.jpg")),
            ("<img data-src='/{size}/b.jpg' src=a.jpg>", Some("/x/a.jpg")),
            ("<img data-src='javascript:x' src=a.jpg>", Some("/x/a.jpg")),
            ("<img data-caption='see b.jpg' src=spacer.gif>", None),
            ("<img src=about:blank>", None),
            ("<img src='#'>", None),
            ("<img src=blank.gif>", None),
            ("<img src=blank-verse.jpg>", Some("/x/blank-verse.jpg")),
            ("<img>", None),
        ];
        for (html, expected) in table {
            assert_eq!(found(html).as_deref(), expected, "{html}");
        }
    }
}
