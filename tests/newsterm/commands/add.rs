//! `newsterm add`.

use super::*;

#[test]
fn a_feed_is_followed_and_fetched() {
    let (library, server) = (Library::new(), FeedServer::start());
    server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha", "Beta"]));
    let said = output_of(&library, &["add", &server.url("/feed.xml")]);
    assert_eq!(said, "added Kernel Post · 2 entries\n");
    assert_eq!(titles(&library, ""), ["Alpha", "Beta"]);
}

#[test]
fn a_feed_is_filed_in_a_folder_in_a_folder() {
    let (library, server) = (Library::new(), FeedServer::start());
    server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha"]));
    output_of(&library, &["add", &server.url("/feed.xml"), "--folder", "World/Asia"]);
    let feeds = json_of(&library, &["feeds", "--json"]);
    assert_eq!(feeds[0]["folder"], serde_json::json!(["World", "Asia"]));
}

#[test]
fn what_is_not_a_feed_is_refused_and_nothing_is_followed() {
    let (library, server) = (Library::new(), FeedServer::start());
    server.serve("/page", "<!doctype html><html><body>Hello</body></html>");
    let ended = library.newsterm(&["add", &server.url("/page")]).assert().code(1);
    assert_says(&ended, "/page: not a feed: it is a web page (give the address of the feed itself)");
    assert_eq!(output_of(&library, &["feeds", "--json"]), "");
}

#[test]
fn a_feed_that_is_known_is_not_asked_again() {
    let (library, server) = library_of(&["Alpha"]);
    let url = server.url("/feed.xml");
    assert_eq!(output_of(&library, &["add", &url]), format!("{url} is followed already\n"));
    assert_eq!(server.asked("/feed.xml").len(), 1);
}

#[test]
fn offline_a_feed_is_followed_without_a_look() {
    let (library, server) = (Library::new(), FeedServer::start());
    let url = server.url("/feed.xml");
    let said = output_of(&library, &["--offline", "add", &url]);
    assert_eq!(said, format!("added {url}; not fetched yet\n"));
    assert!(server.asked("/feed.xml").is_empty());
}

#[test]
fn only_web_addresses_are_taken() {
    let library = Library::new();
    for address in ["file:///etc/passwd", "gopher://old.test/", "not an address"] {
        let ended = library.newsterm(&["add", address]).assert().code(2);
        assert_says(&ended, &format!("\"{address}\" is not a web address"));
    }
}
