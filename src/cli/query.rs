//! `newsterm query`: queries that are kept, and the rules that some of them are.

use anyhow::bail;
use serde::Serialize;

use super::arguments::{QueryCommand, QuerySettings};
use super::list::line;
use super::output::Output;
use super::session::Session;
use super::{Done, index, select};
use crate::model::{Asked, Deed, NewQuery, QuerySetting, SavedQuery, Subscriptions, Timestamp, Window};
use crate::search;
use crate::store::{QueryOutcome, Rule};
use crate::tasks;

/// Does what is asked with queries that are kept.
pub(super) async fn run(session: &Session, command: QueryCommand) -> anyhow::Result<Done> {
    let mut out = Output::new();
    match command {
        QueryCommand::List { json } => list(session, &mut out, json).await?,
        QueryCommand::Add { title, query, settings } => {
            let new = new(&title, &query, settings)?;
            let words = format!("kept {}", new.title);
            done(&session.store.keep_query(new, Timestamp::now()).await?)?;
            out.line(&words)?;
        }
        QueryCommand::Set { title, rename, query, settings } => {
            let subscriptions = session.store.subscriptions().await?;
            let known = find(&subscriptions, &title)?;
            let changes = changes(rename, query, settings)?;
            done(&session.store.set_query(known.id, changes, Timestamp::now()).await?)?;
            out.line(&format!("changed {}", known.title))?;
        }
        QueryCommand::Remove { titles } => {
            let subscriptions = session.store.subscriptions().await?;
            let known = titles.iter().map(|title| find(&subscriptions, title));
            for query in known.collect::<anyhow::Result<Vec<_>>>()? {
                session.store.remove_query(query.id, Timestamp::now()).await?;
                out.line(&format!("removed {}", query.title))?;
            }
        }
        QueryCommand::Preview { title, limit } => preview(session, &mut out, &title, limit).await?,
        QueryCommand::Run { title } => {
            let subscriptions = session.store.subscriptions().await?;
            let query = find(&subscriptions, &title)?;
            let rule = rule(session, query, &subscriptions).await?;
            let entries = session.store.run_rule_over_all(rule, Timestamp::now()).await?;
            out.line(&format!("{}: {} · {}", query.title, deeds(query), count(entries.len())))?;
        }
    }
    out.flush()?;
    Ok(Done::All)
}

fn new(title: &str, query: &str, settings: QuerySettings) -> anyhow::Result<NewQuery> {
    if title.trim().is_empty() {
        bail!("a query needs a title");
    }
    search::parse_query(query)?;
    let deeds = settings.deeds.map(|deeds| deeds.0).unwrap_or_default();
    // A rule need not be looked at.
    let is_listed = settings.sidebar.unwrap_or(deeds.is_empty());
    Ok(NewQuery { title: title.trim().to_owned(), query: query.to_owned(), deeds, is_listed })
}

fn changes(
    rename: Option<String>,
    query: Option<String>,
    settings: QuerySettings,
) -> anyhow::Result<Vec<QuerySetting>> {
    if rename.as_ref().is_some_and(|title| title.trim().is_empty()) {
        bail!("a query needs a title");
    }
    if let Some(query) = &query {
        search::parse_query(query)?;
    }
    let changes = [
        rename.map(QuerySetting::Title),
        query.map(QuerySetting::Query),
        settings.deeds.map(|deeds| QuerySetting::Deeds(deeds.0)),
        settings.sidebar.map(QuerySetting::Listed),
    ];
    let changes: Vec<QuerySetting> = changes.into_iter().flatten().collect();
    if changes.is_empty() {
        bail!("nothing is to be changed; say what with --rename, --query, --do or --sidebar");
    }
    Ok(changes)
}

fn done(outcome: &QueryOutcome) -> anyhow::Result<()> {
    match outcome {
        QueryOutcome::Done(_) => Ok(()),
        QueryOutcome::TitleTaken => bail!("another query has that title; newsterm query list shows them"),
    }
}

fn find<'a>(subscriptions: &'a Subscriptions, title: &str) -> anyhow::Result<&'a SavedQuery> {
    match subscriptions.query_titled(title) {
        Some(query) => Ok(query),
        None => bail!("no query is called \"{title}\"; newsterm query list shows them"),
    }
}

/// Makes the rule of a query, which must do something, and sees that the index can tell what it selects.
async fn rule(session: &Session, query: &SavedQuery, subscriptions: &Subscriptions) -> anyhow::Result<Rule> {
    if query.deeds.is_empty() {
        bail!(
            "{} does nothing; newsterm query set {:?} --do read makes a rule of it",
            query.title,
            query.title
        );
    }
    // It says what is wrong with the words, where a later version wrote them.
    let (_, listing) = select::listing(session, subscriptions, &query.query).await?;
    index::complete(session, &listing.filter).await?;
    let (now, zone) = (Timestamp::now(), jiff::tz::TimeZone::system());
    let asked = Asked { now, zone, seen: session.store.last_seen().await? };
    match tasks::rule_of(query, subscriptions, &asked) {
        Some(rule) => Ok(rule),
        None => bail!("{}: its words cannot be read", query.title),
    }
}

async fn preview(session: &Session, out: &mut Output, title: &str, limit: usize) -> anyhow::Result<()> {
    let subscriptions = session.store.subscriptions().await?;
    let query = find(&subscriptions, title)?;
    let rule = rule(session, query, &subscriptions).await?;
    let horizon = session.store.horizon().await?;
    let rows = session.store.window(rule.filter.clone(), Window::First, horizon, limit).await?;
    let (all, is_more) = session.store.count_each(vec![rule.filter]).await?.remove(0);
    out.line(&format!(
        "would do: {} · {}{}",
        deeds(query),
        count(all),
        if is_more { " or more" } else { "" }
    ))?;
    for row in &rows.headlines {
        out.line(&line(row, &subscriptions))?;
    }
    Ok(())
}

fn deeds(query: &SavedQuery) -> String {
    Deed::write_all(&query.deeds)
}

fn count(entries: usize) -> String {
    format!("{entries} {}", if entries == 1 { "entry" } else { "entries" })
}

/// What a line of `list --json` holds.
#[derive(Serialize)]
struct JsonLine<'a> {
    title: &'a str,
    query: &'a str,
    #[serde(rename = "do")]
    deeds: String,
    sidebar: bool,
}

async fn list(session: &Session, out: &mut Output, json: bool) -> anyhow::Result<()> {
    for query in &session.store.subscriptions().await?.queries {
        let (title, words) = (query.title.as_str(), query.query.as_str());
        if json {
            out.json(&JsonLine { title, query: words, deeds: deeds(query), sidebar: query.is_listed })?;
            continue;
        }
        let rule = if query.deeds.is_empty() { String::new() } else { format!("  → {}", deeds(query)) };
        out.line(&format!("{title}: {words}{rule}"))?;
    }
    Ok(())
}
