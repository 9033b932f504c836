//! `newsterm import`: subscribe to the feeds of an OPML file.

use std::io::Read;
use std::path::Path;

use anyhow::Context;

use super::Done;
use super::arguments::ImportArguments;
use super::output::{Output, complain};
use super::session::Session;
use crate::model::Timestamp;
use crate::tasks;

/// Follows the feeds of the file and names what it leaves out.
pub(super) async fn run(session: &Session, arguments: &ImportArguments) -> anyhow::Result<Done> {
    let path = &arguments.file;
    let bytes = read(path)?;
    let imported = tasks::import_opml(&session.store, &bytes, Timestamp::now())
        .await
        .with_context(|| format!("cannot import {}", path.display()))?;
    for skipped in &imported.skipped {
        complain(&format!("left out, no web address: {skipped}"));
    }
    let mut out = Output::new();
    let added = imported.added.len();
    let feeds = if added == 1 { "feed" } else { "feeds" };
    let known =
        if imported.known > 0 { format!(" · {} followed already", imported.known) } else { String::new() };
    out.line(&format!("added {added} {feeds}{known}; newsterm fetch brings their entries"))?;
    out.flush()?;
    Ok(if imported.skipped.is_empty() { Done::All } else { Done::Partly })
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let cannot = || format!("cannot read {}", path.display());
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).with_context(cannot)?;
        return Ok(bytes);
    }
    std::fs::read(path).with_context(cannot)
}
