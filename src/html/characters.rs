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

/// Drops the unsafe characters of a text.
pub(super) fn without_unsafe(mut text: String) -> String {
    if text.chars().any(is_unsafe) {
        text.retain(|c| !is_unsafe(c));
    }
    text
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
        let text = "a\u{1b}[2J\u{7}\u{7f}\u{9b}\u{202e}\u{2066}\u{200b}\u{2060}\u{feff}\u{180e}\rb";
        assert_eq!(without_unsafe(text.to_owned()), "a[2Jb");
    }
}
