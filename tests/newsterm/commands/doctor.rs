//! `newsterm doctor`.

use std::path::PathBuf;

use rusqlite::Connection;

use super::*;

const FIELDS: [&str; 20] = [
    "bytes",
    "cache",
    "checked",
    "entries",
    "feeds",
    "free_bytes",
    "is_there",
    "largest",
    "library",
    "logs",
    "not_indexed",
    "problems",
    "removed_feeds",
    "saved",
    "settings",
    "step_items",
    "steps",
    "suggestions",
    "unread",
    "version",
];

fn database(library: &Library) -> PathBuf {
    library.path().join("library.db")
}

fn sql(library: &Library, statements: &str) {
    Connection::open(database(library)).unwrap().execute_batch(statements).unwrap();
}

/// Looks at a library in which something is wrong.
fn ill(library: &Library, arguments: &[&str]) -> Value {
    let ended = library.newsterm(&[&["doctor", "--json"], arguments].concat()).assert().code(1);
    json_lines(std::str::from_utf8(&ended.get_output().stdout).unwrap()).remove(0)
}

fn files(library: &Library) -> Vec<String> {
    let files = fs::read_dir(library.path()).unwrap();
    let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.contains("library") || name.starts_with('.'));
    names.sort();
    names
}

/// Finds the one library that was set aside.
fn set_aside(library: &Library) -> PathBuf {
    let aside: Vec<String> = files(library)
        .into_iter()
        .filter(|name| name.starts_with("library-20") && !name.contains(".db-"))
        .collect();
    assert_eq!(aside.len(), 1, "{aside:?}");
    library.path().join(&aside[0])
}

fn long_library() -> (Library, FeedServer) {
    let headlines: Vec<String> = (0..300).map(|number| format!("Headline {number:03}")).collect();
    library_of(&headlines.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_sound_library_is_said_to_be_sound() {
    let (library, server) = library_of(&["Alpha", "Beta"]);
    let long: Vec<String> = (0..500).map(|number| (number * number).to_string()).collect();
    let long = long.join(" ");
    follow(&library, &server, "/mill.xml", &feed_with("Mill Post", &[("Otter", &long)]));
    output_of(&library, &["mark", "--read", &number_of(&library, "Beta")]);
    output_of(&library, &["fetch", "--index"]);
    let before = files(&library);
    let found = &json_of(&library, &["doctor", "--json", "--thorough"])[0];
    assert_eq!(fields_of(found), FIELDS);
    assert_eq!((&found["entries"], &found["unread"], &found["saved"]), (&3.into(), &2.into(), &0.into()));
    assert_eq!((&found["feeds"], &found["not_indexed"]), (&2.into(), &0.into()));
    assert_eq!((text(&found["checked"]), &found["problems"]), ("thorough", &serde_json::json!([])));
    assert_eq!(fields_of(&found["largest"][0]), ["bytes", "entries", "feed", "followed", "title"]);
    assert_eq!(text(&found["largest"][0]["title"]), "Mill Post");
    let shown = output_of(&library, &["doctor", "--feeds", "1"]);
    for words in
        ["library.db\n", "entries   3 · 2 unread · 0 saved\n", "index     complete\n", "Mill Post · 1 text\n"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(
        shown.contains("sound, as far as a quick look can tell") && !shown.contains("Kernel Post"),
        "{shown}"
    );
    assert_eq!(files(&library), before, "it leaves nothing behind");
}

#[test]
fn where_there_is_no_library_none_is_made() {
    let library = Library::new();
    let shown = output_of(&library, &["doctor"]);
    assert!(shown.contains("there is no library yet"), "{shown}");
    for deed in [&["doctor", "--optimise"][..], &["doctor", "--back-up", "copy.db"]] {
        assert_says(&library.newsterm(deed).assert().code(1), "there is no library at ");
    }
    assert_eq!(files(&library), Vec::<String>::new());
}

#[test]
fn wrong_counts_are_found_and_counted_anew() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    sql(&library, "UPDATE feed_count SET unread = 7");
    output_of(&library, &["doctor"]);
    let found = ill(&library, &["--thorough"]);
    assert_eq!(found["problems"], serde_json::json!(["feeds with wrong counts: 1"]));
    assert_eq!(found["suggestions"][0], "newsterm doctor --optimise counts anew");
    let said = output_of(&library, &["doctor", "--optimise"]);
    assert!(said.starts_with("optimised · ") && !said.contains("not packed"), "{said}");
    assert_eq!(json_of(&library, &["doctor", "--json", "--thorough"])[0]["unread"], 2);
}

#[test]
fn strays_and_a_broken_index_are_found() {
    let (library, _server) = long_library();
    output_of(&library, &["fetch", "--index"]);
    sql(
        &library,
        "PRAGMA foreign_keys = 0; INSERT INTO tag VALUES ('later', 9999); DELETE FROM words_data WHERE id > 100",
    );
    let problems = ill(&library, &["--thorough"])["problems"].to_string();
    assert!(problems.contains("rows of tag that belong to nothing: 1"), "{problems}");
    assert!(problems.contains("corruption found"), "{problems}");
}

#[test]
fn a_library_that_ends_in_the_middle_is_told_and_a_back_up_takes_its_place() {
    let (library, _server) = long_library();
    output_of(&library, &["doctor", "--back-up", "copy.db"]);
    let whole = fs::read(database(&library)).unwrap();
    let half = &whole[..whole.len() / 2];
    fs::write(database(&library), half).unwrap();
    let found = ill(&library, &[]);
    assert!(text(&found["problems"][0]).contains("it ends after"), "{found}");
    assert!(text(&found["suggestions"][0]).contains("doctor --restore FILE"), "{found}");
    assert_eq!(fs::read(database(&library)).unwrap(), half);
    let said = output_of(&library, &["doctor", "--restore", "copy.db"]);
    assert!(said.starts_with("restored from copy.db; the library until now is kept as "), "{said}");
    assert_eq!(titles(&library, "").len(), 300);
    assert_eq!(fs::read(set_aside(&library)).unwrap(), half);
}

#[test]
fn flipped_bits_are_told_and_a_back_up_takes_their_place() {
    let (library, _server) = long_library();
    output_of(&library, &["doctor", "--back-up", "copy.db"]);
    let mut bytes = fs::read(database(&library)).unwrap();
    // Some pages say that they are of another kind.
    for page in bytes.chunks_mut(4096).skip(20).step_by(5) {
        page[0] ^= 0x44;
    }
    fs::write(database(&library), &bytes).unwrap();
    let found = ill(&library, &[]);
    assert!(!found["problems"].as_array().unwrap().is_empty(), "{found}");
    assert!(text(&found["suggestions"][0]).contains("doctor --restore FILE"), "{found}");
    assert!(fs::read(database(&library)).unwrap() == bytes, "it was changed");
    let refused = library.newsterm(&["doctor", "--back-up", "ill.db"]).assert().code(1);
    assert_says(&refused, "damaged");
    assert!(!library.path().join("ill.db").exists(), "a damaged library gives no copy");
    output_of(&library, &["doctor", "--restore", "copy.db"]);
    assert_eq!(titles(&library, "").len(), 300);
    assert!(fs::read(set_aside(&library)).unwrap() == bytes, "what was damaged is kept as it is");
}

#[test]
fn a_file_that_is_no_database_gives_way_to_a_back_up() {
    let (library, _server) = library_of(&["Alpha"]);
    output_of(&library, &["doctor", "--back-up", "copy.db"]);
    library.file("library.db", "these are not the pages you are looking for\n".repeat(200));
    assert_eq!(text(&ill(&library, &[])["problems"][0]), "file is not a database");
    output_of(&library, &["doctor", "--restore", "copy.db"]);
    assert_eq!(titles(&library, ""), ["Alpha"]);
}

#[test]
fn the_library_is_backed_up_while_it_is_read() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    let mut reader = library.open(150, 40);
    reader.wait_for("All about Alpha.");
    reader.press("jsA");
    reader.wait_for("marked read · 2 entries");
    let said = output_of(&library, &["doctor", "--back-up", "copy.db"]);
    assert!(said.starts_with("backed up to copy.db · "), "{said}");
    reader.press("uq");
    assert_eq!(reader.wait_exit(), 0);
    let copy = Library::new();
    fs::copy(library.path().join("copy.db"), database(&copy)).unwrap();
    assert_eq!(titles(&copy, "is:read"), ["Alpha", "Beta"]);
    assert_eq!(titles(&copy, "is:saved"), ["Beta"]);
    assert_eq!(output_of(&copy, &["undo"]), "took back: marked read · 2 entries\n");
}

#[test]
fn a_back_up_overwrites_nothing() {
    let (library, _server) = library_of(&["Alpha"]);
    library.file("precious.db", "mine");
    assert_says(
        &library.newsterm(&["doctor", "--back-up", "precious.db"]).assert().code(1),
        "is there already",
    );
    assert_eq!(fs::read(library.path().join("precious.db")).unwrap(), b"mine");
    assert_says(
        &library.newsterm(&["doctor", "--back-up", "nowhere/copy.db"]).assert().code(1),
        "cannot write",
    );
    assert_eq!(files(&library), ["library.db", "library.lock"]);
}

#[test]
fn nothing_is_restored_while_the_reader_is_open() {
    let (library, _server) = library_of(&["Alpha", "Beta"]);
    output_of(&library, &["doctor", "--back-up", "copy.db"]);
    output_of(&library, &["mark", "--save", &number_of(&library, "Beta")]);
    let mut reader = library.open(150, 40);
    reader.wait_for("All about Alpha.");
    let ended = library.newsterm(&["doctor", "--restore", "copy.db"]).assert().code(1);
    assert_says(&ended, "nothing is restored: the library");
    assert_says(&ended, "is open in another newsterm or program; leave that and try again");
    let said = output_of(&library, &["doctor", "--optimise"]);
    assert!(said.contains("not packed: another newsterm has it open"), "{said}");
    reader.press("q");
    assert_eq!(reader.wait_exit(), 0);
    output_of(&library, &["doctor", "--restore", "copy.db"]);
    assert_eq!(titles(&library, "is:saved"), Vec::<String>::new());
    let aside = set_aside(&library);
    output_of(&library, &["doctor", "--restore", aside.to_str().unwrap()]);
    assert_eq!(titles(&library, "is:saved"), ["Beta"], "what was set aside can be restored");
}

#[test]
fn nothing_is_restored_while_another_program_has_the_library_open() {
    let (library, _server) = library_of(&["Alpha"]);
    output_of(&library, &["doctor", "--back-up", "copy.db"]);
    let other = Connection::open(database(&library)).unwrap();
    other.query_row("SELECT count(*) FROM entry", [], |row| row.get::<_, i64>(0)).unwrap();
    let ended = library.newsterm(&["doctor", "--restore", "copy.db"]).assert().code(1);
    assert_says(&ended, "is open in another newsterm or program");
    drop(other);
    output_of(&library, &["doctor", "--restore", "copy.db"]);
}

#[test]
fn only_a_sound_library_is_restored() {
    let (library, _server) = long_library();
    output_of(&library, &["doctor", "--back-up", "copy.db"]);
    let copy = fs::read(library.path().join("copy.db")).unwrap();
    library.file("half.db", &copy[..copy.len() / 2]);
    library.file("text.db", "no database at all\n".repeat(400));
    library.file("empty.db", "");
    let mut flipped = copy.clone();
    for page in flipped.chunks_mut(4096).skip(20).step_by(5) {
        page[0] ^= 0x44;
    }
    library.file("flipped.db", &flipped);
    library.file("newer.db", &copy);
    Connection::open(library.path().join("newer.db"))
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    Connection::open(library.path().join("other.db")).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
    let before = fs::read(database(&library)).unwrap();
    let table = [
        ("half.db", "it ends after"),
        ("text.db", "text.db cannot be the library"),
        ("empty.db", "there is no library in it"),
        ("flipped.db", "cannot be the library"),
        ("newer.db", "written by a newer newsterm"),
        ("other.db", "is a database of another program"),
        ("nothing.db", "there is no such file"),
        ("library.db", "it is the library itself"),
    ];
    for (file, words) in table {
        let ended = library.newsterm(&["doctor", "--restore", file]).assert().code(1);
        assert_says(&ended, words);
    }
    assert!(fs::read(database(&library)).unwrap() == before, "the library was changed");
    assert_eq!(files(&library), ["library.db", "library.lock"]);
}

#[test]
fn the_database_of_another_program_gives_way_to_nothing() {
    let (library, _server) = library_of(&["Alpha"]);
    output_of(&library, &["doctor", "--back-up", "copy.db"]);
    fs::remove_file(database(&library)).unwrap();
    sql(&library, "CREATE TABLE precious (thing)");
    let before = fs::read(database(&library)).unwrap();
    for arguments in
        [&["doctor"][..], &["doctor", "--restore", "copy.db"], &["doctor", "--back-up", "other.db"]]
    {
        assert_says(&library.newsterm(arguments).assert().code(1), "is a database of another program");
    }
    assert!(fs::read(database(&library)).unwrap() == before);
}

#[cfg(unix)]
#[test]
fn a_link_to_the_library_stays_a_link() {
    let (library, _server) = library_of(&["Alpha"]);
    output_of(&library, &["doctor", "--back-up", "copy.db"]);
    fs::create_dir(library.path().join("disk")).unwrap();
    let real = library.path().join("disk/library.db");
    fs::rename(database(&library), &real).unwrap();
    std::os::unix::fs::symlink(&real, database(&library)).unwrap();
    output_of(&library, &["doctor", "--restore", "copy.db"]);
    assert!(database(&library).symlink_metadata().unwrap().is_symlink());
    assert_eq!(titles(&library, ""), ["Alpha"]);
    assert_eq!(fs::read_dir(library.path().join("disk")).unwrap().count(), 2);
}

#[test]
fn a_back_up_may_be_the_first_library_of_a_machine() {
    let (library, _server) = library_of(&["Alpha"]);
    output_of(&library, &["doctor", "--back-up", "copy.db"]);
    let fresh = Library::new();
    let copy = library.path().join("copy.db");
    let said = output_of(&fresh, &["--dir", "new/place", "doctor", "--restore", copy.to_str().unwrap()]);
    assert_eq!(said, format!("restored from {}\n", copy.display()));
    let listed = output_of(&fresh, &["--dir", "new/place", "list"]);
    assert!(listed.contains("Alpha"), "{listed}");
}

#[test]
fn room_that_is_free_is_given_back() {
    let (library, _server) = long_library();
    let length = || fs::metadata(database(&library)).unwrap().len();
    sql(&library, "CREATE TABLE filler AS SELECT zeroblob(2000000) AS x; DROP TABLE filler");
    let before = length();
    let found = &json_of(&library, &["doctor", "--json"])[0];
    assert!(found["free_bytes"].as_u64().unwrap() > 1_900_000, "{found}");
    output_of(&library, &["doctor", "--optimise"]);
    assert!(length() < before - 1_900_000, "{} of {before}", length());
    assert_eq!(titles(&library, "").len(), 300);
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_a_back_up() {
    use std::os::unix::fs::PermissionsExt;
    let (library, _server) = library_of(&["Alpha"]);
    output_of(&library, &["doctor", "--back-up", "copy.db"]);
    let mode = |file: &str| fs::metadata(library.path().join(file)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("copy.db"), 0o600);
    output_of(&library, &["doctor", "--restore", "copy.db"]);
    assert_eq!(mode("library.db"), 0o600);
}
