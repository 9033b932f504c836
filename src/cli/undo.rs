//! `newsterm undo` and `newsterm redo`.

use super::Done;
use super::output::Output;
use super::session::Session;
use crate::model::{FeedId, Step, Subscriptions};

/// Takes the last change back.
pub(super) async fn undo(session: &Session) -> anyhow::Result<Done> {
    let before = session.store.subscriptions().await?;
    let step = session.store.undo().await?;
    say(session, &before, step, "took back", "nothing to take back").await
}

/// Does again what was taken back.
pub(super) async fn redo(session: &Session) -> anyhow::Result<Done> {
    let before = session.store.subscriptions().await?;
    let step = session.store.redo().await?;
    say(session, &before, step, "did again", "nothing to do again").await
}

async fn say(
    session: &Session,
    before: &Subscriptions,
    step: Option<Step>,
    done: &str,
    nothing: &str,
) -> anyhow::Result<Done> {
    let after = session.store.subscriptions().await?;
    let mut out = Output::new();
    out.line(&step.map_or_else(
        || nothing.to_owned(),
        |step| {
            let title = the_one_feed(&step).map(|feed| [&after, before].map(|known| known.title(feed)));
            let title = title.into_iter().flatten().find(|title| !title.is_empty());
            let title = title.map(|title| format!(" · {title}")).unwrap_or_default();
            format!("{done}: {}{title}", step.summary())
        },
    ))?;
    out.flush()?;
    Ok(Done::All)
}

/// Gives the feed that a step is about, if it is about one.
fn the_one_feed(step: &Step) -> Option<FeedId> {
    let feeds: Vec<FeedId> = match step {
        Step::Marked(..) | Step::Labelled(..) | Step::Unlabelled(..) | Step::QueriesChanged(_) => Vec::new(),
        Step::Subscribed(feeds) | Step::Removed(feeds) => feeds.clone(),
        Step::Changed(changes) => changes.iter().map(|change| change.feed).collect(),
    };
    let (first, rest) = feeds.split_first()?;
    rest.iter().all(|feed| feed == first).then_some(*first)
}
