//! The sample library.

use super::*;

fn open(library: &Library) -> Terminal {
    fs::create_dir(library.path().join("tmp")).unwrap();
    let demo = open_shell(library, "TMPDIR=\"$PWD/tmp\" exec \"$0\" --demo");
    demo.wait_for("Kernel Post");
    demo
}

#[track_caller]
fn assert_nothing_left(library: &Library) {
    assert_eq!(fs::read_dir(library.path().join("tmp")).unwrap().count(), 0);
    assert!(!library.path().join("library.db").exists());
}

#[test]
fn the_demo_shows_headlines_and_an_article_and_leaves_nothing_behind() {
    let library = Library::new();
    let mut demo = open(&library);
    demo.wait_until(|screen| screen.text().matches('●').count() > 20);
    demo.press("<enter>");
    demo.wait_until(|screen| screen.has("min") && screen.text().matches('●').count() > 20);
    demo.press("q");
    demo.press("q");
    assert_eq!(demo.wait_exit(), 0);
    assert_nothing_left(&library);
}

#[test]
fn a_demo_that_is_ended_by_a_signal_leaves_nothing_behind() {
    let library = Library::new();
    let mut demo = open(&library);
    demo.signal("TERM");
    assert_eq!(demo.wait_exit(), 0);
    assert_nothing_left(&library);
}
