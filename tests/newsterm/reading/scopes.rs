//! Going from list to list.

use super::*;

#[test]
fn a_key_shows_unread_entries_only_or_all() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    output_of(&library, &["mark", "--read", &number_of(&library, "Alpha")]);
    let reader = open_wide(&library);
    assert!(!reader.screen().contains("Alpha"));
    reader.press("U");
    reader.wait_until(|screen| screen.has("All · 2") && screen.has("Alpha"));
    reader.press("U");
    reader.wait_until(|screen| screen.has("Unread · 1") && !screen.has("Alpha"));
    quit(reader);
}

#[test]
fn keys_go_from_feed_to_feed_with_unread_entries() {
    let (library, server) = library_of(&["Alpha"]);
    follow(&library, &server, "/quiet.xml", &feed_of("Quiet", &["Beta"]));
    follow(&library, &server, "/courier.xml", &feed_of("Courier", &["Gamma", "Delta"]));
    output_of(&library, &["mark", "--read", "--query", "feed:quiet"]);
    let reader = open_wide(&library);
    reader.press("J");
    reader.wait_for("Kernel Post · 1");
    reader.press("J");
    reader.wait_until(|screen| screen.has("Courier · 2") && screen.has("Gamma") && !screen.has("Alpha"));
    reader.press("K");
    reader.wait_for("Kernel Post · 1");
    quit(reader);
}

#[test]
fn feeds_and_folders_stand_in_the_sidebar() {
    let (library, server) = (Library::new(), FeedServer::start());
    server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha"]));
    output_of(&library, &["add", &server.url("/feed.xml"), "--folder", "Computers"]);
    let reader = open_wide(&library);
    reader.wait_for("▾ Computers");
    reader.press("h");
    // Past All and Saved to the folder, whose entries are shown then.
    reader.press("jjj");
    reader.wait_for("Computers · 1");
    quit(reader);
}

#[test]
fn new_entries_wait_for_the_one_who_is_down_the_list() {
    let (library, server) = library_of(&["Beta", "Gamma"]);
    let reader = open_wide(&library);
    server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha", "Beta", "Gamma"]));
    reader.press("G");
    reader.wait_for("All about Gamma.");
    reader.press("R");
    reader.wait_for("1 new, gg");
    assert!(!reader.screen().contains("Alpha"));
    reader.press("gg");
    reader.wait_for("Alpha");
    quit(reader);
}

#[test]
fn a_feed_that_fails_shows_and_stops_no_other() {
    let (library, server) = library_of(&["Beta"]);
    follow(&library, &server, "/bad.xml", &feed_of("Courier", &["Old"]));
    server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha", "Beta"]));
    server.serve_with("/bad.xml", Behaviour::status(500));
    let reader = open_wide(&library);
    reader.press("R");
    reader.wait_until(|screen| screen.has("1 new entry · 1 feed failed") && screen.has("Alpha"));
    reader.wait_until(|screen| {
        screen.text().lines().any(|line| line.contains("Courier") && line.contains(" !"))
    });
    quit(reader);
}

#[test]
fn one_feed_is_fetched_alone() {
    let (library, server) = library_of(&["Alpha"]);
    follow(&library, &server, "/other.xml", &feed_of("Courier", &["Beta"]));
    let reader = open_wide(&library);
    reader.press("r");
    reader.wait_for("nothing new");
    quit(reader);
    assert_eq!((server.asked("/feed.xml").len(), server.asked("/other.xml").len()), (1, 2));
}
