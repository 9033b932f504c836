//! `newsterm mark`: marks by number or by query.

use super::arguments::{MarkArguments, MarkFlags};
use super::output::{Output, complain};
use super::session::Session;
use super::{Done, index, select};
use crate::model::{Listing, Mark, Step, Timestamp};

/// Marks, and says how many that changed.
pub(super) async fn run(session: &Session, arguments: MarkArguments) -> anyhow::Result<Done> {
    let mark = chosen(&arguments.mark);
    let now = Timestamp::now();
    let mut unknown = 0;
    let changed = match &arguments.query {
        Some(query) => {
            let subscriptions = session.store.subscriptions().await?;
            let (_, Listing { filter, .. }) = select::listing(session, &subscriptions, query).await?;
            index::complete(session, &filter).await?;
            let horizon = session.store.horizon().await?;
            session.store.mark_all(filter, mark, horizon, now).await?
        }
        None => {
            for id in &arguments.ids {
                if session.store.entry(*id).await?.is_none() {
                    complain(&format!("there is no entry {id}"));
                    unknown += 1;
                }
            }
            session.store.mark(arguments.ids.clone(), mark, now).await?
        }
    };
    if unknown > 0 && unknown == arguments.ids.len() {
        return Ok(Done::Nothing);
    }
    let mut out = Output::new();
    out.line(&Step::Marked(mark, changed).summary())?;
    out.flush()?;
    Ok(if unknown == 0 { Done::All } else { Done::Partly })
}

fn chosen(flags: &MarkFlags) -> Mark {
    match flags {
        MarkFlags { read: true, .. } => Mark::Read,
        MarkFlags { unread: true, .. } => Mark::Unread,
        MarkFlags { save: true, .. } => Mark::Saved,
        MarkFlags { .. } => Mark::Unsaved,
    }
}
