//! `newsterm show`.

use super::*;

const BODY: &str = "<h2>Part one</h2><p>Some <em>stressed</em> <a href=\"/more\">words</a>.</p>\
                        <script>alert(1)</script><ul><li>first</li></ul>";

fn shown(format: &str) -> String {
    let (library, server) = (Library::new(), FeedServer::start());
    follow(&library, &server, "/feed.xml", &feed_with("Kernel Post", &[("Alpha", BODY)]));
    output_of(&library, &["show", "1", "--format", format]).replace(&server.url(""), "http://feed.test")
}

#[test]
fn an_article_is_shown_as_text() {
    let shown = shown("text");
    let mut lines = shown.lines().filter(|line| !line.is_empty());
    assert_eq!(lines.next(), Some("Alpha"));
    assert!(lines.next().unwrap().starts_with("Kernel Post · Jo Writer · 6 Jan 2025, 12:00"), "{shown}");
    assert!(shown.contains("Part one") && shown.contains("Some stressed words."), "{shown}");
    assert!(!shown.contains("alert") && !shown.contains('<'), "{shown}");
}

#[test]
fn an_article_is_shown_as_markdown() {
    let shown = shown("markdown");
    assert!(shown.starts_with("# Alpha\n\nKernel Post · Jo Writer · 2025-01-06T12:00:00Z"), "{shown}");
    assert!(shown.contains("## Part one") && shown.contains("[words](http://feed.test/more)"), "{shown}");
    assert!(!shown.contains("alert"), "{shown}");
}

#[test]
fn an_article_is_shown_as_html() {
    let shown = shown("html");
    assert!(shown.starts_with("<!doctype html>") && shown.contains("<h1>Alpha</h1>"), "{shown}");
    assert!(shown.contains("href=\"http://feed.test/more\"") && !shown.contains("script"), "{shown}");
}

#[test]
fn an_article_is_shown_as_json() {
    let article: Value = serde_json::from_str(&shown("json")).unwrap();
    let fields = [
        "authors",
        "feed",
        "highlighted",
        "html",
        "id",
        "link",
        "outlet",
        "page",
        "published",
        "read",
        "rules",
        "saved",
        "shown",
        "standfirst",
        "tags",
        "text",
        "title",
    ];
    assert_eq!(fields_of(&article), fields);
    assert_eq!(fields_of(&article["feed"]), ["authors", "html", "standfirst", "text", "title"]);
    assert_eq!((&article["shown"], &article["page"]), (&"feed".into(), &Value::Null));
    assert_eq!(article["feed"]["html"], article["html"]);
    assert_eq!(article["authors"], serde_json::json!(["Jo Writer"]));
    assert!(text(&article["html"]).contains("<h2>Part one</h2>"));
    assert!(text(&article["text"]).contains("Some stressed words."));
}

#[test]
fn looking_at_an_article_marks_nothing() {
    let (library, _server) = library_of(&["Alpha"]);
    output_of(&library, &["show", "1"]);
    assert_eq!(titles(&library, "is:unread"), ["Alpha"]);
}

#[test]
fn an_entry_that_is_not_there_is_named() {
    let library = Library::new();
    let ended = library.newsterm(&["show", "7"]).assert().code(1);
    assert_says(&ended, "there is no entry 7; newsterm list shows their numbers");
}
