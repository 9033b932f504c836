//! Keys as they are pressed: a number that says how often, sequences, and letters that are typed.

use std::time::{Duration, Instant};

use crokey::KeyCombination;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::draw::pane_of_keys;
use super::keymap::{Keymap, Meaning, combination, digit};
use crate::app::{Action, Pane, State, Typed};

/// How often an action is repeated at most.
const MOST: usize = 9_999;
/// Whoever knows what follows is not told.
const PATIENCE: Duration = Duration::from_millis(400);

/// Keys pressed that bring nothing yet.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Keyboard {
    count: Option<usize>,
    pressed: Vec<KeyCombination>,
    since: Option<Instant>,
}

impl Keyboard {
    /// Takes a key; gives the action that it completes, and how often it was asked for.
    pub fn press(
        &mut self,
        keymap: &Keymap,
        state: &State,
        event: KeyEvent,
    ) -> Option<(Action, Option<usize>)> {
        self.take(keymap, pane_of_keys(state), event)
    }

    fn take(
        &mut self,
        keymap: &Keymap,
        pane: Option<Pane>,
        event: KeyEvent,
    ) -> Option<(Action, Option<usize>)> {
        let key = combination(event);
        if event.code == KeyCode::Esc && (self.count.is_some() || !self.pressed.is_empty()) {
            *self = Keyboard::default();
            return None;
        }
        self.pressed.push(key);
        match keymap.meaning(pane, &self.pressed) {
            Meaning::Action(action) => {
                let count = self.count;
                *self = Keyboard::default();
                Some((action, count))
            }
            Meaning::Beginning => {
                self.since = Some(Instant::now());
                None
            }
            Meaning::Nothing if self.pressed.len() > 1 => {
                // A key that leads nowhere ends the sequence, and may begin another or stand alone.
                self.pressed.clear();
                self.since = None;
                self.take(keymap, pane, event)
            }
            Meaning::Nothing => {
                self.pressed.clear();
                self.since = None;
                // A number begins with no zero, so that a key may be one.
                let digit = digit(key).filter(|digit| *digit > 0 || self.count.is_some());
                self.count = digit.map(|digit| (self.count.unwrap_or(0) * 10 + digit).min(MOST));
                None
            }
        }
    }

    /// Gives the keys pressed that others must follow.
    pub(super) fn pressed(&self) -> &[KeyCombination] {
        &self.pressed
    }

    /// Writes what was pressed, for the status line.
    pub(super) fn written(&self) -> String {
        let count = self.count.map(|count| count.to_string()).unwrap_or_default();
        self.pressed.iter().fold(count, |text, key| text + &key.to_string().to_lowercase())
    }

    /// Tells when what may follow is to be shown; nothing where that is not so, or shown already.
    pub fn shows_at(&self, now: Instant) -> Option<Instant> {
        self.since.map(|since| since + PATIENCE).filter(|at| *at > now)
    }

    /// Tells whether what may follow is shown.
    pub(super) fn is_hesitating(&self, now: Instant) -> bool {
        self.since.is_some_and(|since| now >= since + PATIENCE)
    }
}

/// Reads a key as one that types a line.
pub fn typed(event: KeyEvent) -> Option<Typed> {
    let has = |modifier| event.modifiers.contains(modifier);
    let is_word = has(KeyModifiers::CONTROL) || has(KeyModifiers::ALT);
    Some(match event.code {
        KeyCode::Char('c' | 'g') if has(KeyModifiers::CONTROL) => Typed::Cancel,
        KeyCode::Char('w') if has(KeyModifiers::CONTROL) => Typed::EraseWord,
        KeyCode::Backspace if is_word => Typed::EraseWord,
        KeyCode::Char('u') if has(KeyModifiers::CONTROL) => Typed::EraseLine,
        KeyCode::Char('k') if has(KeyModifiers::CONTROL) => Typed::EraseRest,
        KeyCode::Char('y') if has(KeyModifiers::CONTROL) => Typed::Yank,
        KeyCode::Char('a') if has(KeyModifiers::CONTROL) => Typed::Home,
        KeyCode::Char('e') if has(KeyModifiers::CONTROL) => Typed::End,
        KeyCode::Char('b') if has(KeyModifiers::CONTROL) => Typed::Left,
        KeyCode::Char('f') if has(KeyModifiers::CONTROL) => Typed::Right,
        KeyCode::Char('d') if has(KeyModifiers::CONTROL) => Typed::Delete,
        KeyCode::Char('h') if has(KeyModifiers::CONTROL) => Typed::Backspace,
        KeyCode::Char('p') if has(KeyModifiers::CONTROL) => Typed::Up,
        KeyCode::Char('n') if has(KeyModifiers::CONTROL) => Typed::Down,
        KeyCode::Char('b') if has(KeyModifiers::ALT) => Typed::WordLeft,
        KeyCode::Char('f') if has(KeyModifiers::ALT) => Typed::WordRight,
        KeyCode::Char('d') if has(KeyModifiers::ALT) => Typed::EraseNextWord,
        KeyCode::Char(_) if has(KeyModifiers::CONTROL) || has(KeyModifiers::ALT) => return None,
        KeyCode::Char(c) => Typed::Character(c),
        KeyCode::Backspace => Typed::Backspace,
        KeyCode::Delete => Typed::Delete,
        KeyCode::Left if is_word => Typed::WordLeft,
        KeyCode::Right if is_word => Typed::WordRight,
        KeyCode::Left => Typed::Left,
        KeyCode::Right => Typed::Right,
        KeyCode::Up => Typed::Up,
        KeyCode::Down => Typed::Down,
        KeyCode::PageUp => Typed::PageUp,
        KeyCode::PageDown => Typed::PageDown,
        KeyCode::Tab => Typed::Complete,
        KeyCode::Home => Typed::Home,
        KeyCode::End => Typed::End,
        KeyCode::Enter => Typed::Accept,
        KeyCode::Esc => Typed::Cancel,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(keyboard: &mut Keyboard, code: KeyCode, modifiers: KeyModifiers) -> Option<Action> {
        counted(keyboard, code, modifiers).map(|(action, _)| action)
    }

    fn counted(
        keyboard: &mut Keyboard,
        code: KeyCode,
        modifiers: KeyModifiers,
    ) -> Option<(Action, Option<usize>)> {
        keyboard.take(&Keymap::embedded(), None, KeyEvent::new(code, modifiers))
    }

    fn character(keyboard: &mut Keyboard, character: char) -> Option<Action> {
        press(keyboard, KeyCode::Char(character), KeyModifiers::NONE)
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
        assert_eq!(keyboard.written(), "g");
        assert_eq!(character(&mut keyboard, 'g'), Some(Action::GoTop));
        assert_eq!(keyboard, Keyboard::default());
    }

    #[test]
    fn a_key_that_breaks_a_sequence_off_counts_for_itself() {
        let mut keyboard = Keyboard::default();
        character(&mut keyboard, 'g');
        assert_eq!(character(&mut keyboard, 'j'), Some(Action::MoveDown));
    }

    #[test]
    fn a_number_says_how_often() {
        let mut keyboard = Keyboard::default();
        for digit in "120".chars() {
            assert_eq!(character(&mut keyboard, digit), None);
        }
        assert_eq!(keyboard.written(), "120");
        let down = counted(&mut keyboard, KeyCode::Char('j'), KeyModifiers::NONE);
        assert_eq!(down, Some((Action::MoveDown, Some(120))));
        let down = counted(&mut keyboard, KeyCode::Char('j'), KeyModifiers::NONE);
        assert_eq!(down, Some((Action::MoveDown, None)), "it holds once");
        for digit in "99999999999999999999999".chars() {
            character(&mut keyboard, digit);
        }
        let down = counted(&mut keyboard, KeyCode::Char('j'), KeyModifiers::NONE);
        assert_eq!(down, Some((Action::MoveDown, Some(MOST))));
        character(&mut keyboard, '0');
        assert_eq!(keyboard.written(), "", "no number begins so");
        character(&mut keyboard, '3');
        assert_eq!(press(&mut keyboard, KeyCode::Esc, KeyModifiers::NONE), None, "never mind the number");
        assert_eq!(press(&mut keyboard, KeyCode::Esc, KeyModifiers::NONE), Some(Action::Close));
    }

    #[test]
    fn what_may_follow_is_shown_to_those_who_hesitate() {
        let mut keyboard = Keyboard::default();
        character(&mut keyboard, 'g');
        let now = Instant::now();
        assert!(keyboard.shows_at(now).is_some() && !keyboard.is_hesitating(now));
        let later = now + 2 * PATIENCE;
        assert!(keyboard.shows_at(later).is_none() && keyboard.is_hesitating(later));
        assert!(!Keyboard::default().is_hesitating(later));
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
