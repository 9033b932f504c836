//! Titles and other short texts as one plain line, by what their dialect says they are.

use super::draft::{Kind, Text};
use crate::html::{has_markup, plain_text};

/// How long a title made from the text may be.
const MAX_LETTERS: usize = 80;

/// A word is cut rather than a title left with less than this.
const MIN_LETTERS: usize = 50;

/// So much of a text is looked at for a title.
const HEAD: usize = 4000;

/// A title, name or tag goes no further than this.
const MAX_LINE: usize = 1000;

/// Reads a short text as one plain line.
pub(super) fn line(text: &Text) -> String {
    let value = text.value.as_str();
    let is_html = match text.kind {
        Kind::Html => true,
        Kind::Plain => false,
        // RSS leaves open whether its titles are HTML: they are where they look like it.
        Kind::Either => has_markup(value),
    };
    short(if is_html {
        plain_text(value)
    } else {
        // Entities are decoded even in plain text: titles that were escaped twice are common, and
        // titles that are meant to show `&amp;` are not.
        plain_text(&value.replace('<', "&lt;"))
    })
}

/// Cuts what is too long for one line.
pub(super) fn short(mut line: String) -> String {
    if line.len() > MAX_LINE
        && let Some((end, _)) = line.char_indices().nth(MAX_LINE)
    {
        line.truncate(end);
        line.push('…');
    }
    line
}

/// Makes a title of the beginning of a text.
pub(super) fn title_from(html: &str) -> Option<String> {
    let head = &html[..html.floor_char_boundary(HEAD)];
    let text = plain_text(head);
    let cut_off = head.len() < html.len();
    let Some((end, _)) = text.char_indices().nth(MAX_LETTERS) else {
        return (!text.is_empty()).then(|| if cut_off { format!("{text}…") } else { text });
    };
    let head = &text[..end];
    let least = head.char_indices().nth(MIN_LETTERS).map_or(0, |(at, _)| at);
    let end = head.rfind(' ').filter(|at| *at >= least).unwrap_or(end);
    let head = head[..end].trim_end_matches([' ', ',', ';', ':', '.', '–', '—']);
    Some(format!("{head}…"))
}

#[cfg(test)]
mod tests {
    use super::super::{Source, parse};
    use super::*;

    fn title(document: &str) -> String {
        let mut feed = parse(document.as_bytes(), &Source::default()).unwrap();
        feed.entries.remove(0).title
    }

    #[test]
    fn titles_are_read_by_their_type() {
        let rss = |title: &str| {
            format!("<rss version='2.0'><channel><item><title>{title}</title></item></channel></rss>")
        };
        let atom = |attribute: &str, title: &str| {
            format!(
                "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title {attribute}>{title}</title></entry></feed>"
            )
        };
        let json = |title: &str| {
            format!(
                r#"{{"version": "https://jsonfeed.org/version/1", "title": "", "items": [{{"title": "{title}"}}]}}"#
            )
        };
        let table = [
            (rss("AT&amp;T"), "AT&T"),
            (rss("AT&amp;amp;T"), "AT&T"),
            (rss("<![CDATA[AT&T &#8212; <b>x</b>]]>"), "AT&T — x"),
            (rss("caf&eacute; &nbsp; x"), "café x"),
            (rss("Why &lt;div&gt; and Vec&lt;T&gt;"), "Why <div> and Vec<T>"),
            (rss("&lt;i&gt;Dune&lt;/i&gt;"), "Dune"),
            (atom("type='html'", "A &amp;amp; &lt;b&gt;B&lt;/b&gt;"), "A & B"),
            (atom("type='html'", "a&lt;br&gt;b"), "a b"),
            (atom("", "A &amp; B &lt;i&gt;c&lt;/i&gt;"), "A & B <i>c</i>"),
            (atom("type='xhtml'", "<div xmlns='x'>A &amp; <b>B</b></div>"), "A & B"),
            (json("A & <b>B</b>"), "A & <b>B</b>"),
            (rss("a\n  b\t&#27;[2J&#x202e;c"), "a b [2Jc"),
        ];
        for (document, expected) in table {
            assert_eq!(title(&document), expected, "{document}");
        }
    }

    #[test]
    fn a_title_without_end_is_cut() {
        assert_eq!(short("ä".repeat(5000)).chars().count(), MAX_LINE + 1);
    }

    #[test]
    fn a_title_from_a_text_ends_at_a_word() {
        let text =
            "<p>One sentence, that is rather longer than what is commonly thought fit for a headline.</p>";
        let expected = "One sentence, that is rather longer than what is commonly thought fit for a…";
        assert_eq!(title_from(text).as_deref(), Some(expected));
    }

    #[test]
    fn a_title_without_spaces_is_cut_all_the_same() {
        let title = title_from(&"日本語".repeat(100)).unwrap();
        assert_eq!(title.chars().count(), MAX_LETTERS + 1);
    }

    #[test]
    fn a_short_text_is_its_own_title() {
        assert_eq!(title_from("<p>Short</p>").as_deref(), Some("Short"));
        assert_eq!(title_from("<p><img src=x></p>"), None);
    }
}
