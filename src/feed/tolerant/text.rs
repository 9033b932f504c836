//! Texts of a feed: what they are written in, by what their dialect says and by what they hold.

use super::super::base64;
use super::super::draft::{Kind, Text};
use super::super::xml::Element;
use crate::html::has_markup;
use crate::model::FeedFormat;

/// Reads a text; nothing comes of a picture or another file written out in letters.
pub(super) fn read(element: &Element<'_>, format: FeedFormat) -> Option<Text> {
    let base = element.base.clone();
    if element.elements().next().is_some() {
        return Some(Text { value: element.markup(), kind: Kind::Html, base });
    }
    let mime = element.attribute("type").unwrap_or_default().trim().to_ascii_lowercase();
    let written = element.text();
    let is_base64 = element.attribute("mode").is_some_and(|mode| mode == "base64");
    if is_base64 || is_other_file(&mime) {
        let value = base64::decode_text(&written).or_else(|| written_all_the_same(written, &mime))?;
        return Some(Text { kind: if has_markup(&value) { Kind::Html } else { Kind::Plain }, value, base });
    }
    let kind = match mime.as_str() {
        "text" | "text/plain" => Kind::Plain,
        mime if mime.contains("html") || mime.contains("xml") => Kind::Html,
        _ if format == FeedFormat::Atom => Kind::Plain,
        _ => Kind::Either,
    };
    Some(Text { value: written, kind, base })
}

/// Reads what a podcast or a video says of itself: plain as a rule, in RSS too.
pub(super) fn spoken(element: &Element<'_>) -> Option<Text> {
    let text = read(element, FeedFormat::Atom)?;
    Some(text).filter(|text| !text.value.trim().is_empty())
}

/// Takes a text as it stands where its type is odd and it does not look like a file in letters.
fn written_all_the_same(written: String, mime: &str) -> Option<String> {
    const LONGEST_WORD: usize = 60;
    let is_text = written.split_whitespace().all(|word| word.len() < LONGEST_WORD);
    (mime.starts_with("application/") && is_text).then_some(written)
}

fn is_other_file(mime: &str) -> bool {
    ["image/", "audio/", "video/", "application/"].iter().any(|kind| mime.starts_with(kind))
        && !mime.contains("html")
        && !mime.contains("xml")
}
