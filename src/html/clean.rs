//! HTML from outside → HTML that is safe to show.

use url::Url;

use super::allowed::sanitiser;
use super::characters::without_unsafe;
use super::tidy::tidy;
use crate::model::CleanHtml;

/// What is beyond is cut off: nobody reads five million letters in one article.
const MAX_BYTES: usize = 5_000_000;

/// Cleans HTML: allowed elements, absolute addresses, no character that steers a terminal.
///
/// The text of elements that are not allowed stays. Input beyond 5 MB is cut off; elements nested deeper
/// than a hundred levels lose their tags and keep their text, so the result can be walked recursively.
pub fn clean(html: &str, base: Option<&Url>) -> CleanHtml {
    let html = &html[..html.floor_char_boundary(MAX_BYTES)];
    let tidy = tidy(html, base);
    let safe = sanitiser(base.cloned()).clean(&tidy).to_string();
    // Last of all, because character references have become characters only now.
    CleanHtml::from_sanitiser(without_unsafe(safe))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::plain_text;
    use super::*;

    fn cleaned(html: &str) -> String {
        let base = Url::parse("https://a.test/blog/post").unwrap();
        clean(html, Some(&base)).as_str().to_owned()
    }

    #[test]
    fn hostile_html_comes_out_clean() {
        #[rustfmt::skip]
        let table = [
            ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
            ("<scr<script>ipt>alert(1)</script>", "ipt&gt;alert(1)"),
            ("<p onclick='x()' style='color:red'>a</p>", "<p>a</p>"),
            ("<a href='javascript:alert(1)'>a</a>", "<a>a</a>"),
            ("<a href=' java\nscript:alert(1)'>a</a>", "<a>a</a>"),
            ("<a href='data:text/html,x'>a</a>", "<a>a</a>"),
            ("<a href='file:///etc/passwd'>a</a>", "<a>a</a>"),
            ("<img src='javascript:x' alt='b'>", "<img alt=\"b\">"),
            ("<img src=x onerror=alert(1)>", "<img src=\"https://a.test/blog/x\">"),
            ("<style>p{}</style><form action=/x>a <input value=b></form>", "<div>a </div>"),
            ("<svg><script>x</script><title>t</title></svg>b", "t b"),
            ("<math><mtext><style><img src=x onerror=y></style></mtext></math>", ""),
            ("<noscript><p title='</noscript><img src=x onerror=y>'>a", "<p>a</p>"),
            ("<!--><img src=x onerror=y>-->", "<img src=\"https://a.test/blog/x\">--&gt;"),
            ("<?php echo 1 ?>a<![CDATA[b]]>c", "abc"),
            ("<base href='http://evil.test/'><a href='x'>a</a>", "<a href=\"https://a.test/blog/x\">a</a>"),
            ("<p class='big'>a<code class='hl language-rust x'>b</code></p>", "<p>a<code class=\"language-rust\">b</code></p>"),
            ("<table><tr><td colspan=99999999>a</td></tr></table>", "<table><tbody><tr><td colspan=\"100\">a</td></tr></tbody></table>"),
        ];
        for (html, expected) in table {
            assert_eq!(cleaned(html), expected, "{html}");
        }
    }

    #[test]
    fn what_one_reads_stays() {
        let html = "<h2 id=\"top\">A</h2><ul><li>b</li></ul><dl><dt>c</dt><dd>d</dd></dl>\
                    <blockquote><p>e <em>f</em><br>g</p></blockquote><pre><code>h\n i</code></pre>\
                    <figure><img src=\"https://b.test/i.png\" alt=\"j\" width=\"80\">\
                    <figcaption>k</figcaption></figure><details><summary>l</summary>m</details>\
                    <p>n<sup>2</sup> <a href=\"#top\">up</a> <del>o</del> <q>p</q></p>";
        assert_eq!(cleaned(html), html);
    }

    #[test]
    fn relative_addresses_are_completed() {
        let html = "<a href='/x'>a</a><img src='//c.test/i.png'><a href='mailto:b@c.test'>m</a>";
        let expected = "<a href=\"https://a.test/x\">a</a><img src=\"https://c.test/i.png\">\
                        <a href=\"mailto:b@c.test\">m</a>";
        assert_eq!(cleaned(html), expected);
    }

    #[test]
    fn links_lose_what_tracks_their_reader() {
        let html = "<a href='/x?utm_source=rss&amp;a=1&amp;fbclid=2'>a</a>";
        assert_eq!(cleaned(html), "<a href=\"https://a.test/x?a=1\">a</a>");
    }

    #[test]
    fn without_base_relative_addresses_are_dropped() {
        let clean = clean("<a href='x'>a</a>", None);
        assert_eq!(clean.as_str(), "<a>a</a>");
    }

    #[test]
    fn escapes_go_also_when_written_as_references() {
        let html =
            "<p title='&#27;]0;x&#7;'>a&#x1b;[2J&#155;&#x202e;b\u{1b}&#8203;<a href='&#x1b;x'>c</a></p>";
        let expected = "<p>a[2J›b<a href=\"https://a.test/blog/x\">c</a></p>";
        assert_eq!(cleaned(html), expected);
    }

    #[test]
    fn text_without_tags_passes_as_text() {
        assert_eq!(cleaned("a < b & c > d\ne"), "a &lt; b &amp; c &gt; d\ne");
    }

    #[test]
    fn a_hundred_thousand_nested_elements_are_flattened() {
        let html = format!("{}a{}b", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let clean = cleaned(&html);
        assert!(clean.matches("<div>").count() <= 100);
        assert!(clean.contains('a') && clean.ends_with('b'));
    }

    #[test]
    fn what_is_beyond_five_megabytes_is_cut() {
        let html = "ä".repeat(MAX_BYTES);
        assert_eq!(cleaned(&html).matches('ä').count(), MAX_BYTES / 2);
    }

    fn letters(html: &str) -> String {
        plain_text(html).replace(' ', "")
    }

    fn is_safe(html: &str) -> bool {
        let lower = html.to_lowercase();
        !html.chars().any(super::super::characters::is_unsafe)
            && !lower.contains("<script")
            && !lower.contains("<iframe")
            && !lower.contains("=\"javascript:")
    }

    proptest! {
        #[test]
        fn any_text_comes_out_safe(html in any::<String>()) {
            prop_assert!(is_safe(clean(&html, None).as_str()));
        }

        #[test]
        fn any_soup_of_tags_comes_out_safe_and_keeps_its_text_when_cleaned_again(
            parts in prop::collection::vec(prop::sample::select(SOUP), 0..40)
        ) {
            let once = cleaned(&parts.concat());
            prop_assert!(is_safe(&once), "{once}");
            let twice = cleaned(&once);
            prop_assert!(is_safe(&twice), "{once}");
            prop_assert_eq!(letters(&twice), letters(&once));
        }
    }

    #[rustfmt::skip]
    const SOUP: &[&str] = &[
        "<", ">", "</", "\"", "'", "=", " ", "a", "&lt;", "&#27;", "\u{202e}", "<!--", "-->", "<b>", "</b>",
        "<script>", "</script>", "<scr", "ipt>", "<style>", "</style>", "<div>", "</div>", "<li>", "<ul>",
        "<img src=x onerror=y>", "<a href='javascript:x'>", "</a>", "<iframe src=//v.test/e>", "</iframe>",
        "<svg>", "</svg>", "<textarea>", "<plaintext>", "<![CDATA[", "]]>", "<video src=/v>", "</video>",
        "<code class='language-c'>", "</code>", "<br>", "</br>", "<blockquote>", "\u{0}", "<td>", "<table>",
    ];
}
