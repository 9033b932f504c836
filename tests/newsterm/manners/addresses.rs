//! Feeds that move, and redirects that lead nowhere.

use super::*;
use crate::commands::{json_of, titles};

fn url(feed: &Followed) -> String {
    feed.health()["url"].as_str().unwrap().to_owned()
}

#[test]
fn a_permanent_redirect_is_kept_at_the_second_time() {
    for status in [301, 308] {
        let feed = Followed::new(Behaviour::redirect(status, "/new"));
        feed.server.serve("/new", document());
        feed.fetch(&[]);
        output_of(&feed.library, &["mark", "--read", "1"]);
        assert_eq!(url(&feed), feed.server.url("/feed"));
        assert_eq!(feed.health()["moved_to"], feed.server.url("/new"));
        feed.fetch(&[]);
        assert_eq!(url(&feed), feed.server.url("/new"));
        assert!(feed.health()["moved_to"].is_null());
        assert_eq!(feed.fetch(&[]), 2, "the old address is not asked any more");
        assert_eq!(
            (titles(&feed.library, ""), titles(&feed.library, "is:unread")),
            (vec!["Alpha".to_owned()], vec![])
        );
    }
}

#[test]
fn a_redirect_for_now_or_to_another_place_each_time_moves_nothing() {
    let feed = Followed::new(Behaviour::redirect(302, "/new"));
    feed.server.serve("/new", document());
    feed.fetch(&[]);
    feed.fetch(&[]);
    assert_eq!(url(&feed), feed.server.url("/feed"));
    for place in ["/a", "/b", "/a"] {
        feed.server.serve_with("/feed", Behaviour::redirect(301, place));
        feed.server.serve(place, document());
        feed.fetch(&[]);
        assert_eq!(url(&feed), feed.server.url("/feed"));
    }
}

#[test]
fn a_redirect_to_what_is_no_feed_moves_nothing() {
    let feed = Followed::new(Behaviour::redirect(301, "/page"));
    feed.server.serve("/page", "<html><body>Log in</body></html>");
    for _ in 0..3 {
        feed.fetch(&[]);
    }
    assert_eq!(url(&feed), feed.server.url("/feed"));
    assert!(feed.health()["moved_to"].is_null());
}

#[test]
fn addresses_that_lead_to_each_other_are_an_error_and_stay() {
    let feed = Followed::new(Behaviour::redirect(301, "/back"));
    feed.server.serve_with("/back", Behaviour::redirect(301, "/feed"));
    feed.fetch(&[]);
    feed.fetch(&[]);
    assert_eq!(feed.health()["problem"], "redirected in vain: more than 10 times");
    assert_eq!(url(&feed), feed.server.url("/feed"));
    assert!(feed.server.asked("/feed").len() <= 12);
}

#[test]
fn a_feed_that_moves_to_one_that_is_followed_stays_and_says_so() {
    let feed = Followed::new(Behaviour::redirect(301, "/new"));
    feed.server.serve("/new", document());
    output_of(&feed.library, &["--offline", "add", &feed.server.url("/new")]);
    for _ in 0..3 {
        feed.fetch(&[]);
    }
    let feeds = json_of(&feed.library, &["feeds", "--json"]);
    assert_eq!(feeds.len(), 2);
    assert_eq!((&feeds[0]["url"], &feeds[0]["entries"]), (&feed.server.url("/feed").into(), &1.into()));
    assert!(output_of(&feed.library, &["feeds"]).contains(&format!("moved to {}", feed.server.url("/new"))));
}

#[test]
fn an_old_list_of_feeds_finds_a_feed_that_has_moved() {
    let feed = Followed::new(Behaviour::redirect(301, "/new"));
    feed.server.serve("/new", document());
    let list = output_of(&feed.library, &["export"]);
    feed.library.file("old.opml", list);
    feed.fetch(&[]);
    feed.fetch(&[]);
    assert_eq!(url(&feed), feed.server.url("/new"));
    output_of(&feed.library, &["import", "old.opml"]);
    assert_eq!(json_of(&feed.library, &["feeds", "--json"]).len(), 1);
}

#[test]
fn what_is_added_at_an_old_address_is_what_lies_there_today() {
    let feed = Followed::new(Behaviour::redirect(301, "/new"));
    feed.server.serve("/new", document());
    feed.fetch(&[]);
    feed.fetch(&[]);
    feed.server.serve("/feed", feed_of("Courier", &["Beta"]));
    output_of(&feed.library, &["remove", "1"]);
    output_of(&feed.library, &["add", &feed.server.url("/feed")]);
    let feeds = json_of(&feed.library, &["feeds", "--json"]);
    assert_eq!((feeds.len(), &feeds[0]["title"]), (1, &"Courier".into()));
    assert_eq!(titles(&feed.library, ""), ["Beta"]);
}

#[test]
fn a_feed_moves_to_the_address_of_one_that_was_removed() {
    let feed = Followed::new(Behaviour::redirect(301, "/new"));
    feed.server.serve("/new", document());
    output_of(&feed.library, &["--offline", "add", &feed.server.url("/new")]);
    output_of(&feed.library, &["remove", "2"]);
    feed.fetch(&[]);
    feed.fetch(&[]);
    assert_eq!(url(&feed), feed.server.url("/new"));
}
