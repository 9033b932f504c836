//! Colours, and none.

use super::*;

/// Tells whether a program set a colour, be it one of sixteen, of the palette or of all.
fn has_colour(raw: &[u8]) -> bool {
    let text = String::from_utf8_lossy(raw);
    let styles = text.split("\x1b[").filter_map(|rest| rest.split_once('m').map(|(style, _)| style));
    let numbers = styles.filter(|style| style.chars().all(|c| c.is_ascii_digit() || c == ';'));
    let mut numbers = numbers.flat_map(|style| style.split(';')).filter_map(|number| number.parse().ok());
    numbers.any(|number: u32| matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107))
}

#[test]
fn a_theme_that_is_chosen_holds_until_the_settings_name_another() {
    let (library, _server) = library_of(&["Alpha"]);
    fs::create_dir(library.path().join("themes")).unwrap();
    library.file("themes/mine.toml", "base = \"nord\"\n");
    let next = |expected: &str| {
        let reader = open_wide(&library);
        reader.press("t");
        reader.wait_for(expected);
        quit(reader);
    };
    next("theme dark");
    next("theme light");
    library.config("theme = \"catppuccin-latte\"\n");
    next("theme ansi");
    next("theme mine");
    next("theme auto");
}

#[test]
fn a_terminal_with_colours_gets_some() {
    let (library, _server) = library_of(&["Alpha"]);
    let reader = open_wide(&library);
    assert!(has_colour(&reader.raw_bytes()));
    quit(reader);
}

#[test]
fn no_colour_is_used_where_none_is_wanted() {
    let (library, _server) = library_of(&["Alpha"]);
    let reader = open_shell(&library, "NO_COLOR=1 exec \"$0\"");
    reader.wait_for("All about Alpha.");
    reader.press("s?");
    reader.wait_for(" Keys ");
    reader.press("<esc><enter>");
    reader.wait_for("Unread · 0");
    reader.press("q");
    assert!(!has_colour(&reader.raw_bytes()));
    quit(reader);
}
