//! `newsterm undo` and `newsterm redo`.

use super::Done;
use super::output::Output;
use super::session::Session;
use crate::model::Step;

/// Takes the last change back.
pub(super) async fn undo(session: &Session) -> anyhow::Result<Done> {
    say(session.store.undo().await?, "took back", "nothing to take back")
}

/// Does again what was taken back.
pub(super) async fn redo(session: &Session) -> anyhow::Result<Done> {
    say(session.store.redo().await?, "did again", "nothing to do again")
}

fn say(step: Option<Step>, done: &str, nothing: &str) -> anyhow::Result<Done> {
    let mut out = Output::new();
    out.line(&step.map_or_else(|| nothing.to_owned(), |step| format!("{done}: {}", step.summary())))?;
    out.flush()?;
    Ok(Done::All)
}
