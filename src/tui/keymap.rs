//! Keys → actions, from `assets/keymap.toml`: the table that help and manual are made of, too.

use std::collections::HashMap;

use crokey::KeyCombination;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde::Deserialize;

use crate::app::{Action, Typed};

const KEYMAP: &str = include_str!("../../assets/keymap.toml");

/// All keys, in the groups of the help.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Keymap {
    /// The groups, in order.
    pub groups: Vec<KeyGroup>,
    sequences: HashMap<Vec<KeyCombination>, Action>,
}

/// Keys that belong together.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct KeyGroup {
    /// The heading.
    pub name: String,
    /// The keys.
    pub keys: Vec<Binding>,
}

/// Keys of one action.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Binding {
    /// Keys or sequences of keys, as one writes them.
    pub on: Vec<String>,
    /// What they do.
    pub run: Action,
    /// What the help says of it.
    pub desc: String,
}

/// Keys pressed of a sequence that is not complete.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Keyboard {
    pressed: Vec<KeyCombination>,
}

/// Why a key cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("there is no key `{0}`")]
struct UnknownKey(String);

#[derive(Deserialize)]
struct File {
    group: Vec<KeyGroup>,
}

impl Keymap {
    /// Reads the embedded keymap.
    pub fn embedded() -> Keymap {
        let file: File = toml::from_str(KEYMAP).expect("the embedded keymap is TOML of this shape");
        let mut sequences = HashMap::new();
        for binding in file.group.iter().flat_map(|group| &group.keys) {
            for on in &binding.on {
                let keys = read_sequence(on).expect("the embedded keymap names keys");
                sequences.insert(keys, binding.run);
            }
        }
        Keymap { groups: file.group, sequences }
    }

    /// Gives the first key of an action as one writes it.
    pub fn key_of(&self, action: Action) -> Option<&str> {
        let all = self.groups.iter().flat_map(|group| &group.keys);
        all.filter(|binding| binding.run == action).find_map(|binding| binding.on.first()).map(String::as_str)
    }

    /// Counts the lines of the help: groups with a heading each, parted by a blank line.
    pub fn help_lines(&self) -> usize {
        let lines: usize = self.groups.iter().map(|group| group.keys.len() + 2).sum();
        lines.saturating_sub(1)
    }

    fn begins(&self, keys: &[KeyCombination]) -> bool {
        self.sequences.keys().any(|sequence| sequence.len() > keys.len() && sequence.starts_with(keys))
    }
}

impl Keyboard {
    /// Takes a key; gives the action that it completes.
    pub fn press(&mut self, keymap: &Keymap, event: KeyEvent) -> Option<Action> {
        let key = combination(event);
        self.pressed.push(key);
        if let Some(action) = keymap.sequences.get(&self.pressed) {
            self.pressed.clear();
            return Some(*action);
        }
        if keymap.begins(&self.pressed) {
            return None;
        }
        // A key that leads nowhere ends the sequence, and may begin another or stand alone.
        let broke_off = self.pressed.len() > 1;
        self.pressed.clear();
        if broke_off { self.press(keymap, event) } else { None }
    }
}

/// Reads a key as one that types a line.
pub fn typed(event: KeyEvent) -> Option<Typed> {
    let has = |modifier| event.modifiers.contains(modifier);
    Some(match event.code {
        KeyCode::Char('c' | 'g') if has(KeyModifiers::CONTROL) => Typed::Cancel,
        KeyCode::Char('w') if has(KeyModifiers::CONTROL) => Typed::EraseWord,
        KeyCode::Char('u') if has(KeyModifiers::CONTROL) => Typed::EraseLine,
        KeyCode::Char('a') if has(KeyModifiers::CONTROL) => Typed::Home,
        KeyCode::Char('e') if has(KeyModifiers::CONTROL) => Typed::End,
        KeyCode::Char(_) if has(KeyModifiers::CONTROL) || has(KeyModifiers::ALT) => return None,
        KeyCode::Char(c) => Typed::Character(c),
        KeyCode::Backspace => Typed::Backspace,
        KeyCode::Delete => Typed::Delete,
        KeyCode::Left => Typed::Left,
        KeyCode::Right => Typed::Right,
        KeyCode::Home => Typed::Home,
        KeyCode::End => Typed::End,
        KeyCode::Enter => Typed::Accept,
        KeyCode::Esc => Typed::Cancel,
        _ => return None,
    })
}

fn read_sequence(text: &str) -> Result<Vec<KeyCombination>, UnknownKey> {
    text.split_whitespace().map(read_key).collect()
}

/// Reads one key. Single characters are taken first: crokey makes them lower case.
fn read_key(text: &str) -> Result<KeyCombination, UnknownKey> {
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
fn combination(mut event: KeyEvent) -> KeyCombination {
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

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn press(keyboard: &mut Keyboard, code: KeyCode, modifiers: KeyModifiers) -> Option<Action> {
        keyboard.press(&Keymap::embedded(), KeyEvent::new(code, modifiers))
    }

    fn character(keyboard: &mut Keyboard, character: char) -> Option<Action> {
        press(keyboard, KeyCode::Char(character), KeyModifiers::NONE)
    }

    #[test]
    fn every_action_has_a_key_and_every_key_one_action() {
        let keymap = Keymap::embedded();
        for action in Action::ALL {
            assert!(keymap.key_of(*action).is_some(), "{action:?}");
        }
        let written: usize = keymap.groups.iter().flat_map(|g| &g.keys).map(|b| b.on.len()).sum();
        assert_eq!(keymap.sequences.len(), written);
    }

    #[test]
    fn capitals_are_keys_of_their_own_with_or_without_shift_told() {
        let mut keyboard = Keyboard::default();
        assert_eq!(character(&mut keyboard, 'j'), Some(Action::MoveDown));
        assert_eq!(character(&mut keyboard, 'J'), Some(Action::NextFeed));
        let shifted = press(&mut keyboard, KeyCode::Char('J'), KeyModifiers::SHIFT);
        assert_eq!(shifted, Some(Action::NextFeed));
    }

    #[test]
    fn a_sequence_is_complete_with_its_last_key() {
        let mut keyboard = Keyboard::default();
        assert_eq!(character(&mut keyboard, 'g'), None);
        assert_eq!(character(&mut keyboard, 'g'), Some(Action::GoTop));
    }

    /// Writes the table of `docs/keys.md`.
    fn manual(keymap: &Keymap) -> String {
        let mut page = "# Keys\n\nWritten after `assets/keymap.toml`; a test compares the two.\n".to_owned();
        for group in &keymap.groups {
            write!(page, "\n## {}\n\n| keys | what they do |\n| --- | --- |\n", group.name).unwrap();
            for binding in &group.keys {
                let keys: Vec<String> = binding.on.iter().map(|key| format!("`{key}`")).collect();
                writeln!(page, "| {} | {} |", keys.join(" "), binding.desc).unwrap();
            }
        }
        page
    }

    #[test]
    fn the_manual_lists_the_keys_of_the_keymap() {
        let written = include_str!("../../docs/keys.md");
        let expected = manual(&Keymap::embedded());
        assert!(written == expected, "docs/keys.md should be:\n{expected}");
    }

    #[test]
    fn a_key_that_breaks_a_sequence_off_counts_for_itself() {
        let mut keyboard = Keyboard::default();
        character(&mut keyboard, 'g');
        assert_eq!(character(&mut keyboard, 'j'), Some(Action::MoveDown));
    }

    #[test]
    fn keys_with_names_are_known() {
        let mut keyboard = Keyboard::default();
        for (code, modifiers, action) in [
            (KeyCode::Enter, KeyModifiers::NONE, Action::Open),
            (KeyCode::Char(' '), KeyModifiers::NONE, Action::Advance),
            (KeyCode::Char('r'), KeyModifiers::CONTROL, Action::Redo),
            (KeyCode::BackTab, KeyModifiers::SHIFT, Action::PreviousPane),
            (KeyCode::Char('?'), KeyModifiers::SHIFT, Action::ShowHelp),
        ] {
            assert_eq!(press(&mut keyboard, code, modifiers), Some(action), "{code:?}");
        }
    }
}
