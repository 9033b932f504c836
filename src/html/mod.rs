//! Safe HTML: the one door through which text from outside becomes text that may be shown.
//!
//! Everything from a feed or a page is hostile. `clean` takes HTML on its way to the screen: it is tidied
//! (bounded nesting, embeds as links, pictures with their own addresses, nothing hidden, no tracking pixels), sanitised by an
//! allow-list, its addresses made absolute, and rid of characters that could steer a terminal. `plain_text` and `clean_line` do the same
//! for titles, names and the search index.

mod address;
mod allowed;
mod attribute;
mod characters;
mod clean;
mod concealed;
mod embed;
mod emoji;
mod hidden;
#[cfg(test)]
mod hostile;
mod label;
mod markdown;
mod markup;
mod nesting;
mod page;
mod picture;
mod pictures;
mod player;
mod reference;
mod srcset;
mod style;
mod text;
mod tidy;
mod token;
mod tracker;
mod tracking;
mod unruly;

pub use address::web_url;
pub use clean::clean;
pub(crate) use label::labels_as_text;
pub use markdown::{escape_markdown, markdown};
pub use page::{PageLink, PageLinks, page_links};
pub use reference::{decode_references, decode_references_with, push_character};
pub(crate) use style::hides;
pub use text::{clean_line, escape, from_text, has_markup, plain_text};
pub use tracking::without_tracking;
pub use unruly::is_unruly;
