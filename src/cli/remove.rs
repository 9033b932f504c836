//! `newsterm remove`: stop following feeds.

use super::arguments::RemoveArguments;
use super::output::Output;
use super::session::Session;
use super::{Done, select};
use crate::model::{FeedId, Timestamp};

/// Finds all the feeds first, so that a name that is wrong removes nothing.
pub(super) async fn run(session: &Session, arguments: &RemoveArguments) -> anyhow::Result<Done> {
    let subscriptions = session.store.subscriptions().await?;
    let named = arguments.feeds.iter().map(|name| select::feed(&subscriptions, name));
    let feeds = named.collect::<anyhow::Result<Vec<FeedId>>>()?;
    let mut out = Output::new();
    for feed in session.store.remove(feeds, Timestamp::now()).await? {
        let title = subscriptions.title(feed);
        out.line(&format!("removed {title}; newsterm undo brings it back"))?;
    }
    out.flush()?;
    Ok(Done::All)
}
