//! `newsterm set`, `rename` and `move`: what a person wants otherwise for one feed.

use anyhow::bail;
use jiff::SignedDuration;

use super::arguments::{MoveArguments, RenameArguments, SetArguments};
use super::output::Output;
use super::session::Session;
use super::{Done, WrongUsage, select};
use crate::model::{
    FeedId, FeedSetting, FeedSettings, FeedState, KeepAge, KeepCount, Subscription, Subscriptions, Timestamp,
    shown,
};
use crate::store::SettingsChange;
use crate::tasks::{self, BadSetting};

/// Sets all that is named, or nothing; without settings shows those in force.
pub(super) async fn set(session: &Session, arguments: &SetArguments) -> anyhow::Result<Done> {
    let wrong = |error: BadSetting| WrongUsage(error.to_string());
    let settings = arguments.settings.iter().map(|text| tasks::parse_setting(text).map_err(wrong));
    let subscriptions = session.store.subscriptions().await?;
    let feed = select::feed(&subscriptions, &arguments.feed)?;
    let settings = settings.collect::<Result<Vec<FeedSetting>, WrongUsage>>()?;
    if settings.is_empty() {
        return show(&subscriptions, feed, &session.store.settings(feed).await?);
    }
    change(session, &subscriptions, feed, settings).await
}

/// Gives a feed a title of the reader's own; an empty one gives it back its own.
pub(super) async fn rename(session: &Session, arguments: &RenameArguments) -> anyhow::Result<Done> {
    let subscriptions = session.store.subscriptions().await?;
    let feed = select::feed(&subscriptions, &arguments.feed)?;
    let title = tasks::parse_setting(&format!("title={}", arguments.title))?;
    change(session, &subscriptions, feed, vec![title]).await
}

/// Files a feed in a folder; an empty one takes it out of all.
pub(super) async fn move_to(session: &Session, arguments: &MoveArguments) -> anyhow::Result<Done> {
    let subscriptions = session.store.subscriptions().await?;
    let feed = select::feed(&subscriptions, &arguments.feed)?;
    let folder = FeedSetting::Folder(tasks::folder_path(&arguments.folder));
    change(session, &subscriptions, feed, vec![folder]).await
}

async fn change(
    session: &Session,
    subscriptions: &Subscriptions,
    feed: FeedId,
    settings: Vec<FeedSetting>,
) -> anyhow::Result<Done> {
    let title = subscriptions.title(feed);
    let settings = settings.into_iter().map(|setting| (feed, setting)).collect();
    let SettingsChange::Made(changes) = session.store.change(settings, Timestamp::now()).await? else {
        bail!("another feed has that address already; newsterm feeds lists them");
    };
    // Names only: a value may be a secret.
    let names: Vec<&str> = changes.iter().map(|change| change.name.as_str()).collect();
    let mut out = Output::new();
    out.line(&match names[..] {
        [] => format!("{title}: nothing to change"),
        _ => format!("{title}: changed {}; newsterm undo takes it back", names.join(", ")),
    })?;
    out.flush()?;
    Ok(Done::All)
}

fn show(subscriptions: &Subscriptions, feed: FeedId, settings: &FeedSettings) -> anyhow::Result<Done> {
    let mut out = Output::new();
    if let Some(subscription) = subscriptions.get(feed) {
        for (name, value) in lines(subscription, &subscriptions.folder_path(subscription.folder), settings) {
            out.line(&format!("{name}={value}"))?;
        }
    }
    out.flush()?;
    Ok(Done::All)
}

/// Lists what is set; secrets as `***`.
fn lines(feed: &Subscription, folder: &[String], settings: &FeedSettings) -> Vec<(String, String)> {
    let interval = settings.interval.and_then(|interval| SignedDuration::try_from(interval).ok());
    let pairs = [
        ("title", Some(feed.title.clone())),
        ("folder", Some(folder.join("/"))),
        ("url", Some(shown(&feed.url))),
        ("interval", interval.map(|interval| format!("{interval:#}"))),
        ("user_agent", settings.user_agent.clone()),
        ("proxy", settings.proxy.as_ref().map(shown)),
        ("auth_command", settings.auth_command.clone()),
        ("full_text", settings.full_text.map(|wish| wish.as_str().to_owned())),
        ("keep_age", settings.keep_age.map(KeepAge::to_text)),
        ("keep_count", settings.keep_count.map(KeepCount::to_text)),
        ("paused", (feed.health.state == FeedState::Paused).then(|| "yes".to_owned())),
    ];
    let given = pairs.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let headers = settings.headers.iter().map(|(name, _)| (format!("header.{name}"), "***".to_owned()));
    given.chain(headers).collect()
}
