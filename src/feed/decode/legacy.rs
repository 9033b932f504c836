//! The encodings from before Unicode, by label or by guess.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS};

use super::label::Labels;

/// More make a guess no better, only slower.
const SAMPLE_BYTES: usize = 256 * 1024;

/// One broken character among so many sound ones does not make a label wrong.
const TOLERATED: usize = 20;

const EAST_ASIAN: [&Encoding; 6] = [BIG5, EUC_JP, EUC_KR, GB18030, GBK, SHIFT_JIS];

/// Decodes bytes that are not UTF-8: by the first label that they agree with, else by what they look like.
pub(super) fn decode(bytes: &[u8], labels: &Labels) -> String {
    let mut doubtful = None;
    for encoding in labels.legacy() {
        let (text, broken) = attempt(encoding, bytes);
        if broken == 0 || broken * TOLERATED <= foreign(&text) {
            return text.into_owned();
        }
        doubtful = doubtful.or(Some((encoding, broken)));
    }
    let (text, broken) = attempt(guess(bytes), bytes);
    match doubtful {
        Some((labelled, few)) if few <= broken => attempt(labelled, bytes).0.into_owned(),
        _ => text.into_owned(),
    }
}

/// Decodes, and counts what could not be read.
fn attempt<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> (Cow<'a, str>, usize) {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    let broken = if has_errors { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
    (text, broken)
}

fn foreign(text: &str) -> usize {
    text.chars().filter(|character| !character.is_ascii()).count()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
    let sample = &bytes[start..bytes.len().min(start + SAMPLE_BYTES)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Decodes what is valid UTF-8 by chance: ISO-2022-JP, which is all ASCII with escapes, and short texts in East Asian
/// encodings whose pairs of bytes are pairs in UTF-8 too, where Chinese, Japanese and Korean have three.
pub(super) fn decode_lookalike(text: &str, is_plain: bool, labels: &Labels) -> Option<String> {
    let encoding = if is_plain { labelled_pairs(text, labels)? } else { escaped(text)? };
    let text = encoding.decode_without_bom_handling_and_without_replacement(text.as_bytes())?;
    Some(text.into_owned())
}

fn escaped(text: &str) -> Option<&'static Encoding> {
    let has_escapes = text.is_ascii() && (text.contains("\x1b$") || text.contains("\x1b("));
    has_escapes.then_some(ISO_2022_JP)
}

fn labelled_pairs(text: &str, labels: &Labels) -> Option<&'static Encoding> {
    let encoding = labels.legacy().next().filter(|encoding| EAST_ASIAN.contains(encoding))?;
    let has_pairs = !text.is_ascii() && text.chars().all(|character| character < '\u{800}');
    (has_pairs && !labels.says_utf8()).then_some(encoding)
}
