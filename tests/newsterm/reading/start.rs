//! The first start, and how feeds come in.

use super::*;

#[test]
fn the_first_start_shows_the_welcome_and_no_error() {
    let library = Library::new();
    fs::remove_file(library.path().join("config.toml")).unwrap();
    let reader = library.open(150, 40);
    reader.wait_for("The shortest way through");
    let screen = reader.screen();
    for text in ["Unread · 4", "Welcome to newsterm", "Add your feeds", "? help"] {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
    assert!(!screen.contains("cannot") && !screen.contains("failed"), "{screen}");
    quit(reader);
}

#[test]
fn the_welcome_is_not_asked_for_on_the_net() {
    let library = Library::new();
    let reader = open_wide(&library);
    reader.press("R");
    reader.wait_for("nothing new");
    quit(reader);
    assert_eq!(output_of(&library, &["fetch"]), "0 new entries · 0 feeds\n");
}

#[test]
fn imported_feeds_come_in_by_a_key() {
    let (library, server) = (Library::new(), FeedServer::start());
    server.serve("/kernel.xml", feed_of("Kernel Post", &["Alpha", "Beta"]));
    server.serve("/courier.xml", feed_of("Courier", &["Gamma"]));
    let feeds = [("Kernel Post", server.url("/kernel.xml")), ("Courier", server.url("/courier.xml"))];
    library.file("list.opml", opml_of(&feeds.each_ref().map(|(title, url)| (*title, url.as_str()))));
    output_of(&library, &["import", "list.opml"]);
    let reader = library.open(150, 40);
    reader.wait_for("R fetches what is new");
    reader.press("R");
    reader.wait_for("3 new entries");
    reader.wait_until(|screen| ["Unread · 3", "Alpha", "Beta", "Gamma"].iter().all(|text| screen.has(text)));
    quit(reader);
}

#[test]
fn feeds_that_have_grown_old_are_fetched_when_the_reader_starts() {
    let (library, server) = library_of(&["Beta"]);
    server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha", "Beta"]));
    library.config("[refresh]\nevery = \"0s\"\nspacing = \"0s\"");
    let reader = library.open(150, 40);
    reader.wait_for("Alpha");
    quit(reader);
}

#[test]
fn the_reader_comes_back_to_its_last_scope() {
    let (library, server) = library_of(&["Alpha"]);
    follow(&library, &server, "/other.xml", &feed_of("Courier", &["Beta"]));
    let reader = open_wide(&library);
    reader.press("J");
    reader.wait_for("Kernel Post · 1");
    quit(reader);
    let reader = library.open(150, 40);
    reader.wait_for("Kernel Post · 1");
    quit(reader);
}

#[test]
fn without_a_terminal_the_reader_names_the_commands() {
    let library = Library::new();
    let ended = library.newsterm(&[]).assert().code(1).stdout("");
    assert_says(&ended, "the reader needs a terminal; without one use newsterm list, show, fetch, mark");
    library.newsterm(&["--demo"]).assert().code(1).stderr(contains("needs a terminal"));
}

#[test]
fn titles_of_all_scripts_are_drawn() {
    let (library, _server) =
        library_of(&["日本語の見出し", "مرحبا بالعالم", "A party 🎉 tonight", "Ünïcode"]);
    let reader = open_wide(&library);
    // The terminal is told to leave the order of letters, and gets them as they are seen.
    let arabic: String = "مرحبا بالعالم".chars().rev().collect();
    for title in ["日本語の見出し", &arabic, "A party 🎉 tonight", "Ünïcode"] {
        reader.wait_for(title);
    }
    // What stands behind a wide title is where it belongs.
    reader.wait_until(|screen| {
        let rows = screen.text();
        rows.lines().filter(|row| row.matches(['│', '┼']).count() == 2).count() == 39
    });
    quit(reader);
}

#[test]
fn the_feeds_of_newsboat_and_of_a_list_are_offered_to_a_new_reader() {
    let (library, server) = (Library::new(), FeedServer::start());
    server.serve("/a", feed_of("Alpha Post", &["Alpha"]));
    fs::create_dir(library.path().join(".newsboat")).unwrap();
    library.file(".newsboat/urls", format!("{} World\n", server.url("/a")));
    library.file("mine.opml", opml_of(&[("Beta Post", &server.url("/b"))]));
    let reader = library.open(150, 40);
    reader.wait_for("found newsboat · 1 feed: I brings them in");
    reader.press("I");
    reader.wait_until(|screen| screen.has("Feeds of another reader") && screen.has("mine.opml · 1 feed"));
    reader.press("<enter>");
    reader.wait_until(|screen| screen.has("World") && screen.has("Alpha Post"));
    quit(reader);
    let reader = library.open(150, 40);
    reader.wait_for("Alpha Post");
    reader.press("u");
    reader.wait_for("took back: subscribed");
    reader.wait_until(|screen| !screen.has("Alpha Post"));
    quit(reader);
}
