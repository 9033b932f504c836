//! `newsterm query` and `newsterm mark --tag`: queries that are kept, rules, tags.

use super::*;

#[test]
fn a_query_is_kept_listed_changed_removed_and_brought_back() {
    let (library, _server) = library_of(&["Alpha"]);
    output_of(&library, &["query", "add", "Rain", "rain -snow"]);
    let ended = library.newsterm(&["query", "add", "rain", "hail"]).assert().code(1);
    assert_says(&ended, "another query has that title");
    assert_eq!(output_of(&library, &["query", "list"]), "Rain: rain -snow\n");
    output_of(&library, &["query", "set", "rain", "--rename", "Wet", "--do", "tag:wet, read"]);
    let kept = json_of(&library, &["query", "list", "--json"]);
    assert_eq!((kept[0]["title"].as_str(), kept[0]["do"].as_str()), (Some("Wet"), Some("read, tag:wet")));
    output_of(&library, &["query", "remove", "Wet"]);
    assert_eq!(output_of(&library, &["query", "list"]), "");
    assert_eq!(output_of(&library, &["undo"]), "took back: removed · 1 query\n");
    assert!(output_of(&library, &["query", "list"]).starts_with("Wet"));
    library.newsterm(&["query", "add", "Broken", "("]).assert().code(2);
    let ended = library.newsterm(&["query", "add", "X", "rain", "--do", "delete"]).assert().code(2);
    ended.stderr(contains("possible are read, save"));
    library.newsterm(&["query", "remove", "Nobody"]).assert().code(1);
}

#[test]
fn a_rule_does_what_it_says_with_new_entries_and_leaves_its_trace() {
    let (library, server) = library_of(&["Old noise"]);
    output_of(&library, &["query", "add", "Noise", "title:noise", "--do", "hide,read"]);
    output_of(&library, &["query", "add", "Alpha", "alpha", "--do", "highlight,save,tag:later"]);
    server.serve("/feed.xml", feed_of("Kernel Post", &["New noise", "Alpha", "Beta", "Old noise"]));
    let said = output_of(&library, &["fetch"]);
    assert!(said.contains("3 new entries") && said.contains("Noise: 1 entry"), "{said}");
    assert_eq!(titles(&library, ""), ["Old noise", "Alpha", "Beta"], "what was there is not new");
    assert_eq!(titles(&library, "is:hidden"), ["New noise"]);
    assert_eq!(titles(&library, "is:highlighted tag:LATER is:saved"), ["Alpha"]);
    let shown = output_of(&library, &["show", &number_of(&library, "Alpha")]);
    assert!(shown.contains("Rule Alpha: save, tag:later, highlight"), "{shown}");
    assert_eq!(output_of(&library, &["undo"]), "took back: kept · 1 query\n");
}

#[test]
fn a_rule_is_previewed_and_run_over_what_is_there_as_one_step() {
    let (library, _server) = library_of(&["Old noise", "Alpha"]);
    output_of(&library, &["query", "add", "Noise", "title:noise", "--do", "hide,read"]);
    let preview = output_of(&library, &["query", "preview", "noise"]);
    assert!(preview.starts_with("would do: read, hide · 1 entry\n") && preview.contains("Old noise"));
    assert_eq!(titles(&library, "").len(), 2, "nothing is done yet");
    assert_eq!(output_of(&library, &["query", "run", "noise"]), "Noise: read, hide · 1 entry\n");
    assert_eq!(titles(&library, ""), ["Alpha"]);
    output_of(&library, &["undo"]);
    assert_eq!(titles(&library, "is:unread").len(), 2);
    output_of(&library, &["query", "add", "Plain", "alpha"]);
    assert_says(&library.newsterm(&["query", "run", "plain"]).assert().code(1), "does nothing");
}

#[test]
fn tags_are_given_and_taken_by_number_and_query() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    let alpha = number_of(&library, "Alpha");
    assert_eq!(output_of(&library, &["mark", "--tag", "two words", &alpha]), "tagged two words · 1 entry\n");
    assert_eq!(
        output_of(&library, &["mark", "--tag", "all", "--query", "is:unread"]),
        "tagged all · 2 entries\n"
    );
    assert_eq!(titles(&library, "tag:\"two words\""), ["Alpha"]);
    let listed = json_of(&library, &["list", "--json", "alpha"]);
    assert_eq!(listed[0]["tags"], serde_json::json!(["all", "two words"]));
    output_of(&library, &["mark", "--untag", "ALL", "--query", "alpha"]);
    assert_eq!(titles(&library, "tag:all"), ["Beta"]);
    output_of(&library, &["undo"]);
    assert_eq!(titles(&library, "tag:all").len(), 2);
    library.newsterm(&["mark", "--tag", "a,b", "1"]).assert().code(2);
}
