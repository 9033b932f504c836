//! Broken settings.

use super::*;

#[test]
fn a_mistake_is_named_with_its_line_and_the_default_is_in_force() {
    let (library, _server) = library_of(&["Alpha"]);
    library.file("config.toml", "measure = 60\nmark_read = \"sometimes\"\n");
    let ended = library.newsterm(&["list"]).assert().success();
    assert_says(&ended, "config.toml:2: `mark_read`: unknown variant `sometimes`, expected one of `open`");
    assert!(String::from_utf8_lossy(&ended.get_output().stdout).contains("Alpha"));
    let shown = library.newsterm(&["config"]).assert().code(3);
    let shown = String::from_utf8(shown.get_output().stdout.clone()).unwrap();
    assert!(shown.contains("measure = 60") && shown.contains("mark_read = \"open\""), "{shown}");
}

#[test]
fn what_is_no_toml_is_named_with_its_line() {
    let library = Library::new();
    library.file("config.toml", "measure = 60\n\nthis is not toml\n");
    let ended = library.newsterm(&["feeds"]).assert().success();
    assert_says(&ended, "config.toml:3: ");
    assert_says(&ended, "the whole file was left out");
}

#[test]
fn a_directory_in_the_place_of_the_settings_is_no_end() {
    let library = Library::new();
    fs::remove_file(library.path().join("config.toml")).unwrap();
    fs::create_dir(library.path().join("config.toml")).unwrap();
    let ended = library.newsterm(&["feeds"]).assert().success();
    assert_says(&ended, "the defaults are in force");
}

#[test]
fn settings_that_are_no_text_are_no_end() {
    let library = Library::new();
    library.file("config.toml", b"theme = \"\xff\xfe\"");
    let ended = library.newsterm(&["feeds"]).assert().success();
    assert_says(&ended, "config.toml: expected UTF-8 text; the defaults are in force");
}

#[test]
fn mistakes_among_the_keys_are_named_and_the_rest_holds() {
    let (library, _server) = library_of(&["Alpha"]);
    library.file("keymap.toml", "[keys]\nundo = \"ctrl-\"\nshow_help = \"F\"\ntoggle_zen = []\n");
    let shown = library.newsterm(&["config"]).assert().code(3);
    assert_says(&shown, "keymap.toml:2: there is no key `ctrl-`");
    let shown = String::from_utf8(shown.get_output().stdout.clone()).unwrap();
    assert!(shown.contains("# no key brings toggle_zen"), "{shown}");
    let mut reader = library.open(150, 40);
    reader.wait_for("keymap.toml:2: there is no key");
    reader.press("F");
    reader.wait_for(" Keys ");
    reader.press("F");
    reader.press("q");
    assert_eq!(reader.wait_exit(), 0);
}

#[test]
fn keys_without_a_way_out_are_left_out() {
    let (library, _server) = library_of(&["Alpha"]);
    library.file("keymap.toml", "[keys]\nquit = []\nleave = []\n");
    let mut reader = library.open(150, 40);
    reader.wait_for("no key leaves; newsterm's own keys are in force");
    reader.press("q");
    assert_eq!(reader.wait_exit(), 0);
}

#[test]
fn the_reader_names_the_mistake_and_works() {
    let (library, _server) = library_of(&["Alpha"]);
    library.file("config.toml", "theme = \"purple\"\n[refresh]\non_start = \"never\"\n");
    let mut reader = library.open(150, 40);
    reader.wait_for("config.toml:1: there is no theme `purple`");
    reader.wait_for("All about Alpha.");
    reader.press("q");
    assert_eq!(reader.wait_exit(), 0);
}
