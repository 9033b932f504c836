//! What a document is said to be encoded in: by its server, its XML declaration, its HTML head.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};

/// An XML declaration comes first, a `meta` element soon.
const HEAD_BYTES: usize = 2048;

/// The labels of a document, the server's first. One that means nothing here is left out.
pub(super) struct Labels(Vec<&'static Encoding>);

impl Labels {
    /// Tells whether one of them is UTF-8.
    pub(super) fn says_utf8(&self) -> bool {
        self.0.contains(&UTF_8)
    }

    /// Those for which UTF-8 is no answer.
    pub(super) fn legacy(&self) -> impl Iterator<Item = &'static Encoding> {
        self.0.iter().copied().filter(|encoding| *encoding != UTF_8)
    }
}

/// Finds the labels of a document.
pub(super) fn labels(bytes: &[u8], content_type: Option<&str>) -> Labels {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD_BYTES)]).to_ascii_lowercase();
    let content_type = content_type.map(str::to_ascii_lowercase);
    let server = content_type.as_deref().and_then(|header| value(header, "charset"));
    let found = [server, xml_declaration(&head), html_meta(&head)];
    Labels(found.into_iter().flatten().filter_map(encoding).collect())
}

fn xml_declaration(head: &str) -> Option<&str> {
    let (_, rest) = head.split_once("<?xml")?;
    let (declaration, _) = rest.split_once("?>")?;
    value(declaration, "encoding")
}

/// `<meta charset="utf-8">`, `<meta http-equiv="Content-Type" content="text/html; charset=utf-8">`.
fn html_meta(head: &str) -> Option<&str> {
    let metas = head.split("<meta").skip(1);
    let mut metas = metas.filter_map(|meta| meta.split('>').next());
    metas.find_map(|meta| value(meta, "charset"))
}

/// Finds `name=value`, quoted or not.
fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(name)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let rest = rest.trim_start_matches(['"', '\'']);
    let end =
        rest.find(|character: char| character.is_whitespace() || matches!(character, '"' | '\'' | ';' | ','));
    rest.get(..end.unwrap_or(rest.len()))
}

/// Finds the encoding of a label, also of those that other programs made up.
fn encoding(label: &str) -> Option<&'static Encoding> {
    let dashed = label.replace('_', "-").replace("win-", "windows-").replace("latin-", "latin");
    let found = Encoding::for_label(label.as_bytes()).or_else(|| Encoding::for_label(dashed.as_bytes()))?;
    // ASCII has none of the bytes in question. UTF-16 has zeros: they were looked for, and are not here.
    let says_nothing = is_ascii(label) || [UTF_16LE, UTF_16BE, REPLACEMENT, X_USER_DEFINED].contains(&found);
    (!says_nothing).then_some(found)
}

fn is_ascii(label: &str) -> bool {
    matches!(label, "ascii" | "us-ascii" | "ansi_x3.4-1968")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(bytes: &str, content_type: Option<&str>) -> Vec<&'static str> {
        labels(bytes.as_bytes(), content_type).0.iter().map(|encoding| encoding.name()).collect()
    }

    #[test]
    fn headers_name_a_charset() {
        let table = [
            ("text/xml; charset=KOI8-R", Some("KOI8-R")),
            ("text/xml;charset= 'windows-1251'", Some("windows-1251")),
            ("text/xml; Charset = \"utf-8\"; x=y", Some("UTF-8")),
            ("text/xml; charset=iso-8859-1", Some("windows-1252")),
            ("text/xml; charset=utf8", Some("UTF-8")),
            ("text/xml; charset=win-1251", Some("windows-1251")),
            ("text/xml; charset=us-ascii", None),
            ("text/xml; charset=utf-16", None),
            ("text/xml; charset=utf-7", None),
            ("text/xml; charset=", None),
            ("text/xml; charset", None),
            ("text/xml", None),
            ("", None),
        ];
        for (header, expected) in table {
            assert_eq!(names("", Some(header)), Vec::from_iter(expected), "{header}");
        }
    }

    #[test]
    fn documents_name_an_encoding() {
        let table = [
            ("<?xml version='1.0' encoding='Shift_JIS'?>", Some("Shift_JIS")),
            (" \n<?xml version=\"1.0\" encoding = \"gb2312\" ?>", Some("GBK")),
            ("<?xml version='1.0' encoding='x-bogus'?>", None),
            ("<?xml version='1.0'?><a encoding='utf-8'/>", None),
            ("<html><META charset=big5>", Some("Big5")),
            ("<meta name=x><meta content='text/html; charset=euc-kr'>", Some("EUC-KR")),
            ("<p>charset=utf-8</p>", None),
        ];
        for (text, expected) in table {
            assert_eq!(names(text, None), Vec::from_iter(expected), "{text}");
        }
    }

    #[test]
    fn the_server_comes_first() {
        let text = "<?xml version='1.0' encoding='koi8-r'?>";
        assert_eq!(names(text, Some("text/xml; charset=utf-8")), ["UTF-8", "KOI8-R"]);
    }
}
