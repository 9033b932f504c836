//! Clean HTML → Markdown.

use dom_query::Document;

use super::label::labels_as_text;
use crate::model::CleanHtml;

/// Writes clean HTML as Markdown.
pub fn markdown(html: &CleanHtml) -> String {
    Document::fragment(labels_as_text(html).as_ref()).md(None).to_string()
}

/// Writes plain text so that Markdown reads it as plain text.
pub fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::clean;

    #[test]
    fn headings_lists_and_links_are_kept() {
        let html = clean("<h2>Two</h2><ul><li>a <a href='http://a.test/'>link</a></li></ul>", None);
        assert_eq!(markdown(&html), "## Two\n\n- a [link](http://a.test/)");
    }

    #[test]
    fn embeds_are_links_with_a_label() {
        let html = clean("<p>a</p><video src='http://v.test/a.mp4'></video>", None);
        assert_eq!(markdown(&html), "a\n\n[Video: v.test/a.mp4](http://v.test/a.mp4)");
    }

    #[test]
    fn plain_text_stays_plain() {
        assert_eq!(escape_markdown("*not* [a] #tag"), r"\*not\* \[a\] \#tag");
    }
}
