//! Feeds by what a person calls them.

use anyhow::bail;

use crate::model::{FeedId, Filter, Subscription, Subscriptions, Url, shown};
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

/// Reads a query into the filter that it means.
pub(super) fn filter(subscriptions: &Subscriptions, words: &str) -> anyhow::Result<Filter> {
    Ok(search::parse_query(words)?.filter(subscriptions))
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
