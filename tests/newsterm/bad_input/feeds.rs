//! Feeds that are none.

use super::*;

/// Checks that a feed which was well is told to fail so, in one sentence, and keeps what it had.
#[track_caller]
fn assert_fails(bad: Behaviour, words: &str) {
    assert_fails_with("", bad, words);
}

#[track_caller]
fn assert_fails_with(settings: &str, bad: Behaviour, words: &str) {
    let (library, server) = library_of(&["Alpha", "Beta"]);
    library.config(settings);
    output_of(&library, &["mark", "--read", "1"]);
    let before = output_of(&library, &["list", "--json"]);
    server.serve_with("/feed.xml", bad);
    let ended = library.newsterm(&["fetch"]).assert().code(1);
    assert_says(&ended, &format!("Kernel Post: {words}"));
    assert_eq!(output_of(&library, &["list", "--json"]), before);
    let problem = &json_of(&library, &["feeds", "--json"])[0]["problem"];
    assert!(problem.as_str().unwrap().starts_with(words), "{problem}");

    // It comes in again once it is well.
    server.serve("/feed.xml", crate::commands::feed_of("Kernel Post", &["Newer", "Alpha", "Beta"]));
    assert_eq!(output_of(&library, &["fetch"]), "1 new entry · 1 feed\n");
}

#[test]
fn a_web_page() {
    let page = "<!doctype html><html><head><title>News</title></head><body><p>Hello</p></body></html>";
    assert_fails(Behaviour::of(page).header("content-type", "text/html"), "not a feed: it is a web page");
}

#[test]
fn json_that_is_no_feed() {
    assert_fails(Behaviour::of("{\"error\": [1, 2, {}]}"), "not a feed: ");
}

#[test]
fn json_that_is_broken() {
    assert_fails(
        Behaviour::of("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{"),
        "not a feed: ",
    );
}

#[test]
fn bytes_of_no_meaning() {
    assert_fails(Behaviour::of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()), "not a feed: ");
}

#[test]
fn nothing_at_all() {
    assert_fails(Behaviour::of(""), "not a feed: ");
}

#[test]
fn an_answer_without_end() {
    let endless = Behaviour::of("<rss><channel><item><title>again</title></item>").endless();
    assert_fails_with("[limits]\ndocument_mb = 1", endless, "larger than the limit of 1 MB");
}

#[test]
fn a_server_that_is_ill() {
    assert_fails(Behaviour::status(500), "the server says 500 Internal Server Error");
}

#[test]
fn a_page_that_is_gone() {
    assert_fails(Behaviour::status(404), "the server says 404 Not Found");
}

#[test]
fn redirects_in_a_circle() {
    assert_fails(Behaviour::redirect(302, "/feed.xml"), "redirected in vain: more than 10 times");
}

#[test]
fn a_redirect_to_a_file() {
    let words = "redirected in vain: the new address is neither http nor https";
    assert_fails(Behaviour::redirect(302, "file:///etc/passwd"), words);
}

#[test]
fn an_answer_that_is_cut_off() {
    let whole = crate::commands::feed_of("Kernel Post", &["Newer", "Alpha", "Beta"]);
    assert_fails(Behaviour::of(whole).cut_off(), "the answer broke off: it ended too early");
}

#[test]
fn a_server_that_never_answers() {
    let silent = Behaviour::of("").behind(&Gate::closed());
    assert_fails_with("[limits]\ntotal = \"1s\"", silent, "the server did not answer in time");
}

#[test]
fn a_server_that_is_not_there() {
    let library = Library::new();
    // The port was free a moment ago, and nobody listens there.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    output_of(&library, &["--offline", "add", &format!("http://{address}/feed.xml")]);
    let ended = library.newsterm(&["fetch"]).assert().code(1);
    assert_says(&ended, "cannot reach the server: the connection was refused");
}
