//! Turns what a terminal cannot play into a paragraph with a link.
//!
//! What is shown of it is no text of the article: the label describes a picture that has no address.

use url::Url;

use super::address::web_url;
use super::text::{escape, plain_text};
use super::token::{Tag, Token, Tokens};

/// Longer addresses are cut in what is shown; the link stays whole.
const MAX_LABEL: usize = 60;

/// Tells whether an element shows something from another address.
pub(super) fn is_embed(name: &str) -> bool {
    kind(name).is_some()
}

/// Makes the paragraph that stands for an embed, where it has an address of the web.
///
/// A frame may hold a link for those who cannot show it, which then stays instead.
pub(super) fn embed_link(tag: &Tag, content: &str, base: Option<&Url>) -> Option<String> {
    let kind = kind(&tag.name)?;
    if tag.name == "iframe" && has_link(content) {
        return None;
    }
    let read = |address: &str| web_url(&plain_text(address), base);
    // Pages that load late keep the address elsewhere, and a blank one in `src`.
    let own = ["src", "data-src"].iter().find_map(|name| tag.attribute(name).and_then(read));
    let url = own.or_else(|| first_source(&tag.name, content).as_deref().and_then(read))?;
    let (address, label) = (escape(url.as_str()), escape(&label(&url)));
    Some(format!("<p><a href=\"{address}\"><img alt=\"{kind}: {label}\"></a></p>"))
}

fn kind(name: &str) -> Option<&'static str> {
    match name {
        "video" => Some("Video"),
        "audio" => Some("Audio"),
        "iframe" | "embed" => Some("Embedded"),
        _ => None,
    }
}

fn has_link(content: &str) -> bool {
    let is_link =
        |token| matches!(token, Token::Start(tag) if tag.name == "a" && tag.attribute("href").is_some());
    Tokens::new(content).any(is_link)
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

fn label(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let label = format!("{host}{}", url.path().trim_end_matches('/'));
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
            ("<iframe src='/x'><a href='/m'>media</a></iframe>b", "<a href=\"https://a.test/m\">media</a>b"),
            ("<iframe src=''><a href='/m'>media</a></iframe>b", "<a href=\"https://a.test/m\">media</a>b"),
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
