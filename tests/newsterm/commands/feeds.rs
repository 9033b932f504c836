//! `newsterm feeds`.

use super::*;

#[test]
fn a_feed_is_a_line_of_json() {
    let (library, server) = library_of(&["Alpha", "Beta"]);
    output_of(&library, &["mark", "--read", "1"]);
    let feed = &json_of(&library, &["feeds", "--json"])[0];
    let fields = [
        "checked",
        "dead_months",
        "entries",
        "failures",
        "feed",
        "folder",
        "held_until",
        "moved_to",
        "newest",
        "next_due",
        "per_week",
        "problem",
        "saved",
        "site",
        "state",
        "status",
        "succeeded",
        "title",
        "unread",
        "url",
    ];
    assert_eq!(fields_of(feed), fields);
    assert_eq!((&feed["entries"], &feed["unread"]), (&Value::from(2), &Value::from(1)));
    assert_eq!((text(&feed["title"]), text(&feed["url"])), ("Kernel Post", server.url("/feed.xml").as_str()));
    assert!(feed["problem"].is_null() && text(&feed["checked"]).ends_with('Z'));
}

#[test]
fn what_is_wrong_with_a_feed_is_said_until_it_is_well_again() {
    let (library, server) = library_of(&["Alpha"]);
    server.serve_with("/feed.xml", Behaviour::status(503));
    for _ in 0..2 {
        library.newsterm(&["fetch"]).assert().code(1);
    }
    let ill = &json_of(&library, &["feeds", "--json"])[0];
    assert_eq!(text(&ill["problem"]), "the server says 503 Service Unavailable");
    assert_eq!(ill["failures"], 2);
    server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha"]));
    output_of(&library, &["fetch"]);
    let well = &json_of(&library, &["feeds", "--json"])[0];
    assert!(well["problem"].is_null() && well["failures"] == 0);
}

#[test]
fn one_without_feeds_is_told_how_to_begin() {
    let library = Library::new();
    assert_eq!(output_of(&library, &["feeds"]), "no feeds yet; newsterm add URL follows one\n");
}
