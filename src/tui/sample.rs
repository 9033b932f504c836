//! Keys and a screen without a terminal, for tests of what lies above.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
pub(crate) use ratatui::crossterm::event::KeyEvent;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::{Look, draw};
use crate::app::{Size, State};

/// Keys that have names.
pub(crate) const NAMED: &[KeyCode] = &[
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Backspace,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Home,
    KeyCode::End,
];

/// A key with a name.
pub(crate) fn named(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

/// The key of a character, alone or with Control held.
pub(crate) fn character(character: char, with_control: bool) -> KeyEvent {
    let modifiers = if with_control { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
    KeyEvent::new(KeyCode::Char(character), modifiers)
}

/// A screen in memory.
pub(crate) struct Screen(Terminal<TestBackend>);

impl Screen {
    pub(crate) fn new(size: Size) -> Screen {
        Screen(Terminal::new(TestBackend::new(size.width, size.height)).unwrap())
    }

    /// Draws a state, in its size.
    pub(crate) fn draw(&mut self, state: &State, look: Look<'_>) {
        self.0.backend_mut().resize(state.size.width, state.size.height);
        self.0.draw(|frame| draw(frame, state, look)).unwrap();
    }
}
