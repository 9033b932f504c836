//! What was acknowledged is there, however the program ended and whoever else was at the library.

use std::fs;
use std::process::{Child, Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use rusqlite::{Connection, OpenFlags};

use crate::commands::{feed_of, follow, json_of, library_of, number_of, output_of, titles};
use crate::library::Library;
use crate::server::{Behaviour, FeedServer, Gate};

/// Opens the database as a stranger would, for looking only.
fn database(library: &Library) -> Connection {
    let path = library.path().join("library.db");
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

#[track_caller]
fn assert_sound(library: &Library) {
    let library = database(library);
    let check: String = library.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let strays: i64 =
        library.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(strays, 0);
    let kept =
        "SELECT coalesce(sum(total), 0), coalesce(sum(unread), 0), coalesce(sum(saved), 0) FROM feed_count";
    let counted = "SELECT count(*), count(*) FILTER (WHERE read = 0), count(*) FILTER (WHERE saved = 1) \
                   FROM status WHERE listed = 1";
    let numbers = |sql: &str| library.query_row(sql, [], three).unwrap();
    assert_eq!(numbers(kept), numbers(counted));
}

fn three(row: &rusqlite::Row) -> rusqlite::Result<(i64, i64, i64)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

/// Starts a fetch that goes on by itself.
fn start_fetch(library: &Library) -> Child {
    let mut fetch = Command::new(cargo_bin!("newsterm"));
    fetch.arg("--dir").arg(library.path()).arg("fetch").stdout(Stdio::null()).stderr(Stdio::piped());
    fetch.spawn().unwrap()
}

fn has_entries(library: &Connection) -> bool {
    library.query_row("SELECT EXISTS (SELECT 1 FROM entry)", [], |row| row.get(0)).unwrap()
}

fn kill(mut process: Child) {
    process.kill().unwrap();
    process.wait().unwrap();
}

fn numbered(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("Headline {number:04}")).collect()
}

fn long_feed(headlines: &[String]) -> String {
    feed_of("Kernel Post", &headlines.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Copies the one file of a library, as a person would for safety.
fn copy_of(library: &Library) -> Library {
    let copy = Library::new();
    fs::copy(library.path().join("library.db"), copy.path().join("library.db")).unwrap();
    copy
}

#[test]
fn a_library_that_nobody_uses_lies_whole_in_its_one_file() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    assert_eq!(titles(&copy_of(&library), ""), ["Alpha", "Beta"]);
    output_of(&library, &["mark", "--read", &number_of(&library, "Beta")]);
    assert_eq!(titles(&copy_of(&library), "is:read"), ["Beta"]);
    let mut reader = library.open(150, 40);
    reader.wait_for("All about Alpha.");
    reader.press("sq");
    assert_eq!(reader.wait_exit(), 0);
    assert_eq!(titles(&copy_of(&library), "is:saved"), ["Alpha"]);
}

#[test]
fn marks_of_the_reader_outlive_its_killing() {
    let (library, _server) = library_of(&["Alpha", "Beta", "Gamma"]);
    let mut reader = library.open(150, 40);
    reader.wait_for("All about Alpha.");
    reader.press("jsA");
    // Said once it is on the disk; what was done before is there before.
    reader.wait_for("marked read · 3 entries");
    reader.kill();
    assert_eq!(titles(&library, "is:saved"), ["Beta"]);
    assert_eq!(titles(&library, "is:read"), ["Alpha", "Beta", "Gamma"]);
    assert_sound(&library);
}

#[test]
fn what_was_taken_back_outlives_a_killing() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    let mut reader = library.open(150, 40);
    reader.wait_for("All about Alpha.");
    reader.press("Au");
    reader.wait_for("took back: marked read · 2 entries");
    reader.kill();
    assert_eq!(titles(&library, "is:unread"), ["Alpha", "Beta"]);
    assert_eq!(output_of(&library, &["redo"]), "did again: marked read · 2 entries\n");
}

#[test]
fn marks_of_a_command_outlive_the_killing_of_a_reader() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    let mut reader = library.open(150, 40);
    reader.wait_for("All about Alpha.");
    output_of(&library, &["mark", "--save", &number_of(&library, "Beta")]);
    reader.kill();
    assert_eq!(titles(&library, "is:saved"), ["Beta"]);
    assert_sound(&library);
}

#[test]
fn a_reader_killed_during_a_refresh_loses_nothing_that_was_there() {
    let (library, server) = library_of(&["Alpha"]);
    follow(&library, &server, "/slow.xml", &feed_of("Courier", &["Beta"]));
    server.serve("/feed.xml", feed_of("Kernel Post", &["Newer", "Alpha"]));
    let gate = Gate::closed();
    server.serve_with("/slow.xml", Behaviour::of(feed_of("Courier", &["Late", "Beta"])).behind(&gate));
    let mut reader = library.open(150, 40);
    reader.wait_for("Beta");
    reader.press("A");
    reader.wait_for("marked read · 2 entries");
    reader.press("R");
    // One feed is in, the other never comes.
    reader.wait_for("refreshing 1/2");
    server.wait_asked("/slow.xml", 2);
    reader.kill();
    assert_eq!(titles(&library, "is:unread"), ["Newer"]);
    assert_eq!(titles(&library, "is:read").len(), 2);
    assert_sound(&library);

    gate.open();
    assert_eq!(output_of(&library, &["fetch"]), "1 new entry · 2 feeds\n");
}

#[test]
fn a_fetch_killed_while_it_waits_changes_nothing() {
    let (library, server) = library_of(&["Alpha"]);
    let before = output_of(&library, &["feeds", "--json"]);
    let newer = Behaviour::of(feed_of("Kernel Post", &["Newer", "Alpha"]));
    server.serve_with("/feed.xml", newer.behind(&Gate::closed()));
    let fetch = start_fetch(&library);
    server.wait_asked("/feed.xml", 2);
    kill(fetch);
    assert_eq!(output_of(&library, &["feeds", "--json"]), before);
    assert_sound(&library);
}

#[test]
fn a_fetch_killed_while_it_stores_is_completed_by_the_next() {
    let (library, server) = (Library::new(), FeedServer::start());
    output_of(&library, &["--offline", "add", &server.url("/feed.xml")]);
    let headlines = numbered(5_000);
    server.serve("/feed.xml", long_feed(&headlines));
    let fetch = start_fetch(&library);
    let stored = database(&library);
    while !has_entries(&stored) {
        std::thread::yield_now();
    }
    kill(fetch);
    assert_sound(&library);
    drop(stored);

    output_of(&library, &["fetch"]);
    assert_eq!(titles(&library, ""), headlines);
    assert_sound(&library);
}

#[test]
fn a_reader_and_a_fetch_work_on_one_library_at_once() {
    let (library, server) = library_of(&["Alpha", "Beta"]);
    let headlines = numbered(1_500);
    let gate = Gate::closed();
    server.serve_with("/feed.xml", Behaviour::of(long_feed(&headlines)).behind(&gate));
    let mut reader = library.open(150, 40);
    reader.wait_for("All about Alpha.");
    reader.press("R");
    server.wait_asked("/feed.xml", 2);
    let fetch = start_fetch(&library);
    server.wait_asked("/feed.xml", 3);
    gate.open();
    // Marks go on while both store the same entries.
    reader.press("sjs");
    reader.wait_until(|screen| screen.text().matches('★').count() == 2);
    reader.wait_until(|screen| !screen.has("refreshing"));
    let fetched = fetch.wait_with_output().unwrap();
    assert!(fetched.status.success(), "{}", String::from_utf8_lossy(&fetched.stderr));
    assert!(!reader.screen().contains("busy") && !reader.screen().contains("failed"), "{}", reader.screen());
    reader.press("q");
    assert_eq!(reader.wait_exit(), 0);
    assert_eq!(titles(&library, "is:saved"), ["Alpha", "Beta"]);
    assert_eq!(json_of(&library, &["list", "--json"]).len(), 1_502);
    assert_sound(&library);
}

#[test]
fn several_first_commands_at_once_make_one_library() {
    let library = Library::new();
    let fetches: Vec<Child> = (0..6).map(|_| start_fetch(&library)).collect();
    for fetch in fetches {
        let ended = fetch.wait_with_output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    }
    assert_sound(&library);
}

#[test]
fn two_readers_mark_one_library() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    let mut readers = [library.open(150, 40), library.open(150, 40)];
    for reader in &readers {
        reader.wait_for("All about Alpha.");
    }
    readers[0].press("m");
    readers[1].press("js");
    readers[0].wait_for("Unread · 1");
    readers[1].wait_for("★");
    for reader in &mut readers {
        reader.press("q");
        assert_eq!(reader.wait_exit(), 0);
    }
    assert_eq!(
        (titles(&library, "is:read"), titles(&library, "is:saved")),
        (vec!["Alpha".to_owned()], vec!["Beta".to_owned()])
    );
    assert_sound(&library);
}
