//! The door to html2text: an article's text as plain paragraphs, for programs.
//!
//! The page on the screen is set by our own `blocks` and `layout`: html2text 0.17 gives headings, list marks and
//! captions no annotation, drops `caption`, `tfoot` and pictures in links, and breaks lines wrongly (or panics)
//! where a character and its width disagree. Without a width to break at, it serves.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::html::labels_as_text;
use crate::model::CleanHtml;

/// Wider than any paragraph: lines are never broken.
const UNBROKEN: usize = 1_000_000;

/// Writes a text without any styles: paragraphs parted by one blank line, not broken into lines.
///
/// Headings begin with `#`, quotes with `>`, list items with `*` or their number.
pub fn plain(body: &CleanHtml) -> String {
    let html = labels_as_text(body);
    let rendered = catch_unwind(AssertUnwindSafe(|| {
        html2text::config::rich()
            .raw_mode(true)
            .unicode_strikeout(false)
            .allow_width_overflow()
            .lines_from_read(html.as_bytes(), UNBROKEN)
    }));
    match rendered {
        Ok(Ok(lines)) => one_blank_line(
            lines.iter().map(|line| line.tagged_strings().map(|part| part.s.as_str()).collect()),
        ),
        // What it cannot take shows as one paragraph.
        Ok(Err(_)) | Err(_) => crate::html::plain_text(&html),
    }
}

fn one_blank_line(all: impl Iterator<Item = String>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in all {
        let line = line.trim_end();
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::html::clean;

    #[test]
    fn paragraphs_are_parted_by_one_blank_line() {
        let html = "<h2>Two</h2><p>One <a href='http://a.test/'>link</a>, <em>stressed</em>.</p><p>Next.</p>";
        let text = plain(&clean(html, None));
        assert_eq!(text.lines().filter(|line| line.is_empty()).count(), 2, "{text}");
        assert!(text.ends_with("One link, stressed.\n\nNext."), "{text}");
    }

    #[test]
    fn a_long_paragraph_stays_on_one_line() {
        let text = plain(&clean(&format!("<p>{}</p>", "word ".repeat(5_000)), None));
        assert_eq!(text.lines().count(), 1);
    }

    #[test]
    fn an_embed_has_a_label() {
        let text = plain(&clean("<p>a</p><iframe src='http://v.test/e/1'></iframe>", None));
        assert_eq!(text, "a\n\nEmbedded: v.test/e/1");
    }

    proptest! {
        #[test]
        fn any_html_has_a_plain_text(html in "(<(p|li|td|table|pre|blockquote)>|[a-z ]|❤️|日本){0,40}") {
            let body = clean(&html, None);
            let text = plain(&body);
            prop_assert_eq!(text.is_empty(), crate::html::plain_text(body.as_str()).is_empty());
        }
    }
}
