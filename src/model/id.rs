//! Typed row numbers: a feed's id can never be passed where an entry's is due.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }
    };
}

id! {
    /// Names a feed in this library.
    FeedId
}
id! {
    /// Names a folder of subscriptions.
    FolderId
}
id! {
    /// Names an entry; grows in the order of arrival.
    EntryId
}
id! {
    /// Names a query that is kept.
    QueryId
}
