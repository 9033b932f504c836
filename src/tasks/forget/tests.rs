use super::*;
use crate::config;
use crate::model::{FeedSetting, Mark};
use crate::tasks::sample::Desk;
use crate::{feed, model::Url};

const DAY: Duration = Duration::from_hours(24);

fn keep() -> Keep {
    config::read("").settings.keep
}

fn after(desk: &Desk, days: u32) -> Timestamp {
    desk.now.checked_add(DAY * days).unwrap()
}

/// Takes in a document of so many entries, half of them a day apart and read, each with a long text.
async fn fill(desk: &Desk, feed: FeedId, url: &str, entries: u32) {
    let text = |number: u32| {
        let words = (0..2_000).map(|word| (word * (number + 7) % 9_973 + number).to_string());
        words.collect::<Vec<_>>().join(" ")
    };
    let items: Vec<String> = (0..entries)
        .map(|number| {
            let published = desk.now.checked_sub(DAY * number).unwrap();
            format!(
                "<entry><id>urn:{number}</id><title>t{number}</title><published>{published}</published>\
                 <updated>{published}</updated><content>{}</content></entry>",
                text(number)
            )
        })
        .collect();
    let document =
        format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>A</title>{}</feed>", items.concat());
    let parsed = feed::parse(document.as_bytes(), &feed::Source::default()).unwrap();
    desk.store
        .ingest(feed, Url::parse(url).unwrap(), parsed, crate::store::Validators::default(), desk.now)
        .await
        .unwrap();
}

async fn desk_of(entries: u32) -> (Desk, FeedId) {
    let desk = Desk::following(&["http://a.test/"]).await;
    let feed = desk.store.subscriptions().await.unwrap().feeds[0].feed;
    fill(&desk, feed, "http://a.test/", entries).await;
    let all = (1..=i64::from(entries)).map(EntryId).collect();
    desk.store.mark(all, Mark::Read, desk.now).await.unwrap();
    (desk, feed)
}

async fn total(desk: &Desk) -> u64 {
    desk.store.subscriptions().await.unwrap().library.total
}

#[tokio::test]
async fn nothing_goes_by_default() {
    let (desk, _) = desk_of(20).await;
    assert_eq!(forget(&desk.store, &keep(), after(&desk, 36_000)).await.unwrap(), 0);
}

#[tokio::test]
async fn what_is_too_old_goes_a_week_after_it_was_marked() {
    let (desk, _) = desk_of(20).await;
    let keep = Keep { age: KeepAge::For(10 * DAY), ..keep() };
    assert_eq!(forget(&desk.store, &keep, after(&desk, 6)).await.unwrap(), 0);
    // Those of the day they are looked at and of nine before, which was a week later.
    assert_eq!(forget(&desk.store, &keep, after(&desk, 8)).await.unwrap(), 17);
    assert_eq!(total(&desk).await, 3);
}

#[tokio::test]
async fn the_settings_of_a_feed_go_before_those_of_all() {
    let (desk, feed) = desk_of(20).await;
    let set = |setting| desk.store.change(vec![(feed, setting)], desk.now);
    let all = Keep { count: KeepCount::Newest(5), ..keep() };
    set(FeedSetting::KeepCount(Some(KeepCount::All))).await.unwrap();
    assert_eq!(forget(&desk.store, &all, after(&desk, 8)).await.unwrap(), 0);
    set(FeedSetting::KeepCount(Some(KeepCount::Newest(15)))).await.unwrap();
    assert_eq!(forget(&desk.store, &keep(), after(&desk, 8)).await.unwrap(), 5);
    set(FeedSetting::KeepCount(None)).await.unwrap();
    assert_eq!(forget(&desk.store, &all, after(&desk, 8)).await.unwrap(), 10);
}

#[tokio::test]
async fn the_oldest_go_until_the_library_is_small_enough() {
    let (desk, feed) = desk_of(400).await;
    let before = desk.store.size().await.unwrap();
    let keep = Keep { size: Some(before * 3 / 4), ..keep() };
    let own = FeedSetting::KeepAge(Some(KeepAge::Forever));
    desk.store.change(vec![(feed, own)], desk.now).await.unwrap();
    assert_eq!(forget(&desk.store, &keep, after(&desk, 8)).await.unwrap(), 0);
    desk.store.change(vec![(feed, FeedSetting::KeepAge(None))], desk.now).await.unwrap();
    let gone = forget(&desk.store, &keep, after(&desk, 8)).await.unwrap();
    assert!((50..=200).contains(&gone), "{gone}");
    assert!(desk.store.size().await.unwrap() <= before * 3 / 4);
    assert!(desk.store.entry(EntryId(400)).await.unwrap().is_some(), "the newest stays");
    assert!(desk.store.entry(EntryId(1)).await.unwrap().is_none(), "the oldest went");
    assert_eq!(forget(&desk.store, &keep, after(&desk, 8)).await.unwrap(), 0);
}

#[tokio::test]
async fn what_is_unread_stays_unless_told_otherwise() {
    let (desk, _) = desk_of(20).await;
    desk.store.undo().await.unwrap();
    let limited = Keep { count: KeepCount::Newest(5), size: Some(1), ..keep() };
    assert_eq!(forget(&desk.store, &limited, after(&desk, 8)).await.unwrap(), 0);
    let told = Keep { unread: false, size: None, ..limited };
    assert_eq!(forget(&desk.store, &told, after(&desk, 8)).await.unwrap(), 15);
}
