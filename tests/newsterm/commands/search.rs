//! `newsterm search`, and queries wherever entries are named by one.

use super::*;

fn library() -> (Library, FeedServer) {
    let (library, server) = (Library::new(), FeedServer::start());
    let entries = [
        ("Crème brûlée", "<p>It’s served <b>cold</b>. A spoon breaks the sugar.</p><img src=\"/a.png\">"),
        ("Sugar prices", "<p>They rose again, and nobody knows why the market would not settle.</p>"),
        ("日本語のニュース", "<p>東京で会議が開かれた。</p>"),
    ];
    follow(&library, &server, "/feed.xml", &feed_with("Kernel Post", &entries));
    (library, server)
}

#[test]
fn words_are_found_in_titles_and_texts_newest_first() {
    let (library, _server) = library();
    let table: [(&str, &[&str]); 9] = [
        ("sugar", &["Crème brûlée", "Sugar prices"]),
        ("title:sugar", &["Sugar prices"]),
        ("CREME", &["Crème brûlée"]),
        ("\"it's served cold\"", &["Crème brûlée"]),
        ("sugar -spoon", &["Sugar prices"]),
        ("spoon OR 東京", &["Crème brûlée", "日本語のニュース"]),
        ("author:writer mark*", &["Sugar prices"]),
        ("/^sugar/i words:>5 -has:image", &["Sugar prices"]),
        ("lang:ja", &["日本語のニュース"]),
    ];
    for (query, expected) in table {
        assert_eq!(titles(&library, query), expected, "{query}");
        let hits = json_of(&library, &["search", "--json", query]);
        let found: Vec<&str> = hits.iter().map(|hit| text(&hit["title"])).collect();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn a_hit_is_a_line_of_text_and_for_programs_where_the_words_stand() {
    let (library, _server) = library();
    let lines = output_of(&library, &["search", "spoon"]);
    assert_eq!(lines.trim(), "3 N 2025-01-06 12:00  Kernel Post: Crème brûlée");
    let hits = json_of(&library, &["search", "--json", "--limit", "1", "sugar"]);
    assert_eq!(text(&hits[0]["excerpt"]), "It’s served cold. A spoon breaks the sugar.");
    assert_eq!(hits[0]["excerpt_found"], serde_json::json!([[37, 42]]));
    assert_eq!(hits[0]["title_found"], serde_json::json!([]));
}

#[test]
fn what_fits_best_comes_first_where_that_is_asked() {
    let (library, _server) = library();
    let best = json_of(&library, &["search", "--json", "--best", "sugar"]);
    let found: Vec<&str> = best.iter().map(|hit| text(&hit["title"])).collect();
    assert_eq!(found, ["Sugar prices", "Crème brûlée"]);
    assert_eq!(titles(&library, "sugar sort:oldest"), ["Sugar prices", "Crème brûlée"]);
}

#[test]
fn entries_are_marked_by_any_query_and_that_is_one_step() {
    let (library, _server) = library();
    assert_eq!(
        output_of(&library, &["mark", "--read", "--query", "sugar is:unread"]).trim(),
        "marked read · 2 entries"
    );
    assert_eq!(titles(&library, "is:unread"), ["日本語のニュース"]);
    output_of(&library, &["undo"]);
    assert_eq!(titles(&library, "is:unread sugar").len(), 2);
}

#[test]
fn what_changed_is_found_by_its_new_words() {
    let (library, server) = library();
    assert_eq!(titles(&library, "market").len(), 1);
    server.serve("/feed.xml", feed_with("Kernel Post", &[("Sugar prices", "<p>They fell.</p>")]));
    output_of(&library, &["fetch", "--index"]);
    assert!(titles(&library, "market").is_empty());
    assert_eq!(titles(&library, "fell"), ["Sugar prices"]);
}

#[test]
fn a_mistake_is_wrong_usage_and_tells_its_place() {
    let library = Library::new();
    for (query, words) in [
        ("(rain", "the parenthesis opened at 1 is not closed"),
        ("foo:x", "there is no `foo:` (at 1): possible are title:WORD"),
        ("++", "`++` at 1 holds no word to look for"),
    ] {
        let ended = library.newsterm(&["search", query]).assert().code(2).stdout(is_empty());
        assert_says(&ended, words);
    }
    library.newsterm(&["search"]).assert().code(2);
}

#[test]
fn nothing_found_is_no_failure() {
    let (library, _server) = library();
    assert_eq!(output_of(&library, &["search", "nowhere"]), "");
}
