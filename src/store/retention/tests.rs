use proptest::prelude::*;

use super::*;
use crate::model::Mark;
use crate::store::index::{Indexed, IndexedWords};
use crate::store::sample::{self, at, entries, transact};
use crate::store::{Ingested, marks, open, subscriptions};

/// What the settings say unless told otherwise; all that was marked is long ago.
const DEFAULT: Protection = Protection { unread: true, saved: true, marked_since: Timestamp::MAX };

fn counted(conn: &Connection, sql: &str) -> i64 {
    conn.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn forget_over(conn: &mut Connection, limit: Limit, protection: Protection) -> usize {
    let over = over_limits(conn, &[limit], protection).unwrap();
    transact(conn, |tx| forget(tx, &over, protection))
}

/// A feed of entries that are a second older each, all read, with their words in the index.
fn read_feed(titles: &[&str]) -> (Connection, FeedId) {
    let mut conn = open::in_memory();
    let feed = sample::feed(&mut conn, "http://a.test/");
    let dated: Vec<(&str, i64)> = titles.iter().copied().zip((1..=100).rev()).collect();
    sample::ingest(&mut conn, feed, &entries(&dated));
    fill_index(&mut conn);
    let all: Vec<EntryId> = (1..=i64::try_from(titles.len()).unwrap()).map(EntryId).collect();
    transact(&mut conn, |tx| marks::mark(tx, &all, Mark::Read, at(200)));
    (conn, feed)
}

fn fill_index(conn: &mut Connection) {
    let words = || IndexedWords {
        title: "rain".to_owned(),
        author: String::new(),
        body: String::new(),
        length: 1,
        language: None,
        has_image: false,
    };
    let waiting = index::waiting(conn, 1_000).unwrap();
    let read = waiting.into_iter().map(|one| Indexed {
        change: one.change,
        entry: one.entry,
        words: one.texts.map(|_| words()),
    });
    transact(conn, |tx| index::take(tx, &read.collect::<Vec<_>>()));
}

fn titles(conn: &Connection) -> Vec<String> {
    let mut statement = conn
        .prepare(
            "SELECT title FROM entry JOIN status USING (id) WHERE listed = 1 ORDER BY time DESC, id DESC",
        )
        .unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn all_of_an_entry_goes_but_its_status() {
    let (mut conn, feed) = read_feed(&["new", "old"]);
    conn.execute_batch(
        "INSERT INTO page_text (entry, asked) VALUES (1, 0); INSERT INTO position VALUES (1, 1, 0, 0, 0)",
    )
    .unwrap();
    let limit = Limit { feed, since: None, newest: Some(1) };
    assert_eq!(forget_over(&mut conn, limit, DEFAULT), 1);
    assert_eq!(titles(&conn), ["new"]);
    for table in ["entry", "body", "indexed", "words"] {
        assert_eq!(counted(&conn, &format!("SELECT count(*) FROM {table}")), 1, "{table}");
    }
    for table in ["page_text", "position", "to_index"] {
        assert_eq!(counted(&conn, &format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    assert_eq!(sample::status(&conn, 1), (true, false));
    let counts = subscriptions::load(&conn).unwrap().library;
    assert_eq!((counts.total, counts.unread), (1, 0));
}

#[test]
fn what_went_does_not_come_back_with_its_feed_edited_or_not() {
    let (mut conn, feed) = read_feed(&["new", "old"]);
    forget_over(&mut conn, Limit { feed, since: None, newest: Some(1) }, DEFAULT);
    let mut document = entries(&[("new", 100), ("old", 99)]);
    assert_eq!(sample::ingest(&mut conn, feed, &document), Ingested::default());
    document[1].content = Some("corrected".to_owned());
    document[1].identity.key += 1;
    assert_eq!(sample::ingest(&mut conn, feed, &document), Ingested::default());
    assert_eq!(titles(&conn), ["new"]);
}

#[test]
fn words_that_were_being_read_when_their_entry_went_are_not_indexed() {
    let (mut conn, feed) = read_feed(&["new", "old"]);
    conn.execute_batch("INSERT INTO to_index (entry) VALUES (1)").unwrap();
    let waiting = index::waiting(&conn, 9).unwrap().remove(0);
    forget_over(&mut conn, Limit { feed, since: None, newest: Some(1) }, DEFAULT);
    let words = IndexedWords {
        title: "rain".to_owned(),
        author: String::new(),
        body: String::new(),
        length: 1,
        language: None,
        has_image: false,
    };
    let read = Indexed { change: waiting.change, entry: waiting.entry, words: Some(words) };
    transact(&mut conn, |tx| index::take(tx, &[read]));
    assert_eq!(counted(&conn, "SELECT count(*) FROM words WHERE words MATCH 'rain'"), 1);
}

#[test]
fn what_was_marked_lately_stays_to_be_taken_back() {
    let (mut conn, feed) = read_feed(&["new", "old"]);
    let lately = Protection { marked_since: at(200), ..DEFAULT };
    let limit = Limit { feed, since: Some(at(1_000)), newest: None };
    assert_eq!(forget_over(&mut conn, limit, lately), 0);
    assert_eq!(oldest(&conn, &[feed], lately, 9).unwrap(), []);
    assert_eq!(forget_over(&mut conn, limit, Protection { marked_since: at(201), ..DEFAULT }), 2);
}

#[test]
fn what_is_marked_between_looking_and_going_stays() {
    let (mut conn, feed) = read_feed(&["three", "two", "one"]);
    let over = over_limits(&conn, &[Limit { feed, since: Some(at(1_000)), newest: None }], DEFAULT).unwrap();
    transact(&mut conn, |tx| marks::mark(tx, &over[..1], Mark::Unread, at(300)));
    transact(&mut conn, |tx| marks::mark(tx, &over[1..2], Mark::Saved, at(300)));
    assert_eq!(transact(&mut conn, |tx| forget(tx, &over, DEFAULT)), 1);
    assert_eq!(titles(&conn), ["two", "one"]);
}

#[test]
fn steps_over_what_went_change_nothing_when_they_are_taken_back() {
    let (mut conn, feed) = read_feed(&["new", "old"]);
    transact(&mut conn, |tx| marks::mark(tx, &[EntryId(1)], Mark::Saved, at(201)));
    transact(&mut conn, |tx| marks::mark(tx, &[EntryId(1)], Mark::Unsaved, at(202)));
    transact(&mut conn, |tx| subscriptions::remove(tx, &[feed], at(203)));
    transact(&mut conn, journal::undo);
    forget_over(&mut conn, Limit { feed, since: None, newest: Some(1) }, DEFAULT);
    for _ in 0..4 {
        transact(&mut conn, journal::undo);
        assert_eq!(titles(&conn), ["new"]);
    }
    assert!(sample::status(&conn, 1).0, "it is known as read still");
    for _ in 0..5 {
        transact(&mut conn, journal::redo);
    }
    assert_eq!(titles(&conn), Vec::<String>::new());
    let counts = subscriptions::load(&conn).unwrap().library;
    assert_eq!((counts.total, counts.unread, counts.saved), (0, 0, 0));
}

#[test]
fn the_oldest_of_all_feeds_go_first() {
    let mut conn = open::in_memory();
    let feeds = ["http://a.test/", "http://b.test/"].map(|url| sample::feed(&mut conn, url));
    sample::ingest(&mut conn, feeds[0], &entries(&[("a1", 10), ("a3", 30), ("a5", 50)]));
    sample::ingest(&mut conn, feeds[1], &entries(&[("b2", 20), ("b4", 40)]));
    conn.execute_batch("UPDATE status SET read = 1").unwrap();
    let found = oldest(&conn, &feeds, DEFAULT, 4).unwrap();
    transact(&mut conn, |tx| forget(tx, &found[..3], DEFAULT));
    assert_eq!(titles(&conn), ["a5", "b4"]);
    let alone = oldest(&conn, &feeds[..1], DEFAULT, 4).unwrap();
    transact(&mut conn, |tx| forget(tx, &alone, DEFAULT));
    assert_eq!(titles(&conn), ["b4"]);
}

#[test]
fn every_search_for_what_goes_runs_along_an_index_without_sorting() {
    let conn = open::in_memory();
    for unread in [true, false] {
        for saved in [true, false] {
            let protection = Protection { unread, saved, ..DEFAULT };
            for kind in protection.kinds() {
                let plan = sample::plan(&conn, &protection.walk(kind));
                let index = match kind {
                    Kind::Done => "INDEX status_feed_done (feed=? AND time<?)",
                    Kind::Unread => "INDEX status_feed_unread (feed=? AND time<?)",
                    Kind::Saved => "INDEX status_feed_saved (feed=? AND time<?)",
                };
                assert!(plan.contains(index), "{plan}");
                assert!(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN"), "{plan}");
            }
        }
    }
    let plan = sample::plan(&conn, NEWEST);
    assert!(plan.contains("INDEX status_feed (feed=?") && !plan.contains("TEMP B-TREE"), "{plan}");
    let plan = sample::plan(&conn, LET_GO);
    assert!(plan.contains("INTEGER PRIMARY KEY") && !plan.contains("SCAN"), "{plan}");
}

const TITLES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

#[derive(Clone, Debug)]
enum Doing {
    Ingest(u8),
    Mark(Mark, i64),
    Tag(i64),
    Undo,
    Redo,
    Remove,
    FillIndex,
    Limit { since: Option<i64>, newest: Option<u32> },
    Shrink(usize),
}

fn doing() -> impl Strategy<Value = Doing> {
    let mark = prop_oneof![Just(Mark::Read), Just(Mark::Unread), Just(Mark::Saved), Just(Mark::Unsaved)];
    prop_oneof![
        3 => any::<u8>().prop_map(Doing::Ingest),
        8 => (mark, 1..10_i64).prop_map(|(mark, entry)| Doing::Mark(mark, entry)),
        1 => (1..10_i64).prop_map(Doing::Tag),
        1 => Just(Doing::Undo),
        1 => Just(Doing::Redo),
        1 => Just(Doing::Remove),
        1 => Just(Doing::FillIndex),
        3 => (prop::option::of(0..50_i64), prop::option::of(1..6_u32))
            .prop_map(|(since, newest)| Doing::Limit { since, newest }),
        1 => (0..4_usize).prop_map(Doing::Shrink),
    ]
}

/// An entry as counting sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a row of the table, as it is")]
struct Seen {
    id: i64,
    time: i64,
    read: bool,
    saved: bool,
    listed: bool,
    has_tag: bool,
    is_there: bool,
}

/// Looks at all entries, the newest first.
fn look(conn: &Connection) -> Vec<Seen> {
    let mut statement = conn
        .prepare(
            "SELECT id, time, read, saved, listed, EXISTS (SELECT 1 FROM tag WHERE entry = status.id), \
             EXISTS (SELECT 1 FROM body WHERE entry = status.id) FROM status ORDER BY time DESC, id DESC",
        )
        .unwrap();
    let seen = |row: &rusqlite::Row<'_>| {
        Ok(Seen {
            id: row.get(0)?,
            time: row.get(1)?,
            read: row.get(2)?,
            saved: row.get(3)?,
            listed: row.get(4)?,
            has_tag: row.get(5)?,
            is_there: row.get(6)?,
        })
    };
    statement.query_map([], seen).unwrap().map(Result::unwrap).collect()
}

/// Says in plain words which entries go.
fn expected(seen: &[Seen], doing: &Doing, protection: Protection) -> Vec<i64> {
    let listed: Vec<&Seen> = seen.iter().filter(|one| one.listed).collect();
    let may_go =
        |one: &Seen| (one.read || !protection.unread) && (!(one.saved || one.has_tag) || !protection.saved);
    let mut gone: Vec<i64> = match doing {
        Doing::Limit { since, newest } => {
            let is_over = |rank: usize, one: &Seen| {
                since.is_some_and(|since| one.time < since)
                    || newest.is_some_and(|newest| rank >= usize::try_from(newest).unwrap())
            };
            let over = listed.iter().enumerate().filter(|(rank, one)| is_over(*rank, one) && may_go(one));
            over.map(|(_, one)| one.id).collect()
        }
        Doing::Shrink(number) => {
            listed.iter().rev().filter(|one| may_go(one)).take(*number).map(|one| one.id).collect()
        }
        _ => Vec::new(),
    };
    gone.sort_unstable();
    gone
}

fn do_it(conn: &mut Connection, feed: FeedId, doing: &Doing, protection: Protection) {
    match doing {
        Doing::Ingest(mask) => {
            let named = (0_u8..).zip(TITLES).filter(|(bit, _)| mask & (1 << bit) != 0);
            let dated: Vec<(&str, i64)> =
                named.map(|(bit, title)| (title, i64::from(bit / 2) * 10)).collect();
            sample::ingest(conn, feed, &entries(&dated));
        }
        Doing::Mark(mark, entry) => {
            transact(conn, |tx| marks::mark(tx, &[EntryId(*entry)], *mark, at(200)));
        }
        Doing::Tag(entry) => {
            let tag = "INSERT OR IGNORE INTO tag SELECT 'later', id FROM status WHERE id = ?1";
            conn.execute(tag, [entry]).unwrap();
        }
        Doing::Undo => drop(transact(conn, journal::undo)),
        Doing::Redo => drop(transact(conn, journal::redo)),
        Doing::Remove => drop(transact(conn, |tx| subscriptions::remove(tx, &[feed], at(200)))),
        Doing::FillIndex => fill_index(conn),
        Doing::Limit { since, newest } => {
            let limit = Limit { feed, since: since.map(at), newest: *newest };
            forget_over(conn, limit, protection);
        }
        Doing::Shrink(number) => {
            let found = oldest(conn, &[feed], protection, *number).unwrap();
            transact(conn, |tx| forget(tx, &found, protection));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn just_what_is_said_goes_and_stays_known(
        all in prop::collection::vec(doing(), 1..40),
        unread in prop::bool::weighted(0.7),
        saved in prop::bool::weighted(0.7),
    ) {
        let protection = Protection { unread, saved, ..DEFAULT };
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/");
        let mut gone_so_far = HashSet::new();
        for doing in &all {
            let before = look(&conn);
            do_it(&mut conn, feed, doing, protection);
            let after = look(&conn);
            let is_there = |id: i64| after.iter().any(|one| one.id == id && one.is_there);
            let mut gone: Vec<i64> =
                before.iter().filter(|one| one.is_there && !is_there(one.id)).map(|one| one.id).collect();
            gone.sort_unstable();
            prop_assert_eq!(&gone, &expected(&before, doing, protection), "{:?} {:?}", doing, &before);
            gone_so_far.extend(gone);
            for one in after.iter().filter(|one| gone_so_far.contains(&one.id)) {
                prop_assert!(one.read && !one.listed && !one.is_there, "{:?} {:?}", doing, one);
            }
        }
        sample::ingest(&mut conn, feed, &entries(&TITLES.map(|title| (title, 5))));
        prop_assert!(look(&conn).iter().all(|one| !(gone_so_far.contains(&one.id) && one.is_there)));
        prop_assert_eq!(look(&conn).len(), TITLES.len(), "nothing is known twice");

        let kept = counted(&conn, "SELECT total * 10000 + unread * 100 + saved FROM feed_count");
        let counted_anew = "SELECT count(*) * 10000 + count(*) FILTER (WHERE read = 0) * 100 \
                            + count(*) FILTER (WHERE saved = 1) FROM status WHERE listed = 1";
        prop_assert_eq!(kept, counted(&conn, counted_anew));
        prop_assert_eq!(counted(&conn, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
        for table in ["indexed", "to_index"] {
            let strays = format!("SELECT count(*) FROM {table} WHERE entry NOT IN (SELECT id FROM entry)");
            prop_assert_eq!(counted(&conn, &strays), 0, "{}", table);
        }
        let strays = "SELECT count(*) FROM words WHERE words MATCH 'rain' AND rowid NOT IN (SELECT place FROM indexed)";
        prop_assert_eq!(counted(&conn, strays), 0);
    }
}
