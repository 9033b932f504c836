//! `newsterm import` and `newsterm export`.

use super::*;

const NESTED: &str = r#"<opml version="2.0"><body>
        <outline text="World"><outline text="Asia">
          <outline type="rss" text="Straits &amp; Sons" xmlUrl="http://straits.test/feed"/></outline>
          <outline type="rss" text="Courier" xmlUrl="http://courier.test/feed" htmlUrl="http://courier.test/"/>
        </outline>
        <outline type="rss" text="Kernel Post" xmlUrl="http://kernel.test/feed"/>
      </body></opml>"#;

#[test]
fn folders_and_feeds_come_in_and_nothing_is_fetched() {
    let library = Library::new();
    library.file("list.opml", NESTED);
    let said = output_of(&library, &["import", "list.opml"]);
    assert_eq!(said, "added 3 feeds; newsterm fetch brings their entries\n");
    let feeds = json_of(&library, &["feeds", "--json"]);
    let places: Vec<_> =
        feeds.iter().map(|feed| (text(&feed["title"]), feed["folder"].to_string())).collect();
    let expected =
        [("Straits & Sons", "[\"World\",\"Asia\"]"), ("Courier", "[\"World\"]"), ("Kernel Post", "[]")];
    assert_eq!(places, expected.map(|(title, folder)| (title, folder.to_owned())));
    assert!(feeds.iter().all(|feed| feed["checked"].is_null()));
}

#[test]
fn what_is_exported_can_be_imported_as_it_was() {
    let (library, other) = (Library::new(), Library::new());
    library.newsterm(&["import", "-"]).write_stdin(NESTED).assert().success();
    let exported = output_of(&library, &["export"]);
    other.newsterm(&["import", "-"]).write_stdin(exported.as_str()).assert().success();
    assert_eq!(output_of(&other, &["export", "-"]), exported);
    assert_eq!(json_of(&other, &["feeds", "--json"]).len(), 3);
}

#[test]
fn an_import_names_what_it_leaves_out() {
    let library = Library::new();
    library.file("list.opml", opml_of(&[("Odd", "exec:rm -rf"), ("Kernel Post", "http://kernel.test/feed")]));
    let ended = library.newsterm(&["import", "list.opml"]).assert().code(3);
    assert_says(&ended, "left out, no web address: exec:rm -rf");
    assert_eq!(json_of(&library, &["feeds", "--json"]).len(), 1);
}

#[test]
fn an_import_again_adds_nothing() {
    let library = Library::new();
    library.file("list.opml", NESTED);
    output_of(&library, &["import", "list.opml"]);
    assert!(output_of(&library, &["import", "list.opml"]).starts_with("added 0 feeds · 3 followed already"));
}

#[test]
fn an_import_is_taken_back_whole() {
    let library = Library::new();
    library.file("list.opml", NESTED);
    output_of(&library, &["import", "list.opml"]);
    assert_eq!(output_of(&library, &["undo"]), "took back: subscribed · 3 feeds\n");
    assert_eq!(output_of(&library, &["feeds", "--json"]), "");
}

#[test]
fn an_export_never_overwrites() {
    let library = Library::new();
    let kept = library.file("kept.opml", "precious");
    let ended = library.newsterm(&["export", "kept.opml"]).assert().code(1);
    assert_says(&ended, "kept.opml is there already");
    assert_eq!(fs::read_to_string(kept).unwrap(), "precious");
}

#[test]
fn an_export_writes_a_file() {
    let library = Library::new();
    library.newsterm(&["import", "-"]).write_stdin(NESTED).assert().success();
    output_of(&library, &["export", "new.opml"]);
    let written = fs::read_to_string(library.path().join("new.opml")).unwrap();
    assert_eq!(written, output_of(&library, &["export"]));
}

#[test]
fn the_welcome_stays_out_of_an_export() {
    let library = Library::new();
    let reader = library.open(80, 24);
    reader.wait_for("Welcome to newsterm");
    assert!(!output_of(&library, &["export"]).contains("newsterm:"));
}

#[test]
fn what_an_import_does_not_understand_is_exported_again() {
    let library = Library::new();
    let list = "<opml version=\"2.0\" xmlns:f=\"urn:f\"><body><outline text=\"Tom &amp; co\" xmlurl=\"feed://a.test/x#y\" \
                description=\"a &quot;b&quot;\" f:css=\".c\"/><outline type=\"folder\" text=\"Empty\"/></body></opml>";
    library.newsterm(&["import", "-"]).write_stdin(list).assert().success();
    let exported = output_of(&library, &["export"]);
    let feed = "<outline type=\"rss\" text=\"Tom &amp; co\" title=\"Tom &amp; co\" xmlUrl=\"http://a.test/x\" \
                description=\"a &quot;b&quot;\" f:css=\".c\" xmlns:f=\"urn:f\"/>";
    assert!(exported.contains(feed), "{exported}");
    assert!(exported.contains("<outline type=\"folder\" text=\"Empty\""), "{exported}");
}

#[test]
fn an_import_says_how_many_folders_were_too_deep() {
    let library = Library::new();
    let (open, close) = ("<outline text=\"f\">".repeat(33), "</outline>".repeat(33));
    let list = format!("<opml><body>{open}<outline xmlUrl=\"http://a.test/\"/>{close}</body></opml>");
    let ended = library.newsterm(&["import", "-"]).write_stdin(list).assert().success();
    assert_says(&ended, "folders are kept 30 deep; the feeds of 3 deeper ones are in those above them");
}
