//! `newsterm feeds`: what is followed, and how it does.

use serde::Serialize;

use super::Done;
use super::arguments::FeedsArguments;
use super::output::Output;
use super::session::Session;
use crate::model::{FeedId, Subscription, Subscriptions, Timestamp};

/// Lists the feeds in the order of the sidebar's folders.
pub(super) async fn run(session: &Session, arguments: &FeedsArguments) -> anyhow::Result<Done> {
    let subscriptions = session.store.subscriptions().await?;
    let mut out = Output::new();
    for feed in &subscriptions.feeds {
        let folder = folder_path(&subscriptions, feed);
        if arguments.json {
            out.json(&json(feed, &folder))?;
        } else {
            out.line(&line(feed, &folder))?;
        }
    }
    if subscriptions.feeds.is_empty() && !arguments.json {
        out.line("no feeds yet; newsterm add URL follows one")?;
    }
    out.flush()?;
    Ok(Done::All)
}

/// What a line of `--json` holds.
#[derive(Serialize)]
struct JsonLine<'a> {
    feed: FeedId,
    title: &'a str,
    url: &'a str,
    site: Option<&'a str>,
    folder: &'a [String],
    entries: u64,
    unread: u64,
    saved: u64,
    checked: Option<Timestamp>,
    succeeded: Option<Timestamp>,
    failures: u32,
    problem: Option<&'a str>,
}

fn json<'a>(feed: &'a Subscription, folder: &'a [String]) -> JsonLine<'a> {
    JsonLine {
        feed: feed.feed,
        title: &feed.title,
        url: feed.url.as_str(),
        site: feed.site.as_ref().map(crate::model::Url::as_str),
        folder,
        entries: feed.counts.total,
        unread: feed.counts.unread,
        saved: feed.counts.saved,
        checked: feed.health.checked,
        succeeded: feed.health.succeeded,
        failures: feed.health.failures,
        problem: feed.health.problem.as_deref(),
    }
}

fn line(feed: &Subscription, folder: &[String]) -> String {
    let counts = format!("{}/{}", feed.counts.unread, feed.counts.total);
    let mut place = folder.join(" / ");
    if !place.is_empty() {
        place.push_str(" / ");
    }
    let health = match (&feed.health.problem, feed.health.checked) {
        (Some(problem), _) => format!(" · {problem}"),
        (None, None) => " · not fetched yet".to_owned(),
        (None, Some(_)) => String::new(),
    };
    format!("{:>5} {counts:>12}  {place}{} · {}{health}", feed.feed, feed.title, feed.url)
}

fn folder_path(subscriptions: &Subscriptions, feed: &Subscription) -> Vec<String> {
    let mut path = Vec::new();
    let mut at = feed.folder;
    // Bounded, should a broken library hold a circle of folders.
    while let Some(folder) = at.and_then(|id| subscriptions.folder(id))
        && path.len() <= subscriptions.folders.len()
    {
        path.insert(0, folder.title.clone());
        at = folder.parent;
    }
    path
}
