//! What the reader sets for one feed.

use std::time::Duration;

use url::Url;

use super::{FeedId, FullText, KeepAge, KeepCount};

/// A setting of one feed with its value; no value leaves it to the feed or to the program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FeedSetting {
    /// The title shown.
    Title(Option<String>),
    /// The folder as a path of names, outermost first; empty for none.
    Folder(Vec<String>),
    /// Where the feed is fetched.
    Url(Url),
    /// How old it grows before it is due.
    Interval(Option<Duration>),
    /// The name its server sees.
    UserAgent(Option<String>),
    /// The proxy it is fetched through.
    Proxy(Option<Url>),
    /// A header sent with each request.
    Header {
        /// The header's name.
        name: String,
        /// Its value.
        value: Option<String>,
    },
    /// The command that prints `user:password`.
    AuthCommand(Option<String>),
    /// When the text of its entries is fetched from their pages.
    FullText(Option<FullText>),
    /// How old its entries grow.
    KeepAge(Option<KeepAge>),
    /// How many of its entries stay.
    KeepCount(Option<KeepCount>),
    /// Not fetched by itself.
    Paused(bool),
}

/// What the reader set for a feed beside its title, folder and address.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct FeedSettings {
    /// How old it grows before it is due.
    pub interval: Option<Duration>,
    /// The name its server sees.
    pub user_agent: Option<String>,
    /// The proxy it is fetched through.
    pub proxy: Option<Url>,
    /// Headers sent with each request, by name.
    pub headers: Vec<(String, String)>,
    /// The command that prints `user:password`.
    pub auth_command: Option<String>,
    /// When the text of its entries is fetched from their pages.
    pub full_text: Option<FullText>,
    /// How old its entries grow.
    pub keep_age: Option<KeepAge>,
    /// How many of its entries stay.
    pub keep_count: Option<KeepCount>,
    /// Not fetched by itself.
    pub is_paused: bool,
}

/// What a change of a feed's settings replaced, as the store writes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FeedChange {
    /// The feed.
    pub feed: FeedId,
    /// The setting's name.
    pub name: String,
    /// The value before.
    pub before: Option<String>,
    /// The value set.
    pub after: Option<String>,
}

impl FeedSetting {
    /// Gives the name that the setting goes by.
    pub fn name(&self) -> String {
        match self {
            FeedSetting::Title(_) => "title".to_owned(),
            FeedSetting::Folder(_) => "folder".to_owned(),
            FeedSetting::Url(_) => "url".to_owned(),
            FeedSetting::Interval(_) => "interval".to_owned(),
            FeedSetting::UserAgent(_) => "user_agent".to_owned(),
            FeedSetting::Proxy(_) => "proxy".to_owned(),
            FeedSetting::Header { name, .. } => format!("header.{name}"),
            FeedSetting::AuthCommand(_) => "auth_command".to_owned(),
            FeedSetting::FullText(_) => "full_text".to_owned(),
            FeedSetting::KeepAge(_) => "keep_age".to_owned(),
            FeedSetting::KeepCount(_) => "keep_count".to_owned(),
            FeedSetting::Paused(_) => "paused".to_owned(),
        }
    }
}

impl FeedChange {
    /// Gives the change that takes this one back.
    #[must_use]
    pub fn opposite(&self) -> FeedChange {
        FeedChange { before: self.after.clone(), after: self.before.clone(), ..self.clone() }
    }
}
