//! Labels of what has no address to be shown from → text.

use std::borrow::Cow;

use super::token::{Tag, Token, Tokens};
use crate::model::CleanHtml;

/// Writes the labels of embeds, and of all pictures without an address, as text.
///
/// `clean` gives an embed's link a picture without an address, and the label as its description: browsers show
/// that as the link's text, and yet it is no text of the article. Converters that look for text need it as text.
pub(crate) fn labels_as_text(html: &CleanHtml) -> Cow<'_, str> {
    if !html.as_str().contains("<img") {
        return Cow::Borrowed(html.as_str());
    }
    let mut out = String::with_capacity(html.as_str().len());
    for token in Tokens::new(html.as_str()) {
        match token {
            Token::Text(text) => out.push_str(text),
            Token::Start(tag) => push_label_or_tag(&mut out, &tag),
            Token::End(tag) => out.push_str(tag.raw),
        }
    }
    Cow::Owned(out)
}

fn push_label_or_tag(out: &mut String, tag: &Tag) {
    match tag.attribute("alt") {
        Some(label) if tag.name == "img" && tag.attribute("src").is_none() => {
            out.push_str(&label.replace('<', "&lt;"));
        }
        _ => out.push_str(tag.raw),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::clean;

    #[test]
    fn only_labels_without_a_picture_become_text() {
        let table = [
            (
                "<video src='http://v.test/a?b&amp;c'>",
                "<p><a href=\"http://v.test/a?b&amp;c\">Video: v.test/a</a></p>",
            ),
            ("a<img alt='&lt;b> &amp;amp; \"'>c", "a&lt;b&gt; &amp;amp; &quot;c"),
            ("<img src='http://a.test/' alt=a><img alt=b>", "<img src=\"http://a.test/\" alt=\"a\">b"),
            ("<img src='http://a.test/'>&lt;img alt=a&gt;", "<img src=\"http://a.test/\">&lt;img alt=a&gt;"),
        ];
        for (html, expected) in table {
            assert_eq!(labels_as_text(&clean(html, None)), expected, "{html}");
        }
    }
}
