//! `newsterm remove`.

use super::*;

#[test]
fn a_removed_feed_is_gone_with_its_entries_and_undo_brings_back_its_marks() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    output_of(&library, &["mark", "--read", &number_of(&library, "Alpha")]);
    let before = (output_of(&library, &["list"]), output_of(&library, &["feeds", "--json"]));
    let said = output_of(&library, &["remove", "kernel"]);
    assert_eq!(said, "removed Kernel Post; newsterm undo brings it back\n");
    assert_eq!(output_of(&library, &["list"]), "");
    assert_eq!(output_of(&library, &["undo"]), "took back: removed · 1 feed · Kernel Post\n");
    assert_eq!((output_of(&library, &["list"]), output_of(&library, &["feeds", "--json"])), before);
}

#[test]
fn what_is_taken_back_is_named() {
    let (library, _server) = library_of(&["Alpha"]);
    output_of(&library, &["set", "1", "interval=2h", "paused=yes"]);
    for expected in ["changed · 2 settings · Kernel Post", "subscribed · 1 feed · Kernel Post"] {
        assert_eq!(output_of(&library, &["undo"]), format!("took back: {expected}\n"));
    }
    assert_eq!(output_of(&library, &["redo"]), "did again: subscribed · 1 feed · Kernel Post\n");
}

#[test]
fn a_removed_feed_is_not_fetched() {
    let (library, server) = library_of(&["Alpha"]);
    output_of(&library, &["remove", "1"]);
    output_of(&library, &["fetch"]);
    assert_eq!(server.asked("/feed.xml").len(), 1);
}

#[test]
fn a_name_that_is_wrong_removes_nothing() {
    let (library, _server) = library_of(&["Alpha"]);
    library.newsterm(&["remove", "kernel", "nobody"]).assert().code(1);
    assert_eq!(json_of(&library, &["feeds", "--json"]).len(), 1);
}

#[test]
fn a_feed_added_again_comes_with_its_marks() {
    let (library, server) = library_of(&["Alpha", "Beta"]);
    output_of(&library, &["mark", "--read", &number_of(&library, "Alpha")]);
    output_of(&library, &["remove", "kernel"]);
    output_of(&library, &["add", &server.url("/feed.xml")]);
    assert_eq!(
        (titles(&library, "is:read"), titles(&library, "")),
        (vec!["Alpha".to_owned()], vec!["Alpha".to_owned(), "Beta".to_owned()])
    );
}
