//! Settings of single feeds.

use super::*;
use crate::commands::assert_says;
use crate::server::Gate;

#[test]
fn a_feed_is_asked_as_it_is_set_and_undo_takes_it_back() {
    let feed = Followed::new(Behaviour::of(document()));
    let said = output_of(&feed.library, &["set", "1", "user_agent=Mozilla/5.0", "header.X-Key=a=b"]);
    assert!(said.ends_with(": changed user_agent, header.X-Key; newsterm undo takes it back\n"), "{said}");
    feed.fetch(&[]);
    output_of(&feed.library, &["undo"]);
    feed.fetch(&[]);
    output_of(&feed.library, &["redo"]);
    feed.fetch(&[]);
    let sent = |index: usize| {
        let asked = &feed.server.asked("/feed")[index];
        (asked.header("user-agent").unwrap().to_owned(), asked.header("x-key").map(str::to_owned))
    };
    assert_eq!(sent(0), ("Mozilla/5.0".to_owned(), Some("a=b".to_owned())));
    assert!(sent(1).0.starts_with("newsterm/") && sent(1).1.is_none());
    assert_eq!(sent(2), sent(0));
}

#[test]
fn a_feed_goes_through_its_proxy() {
    let proxy = FeedServer::start();
    proxy.serve("http://feed.test/feed", document());
    let library = Library::new();
    output_of(&library, &["--offline", "add", "http://feed.test/feed"]);
    output_of(&library, &["set", "1", &format!("proxy={}", proxy.url("/"))]);
    assert_eq!(output_of(&library, &["fetch"]), "1 new entry · 1 feed\n");
    assert_eq!(proxy.asked("http://feed.test/feed").len(), 1);
}

#[test]
fn an_interval_of_its_own_counts_for_a_feed() {
    let feed = Followed::new(Behaviour::of(document()));
    output_of(&feed.library, &["set", "1", "interval=2h"]);
    feed.fetch(&["--due"]);
    assert_eq!(feed.fetch(&["--due"]), 1);
    output_of(&feed.library, &["set", "1", "interval="]);
    assert_eq!(feed.fetch(&["--due"]), 2);
}

#[test]
fn a_paused_feed_is_asked_only_alone_and_by_hand() {
    let feed = Followed::new(Behaviour::of(document()));
    output_of(&feed.library, &["set", "1", "paused=yes"]);
    assert_eq!(feed.fetch(&[]), 0);
    assert_eq!(feed.fetch(&["--due"]), 0);
    assert_eq!(feed.health()["state"], "paused");
    assert_eq!(feed.fetch(&["1"]), 1);
    output_of(&feed.library, &["undo"]);
    assert_eq!(feed.fetch(&[]), 2);
}

#[test]
fn another_address_is_asked_anew_and_keeps_the_entries() {
    let feed = Followed::new(Behaviour::of(document()));
    feed.fetch(&[]);
    output_of(&feed.library, &["mark", "--read", "1"]);
    feed.server.serve("/new", feed_of("Kernel Post", &["Beta", "Alpha"]));
    output_of(&feed.library, &["set", "1", &format!("url={}", feed.server.url("/new"))]);
    output_of(&feed.library, &["fetch"]);
    assert_eq!(feed.server.asked("/new")[0].header("if-none-match"), None);
    assert_eq!(crate::commands::titles(&feed.library, "is:unread"), ["Beta"]);
}

#[test]
fn a_title_and_a_folder_are_given_and_taken_back() {
    let feed = Followed::new(Behaviour::of(document()));
    feed.fetch(&[]);
    output_of(&feed.library, &["rename", "1", "Mine"]);
    output_of(&feed.library, &["move", "mine", "World/Asia"]);
    let health = feed.health();
    assert_eq!(
        (&health["title"], &health["folder"]),
        (&"Mine".into(), &serde_json::json!(["World", "Asia"]))
    );
    output_of(&feed.library, &["move", "1", ""]);
    output_of(&feed.library, &["rename", "1", ""]);
    assert_eq!(
        (&feed.health()["title"], &feed.health()["folder"]),
        (&"Kernel Post".into(), &serde_json::json!([]))
    );
    output_of(&feed.library, &["undo"]);
    output_of(&feed.library, &["undo"]);
    assert_eq!(feed.health(), health);
}

#[test]
fn what_is_wrong_sets_nothing_and_says_what_was_expected() {
    let feed = Followed::new(Behaviour::of(document()));
    for (wrong, expected) in
        [("colour=red", "title, folder, url"), ("interval=soon", "2h, 1d or 1w"), ("paused", "KEY=VALUE")]
    {
        let ended = feed.library.newsterm(&["set", "1", "title=Mine", wrong]).assert().code(2);
        assert_says(&ended, expected);
    }
    output_of(&feed.library, &["--offline", "add", "http://other.test/"]);
    let taken = feed.library.newsterm(&["set", "1", "title=Mine", "url=http://other.test/"]).assert().code(1);
    assert_says(&taken, "another feed has that address already");
    assert_ne!(feed.health()["title"], "Mine");
    feed.library.newsterm(&["set", "nobody", "title=Mine"]).assert().code(1);
}

#[test]
fn what_the_old_address_answers_late_is_not_noted_of_the_new_one() {
    let gate = Gate::closed();
    let feed = Followed::new(Behaviour::status(410).behind(&gate));
    feed.server.serve("/good", document());
    std::thread::scope(|scope| {
        scope.spawn(|| feed.fetch(&[]));
        feed.server.wait_asked("/feed", 1);
        output_of(&feed.library, &["set", "1", &format!("url={}", feed.server.url("/good"))]);
        gate.open();
    });
    let health = feed.health();
    assert_eq!((&health["state"], &health["problem"]), (&"active".into(), &().into()));
    feed.fetch(&[]);
    assert_eq!(feed.server.asked("/good").len(), 1);
}

#[test]
fn setting_what_was_missing_ends_the_pause_after_failures() {
    let feed = Followed::new(Behaviour::status(401));
    feed.fetch(&[]);
    assert_eq!(feed.fetch(&["--due"]), 1);
    output_of(&feed.library, &["set", "1", "header.X-Key=k"]);
    assert_eq!(feed.health()["failures"], 0);
    assert_eq!(feed.fetch(&["--due"]), 2);
}
