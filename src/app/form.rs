//! What a person may set for one feed, or for one query that is kept, field by field.

use jiff::SignedDuration;

use crate::model::{Deed, FeedId, FeedSettings, FeedState, QueryId, Subscriptions, shown};

/// A feed whose settings are open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FeedForm {
    /// The feed.
    pub feed: FeedId,
    /// What is set beside title, folder and address; none while that is looked up.
    pub settings: Option<FeedSettings>,
    /// The selected field.
    pub cursor: usize,
}

/// A query whose settings are open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QueryForm {
    /// The query.
    pub query: QueryId,
    /// The selected field.
    pub cursor: usize,
}

/// A field of a query's form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QueryField {
    /// Its title.
    Title,
    /// What it asks.
    Query,
    /// What is done with new entries.
    Deeds,
    /// It stands in the sidebar.
    Listed,
}

impl QueryField {
    /// All fields, in order.
    pub const ALL: [QueryField; 4] =
        [QueryField::Title, QueryField::Query, QueryField::Deeds, QueryField::Listed];

    /// Says what the field is about, and what may be written there.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            QueryField::Title => ("title", ""),
            QueryField::Query => ("query", ""),
            QueryField::Deeds => ("new entries", "read, save, hide, highlight, notify, tag:NAME"),
            QueryField::Listed => ("in the sidebar", ""),
        }
    }
}

impl QueryForm {
    /// Gives the selected field.
    pub fn field(&self) -> QueryField {
        QueryField::ALL[self.cursor.min(QueryField::ALL.len() - 1)]
    }

    /// Gives what a field holds, as it is written.
    pub fn value(&self, field: QueryField, subscriptions: &Subscriptions) -> String {
        let Some(query) = subscriptions.query(self.query) else {
            return String::new();
        };
        match field {
            QueryField::Title => query.title.clone(),
            QueryField::Query => query.query.clone(),
            QueryField::Deeds => Deed::write_all(&query.deeds),
            QueryField::Listed => if query.is_listed { "yes" } else { "no" }.to_owned(),
        }
    }
}

/// A field of the form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FormField {
    /// Its title.
    Title,
    /// Its folder.
    Folder,
    /// Its address.
    Address,
    /// How old it grows before it is due.
    Interval,
    /// When the text of its entries is fetched from their pages.
    FullText,
    /// It is not fetched by itself.
    Paused,
}

impl FormField {
    /// All fields, in order.
    pub const ALL: [FormField; 6] = [
        FormField::Title,
        FormField::Folder,
        FormField::Address,
        FormField::Interval,
        FormField::FullText,
        FormField::Paused,
    ];

    /// Gives the name of the setting, as `newsterm set` knows it.
    pub fn key(self) -> &'static str {
        match self {
            FormField::Title => "title",
            FormField::Folder => "folder",
            FormField::Address => "url",
            FormField::Interval => "interval",
            FormField::FullText => "full_text",
            FormField::Paused => "paused",
        }
    }

    /// Says what the field is about, and what may be written there.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            FormField::Title => ("title", "empty for the feed's own"),
            FormField::Folder => ("folder", "World/Europe is a folder in a folder; empty for none"),
            FormField::Address => ("address", ""),
            FormField::Interval => ("refresh every", "such as 30m, 2h, 1d; empty for the usual"),
            FormField::FullText => ("full text", "auto, always or never; empty for the usual"),
            FormField::Paused => ("paused", ""),
        }
    }
}

impl FeedForm {
    /// Gives the selected field.
    pub fn field(&self) -> FormField {
        FormField::ALL[self.cursor.min(FormField::ALL.len() - 1)]
    }

    /// Gives what a field holds, as it is written; addresses with what may not be shown left out.
    pub fn value(&self, field: FormField, subscriptions: &Subscriptions) -> String {
        let Some(feed) = subscriptions.get(self.feed) else {
            return String::new();
        };
        let settings = self.settings.as_ref();
        match field {
            FormField::Title => feed.title.clone(),
            FormField::Folder => subscriptions.folder_path(feed.folder).join("/"),
            FormField::Address => shown(&feed.url),
            FormField::Interval => {
                let interval = settings.and_then(|settings| settings.interval);
                let interval = interval.and_then(|interval| SignedDuration::try_from(interval).ok());
                interval.map(|interval| format!("{interval:#}")).unwrap_or_default()
            }
            FormField::FullText => {
                let wish = settings.and_then(|settings| settings.full_text);
                wish.map(|wish| wish.as_str().to_owned()).unwrap_or_default()
            }
            FormField::Paused => {
                if feed.health.state == FeedState::Paused {
                    "yes".to_owned()
                } else {
                    "no".to_owned()
                }
            }
        }
    }
}
