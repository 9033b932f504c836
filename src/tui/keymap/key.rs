//! One key, as it is written and as it comes from the terminal.

use crokey::KeyCombination;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A text that names no key.
#[derive(PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "there is no key `{0}`; keys are written as `j`, `G`, `ctrl-d`, `enter`, or `g g` for one after the other"
)]
pub(super) struct UnknownKey(String);

/// Reads keys that are pressed one after the other.
pub(super) fn read_sequence(text: &str) -> Result<Vec<KeyCombination>, UnknownKey> {
    let keys: Vec<_> = text.split_whitespace().map(read).collect::<Result<_, _>>()?;
    if keys.is_empty() { Err(UnknownKey(text.to_owned())) } else { Ok(keys) }
}

/// Reads one key. Single characters are taken first: crokey makes them lower case.
fn read(text: &str) -> Result<KeyCombination, UnknownKey> {
    let mut characters = text.chars();
    if let (Some(character), None) = (characters.next(), characters.next()) {
        return Ok(combination(KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE)));
    }
    let key = crokey::parse(text).map_err(|_| UnknownKey(text.to_owned()))?;
    let code = *key.codes.first();
    Ok(combination(KeyEvent::new(code, key.modifiers)))
}

/// Brings an event to one form: a character carries its own case, so Shift says nothing more;
/// Shift and Tab have two names.
pub(super) fn combination(mut event: KeyEvent) -> KeyCombination {
    match event.code {
        KeyCode::Char(_) => event.modifiers.remove(KeyModifiers::SHIFT),
        KeyCode::BackTab => {
            event.code = KeyCode::Tab;
            event.modifiers.insert(KeyModifiers::SHIFT);
        }
        _ => {}
    }
    KeyCombination::new(event.code, event.modifiers)
}

/// Gives the digit that a key is.
pub(super) fn digit(key: KeyCombination) -> Option<usize> {
    match key.codes.first() {
        KeyCode::Char(digit @ '0'..='9') if key.modifiers.is_empty() => {
            digit.to_digit(10).and_then(|digit| digit.try_into().ok())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_written_with_spaces() {
        assert_eq!(read_sequence("g g").unwrap().len(), 2);
        assert_eq!(read_sequence("ctrl-d").unwrap().len(), 1);
        assert_ne!(read_sequence("G"), read_sequence("g"));
        assert_eq!(read_sequence("é").unwrap().len(), 1);
    }

    #[test]
    fn what_names_no_key_is_said() {
        for text in ["", " ", "ctrl", "gg", "nonsense"] {
            assert_eq!(read_sequence(text), Err(UnknownKey(text.to_owned())), "{text}");
        }
    }
}
