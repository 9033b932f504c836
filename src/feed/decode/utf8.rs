//! UTF-8 with some broken bytes: pages made of parts in different encodings.

use encoding_rs::WINDOWS_1252;

/// Reads bytes that are UTF-8 for the most part; each broken one is read as windows-1252, which it mostly is.
///
/// Where nobody says that it is UTF-8, it must show more clearly.
pub(super) fn repair(bytes: &[u8], is_labelled: bool) -> Option<String> {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let is_utf8 = good > if is_labelled { bad } else { 4 * bad };
    is_utf8.then(|| with_windows_1252(bytes))
}

fn with_windows_1252(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

/// Tells whether there is neither NUL nor the escape that other encodings begin with; many bytes at once.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    let count = |chunk: &[u8]| chunk.iter().fold(0, |found, byte| found | u8::from(matches!(byte, 0 | 0x1b)));
    bytes.chunks(1024).all(|chunk| count(chunk) == 0)
}
