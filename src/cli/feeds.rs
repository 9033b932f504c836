//! `newsterm feeds`: what is followed, and how it does.

use std::collections::HashMap;

use serde::Serialize;

use super::Done;
use super::arguments::FeedsArguments;
use super::output::Output;
use super::session::Session;
use crate::model::{Activity, FeedId, FeedState, Subscription, Timestamp, shown};

/// Lists the feeds in the order of the sidebar's folders.
pub(super) async fn run(session: &Session, arguments: &FeedsArguments) -> anyhow::Result<Done> {
    let now = Timestamp::now();
    let subscriptions = session.store.subscriptions().await?;
    let activity: HashMap<FeedId, Activity> = session.store.feed_activity(now).await?.into_iter().collect();
    let mut out = Output::new();
    for feed in &subscriptions.feeds {
        let folder = subscriptions.folder_path(feed.folder);
        let activity = activity.get(&feed.feed).copied().unwrap_or_default();
        if arguments.json {
            out.json(&json(feed, &folder, activity, now))?;
        } else {
            out.line(&line(feed, &folder, activity, now))?;
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
    url: String,
    site: Option<String>,
    folder: &'a [String],
    entries: u64,
    unread: u64,
    saved: u64,
    state: &'static str,
    checked: Option<Timestamp>,
    succeeded: Option<Timestamp>,
    next_due: Option<Timestamp>,
    held_until: Option<Timestamp>,
    status: Option<u16>,
    failures: u32,
    problem: Option<&'a str>,
    moved_to: Option<String>,
    newest: Option<Timestamp>,
    per_week: f64,
    dead_months: Option<u64>,
}

fn json<'a>(
    feed: &'a Subscription,
    folder: &'a [String],
    activity: Activity,
    now: Timestamp,
) -> JsonLine<'a> {
    let health = &feed.health;
    JsonLine {
        feed: feed.feed,
        title: &feed.title,
        url: shown(&feed.url),
        site: feed.site.as_ref().map(shown),
        folder,
        entries: feed.counts.total,
        unread: feed.counts.unread,
        saved: feed.counts.saved,
        state: health.state.as_str(),
        checked: health.checked,
        succeeded: health.succeeded,
        next_due: health.next_due,
        held_until: health.held_until,
        status: health.status,
        failures: health.failures,
        problem: health.problem.as_deref(),
        moved_to: health.moved_to.as_ref().map(shown),
        newest: activity.newest,
        per_week: f64::from(activity.per_week_tenths) / 10.0,
        dead_months: activity.dead_months(now),
    }
}

fn line(feed: &Subscription, folder: &[String], activity: Activity, now: Timestamp) -> String {
    let counts = format!("{}/{}", feed.counts.unread, feed.counts.total);
    let mut place = folder.join(" / ");
    if !place.is_empty() {
        place.push_str(" / ");
    }
    let address = shown(&feed.url);
    let mut parts = vec![format!("{place}{}", feed.title)];
    if feed.title != address {
        parts.push(address);
    }
    parts.extend(health(feed, activity, now));
    format!("{:>5} {counts:>12}  {}", feed.feed, parts.join(" · "))
}

/// Says in plain words how a feed does, what is wrong first.
fn health(feed: &Subscription, activity: Activity, now: Timestamp) -> Vec<String> {
    let health = &feed.health;
    let mut words = Vec::new();
    match health.state {
        FeedState::Active => {}
        FeedState::Paused => words.push("paused".to_owned()),
        FeedState::Gone => words.push("gone, no longer fetched by itself".to_owned()),
    }
    words.extend(health.problem.clone());
    if let (Some(_), Some(well)) = (&health.problem, health.succeeded) {
        words.push(format!("well {} ago", span(well, now)));
    }
    words.extend(health.moved_to.as_ref().map(|to| format!("moved to {}", shown(to))));
    if let Some(until) = health.held_until.filter(|until| *until > now) {
        words.push(format!("its server asked to be left alone for {}", span(now, until)));
    }
    if health.checked.is_none() {
        words.push("not fetched yet".to_owned());
    }
    words.extend(activity.dead_months(now).map(|months| format!("nothing new for {months} months")));
    let tenths = activity.per_week_tenths;
    if tenths > 0 {
        words.push(format!("{}.{} a week", tenths / 10, tenths % 10));
    }
    if let (FeedState::Active, Some(due)) = (health.state, health.next_due) {
        words.push(if due > now { format!("due in {}", span(now, due)) } else { "due".to_owned() });
    }
    words
}

/// Writes the time between two moments in its largest unit.
fn span(from: Timestamp, to: Timestamp) -> String {
    let minutes = (to.as_second() - from.as_second()).max(0) / 60;
    match minutes {
        0..60 => format!("{minutes}m"),
        60..2_880 => format!("{}h", minutes / 60),
        _ => format!("{}d", minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::State;
    use crate::model::{Health, Url};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn said(health: Health, activity: Activity) -> String {
        let feed = Subscription { health, ..State::sample().subscriptions.feeds.remove(0) };
        super::health(&feed, activity, at("2026-11-22T12:00:00Z")).join(" · ")
    }

    #[test]
    fn health_is_said_in_plain_words() {
        let asked = Some(at("2026-11-22T11:50:00Z"));
        let well = Health { checked: asked, succeeded: asked, ..Health::default() };
        let lively = Activity { newest: asked, per_week_tenths: 123 };
        let due = Health { next_due: Some(at("2026-11-22T12:25:00Z")), ..well.clone() };
        assert_eq!(said(due, lively), "12.3 a week · due in 25m");
        let ill = Health { problem: Some("it is ill".to_owned()), state: FeedState::Gone, ..well.clone() };
        assert_eq!(
            said(ill, Activity::default()),
            "gone, no longer fetched by itself · it is ill · well 10m ago"
        );
        let moved = Health { moved_to: Url::parse("http://me:secret@b.test/").ok(), ..well };
        let dead = Activity { newest: Some(at("2026-01-22T12:00:00Z")), per_week_tenths: 0 };
        assert_eq!(said(moved, dead), "moved to http://me:***@b.test/ · nothing new for 9 months");
        assert_eq!(said(Health::default(), Activity::default()), "not fetched yet");
    }

    #[test]
    fn a_span_is_written_in_its_largest_unit() {
        let from = at("2026-11-20T12:00:00Z");
        for (to, expected) in
            [("2026-11-20T12:59:00Z", "59m"), ("2026-11-21T13:00:00Z", "25h"), ("2026-11-25T12:00:00Z", "5d")]
        {
            assert_eq!(span(from, at(to)), expected);
        }
    }
}
