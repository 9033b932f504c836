//! The index of words, filled before it is asked: a bar tells a person how long that takes.

use indicatif::{ProgressBar, ProgressStyle};
use jiff::tz::TimeZone;

use super::output::person_watches;
use super::session::Session;
use crate::model::{Condition, Filter, Timestamp};
use crate::tasks::{self, RuleRan};

/// Fills the index where a filter asks for what it knows.
pub(super) async fn complete(session: &Session, filter: &Filter) -> anyhow::Result<()> {
    if filter.condition == Condition::Everything { Ok(()) } else { fill(session).await }
}

/// Runs the rules over new entries, where any wait for them: their words come into the index first.
pub(super) async fn run_rules(session: &Session) -> anyhow::Result<Vec<RuleRan>> {
    if !session.store.has_waiting_for_rules().await? {
        return Ok(Vec::new());
    }
    fill(session).await?;
    Ok(tasks::run_rules(&session.store, &TimeZone::system(), Timestamp::now()).await?)
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
