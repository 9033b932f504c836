//! Lists of feeds that are none.

use super::*;

#[track_caller]
fn assert_not_imported(list: &str, words: &str) {
    let library = Library::new();
    library.file("list.opml", list);
    let ended = library.newsterm(&["import", "list.opml"]).assert().code(1).stdout(is_empty());
    assert_says(&ended, &format!("cannot import list.opml: {words}"));
    assert!(json_of(&library, &["feeds", "--json"]).is_empty());
}

#[test]
fn what_is_no_list_of_feeds_is_not_imported() {
    assert_not_imported("<rss version=\"2.0\"><channel/></rss>", "it is not OPML");
    assert_not_imported("", "it is not OPML");
    assert_not_imported("{\"feeds\": []}", "it is not OPML");
}

#[test]
fn half_a_list_is_not_imported() {
    let half = "<opml><body><outline xmlUrl=\"http://kernel.test/feed\"/>";
    assert_not_imported(half, "it breaks off before </opml>");
}

#[test]
fn a_list_that_is_not_there_is_named() {
    let library = Library::new();
    let ended = library.newsterm(&["import", "missing.opml"]).assert().code(1);
    assert_says(&ended, "cannot read missing.opml");
}
