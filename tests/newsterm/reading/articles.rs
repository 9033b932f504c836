//! Opening, reading on, and the size of the terminal.

use super::*;

#[test]
fn moving_previews_without_marking() {
    let (library, _server) = library_of(&["Alpha", "Beta", "Gamma"]);
    let reader = open_wide(&library);
    reader.wait_for("All about Alpha.");
    reader.press("j");
    reader.wait_for("All about Beta.");
    reader.press("k");
    reader.wait_for("All about Alpha.");
    assert!(reader.screen().contains("Unread · 3"));
    quit(reader);
    assert!(titles(&library, "is:read").is_empty());
}

#[test]
fn an_opened_article_is_read() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    let reader = open_wide(&library);
    assert!(reader.is_bold("Alpha"));
    reader.press("<enter>");
    reader.wait_for("Unread · 1");
    reader.press("q");
    quit(reader);
    assert_eq!(titles(&library, "is:read"), ["Alpha"]);
}

#[test]
fn one_key_reads_on_and_then_opens_the_next_unread() {
    let (library, server) = (Library::new(), FeedServer::start());
    let long = paragraphs("Alpha", 12);
    let entries = [("Alpha", long.as_str()), ("Beta", "<p>Second.</p>"), ("Gamma", "<p>Third.</p>")];
    follow(&library, &server, "/feed.xml", &feed_with("Kernel Post", &entries));
    let reader = library.open(100, 20);
    reader.wait_for("Alpha 1.");
    reader.press("j");
    reader.wait_for("Second.");
    reader.press("mk");
    reader.wait_until(|screen| screen.has("Unread · 2") && screen.has("Alpha 1."));
    reader.press(" ");
    reader.wait_for("Unread · 1");
    reader.press(" ");
    reader.wait_for("Alpha 12.");
    // Beta was read before, and is passed over.
    reader.press(" ");
    reader.wait_for("Third.");
    reader.press("q");
    quit(reader);
    assert!(titles(&library, "is:unread").is_empty());
}

#[test]
fn an_article_that_is_not_on_the_screen_yet_is_not_passed_over() {
    let (library, server) = (Library::new(), FeedServer::start());
    let [alpha, beta, gamma] = ["Alpha", "Beta", "Gamma"].map(|title| paragraphs(title, 60));
    let entries = [("Alpha", alpha.as_str()), ("Beta", beta.as_str()), ("Gamma", gamma.as_str())];
    follow(&library, &server, "/feed.xml", &feed_with("Kernel Post", &entries));
    let reader = library.open(100, 20);
    reader.wait_for("Alpha 1.");
    reader.press("j   ");
    reader.wait_for("Unread · 2");
    reader.press("q");
    quit(reader);
    assert_eq!(titles(&library, "is:read"), ["Beta"]);
}

#[test]
fn the_next_unread_is_reached_from_the_list() {
    let (library, _server) = library_of(&["Alpha", "Beta", "Gamma"]);
    output_of(&library, &["mark", "--read", &number_of(&library, "Beta")]);
    let reader = open_wide(&library);
    reader.press("U");
    reader.wait_for("Beta");
    reader.press("n");
    reader.wait_for("All about Gamma.");
    reader.press("n");
    reader.wait_for("All about Alpha.");
    quit(reader);
}

#[test]
fn a_resize_keeps_the_open_article() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    let reader = open_wide(&library);
    reader.press("j<enter>");
    reader.wait_for("Unread · 1");
    reader.wait_for("All about Beta.");
    reader.resize(60, 20);
    reader.wait_until(|screen| screen.has("All about Beta.") && !screen.has("Unread"));
    reader.resize(40, 10);
    reader.wait_until(|screen| screen.has("All about Beta.") && !screen.has("Unread"));
    reader.resize(150, 40);
    reader.wait_until(|screen| screen.has("All about Beta.") && screen.has("Unread · 1"));
    reader.press("q");
    quit(reader);
}

#[test]
fn a_resize_keeps_the_place_in_the_article() {
    let (library, server) = (Library::new(), FeedServer::start());
    let long = paragraphs("Paragraph", 60);
    follow(&library, &server, "/feed.xml", &feed_with("Kernel Post", &[("Alpha", &long)]));
    let reader = open_wide(&library);
    reader.wait_for("Paragraph 1.");
    reader.press("<enter>");
    reader.wait_for("Unread · 0");
    reader.press(&"j".repeat(30));
    let is_there =
        |screen: &crate::terminal::Screen| screen.has("Paragraph 16.") && !screen.has("Paragraph 9.");
    reader.wait_until(is_there);
    let top = first_paragraph(&reader.screen());
    reader.resize(50, 20);
    reader.wait_until(|screen| !screen.has("Unread") && first_paragraph(&screen.text()) == top);
    reader.resize(150, 40);
    reader.wait_until(|screen| screen.has("Unread") && first_paragraph(&screen.text()) == top);
    reader.press("q");
    quit(reader);
}

fn first_paragraph(screen: &str) -> Option<String> {
    let (_, after) = screen.split_once("Paragraph ")?;
    Some(after.split('.').next()?.to_owned())
}
