//! `newsterm search`: entries that hold words, newest or best first, with the place where the words stand.

use std::io::IsTerminal;

use serde::Serialize;

use super::arguments::SearchArguments;
use super::list::{JsonLine, line};
use super::output::Output;
use super::session::Session;
use super::{Done, index, select};
use crate::model::{Arrangement, EntryId, Headline, Query, TextPlace, Window};
use crate::search::{self, Excerpt};
use crate::tasks;

/// Characters of an excerpt.
const EXCERPT: usize = 160;

/// Searches; a program gets one line for each entry, a person an excerpt below it.
pub(super) async fn run(session: &Session, arguments: &SearchArguments) -> anyhow::Result<Done> {
    let subscriptions = session.store.subscriptions().await?;
    let (query, mut listing) = select::listing(session, &subscriptions, &arguments.query.join(" ")).await?;
    if arguments.best {
        listing.arrangement = Arrangement::Best;
    }
    index::fill(session).await?;
    let horizon = session.store.horizon().await?;
    let rows = session.store.window(listing, Window::First, horizon, arguments.limit).await?;
    let has_excerpts = arguments.json || std::io::stdout().is_terminal();
    let mut out = Output::new();
    for row in &rows.headlines {
        let excerpt = if has_excerpts { Some(excerpt(session, &query, row.id).await?) } else { None };
        if let Some(excerpt) = excerpt.as_ref().filter(|_| arguments.json) {
            out.json(&json(JsonLine::of(row, &subscriptions), row, &query, excerpt))?;
            continue;
        }
        out.line(&line(row, &subscriptions))?;
        if let Some(excerpt) = excerpt.filter(|excerpt| !excerpt.text.is_empty()) {
            out.line(&format!("            {}", excerpt.text))?;
        }
    }
    out.flush()?;
    Ok(Done::All)
}

/// What a line of `--json` holds: that of `list`, and where the words stand, in characters from and to.
#[derive(Serialize)]
struct JsonHit<'a> {
    #[serde(flatten)]
    entry: JsonLine<'a>,
    title_found: Vec<(usize, usize)>,
    excerpt: &'a str,
    excerpt_found: Vec<(usize, usize)>,
}

fn json<'a>(entry: JsonLine<'a>, row: &Headline, query: &Query, excerpt: &'a Excerpt) -> JsonHit<'a> {
    let title = search::excerpt(&row.title, &query.condition, TextPlace::Title, usize::MAX);
    JsonHit {
        entry,
        title_found: characters(&title),
        excerpt: &excerpt.text,
        excerpt_found: characters(excerpt),
    }
}

fn characters(excerpt: &Excerpt) -> Vec<(usize, usize)> {
    let count = |to: usize| excerpt.text[..to].chars().count();
    excerpt.found.iter().map(|found| (count(found.start), count(found.end))).collect()
}

async fn excerpt(session: &Session, query: &Query, entry: EntryId) -> anyhow::Result<Excerpt> {
    let text = tasks::plain_text(&session.store, entry).await?;
    Ok(search::excerpt(&text, &query.condition, TextPlace::Body, EXCERPT))
}
