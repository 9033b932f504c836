//! Libraries that are damaged, newer or of others.

use super::*;

/// Checks that commands and the reader refuse a library in this sentence and leave its bytes as they are.
#[track_caller]
fn assert_refused(library: &Library, words: &str) {
    let path = library.path().join("library.db");
    let before = fs::read(&path).unwrap();
    for arguments in [&["list"][..], &["feeds", "--json"], &["fetch"], &["undo"], &["mark", "--read", "1"]] {
        let ended = library.newsterm(arguments).assert().code(1).stdout(is_empty());
        assert_says(&ended, words);
        assert_says(&ended, "library.db");
    }
    let mut reader = library.open(150, 40);
    assert_eq!(reader.wait_exit(), 1);
    assert!(reader.screen().contains("newsterm: "), "{}", reader.screen());
    assert!(fs::read(&path).unwrap() == before, "the library was changed");
}

fn long_library() -> (Library, PathBuf) {
    let headlines: Vec<String> = (0..300).map(|number| format!("Headline {number:03}")).collect();
    let (library, _server) = library_of(&headlines.iter().map(String::as_str).collect::<Vec<_>>());
    let path = library.path().join("library.db");
    settle(&path);
    (library, path)
}

/// Brings everything into the one file, so that nothing beside it can make up for its damage.
fn settle(path: &Path) {
    let library = Connection::open(path).unwrap();
    library.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
}

#[test]
fn a_file_that_is_no_database_is_left_as_it_is() {
    let library = Library::new();
    library.file("library.db", "these are not the pages you are looking for\n".repeat(200));
    assert_refused(&library, "damaged");
}

#[test]
fn a_library_of_a_newer_version_is_left_as_it_is() {
    let (library, path) = long_library();
    Connection::open(path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert_refused(&library, "written by a newer newsterm (version 99");
}

#[test]
fn a_library_that_ends_in_the_middle_is_left_as_it_is() {
    let (library, path) = long_library();
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert_refused(&library, "damaged");
}

#[test]
fn a_library_with_damaged_pages_is_left_as_it_is() {
    let (library, path) = long_library();
    let mut bytes = fs::read(&path).unwrap();
    for page in bytes.chunks_mut(4096).skip(1) {
        page.fill(0xa5);
    }
    fs::write(&path, bytes).unwrap();
    assert_refused(&library, "damaged");
}

#[test]
fn a_database_of_another_program_is_left_as_it_is() {
    let library = Library::new();
    let path = library.path().join("library.db");
    let other = Connection::open(path).unwrap();
    other.execute_batch("CREATE TABLE feed (name TEXT); INSERT INTO feed VALUES ('precious')").unwrap();
    drop(other);
    assert_refused(&library, "is a database of another program; it was left as it is");
}
