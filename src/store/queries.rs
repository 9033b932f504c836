//! Queries over libraries, held against a slow filter that looks at every entry.

use proptest::prelude::*;
use rusqlite::Connection;

use super::sample::{self, at, transact};
use super::timeline::Reach;
use super::{Indexed, IndexedWords, condition, index, labels, marks, open, timeline};
use crate::model::{
    Arrangement, Asked, Comparison, Condition, EntryId, FeedId, Filter, Label, Listing, Mark, ParsedEntry,
    Part, Pattern, PatternPlace, Query, Rows, Subscriptions, Test, TextPlace, Window, Words,
};
use crate::search;

const ALL: EntryId = EntryId(i64::MAX);

/// An entry as the slow filter knows it.
#[derive(Clone, Debug)]
struct Known {
    id: i64,
    feed: i64,
    time: i64,
    title: String,
    author: String,
    body: String,
    read: bool,
    saved: bool,
    has_image: bool,
    language: Option<String>,
    labels: Vec<Label>,
}

impl Known {
    fn is(&self, label: &Label) -> bool {
        self.labels.contains(label)
    }
}

/// Makes a library of entries, with all words in the index.
fn library(known: &[Known]) -> Connection {
    let mut conn = open::in_memory();
    let feeds = ["http://a.test/", "http://b.test/"].map(|url| sample::feed(&mut conn, url));
    for one in known {
        let feed = feeds[usize::try_from(one.feed - 1).unwrap()];
        let mut parsed = sample::entries(&[(&format!("{} {}", one.title, one.id), one.time)]);
        parsed[0].title.clone_from(&one.title);
        sample::ingest(&mut conn, feed, &parsed);
        let marked = [(one.read, Mark::Read), (one.saved, Mark::Saved)];
        for (_, mark) in marked.into_iter().filter(|(is_so, _)| *is_so) {
            transact(&mut conn, |tx| marks::mark(tx, &[EntryId(one.id)], mark, at(1)));
        }
        for label in &one.labels {
            transact(&mut conn, |tx| labels::label(tx, &[EntryId(one.id)], (label, true), at(1)));
        }
    }
    index_all(&mut conn, known);
    conn
}

fn index_all(conn: &mut Connection, known: &[Known]) {
    let waiting = index::waiting(conn, 1_000).unwrap();
    let words = |one: &Known| IndexedWords {
        title: search::indexed(&one.title),
        author: search::indexed(&one.author),
        body: search::indexed(&one.body),
        length: u32::try_from(one.body.split(' ').count()).unwrap(),
        language: one.language.clone(),
        has_image: one.has_image,
    };
    let find = |entry: EntryId| known.iter().find(|one| one.id == entry.0).map(words);
    let read: Vec<Indexed> = waiting
        .into_iter()
        .map(|one| Indexed { change: one.change, entry: one.entry, words: find(one.entry) })
        .collect();
    transact(conn, |tx| index::take(tx, &read));
    assert_eq!(index::count(conn).unwrap(), 0);
}

/// Tells slowly whether a condition holds.
fn holds(condition: &Condition<Test>, one: &Known) -> bool {
    match condition {
        Condition::Everything => true,
        Condition::All(parts) => parts.iter().all(|part| holds(part, one)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, one)),
        Condition::Not(part) => !holds(part, one),
        Condition::Is(test) => passes(test, one),
    }
}

fn passes(test: &Test, one: &Known) -> bool {
    let number = |comparison: Comparison, count: usize, wanted: u32| match comparison {
        Comparison::More => count > wanted as usize,
        Comparison::AtLeast => count >= wanted as usize,
        Comparison::Less => count < wanted as usize,
        Comparison::AtMost => count <= wanted as usize,
        Comparison::Exactly => count == wanted as usize,
    };
    match test {
        Test::Words(words) => match words.place {
            None => [&one.title, &one.author, &one.body].into_iter().any(|text| stands_in(words, text)),
            Some(TextPlace::Title) => stands_in(words, &one.title),
            Some(TextPlace::Author) => stands_in(words, &one.author),
            Some(TextPlace::Body) => stands_in(words, &one.body),
        },
        Test::Feeds(feeds) => feeds.contains(&FeedId(one.feed)),
        Test::Url(part) => link(one).contains(part),
        Test::Language(code) => one.language.as_ref() == Some(code),
        Test::Read(read) => one.read == *read,
        Test::Saved => one.saved,
        Test::ArrivedAfter(entry) => one.id > entry.0,
        Test::Since(time) => one.time >= time.as_second(),
        Test::Before(time) => one.time < time.as_second(),
        Test::Has(Part::Image) => one.has_image,
        Test::Has(_) => false,
        Test::Tag(name) => one.is(&Label::Tag(name.clone())),
        Test::Hidden => one.is(&Label::Hidden),
        Test::Highlighted => one.is(&Label::Highlighted),
        Test::Length(comparison, wanted) => number(*comparison, one.body.split(' ').count(), *wanted),
        Test::Matches(pattern) => {
            search::Matcher::of(pattern).unwrap().is_match(&one.title, Some(&link(one)))
        }
    }
}

/// The texts of these libraries are words of small letters, parted by single blanks.
fn stands_in(words: &Words, text: &str) -> bool {
    let (text, wanted) = (format!(" {text} "), format!(" {}", words.text));
    if words.is_prefix { text.contains(&wanted) } else { text.contains(&format!("{wanted} ")) }
}

fn link(one: &Known) -> String {
    let address = crate::model::Url::parse("http://a.test/").unwrap();
    address.join(&format!("{} {}", one.title, one.id)).unwrap().to_string()
}

fn text(words: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!["rain", "rains", "snow", "hail", "on"]), 1..words)
        .prop_map(|words| words.join(" "))
}

fn entry() -> impl Strategy<Value = Known> {
    let marks = (any::<bool>(), any::<bool>(), any::<bool>());
    let language = prop::option::of(prop::sample::select(vec!["de".to_owned(), "en".to_owned()]));
    let all = vec![Label::Tag("work".to_owned()), Label::Highlighted, Label::Hidden];
    let labels = prop::sample::subsequence(all, 0..2);
    (1..=2_i64, 1_000..1_020_i64, text(4), text(3), text(8), marks, (language, labels)).prop_map(
        |(feed, time, title, author, body, (read, saved, has_image), (language, labels))| Known {
            id: 0,
            feed,
            time,
            title,
            author,
            body,
            read,
            saved,
            has_image,
            language,
            labels,
        },
    )
}

fn entries() -> impl Strategy<Value = Vec<Known>> {
    prop::collection::vec(entry(), 0..12).prop_map(|mut known| {
        for (one, id) in known.iter_mut().zip(1..) {
            one.id = id;
        }
        known
    })
}

fn test() -> impl Strategy<Value = Test> {
    let place =
        prop::option::of(prop::sample::select(vec![TextPlace::Title, TextPlace::Author, TextPlace::Body]));
    let comparison = prop::sample::select(vec![Comparison::More, Comparison::AtMost, Comparison::Exactly]);
    let expression = prop::sample::select(vec!["^rain", "snow$", "RAIN", "a.test"]);
    let where_ = prop::option::of(prop::sample::select(vec![PatternPlace::Title, PatternPlace::Url]));
    prop_oneof![
        5 => (place, text(3), any::<bool>())
            .prop_map(|(place, text, is_prefix)| Test::Words(Words { place, text, is_prefix })),
        1 => (1..=2_i64).prop_map(|feed| Test::Feeds(vec![FeedId(feed)])),
        1 => Just(Test::Feeds(vec![])),
        1 => any::<bool>().prop_map(Test::Read),
        1 => Just(Test::Saved),
        1 => Just(Test::Hidden),
        1 => Just(Test::Highlighted),
        1 => Just(Test::Tag("work".to_owned())),
        1 => (0..12_i64).prop_map(|id| Test::ArrivedAfter(EntryId(id))),
        1 => (1_000..1_020_i64).prop_map(|time| Test::Since(at(time))),
        1 => (1_000..1_020_i64).prop_map(|time| Test::Before(at(time))),
        1 => Just(Test::Has(Part::Image)),
        1 => Just(Test::Language("de".to_owned())),
        1 => Just(Test::Url("snow".to_owned())),
        1 => (comparison, 0..8_u32).prop_map(|(comparison, words)| Test::Length(comparison, words)),
        1 => (where_, expression, any::<bool>()).prop_map(|(place, expression, ignores_case)| {
            Test::Matches(Pattern { place, expression: expression.to_owned(), ignores_case })
        }),
    ]
}

fn condition() -> impl Strategy<Value = Condition<Test>> {
    test().prop_map(Condition::Is).prop_recursive(3, 10, 3, |inner| {
        let many = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            many.clone().prop_map(Condition::all),
            many.prop_map(Condition::any),
            inner.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

fn ids(rows: &Rows) -> Vec<i64> {
    rows.headlines.iter().map(|row| row.id.0).collect()
}

proptest! {
    #[test]
    fn the_library_finds_what_a_slow_filter_finds(
        known in entries(),
        condition in condition(),
        (read, saved) in (prop::option::of(any::<bool>()), prop::option::of(any::<bool>())),
        is_hidden in prop::bool::weighted(0.2),
        feed in prop::option::of(1..=2_i64),
    ) {
        let conn = library(&known);
        let feeds = feed.map(|feed| vec![FeedId(feed)]);
        let filter = Filter { feeds, read, saved, is_hidden, condition };
        let mut expected: Vec<&Known> = known
            .iter()
            .filter(|one| read.is_none_or(|read| one.read == read) && saved.is_none_or(|saved| one.saved == saved))
            // What is hidden is listed where that is asked for, or where it is saved.
            .filter(|one| one.is(&Label::Hidden) == is_hidden || (one.saved && !is_hidden))
            .filter(|one| feed.is_none_or(|feed| one.feed == feed) && holds(&filter.condition, one))
            .collect();
        expected.sort_by_key(|one| (-one.time, -one.id));
        let expected: Vec<i64> = expected.into_iter().map(|one| one.id).collect();
        let listing = Listing::from(filter);
        let whole = timeline::window(&conn, &listing, Window::First, ALL, Reach::to(99)).unwrap();
        prop_assert_eq!(&ids(&whole), &expected);
        // Windows join, wherever they are cut.
        for (at, row) in whole.headlines.iter().enumerate() {
            let part = |window| ids(&timeline::window(&conn, &listing, window, ALL, Reach::to(99)).unwrap());
            prop_assert_eq!(&part(Window::After(row.place())), &expected[at + 1..]);
            prop_assert_eq!(&part(Window::Before(row.place())), &expected[..at]);
            prop_assert_eq!(&part(Window::Around(row.place())), &expected);
        }
        let oldest = Listing { arrangement: Arrangement::Oldest, ..listing };
        let backwards = timeline::window(&conn, &oldest, Window::First, ALL, Reach::to(99)).unwrap();
        prop_assert_eq!(ids(&backwards), expected.iter().rev().copied().collect::<Vec<_>>());
        prop_assert_eq!(step_by_step(&conn, &oldest, 3), ids(&backwards));
        prop_assert_eq!(step_by_step(&conn, &backwards_by_feed(&oldest.filter), 2).len(), expected.len());
    }
}

fn backwards_by_feed(filter: &Filter) -> Listing {
    Listing { filter: filter.clone(), arrangement: Arrangement::Feeds(vec![FeedId(2), FeedId(1)]) }
}

/// Walks a whole list in windows of one row, looking at few rows for each.
fn step_by_step(conn: &Connection, listing: &Listing, looks: usize) -> Vec<i64> {
    let (mut all, mut window) = (Vec::new(), Window::First);
    loop {
        let rows = timeline::window(conn, listing, window, ALL, Reach { limit: 1, looks }).unwrap();
        all.extend(ids(&rows));
        let last = rows.looked_after.or(rows.headlines.last().map(crate::model::Headline::place));
        match last.filter(|_| rows.more_after) {
            Some(last) => window = Window::After(last),
            None => return all,
        }
    }
}

fn one(id: i64, time: i64, title: &str, body: &str) -> Known {
    Known {
        id,
        feed: 1,
        time,
        title: title.to_owned(),
        author: String::new(),
        body: body.to_owned(),
        read: false,
        saved: false,
        has_image: false,
        language: None,
        labels: Vec::new(),
    }
}

fn find(conn: &Connection, query: &str, arrangement: Arrangement) -> Vec<i64> {
    let asked = Asked { now: at(2_000), zone: jiff::tz::TimeZone::UTC, seen: EntryId(0) };
    let query: Query = search::parse_query(query).unwrap();
    let filter = query.filter(&Subscriptions::default(), &asked);
    ids(&timeline::window(conn, &Listing { filter, arrangement }, Window::First, ALL, Reach::to(99)).unwrap())
}

#[test]
fn words_are_found_whatever_their_case_accents_and_signs() {
    let known = [
        one(1, 10, "Crème BRÛLÉE", "It’s served “cold”"),
        one(2, 20, "日本語のニュース", "東京で会議"),
        one(3, 30, "خبر", "قَهْوة"),
    ];
    let conn = library(&known);
    let table: &[(&str, &[i64])] = &[
        ("creme", &[1]),
        ("CRÈME brulee", &[1]),
        ("\"creme brulee\"", &[1]),
        ("\"brulee creme\"", &[]),
        ("it's", &[1]),
        ("\"served cold\"", &[1]),
        ("serv*", &[1]),
        ("erved", &[]),
        ("日本", &[2]),
        ("日本語", &[2]),
        ("本語の", &[2]),
        ("京", &[2]),
        ("議", &[2]),
        ("日語", &[]),
        ("title:東京", &[]),
        ("body:東京", &[2]),
        ("قهوة", &[3]),
        ("creme OR 東京 OR خبر", &[3, 2, 1]),
        ("-creme", &[3, 2]),
    ];
    for (query, expected) in table {
        assert_eq!(find(&conn, query, Arrangement::Newest), *expected, "{query}");
    }
}

#[test]
fn what_has_the_word_in_its_title_fits_better_and_what_is_fresh_too() {
    let long = "and so on ".repeat(50);
    let known = [
        one(1, 1_000, "snow", "rain"),
        one(2, 900, "rain", "snow"),
        one(3, 800, "hail", &format!("rain {long}")),
        one(4, 700, "wind", "sun"),
    ];
    assert_eq!(find(&library(&known), "rain", Arrangement::Best), [2, 1, 3]);
}

#[test]
fn many_of_one_moment_have_places_of_their_own() {
    let known: Vec<Known> = (1..=50).map(|id| one(id, 1_000, "rain", "rain")).collect();
    let conn = library(&known);
    assert_eq!(find(&conn, "rain", Arrangement::Newest).len(), 50);
    let places: i64 =
        conn.query_row("SELECT count(DISTINCT place) FROM indexed", [], |row| row.get(0)).unwrap();
    assert_eq!(places, 50);
}

#[test]
fn what_changed_is_found_by_its_new_words_and_what_is_gone_is_not_found() {
    let mut conn = library(&[one(1, 10, "rain", "rain"), one(2, 20, "rain", "rain")]);
    let mut parsed: Vec<ParsedEntry> = sample::entries(&[("rain 1", 10)]);
    parsed[0].title = "snow".to_owned();
    sample::ingest(&mut conn, FeedId(1), &parsed);
    conn.execute_batch("DELETE FROM body WHERE entry = 2; DELETE FROM entry WHERE id = 2").unwrap();
    let waiting = index::waiting(&conn, 9).unwrap();
    assert_eq!(
        waiting.iter().map(|one| (one.entry.0, one.texts.is_some())).collect::<Vec<_>>(),
        [(2, false), (1, true)]
    );
    index_all(&mut conn, &[one(1, 10, "snow", "snow")]);
    assert_eq!(find(&conn, "snow", Arrangement::Newest), [1]);
    assert!(find(&conn, "rain", Arrangement::Newest).is_empty());
}

#[test]
fn a_change_while_the_words_are_read_is_not_lost() {
    let mut conn = library(&[one(1, 10, "rain", "rain")]);
    conn.execute_batch("INSERT OR REPLACE INTO to_index (entry) VALUES (1)").unwrap();
    let waiting = index::waiting(&conn, 9).unwrap();
    conn.execute_batch("INSERT OR REPLACE INTO to_index (entry) VALUES (1)").unwrap();
    let read = [Indexed { change: waiting[0].change, entry: EntryId(1), words: None }];
    transact(&mut conn, |tx| index::take(tx, &read));
    assert_eq!(index::count(&conn).unwrap(), 1);
}

#[test]
fn no_query_sorts_or_scans_more_than_the_index_of_words() {
    let conn = library(&[one(1, 10, "rain", "rain")]);
    let asked = Asked { now: at(2_000), zone: jiff::tz::TimeZone::UTC, seen: EntryId(0) };
    for query in
        ["rain", "(rain OR snow) is:unread", "rain -snow since:2026 -/x/", "rain words:>5 has:image lang:de"]
    {
        let filter = search::parse_query(query).unwrap().filter(&Subscriptions::default(), &asked);
        let plan = &condition::plan(&filter);
        let (listing, expression) = (&Listing::from(filter), plan.expression.as_deref().unwrap());
        let search = super::hits::Search { listing, expression, plan, horizon: ALL };
        for direction in [timeline::Direction::Newer, timeline::Direction::Older] {
            let plan = sample::plan(&conn, &search.sql("", direction, 100));
            assert!(!plan.contains("TEMP B-TREE"), "{query}: {plan}");
            let scans: Vec<&str> = plan.lines().filter(|line| line.starts_with("SCAN")).collect();
            assert!(scans.iter().all(|line| line.contains("VIRTUAL TABLE")), "{query}: {plan}");
        }
    }
}
