//! What feeds send never steers the terminal.

use super::*;

#[test]
fn nothing_in_a_feed_reaches_the_terminal_as_an_escape() {
    let (library, server) = (Library::new(), FeedServer::start());
    // A terminal that is asked for its colours is sent sequences of our own.
    library.config("theme = \"dark\"");
    follow(&library, &server, "/evil.json", HOSTILE);
    let reader = open_wide(&library);
    reader.wait_for("body");
    reader.press("s");
    reader.wait_for("★");
    reader.press("<enter>");
    reader.wait_for("Unread · 0");
    reader.press("q");
    quit_and_check(reader);
}

fn quit_and_check(mut reader: Terminal) {
    reader.press("q");
    assert_eq!(reader.wait_exit(), 0);
    let written = String::from_utf8(reader.raw_bytes()).unwrap();
    assert!(written.contains("evil") && written.contains("owned"));
    for hostile in ["\x1b]", "\x07", "\u{9b}", "\x1b[8m", "\u{202e}", "\u{2066}"] {
        assert!(!written.contains(hostile), "{}", hostile.escape_debug());
    }
}
