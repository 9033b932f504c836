//! Queries, and how they are understood.

use proptest::prelude::*;

use super::{parse_query, print_query};
use crate::model::{
    Age, AgeUnit, Comparison, Condition, Day, Kind, Part, Pattern, PatternPlace, Query, Sort, Term,
    TextPlace, Words,
};

/// What is typed, and how it is written again.
const READ: &[(&str, &str)] = &[
    ("", ""),
    ("   ", ""),
    ("rain", "rain"),
    ("  rain   snow ", "rain snow"),
    ("Rain", "Rain"),
    ("rain*", "rain*"),
    ("\"rain\"", "rain"),
    ("\"heavy rain\"", "\"heavy rain\""),
    ("\"heavy ra\"*", "\"heavy ra\"*"),
    ("\"a \\\"b\\\" \\\\c\"", "\"a \\\"b\\\" \\\\c\""),
    ("it's", "it's"),
    ("e-mail", "e-mail"),
    ("3.14", "3.14"),
    ("C++", "C++"),
    ("a/b", "a/b"),
    ("-rain", "-rain"),
    ("- rain", "-rain"),
    ("NOT rain", "-rain"),
    ("--rain", "--rain"),
    ("-\"heavy rain\"", "-\"heavy rain\""),
    ("rain OR snow", "rain OR snow"),
    ("rain or snow", "rain or snow"),
    ("\"OR\"", "\"OR\""),
    ("\"NOT\"", "\"NOT\""),
    ("rain OR snow OR hail", "rain OR snow OR hail"),
    ("rain snow OR hail", "rain snow OR hail"),
    ("rain (snow OR hail)", "rain (snow OR hail)"),
    ("(rain snow) OR hail", "rain snow OR hail"),
    ("(rain OR snow) OR hail", "rain OR snow OR hail"),
    ("(rain snow) hail", "rain snow hail"),
    ("((rain))", "rain"),
    ("()", ""),
    ("() rain", "rain"),
    ("-(rain snow)", "-(rain snow)"),
    ("-(rain OR snow)", "-(rain OR snow)"),
    ("-(rain)", "-rain"),
    ("-(-rain)", "--rain"),
    ("(rain)(snow)", "rain snow"),
    ("rain(snow)", "rain snow"),
    ("title:rain", "title:rain"),
    ("title:\"heavy rain\"", "title:\"heavy rain\""),
    ("title:ra*", "title:ra*"),
    ("body:rain", "body:rain"),
    ("author:\"Ada Marsh\"", "author:\"Ada Marsh\""),
    ("author:ada", "author:ada"),
    ("-title:rain", "-title:rain"),
    ("feed:lwn", "feed:lwn"),
    ("feed:\"Le Monde: diplo\"", "feed:\"Le Monde: diplo\""),
    ("feed:12", "feed:12"),
    ("feed:http://a.test/", "feed:\"http://a.test/\""),
    ("feed:\"a*\"", "feed:\"a*\""),
    ("folder:World", "folder:World"),
    ("folder:\"The World\"", "folder:\"The World\""),
    ("url:example.com/a", "url:example.com/a"),
    ("url:\"a (b)\"", "url:\"a (b)\""),
    ("lang:de", "lang:de"),
    ("lang:PT-br", "lang:pt-br"),
    ("tag:later", "tag:later"),
    ("tag:\"to read\"", "tag:\"to read\""),
    ("is:unread", "is:unread"),
    ("is:read", "is:read"),
    ("is:saved", "is:saved"),
    ("is:new", "is:new"),
    ("is:hidden -is:highlighted", "is:hidden -is:highlighted"),
    ("-is:saved", "-is:saved"),
    ("is:unread is:saved", "is:unread is:saved"),
    ("is:\"unread\"", "is:unread"),
    ("since:today", "since:today"),
    ("since:yesterday", "since:yesterday"),
    ("since:2026", "since:2026"),
    ("since:2026-11", "since:2026-11"),
    ("since:2026-11-22", "since:2026-11-22"),
    ("since:2026-11-22T08:30", "since:2026-11-22T08:30"),
    ("before:2026-11", "before:2026-11"),
    ("before:yesterday", "before:yesterday"),
    ("since:2026-10 before:2026-11", "since:2026-10 before:2026-11"),
    ("newer:2d", "newer:2d"),
    ("newer:30min", "newer:30min"),
    ("newer:6h", "newer:6h"),
    ("newer:6mo", "newer:6mo"),
    ("older:1w", "older:1w"),
    ("older:1y", "older:1y"),
    ("older:007d", "older:7d"),
    ("has:image", "has:image"),
    ("has:enclosure", "has:enclosure"),
    ("has:fulltext", "has:fulltext"),
    ("-has:fulltext", "-has:fulltext"),
    ("words:>500", "words:>500"),
    ("words:>=500", "words:>=500"),
    ("words:<100", "words:<100"),
    ("words:<=100", "words:<=100"),
    ("words:300", "words:300"),
    ("/rain|snow/", "/rain|snow/"),
    ("/rain/i", "/rain/i"),
    ("/a b/", "/a b/"),
    ("/a\\/b/", "/a\\/b/"),
    ("/a\\\\/", "/a\\\\/"),
    ("/\\d+/", "/\\d+/"),
    ("title:/^Live:/", "title:/^Live:/"),
    ("url:/\\.pdf$/i", "url:/\\.pdf$/i"),
    ("-title:/live/i", "-title:/live/i"),
    ("sort:newest", "sort:newest"),
    ("sort:oldest", "sort:oldest"),
    ("sort:best", "sort:best"),
    ("rain sort:best", "sort:best rain"),
    ("sort:best rain OR snow", "sort:best rain OR snow"),
    ("(rain sort:oldest) snow", "sort:oldest rain snow"),
    ("日本語", "日本語"),
    ("\"日本語 ニュース\"", "\"日本語 ニュース\""),
    ("قهوة", "قهوة"),
    ("crème", "crème"),
    (
        "is:unread (feed:lwn OR folder:World) -title:/live/i newer:2d",
        "is:unread (feed:lwn OR folder:World) -title:/live/i newer:2d",
    ),
];

/// What is typed, and what is said of it.
const REFUSED: &[(&str, &str)] = &[
    ("rain foo:x", "there is no `foo:` (at 6): possible are title:WORD, "),
    ("http://a.test/", "there is no `http:` (at 1): possible are title:WORD, "),
    (
        "is:unread is:old",
        "cannot read `is:old` at 11: possible are is:unread, is:read, is:saved, is:new, is:highlighted, is:hidden",
    ),
    ("is:Unread", "cannot read `is:Unread` at 1"),
    ("has:video", "cannot read `has:video` at 1: possible are has:image, has:enclosure, has:fulltext"),
    ("sort:size", "cannot read `sort:size` at 1: possible are sort:newest, sort:oldest, sort:best"),
    (" feed:", "nothing behind `feed:` at 2: write feed:TEXT or feed:\"TWO WORDS\""),
    ("feed:\" \"", "nothing behind `feed:` at 1"),
    ("title: rain", "nothing behind `title:` at 1"),
    ("title:(rain)", "nothing behind `title:` at 1"),
    ("is:", "nothing behind `is:` at 1"),
    ("tag:", "nothing behind `tag:` at 1"),
    ("url:", "nothing behind `url:` at 1"),
    ("words:", "nothing behind `words:` at 1"),
    ("sort:", "nothing behind `sort:` at 1"),
    ("feed:\"two words", "the quote opened at 6 is not closed"),
    ("ä \"b", "the quote opened at 3 is not closed"),
    ("/rain", "the expression opened at 1 is not closed: write /EXPRESSION/"),
    ("title:/a\\/", "the expression opened at 7 is not closed"),
    ("/(/", "the expression at 1 cannot be read: unclosed group"),
    ("/a/x", "the expression at 1 cannot be read: `x` behind it means nothing, only `i` does"),
    ("//", "the expression at 1 cannot be read: it is empty"),
    (
        "body:/rain/",
        "cannot read `body:/rain/` at 1: possible are words; expressions go with title: and url:",
    ),
    ("feed:/rain/", "cannot read `feed:/rain/` at 1"),
    ("(rain", "the parenthesis opened at 1 is not closed"),
    ("rain (snow (hail)", "the parenthesis opened at 6 is not closed"),
    ("rain)", "the parenthesis at 5 closes nothing"),
    ("OR rain", "`OR` at 1 needs something before it"),
    ("rain OR", "`OR` at 6 needs something behind it"),
    ("rain OR OR snow", "`OR` at 6 needs something behind it"),
    ("rain OR ()", "`OR` at 6 needs something behind it"),
    ("sort:best OR rain", "`OR` at 11 needs something before it"),
    ("-", "`-` at 1 needs something behind it"),
    ("rain -", "`-` at 6 needs something behind it"),
    ("-()", "`-` at 1 needs something behind it"),
    ("NOT OR a", "`-` at 1 needs something behind it"),
    ("-sort:best", "`-` at 1 needs something behind it"),
    ("+++", "`+++` at 1 holds no word to look for; /EXPRESSION/ finds signs"),
    ("*", "`*` at 1 holds no word to look for"),
    ("\"\"", "`` at 1 holds no word to look for"),
    ("title:…", "`…` at 1 holds no word to look for"),
    ("since:tomorrow", "cannot read `since:tomorrow` at 1: possible are today, yesterday, 2026, 2026-11, "),
    ("since:2026-13", "cannot read `since:2026-13` at 1"),
    ("since:2026-02-30", "cannot read `since:2026-02-30` at 1"),
    ("before:26", "cannot read `before:26` at 1"),
    ("newer:2", "cannot read `newer:2` at 1: possible are 30min, 3h, 2d, 1w, 6mo, 1y"),
    ("newer:d", "cannot read `newer:d` at 1"),
    ("older:99999999999d", "cannot read `older:99999999999d` at 1"),
    ("words:many", "cannot read `words:many` at 1: possible are words:>500, "),
    ("words:>", "cannot read `words:>` at 1"),
    ("words:=>5", "cannot read `words:=>5` at 1"),
];

#[test]
fn queries_are_written_as_they_are_understood() {
    for (typed, written) in READ {
        let query = parse_query(typed).unwrap_or_else(|error| panic!("{typed}: {error}"));
        assert_eq!(print_query(&query), *written, "{typed}");
        assert_eq!(parse_query(written).as_ref(), Ok(&query), "{typed}");
    }
}

#[test]
fn mistakes_are_named_with_their_place() {
    for (typed, message) in REFUSED {
        let error = parse_query(typed).map(|query| print_query(&query)).unwrap_err().to_string();
        assert!(error.starts_with(message), "{typed}: {error}");
    }
}

#[test]
fn the_tables_are_as_long_as_they_should_be() {
    assert!(READ.len() + REFUSED.len() >= 150, "{}", READ.len() + REFUSED.len());
}

#[test]
fn endless_parentheses_are_refused() {
    let deep = |depth: usize| format!("{}rain{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse_query(&deep(40)).is_ok());
    assert!(parse_query(&deep(100_000)).is_err());
    assert!(parse_query(&"-".repeat(100_000)).is_err());
}

fn text() -> impl Strategy<Value = String> {
    any::<String>().prop_filter("there is a word in it", |text| super::tokens::has_tokens(text))
}

fn day() -> impl Strategy<Value = Day> {
    prop_oneof![
        Just(Day::Today),
        Just(Day::Yesterday),
        (0..=9_999_i16).prop_map(Day::Year),
        (0..=9_999_i16, 1..=12_i8).prop_map(|(year, month)| Day::Month(year, month)),
        (0..=9_999_i16, 1..=12_i8, 1..=28_i8).prop_map(|(y, m, d)| Day::Date(jiff::civil::date(y, m, d))),
        (0..=9_999_i16, 1..=12_i8, 0..24_i8)
            .prop_map(|(y, m, hour)| Day::Minute(jiff::civil::date(y, m, 3).at(hour, 59, 0, 0))),
    ]
}

fn age() -> impl Strategy<Value = Age> {
    let unit =
        prop_oneof![Just(AgeUnit::Minute), Just(AgeUnit::Hour), Just(AgeUnit::Month), Just(AgeUnit::Year)];
    (any::<u32>(), unit).prop_map(|(count, unit)| Age { count, unit })
}

fn pattern() -> impl Strategy<Value = Pattern> {
    let place = prop_oneof![Just(None), Just(Some(PatternPlace::Title)), Just(Some(PatternPlace::Url))];
    (place, "[a-c /.|]{1,6}(\\\\[/d.])?", any::<bool>())
        .prop_map(|(place, expression, ignores_case)| Pattern {
            // Between slashes a slash is escaped anyway.
            expression: expression.replace("\\/", "/"),
            place,
            ignores_case,
        })
        .prop_filter("it can be read", |pattern| super::Matcher::of(pattern).is_ok())
}

fn term() -> impl Strategy<Value = Term> {
    let place = prop_oneof![
        Just(None),
        Just(Some(TextPlace::Title)),
        Just(Some(TextPlace::Author)),
        Just(Some(TextPlace::Body))
    ];
    let comparison =
        prop_oneof![Just(Comparison::AtLeast), Just(Comparison::Less), Just(Comparison::Exactly)];
    prop_oneof![
        4 => (place, text(), any::<bool>())
            .prop_map(|(place, text, is_prefix)| Term::Words(Words { place, text, is_prefix })),
        1 => text().prop_map(Term::Feed),
        1 => text().prop_map(Term::Folder),
        1 => text().prop_map(Term::Url),
        1 => text().prop_map(Term::Tag),
        1 => Just(Term::Kind(Kind::New)),
        1 => Just(Term::Has(Part::Image)),
        1 => day().prop_map(Term::Since),
        1 => day().prop_map(Term::Before),
        1 => age().prop_map(Term::Newer),
        1 => age().prop_map(Term::Older),
        1 => (comparison, any::<u32>()).prop_map(|(comparison, words)| Term::Length(comparison, words)),
        1 => pattern().prop_map(Term::Matches),
    ]
}

fn condition() -> impl Strategy<Value = Condition<Term>> {
    term().prop_map(Condition::Is).prop_recursive(3, 12, 4, |inner| {
        let many = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            many.clone().prop_map(Condition::all),
            many.prop_map(Condition::any),
            inner.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(condition in condition(), sort in any::<bool>()) {
        let query = Query { condition, sort: sort.then_some(Sort::Best) };
        prop_assert_eq!(parse_query(&print_query(&query)), Ok(query));
    }

    #[test]
    fn any_text_is_a_query_or_an_error(text in any::<String>()) {
        if let Ok(query) = parse_query(&text) {
            prop_assert_eq!(parse_query(&print_query(&query)), Ok(query));
        }
    }
}
