//! `newsterm fetch`.

use super::*;

#[test]
fn a_fetch_sums_up_what_came() {
    let (library, server) = library_of(&["Beta"]);
    server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha", "Beta"]));
    assert_eq!(output_of(&library, &["fetch"]), "1 new entry · 1 feed\n");
    assert_eq!(output_of(&library, &["fetch"]), "0 new entries · 1 feed\n");
}

#[test]
fn a_changed_entry_is_counted_and_stays_one() {
    let (library, server) = library_of(&["Alpha"]);
    server.serve("/feed.xml", feed_with("Kernel Post", &[("Alpha", "<p>Corrected.</p>")]));
    assert_eq!(output_of(&library, &["fetch"]), "0 new entries · 1 feed · 1 changed\n");
    assert_eq!(titles(&library, ""), ["Alpha"]);
    assert!(output_of(&library, &["show", "1"]).contains("Corrected."));
}

#[test]
fn each_feed_is_a_line_of_json() {
    let (library, server) = library_of(&["Alpha"]);
    follow(&library, &server, "/gone.xml", &feed_of("Courier", &["Beta"]));
    server.serve("/feed.xml", feed_of("Kernel Post", &["Newer", "Alpha"]));
    server.serve_with("/gone.xml", Behaviour::status(410));
    let ended = library.newsterm(&["fetch", "--json"]).assert().code(3).stderr(is_empty());
    let mut lines = json_lines(&String::from_utf8(ended.get_output().stdout.clone()).unwrap());
    lines.sort_by_key(|line| line["feed"].as_i64());
    let (good, bad) = (&lines[0], &lines[1]);
    assert_eq!(fields_of(good), ["changed", "feed", "new", "outcome", "title", "url"]);
    assert_eq!((text(&good["outcome"]), &good["new"]), ("updated", &Value::from(1)));
    assert_eq!(
        (text(&bad["outcome"]), text(&bad["error"])),
        ("failed", "the server says 410 Gone: it will not come back")
    );
    assert_eq!(text(&bad["url"]), server.url("/gone.xml"));
}

#[test]
fn one_bad_feed_stops_no_other() {
    let (library, server) = library_of(&["Beta"]);
    follow(&library, &server, "/bad.xml", &feed_of("Courier", &["Old"]));
    server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha", "Beta"]));
    server.serve_with("/bad.xml", Behaviour::status(500));
    let ended = library.newsterm(&["fetch"]).assert().code(3);
    assert_says(&ended, "Courier: the server says 500 Internal Server Error");
    ended.stdout("1 new entry · 2 feeds · 1 failed\n");
    assert_eq!(titles(&library, ""), ["Alpha", "Old", "Beta"]);
}

#[test]
fn a_fetch_of_which_nothing_came_has_failed() {
    let (library, server) = library_of(&["Alpha"]);
    server.serve_with("/feed.xml", Behaviour::status(500));
    library.newsterm(&["fetch"]).assert().code(1);
}

#[test]
fn a_person_sees_how_far_a_fetch_is() {
    let (library, server) = library_of(&["Beta"]);
    let gate = Gate::closed();
    let newer = Behaviour::of(feed_of("Kernel Post", &["Alpha", "Beta"])).behind(&gate);
    server.serve_with("/feed.xml", newer);
    let mut fetch = library.open_with(&["fetch"], 80, 24);
    fetch.wait_for(" 0/1");
    gate.open();
    fetch.wait_until(|screen| screen.has("1 new entry · 1 feed") && !screen.has("/1"));
    assert_eq!(fetch.wait_exit(), 0);
}

#[test]
fn only_the_feeds_named_are_fetched() {
    let (library, server) = library_of(&["Alpha"]);
    follow(&library, &server, "/other.xml", &feed_of("Courier", &["Beta"]));
    output_of(&library, &["fetch", "courier"]);
    assert_eq!((server.asked("/feed.xml").len(), server.asked("/other.xml").len()), (1, 2));
}

#[test]
fn a_name_that_no_feed_or_more_than_one_has_is_refused() {
    let (library, server) = library_of(&["Alpha"]);
    follow(&library, &server, "/other.xml", &feed_of("Morning Post", &["Beta"]));
    let nobody = library.newsterm(&["fetch", "nobody"]).assert().code(1);
    assert_says(&nobody, "no feed is called \"nobody\"");
    let both = library.newsterm(&["fetch", "post"]).assert().code(1);
    assert_says(&both, "several feeds are called \"post\"");
}

#[test]
fn the_server_is_told_what_is_here_already() {
    let (library, server) = (Library::new(), FeedServer::start());
    let feed = Behaviour::of(feed_of("Kernel Post", &["Alpha"]));
    server.serve_with("/feed.xml", feed.header("last-modified", "Mon, 06 Jan 2025 12:00:00 GMT"));
    output_of(&library, &["add", &server.url("/feed.xml")]);
    let lines = json_of(&library, &["fetch", "--json"]);
    assert_eq!(text(&lines[0]["outcome"]), "not_modified");
    let asked = &server.asked("/feed.xml");
    assert_eq!(asked[0].header("if-none-match"), None);
    assert!(asked[1].header("if-none-match").unwrap().starts_with('"'));
    assert_eq!(asked[1].header("if-modified-since"), Some("Mon, 06 Jan 2025 12:00:00 GMT"));
    assert!(asked[1].header("user-agent").unwrap().starts_with("newsterm/"));
}

#[test]
fn a_feed_that_was_fetched_just_now_is_not_due() {
    let (library, server) = library_of(&["Alpha"]);
    assert_eq!(output_of(&library, &["fetch", "--due"]), "0 new entries · 0 feeds\n");
    assert_eq!(server.asked("/feed.xml").len(), 1);
}

#[test]
fn offline_no_server_is_asked() {
    let (library, server) = library_of(&["Alpha"]);
    let ended = library.newsterm(&["--offline", "fetch"]).assert().code(1);
    assert_says(&ended, "newsterm is offline");
    assert_eq!(server.asked("/feed.xml").len(), 1);
}

#[test]
fn being_offline_is_no_fault_of_a_feed() {
    let (library, _server) = library_of(&["Alpha"]);
    let before = output_of(&library, &["feeds", "--json"]);
    library.newsterm(&["--offline", "fetch"]).assert().code(1);
    assert_eq!(output_of(&library, &["feeds", "--json"]), before);
}

#[test]
fn a_feed_followed_offline_is_due_afterwards() {
    let (library, server) = (Library::new(), FeedServer::start());
    server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha"]));
    output_of(&library, &["--offline", "add", &server.url("/feed.xml")]);
    library.newsterm(&["--offline", "fetch", "--due"]).assert().code(1);
    assert_eq!(output_of(&library, &["fetch", "--due"]), "1 new entry · 1 feed\n");
}

#[test]
fn a_library_without_feeds_has_nothing_to_fetch() {
    let library = Library::new();
    assert_eq!(output_of(&library, &["fetch"]), "0 new entries · 0 feeds\n");
}
