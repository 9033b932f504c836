//! Base64, in which Atom writes what is no text, and some write their text.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Decodes a text; nothing comes of what is no text in UTF-8.
pub(super) fn decode_text(text: &str) -> Option<String> {
    let letters: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let text = String::from_utf8(FORGIVING.decode(letters).ok()?).ok()?;
    Some(text).filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_decoded_and_nothing_else() {
        let table = [
            ("RXhhbXBsZSA8Yj5BdG9tPC9iPg==", Some("Example <b>Atom</b>")),
            (" w6\nQ\n", Some("ä")),
            ("", Some("")),
            ("/9j/4AAQ", None),
            ("not base64!", None),
        ];
        for (text, expected) in table {
            assert_eq!(decode_text(text).as_deref(), expected, "{text}");
        }
    }
}
