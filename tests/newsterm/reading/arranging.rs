//! Arranging the screen, and finding it so again.

use super::*;

/// Tells whether one text stands above another.
fn is_above(text: &str, above: &str, below: &str) -> bool {
    text.find(above).zip(text.find(below)).is_some_and(|(above, below)| above < below)
}

#[test]
fn order_headings_and_beginnings_are_there_again_at_the_next_start() {
    let (library, _server) = library_of(&["Alpha", "Omega"]);
    let reader = open_wide(&library);
    reader.wait_until(|screen| is_above(&screen.text(), "● ", "Omega"));
    reader.press("wgwlws");
    let is_arranged = |screen: &crate::terminal::Screen| {
        let text = screen.text();
        is_above(&text, " January 2025", "Omega")
            && is_above(&text, "Omega", "Kernel Post · All about Omega.")
            && is_above(&text, "All about Omega.", "All about Alpha.")
    };
    reader.wait_until(is_arranged);
    quit(reader);
    let reader = open_wide(&library);
    reader.wait_until(is_arranged);
    reader.press("ws");
    reader.wait_for("sorted: feed by feed");
    reader.press("ws");
    reader.wait_until(|screen| is_above(&screen.text(), "All about Alpha.", "All about Omega."));
    quit(reader);
}

#[test]
fn a_border_is_dragged_and_stays_there() {
    let (library, _server) = library_of(&["Alpha"]);
    let border = |screen: &crate::terminal::Screen| {
        screen.text().lines().nth(5).and_then(|line| line.chars().position(|c| c == '│'))
    };
    let reader = open_wide(&library);
    reader.wait_until(|screen| border(screen) == Some(25));
    reader.press("\x1b[<0;26;9M\x1b[<32;41;9M\x1b[<0;41;9m");
    reader.wait_until(|screen| border(screen) == Some(40));
    quit(reader);
    let reader = open_wide(&library);
    reader.wait_until(|screen| border(screen) == Some(40));
    reader.press("w=");
    reader.wait_until(|screen| border(screen) == Some(25));
    reader.press("wb");
    reader.wait_until(|screen| !screen.has("Feeds"));
    reader.press("h");
    reader.wait_for("Feeds");
    quit(reader);
}

#[test]
fn a_folder_is_folded_and_stays_so() {
    let (library, server) = library_of(&["Alpha"]);
    server.serve("/tech", feed_of("Tech Times", &["Beta"]));
    library.newsterm(&["add", &server.url("/tech"), "--folder", "Tech"]).assert().success();
    let reader = open_wide(&library);
    reader.wait_for("▾ Tech");
    reader.press("hjjj ");
    reader.wait_for("▸ Tech");
    quit(reader);
    let reader = open_wide(&library);
    reader.wait_for("▸ Tech");
    reader.press("h ");
    reader.wait_for("▾ Tech");
    quit(reader);
}
