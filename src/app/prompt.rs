//! A line that is being typed at the bottom of the screen.

use tui_input::{Input, InputRequest};

use super::FormField;
use crate::model::{FeedId, FolderId};
use crate::typeset::Position;

/// A line that is being typed.
#[derive(Clone, Debug)]
pub struct Prompt {
    input: Input,
    /// What it is for.
    pub question: Question,
    /// What is wrong with the text, if it was tried already.
    pub problem: Option<String>,
}

/// What a line is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Question {
    /// What to find in the article.
    Find {
        /// Where the reader was before: there they go back when they think better of it.
        from: Position,
    },
    /// What to find in the help.
    Help,
    /// What to do or where to go.
    Command,
    /// The address of a feed, or of a page that names some.
    Address,
    /// What a field of a feed's settings is to hold.
    Field(FeedId, FormField),
    /// What a folder is to be called.
    FolderName(FolderId),
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
    /// The word behind goes.
    EraseNextWord,
    /// All goes.
    EraseLine,
    /// All behind goes.
    EraseRest,
    /// What went last comes back.
    Yank,
    /// A character to the left.
    Left,
    /// A character to the right.
    Right,
    /// A word to the left.
    WordLeft,
    /// A word to the right.
    WordRight,
    /// To the line above: what is offered there, or what was typed before.
    Up,
    /// To the line below.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// What is offered is taken over.
    Complete,
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
    pub fn new(question: Question) -> Prompt {
        Prompt { input: Input::default(), question, problem: None }
    }

    /// Puts another text in the place of what is typed.
    pub fn set(&mut self, text: &str) {
        self.input = Input::new(text.to_owned());
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
            Typed::EraseNextWord => InputRequest::DeleteNextWord,
            Typed::EraseLine => InputRequest::DeleteLine,
            Typed::EraseRest => InputRequest::DeleteTillEnd,
            Typed::Yank => InputRequest::Yank,
            Typed::WordLeft => InputRequest::GoToPrevWord,
            Typed::WordRight => InputRequest::GoToNextWord,
            Typed::Left => InputRequest::GoToPrevChar,
            Typed::Right => InputRequest::GoToNextChar,
            Typed::Home => InputRequest::GoToStart,
            Typed::End => InputRequest::GoToEnd,
            Typed::Up
            | Typed::Down
            | Typed::PageUp
            | Typed::PageDown
            | Typed::Complete
            | Typed::Accept
            | Typed::Cancel => return false,
        };
        let is_changed = self.input.handle(request).is_some_and(|change| change.value);
        if is_changed {
            self.problem = None;
        }
        is_changed
    }
}

impl PartialEq for Prompt {
    fn eq(&self, other: &Prompt) -> bool {
        let parts = |prompt: &Prompt| (prompt.cursor(), prompt.question.clone(), prompt.problem.clone());
        self.text() == other.text() && parts(self) == parts(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_typed_and_mended() {
        let mut prompt = Prompt::new(Question::Help);
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
