//! `newsterm import`: subscribe to the feeds of an OPML file, or take over from newsboat.

mod newsboat;

use std::fs::File;
use std::path::Path;

use anyhow::Context;

use super::Done;
use super::arguments::ImportArguments;
use super::output::{self, Output, complain};
use super::session::Session;
use crate::feed;
use crate::model::Timestamp;
use crate::tasks;

/// Follows the feeds and names what is left out.
pub(super) async fn run(session: &Session, arguments: &ImportArguments) -> anyhow::Result<Done> {
    let path = match (&arguments.newsboat, &arguments.file) {
        (Some(place), _) => return newsboat::run(session, place.as_deref()).await,
        (None, Some(path)) => path,
        (None, None) => unreachable!("one of them is asked for"),
    };
    let bytes = read(path)?;
    let imported = tasks::import_opml(&session.store, &bytes, Timestamp::now())
        .await
        .with_context(|| format!("cannot import {}", path.display()))?;
    for skipped in &imported.skipped {
        complain(&format!("left out, no web address: {skipped}"));
    }
    if imported.flattened > 0 {
        let (count, deepest) = (imported.flattened, feed::DEEPEST_FOLDER);
        complain(&format!(
            "folders are kept {deepest} deep; the feeds of {count} deeper ones are in those above them"
        ));
    }
    let mut out = Output::new();
    let added = imported.added.len();
    let feeds = if added == 1 { "feed" } else { "feeds" };
    let known =
        if imported.known > 0 { format!(" · {} followed already", imported.known) } else { String::new() };
    let next = match added {
        0 => "",
        1 => "; newsterm fetch brings its entries",
        _ => "; newsterm fetch brings their entries",
    };
    out.line(&format!("added {added} {feeds}{known}{next}"))?;
    out.flush()?;
    Ok(if imported.skipped.is_empty() { Done::All } else { Done::Partly })
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let bytes = if path == Path::new("-") {
        output::read_bounded(std::io::stdin())
    } else {
        File::open(path).and_then(output::read_bounded)
    };
    bytes.with_context(|| format!("cannot read {}", path.display()))
}
