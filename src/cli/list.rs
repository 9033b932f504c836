//! `newsterm list`: entries of a query, newest first, window by window.

use serde::Serialize;

use super::arguments::ListArguments;
use super::output::Output;
use super::session::Session;
use super::{Done, index, select};
use crate::model::{EntryId, FeedId, Headline, Subscriptions, Timestamp, Window};

/// Rows read at a time.
const ROWS: usize = 500;

/// Lists until the limit, the end, or until nobody reads on.
pub(super) async fn run(session: &Session, arguments: &ListArguments) -> anyhow::Result<Done> {
    let subscriptions = session.store.subscriptions().await?;
    let (_, listing) = select::listing(session, &subscriptions, &arguments.query.join(" ")).await?;
    index::complete(session, &listing.filter).await?;
    let horizon = session.store.horizon().await?;
    let mut left = arguments.limit.unwrap_or(usize::MAX);
    let mut window = Window::First;
    let mut out = Output::new();
    while left > 0 {
        let rows = session.store.window(listing.clone(), window, horizon, left.min(ROWS)).await?;
        for headline in &rows.headlines {
            write(&mut out, headline, &subscriptions, arguments.json)?;
        }
        left -= rows.headlines.len().min(left);
        match rows.headlines.last() {
            Some(last) if rows.more_after => window = Window::After(last.place()),
            _ => break,
        }
    }
    out.flush()?;
    Ok(Done::All)
}

/// What a line of `--json` holds.
#[derive(Serialize)]
pub(super) struct JsonLine<'a> {
    id: EntryId,
    feed: FeedId,
    outlet: &'a str,
    title: &'a str,
    link: Option<&'a str>,
    time: Timestamp,
    read: bool,
    saved: bool,
    tags: &'a [String],
    highlighted: bool,
}

impl<'a> JsonLine<'a> {
    pub(super) fn of(row: &'a Headline, subscriptions: &'a Subscriptions) -> JsonLine<'a> {
        JsonLine {
            id: row.id,
            feed: row.feed,
            outlet: subscriptions.title(row.feed),
            title: &row.title,
            link: row.link.as_ref().map(crate::model::Url::as_str),
            time: row.time,
            read: row.status.read,
            saved: row.status.saved,
            tags: &row.labels.tags,
            highlighted: row.labels.is_highlighted,
        }
    }
}

fn write(out: &mut Output, row: &Headline, subscriptions: &Subscriptions, json: bool) -> std::io::Result<()> {
    if json {
        return out.json(&JsonLine::of(row, subscriptions));
    }
    out.line(&line(row, subscriptions))
}

/// Writes an entry as one line.
pub(super) fn line(row: &Headline, subscriptions: &Subscriptions) -> String {
    let outlet = subscriptions.title(row.feed);
    let mark = match (row.status.saved, row.status.read) {
        (true, _) => '*',
        (false, true) => ' ',
        (false, false) => 'N',
    };
    let date = row.time.strftime("%Y-%m-%d %H:%M");
    let tags: Vec<&str> = row.labels.tags.iter().flat_map(|tag| ["  #", tag]).collect();
    format!("{:>7} {mark} {date}  {outlet}: {}{}", row.id, row.title, tags.concat())
}
