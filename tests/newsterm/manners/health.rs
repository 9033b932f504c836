//! What `newsterm feeds` tells of how feeds do.

use super::*;
use crate::commands::feed_with;

#[test]
fn a_feed_tells_how_much_it_brings_and_when_it_is_due() {
    let feed = Followed::new(Behaviour::of(document()).header("cache-control", "max-age=7200"));
    assert!(output_of(&feed.library, &["feeds"]).contains("not fetched yet"));
    feed.fetch(&[]);
    let health = feed.health();
    assert_eq!(
        (&health["state"], &health["status"], &health["per_week"]),
        (&"active".into(), &200.into(), &0.0.into())
    );
    // The entry is from January 2025.
    assert!(health["dead_months"].as_u64().unwrap() >= 6);
    assert!(health["newest"].as_str().unwrap().starts_with("2025-01-06"));
    let said = output_of(&feed.library, &["feeds"]);
    assert!(said.contains("nothing new for") && said.contains("due in "), "{said}");
}

#[test]
fn undated_entries_count_when_they_came() {
    let undated = feed_with("Kernel Post", &[("Alpha", "a"), ("Beta", "b")])
        .replace("<published>", "<ignored>")
        .replace("</published>", "</ignored>")
        .replace("<updated>", "<ignored>")
        .replace("</updated>", "</ignored>");
    let feed = Followed::new(Behaviour::of(undated));
    feed.fetch(&[]);
    assert_eq!((&feed.health()["per_week"], &feed.health()["dead_months"]), (&2.0.into(), &().into()));
    assert!(output_of(&feed.library, &["feeds"]).contains("2.0 a week"));
}

#[test]
fn the_other_feeds_of_a_host_that_said_429_are_not_due_before_it_wants_them_to_be() {
    let feed = Followed::new(Behaviour::status(429).header("retry-after", "7200"));
    output_of(&feed.library, &["--offline", "add", &feed.server.url("/other")]);
    feed.fetch(&["1"]);
    let due = |number: usize| {
        let told = &crate::commands::json_of(&feed.library, &["feeds", "--json"])[number]["next_due"];
        told.as_str().map(str::to_owned)
    };
    assert!(due(0).is_some());
    assert_eq!(due(0), due(1));
    assert!(output_of(&feed.library, &["feeds"]).lines().all(|line| line.contains("due in ")));
}

#[test]
fn what_add_was_told_is_kept_as_after_a_fetch() {
    let (library, server) = (Library::new(), FeedServer::start());
    library.config(EAGER);
    server.serve_with("/feed", Behaviour::of(rss("<ttl>90</ttl>")));
    output_of(&library, &["add", &server.url("/feed")]);
    let feed = Followed { library, server };
    let health = feed.health();
    let moment = |key: &str| -> newsterm::model::Timestamp { health[key].as_str().unwrap().parse().unwrap() };
    assert_eq!(health["status"], 200);
    assert_eq!(moment("next_due").as_second() - moment("checked").as_second(), 90 * 60);
    assert_eq!(feed.fetch(&["--due"]), 1);
}
