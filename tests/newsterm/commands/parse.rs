//! `newsterm parse`.

use super::*;

fn parsed(arguments: &[&str], code: i32) -> Vec<Value> {
    let library = Library::new();
    library.file("good.xml", feed_of("Kernel Post", &["Alpha"]));
    library.file("bad.xml", "<!doctype html><html><body>Hello</body></html>");
    library.file("links.xml", feed_with("Links", &[("Alpha", "<a href=\"/more\">more</a>")]));
    let ended = library.newsterm(&[&["parse", "--json"], arguments].concat()).assert().code(code);
    assert!(!library.path().join("library.db").exists());
    json_lines(&String::from_utf8(ended.get_output().stdout.clone()).unwrap())
}

#[test]
fn a_feed_file_is_a_line_of_json() {
    let line = &parsed(&["good.xml"], 0)[0];
    assert_eq!((fields_of(line), text(&line["file"])), (vec!["feed", "file"], "good.xml"));
    let feed = &line["feed"];
    assert_eq!(fields_of(feed), ["description", "entries", "format", "link", "title"]);
    assert_eq!((text(&feed["format"]), text(&feed["title"])), ("atom", "Kernel Post"));
    let expected = serde_json::json!({
        "id": "urn:alpha", "title": "Alpha", "link": "http://site.test/alpha", "authors": ["Jo Writer"],
        "published": "2025-01-06T12:00:00Z", "updated": "2025-01-06T12:00:00Z", "summary": null,
        "content_html": "<p>All about Alpha.</p>", "enclosures": [], "tags": [],
    });
    assert_eq!(feed["entries"], serde_json::json!([expected]));
}

#[test]
fn a_file_that_is_no_feed_is_a_line_with_its_error() {
    let lines = parsed(&["bad.xml", "missing.xml"], 1);
    assert_eq!(fields_of(&lines[0]), ["error", "file"]);
    assert_eq!(text(&lines[0]["error"]), "not a feed: it is a web page");
    assert!(text(&lines[1]["error"]).starts_with("cannot be read"));
}

#[test]
fn files_are_read_in_order_past_a_bad_one() {
    let lines = parsed(&["bad.xml", "good.xml", "links.xml"], 1);
    let files: Vec<&str> = lines.iter().map(|line| text(&line["file"])).collect();
    assert_eq!(files, ["bad.xml", "good.xml", "links.xml"]);
    assert!(lines[1]["feed"].is_object());
}

#[test]
fn links_are_completed_by_the_address_of_the_feed() {
    let line = &parsed(&["--url", "http://feed.test/all.xml", "links.xml"], 0)[0];
    let html = text(&line["feed"]["entries"][0]["content_html"]);
    assert!(html.contains("href=\"http://feed.test/more\""), "{html}");
}
