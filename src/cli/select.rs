//! Feeds by what a person calls them.

use anyhow::bail;
use jiff::tz::TimeZone;

use super::session::Session;
use crate::model::{
    Arrangement, Asked, FeedId, Listing, Query, Sort, Subscription, Subscriptions, Timestamp, Url, shown,
};
use crate::search;

/// Finds the feed of a number, an address, or a part of its title.
pub(super) fn feed(subscriptions: &Subscriptions, name: &str) -> anyhow::Result<FeedId> {
    if name.trim().is_empty() {
        bail!("a feed is named by its number, its title or its address; newsterm feeds lists them");
    }
    let by_number = name.parse().ok().map(FeedId).filter(|id| subscriptions.get(*id).is_some());
    let has_address = |s: &&Subscription| s.url.as_str() == name || shown(&s.url) == name;
    let by_address = || subscriptions.feeds.iter().find(has_address).map(|s| s.feed);
    if let Some(feed) = by_number.or_else(by_address) {
        return Ok(feed);
    }
    let found = subscriptions.named(name);
    let name = Url::parse(name).map_or_else(|_| name.to_owned(), |url| shown(&url));
    match found[..] {
        [feed] => Ok(feed),
        [] => bail!("no feed is called \"{name}\"; newsterm feeds lists them"),
        [_, _, ..] => bail!("several feeds are called \"{name}\"; use the number that newsterm feeds shows"),
    }
}

/// Reads a query, and what it means for the library now.
pub(super) async fn listing(
    session: &Session,
    subscriptions: &Subscriptions,
    words: &str,
) -> anyhow::Result<(Query, Listing)> {
    let query = search::parse_query(words)?;
    let seen = session.store.last_seen().await?;
    let asked = Asked { now: Timestamp::now(), zone: TimeZone::system(), seen };
    let filter = query.filter(subscriptions, &asked);
    let arrangement = match query.sort {
        None | Some(Sort::Newest) => Arrangement::Newest,
        Some(Sort::Oldest) => Arrangement::Oldest,
        Some(Sort::Best) => Arrangement::Best,
    };
    Ok((query, Listing { filter, arrangement }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::State;

    #[test]
    fn a_feed_is_found_by_number_address_and_part_of_its_title() {
        let subscriptions = State::sample().subscriptions;
        for name in ["2", "http://feed.test/2", "kernel"] {
            assert_eq!(feed(&subscriptions, name).unwrap(), FeedId(2), "{name}");
        }
        assert!(feed(&subscriptions, "nobody").is_err());
        assert!(feed(&subscriptions, "e").unwrap_err().to_string().starts_with("several feeds"));
    }
}
