//! The allow-list: which elements, attributes and values stay.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use url::Url;

use super::address::{link_url, web_url};
use super::tracking::without_tracking;

/// Elements one can read; most tags are of the first few.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "p", "a", "br", "img", "div", "span", "li", "strong", "em", "b", "i", "ul", "code", "figure", "blockquote",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section", "article",
    "ol", "dl", "dt", "dd", "q", "cite", "pre", "kbd", "samp", "var",
    "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td",
    "figcaption", "details", "summary", "abbr", "time",
    "u", "s", "del", "ins", "mark", "small", "sub", "sup", "wbr",
    "ruby", "rb", "rp", "rt",
];

/// Elements that are as good as another one.
#[rustfmt::skip]
const SAME_AS: &[(&str, &str)] = &[
    ("acronym", "abbr"), ("strike", "s"), ("tt", "code"), ("dfn", "em"),
    ("menu", "ul"), ("dir", "ul"), ("xmp", "pre"), ("listing", "pre"),
    ("address", "div"), ("aside", "div"), ("center", "div"), ("fieldset", "div"), ("footer", "div"),
    ("form", "div"), ("header", "div"), ("hgroup", "div"), ("legend", "div"), ("main", "div"), ("nav", "div"),
];

/// Elements that go with all they hold.
#[rustfmt::skip]
const HIDDEN: &[&str] = &[
    "script", "style", "template", "textarea", "select", "button", "title", "noembed", "noframes", "applet",
    "datalist", "metadata", "canvas", "meter", "progress", "annotation", "annotation-xml", "amp-ad", "amp-analytics",
    "amp-consent", "amp-sidebar", "amp-social-share", "amp-sticky-ad", "amp-user-notification",
];

/// Elements that leave their content and nothing else; only the end of a text is searched for them.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "area", "audio", "bdi", "bdo", "big", "body", "embed", "font", "head", "html", "iframe", "input", "label",
    "dialog", "link", "map", "math", "meta", "nobr", "noscript", "object", "param", "picture", "source", "svg", "track",
    "video",
];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "title"]),
    ("abbr", &["title"]),
    ("code", &["class"]),
    ("img", &["src", "alt", "title", "width", "height"]),
    ("li", &["value"]),
    ("ol", &["start"]),
    ("pre", &["class"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan"]),
];

/// No table needs more; a million columns would be laid out one by one.
const MAX_SPAN: u32 = 100;
const MAX_NUMBER: u32 = 1_000_000;

/// Longer names and descriptions are cut, longer addresses go nowhere.
const MAX_VALUE: usize = 2_000;
pub(super) const MAX_ADDRESS: usize = 8_000;

/// Names the allowed element that stands for an element. The text of all others stays without their tags.
pub(super) fn allowed_element(name: &str) -> Option<&'static str> {
    let same = || SAME_AS.iter().find(|(other, _)| *other == name).map(|(_, element)| *element);
    ELEMENTS.iter().find(|element| **element == name).copied().or_else(same)
}

/// Tells whether a name is that of an element of HTML, or the beginning of one where the text is cut off.
pub(super) fn is_element(name: &str, is_cut: bool) -> bool {
    let others = SAME_AS.iter().map(|(other, _)| other);
    let mut known = ELEMENTS.iter().chain(others).chain(HIDDEN).chain(OTHERS);
    known.any(|known| *known == name || is_cut && known.starts_with(name))
}

/// Tells whether an element goes with all it holds.
pub(super) fn is_hidden(name: &str) -> bool {
    HIDDEN.contains(&name)
}

/// What each sanitiser starts with: most texts are so short that hashing all names would take as long as they do.
static TAGS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(ELEMENTS));
static HIDDEN_TAGS: LazyLock<HashSet<&str>> = LazyLock::new(|| set(HIDDEN));
static TAG_ATTRIBUTES: LazyLock<HashMap<&str, HashSet<&str>>> = LazyLock::new(attributes);

/// Makes the sanitiser for texts whose relative addresses start at the base.
pub(super) fn sanitiser(base: Option<Url>) -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.clone())
        .clean_content_tags(HIDDEN_TAGS.clone())
        .tag_attributes(TAG_ATTRIBUTES.clone())
        .generic_attributes(set(&["id"]))
        .url_schemes(set(&["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(move |element: &str, name: &str, value: &str| {
            allowed_value(element, name, value, base.as_ref()).map(Cow::Owned)
        });
    builder
}

fn set(names: &[&'static str]) -> HashSet<&'static str> {
    names.iter().copied().collect()
}

fn attributes() -> HashMap<&'static str, HashSet<&'static str>> {
    let entries = ATTRIBUTES.iter();
    entries.map(|(name, list)| (*name, set(list))).collect()
}

fn allowed_value(element: &str, name: &str, value: &str, base: Option<&Url>) -> Option<String> {
    match (element, name) {
        (_, "href" | "src") if value.len() > MAX_ADDRESS => None,
        // A note's number leads to a place in the same text.
        ("a", "href") if value.starts_with('#') => Some(value.to_owned()),
        ("a", "href") => link_url(value, base).map(untracked),
        ("img", "src") => web_url(value, base).map(String::from),
        (_, "class") => language_class(value),
        (_, "colspan" | "rowspan") => number(value, MAX_SPAN),
        (_, "width" | "height") => number(length(value), MAX_NUMBER),
        (_, "start" | "value") => number(value, MAX_NUMBER),
        _ => Some(value[..value.floor_char_boundary(MAX_VALUE)].to_owned()),
    }
}

fn untracked(url: Url) -> String {
    match without_tracking(url.as_str()) {
        Cow::Borrowed(_) => String::from(url),
        Cow::Owned(address) => address,
    }
}

fn language_class(value: &str) -> Option<String> {
    let mut classes = value.split_ascii_whitespace();
    let is_language = |class: &&str| class.starts_with("language-") || class.starts_with("lang-");
    classes.find(is_language).map(str::to_owned)
}

/// Leaves of a length in points what stands before them: `640.5px`. A share of the width stays, and is no number.
fn length(value: &str) -> &str {
    let value = value.trim().trim_end_matches("px");
    let is_fraction = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    value.split_once('.').filter(|(_, rest)| is_fraction(rest)).map_or(value, |(whole, _)| whole)
}

fn number(value: &str, most: u32) -> Option<String> {
    let number = value.trim().parse::<u32>().ok()?;
    Some(number.min(most).to_string())
}
