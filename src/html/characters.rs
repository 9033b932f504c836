//! Which characters may reach a screen.

/// Tells whether a character could steer a terminal, reorder a line or hide in it.
///
/// Stay: line feed and tab; the joiners (U+200C, U+200D), the soft hyphen and the lone marks of direction,
/// which emoji, scripts and line breaking need.
pub(super) fn is_unsafe(c: char) -> bool {
    if c.is_control() {
        return !matches!(c, '\n' | '\t');
    }
    matches!(
        c,
        // Zero width: the Mongolian separator, space, word joiner, invisible operators, byte order mark;
        '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}'
        // embeddings, overrides and isolates of direction, and the old format characters after them;
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        // marks of annotations that no terminal shows.
        | '\u{fff9}'..='\u{fffb}'
    )
}

/// Makes a character safe: itself, what it was meant to be, or nothing.
pub(super) fn safe(c: char) -> Option<char> {
    if is_unsafe(c) { meant(c) } else { Some(c) }
}

/// Drops the unsafe characters of a text, or writes what they were meant to be.
pub(super) fn without_unsafe(text: String) -> String {
    // Nearly all of most texts: no byte of printable ASCII needs a closer look.
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    if text.bytes().all(is_plain) || !text.chars().any(is_unsafe) {
        return text;
    }
    text.chars().filter_map(safe).collect()
}

/// Names what a C1 control stands for in a text that was Windows-1252 and was read as Latin-1.
///
/// No text has these controls; quotes and dashes written so are all over old feeds.
fn meant(c: char) -> Option<char> {
    const WINDOWS_1252: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', //
        '\0', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    let index = u32::from(c).checked_sub(0x80)?;
    let meant = WINDOWS_1252.get(usize::try_from(index).ok()?)?;
    Some(*meant).filter(|c| *c != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_scripts_and_emoji_need_stays() {
        let text = "👨\u{200d}👩 می\u{200c}خواهم co\u{ad}operate \u{200e}a\u{200f}\tb\nc ❤\u{fe0f}";
        assert_eq!(without_unsafe(text.to_owned()), text);
    }

    #[test]
    fn what_steers_a_terminal_or_hides_goes() {
        let text = "a\u{1b}[2J\u{7}\u{7f}\u{9d}\u{202e}\u{2066}\u{200b}\u{2060}\u{feff}\u{180e}\rb";
        assert_eq!(without_unsafe(text.to_owned()), "a[2Jb");
    }

    #[test]
    fn quotes_and_dashes_of_windows_1252_become_those() {
        let text = "\u{93}don\u{92}t\u{94}\u{97}wait\u{85} \u{80}5 \u{9b}31m \u{9f}";
        assert_eq!(without_unsafe(text.to_owned()), "“don’t”—wait… €5 ›31m Ÿ");
    }
}
