//! What the settings let go, behind a fetch.

use rusqlite::Connection;

use super::*;

/// Makes all marks a month old: what was marked lately stays.
fn let_a_month_pass(library: &Library) {
    let library = Connection::open(library.path().join("library.db")).unwrap();
    library.execute_batch("UPDATE journal SET at = at - 30 * 24 * 3600").unwrap();
}

fn read_all(library: &Library) {
    output_of(library, &["mark", "--read", "--query", ""]);
    let_a_month_pass(library);
}

#[test]
fn what_is_over_the_limit_goes_behind_a_fetch_and_does_not_come_back() {
    let (library, server) = library_of(&["Alpha", "Beta", "Gamma"]);
    library.config("[keep]\ncount = 1\n");
    output_of(&library, &["fetch"]);
    assert_eq!(titles(&library, ""), ["Alpha", "Beta", "Gamma"], "what is unread stays");
    read_all(&library);
    output_of(&library, &["mark", "--save", &number_of(&library, "Beta")]);
    let_a_month_pass(&library);
    output_of(&library, &["fetch"]);
    assert_eq!(titles(&library, ""), ["Alpha", "Beta"], "what is saved stays");
    assert_eq!(json_of(&library, &["search", "--json", "gamma"]), Vec::<Value>::new());
    server.serve("/feed.xml", feed_of("Kernel Post", &["News", "Alpha", "Beta", "Gamma"]));
    assert_eq!(output_of(&library, &["fetch"]), "1 new entry · 1 feed\n");
    assert_eq!(titles(&library, ""), ["News", "Beta"]);
}

#[test]
fn a_feed_may_keep_more_or_less_than_the_others() {
    let (library, server) = library_of(&["Alpha", "Beta", "Gamma"]);
    follow(&library, &server, "/other.xml", &feed_of("Mill Post", &["Otter", "Heron"]));
    library.config("[keep]\nage = \"30d\"\n");
    output_of(&library, &["set", "Mill Post", "keep_age=forever"]);
    output_of(&library, &["set", "Kernel Post", "keep_count=2"]);
    let shown = output_of(&library, &["set", "Mill Post"]);
    assert!(shown.contains("keep_age=forever\n"), "{shown}");
    read_all(&library);
    output_of(&library, &["fetch"]);
    // All of them are of January 2025.
    assert_eq!(titles(&library, ""), ["Otter", "Heron"]);
    output_of(&library, &["undo"]);
    output_of(&library, &["undo"]);
    assert_eq!(titles(&library, "is:unread"), ["Otter", "Heron"], "what went is not unread again");
}

#[test]
fn the_reader_lets_go_behind_a_refresh_too() {
    let (library, _server) = library_of(&["Alpha", "Beta", "Gamma"]);
    read_all(&library);
    library.config("[keep]\ncount = 1\n");
    let mut reader = library.open(150, 40);
    reader.wait_for("All read");
    reader.press("U");
    reader.wait_for("Gamma");
    reader.press("R");
    reader.wait_until(|screen| !screen.has("Gamma"));
    reader.press("q");
    assert_eq!(reader.wait_exit(), 0);
    assert_eq!(titles(&library, ""), ["Alpha"]);
}

#[test]
fn limits_that_cannot_be_meant_keep_everything() {
    let library = Library::new();
    library.config("[keep]\nage = \"90m\"\ncount = -1\nsize = \"2\"\n");
    let ended = library.newsterm(&["config"]).assert().code(3);
    let said = String::from_utf8_lossy(&ended.get_output().stderr).into_owned();
    for words in ["from a day on", "0 for all", "such as \"500MB\""] {
        assert!(said.contains(words), "{said}");
    }
    let shown = String::from_utf8_lossy(&ended.get_output().stdout).into_owned();
    assert!(shown.contains("keep.age = \"forever\"") && shown.contains("keep.size = \"none\""), "{shown}");
}
