//! Pages that a parser would spend minutes or gigabytes on: nested without end, or with formatting that is never closed.

/// The parser looks at all open elements for each new one. Real pages seem to have some hundreds, for they close badly.
const MAX_DEPTH: usize = 1_500;

/// Unclosed formatting is repeated in each block behind it: how many elements that may make.
const MAX_REPEATS: usize = 300_000;

/// The parser compares each attribute of a tag with all before it.
const MAX_ATTRIBUTES: usize = 2_000;

/// Each tag costs some hundred bytes.
const MAX_TAGS: usize = 500_000;

/// Elements that hold nothing, or that others close.
const CLOSED_BY_OTHERS: [&str; 28] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "option", "optgroup", "thead", "tbody", "tfoot",
    "colgroup", "rp",
];

const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Tells whether a page is to be cleaned before it is parsed.
///
/// Looks at tags only; scripts and styles hold none.
pub fn is_unruly(html: &str) -> bool {
    let (mut depth, mut formatting, mut repeats, mut tags) = (0_usize, 0_usize, 0, 0);
    // A script that does not end is looked for once.
    let (mut next, mut is_endless) = (0, false);
    for at in memchr::memchr_iter(b'<', html.as_bytes()) {
        if at < next {
            continue;
        }
        let tag = &html.as_bytes()[at + 1..];
        if !is_endless && let Some(end) = end_of_script(tag) {
            let found = memchr::memmem::find(tag, end);
            next = at + found.unwrap_or_default();
            is_endless = found.is_none();
        }
        if has_endless_attributes(tag) {
            return true;
        }
        let is_end = tag.first() == Some(&b'/');
        let name = &tag[usize::from(is_end)..];
        let length = name.iter().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = &name[..length];
        if !name.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        tags += 1;
        let is = |names: &[&str]| names.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name));
        let count = if is(&FORMATTING) { &mut formatting } else { &mut depth };
        if is_end {
            *count = count.saturating_sub(1);
        } else if is(&CLOSED_BY_OTHERS) {
            repeats += formatting;
        } else {
            *count += 1;
            repeats += formatting;
        }
        if depth + formatting > MAX_DEPTH || repeats > MAX_REPEATS || tags > MAX_TAGS {
            return true;
        }
    }
    false
}

/// What ends a script or a style, if a tag opens one.
fn end_of_script(tag: &[u8]) -> Option<&'static [u8]> {
    let ends: [(&[u8], &[u8]); 2] = [(b"script", b"</script"), (b"style", b"</style")];
    let opens = |name: &[u8]| tag.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
    ends.into_iter().find(|(name, _)| opens(name)).map(|(_, end)| end)
}

/// Tells whether a tag has too many attributes: pieces of text outside of quotes, up to its end or the next tag.
fn has_endless_attributes(tag: &[u8]) -> bool {
    let end = memchr::memchr2(b'<', b'>', tag).unwrap_or(tag.len());
    let (mut quote, mut count) = (None, 0);
    for byte in &tag[..end] {
        match quote {
            Some(open) if open == byte => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None => count += usize::from(byte.is_ascii_whitespace()),
        }
    }
    count > MAX_ATTRIBUTES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_pages_and_endless_formatting_are_unruly() {
        for (html, expected) in [
            ("<div>".repeat(MAX_DEPTH + 1), true),
            ("<x-y>".repeat(MAX_DEPTH + 1), true),
            ("<b id=1>".repeat(MAX_DEPTH + 1), true),
            (format!("{}{}", "<b id=1>".repeat(100), "<p>a".repeat(10_000)), true),
            (format!("{}{}", "<b id=1>".repeat(100), "<p>a".repeat(1_000)), false),
            ("<i></i>".repeat(MAX_TAGS / 4), false),
            ("<a></a>".repeat(MAX_TAGS / 2 + 1), true),
            ("<div></div>".repeat(10_000), false),
            ("<p>a<li>b<td>c<img><br>".repeat(10_000), false),
            (format!("<div {}>", "a=b ".repeat(MAX_ATTRIBUTES + 1)), true),
            (format!("<div a='{}'>", "a b ".repeat(MAX_ATTRIBUTES)), false),
            (format!("<p>{}</p>", "a b ".repeat(MAX_ATTRIBUTES + 1)), false),
            (format!("<script>if (a<b) {{ {} }}</script>", "x y ".repeat(MAX_ATTRIBUTES)), false),
            (format!("<script>{}</script>", "'<div>'".repeat(MAX_DEPTH + 1)), false),
            ("a < b ".repeat(10_000), false),
            (String::new(), false),
        ] {
            assert_eq!(is_unruly(&html), expected, "{}…", &html[..html.len().min(20)]);
        }
    }
}
