//! Floor 2: the reader's desk, what lies outside the terminal.

mod browser;
mod picture_cache;
mod private;
mod secret;

pub use browser::{BrowserError, open_in_browser};
pub use picture_cache::PictureCache;
pub use private::{private_directory, private_file, replace_file};
pub use secret::{CommandLineError, SecretError, secret_of, split_command};
