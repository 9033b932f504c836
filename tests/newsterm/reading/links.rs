//! Reading an article: its links followed in place, text found in it, addresses copied.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::*;
use crate::terminal::Screen;

/// An article with a link to another page of its server, a note, and text for three screens.
fn linked() -> (Library, FeedServer) {
    let (library, server) = (Library::new(), FeedServer::start());
    library.config("theme = \"dark\"\nfull_text = \"never\"");
    let other = "<title>The other page</title><body><h1>The other page</h1>".to_owned()
        + &"<p>It stands on a page of its own, and was fetched when its link was followed, not before.</p>"
            .repeat(4);
    let page = Behaviour::of(other).header("content-type", "text/html; charset=utf-8");
    server.serve_with("/other", page);
    let text: Vec<String> = (0..60).map(|n| format!("<p>Paragraph number {n} of the text.</p>")).collect();
    let html = format!(
        "<p>See <a href='{}'>the other</a> and the note<a href='#note'>1</a>.</p>{}<p id='note'>The note.</p>",
        server.url("/other"),
        text.concat()
    );
    let html = html.replace('&', "&amp;").replace('<', "&lt;");
    let entry = format!(
        "<entry><id>urn:1</id><title>Alpha</title><link href=\"{}\"/><updated>2025-01-06T12:00:00Z</updated>\
         <content type=\"html\">{html}</content></entry>",
        server.url("/alpha")
    );
    let feed = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:f</id><title>The Meridian</title>{entry}</feed>"
    );
    follow(&library, &server, "/feed.xml", &feed);
    (library, server)
}

fn opened(library: &Library) -> Terminal {
    let reader = library.open(80, 24);
    reader.wait_for("Alpha");
    reader.press("<enter>");
    reader.wait_for("See the other");
    reader
}

#[test]
fn a_link_is_followed_in_place_and_the_way_leads_back() {
    let (library, server) = linked();
    let reader = opened(&library);
    assert!(server.asked("/other").is_empty());
    reader.press("f");
    reader.wait_for(&format!("follow (o: in the browser, y: copy) {}", server.url("/other")));
    reader.press("a");
    reader.wait_for("It stands on a page of its own");
    reader.press("H");
    reader.wait_for("See the other");
    reader.press("fs");
    reader.wait_for("The note.");
    reader.press("H");
    reader.wait_for("See the other");
    assert_eq!(server.asked("/other").len(), 1);
    reader.press("q");
    quit(reader);
}

#[test]
fn text_is_found_in_the_article() {
    let (library, _server) = linked();
    let reader = opened(&library);
    reader.press("/number 5");
    reader.wait_for("/number 5");
    reader.press("<enter>");
    reader.wait_for("1 of 11: number 5");
    reader.press("n");
    reader.wait_until(|screen| screen.has("2 of 11") && screen.has("Paragraph number 50"));
    reader.press("<esc>");
    reader.press("q");
    quit(reader);
}

#[test]
fn lines_become_longer_and_shorter_and_stay_so() {
    let (library, _server) = linked();
    let reader = library.open(120, 24);
    reader.wait_for("Alpha");
    reader.press("<enter>");
    reader.press("z");
    reader.press("<<<");
    reader.wait_for("lines of 64 columns");
    reader.press("q");
    quit(reader);
    let reader = library.open(120, 24);
    reader.wait_for("All read");
    reader.press("U<enter>z");
    reader.press(">");
    reader.wait_for("lines of 68 columns");
    reader.press("q");
    quit(reader);
}

#[test]
fn addresses_are_copied_to_the_clipboard_of_the_terminal() {
    let (library, server) = linked();
    let reader = opened(&library);
    let copied = |path: &str| format!("\x1b]52;c;{}", BASE64_STANDARD.encode(server.url(path)));
    reader.press("y");
    reader.wait_for_bytes(copied("/alpha").as_bytes());
    reader.press("fya");
    reader.wait_for_bytes(copied("/other").as_bytes());
    reader.press("q");
    quit(reader);
}

#[test]
fn the_place_in_an_article_is_kept_over_a_restart() {
    let (library, _server) = linked();
    let reader = opened(&library);
    reader.press("<space><space>");
    let is_there =
        |screen: &Screen| !screen.has("Paragraph number 12 ") && screen.has("Paragraph number 20 ");
    reader.wait_until(is_there);
    reader.press("q");
    quit(reader);
    let reader = library.open(80, 24);
    reader.wait_for("All read");
    reader.press("U");
    reader.wait_for("Alpha");
    reader.press("<enter>");
    reader.wait_until(is_there);
    // Who has read to the end begins at the top again.
    reader.press("G");
    reader.wait_for("The note.");
    reader.press("q");
    reader.press("<enter>");
    reader.wait_for("The note.");
    reader.press("q");
    quit(reader);
    let reader = library.open(80, 24);
    reader.wait_for("Alpha");
    reader.press("<enter>");
    reader.wait_for("See the other");
    reader.press("q");
    quit(reader);
}
