//! Refreshes against a web of canned answers, at moments that the tests choose.

use std::future::pending;

use tokio::sync::Notify;

use super::*;
use crate::feed::{self, Source};
use crate::tasks::sample::{Desk, feed_of};

async fn run(desk: &Desk, selection: &Selection) -> Vec<FeedOutcome> {
    let mut outcomes = Vec::new();
    let report = |fact| {
        if let RefreshFact::Fetched(fetched) = fact {
            outcomes.push((fetched.feed, fetched.outcome));
        }
    };
    let every = Duration::from_mins(30);
    refresh(&desk.store, &desk.web, selection, (every, desk.now), report, pending()).await.unwrap();
    outcomes.sort_by_key(|(feed, _)| *feed);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

#[tokio::test]
async fn one_bad_feed_stops_none() {
    let desk = Desk::following(&["http://a.test/", "http://gone.test/", "http://page.test/"]).await;
    desk.web.serve("http://a.test/", feed_of(&["one", "two"]));
    desk.web.serve("http://page.test/", "<!doctype html><link rel='feed' href='/rss'><body>Hello</body>");
    let outcomes = run(&desk, &Selection::All).await;
    assert_eq!(outcomes[0], FeedOutcome::Updated { new: 2, changed: 0 });
    assert!(matches!(outcomes[1], FeedOutcome::Failed(FetchProblem::Status { code: 404, .. })));
    assert!(matches!(outcomes[2], FeedOutcome::Failed(FetchProblem::NotAFeed(_))));
    let health = desk.store.subscriptions().await.unwrap().feeds[2].health.clone();
    let words = "not a feed: it is a web page; its feed may be http://page.test/rss";
    assert_eq!(health.problem.as_deref(), Some(words));
}

#[tokio::test]
async fn what_was_answered_is_noted_though_the_refresh_is_stopped() {
    let desk = Desk::following(&["http://gone.test/", "http://other.test/"]).await;
    let stop = Notify::new();
    let mut answered = Vec::new();
    let report = |fact| {
        if let RefreshFact::Fetched(fetched) = fact {
            answered.push(fetched.feed);
            stop.notify_one();
        }
    };
    refresh(&desk.store, &desk.web, &Selection::All, (EVERY, desk.now), report, stop.notified())
        .await
        .unwrap();
    let feeds = desk.store.subscriptions().await.unwrap().feeds;
    let noted = feeds.iter().filter(|feed| feed.health.problem.is_some()).map(|feed| feed.feed);
    assert_eq!(noted.collect::<Vec<_>>(), answered);
    assert!(!answered.is_empty());
}

#[tokio::test]
async fn what_the_server_gave_to_recognise_a_document_is_sent_back() {
    let desk = Desk::following(&["http://a.test/"]).await;
    desk.web.serve_tagged("http://a.test/", feed_of(&["one"]), "\"v1\"");
    run(&desk, &Selection::All).await;
    desk.web.answer("http://a.test/", Ok(Answer::NotModified));
    assert_eq!(run(&desk, &Selection::All).await, [FeedOutcome::NotModified]);
    assert_eq!(desk.web.requests()[1].etag.as_deref(), Some("\"v1\""));
}

#[tokio::test]
async fn the_same_bytes_again_are_nothing_new() {
    let desk = Desk::following(&["http://a.test/"]).await;
    desk.web.serve("http://a.test/", feed_of(&["one"]));
    run(&desk, &Selection::All).await;
    assert_eq!(run(&desk, &Selection::All).await, [FeedOutcome::NothingNew]);
}

#[tokio::test]
async fn the_same_bytes_with_another_tag_are_asked_for_by_that_tag() {
    let desk = Desk::following(&["http://a.test/"]).await;
    for tag in ["\"v1\"", "\"v2\"", "\"v2\""] {
        desk.web.serve_tagged("http://a.test/", feed_of(&["one"]), tag);
        run(&desk, &Selection::All).await;
    }
    assert_eq!(desk.web.requests()[2].etag.as_deref(), Some("\"v2\""));
}

#[tokio::test]
async fn only_feeds_that_have_grown_old_are_due() {
    let desk = Desk::following(&["http://a.test/", "http://b.test/"]).await;
    desk.web.serve("http://a.test/", feed_of(&["one"]));
    desk.web.serve("http://b.test/", feed_of(&["one"]));
    let first = desk.store.subscriptions().await.unwrap().feeds[0].feed;
    run(&desk, &Selection::Only(vec![first])).await;
    assert_eq!(run(&desk, &Selection::Due).await.len(), 1);
}

const EVERY: Duration = Duration::from_mins(30);

/// Fetches what is due so many seconds after noon, and counts the requests so far.
async fn due_after(desk: &Desk, seconds: i64) -> usize {
    let now = Timestamp::from_second(desk.now.as_second() + seconds).unwrap();
    refresh(&desk.store, &desk.web, &Selection::Due, (EVERY, now), |_| {}, pending()).await.unwrap();
    desk.web.requests().len()
}

async fn health(desk: &Desk) -> crate::model::Health {
    desk.store.subscriptions().await.unwrap().feeds.remove(0).health
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[tokio::test]
async fn a_feed_is_due_when_its_interval_is_over() {
    let desk = Desk::following(&["http://a.test/"]).await;
    desk.web.serve("http://a.test/", feed_of(&["one"]));
    assert_eq!(due_after(&desk, 0).await, 1);
    assert_eq!(due_after(&desk, 29 * 60).await, 1);
    assert_eq!(due_after(&desk, 30 * 60).await, 2);
}

#[tokio::test]
async fn what_comes_with_not_modified_counts_too() {
    let desk = Desk::following(&["http://a.test/"]).await;
    desk.web.serve_tagged("http://a.test/", feed_of(&["one"]), "\"v1\"");
    due_after(&desk, 0).await;
    desk.web.answer("http://a.test/", Ok(Answer::NotModified));
    let fresh_for = Duration::from_hours(2);
    desk.web.set_terms(
        "http://a.test/",
        Terms { fresh_for, moved: Some(url("http://b.test/")), ..Terms::default() },
    );
    assert_eq!(due_after(&desk, 1_800).await, 2);
    assert_eq!(health(&desk).await.moved_to, Some(url("http://b.test/")));
    assert_eq!(due_after(&desk, 1_800 + 7_199).await, 2);
    assert_eq!(due_after(&desk, 1_800 + 7_200).await, 3);
    assert_eq!(desk.store.subscriptions().await.unwrap().feeds[0].url, url("http://b.test/"));
}

#[tokio::test]
async fn a_feed_that_fails_again_and_again_is_asked_ever_less() {
    let desk = Desk::following(&["http://a.test/"]).await;
    let broken = FetchProblem::Status { code: 500, reason: None };
    desk.web.answer("http://a.test/", Err(broken));
    let mut asked_at = Vec::new();
    for minute in 0..3 * 24 * 60 {
        let before = desk.web.requests().len();
        if due_after(&desk, minute * 60).await > before {
            asked_at.push(minute);
        }
    }
    let pauses: Vec<i64> = asked_at.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(pauses[0] == 30 && pauses.windows(2).take(5).all(|pair| pair[1] > pair[0]), "{pauses:?}");
    assert!(pauses.iter().all(|minutes| *minutes <= 24 * 60), "{pauses:?}");
    // Without a pause it would have been asked 144 times.
    assert!((7..=9).contains(&asked_at.len()), "{asked_at:?}");
}

#[tokio::test]
async fn a_host_that_is_left_alone_is_told_with_the_end_of_the_wait() {
    let desk = Desk::following(&["http://a.test/1", "http://a.test/2"]).await;
    desk.web.answer("http://a.test/1", Err(FetchProblem::Status { code: 429, reason: None }));
    let retry_after = Some(Duration::from_hours(1));
    desk.web.set_terms("http://a.test/1", Terms { retry_after, ..Terms::default() });
    desk.web.serve("http://a.test/2", feed_of(&["one"]));
    let first = desk.store.subscriptions().await.unwrap().feeds[0].feed;
    run(&desk, &Selection::Only(vec![first])).await;
    let until = Timestamp::from_second(desk.now.as_second() + 3_600).unwrap();
    assert_eq!(run(&desk, &Selection::All).await, vec![FeedOutcome::LeftAlone { until }; 2]);
    assert_eq!(due_after(&desk, 3_599).await, 1);
    assert_eq!(due_after(&desk, 3_600).await, 3);
}

#[tokio::test]
async fn hours_that_a_document_skips_are_kept() {
    let desk = Desk::following(&["http://a.test/"]).await;
    let feed = desk.store.subscriptions().await.unwrap().feeds[0].feed;
    let mut parsed = feed::parse(feed_of(&["one"]).as_bytes(), &Source::default()).unwrap();
    parsed.schedule.skip_hours = vec![12, 13];
    desk.store.ingest(feed, url("http://a.test/"), parsed, Validators::default(), desk.now).await.unwrap();
    desk.web.answer("http://a.test/", Ok(Answer::NotModified));
    assert_eq!(due_after(&desk, 90 * 60).await, 0);
    assert_eq!(due_after(&desk, 2 * 3_600).await, 1);
}

#[tokio::test]
async fn the_password_of_a_feed_does_not_get_into_its_links() {
    let address = "http://me:secret@a.test/feed";
    let desk = Desk::following(&[address]).await;
    desk.web.serve(address, feed_of(&["one"]));
    run(&desk, &Selection::All).await;
    let entry = desk.store.entry(crate::model::EntryId(1)).await.unwrap().unwrap();
    assert_eq!(entry.link, Some(url("http://a.test/one")));
    assert!(entry.base.is_none_or(|base| base.password().is_none()));
}

#[tokio::test]
async fn a_night_without_a_network_is_no_failure_of_the_feeds() {
    let desk = Desk::following(&["http://a.test/"]).await;
    desk.web.answer("http://a.test/", Err(FetchProblem::Unreachable("no name".to_owned())));
    for _ in 0..12 {
        run(&desk, &Selection::All).await;
    }
    let offline = health(&desk).await;
    assert_eq!((offline.failures, offline.problem.is_some()), (0, true));
    desk.web.answer("http://a.test/", Err(FetchProblem::Status { code: 401, reason: None }));
    run(&desk, &Selection::All).await;
    let refused = health(&desk).await;
    assert_eq!(refused.failures, 1);
    assert_eq!(due_after(&desk, 30 * 60).await, 14);
}

#[tokio::test]
async fn one_dead_feed_alone_is_asked_ever_less() {
    let desk = Desk::following(&["http://a.test/"]).await;
    desk.web.answer("http://a.test/", Err(FetchProblem::Unreachable("refused".to_owned())));
    desk.web.set_terms("http://a.test/", Terms { is_reached: true, ..Terms::default() });
    for _ in 0..5 {
        run(&desk, &Selection::All).await;
    }
    assert_eq!(health(&desk).await.failures, 5);
    assert_eq!(due_after(&desk, 3 * 3_600).await, 5);
}
