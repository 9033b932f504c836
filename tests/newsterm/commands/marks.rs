//! `newsterm mark`, `undo` and `redo`.

use super::*;

#[test]
fn entries_are_marked_by_their_numbers() {
    let (library, _server) = library_of(&["Alpha", "Beta", "Gamma"]);
    let (alpha, gamma) = (number_of(&library, "Alpha"), number_of(&library, "Gamma"));
    assert_eq!(output_of(&library, &["mark", "--read", &alpha, &gamma]), "marked read · 2 entries\n");
    assert_eq!(titles(&library, "is:unread"), ["Beta"]);
    assert_eq!(output_of(&library, &["mark", "--unread", &alpha]), "marked unread · 1 entry\n");
    assert_eq!(titles(&library, "is:unread"), ["Alpha", "Beta"]);
}

#[test]
fn entries_are_marked_by_a_query() {
    let (library, server) = library_of(&["Alpha", "Beta"]);
    follow(&library, &server, "/other.xml", &feed_of("Courier", &["Gamma"]));
    assert_eq!(output_of(&library, &["mark", "--save", "--query", "feed:kernel"]), "saved · 2 entries\n");
    assert_eq!(titles(&library, "is:saved"), ["Alpha", "Beta"]);
    output_of(&library, &["mark", "--unsave", "--query", "is:saved"]);
    assert!(titles(&library, "is:saved").is_empty());
}

#[test]
fn a_number_that_no_entry_has_is_named_and_the_others_are_marked() {
    let (library, _server) = library_of(&["Alpha"]);
    let ended = library.newsterm(&["mark", "--read", "1", "77"]).assert().code(3);
    assert_says(&ended, "there is no entry 77");
    assert_eq!(titles(&library, "is:read"), ["Alpha"]);
    library.newsterm(&["mark", "--read", "77"]).assert().code(1);
}

#[test]
fn marks_are_taken_back_one_by_one_and_done_again() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    output_of(&library, &["mark", "--read", "1", "2"]);
    output_of(&library, &["mark", "--save", "1"]);
    assert_eq!(output_of(&library, &["undo"]), "took back: saved · 1 entry\n");
    assert_eq!(output_of(&library, &["undo"]), "took back: marked read · 2 entries\n");
    assert_eq!(titles(&library, "is:unread"), ["Alpha", "Beta"]);
    assert_eq!(output_of(&library, &["redo"]), "did again: marked read · 2 entries\n");
    assert_eq!(output_of(&library, &["redo"]), "did again: saved · 1 entry\n");
    assert_eq!(output_of(&library, &["redo"]), "nothing to do again\n");
    assert_eq!((titles(&library, "is:read").len(), titles(&library, "is:saved").len()), (2, 1));
}

#[test]
fn a_library_in_which_nothing_was_done_has_nothing_to_take_back() {
    let library = Library::new();
    assert_eq!(output_of(&library, &["undo"]), "nothing to take back\n");
}

#[test]
fn what_is_read_stays_read_when_the_feed_comes_again() {
    let (library, server) = library_of(&["Alpha"]);
    output_of(&library, &["mark", "--read", "1"]);
    server.serve("/feed.xml", feed_of("Kernel Post", &["Newer", "Alpha"]));
    output_of(&library, &["fetch"]);
    assert_eq!(titles(&library, "is:unread"), ["Newer"]);
}
