//! The index of words, filled before it is asked: a bar tells a person how long that takes.

use indicatif::{ProgressBar, ProgressStyle};

use super::output::person_watches;
use super::session::Session;
use crate::model::{Condition, Filter};
use crate::tasks;

/// Fills the index where a filter asks for what it knows.
pub(super) async fn complete(session: &Session, filter: &Filter) -> anyhow::Result<()> {
    if filter.condition == Condition::Everything { Ok(()) } else { fill(session).await }
}

/// Puts into the index what is not in it yet.
pub(super) async fn fill(session: &Session) -> anyhow::Result<()> {
    let left = session.store.unindexed().await?;
    if left == 0 {
        return Ok(());
    }
    let bar = if person_watches() { ProgressBar::new(left.into()) } else { ProgressBar::hidden() };
    bar.set_style(ProgressStyle::with_template("{bar:24} {pos}/{len} indexed").expect("a constant template"));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let report = |now: u32| bar.set_position(left.saturating_sub(now).into());
    tasks::index_words(&session.store, cores, report).await?;
    bar.finish_and_clear();
    Ok(())
}
