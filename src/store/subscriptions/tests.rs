//! Following, removing, and what the sidebar is told.

use super::*;
use crate::model::{EntryId, Mark};
use crate::store::sample::{self, at, entries, transact};
use crate::store::{marks, open};

fn new(url: &str, folder: &[&str]) -> NewSubscription {
    NewSubscription {
        folder: folder.iter().map(|name| (*name).to_owned()).collect(),
        ..NewSubscription::to(Url::parse(url).unwrap())
    }
}

#[test]
fn folders_of_the_same_path_are_one() {
    let mut conn = open::in_memory();
    let feeds = [
        new("http://a.test/", &["World", "Asia"]),
        new("http://b.test/", &["World", "Asia"]),
        new("http://c.test/", &["Asia"]),
    ];
    transact(&mut conn, |tx| subscribe(tx, &feeds, at(1)));
    let loaded = load(&conn).unwrap();
    assert_eq!(loaded.folders.len(), 3);
    assert_eq!(loaded.feeds[0].folder, loaded.feeds[1].folder);
}

#[test]
fn a_feed_is_followed_once() {
    let mut conn = open::in_memory();
    transact(&mut conn, |tx| subscribe(tx, &[new("http://a.test/", &[])], at(1)));
    let again = transact(&mut conn, |tx| subscribe(tx, &[new("http://a.test/", &[])], at(2)));
    assert_eq!(again, []);
}

#[test]
fn every_feed_of_a_host_that_is_held_says_so_and_is_not_due_before() {
    let mut conn = open::in_memory();
    for url in ["http://a.test/1", "http://a.test/2", "http://b.test/"] {
        sample::feed(&mut conn, url);
    }
    conn.execute("UPDATE fetch SET checked = 1, next_due = 30 WHERE feed = 1", []).unwrap();
    conn.execute("UPDATE fetch SET checked = 1, next_due = 30, held_until = 20 WHERE feed = 3", []).unwrap();
    transact(&mut conn, |tx| holds::hold(tx, "a.test", at(99), at(2)));
    let feeds = load(&conn).unwrap().feeds;
    let told = feeds.iter().map(|feed| (feed.health.held_until, feed.health.next_due));
    let (late, own) = ((Some(at(99)), Some(at(99))), (Some(at(20)), Some(at(30))));
    assert_eq!(told.collect::<Vec<_>>(), [late, late, own]);
}

fn moved(conn: &mut Connection) -> FeedId {
    let feed = sample::feed(conn, "http://a.test/new");
    let former = "INSERT INTO former_address (url, feed) VALUES ('http://a.test/old', ?1)";
    conn.execute(former, [feed.0]).unwrap();
    feed
}

#[test]
fn what_is_added_is_what_lies_there_now_and_a_list_means_what_lay_there() {
    let mut conn = open::in_memory();
    moved(&mut conn);
    let old = new("http://a.test/old", &[]);
    assert_eq!(transact(&mut conn, |tx| subscribe(tx, std::slice::from_ref(&old), at(1))), []);
    let added = transact(&mut conn, |tx| add(tx, &old, at(2)));
    assert!(added.is_some());
    assert_eq!(load(&conn).unwrap().feeds[1].url, old.url);
    assert_eq!(transact(&mut conn, |tx| by_former_address(tx, &old.url)), None);
    assert_eq!(transact(&mut conn, |tx| add(tx, &old, at(3))), None);
}

#[test]
fn a_feed_that_moved_and_was_removed_does_not_come_back_by_what_lies_at_its_old_address() {
    let mut conn = open::in_memory();
    let feed = moved(&mut conn);
    transact(&mut conn, |tx| remove(tx, &[feed], at(1)));
    let added = transact(&mut conn, |tx| add(tx, &new("http://a.test/old", &[]), at(2)));
    assert_ne!(added, Some(feed));
    assert_eq!(load(&conn).unwrap().feeds.len(), 1);
}

#[test]
fn a_removed_feed_comes_back_with_its_entries_and_marks() {
    let mut conn = open::in_memory();
    let feed = sample::feed(&mut conn, "http://a.test/");
    sample::ingest(&mut conn, feed, &entries(&[("one", 1), ("two", 2)]));
    transact(&mut conn, |tx| marks::mark(tx, &[EntryId(1)], Mark::Read, at(3)));
    let before = load(&conn).unwrap();
    assert_eq!(transact(&mut conn, |tx| remove(tx, &[feed], at(4))), [feed]);
    assert_eq!(load(&conn).unwrap().feeds, []);
    assert_eq!(load(&conn).unwrap().library, Counts::default());
    transact(&mut conn, journal::undo);
    assert_eq!(load(&conn).unwrap(), before);
}

#[test]
fn saved_entries_outlive_their_subscription() {
    let mut conn = open::in_memory();
    let feed = sample::feed(&mut conn, "http://a.test/");
    sample::ingest(&mut conn, feed, &entries(&[("one", 1), ("two", 2)]));
    transact(&mut conn, |tx| marks::mark(tx, &[EntryId(1)], Mark::Saved, at(3)));
    transact(&mut conn, |tx| remove(tx, &[feed], at(4)));
    let left = load(&conn).unwrap();
    assert_eq!(left.library.saved, 1);
    assert_eq!(left.title(feed), "http://a.test/");
}

#[test]
fn removing_what_is_not_followed_changes_nothing() {
    let mut conn = open::in_memory();
    assert_eq!(transact(&mut conn, |tx| remove(tx, &[FeedId(7)], at(4))), []);
}

#[test]
fn a_feed_that_is_followed_again_has_its_former_title_and_folder_back_when_that_is_undone() {
    let mut conn = open::in_memory();
    let url = Url::parse("http://a.test/").unwrap();
    let named = |title: &str, folder: &str| NewSubscription {
        title: Some(title.to_owned()),
        folder: vec![folder.to_owned()],
        ..NewSubscription::to(url.clone())
    };
    let feed = transact(&mut conn, |tx| add(tx, &named("Mine", "World"), at(1))).unwrap();
    transact(&mut conn, |tx| remove(tx, &[feed], at(2)));
    transact(&mut conn, |tx| add(tx, &named("Theirs", "Other"), at(3))).unwrap();
    let title = |conn: &Connection| load(conn).unwrap().feeds.first().map(|feed| feed.title.clone());
    assert_eq!(title(&conn).as_deref(), Some("Theirs"));
    let undone = transact(&mut conn, journal::undo);
    assert_eq!(undone, Some(Step::Subscribed(vec![feed])), "with what was joined to it");
    transact(&mut conn, journal::undo);
    assert_eq!(title(&conn).as_deref(), Some("Mine"));
    transact(&mut conn, journal::redo);
    transact(&mut conn, journal::redo);
    assert_eq!(title(&conn).as_deref(), Some("Theirs"));
}
