//! A line that is being typed at the bottom of the screen.

use tui_input::{Input, InputRequest};

use crate::typeset::Position;

/// A line that is being typed.
#[derive(Clone, Debug)]
pub struct Prompt {
    input: Input,
    /// Where the reader was before: there they go back when they think better of it.
    pub from: Position,
}

/// What was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Typed {
    /// A character.
    Character(char),
    /// The character before goes.
    Backspace,
    /// The character behind goes.
    Delete,
    /// The word before goes.
    EraseWord,
    /// All before goes.
    EraseLine,
    /// A character to the left.
    Left,
    /// A character to the right.
    Right,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// That is it.
    Accept,
    /// Never mind.
    Cancel,
}

impl Prompt {
    /// Begins with an empty line.
    pub fn new(from: Position) -> Prompt {
        Prompt { input: Input::default(), from }
    }

    /// Gives what is typed so far.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Gives the columns before the cursor.
    pub fn cursor(&self) -> usize {
        self.input.visual_cursor()
    }

    /// Takes what was typed; tells whether the text is another one.
    pub fn take(&mut self, typed: Typed) -> bool {
        let request = match typed {
            Typed::Character(c) => InputRequest::InsertChar(c),
            Typed::Backspace => InputRequest::DeletePrevChar,
            Typed::Delete => InputRequest::DeleteNextChar,
            Typed::EraseWord => InputRequest::DeletePrevWord,
            Typed::EraseLine => InputRequest::DeleteLine,
            Typed::Left => InputRequest::GoToPrevChar,
            Typed::Right => InputRequest::GoToNextChar,
            Typed::Home => InputRequest::GoToStart,
            Typed::End => InputRequest::GoToEnd,
            Typed::Accept | Typed::Cancel => return false,
        };
        self.input.handle(request).is_some_and(|change| change.value)
    }
}

impl PartialEq for Prompt {
    fn eq(&self, other: &Prompt) -> bool {
        (self.text(), self.cursor(), self.from) == (other.text(), other.cursor(), other.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_typed_and_mended() {
        let mut prompt = Prompt::new(Position::default());
        for c in "rain fals".chars() {
            assert!(prompt.take(Typed::Character(c)));
        }
        assert!(!prompt.take(Typed::Left));
        prompt.take(Typed::Character('l'));
        assert_eq!((prompt.text(), prompt.cursor()), ("rain falls", 9));
        prompt.take(Typed::End);
        assert!(prompt.take(Typed::EraseWord));
        assert_eq!(prompt.text(), "rain ");
        assert!(prompt.take(Typed::EraseLine) && !prompt.take(Typed::Backspace));
        assert_eq!(prompt.text(), "");
    }
}
