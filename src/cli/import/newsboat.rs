//! `newsterm import --newsboat`: newsboat's feeds, articles and marks.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::cli::Done;
use crate::cli::output::{self, Output, complain};
use crate::cli::session::Session;
use crate::config::{NewsboatPlaces, newsboat_places};
use crate::model::Timestamp;
use crate::store::NewsboatCache;
use crate::tasks::{self, NewsboatImported};

/// A longer list is none: half a million feeds go into it.
const LONGEST_LIST: usize = 50_000_000;

/// More names than these are not listed in one line.
const MOST_NAMED: usize = 20;

/// Takes over from newsboat, from its own places or from one given: its directory, or the file `urls` alone.
pub(super) async fn run(session: &Session, place: Option<&Path>) -> anyhow::Result<Done> {
    let (urls, cache) = find(place)?;
    let list = File::open(&urls).and_then(output::read_bounded);
    let list = list.with_context(|| format!("cannot read {}", urls.display()))?;
    if list.len() > LONGEST_LIST {
        bail!("cannot import {}: it is no list of feeds, it is too long", urls.display());
    }
    if list.starts_with(b"SQLite format 3") {
        bail!(
            "cannot import {}: it is newsboat's cache; give its directory, or the file urls",
            urls.display()
        );
    }
    // Before anything is changed: a cache that cannot be read is a reason to change nothing.
    let open = |path: PathBuf| NewsboatCache::open(&path).context("nothing was imported");
    let cache = cache.map(open).transpose()?;
    let imported = tasks::import_newsboat(&session.store, &list, cache, Timestamp::now()).await?;
    name_losses(&imported, &urls);
    let mut out = Output::new();
    out.line(&summary(&imported))?;
    out.flush()?;
    Ok(if imported.skipped.is_empty() { Done::All } else { Done::Partly })
}

fn find(place: Option<&Path>) -> anyhow::Result<(PathBuf, Option<PathBuf>)> {
    let known = newsboat_places();
    let Some(place) = place else {
        let Some(NewsboatPlaces { urls, cache }) = known.iter().find(|places| places.urls.exists()) else {
            let looked: Vec<_> = known.iter().map(|places| places.urls.display().to_string()).collect();
            bail!(
                "cannot find newsboat's list of feeds, looked for {}; give its directory",
                looked.join(", ")
            );
        };
        return Ok((urls.clone(), Some(cache.clone())));
    };
    if !place.is_dir() {
        return Ok((place.to_owned(), None));
    }
    let (urls, cache) = (place.join("urls"), place.join("cache.db"));
    // newsboat may keep the two apart.
    let own = known.into_iter().find(|places| places.urls == urls && !cache.exists());
    Ok((urls, Some(own.map_or(cache, |places| places.cache))))
}

/// Names what could not be taken along.
fn name_losses(imported: &NewsboatImported, urls: &Path) {
    for line in &imported.skipped {
        complain(&format!(
            "{}:{}: left out, {}: {}",
            urls.display(),
            line.number,
            line.why.as_str(),
            line.text
        ));
    }
    if !imported.lost_tags.is_empty() {
        let mut tags = imported.lost_tags.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
        if imported.lost_tags.len() > MOST_NAMED {
            tags.push_str(", …");
        }
        complain(&format!("left out, tags behind the first of a feed, which became its folder: {tags}"));
    }
    if imported.hidden > 0 {
        complain(&format!("{} that newsboat hides can be seen here", count(imported.hidden, "feed")));
    }
    let left = imported.unfollowed;
    if left.feeds > 0 {
        let articles = usize::try_from(left.articles).unwrap_or(usize::MAX);
        complain(&format!(
            "left out, {} ({} flagged) of {} that newsboat no longer follows",
            count(articles, "article"),
            left.flagged,
            count(left.feeds, "feed")
        ));
    }
}

fn summary(imported: &NewsboatImported) -> String {
    let NewsboatImported { added, known, articles, read, saved, skipped, .. } = imported;
    format!(
        "added {} · {known} followed already · {} · {read} marked read · {saved} saved · {} left out",
        count(*added, "feed"),
        count(*articles, "article"),
        count(skipped.len(), "line")
    )
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
