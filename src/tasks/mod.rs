//! Floor 3: the jobs of the program, one file each.
//!
//! A task brings store, web and the pure floors together. It knows nothing of the screen: the
//! runtime and the command line call it and pass on what it says.

mod add_feed;
mod asking;
mod beginnings;
mod document;
mod due;
mod embedded;
mod fetch_note;
mod find_feeds;
mod forget;
mod found_lists;
mod full_text;
mod host_holds;
mod import_newsboat;
mod index;
mod login;
mod open_article;
mod opml;
mod pictures;
mod refresh;
mod rules;
#[cfg(test)]
mod sample;
mod selection;
mod settings;

pub use add_feed::{Added, Looked, Pick, add_feed, follow, follow_unseen, look};
pub use beginnings::beginnings;
pub use embedded::{SampleFile, sample_files, sample_subscriptions, welcome};
pub use find_feeds::{FoundFeed, Wanted, find_feeds};
pub use forget::forget;
pub use found_lists::{find_lists, import_list};
pub use full_text::{full_text, visit};
pub use import_newsboat::{NewsboatImportError, NewsboatImported, Unfollowed, import_newsboat};
pub use index::{index_words, plain_text};
pub use open_article::open_article;
pub use opml::{ImportError, Imported, export_opml, export_opml_with_passwords, import_opml};
pub use pictures::{PictureProblem, Pictures};
pub use refresh::{FetchedFeed, RefreshFact, refresh};
pub use rules::{RuleRan, rule_of, run_rules};
pub use selection::Selection;
pub use settings::{BadSetting, folder_path, parse_setting};
