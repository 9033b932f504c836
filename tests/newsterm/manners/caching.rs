//! Validators, freshness and ttl.

use super::*;

#[test]
fn what_came_with_a_document_is_sent_back_and_304_is_a_success() {
    let date = "Sun, 22 Nov 2026 10:00:00 GMT";
    let feed = Followed::new(Behaviour::of(document()).header("last-modified", date));
    feed.fetch(&[]);
    output_of(&feed.library, &["fetch"]);
    let asked = feed.server.asked("/feed");
    assert_eq!((asked[0].header("if-none-match"), asked[0].header("if-modified-since")), (None, None));
    assert!(asked[1].header("if-none-match").is_some());
    assert_eq!(asked[1].header("if-modified-since"), Some(date));
    let health = feed.health();
    assert_eq!((&health["status"], &health["failures"]), (&304.into(), &0.into()));
}

#[test]
fn not_modified_without_being_asked_so_is_an_error() {
    let feed = Followed::new(Behaviour::status(304));
    assert_eq!(feed.fetch(&[]), 1);
    assert_eq!(feed.health()["problem"], "the server says 304 Not Modified");
}

#[test]
fn a_fresh_document_is_not_asked_for_by_itself_but_at_once_by_hand() {
    for (name, value) in [("cache-control", "max-age=3600"), ("expires", "Fri, 01 Jan 2100 00:00:00 GMT")] {
        let feed = Followed::new(Behaviour::of(document()).header(name, value));
        assert_eq!(feed.fetch(&["--due"]), 1, "never fetched is due");
        assert_eq!(feed.fetch(&["--due"]), 1, "{name}");
        assert_eq!(feed.fetch(&[]), 2, "{name}");
    }
}

#[test]
fn a_document_without_wishes_is_asked_for_as_often_as_the_reader_wants() {
    let feed = Followed::new(Behaviour::of(document()));
    feed.fetch(&["--due"]);
    assert_eq!(feed.fetch(&["--due"]), 2);
    feed.library.config("[refresh]\nevery = \"1h\"\n");
    assert_eq!(feed.fetch(&["--due"]), 2);
}

#[test]
fn a_ttl_holds_for_due_feeds_and_not_by_hand() {
    let feed = Followed::new(Behaviour::of(rss("<ttl>90</ttl>")));
    feed.fetch(&["--due"]);
    assert_eq!(feed.fetch(&["--due"]), 1);
    // The wish is kept though the answer to the second request brings no document.
    assert_eq!(feed.fetch(&[]), 2);
    assert_eq!(feed.fetch(&["--due"]), 2);
    let health = feed.health();
    let moment = |key: &str| -> newsterm::model::Timestamp { health[key].as_str().unwrap().parse().unwrap() };
    assert_eq!(moment("next_due").as_second() - moment("checked").as_second(), 90 * 60);
}

#[test]
fn feeds_are_asked_for_before_pages_and_compressed() {
    let feed = Followed::new(Behaviour::of(document()));
    feed.fetch(&[]);
    let asked = &feed.server.asked("/feed")[0];
    assert!(asked.header("accept").unwrap().starts_with("application/atom+xml, application/rss+xml"));
    for coding in ["gzip", "br", "zstd"] {
        assert!(asked.header("accept-encoding").unwrap().contains(coding), "{coding}");
    }
    assert!(asked.header("user-agent").unwrap().starts_with("newsterm/"));
}

#[test]
fn where_a_redirect_leads_elsewhere_the_new_place_is_not_asked_by_the_tag_of_the_old() {
    let feed = Followed::new(Behaviour::redirect(302, "/one"));
    feed.server.serve("/one", document());
    feed.server.serve("/two", document());
    feed.fetch(&[]);
    feed.fetch(&[]);
    let tags = |path: &str| -> Vec<bool> {
        feed.server.asked(path).iter().map(|asked| asked.header("if-none-match").is_some()).collect()
    };
    assert_eq!((tags("/feed"), tags("/one")), (vec![false, false], vec![false, true]));
    feed.server.serve_with("/feed", Behaviour::redirect(302, "/two"));
    feed.fetch(&[]);
    feed.fetch(&[]);
    assert_eq!(tags("/two"), [false, true]);
}
