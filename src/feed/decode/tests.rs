use std::io::Write;

use encoding_rs::Encoding;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use proptest::prelude::*;

use super::*;

const RUSSIAN: &str = "<?xml version='1.0'?><rss><title>Новости дня: погода и рынок</title></rss>";
const JAPANESE: &str = "<?xml version='1.0'?><rss><title>東京の天気予報とニュース</title></rss>";

fn read(bytes: &[u8], content_type: Option<&str>) -> String {
    decode(bytes, content_type).unwrap().into_owned()
}

fn encoded(text: &str, label: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap();
    encoding.encode(text).0.into_owned()
}

fn wide(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn control_characters_of_windows_are_what_they_were() {
    assert_eq!(read("\u{93}a\u{94} \u{97} caf\u{e9}\u{a0}".as_bytes(), None), "“a” — café\u{a0}");
    assert_eq!(read("ab".replace('b', "\0b").as_bytes(), None), "ab");
}

#[test]
fn utf_8_is_borrowed() {
    for text in ["", "<rss/>", RUSSIAN, JAPANESE, "x^2"] {
        assert!(matches!(decode(text.as_bytes(), None), Ok(Cow::Borrowed(same)) if same == text), "{text}");
    }
    let marked = "\u{feff}\u{feff}<rss/>";
    assert!(matches!(decode(marked.as_bytes(), None), Ok(Cow::Borrowed("<rss/>"))));
}

#[test]
fn valid_utf_8_is_utf_8_whatever_its_labels_say() {
    for label in ["us-ascii", "iso-8859-1", "windows-1251", "shift_jis", "utf-16", "x-bogus"] {
        let content_type = format!("text/xml; charset={label}");
        assert_eq!(read(RUSSIAN.as_bytes(), Some(&content_type)), RUSSIAN, "{label}");
        let declared = JAPANESE.replace("'1.0'", &format!("'1.0' encoding='{label}'"));
        assert_eq!(read(declared.as_bytes(), None), declared, "{label}");
    }
}

#[test]
fn utf_16_and_utf_32_are_known_with_and_without_mark() {
    for mark in ["", "\u{feff}", "\u{feff}\u{feff}"] {
        let text = format!("{mark}{JAPANESE}");
        let utf_32 =
            |bytes: fn(u32) -> [u8; 4]| text.chars().map(u32::from).flat_map(bytes).collect::<Vec<u8>>();
        let table = [
            wide(&text, u16::to_le_bytes),
            wide(&text, u16::to_be_bytes),
            utf_32(u32::to_le_bytes),
            utf_32(u32::to_be_bytes),
        ];
        for bytes in table {
            assert_eq!(read(&bytes, Some("text/xml; charset=utf-8")), JAPANESE);
        }
    }
}

#[test]
fn broken_utf_16_and_utf_32_are_replaced() {
    let mut odd = wide("<a>", u16::to_le_bytes);
    odd.push(b'x');
    assert_eq!(read(&odd, None), "<a>\u{fffd}");
    assert_eq!(read(b"<\0a\0\x00\xd8>\0", None), "<a\u{fffd}>");
    assert_eq!(read(b"\0\0\0<\0\x11\0\0\0\0\xd8\0\0\0", None), "<\u{fffd}\u{fffd}\u{fffd}");
}

#[test]
fn labels_are_believed_where_the_bytes_agree() {
    for label in ["windows-1251", "koi8-r", "iso-8859-5"] {
        let bytes = encoded(RUSSIAN, label);
        let content_type = format!("text/xml; charset={label}");
        assert_eq!(read(&bytes, Some(&content_type)), RUSSIAN, "{label}");
        let declared = RUSSIAN.replace("'1.0'", &format!("'1.0' encoding='{label}'"));
        assert_eq!(read(&encoded(&declared, label), None), declared, "{label}");
        assert_eq!(read(&encoded(&declared, label), Some("text/xml; charset=us-ascii")), declared, "{label}");
        assert_eq!(read(&encoded(&declared, label), Some("text/xml; charset=utf-8")), declared, "{label}");
    }
}

#[test]
fn a_label_that_the_bytes_deny_is_not_believed() {
    for label in ["utf-8", "us-ascii", "x-bogus", "utf-16", "utf-7"] {
        let content_type = format!("text/xml; charset={label}");
        assert_eq!(read(&encoded(RUSSIAN, "koi8-r"), Some(&content_type)), RUSSIAN, "{label}");
        assert_eq!(read(&encoded(JAPANESE, "euc-jp"), Some(&content_type)), JAPANESE, "{label}");
    }
}

#[test]
fn without_a_label_the_bytes_tell() {
    for label in ["windows-1251", "koi8-r", "iso-8859-5"] {
        assert_eq!(read(&encoded(RUSSIAN, label), None), RUSSIAN, "{label}");
    }
    for label in ["shift_jis", "euc-jp", "iso-2022-jp"] {
        assert_eq!(read(&encoded(JAPANESE, label), None), JAPANESE, "{label}");
    }
}

#[test]
fn a_few_broken_bytes_leave_the_rest_as_it_is() {
    let broken = [RUSSIAN.as_bytes(), b"caf\xe9 \x93x\x94"].concat();
    assert_eq!(read(&broken, None), format!("{RUSSIAN}café “x”"));
    let declared = JAPANESE.replace("'1.0'", "'1.0' encoding='gbk'");
    let mut bytes = encoded(&declared.replace("東京", &"東京".repeat(20)), "gbk");
    bytes.extend(b"\xff</rss>");
    assert!(read(&bytes, None).ends_with("</rss>\u{fffd}</rss>"));
}

#[test]
fn bytes_of_windows_1252_are_read_as_such() {
    for header in [None, Some("text/xml; charset=iso-8859-1"), Some("text/xml; charset=utf-8")] {
        assert_eq!(read(b"<a>\x93Gr\xf6\xdfe\x94 \x80</a>", header), "<a>“Größe” €</a>", "{header:?}");
    }
}

#[test]
fn a_short_text_in_pairs_is_what_its_label_says() {
    let text = "<?xml version='1.0' encoding='shift_jis'?><a>ﾃｽ</a>";
    let bytes = encoded(text, "shift_jis");
    assert_eq!(read(&bytes, None), text);
    assert!(read(&bytes, Some("text/xml; charset=utf-8")).contains("<a>ý</a>"));
}

#[test]
fn nul_is_left_out() {
    assert_eq!(read(b"<a>\0b\0</a>", None), "<a>b</a>");
    assert_eq!(read(b"<a>\0\xe9</a>", None), "<a>é</a>");
    assert_eq!(read(b"<\0a\0\0\0>\0", None), "<a>");
}

#[test]
fn escapes_that_are_no_japanese_stay() {
    let text = "<a>\u{1b}[31m \u{1b}(0 \u{1b}$</a>";
    assert_eq!(read(text.as_bytes(), None), text);
}

#[test]
fn packed_bytes_are_unpacked() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(RUSSIAN.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(RUSSIAN.as_bytes()).unwrap();
    assert_eq!(read(&gzip, None), RUSSIAN);
    assert_eq!(read(&zlib.finish().unwrap(), None), RUSSIAN);
    let cut_off = read(&gzip[..gzip.len() - 12], None);
    assert!(cut_off.len() > 20 && RUSSIAN.starts_with(cut_off.trim_end_matches('\u{fffd}')), "{cut_off}");
}

#[test]
fn packed_bytes_without_end_are_refused() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..51 {
        gzip.write_all(&vec![b' '; 1_000_000]).unwrap();
    }
    assert_eq!(decode(&gzip.finish().unwrap(), None), Err(FeedError::TooLarge));
}

proptest! {
    #[test]
    fn any_bytes_are_text(bytes in any::<Vec<u8>>(), content_type in any::<Option<String>>()) {
        let text = decode(&bytes, content_type.as_deref()).unwrap();
        prop_assert!(!text.contains('\0'));
    }

    #[test]
    fn any_bytes_with_any_label_are_text(
        start in "\u{feff}?<\\?xml encoding='(utf-8|utf-16|gbk|big5|iso-2022-jp|koi8-r|shift_jis|us-ascii|x)'\\?>",
        bytes in any::<Vec<u8>>(),
    ) {
        decode(&[start.as_bytes(), &bytes].concat(), None).unwrap();
    }

    #[test]
    fn any_packed_bytes_are_text(start in prop_oneof![Just([0x1f, 0x8b]), Just([0x78, 0x9c])], bytes in any::<Vec<u8>>()) {
        decode(&[&start[..], &bytes].concat(), None).unwrap();
    }

    #[test]
    fn any_text_is_itself(text in "[^\0\u{1b}\u{feff}x\u{80}-\u{9f}][^\0\u{1b}\u{80}-\u{9f}]*") {
        prop_assert_eq!(decode(text.as_bytes(), None).unwrap(), text.as_str());
    }
}
