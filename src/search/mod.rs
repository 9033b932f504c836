//! What a person asks for in words ⇄ `Query`, and the words of texts.
//!
//! `lexer` cuts a query into signs, words and fields; `parse` and `print` say what they mean. `tokens` cuts texts
//! into the words that the index holds, and `excerpt` shows where a query's words stand in one.

mod error;
mod excerpt;
mod language;
mod lexer;
mod matcher;
mod parse;
mod print;
#[cfg(test)]
mod table;
mod tokens;

pub use error::QueryError;
pub use excerpt::{Excerpt, excerpt};
pub use language::language;
pub use matcher::Matcher;
pub use parse::parse_query;
pub use print::print_query;
pub use tokens::{indexed, looked_for};
