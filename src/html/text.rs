//! HTML or text → one clean line, and text → HTML.

use super::allowed::is_hidden;
use super::characters::safe;
use super::embed::is_embed;
use super::reference::decode_references;
use super::token::{Token, Tokens};

/// Reads HTML as one line of clean text.
pub fn plain_text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return clean_line(html);
    }
    let text = without_tags(html);
    if !text.contains('&') {
        return clean_line(&text);
    }
    clean_line(&decode_references(&text))
}

/// Makes one clean line of a text.
pub fn clean_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // Most of most texts: words in which no byte needs a closer look.
        let word = rest.bytes().take_while(u8::is_ascii_graphic).count();
        line.push_str(&rest[..word]);
        rest = &rest[if word == 0 { c.len_utf8() } else { word }..];
        if word > 0 {
            continue;
        }
        if c.is_whitespace() && c != '\u{85}' {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            line.extend(safe(c));
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// Writes plain text as HTML: blank lines part paragraphs, line ends stay.
pub fn from_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut paragraphs = Vec::new();
    for lines in text.trim().split("\n\n") {
        let lines = lines.trim_matches('\n');
        if !lines.is_empty() {
            paragraphs.push(format!("<p>{}</p>", escape(lines).replace('\n', "<br>\n")));
        }
    }
    paragraphs.join("\n")
}

/// Tells whether a text that should be plain is HTML all the same.
///
/// A closing tag or a line break shows it; `<T>` or `a < b` alone do not.
pub fn has_markup(text: &str) -> bool {
    let is_sign = |token| match token {
        Token::End(_) => true,
        Token::Start(tag) => matches!(tag.name.as_ref(), "br" | "img" | "hr"),
        Token::Text(_) => false,
    };
    text.contains('<') && Tokens::new(text).any(is_sign)
}

/// Writes text so that HTML means just that text.
pub fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

/// Drops the tags, leaves character references as they are.
fn without_tags(html: &str) -> String {
    let mut tokens = Tokens::new(html);
    let mut text = String::with_capacity(html.len());
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(part) => text.push_str(&part.replace('<', "&lt;")),
            Token::Start(tag) if is_hidden(&tag.name) || is_embed(&tag.name) => {
                tokens.skip_content(&tag.name);
                text.push(' ');
            }
            Token::Start(tag) | Token::End(tag) if !is_inline(&tag.name) => text.push(' '),
            Token::Start(_) | Token::End(_) => (),
        }
    }
    text
}

fn is_inline(name: &str) -> bool {
    #[rustfmt::skip]
    const INLINE: &[&str] = &[
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "ruby", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    ];
    INLINE.contains(&name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::characters::is_unsafe;
    use super::*;

    #[test]
    fn html_becomes_one_line() {
        let table = [
            ("AT&amp;T &#8212; caf&eacute; &nbsp; &hellip;", "AT&T — café …"),
            ("<p>One</p><p>two<br>three</p>", "One two three"),
            ("a<b>b</b>c <!-- d -->e", "abc e"),
            ("x<script>alert(1)</script>y<style>p{}</style>", "x y"),
            ("1 < 2 &lt;b&gt; &amp;amp;", "1 < 2 <b> &amp;"),
            ("\n\tno  markup\r\n", "no markup"),
            ("a&#27;[2J\u{202e}b&#x202e;&#8203;", "a[2Jb"),
            ("<li>a<li>b", "a b"),
            ("<", "<"),
        ];
        for (html, expected) in table {
            assert_eq!(plain_text(html), expected, "{html}");
        }
    }

    #[test]
    fn text_becomes_one_line_as_it_is() {
        assert_eq!(clean_line(" a &amp;\n<b>\u{a0}\u{2028}c\u{1b} "), "a &amp; <b> c");
    }

    #[test]
    fn text_becomes_paragraphs() {
        let html = from_text("a < b\nc\r\n\r\n\n d & e\n");
        assert_eq!(html, "<p>a &lt; b<br>\nc</p>\n<p> d &amp; e</p>");
    }

    #[test]
    fn only_a_closing_tag_or_a_break_shows_markup() {
        for text in ["<b>x</b>", "a<br>b", "<BR/>", "<p>a</p"] {
            assert_eq!(has_markup(text), text != "<p>a</p", "{text}");
        }
        for text in ["Vec<T>", "a < b > c", "the <div> element", "x</ y"] {
            assert!(!has_markup(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_becomes_one_safe_line(text in any::<String>()) {
            for line in [plain_text(&text), clean_line(&text)] {
                prop_assert!(!line.chars().any(|c| is_unsafe(c) || c == '\n' || c == '\t'));
                prop_assert_eq!(line.trim(), &line);
            }
        }
    }
}
