//! The encodings from before Unicode, by label or by guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS};

use super::label::Labels;

/// More make a guess no better, only slower.
const SAMPLE_BYTES: usize = 256 * 1024;

/// One broken character among so many sound ones does not make a label wrong.
const TOLERATED: usize = 20;

const EAST_ASIAN: [&Encoding; 6] = [BIG5, EUC_JP, EUC_KR, GB18030, GBK, SHIFT_JIS];

/// A text, and how much of it could not be read.
struct Attempt {
    text: String,
    broken: usize,
}

/// Decodes bytes that are not UTF-8: by the first label that they agree with, else by what they look like.
pub(super) fn decode(bytes: &[u8], labels: &Labels) -> String {
    let mut doubtful: Option<Attempt> = None;
    for encoding in labels.legacy() {
        let attempt = attempt(encoding, bytes);
        if attempt.is_convincing() {
            return attempt.text;
        }
        doubtful = doubtful.or(Some(attempt));
    }
    let guess = attempt(guess(bytes), bytes);
    match doubtful {
        Some(labelled) if labelled.broken <= guess.broken => labelled.text,
        _ => guess.text,
    }
}

impl Attempt {
    fn is_convincing(&self) -> bool {
        self.broken == 0
            || self.broken * TOLERATED <= self.text.chars().filter(|character| !character.is_ascii()).count()
    }
}

fn attempt(encoding: &'static Encoding, bytes: &[u8]) -> Attempt {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    let broken = if has_errors { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
    Attempt { text: text.into_owned(), broken }
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
pub(super) fn decode_lookalike(text: &str, labels: &Labels) -> Option<String> {
    let bytes = text.as_bytes();
    let is_east_asian = |encoding: &&Encoding| EAST_ASIAN.contains(encoding);
    let encoding =
        if bytes.contains(&0x1b) && text.is_ascii() && (text.contains("\x1b$") || text.contains("\x1b(")) {
            ISO_2022_JP
        } else if let Some(encoding) = labels.legacy().next().filter(is_east_asian)
            && !text.is_ascii()
            && text.chars().all(|character| character < '\u{800}')
        {
            encoding
        } else {
            return None;
        };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}
