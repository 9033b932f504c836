//! A line that is being typed at the bottom of the screen.

use std::collections::BTreeMap;

use tui_input::{Input, InputRequest};

use super::{FormField, QueryField};
use crate::model::{EntryId, FeedId, FolderId, QueryId, Scope};
use crate::typeset::Position;

/// A line that is being typed.
#[derive(Clone, Debug)]
pub struct Prompt {
    input: Input,
    /// What it is for.
    pub question: Question,
    /// What is wrong with the text, if it was tried already.
    pub problem: Option<String>,
    /// What was answered before, the last one first.
    before: Vec<String>,
    /// Which of it is shown, from 1; 0 is what was typed now.
    recalled: usize,
    draft: String,
}

/// What a line is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Question {
    /// What to find in the article.
    Find {
        /// Where the reader was before: there they go back when they think better of it.
        from: Position,
    },
    /// What to find in the library.
    Search {
        /// What was shown before: there the reader goes back when they think better of it.
        from: Scope,
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
    /// What a query that is to be kept is to be called.
    QueryTitle(String),
    /// What a field of a query is to hold.
    QueryField(QueryId, QueryField),
    /// Which tags entries are to be given.
    Tags(Vec<EntryId>),
}

/// What was answered to each kind of question, the last answer first.
pub type Answers = BTreeMap<String, Vec<String>>;

/// So many answers of a kind are kept.
const MOST_ANSWERS: usize = 50;

impl Question {
    /// Names the kind of question whose answers are kept.
    fn kind(&self) -> Option<&'static str> {
        match self {
            Question::Find { .. } => Some("find"),
            Question::Search { .. } | Question::QueryField(_, QueryField::Query) => Some("search"),
            Question::Tags(_) => Some("tags"),
            Question::Address => Some("address"),
            Question::FolderName(_) | Question::Field(_, FormField::Folder) => Some("folder"),
            Question::Help
            | Question::Command
            | Question::Field(..)
            | Question::QueryTitle(_)
            | Question::QueryField(..) => None,
        }
    }
}

/// Keeps an answer; tells whether it is of a kind that is kept. A password in an address is not.
pub fn keep_answer(answers: &mut Answers, question: &Question, text: &str) -> bool {
    let Some(kind) = question.kind().filter(|_| !text.trim().is_empty() && !text.contains('@')) else {
        return false;
    };
    let text = text.trim();
    let kept = answers.entry(kind.to_owned()).or_default();
    kept.retain(|one| one != text);
    kept.insert(0, text.to_owned());
    kept.truncate(MOST_ANSWERS);
    true
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
        Prompt {
            input: Input::default(),
            question,
            problem: None,
            before: Vec::new(),
            recalled: 0,
            draft: String::new(),
        }
    }

    /// Lets earlier answers be recalled.
    #[must_use]
    pub fn after(self, answers: &Answers) -> Prompt {
        let before = self.question.kind().and_then(|kind| answers.get(kind)).cloned().unwrap_or_default();
        Prompt { before, ..self }
    }

    /// Shows an earlier answer, or a later one; tells whether there is one.
    fn recall(&mut self, earlier: bool) -> bool {
        let wanted = if earlier { self.recalled + 1 } else { self.recalled.wrapping_sub(1) };
        if wanted > self.before.len() {
            return false;
        }
        if self.recalled == 0 {
            self.draft = self.text().to_owned();
        }
        let text = wanted.checked_sub(1).map_or(self.draft.clone(), |at| self.before[at].clone());
        self.set(&text);
        self.recalled = wanted;
        true
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
            Typed::Up => return self.recall(true),
            Typed::Down => return self.recall(false),
            Typed::PageUp | Typed::PageDown | Typed::Complete | Typed::Accept | Typed::Cancel => {
                return false;
            }
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
    fn earlier_answers_are_recalled_and_what_was_typed_comes_back() {
        let mut answers = Answers::new();
        for text in ["rain", "snow", "rain", "", "http://me:secret@a.test/"] {
            keep_answer(&mut answers, &Question::Address, text);
        }
        let mut prompt = Prompt::new(Question::Address).after(&answers);
        prompt.take(Typed::Character('h'));
        let mut shown = |typed| {
            let is_other = prompt.take(typed);
            (is_other, prompt.text().to_owned())
        };
        assert_eq!(shown(Typed::Up), (true, "rain".to_owned()));
        assert_eq!(shown(Typed::Up), (true, "snow".to_owned()));
        assert_eq!(shown(Typed::Up), (false, "snow".to_owned()));
        assert_eq!(shown(Typed::Down), (true, "rain".to_owned()));
        assert_eq!(shown(Typed::Down), (true, "h".to_owned()));
        assert_eq!(shown(Typed::Down), (false, "h".to_owned()));
    }

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
