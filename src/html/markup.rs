//! Where markup begins that is no text, and where what is skipped of it ends.

/// Tells whether a `<` begins a tag, a comment or a declaration; elsewhere (`1 < 2`, `</3`) it is text.
pub(super) fn is_markup(text: &str) -> bool {
    match text.as_bytes() {
        [b'<', b'!', next, ..] => next.is_ascii_alphabetic() || matches!(next, b'-' | b'[' | b'>'),
        [b'<', b'/', next, ..] => next.is_ascii_alphabetic() || *next == b'>' || next.is_ascii_whitespace(),
        [b'<', letter, ..] => letter.is_ascii_alphabetic() || *letter == b'?',
        _ => false,
    }
}

/// Measures a comment, a declaration or another `<…>` that is no tag, where it ends.
pub(super) fn skipped(markup: &str) -> Option<usize> {
    let Some(comment) = markup.strip_prefix("<!--") else {
        return markup.find('>').map(|at| at + 1);
    };
    // `<!-->` and `<!--->` are whole comments.
    if let Some(length) = [">", "->"].iter().find_map(|end| prefix(comment, end)) {
        return Some(4 + length);
    }
    let mut from = 0;
    while let Some(at) = comment[from..].find("--") {
        from += at;
        let rest = &comment[from..];
        if let Some(length) = ["-->", "--!>"].iter().find_map(|end| prefix(rest, end)) {
            return Some(4 + from + length);
        }
        from += 1;
    }
    None
}

fn prefix(text: &str, prefix: &str) -> Option<usize> {
    text.starts_with(prefix).then_some(prefix.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_sign_is_text() {
        for markup in ["<a", "</a", "<!--", "<!d", "<![", "<?x", "</ a", "</>", "<!>"] {
            assert!(is_markup(markup), "{markup}");
        }
        for text in ["<", "< a", "<3", "</3", "</", "<!", "<!' x>", "<-", "a<b"] {
            assert!(!is_markup(text), "{text}");
        }
    }

    #[test]
    fn comments_end_where_browsers_end_them() {
        let table = [
            ("<!-- > -->a", Some(10)),
            ("<!-->a", Some(5)),
            ("<!--->a", Some(6)),
            ("<!-- -- --!>a", Some(12)),
            ("<!doctype x>a", Some(12)),
            ("<!-- > a", None),
            ("<!doctype x", None),
        ];
        for (markup, expected) in table {
            assert_eq!(skipped(markup), expected, "{markup}");
        }
    }
}
