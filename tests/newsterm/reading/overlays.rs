//! Help and catalogue.

use super::*;

#[test]
fn the_help_opens_and_closes() {
    let (library, _server) = library_of(&["Alpha"]);
    let reader = open_wide(&library);
    for close in ["<esc>", "q", "?"] {
        reader.press("?");
        reader.wait_until(|screen| screen.has(" Keys ") && screen.has("brings in new entries"));
        reader.press(close);
        reader.wait_until(|screen| !screen.has(" Keys ") && screen.has("Alpha"));
    }
    quit(reader);
}

#[test]
fn a_key_is_looked_for_in_the_help() {
    let (library, _server) = library_of(&["Alpha"]);
    let reader = open_wide(&library);
    reader.press("?");
    reader.wait_for(" Keys ");
    reader.press("/back");
    reader.wait_until(|screen| screen.has("Keys: back") && !screen.has("half a page down"));
    reader.press("<enter>");
    reader.press("<esc>");
    reader.wait_until(|screen| screen.has("half a page down"));
    reader.press("q");
    quit(reader);
}

#[test]
fn a_number_repeats_a_key_and_whoever_hesitates_is_told_what_follows() {
    let (library, _server) = library_of(&["Alpha"]);
    let reader = open_wide(&library);
    reader.press("2");
    reader.wait_for("2  ? help");
    reader.press("g");
    reader.wait_for("to all unread entries");
    reader.press("a");
    reader.wait_until(|screen| screen.has("All") && !screen.has("to all unread entries"));
    quit(reader);
}

#[test]
fn the_palette_finds_feeds_and_actions_by_some_of_their_letters() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    let reader = open_wide(&library);
    reader.press(":");
    reader.wait_for("Commands, feeds and folders");
    reader.press("kpost");
    reader.wait_until(|screen| screen.has(":kpost") && !screen.has("half a page"));
    reader.press("<enter>");
    reader.wait_until(|screen| !screen.has("Commands, feeds") && screen.has("│ Kernel Post"));
    reader.press(":");
    reader.wait_for("Commands, feeds and folders");
    reader.press("quit at once");
    reader.wait_for("ctrl-c");
    reader.press("<enter>");
    let mut reader = reader;
    assert_eq!(reader.wait_exit(), 0);
}

#[test]
fn an_offer_of_the_catalogue_is_followed_and_taken_back() {
    let (library, _server) = library_of(&["Alpha"]);
    let reader = library.open_with(&["--offline"], 150, 40);
    reader.wait_for("Alpha");
    reader.press("C");
    reader.wait_for("Feeds to begin with");
    assert!(!reader.screen().contains('✓'));
    reader.press("<enter>");
    reader.wait_for("✓");
    assert_eq!(json_of(&library, &["feeds", "--json"]).len(), 2);
    reader.press("u");
    reader.wait_until(|screen| !screen.has("✓"));
    reader.press("<esc>");
    reader.wait_until(|screen| !screen.has("Feeds to begin with") && screen.has("Alpha"));
    quit(reader);
    assert_eq!(json_of(&library, &["feeds", "--json"]).len(), 1);
}
