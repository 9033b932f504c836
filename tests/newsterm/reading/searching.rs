//! Searching all entries from within the reader.

use super::*;

#[test]
fn hits_come_as_they_are_typed_and_leaving_goes_back() {
    let (library, _server) = library_of(&["Alpha rises", "Beta falls", "Gamma rises"]);
    let reader = open_wide(&library);
    reader.wait_for("Beta falls");
    reader.press("/ris");
    reader.wait_until(|screen| screen.has("Gamma rises") && !screen.has("Beta falls"));
    reader.press("\x1b");
    reader.wait_until(|screen| screen.has("Beta falls") && screen.has("Unread · 3"));
    reader.press("/title:beta OR gamma\r");
    reader.wait_until(|screen| screen.has("Search: title:beta OR gamma") && !screen.has("Alpha rises"));
    reader.press("jm");
    reader.wait_for("Unread             ");
    reader.press("/ is:unread)");
    reader.wait_for("closes nothing");
    reader.press("\x1b");
    reader.wait_until(|screen| !screen.has("closes nothing"));
    reader.press("\x03");
    let mut reader = reader;
    assert_eq!(reader.wait_exit(), 0);
    let reader = open_wide(&library);
    reader.wait_until(|screen| screen.has("Search: ") && screen.has("Gamma rises"));
    reader.press("/\x15nowhere\r");
    reader.wait_for("Nothing found.");
    reader.press("\x1b");
    reader.wait_for("Unread · ");
    quit(reader);
}

#[test]
fn a_search_is_kept_in_the_sidebar_with_its_count_changed_and_removed() {
    let (library, server) = library_of(&["Alpha rises", "Beta falls", "Gamma rises"]);
    let reader = open_wide(&library);
    reader.wait_for("Beta falls");
    reader.press("/rises\r");
    reader.wait_until(|screen| screen.has("Search: rises") && !screen.has("Beta falls"));
    reader.press("gk");
    reader.wait_for("keep the search as:");
    reader.press("Risen\r");
    reader.wait_until(|screen| screen.has("kept in the sidebar") && screen.has("Risen · 2"));
    reader.press("m");
    reader.wait_for("Risen · 1");
    server.serve(
        "/feed.xml",
        feed_of("Kernel Post", &["Delta rises", "Alpha rises", "Beta falls", "Gamma rises"]),
    );
    reader.press("R");
    reader.wait_for("Risen · 2");
    reader.press("E");
    reader.wait_for("Edit the query");
    reader.press("jj\r");
    reader.wait_for("new entries: ");
    reader.press("tag:up\r");
    reader.wait_for("changed — u takes it back");
    reader.press("\x1b");
    reader.wait_until(|screen| !screen.has("Edit the query"));
    server.serve("/feed.xml", feed_of("Kernel Post", &["Epsilon rises", "Delta rises"]));
    reader.press("R");
    reader.wait_for("Risen · 3");
    reader.press("gg");
    reader.wait_until(|screen| screen.has("Epsilon rises") && screen.has("#up"));
    reader.press("d");
    reader.wait_until(|screen| screen.has("removed Risen") && screen.has("Unread · "));
    reader.press("u");
    reader.wait_for("Risen  ");
    quit(reader);
}

#[test]
fn entries_are_tagged_by_a_key_and_taken_back() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    let reader = open_wide(&library);
    reader.wait_for("Beta");
    reader.press("T");
    reader.wait_for("parted by commas");
    reader.press("later\r");
    reader.wait_until(|screen| screen.has("tagged later") && screen.has("│  #later"));
    reader.press("l");
    reader.press("q");
    reader.press("jT");
    reader.wait_for("parted by commas");
    reader.press("la\t\r");
    reader.wait_for("tagged later");
    reader.press("u");
    reader.wait_for("took back: tagged later");
    reader.press("u");
    reader.wait_for("took back: marked read");
    reader.press("u");
    reader.wait_until(|screen| !screen.has("#later"));
    quit(reader);
}
