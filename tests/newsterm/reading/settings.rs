//! Settings that change while the reader runs, and what of it is seen outside its cells.

use super::*;

#[test]
fn settings_and_keys_are_read_again_and_mistakes_told() {
    let (library, _server) = library_of(&["Alpha", "Omega"]);
    let reader = open_wide(&library);
    library.file("keymap.toml", "[keys]\nmark_list_read = [\"X\"]\n");
    reader.press("wr");
    reader.wait_for("settings, keys and themes were read again");
    reader.press("X");
    reader.wait_for("marked read · 2 entries");
    library.config("measure = \"wide\"");
    reader.press("wr");
    reader.wait_for("config.toml:2: ");
    quit(reader);
}

#[test]
fn a_setting_is_changed_in_the_palette_and_kept_in_the_file() {
    let (library, _server) = library_of(&["Alpha", "Omega"]);
    library.config("# mine\nmark_read = \"open\"");
    let reader = open_wide(&library);
    reader.press(":mark_read preview<enter>");
    reader.wait_for("mark_read = \"preview\"");
    reader.press("j");
    reader.wait_until(|_| titles(&library, "is:unread") == ["Alpha"]);
    reader.press(":mark_read never<enter>");
    reader.wait_for("mark_read = \"never\"");
    quit(reader);
    let file = fs::read_to_string(library.path().join("config.toml")).unwrap();
    assert!(file.contains("# mine\n") && file.contains("mark_read = \"never\"\n"), "{file}");
}

#[test]
fn the_terminals_title_counts_what_is_unread_and_comes_back() {
    let (library, _server) = library_of(&["Alpha", "Omega"]);
    let reader = open_wide(&library);
    reader.wait_for_bytes(b"\x1b[22;2t\x1b]0;(2) newsterm\x07");
    reader.press("A");
    reader.wait_for_bytes(b"\x1b]0;newsterm\x07");
    reader.press("q");
    reader.wait_for_bytes(b"\x1b[23;2t");
}

#[test]
fn an_address_that_was_typed_before_is_recalled_also_after_a_restart() {
    let (library, server) = library_of(&["Alpha"]);
    let reader = open_wide(&library);
    reader.press(&format!("a{}<enter>", server.url("/nowhere")));
    reader.wait_for("404");
    reader.press("<esc>");
    quit(reader);
    let reader = open_wide(&library);
    reader.press("a<up>");
    reader.wait_for("/nowhere");
    reader.press("<esc>");
    quit(reader);
}

#[test]
fn the_desktop_is_told_of_what_a_refresh_in_the_background_brought() {
    let (library, server) = library_of(&["Alpha"]);
    server.serve("/news", feed_of("News", &["Nova", "Novum"]));
    library
        .newsterm(&["import", "-"])
        .write_stdin(opml_of(&[("News", &server.url("/news"))]))
        .assert()
        .success();
    library.config("notify = \"osc9\"\n[refresh]\non_start = \"due\"");
    let reader = open_wide(&library);
    reader.wait_for_bytes(b"\x1b]9;newsterm: 2 new entries\x1b\\");
    quit(reader);
}
