//! Feeds: looked for, followed, set.

use std::sync::PoisonError;

use super::{Hands, failure};
use crate::app::{Event, Ticket};
use crate::model::{Failure, FeedId, FeedPreview, FoundList, Timestamp, Url};
use crate::store::{NewSubscription, SettingsChange};
use crate::tasks::{self, Added, FoundFeed, Looked};
use crate::web::Web;
use crate::{config, feed};

/// Headlines of a feed that is looked at.
const HEADLINES: usize = 5;

/// Feeds that were found, as they were read, by the request that found them.
pub(super) struct Found {
    ticket: Ticket,
    feeds: Vec<FoundFeed>,
}

impl<W: Web + 'static> Hands<W> {
    /// Looks which feeds an address leads to, and keeps them until others are looked for.
    pub(super) async fn find_feeds(&self, ticket: Ticket, address: &str) {
        let event = match self.look(address).await {
            Ok(feeds) => {
                let previews = feeds.iter().map(preview).collect();
                *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(Found { ticket, feeds });
                Event::FeedsFound { ticket, feeds: previews }
            }
            Err(reason) => Event::FeedsNotFound { ticket, reason },
        };
        self.send(event);
    }

    async fn look(&self, address: &str) -> Result<Vec<FoundFeed>, String> {
        let addresses = feed::feed_addresses(address).map_err(|why| format!("no web address; {why}"))?;
        match tasks::look(&self.store, &self.web, &addresses, Timestamp::now()).await {
            Ok(Looked::Known(_)) => Err("followed already".to_owned()),
            Ok(Looked::Found(feeds)) => Ok(feeds),
            Ok(Looked::Refused(problem)) => Err(problem.to_string()),
            Err(error) => Err(failure("cannot look", &error).to_string()),
        }
    }

    pub(super) async fn find_lists(&self, is_asked: bool) {
        let find = || tasks::find_lists(&config::newsboat_places(), &config::list_directories());
        match tokio::task::spawn_blocking(find).await {
            Ok(lists) => self.send(Event::ListsFound { lists, is_asked }),
            Err(error) => tracing::error!(%error, "lists of feeds were not looked for"),
        }
    }

    pub(super) async fn import_list(&self, list: &FoundList, now: Timestamp) {
        match tasks::import_list(&self.store, list, now).await {
            Ok(added) => self.send(Event::ListImported { added }),
            Err(why) => {
                let what = "cannot import the list".to_owned();
                self.send(Event::Failed(Failure { what, why, hint: None }));
            }
        }
    }

    /// Follows one of the feeds that were found.
    pub(super) async fn follow(&self, ticket: Ticket, index: usize, folder: Vec<String>, now: Timestamp) {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner).take();
        let wanted = found.filter(|found| found.ticket == ticket && index < found.feeds.len());
        let Some(mut found) = wanted else {
            return;
        };
        let (feed, every) = (found.feeds.swap_remove(index), self.settings().refresh.every);
        match tasks::follow(&self.store, feed, folder, every, now).await {
            Ok(Added::Followed { .. } | Added::Unseen { .. } | Added::Known(_)) => {
                self.send(Event::FeedFollowed);
            }
            Ok(Added::Choices(_) | Added::Refused(_)) => {}
            Err(error) => self.fail("cannot follow the feed", &error),
        }
    }

    pub(super) async fn subscribe(&self, url: Url, title: String, folder: String, now: Timestamp) {
        let new = NewSubscription { title: Some(title), folder: vec![folder], ..NewSubscription::to(url) };
        match self.store.subscribe(vec![new], now).await {
            Ok(added) => {
                if let [feed] = added[..] {
                    self.send(Event::FeedSubscribed(feed));
                }
            }
            Err(error) => self.fail("cannot subscribe", &error),
        }
    }

    pub(super) async fn load_feed_settings(&self, feed: FeedId) {
        let loaded = self.store.settings(feed).await;
        let event = loaded.map(|settings| Event::FeedSettingsLoaded { feed, settings: Box::new(settings) });
        self.tell(event, "cannot look what is set for the feed");
    }

    /// Sets all that is wanted, or nothing.
    pub(super) async fn change_feeds(&self, changes: &[(FeedId, String)], now: Timestamp) {
        let read = |(feed, text): &(FeedId, String)| Ok((*feed, tasks::parse_setting(text)?));
        let settings: Result<Vec<_>, tasks::BadSetting> = changes.iter().map(read).collect();
        let settings = match settings {
            Ok(settings) => settings,
            Err(error) => return self.fail("cannot set that", &error),
        };
        match self.store.change(settings, now).await {
            Ok(SettingsChange::Made(changes)) => {
                let mut names: Vec<String> = changes.into_iter().map(|change| change.name).collect();
                names.dedup();
                self.send(Event::FeedsChanged { names });
            }
            Ok(SettingsChange::AddressTaken) => self.refuse("another feed has that address already"),
            Err(error) => self.fail("cannot set that", &error),
        }
    }
}

fn preview(feed: &FoundFeed) -> FeedPreview {
    let entries = &feed.parsed.entries;
    FeedPreview {
        title: feed.title(),
        url: feed.url.clone(),
        format: feed.parsed.format.as_str(),
        entries: entries.len(),
        headlines: entries.iter().take(HEADLINES).map(|entry| entry.title.clone()).collect(),
    }
}
