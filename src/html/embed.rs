//! Turns what a terminal cannot play into a paragraph with a link.
//!
//! What is shown of it is no text of the article: the label describes a picture that has no address.

use url::Url;

use super::address::web_url;
use super::player;
use super::text::{escape, plain_text};
use super::token::{Tag, Token, Tokens};

/// Longer addresses are cut in what is shown; the link stays whole.
const MAX_LABEL: usize = 60;

/// Attributes with the address of what is shown. Scripts that load late look in all but the first and the last.
const ADDRESSES: &[&str] = &[
    "src",
    "data-src",
    "data-lazy-src",
    "data-litespeed-src",
    "data-rocket-src",
    "data-cmp-src",
    "data-cookieblock-src",
    "data-original",
    "data",
];

/// Tells whether an element shows something from another address.
pub(super) fn is_embed(name: &str) -> bool {
    kind(name).is_some()
}

/// Makes the paragraph that stands for an embed, where it has an address of the web.
///
/// A frame may hold a link for those who cannot show it, which then stays instead.
pub(super) fn embed_link(tag: &Tag, content: &str, base: Option<&Url>) -> Option<String> {
    let kind = kind(&tag.name)?;
    // A frame or an object may hold what stands for it where it cannot be shown.
    let is_replaced = match tag.name.as_ref() {
        "iframe" => has_link(content),
        "object" => has_link(content) || has_object(content),
        _ => false,
    };
    if is_replaced {
        return None;
    }
    let url = address(tag, content, base)?;
    let kind = if kind == "Embedded" { player::plays(&url).unwrap_or(kind) } else { kind };
    let label = match player::title(tag) {
        Some(title) => format!("{title} ({})", host(&url)),
        None => label(&url),
    };
    let (address, label) = (escape(url.as_str()), escape(&label));
    Some(format!("<p><a href=\"{address}\"><img alt=\"{kind}: {label}\"></a></p>"))
}

fn address(tag: &Tag, content: &str, base: Option<&Url>) -> Option<Url> {
    let read = |address: &str| web_url(&plain_text(address), base);
    // Pages that load late keep the address elsewhere, and a blank one in `src`.
    let own = ADDRESSES.iter().find_map(|name| tag.attribute(name).and_then(read));
    own.or_else(|| player::numbered(tag).as_deref().and_then(read))
        .or_else(|| parameter(&tag.name, content).and_then(read))
        .or_else(|| first_source(&tag.name, content).as_deref().and_then(read))
}

fn kind(name: &str) -> Option<&'static str> {
    match name {
        "video" | "amp-video" => Some("Video"),
        "audio" | "amp-audio" => Some("Audio"),
        "iframe" | "embed" | "object" | "amp-iframe" => Some("Embedded"),
        name if player::is_numbered(name) => Some("Embedded"),
        _ => None,
    }
}

/// Tells whether what stands for an embed holds a link.
pub(super) fn has_link(content: &str) -> bool {
    let is_link =
        |token| matches!(token, Token::Start(tag) if tag.name == "a" && tag.attribute("href").is_some());
    Tokens::new(content).any(is_link)
}

fn has_object(content: &str) -> bool {
    let is_object = |token| matches!(token, Token::Start(tag) if matches!(tag.name.as_ref(), "embed" | "iframe" | "img" | "video"));
    Tokens::new(content).any(is_object)
}

/// Finds the address that an old object gives its player.
fn parameter<'a>(name: &str, content: &'a str) -> Option<&'a str> {
    let is_address = |tag: &Tag| matches!(tag.attribute("name"), Some("movie" | "src" | "url"));
    let tags = Tokens::new(content).filter_map(|token| match token {
        Token::Start(tag) if tag.name == "param" && is_address(&tag) => tag.attribute("value"),
        Token::Start(_) | Token::Text(_) | Token::End(_) => None,
    });
    if name == "object" { tags.into_iter().next() } else { None }
}

/// Finds the source of an embed before the next embed of its kind: that one's source is not its own, and
/// looking further from each of a million would take minutes.
fn first_source(name: &str, content: &str) -> Option<String> {
    let tags = Tokens::new(content).filter_map(|token| match token {
        Token::Start(tag) => Some(tag),
        Token::Text(_) | Token::End(_) => None,
    });
    let mut own = tags.take_while(|tag| tag.name != name).filter(|tag| tag.name == "source");
    own.find_map(|tag| tag.attribute("src").map(str::to_owned))
}

fn host(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

fn label(url: &Url) -> String {
    let label = format!("{}{}", host(url), url.path().trim_end_matches('/'));
    if label.len() <= MAX_LABEL {
        return label;
    }
    format!("{}…", &label[..label.floor_char_boundary(MAX_LABEL)])
}

#[cfg(test)]
mod tests {
    use super::super::clean;
    use super::*;

    #[test]
    fn embeds_become_links() {
        let base = Url::parse("https://a.test/").unwrap();
        #[rustfmt::skip]
        let table = [
            ("<iframe src='//www.v.test/e/1?a=1&amp;b=2'></iframe>b", "<p><a href=\"https://www.v.test/e/1?a=1&amp;b=2\"><img alt=\"Embedded: v.test/e/1\"></a></p>b"),
            ("<video src=/m.mp4>old browser</video>b", "<p><a href=\"https://a.test/m.mp4\"><img alt=\"Video: a.test/m.mp4\"></a></p>b"),
            ("<audio><source src='/m.ogg'><source src='/m.mp3'></audio>", "<p><a href=\"https://a.test/m.ogg\"><img alt=\"Audio: a.test/m.ogg\"></a></p>"),
            ("<object data=x><embed src='http://v.test/f.swf'></object>b", "<p><a href=\"http://v.test/f.swf\"><img alt=\"Embedded: v.test/f.swf\"></a></p>b"),
            ("<iframe src='/x'>Loading</iframe>b", "<p><a href=\"https://a.test/x\"><img alt=\"Embedded: a.test/x\"></a></p>b"),
            ("<iframe src='about:blank' data-src='/x'></iframe>b", "<p><a href=\"https://a.test/x\"><img alt=\"Embedded: a.test/x\"></a></p>b"),
            ("<object data='/m.swf'>get Flash</object>b", "<p><a href=\"https://a.test/m.swf\"><img alt=\"Embedded: a.test/m.swf\"></a></p>b"),
            ("<object><param name=movie value='http://v.test/1'></object>b", "<p><a href=\"http://v.test/1\"><img alt=\"Embedded: v.test/1\"></a></p>b"),
            ("<object>a</object>b", "ab"),
            ("<iframe data-lazy-src='https://www.youtube.com/embed/1' title='A &amp; B'></iframe>", "<p><a href=\"https://www.youtube.com/embed/1\"><img alt=\"Video: A &amp; B (youtube.com)\"></a></p>"),
            ("<iframe src='https://www.youtube.com/embed/1' title='YouTube video player'></iframe>", "<p><a href=\"https://www.youtube.com/embed/1\"><img alt=\"Video: youtube.com/embed/1\"></a></p>"),
            ("<amp-youtube data-videoid='a_1-B' layout=responsive></amp-youtube>b", "<p><a href=\"https://www.youtube.com/watch?v=a_1-B\"><img alt=\"Video: youtube.com/watch\"></a></p>b"),
            ("<amp-youtube data-videoid='\"><script>'></amp-youtube>b", "b"),
            ("<iframe data-src='/x'></iframe><noscript><iframe src='/x'></iframe></noscript>", "<p><a href=\"https://a.test/x\"><img alt=\"Embedded: a.test/x\"></a></p>"),
            ("<iframe src='http://t.test/ns.html' width=0 height=0></iframe><iframe src='/x' style='display:none'></iframe>b", "b"),
            ("<blockquote class='twitter-tweet'><p>a</p><a href='http://t.test/1'>b</a></blockquote><script async src=x></script>", "<blockquote><p>a</p><a href=\"http://t.test/1\">b</a></blockquote>"),
            ("<iframe src='/x'><a href='/m'>media</a></iframe>b", "<a href=\"https://a.test/m\">media</a>b"),
            ("<iframe src=''><a href='/m'>media</a></iframe>b", "<a href=\"https://a.test/m\">media</a>b"),
            ("<iframe src='' width=0 height=0><a href='/m'>media</a></iframe>b", "<a href=\"https://a.test/m\">media</a>b"),
            ("<iframe src='javascript:x'><script>y</script>c</iframe>b", "cb"),
            ("<iframe src='http://v.test/' />b", "<p><a href=\"http://v.test/\"><img alt=\"Embedded: v.test\"></a></p>b"),
            ("<video><video><source src='/m.mp4'></video>", "<p><a href=\"https://a.test/m.mp4\"><img alt=\"Video: a.test/m.mp4\"></a></p>"),
            ("<video>get the <a href='/m'>file</a></video>", "get the <a href=\"https://a.test/m\">file</a>"),
        ];
        for (html, expected) in table {
            assert_eq!(clean(html, Some(&base)).as_str(), expected, "{html}");
        }
    }
}
