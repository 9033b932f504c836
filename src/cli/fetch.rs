//! `newsterm fetch`: refresh feeds, with a bar for a person and JSON lines for a program.

use std::collections::BTreeMap;

use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::arguments::FetchArguments;
use super::output::{Output, complain, person_watches};
use super::session::Session;
use super::{Done, index, select};
use crate::model::{FeedId, FeedOutcome, Timestamp, shown};
use crate::tasks::{self, FetchedFeed, RefreshFact, Selection};

/// Fetches; what failed is named at the end, by title.
pub(super) async fn run(session: &Session, arguments: &FetchArguments) -> anyhow::Result<Done> {
    if session.offline {
        bail!("nothing is fetched: newsterm is offline, as asked");
    }
    let now = Timestamp::now();
    let selection = selection(session, arguments).await?;
    let every = session.settings.refresh.every;
    let web = std::sync::Arc::new(session.web()?);
    let mut report = Report::new(arguments.json);
    let mut unwritten = Ok(());
    let report_fact = |fact| {
        let written = report.take(fact);
        if unwritten.is_ok() {
            unwritten = written;
        }
    };
    let never = std::future::pending();
    tasks::refresh(&session.store, &web, &selection, (every, now), report_fact, never).await?;
    unwritten?;
    let done = report.finish()?;
    tasks::forget(&session.store, &session.settings.keep, now).await?;
    if arguments.index {
        index::fill(session).await?;
    }
    let ran = index::run_rules(session).await?;
    if !arguments.json {
        let mut out = Output::new();
        for rule in &ran {
            out.line(&format!("{}: {}", rule.title, entries(rule.entries.len())))?;
        }
        out.flush()?;
    }
    Ok(done)
}

async fn selection(session: &Session, arguments: &FetchArguments) -> anyhow::Result<Selection> {
    if !arguments.feeds.is_empty() {
        let subscriptions = session.store.subscriptions().await?;
        let named = arguments.feeds.iter().map(|name| select::feed(&subscriptions, name));
        return Ok(Selection::Only(named.collect::<anyhow::Result<Vec<FeedId>>>()?));
    }
    Ok(if arguments.due { Selection::Due } else { Selection::All })
}

/// What a line of `--json` holds.
#[derive(Serialize)]
struct JsonLine<'a> {
    feed: FeedId,
    title: &'a str,
    url: String,
    outcome: &'static str,
    new: usize,
    changed: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

struct Report {
    json: bool,
    out: Output,
    bar: ProgressBar,
    failed: BTreeMap<FeedId, String>,
    done: usize,
    left_alone: usize,
    new: usize,
    changed: usize,
}

impl Report {
    fn new(json: bool) -> Report {
        let bar = if !json && person_watches() { ProgressBar::new(0) } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {wide_msg}");
        bar.set_style(style.expect("a constant template"));
        Report {
            json,
            out: Output::new(),
            bar,
            failed: BTreeMap::new(),
            done: 0,
            left_alone: 0,
            new: 0,
            changed: 0,
        }
    }

    fn take(&mut self, fact: RefreshFact) -> std::io::Result<()> {
        match fact {
            RefreshFact::Planned { feeds } => {
                self.bar.set_length(feeds.len() as u64);
                Ok(())
            }
            RefreshFact::Fetched(fetched) => self.count(&fetched),
        }
    }

    fn count(&mut self, fetched: &FetchedFeed) -> std::io::Result<()> {
        self.done += 1;
        self.bar.inc(1);
        self.bar.set_message(fetched.title.clone());
        let (mut new, mut changed, mut until, mut error) = (0, 0, None, None);
        match &fetched.outcome {
            FeedOutcome::Updated { new: n, changed: c } => (new, changed) = (*n, *c),
            FeedOutcome::NotModified | FeedOutcome::NothingNew => {}
            FeedOutcome::LeftAlone { until: moment } => {
                self.left_alone += 1;
                until = Some(*moment);
            }
            FeedOutcome::Failed(problem) => {
                error = Some(problem.to_string());
                self.failed.insert(fetched.feed, format!("{}: {problem}", fetched.title));
            }
        }
        self.new += new;
        self.changed += changed;
        if !self.json {
            return Ok(());
        }
        let outcome = fetched.outcome.as_str();
        let (feed, title, url) = (fetched.feed, fetched.title.as_str(), shown(&fetched.url));
        self.out.json(&JsonLine { feed, title, url, outcome, new, changed, until, error })?;
        self.out.flush()
    }

    fn finish(mut self) -> std::io::Result<Done> {
        self.bar.finish_and_clear();
        if !self.json {
            for problem in self.failed.values() {
                complain(problem);
            }
            self.out.line(&self.summary())?;
            self.out.flush()?;
        }
        Ok(match self.failed.len() {
            0 => Done::All,
            all if all == self.done => Done::Nothing,
            _ => Done::Partly,
        })
    }

    fn summary(&self) -> String {
        let feeds = if self.done == 1 { "feed" } else { "feeds" };
        let mut parts = vec![entries(self.new).replacen(' ', " new ", 1), format!("{} {feeds}", self.done)];
        if self.changed > 0 {
            parts.push(format!("{} changed", self.changed));
        }
        if self.left_alone > 0 {
            parts.push(format!("{} left alone, as their servers ask", self.left_alone));
        }
        if !self.failed.is_empty() {
            parts.push(format!("{} failed", self.failed.len()));
        }
        parts.join(" · ")
    }
}

fn entries(count: usize) -> String {
    format!("{count} {}", if count == 1 { "entry" } else { "entries" })
}
