//! Marks by key, and taking them back.

use super::*;

#[test]
fn what_another_process_changes_is_seen() {
    let (library, server) = library_of(&["Alpha", "Beta"]);
    let reader = open_wide(&library);
    reader.wait_for("Unread · 2");
    output_of(&library, &["mark", "--read", &number_of(&library, "Beta")]);
    reader.wait_for("Unread · 1");
    server.serve("/feed.xml", feed_of("Kernel Post", &["Gamma", "Alpha", "Beta"]));
    output_of(&library, &["fetch"]);
    reader.wait_until(|screen| screen.has("Unread · 2") && screen.has("1 new, gg"));
    reader.press("gg");
    reader.wait_for("Gamma");
    quit(reader);
}

#[test]
fn a_key_marks_read_and_unread_again() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    let reader = open_wide(&library);
    reader.press("m");
    reader.wait_until(|screen| screen.has("marked read") && screen.has("Unread · 1"));
    reader.press("m");
    reader.wait_until(|screen| screen.has("marked unread") && screen.has("Unread · 2"));
    reader.press("jm");
    reader.wait_for("Unread · 1");
    quit(reader);
    assert_eq!(titles(&library, "is:read"), ["Beta"]);
}

#[test]
fn a_read_entry_stays_in_unread_until_the_scope_is_left() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    let reader = open_wide(&library);
    reader.press("m");
    reader.wait_for("Unread · 1");
    assert!(reader.screen().contains("Alpha") && !reader.is_bold("Alpha"));
    reader.press("UU");
    reader.wait_until(|screen| screen.has("Unread · 1") && !screen.has("Alpha"));
    quit(reader);
}

#[test]
fn a_mark_on_its_way_to_the_disk_shows_in_a_list_that_is_loaded_meanwhile() {
    let (library, _server) = library_of(&["Alpha", "Beta", "Gamma", "Delta", "Omega"]);
    let reader = open_wide(&library);
    for (unread, next) in [(4, "Beta"), (3, "Gamma"), (2, "Delta"), (1, "Omega")] {
        reader.press("mUU");
        reader.wait_until(|screen| {
            screen.has(&format!("Unread · {unread}")) && screen.has(&format!("All about {next}."))
        });
        reader.wait_until(|screen| screen.text().matches('●').count() == unread);
    }
    quit(reader);
}

#[test]
fn a_key_saves_and_lets_go_again() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    let reader = open_wide(&library);
    reader.press("s");
    reader.wait_until(|screen| screen.has("saved") && screen.has("★"));
    reader.press("js");
    reader.wait_until(|screen| screen.text().matches('★').count() == 2);
    reader.press("s");
    reader.wait_until(|screen| screen.text().matches('★').count() == 1);
    quit(reader);
    assert_eq!(titles(&library, "is:saved"), ["Alpha"]);
}

#[test]
fn a_list_is_marked_read_and_taken_back_and_done_again() {
    let (library, _server) = library_of(&["Alpha", "Beta", "Gamma"]);
    let reader = open_wide(&library);
    reader.press("A");
    reader.wait_until(|screen| {
        screen.has("marked read · 3 entries in Unread — u takes it back") && screen.has("Unread · 0")
    });
    assert_eq!(titles(&library, "is:read").len(), 3);
    reader.press("u");
    reader.wait_until(|screen| screen.has("took back: marked read · 3 entries") && screen.has("Unread · 3"));
    assert_eq!(titles(&library, "is:unread").len(), 3);
    reader.press("<c-r>");
    reader.wait_until(|screen| screen.has("did again: marked read · 3 entries") && screen.has("Unread · 0"));
    quit(reader);
    assert_eq!(titles(&library, "is:read"), ["Alpha", "Beta", "Gamma"]);
}

#[test]
fn a_list_that_is_marked_read_covers_what_is_not_loaded() {
    let headlines: Vec<String> = (0..700).map(|number| format!("Headline {number:03}")).collect();
    let (library, _server) = library_of(&headlines.iter().map(String::as_str).collect::<Vec<_>>());
    let reader = open_wide(&library);
    reader.press("A");
    reader.wait_for("marked read · 700 entries");
    quit(reader);
    assert!(titles(&library, "is:unread").is_empty());
}

#[test]
fn marks_and_their_undoing_outlive_a_restart() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    let reader = open_wide(&library);
    reader.press("mjs");
    reader.wait_until(|screen| screen.has("Unread · 1") && screen.has("★"));
    quit(reader);

    let reader = library.open(150, 40);
    reader.wait_for("★");
    assert!(!reader.screen().contains("Alpha"));
    reader.press("u");
    reader.wait_until(|screen| screen.has("took back: saved · 1 entry") && !screen.has("★"));
    reader.press("u");
    reader.wait_until(|screen| screen.has("took back: marked read · 1 entry") && screen.has("Alpha"));
    quit(reader);
    assert_eq!((titles(&library, "is:unread").len(), titles(&library, "is:saved").len()), (2, 0));

    let reader = open_wide(&library);
    reader.press("<c-r>");
    reader.wait_for("did again: marked read · 1 entry");
    quit(reader);
    assert_eq!(titles(&library, "is:read"), ["Alpha"]);
}

#[test]
fn nothing_to_take_back_is_said() {
    let library = Library::new();
    let reader = open_wide(&library);
    reader.press("u");
    reader.wait_for("nothing to take back");
    quit(reader);
}

#[test]
fn several_headlines_are_marked_together_and_taken_back_together() {
    let (library, _server) = library_of(&["Alpha", "Beta", "Gamma"]);
    let reader = open_wide(&library);
    reader.press("vj");
    reader.wait_for("2 headlines: m marks");
    reader.press("m");
    reader.wait_until(|screen| screen.has("Unread · 1") && screen.has("marked read · 2 entries"));
    reader.press("u");
    reader.wait_for("Unread · 3");
    quit(reader);
}

#[test]
fn what_stands_above_and_below_is_marked_and_taken_back() {
    let (library, _server) = library_of(&["Alpha", "Beta", "Gamma", "Delta"]);
    let reader = open_wide(&library);
    reader.press("j}");
    reader.wait_for("marked read · 2 entries");
    assert_eq!(titles(&library, "is:unread").len(), 2);
    reader.press("{");
    reader.wait_for("marked read · 1 entry");
    assert_eq!(titles(&library, "is:unread").len(), 1);
    reader.press("uu");
    reader.wait_for("took back: marked read · 2 entries");
    assert_eq!(titles(&library, "is:unread").len(), 4);
    quit(reader);
}
