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
    let why = "/page: not a feed: it is a web page, and no feed was found for it (give the address of the feed itself)";
    assert_says(&ended, why);
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

/// Serves a site whose page names three feeds, the comments first, and one that is gone.
fn serve_site(server: &FeedServer) {
    let links = ["/comments/feed/", "/news.rss", "/sport.rss", "/gone.rss"]
        .map(|path| format!("<link rel=\"alternate\" type=\"application/rss+xml\" href=\"{path}\">"));
    server.serve("/", format!("<!doctype html><html><head>{}</head></html>", links.concat()));
    server.serve("/comments/feed/", feed_of("Comments", &["Me too"]));
    server.serve("/news.rss", feed_of("News", &["Alpha", "Beta"]));
    server.serve("/sport.rss", feed_of("Sport", &["Gamma"]));
}

#[test]
fn the_feed_of_a_site_is_found_by_its_address() {
    let (library, server) = (Library::new(), FeedServer::start());
    server.serve(
        "/",
        "<!doctype html><html><head><link rel=alternate type=application/atom+xml href=blog.atom>",
    );
    server.serve("/blog.atom", feed_of("Kernel Post", &["Alpha"]));
    let said = output_of(&library, &["add", &server.url("/")]);
    assert_eq!(said, format!("added Kernel Post · 1 entry · {}\n", server.url("/blog.atom")));
    assert_eq!(titles(&library, ""), ["Alpha"]);
    assert_eq!((server.asked("/").len(), server.asked("/blog.atom").len()), (1, 1));
}

#[test]
fn an_address_without_its_scheme_and_with_a_fragment_is_understood() {
    let (library, server) = library_of(&["Alpha"]);
    let bare = server.url("/feed.xml").replace("http://", "");
    for written in
        [bare.clone(), format!("{bare}#top"), format!("feed://{bare}"), format!("feed:http://{bare}")]
    {
        let said = output_of(&library, &["add", &written]);
        assert_eq!(said, format!("{} is followed already\n", server.url("/feed.xml")), "{written}");
    }
}

#[test]
fn of_several_feeds_none_is_followed_before_one_is_chosen() {
    let (library, server) = (Library::new(), FeedServer::start());
    serve_site(&server);
    let ended = library.newsterm(&["add", &server.url("/")]).assert().code(1);
    assert_says(&ended, "it has 3 feeds; choose one with --feed N");
    let listed = String::from_utf8(ended.get_output().stdout.clone()).unwrap();
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines.len(), 3, "{listed}");
    assert_eq!(lines[0], format!(" 1  News · atom · 2 · {}", server.url("/news.rss")));
    assert!(lines[2].starts_with(" 3  Comments"), "{listed}");
    assert_eq!(output_of(&library, &["feeds", "--json"]), "");

    assert!(
        output_of(&library, &["add", &server.url("/"), "--feed", "2"]).starts_with("added Sport · 1 entry")
    );
    assert!(output_of(&library, &["add", &server.url("/"), "--first"]).starts_with("added News · 2 entries"));
    let ended = library.newsterm(&["add", &server.url("/"), "--feed", "4"]).assert().code(1);
    assert_says(&ended, "there is no feed 4 of it, only 1 to 3");
    assert_eq!(json_of(&library, &["feeds", "--json"]).len(), 2);
}

#[test]
fn feeds_to_choose_from_are_lines_of_json() {
    let (library, server) = (Library::new(), FeedServer::start());
    serve_site(&server);
    let ended = library.newsterm(&["add", "--json", &server.url("/")]).assert().code(1);
    let choices = json_lines(std::str::from_utf8(&ended.get_output().stdout).unwrap());
    assert_eq!(fields_of(&choices[0]), ["entries", "format", "number", "title", "url"]);
    assert_eq!((&choices[1]["number"], text(&choices[1]["title"])), (&serde_json::json!(2), "Sport"));
    let added = json_of(&library, &["add", "--json", "--feed", "2", &server.url("/")]);
    assert_eq!(fields_of(&added[0]), ["entries", "feed", "outcome", "title", "url"]);
    assert_eq!(text(&added[0]["outcome"]), "added");
    let known = json_of(&library, &["add", "--json", "--feed", "2", &server.url("/")]);
    assert_eq!(text(&known[0]["outcome"]), "known");
}

#[test]
fn a_person_at_a_terminal_is_asked() {
    let (library, server) = (Library::new(), FeedServer::start());
    serve_site(&server);
    let terminal = library.open_with(&["add", &server.url("/")], 120, 20);
    terminal.wait_for("which one? 1 to 3");
    terminal.press("7\r");
    terminal.wait_for("give one of the numbers");
    terminal.press("2\r");
    terminal.wait_for("added Sport");
}

#[test]
fn a_followed_address_that_has_become_a_page_says_where_its_feed_may_be() {
    let (library, server) = library_of(&["Alpha"]);
    server.serve("/feed.xml", "<!doctype html><link rel=alternate type=application/rss+xml href=/new.xml>");
    let ended = library.newsterm(&["fetch"]).assert().failure();
    let hint = format!("not a feed: it is a web page; its feed may be {}", server.url("/new.xml"));
    assert!(String::from_utf8_lossy(&ended.get_output().stderr).contains(&hint));
    assert_eq!(titles(&library, ""), ["Alpha"]);
}
