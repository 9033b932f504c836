//! Where things are kept.

use super::*;

fn feeds_in(directory: &Path, arguments: &[&str]) -> String {
    let elsewhere = Library::new();
    let done = elsewhere.newsterm(arguments).env("NEWSTERM_DIR", directory).assert().success();
    String::from_utf8(done.get_output().stdout.clone()).unwrap()
}

#[test]
fn a_directory_is_given_by_option_or_by_environment() {
    let (library, _server) = library_of(&["Alpha"]);
    let (here, elsewhere) = (library.path().to_str().unwrap(), Library::new());
    let expected = output_of(&library, &["feeds", "--json"]);
    assert_eq!(feeds_in(library.path(), &["feeds", "--json"]), expected);
    // The option goes before the environment, and may stand on either side of the command.
    assert_eq!(feeds_in(elsewhere.path(), &["--dir", here, "feeds", "--json"]), expected);
    assert_eq!(feeds_in(elsewhere.path(), &["feeds", "--json", "--dir", here]), expected);
}

#[test]
fn a_directory_that_is_not_there_is_made() {
    let library = Library::new();
    output_of(&library, &["--dir", "new/place", "feeds"]);
    assert!(library.path().join("new/place/library.db").exists());
}

#[test]
fn the_places_and_the_source_of_each_setting_are_shown() {
    let library = Library::new();
    library.file("config.toml", "\nmeasure = 60\n");
    let shown = output_of(&library, &["config"]);
    for file in ["config.toml", "library.db", "cache", "logs"] {
        assert!(shown.lines().any(|line| line.starts_with("# ") && line.ends_with(file)), "{file}: {shown}");
    }
    let words = |key: &str| {
        let line = shown.lines().find(|line| line.starts_with(key)).unwrap();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(words("measure"), "measure = 60 # line 2");
    assert_eq!(words("refresh.every"), "refresh.every = \"30m\" # default");
}

#[test]
fn showing_the_settings_makes_nothing() {
    let library = Library::new();
    output_of(&library, &["--dir", "nowhere", "config"]);
    assert!(!library.path().join("nowhere").exists());
}
