//! Which texts both readers understand alike.

/// Tells whether all references are ones that XML knows of itself, and no `<` stands for itself; references to
/// characters of Windows are none.
pub(super) fn has_plain_references(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'&', b'<', bytes).all(|at| {
        let is_known = matches!(
            &bytes[at + 1..],
            [b'l' | b'g', b't', b';', ..]
                | [b'a', b'm', b'p', b';', ..]
                | [b'q', b'u', b'o', b't', b';', ..]
                | [b'a', b'p', b'o', b's', b';', ..]
        );
        bytes[at] == b'&' && (is_known || is_plain_number(&bytes[at + 1..]))
    })
}

/// The longest number that stands for a character, with its `#x` and `;`.
const MAX_NUMBER: usize = 10;

fn is_plain_number(text: &[u8]) -> bool {
    let head = &text[..text.len().min(MAX_NUMBER)];
    let number = head.iter().position(|byte| *byte == b';').and_then(|end| head[..end].strip_prefix(b"#"));
    let (digits, radix) = match number {
        Some([b'x', digits @ ..]) => (digits, 16),
        Some(digits) => (digits, 10),
        None => return false,
    };
    let code = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'));
    let code = code.and_then(|digits| u32::from_str_radix(digits, radix).ok());
    code.and_then(char::from_u32).is_some_and(|c| !c.is_control())
}

/// Tells whether a text is a number of a sane size.
pub(super) fn is_number(text: &str) -> bool {
    (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// No longer address can be nothing but an address.
const MAX_ADDRESS: usize = 2_000;

/// Tells whether a text is an address that can be nothing but one: of the web, whole, its host a plain name.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim_ascii();
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = host.split_once(':').unwrap_or((host, "80"));
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    text.len() <= MAX_ADDRESS
        && is_name
        && (1..=4).contains(&port.len())
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && last.starts_with(|c: char| c.is_ascii_alphabetic())
        && !host.contains("--")
        && !text.contains("&#")
        && text.bytes().all(|byte| byte > b' ' && byte != 0x7f)
        && (text.is_ascii() || !text.contains(|c: char| c.is_whitespace() || c.is_control()))
}

/// Tells whether a text is a name, a mail address, or an address with a name in brackets.
pub(super) fn is_person(text: &str) -> bool {
    let text = text.trim();
    if !text.contains('@') && !text.contains("&#") {
        return true;
    }
    let is_name = |text: &str| !text.is_empty() && !text.contains(['@', '&', '(', ')', '<', '[', '"']);
    match text.split_once(" (") {
        Some((email, name)) => is_email(email) && name.strip_suffix(')').is_some_and(is_name),
        None => is_email(text),
    }
}

fn is_email(text: &str) -> bool {
    let is_part = |part: &str| {
        part.split('.')
            .all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let last = host.rsplit_once('.').map_or("", |(_, last)| last);
    is_part(name) && is_part(host) && last.len() > 1 && last.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole_and_of_the_web() {
        for text in ["http://a.test/", " https://a.test?b=c#d\n", "http://a-b.test/é", "http://a.test:8080/"]
        {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "",
            "/a",
            "a.test",
            "ftp://a.test/",
            "http://",
            "http://[/",
            "http://1.2.3.400/",
            "http://xn--a.test/",
            "http://a.test:99999/",
            "http://a b.test/",
            "http://a.test/ b",
            "http://a.test/&#160;",
            "HTTP://a.test/",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }

    #[test]
    fn a_person_is_plain() {
        for text in
            ["", "Jane Doe", "(Jane) &amp; Jo", "jane@a.test", "jane@a.test (Jane Doe)", "D'Arcy, Jörg"]
        {
            assert!(is_person(text), "{text}");
        }
        for text in
            ["jane&#64;a.test", "Jane <jane@a.test>", "mailto:jane@a.test", "a@b", "jane@a.test (a@b.test)"]
        {
            assert!(!is_person(text), "{text}");
        }
    }

    #[test]
    fn references_are_those_of_xml() {
        for text in ["", "a &amp; &#8217;&#x2019;", "&lt;&gt;&quot;&apos;"] {
            assert!(has_plain_references(text), "{text}");
        }
        for text in ["&", "&nbsp;", "&#147;", "&#+65;", "&#x+41;", "&#;", "&#x;", "&#65", "&AMP;", "<"] {
            assert!(!has_plain_references(text), "{text}");
        }
    }
}
