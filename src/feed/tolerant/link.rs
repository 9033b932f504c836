//! The links of a feed or an entry: what they are for, by what they say of themselves.

use std::borrow::Cow;

use super::super::draft::Link;
use super::super::xml::Element;

/// Reads a link to a page: an address as text, or one in `href` that is not said to be for something else.
pub(super) fn page(element: &Element<'_>) -> Option<Link> {
    let Some(href) = element.attribute("href") else {
        let written = element.text();
        let named = || element.attribute("resource").map(Cow::into_owned);
        let href = Some(written).filter(|text| !text.trim().is_empty()).or_else(named)?;
        return Some(Link { href, base: element.base.clone(), ..Link::default() });
    };
    is_for(element, "alternate").then(|| link(element, href.into_owned()))
}

/// Reads a link to a file.
pub(super) fn file(element: &Element<'_>) -> Option<Link> {
    let href = element.attribute("href")?;
    element.attribute("rel").is_some_and(|rel| rel == "enclosure").then(|| link(element, href.into_owned()))
}

/// Reads a link to a page with comments, which RSS names in an element of its own (RFC 4685 for Atom).
pub(super) fn comments(element: &Element<'_>) -> Option<Link> {
    if element.name == "comments" {
        let href = element.text();
        return (!href.trim().is_empty()).then(|| link(element, href));
    }
    let is_page = element.attribute("type").is_none_or(|mime| mime.contains("html"));
    let href = element
        .attribute("href")
        .filter(|_| is_page && element.attribute("rel").is_some_and(|rel| rel == "replies"))?;
    Some(link(element, href.into_owned()))
}

/// Reads an enclosure of RSS; that of RDF names its resource.
pub(super) fn enclosure(element: &Element<'_>) -> Option<Link> {
    let href = element.attribute("url").or_else(|| element.attribute("resource"))?;
    Some(link(element, href.into_owned()))
}

/// Reads a file of Media RSS.
pub(super) fn media(element: &Element<'_>) -> Option<Link> {
    let href = element.attribute("url")?;
    let length = element.attribute("filesize").and_then(|length| length.trim().parse().ok());
    Some(Link { length, ..link(element, href.into_owned()) })
}

/// Reads the address of a content of Atom that lies elsewhere.
pub(super) fn out_of_line(element: &Element<'_>) -> Option<Link> {
    let href = element.attribute("src")?;
    Some(link(element, href.into_owned()))
}

fn link(element: &Element<'_>, href: String) -> Link {
    Link {
        href,
        mime: element.attribute("type").map(Cow::into_owned),
        length: element.attribute("length").and_then(|length| length.trim().parse().ok()),
        base: element.base.clone(),
    }
}

fn is_for(element: &Element<'_>, relation: &str) -> bool {
    let relations = element.attribute("rel").unwrap_or_default();
    let relations = relations.trim();
    relations.is_empty()
        || relations.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(relation))
}
