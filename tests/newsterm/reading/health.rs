//! The health of the feeds.

use super::*;

/// Tells whether one row of the screen shows all of these.
fn has_row(text: &str, words: &[&str]) -> bool {
    text.lines().any(|row| words.iter().all(|word| row.contains(word)))
}

/// Writes a feed of these headlines, new today: what has no date is dated by its arrival.
fn fresh(title: &str, headlines: &[&str]) -> String {
    let item = |headline: &&str| format!("<item><guid>{headline}</guid><title>{headline}</title></item>");
    let items: String = headlines.iter().map(item).collect();
    format!("<rss version=\"2.0\"><channel><title>{title}</title>{items}</channel></rss>")
}

/// Follows two feeds that bring news, `Kernel Post` and `Tidewater`.
fn two_feeds() -> (Library, FeedServer) {
    let (library, server) = (Library::new(), FeedServer::start());
    follow(&library, &server, "/kernel.xml", &fresh("Kernel Post", &["Alpha"]));
    follow(&library, &server, "/tide.xml", &fresh("Tidewater", &["Beta"]));
    (library, server)
}

#[test]
fn a_feed_that_fails_is_found_asked_again_and_read() {
    let (library, server) = two_feeds();
    server.serve_with("/tide.xml", Behaviour::status(503));
    let reader = open_wide(&library);
    reader.press("R");
    reader.wait_for("1 feed failed (e)");
    reader.press("e");
    // It stands above the one that is well, whose title comes first.
    reader.wait_until(|screen| {
        let text = screen.text();
        let row = |words: &str| text.lines().position(|line| line.contains(words));
        row("! Tidewater").is_some_and(|failing| row("  Kernel Post").is_some_and(|well| failing < well))
    });
    reader.wait_until(|screen| {
        screen.has("Feeds' health · 1 failing")
            && has_row(&screen.text(), &["failing  ", "the server says 503 Service Unavailable"])
    });
    server.serve("/tide.xml", fresh("Tidewater", &["Gamma", "Beta"]));
    reader.press("r");
    reader.wait_until(|screen| {
        ["2 feeds, and all is well", "nothing is wrong with it", "1 new entry"]
            .iter()
            .all(|text| screen.has(text))
    });
    reader.press("<enter>");
    reader.wait_until(|screen| screen.has("Tidewater · 2") && screen.has("Gamma") && !screen.has("health"));
    quit(reader);
}

#[test]
fn a_refresh_shows_in_the_pane_while_it_runs() {
    let (library, server) = two_feeds();
    let gate = Gate::closed();
    let slow = Behaviour::of(fresh("Kernel Post", &["Alpha"])).behind(&gate);
    server.serve_with("/kernel.xml", slow);
    server.serve_with("/tide.xml", Behaviour::status(404));
    let reader = open_wide(&library);
    reader.press("e");
    reader.wait_for("2 feeds, and all is well");
    reader.press("R");
    reader.wait_until(|screen| {
        screen.has("refreshing 1/2")
            && screen.has("1 failed (e)")
            && has_row(&screen.text(), &["! Tidewater", "404"])
    });
    // It stays in its row until the feeds are sorted anew.
    reader.wait_for("gg sorts anew");
    gate.open();
    reader.wait_for("1 feed failed (e)");
    reader.press("gg");
    reader.wait_until(|screen| !screen.has("gg sorts anew"));
    reader.press("e");
    reader.wait_until(|screen| !screen.has("health"));
    quit(reader);
}

#[test]
fn a_feed_that_has_brought_nothing_for_long_is_dead() {
    let (library, _server) = library_of(&["Alpha"]);
    let reader = open_wide(&library);
    reader.press("e");
    // The feed's entries are of January 2025.
    reader.wait_until(|screen| {
        screen.has("1 dead") && has_row(&screen.text(), &["○ Kernel Post", "nothing new for"])
    });
    reader.press("q");
    reader.wait_until(|screen| !screen.has("health") && screen.has("Alpha"));
    quit(reader);
}

#[test]
fn a_refresh_is_stopped_and_can_be_begun_again() {
    let (library, server) = library_of(&["Alpha"]);
    let gate = Gate::closed();
    server.serve_with("/slow", Behaviour::of(feed_of("Slow Times", &["Beta"])).behind(&gate));
    library
        .newsterm(&["import", "-"])
        .write_stdin(opml_of(&[("Slow Times", &server.url("/slow"))]))
        .assert()
        .success();
    let reader = open_wide(&library);
    reader.press("R");
    reader.wait_until(|screen| screen.has("refreshing 1/2") && screen.has("Slow Times"));
    reader.wait_until(|screen| {
        screen.text().lines().any(|line| line.contains("Slow Times") && line.contains('…'))
    });
    reader.press("\x18");
    reader.wait_until(|screen| !screen.has("refreshing"));
    gate.open();
    reader.press("R");
    reader.wait_for("Beta");
    reader.wait_until(|screen| !screen.has("refreshing"));
    reader.press("\x18");
    reader.wait_for("nothing is being refreshed");
    quit(reader);
}
