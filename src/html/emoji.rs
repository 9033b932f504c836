//! Pictures that stand for a character → the character.

use super::reference::decode_references;
use super::token::Tag;

/// Classes of pictures that blogs and social networks put where a character was written.
const CLASSES: &[&str] = &["wp-smiley", "emoji", "emojione", "twemoji", "smiley", "joypixels"];

/// Folders and programs that serve such pictures.
const PLACES: &[&str] = &["/emoji/", "/twemoji/", "twemoji@", "/smilies/", "/smileys/", "/emoji.php/"];

/// What blogs drew pictures for before there were characters.
#[rustfmt::skip]
const SMILEYS: &[(&str, &str)] = &[
    (":)", "🙂"), (":-)", "🙂"), (";)", "😉"), (";-)", "😉"), (":(", "🙁"), (":-(", "🙁"), (":D", "😀"), (":-D", "😀"),
    (":P", "😛"), (":-P", "😛"), (":o", "😮"), (":-o", "😮"), ("8)", "😎"), ("8-)", "😎"), (":|", "😐"), (":-|", "😐"),
    (":?", "😕"), (":-?", "😕"), (":x", "😡"), (":-x", "😡"), ("=)", "🙂"), ("^^", "😄"),
];

/// Longer descriptions are not those of a character.
const MAX_LENGTH: usize = 32;

/// Reads the text that a picture stands for, where it stands for a character.
pub(super) fn character(tag: &Tag) -> Option<String> {
    let address = tag.attribute("src").unwrap_or_default();
    let class = tag.attribute("class").unwrap_or_default();
    let is_one = class.split_ascii_whitespace().any(|class| CLASSES.contains(&class))
        || PLACES.iter().any(|place| address.contains(place));
    if !is_one {
        return None;
    }
    let alt = decode_references(tag.attribute("alt").unwrap_or_default());
    let alt = alt.trim();
    let written = || (!alt.is_ascii() && alt.len() <= MAX_LENGTH).then(|| alt.to_owned());
    let meant =
        || SMILEYS.iter().find(|(smiley, _)| *smiley == alt).map(|(_, character)| (*character).to_owned());
    written().or_else(|| by_file(address)).or_else(meant)
}

/// Reads the numbers of characters that a file is named by: `1f468-200d-1f4bb.png`.
fn by_file(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let (stem, _) = path.rsplit('/').next()?.rsplit_once('.')?;
    let numbers = stem.trim_start_matches("emoji_u").split(['-', '_']);
    let text: Option<String> =
        numbers.map(|number| char::from_u32(u32::from_str_radix(number, 16).ok()?)).collect();
    // Letters and digits are files of other names: `add.png`, `12.gif`.
    text.filter(|text| text.chars().any(|c| u32::from(c) > 0x2000) && text.len() <= 2 * MAX_LENGTH)
}

#[cfg(test)]
mod tests {
    use super::super::token::{Token, Tokens};
    use super::*;

    #[test]
    fn a_picture_of_a_character_is_the_character() {
        let table = [
            (
                "<img class='wp-smiley' alt='🙂' src='https://s.w.org/images/core/emoji/11/72x72/1f642.png'>",
                Some("🙂"),
            ),
            ("<img class=emoji alt=':slightly_smiling:' src='/x/1f642.svg'>", Some("🙂")),
            ("<img src='//a.test/emoji/1f468-200d-1f4bb.png'>", Some("👨\u{200d}💻")),
            ("<img class='wp-smiley x' alt=':)' src='/smilies/icon_smile.gif'>", Some("🙂")),
            ("<img class=emoji alt='&#128514;' src=x>", Some("😂")),
            ("<img class=emoji src='/add.png'>", None),
            ("<img class=wp-smiley src='/mrgreen.png' alt=':mrgreen:'>", None),
            ("<img alt='🙂' src='/1f642.png'>", None),
        ];
        for (html, expected) in table {
            let Some(Token::Start(tag)) = Tokens::new(html).next() else { panic!("no tag") };
            assert_eq!(character(&tag).as_deref(), expected, "{html}");
        }
    }
}
