//! Cuts a query into signs and words.

use super::QueryError;

/// A piece of a query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Piece {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `-` or `NOT`
    Not,
    /// `OR`
    Or,
    /// A word, with the field before it.
    Word {
        /// `title` of `title:rain`.
        field: Option<String>,
        /// What is said.
        value: Value,
    },
}

/// What stands in a word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Value {
    /// A word as it is, or what stands between quotes.
    Text {
        /// Its text.
        text: String,
        /// It stood between quotes.
        is_quoted: bool,
        /// `*` stands behind it.
        is_prefix: bool,
    },
    /// `/expression/i`
    Expression {
        /// The expression.
        text: String,
        /// What stands behind the last slash.
        flags: String,
    },
}

/// Cuts a query into pieces, each with the character it begins at, from 1.
pub(super) fn pieces(text: &str) -> Result<Vec<(usize, Piece)>, QueryError> {
    let mut lexer = Lexer { characters: text.chars().collect(), at: 0 };
    let mut pieces = Vec::new();
    while let Some(piece) = lexer.piece()? {
        pieces.push(piece);
    }
    Ok(pieces)
}

struct Lexer {
    characters: Vec<char>,
    at: usize,
}

impl Lexer {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn piece(&mut self) -> Result<Option<(usize, Piece)>, QueryError> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let place = self.at + 1;
        let Some(first) = self.peek() else {
            return Ok(None);
        };
        let sign = match first {
            '(' => Some(Piece::Open),
            ')' => Some(Piece::Close),
            '-' => Some(Piece::Not),
            _ => None,
        };
        let piece = match sign {
            Some(sign) => {
                self.at += 1;
                sign
            }
            None => self.word()?,
        };
        Ok(Some((place, piece)))
    }

    fn word(&mut self) -> Result<Piece, QueryError> {
        let field = self.field();
        let value = match self.peek() {
            Some('"') => self.quoted()?,
            Some('/') => self.expression()?,
            _ => self.bare(),
        };
        Ok(match (&field, value) {
            (None, Value::Text { text, is_quoted: false, is_prefix: false }) if text == "OR" => Piece::Or,
            (None, Value::Text { text, is_quoted: false, is_prefix: false }) if text == "NOT" => Piece::Not,
            (_, value) => Piece::Word { field, value },
        })
    }

    /// Takes letters and the colon behind them.
    fn field(&mut self) -> Option<String> {
        let rest = &self.characters[self.at..];
        let letters = rest.iter().take_while(|c| c.is_ascii_lowercase()).count();
        if letters == 0 || rest.get(letters) != Some(&':') {
            return None;
        }
        self.at += letters + 1;
        Some(rest_of(&self.characters, self.at - letters - 1, letters))
    }

    /// Takes what stands between quotes; `\"` and `\\` stand for `"` and `\`.
    fn quoted(&mut self) -> Result<Value, QueryError> {
        let place = self.at + 1;
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.take() {
                Some('"') => break,
                Some('\\') if matches!(self.peek(), Some('"' | '\\')) => text.extend(self.take()),
                Some(c) => text.push(c),
                None => return Err(QueryError::OpenQuote { place }),
            }
        }
        let is_prefix = self.peek() == Some('*');
        self.at += usize::from(is_prefix);
        Ok(Value::Text { text, is_quoted: true, is_prefix })
    }

    /// Takes what stands between slashes; `\/` stands for `/`.
    fn expression(&mut self) -> Result<Value, QueryError> {
        let place = self.at + 1;
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.take() {
                Some('/') => break,
                Some('\\') if self.peek() == Some('/') => text.extend(self.take()),
                // Whatever else is escaped stays so: `\\/` is a backslash, and the end.
                Some('\\') => {
                    text.push('\\');
                    text.extend(self.take());
                }
                Some(c) => text.push(c),
                None => return Err(QueryError::OpenExpression { place }),
            }
        }
        let begin = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_alphanumeric()) {
            self.at += 1;
        }
        let flags = rest_of(&self.characters, begin, self.at - begin);
        Ok(Value::Expression { text, flags })
    }

    /// Takes all to the next blank or parenthesis.
    fn bare(&mut self) -> Value {
        let begin = self.at;
        while self.peek().is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | ')')) {
            self.at += 1;
        }
        let mut text = rest_of(&self.characters, begin, self.at - begin);
        let is_prefix = text.len() > 1 && text.ends_with('*');
        if is_prefix {
            text.pop();
        }
        Value::Text { text, is_quoted: false, is_prefix }
    }
}

fn rest_of(characters: &[char], begin: usize, length: usize) -> String {
    characters[begin..begin + length].iter().collect()
}
