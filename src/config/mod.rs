//! Floor 1: settings as values, and the places they and everything else are kept.
//!
//! Every default stands in `assets/config.toml`. A mistake in the reader's file names the line
//! and keeps the default; it never stops the program.

mod change;
mod overlay;
mod paths;
mod settings;

pub use change::{CHOICES, with_setting};
pub use overlay::{Complaint, Effective, Source, read};
pub use paths::{NewsboatPlaces, NoHome, Places, list_directories, newsboat_places};
pub use settings::{
    Bidi, Hyperlinks, Images, Keep, Limits, MarkRead, Notify, OnStart, Protocol, Refresh, Settings,
};
