//! Floor 2: the reader's desk, what lies outside the terminal.

mod browser;

pub use browser::{BrowserError, open_in_browser};
