//! Floor 0: plain data and its small rules.
//!
//! The nouns of the program. Nothing here reads, writes, waits or draws.

mod clean_html;
mod date;
mod entry;
mod failure;
mod feed_preview;
mod found_list;
mod id;
mod keep;
mod label;
mod outcome;
mod page_problem;
mod page_text;
mod parsed;
mod pixels;
mod position;
mod query;
mod saved_query;
mod schedule;
mod scope;
mod setting;
mod shown;
mod span;
mod step;
mod subscription;

pub use clean_html::CleanHtml;
pub(crate) use date::{find_day, parse_date, parse_day};
pub use entry::{Article, Enclosure, Headline, Labels, Mark, Place, Status};
pub use failure::Failure;
pub use feed_preview::FeedPreview;
pub use found_list::{FoundList, ListKind};
pub use id::{EntryId, FeedId, FolderId, QueryId};
/// A moment; the store keeps its Unix seconds.
pub use jiff::Timestamp;
pub use keep::{KeepAge, KeepCount};
pub use label::Label;
pub use outcome::{FeedOutcome, FetchProblem};
pub use page_problem::PageProblem;
pub use page_text::{FullText, PageText, Text, Texts};
pub use parsed::{FeedFormat, Identity, ParsedEntry, ParsedFeed};
pub use pixels::PixelSize;
pub use position::{Position, Positions};
pub use query::{
    Age, AgeUnit, Asked, Comparison, Condition, Day, Kind, Part, Pattern, PatternPlace, Query, Sort, Term,
    Test, TextPlace, Words,
};
pub use saved_query::{Deed, NewQuery, QueryChange, QuerySetting, SavedQuery};
pub use schedule::FeedSchedule;
pub use scope::{Arrangement, Filter, Listing, Rows, Scope, Window};
pub use setting::{FeedChange, FeedSetting, FeedSettings};
pub use shown::{shown, shown_as_written, without_login, without_password};
pub use span::{long_span_of_time, span_of_time};
pub use step::Step;
pub use subscription::{Activity, Counts, FeedState, Folder, Health, Subscription, Subscriptions};
pub use url::Url;
