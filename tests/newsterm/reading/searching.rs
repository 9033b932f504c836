//! Searching all entries from within the reader.

use super::*;

#[test]
fn hits_come_as_they_are_typed_and_leaving_goes_back() {
    let (library, _server) = library_of(&["Alpha rises", "Beta falls", "Gamma rises"]);
    let reader = open_wide(&library);
    reader.wait_for("Beta falls");
    reader.press("/ris");
    reader.wait_until(|screen| screen.has("Gamma rises") && !screen.has("Beta falls"));
    reader.press("\x1b");
    reader.wait_until(|screen| screen.has("Beta falls") && screen.has("Unread · 3"));
    reader.press("/title:beta OR gamma\r");
    reader.wait_until(|screen| screen.has("Search: title:beta OR gamma") && !screen.has("Alpha rises"));
    reader.press("jm");
    reader.wait_for("Unread             ");
    reader.press("/ is:unread)");
    reader.wait_for("closes nothing");
    reader.press("\x1b");
    reader.wait_until(|screen| !screen.has("closes nothing"));
    reader.press("\x03");
    let mut reader = reader;
    assert_eq!(reader.wait_exit(), 0);
    let reader = open_wide(&library);
    reader.wait_until(|screen| screen.has("Search: ") && screen.has("Gamma rises"));
    reader.press("/\x15nowhere\r");
    reader.wait_for("Nothing found.");
    reader.press("\x1b");
    reader.wait_for("Unread · ");
    quit(reader);
}
