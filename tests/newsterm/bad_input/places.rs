//! Places that cannot be used.

use super::*;

#[test]
fn a_file_in_the_place_of_the_directory_is_named() {
    let library = Library::new();
    let file = library.file("taken", "precious");
    let ended = library.newsterm(&["--dir", "taken", "feeds"]).assert().code(1);
    assert_says(&ended, "cannot make the directory taken; choose another place with --dir");
    assert_eq!(fs::read_to_string(file).unwrap(), "precious");
}

#[test]
fn a_directory_in_the_place_of_the_library_is_named() {
    let library = Library::new();
    fs::create_dir(library.path().join("library.db")).unwrap();
    let ended = library.newsterm(&["feeds"]).assert().code(1);
    assert_says(&ended, "cannot open the library");
    assert_says(&ended, "choose another place with --dir");
}

#[test]
fn a_directory_that_cannot_be_written_is_named() {
    let library = Library::new();
    let Some(ended) = run_without_rights(&library, &["feeds"]) else { return };
    assert_says(&ended.code(1), "check that its directory exists and that you may write to it");
    assert!(!library.path().join("library.db").exists());
}

#[test]
fn a_library_that_cannot_be_written_is_named_and_stays() {
    let (library, _server) = library_of(&["Alpha"]);
    let path = library.path().join("library.db");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let before = fs::read(&path).unwrap();
    let Some(ended) = run_without_rights(&library, &["mark", "--read", "1"]) else { return };
    assert_says(&ended.code(1), "you may write to it");
    assert_eq!(fs::read(&path).unwrap(), before);
}

/// Runs a command as one who may look at the library and change nothing in it.
fn run_without_rights(library: &Library, arguments: &[&str]) -> Option<Assert> {
    let set_mode = |mode| fs::set_permissions(library.path(), fs::Permissions::from_mode(mode)).unwrap();
    set_mode(0o555);
    let may_write = fs::write(library.path().join("probe"), "").is_ok();
    let mut command = process::Command::new(cargo_bin!("newsterm"));
    command.args(arguments).env("NEWSTERM_DIR", library.path());
    if may_write {
        command.uid(NOBODY_AT_ALL);
    }
    let ended = command.output();
    set_mode(0o755);
    if ended.is_err() {
        eprintln!("skipped: who runs the tests may write everywhere, and cannot be someone else");
    }
    Some(ended.ok()?.assert())
}

#[test]
fn a_log_that_cannot_be_written_is_no_end() {
    let (library, _server) = library_of(&["Alpha"]);
    let cache = library.path().join("cache");
    fs::remove_dir_all(&cache).unwrap();
    fs::write(&cache, "in the way").unwrap();
    assert_eq!(titles(&library, ""), ["Alpha"]);
}

#[test]
fn a_home_in_which_nothing_can_be_made_is_named() {
    let library = Library::new();
    let home = library.file("home", "a file");
    let mut feeds = library.newsterm(&["feeds"]);
    for variable in ["NEWSTERM_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
        feeds.env_remove(variable);
    }
    let ended = feeds.env("HOME", home).assert().code(1);
    assert_says(&ended, "choose another place with --dir");
}

#[test]
fn one_without_a_home_is_told_to_choose_a_place() {
    let mut feeds = process::Command::new(cargo_bin!("newsterm"));
    // Where `HOME` is not set the system is asked for the home of the user.
    feeds.arg("feeds").env_clear().current_dir("/").uid(NOBODY_AT_ALL);
    let Ok(ended) = feeds.output() else {
        eprintln!("skipped: only root can start a program as someone else");
        return;
    };
    assert_says(
        &ended.assert().code(1),
        "cannot find your home directory; set HOME, or choose a place with --dir",
    );
}

/// A user whom the system does not know.
const NOBODY_AT_ALL: u32 = 54_321;
