//! A list of feeds that another reader left on this machine.

use std::path::PathBuf;

/// A list of feeds that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundList {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is.
    pub kind: ListKind,
    /// How many feeds it names.
    pub feeds: usize,
}

/// What a list of feeds is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ListKind {
    /// newsboat's, with its database of articles where that is there.
    Newsboat {
        /// The database.
        cache: Option<PathBuf>,
    },
    /// One that readers exchange.
    Opml,
}

impl FoundList {
    /// Names it: `newsboat · 42 feeds`, `feeds.opml · 1 feed`.
    pub fn words(&self) -> String {
        let name = match &self.kind {
            ListKind::Newsboat { .. } => "newsboat".to_owned(),
            ListKind::Opml => {
                let name = self.path.file_name().unwrap_or_default().to_string_lossy();
                name.chars().filter(|c| !c.is_control()).collect()
            }
        };
        format!("{name} · {} {}", self.feeds, if self.feeds == 1 { "feed" } else { "feeds" })
    }
}
