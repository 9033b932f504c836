//! What a person asks for in words ⇄ `Query`.
//!
//! Knows `is:unread`, `is:read`, `is:saved` and `feed:NAME`; `feed:"two words"` where the name has blanks.
//! All conditions must hold. `words` cuts the text into words, `parse` and `print` say what they mean.

mod parse;
mod print;
mod words;

pub use parse::{QueryError, parse_query};
pub use print::print_query;
