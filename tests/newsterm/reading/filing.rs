//! Following, editing, moving and removing feeds from the reader.

use super::*;

#[test]
fn a_page_is_looked_at_and_the_feed_that_is_chosen_followed() {
    let (library, server) = library_of(&["Alpha"]);
    let link = |path: &str| format!("<link rel=alternate type='application/rss+xml' href='{path}'>");
    server.serve("/site", format!("<!doctype html><title>Site</title>{}{}", link("/news"), link("/notes")));
    server.serve("/news", feed_of("News", &["Nova"]));
    server.serve("/notes", feed_of("Notes", &["Note"]));
    let reader = open_wide(&library);
    reader.press("a");
    reader.wait_for("address of a feed or page:");
    reader.press(&server.url("/site"));
    reader.press("<enter>");
    reader.wait_until(|screen| screen.has("Follow a feed") && screen.has("· Nova"));
    reader.press("j");
    reader.wait_for("· Note");
    reader.press("<enter>");
    reader.wait_until(|screen| !screen.has("Follow a feed") && screen.has("u takes it back"));
    reader.wait_for("Note");
    assert_eq!(server.asked("/notes").len(), 1, "it is followed as it was read");
    reader.press("u");
    reader.wait_for("took back: subscribed");
    quit(reader);
    assert_eq!(json_of(&library, &["feeds", "--json"]).len(), 1);
}

#[test]
fn an_address_that_leads_nowhere_can_be_mended() {
    let (library, server) = library_of(&["Alpha"]);
    server.serve("/other", feed_of("News", &["Nova"]));
    let reader = open_wide(&library);
    reader.press("a");
    reader.press(&server.url("/othe"));
    reader.press("<enter>");
    reader.wait_for("404");
    reader.press("r<enter>");
    reader.wait_for("· Nova");
    reader.press("<esc>");
    reader.wait_until(|screen| !screen.has("Follow a feed"));
    quit(reader);
    assert_eq!(json_of(&library, &["feeds", "--json"]).len(), 1);
}

#[test]
fn a_feed_is_renamed_filed_paused_and_all_taken_back() {
    let (library, _server) = library_of(&["Alpha"]);
    let reader = open_wide(&library);
    reader.press("E");
    reader.wait_for("Edit the feed");
    reader.press("<enter>");
    reader.wait_for("title: Kernel Post");
    reader.press(" daily<enter>");
    reader.wait_until(|screen| screen.has("changed title") && screen.has("Kernel Post daily"));
    reader.press("j<enter>");
    reader.wait_for("folder: ");
    reader.press("Tech/Linux<enter>");
    reader.wait_until(|screen| screen.has("changed folder") && screen.has("Tech/Linux"));
    reader.press("G<enter>");
    reader.wait_for("changed paused");
    reader.press("2k<enter>");
    reader.wait_for("refresh every: ");
    reader.press("soon<enter>");
    reader.wait_until(|screen| screen.has("interval: expected a span of time") && screen.has("every: soon"));
    reader.press("<esc>");
    reader.wait_until(|screen| !screen.has("expected a span of time"));
    reader.press("<esc>");
    reader.wait_until(|screen| !screen.has("Edit the feed"));
    let feeds = json_of(&library, &["feeds", "--json"]);
    let shown = feeds[0].to_string();
    assert!(shown.contains("Kernel Post daily") && shown.contains("Linux"), "{shown}");
    for _ in 0..3 {
        reader.press("u");
    }
    reader.wait_until(|screen| !screen.has("Kernel Post daily") && !screen.has("Tech"));
    quit(reader);
}

#[test]
fn a_feed_is_removed_in_the_sidebar_and_brought_back() {
    let (library, _server) = library_of(&["Alpha"]);
    let reader = open_wide(&library);
    reader.press("d");
    reader.wait_for("go to a feed or a folder to remove it");
    reader.press("hGd");
    reader.wait_until(|screen| screen.has("removed Kernel Post — u brings it back") && !screen.has("Alpha"));
    reader.press("u");
    reader.wait_for("Alpha");
    quit(reader);
}

#[test]
fn a_feed_is_taken_and_filed_in_another_folder() {
    let (library, server) = library_of(&["Alpha"]);
    server.serve("/b", feed_of("Beta", &["Nova"]));
    library.newsterm(&["add", &server.url("/b"), "--folder", "World"]).assert().success();
    let reader = open_wide(&library);
    reader.press("hGx");
    reader.wait_for("took Kernel Post");
    reader.press("kp");
    reader.wait_for("changed folder");
    reader.wait_until(|screen| screen.has("   Kernel Post"));
    quit(reader);
    let feeds = json_of(&library, &["feeds", "--json"]);
    assert!(feeds.iter().all(|feed| feed.to_string().contains("World")), "{feeds:?}");
}
