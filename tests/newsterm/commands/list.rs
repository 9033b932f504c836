//! `newsterm list`.

use super::*;

fn two_feeds() -> (Library, FeedServer) {
    let (library, server) = library_of(&["Alpha", "Gamma"]);
    follow(&library, &server, "/other.xml", &feed_of("Le Monde: diplo", &["Beta", "Delta"]));
    output_of(&library, &["mark", "--read", &number_of(&library, "Alpha")]);
    output_of(&library, &["mark", "--save", &number_of(&library, "Delta")]);
    (library, server)
}

#[test]
fn a_query_finds_by_status_and_by_feed() {
    let (library, _server) = two_feeds();
    let table: [(&str, &[&str]); 6] = [
        ("is:read", &["Alpha"]),
        ("is:saved", &["Delta"]),
        ("is:unread feed:kernel", &["Gamma"]),
        ("feed:\"Monde: d\"", &["Beta", "Delta"]),
        ("feed:nobody", &[]),
        ("is:read is:saved", &[]),
    ];
    for (query, expected) in table {
        assert_eq!(titles(&library, query), expected, "{query}");
    }
}

#[test]
fn entries_are_listed_newest_first_and_no_more_than_wanted() {
    let (library, _server) = library_of(&["Alpha", "Beta", "Gamma"]);
    let lines = output_of(&library, &["list", "--limit", "2"]);
    let shown: Vec<&str> = lines.lines().map(str::trim_start).collect();
    assert_eq!(
        shown,
        ["3 N 2025-01-06 12:00  Kernel Post: Alpha", "2 N 2025-01-06 11:00  Kernel Post: Beta"]
    );
}

#[test]
fn an_entry_is_a_line_of_json() {
    let (library, _server) = library_of(&["Alpha"]);
    let expected = serde_json::json!({
        "id": 1, "feed": 1, "outlet": "Kernel Post", "title": "Alpha", "link": "http://site.test/alpha",
        "time": "2025-01-06T12:00:00Z", "read": false, "saved": false, "tags": [], "highlighted": false,
    });
    assert_eq!(json_of(&library, &["list", "--json"]), [expected]);
}

#[test]
fn more_entries_than_a_window_holds_are_all_listed_once() {
    let headlines: Vec<String> = (0..1100).map(|number| format!("Headline {number:04}")).collect();
    let headlines: Vec<&str> = headlines.iter().map(String::as_str).collect();
    let (library, _server) = library_of(&headlines);
    assert_eq!(titles(&library, ""), headlines);
}

#[test]
fn a_query_that_cannot_be_read_says_what_is_possible() {
    let library = Library::new();
    let ended = library.newsterm(&["list", "is:unread", "is:old"]).assert().failure().stdout(is_empty());
    assert_says(&ended, "cannot read `is:old` at 11: possible are is:unread, is:read, is:saved, is:new");
}

#[test]
fn saved_entries_of_a_removed_feed_still_name_their_outlet() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    output_of(&library, &["mark", "--save", "1"]);
    output_of(&library, &["remove", "kernel"]);
    let entries = json_of(&library, &["list", "--json"]);
    assert_eq!(entries.len(), 1);
    assert_eq!(text(&entries[0]["outlet"]), "Kernel Post");
}

#[test]
fn nothing_in_a_feed_reaches_the_output_as_an_escape() {
    let (library, server) = (Library::new(), FeedServer::start());
    follow(&library, &server, "/evil.json", HOSTILE);
    let outputs =
        [&["list"][..], &["feeds"], &["show", "1"], &["show", "1", "--format", "markdown"], &["export"]];
    for arguments in outputs {
        let written = output_of(&library, arguments);
        assert!(written.contains("evil"), "{arguments:?}: {written}");
        assert!(!written.contains(|c: char| c.is_control() && c != '\n'), "{arguments:?}: {written:?}");
        assert!(!written.contains(['\u{202e}', '\u{2066}']), "{arguments:?}: {written:?}");
    }
}
