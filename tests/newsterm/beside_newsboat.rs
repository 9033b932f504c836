//! Forty real feeds through newsboat and through newsterm: the same titles, links and dates, or a known reason.
//!
//! Skipped where newsboat or the collection of feeds is absent.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};

use newsterm::html::plain_text;
use newsterm::model::Timestamp;
use rusqlite::Connection;

use crate::commands::json_of;
use crate::real_feeds::Collection;

/// Where the two differ: a part of the file's name, what differs, and why newsterm's answer stands.
const EXPLAINED: &[(&str, Difference, &str)] = &[
    (
        "feed-multiple-media-content",
        Difference::Title,
        "no titles: newsboat takes the end of the link, newsterm the text",
    ),
    ("markdown2", Difference::Title, "no titles: newsboat takes the end of the link, newsterm the text"),
    ("rdf_UTF8", Difference::Missing, "newsboat reads nothing of RDF in this namespace"),
    (
        "tpm-with-empty-base",
        Difference::Link,
        "an empty base is the document's own address, not that of its site",
    ),
    ("feedburner", Difference::Date, "newsboat drops the zone behind fractions of a second"),
    ("itunes-missing-image", Difference::Date, "`Tue, 6 June 2006`: newsboat takes the moment of the fetch"),
    ("itunes-missing-image", Difference::Missing, "two episodes share a guid: newsboat keeps one of them"),
];

/// How an article differs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Difference {
    /// Only newsterm has it.
    Missing,
    /// Only newsboat has it.
    Lost,
    Title,
    Link,
    Date,
}

/// An article as either of them has it.
#[derive(Debug)]
struct Article {
    title: String,
    link: String,
    date: i64,
}

impl Article {
    fn new(title: &str, link: &str, date: i64) -> Article {
        // Some feeds escape twice; how often it is undone is a matter of taste.
        Article { title: plain_text(&plain_text(title)), link: link.to_owned(), date }
    }
}

/// Articles by the path of their feed.
type Articles = BTreeMap<String, Vec<Article>>;

fn has_newsboat() -> bool {
    let mut asked = Command::new("newsboat");
    asked.arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|ended| ended.success())
}

fn through_newsboat(collection: &Collection) -> Articles {
    let place = collection.library.path();
    let urls: Vec<String> = collection.feeds.iter().map(|feed| collection.server.url(&feed.path())).collect();
    collection.library.file("urls", urls.join("\n"));
    let mut newsboat = Command::new("newsboat");
    newsboat.current_dir(place).env("HOME", place).args(["-u", "urls", "-c", "cache.db", "-C", "/dev/null"]);
    for proxy in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        newsboat.env_remove(proxy);
    }
    assert!(newsboat.args(["-x", "reload"]).status().unwrap().success());
    let cache = Connection::open(place.join("cache.db")).unwrap();
    let mut items = cache.prepare("SELECT feedurl, title, url, pubDate FROM rss_item").unwrap();
    let text = |row: &rusqlite::Row<'_>, at| {
        String::from_utf8_lossy(row.get_ref(at).unwrap().as_bytes().unwrap()).into_owned()
    };
    let mut rows = items.query([]).unwrap();
    let mut articles = Articles::new();
    while let Some(row) = rows.next().unwrap() {
        let article = Article::new(&text(row, 1), &text(row, 2), row.get(3).unwrap());
        articles.entry(text(row, 0)).or_default().push(article);
    }
    articles
}

fn through_newsterm(collection: &Collection) -> Articles {
    let urls: BTreeMap<i64, String> = json_of(&collection.library, &["feeds", "--json"])
        .into_iter()
        .map(|feed| (feed["feed"].as_i64().unwrap(), feed["url"].as_str().unwrap().to_owned()))
        .collect();
    let mut articles = Articles::new();
    for entry in json_of(&collection.library, &["list", "--json"]) {
        let date: Timestamp = entry["time"].as_str().unwrap().parse().unwrap();
        let (title, link) = (entry["title"].as_str().unwrap(), entry["link"].as_str().unwrap_or_default());
        let url = urls[&entry["feed"].as_i64().unwrap()].clone();
        articles.entry(url).or_default().push(Article::new(title, link, date.as_second()));
    }
    articles
}

/// Finds the same article: by title and link, else by link, else by title.
fn same(article: &Article, among: &[Article]) -> Option<usize> {
    let by_link = |it: &Article| !it.link.is_empty() && it.link == article.link;
    let by_title = |it: &Article| it.title == article.title;
    let find = |is: &dyn Fn(&Article) -> bool| among.iter().position(is);
    find(&|it| by_link(it) && by_title(it)).or_else(|| find(&by_link)).or_else(|| find(&by_title))
}

fn differences(newsboat: &[Article], mut newsterm: Vec<Article>) -> BTreeSet<Difference> {
    let mut found = BTreeSet::new();
    for theirs in newsboat {
        let Some(index) = same(theirs, &newsterm) else {
            found.insert(Difference::Lost);
            continue;
        };
        let ours = newsterm.remove(index);
        found.extend((ours.title != theirs.title).then_some(Difference::Title));
        found.extend((ours.link != theirs.link).then_some(Difference::Link));
        found.extend((ours.date != theirs.date).then_some(Difference::Date));
    }
    found.extend((!newsterm.is_empty()).then_some(Difference::Missing));
    found
}

#[test]
fn newsboat_has_the_same_articles_or_the_reason_is_known() {
    if !has_newsboat() {
        eprintln!("skipped: newsboat is not here");
        return;
    }
    // newsboat knows no JSON feeds.
    let Some(collection) = Collection::fetched_where(|feeds| {
        feeds.retain(|feed| feed.format != "json");
        let every = (feeds.len() / 40).max(1);
        *feeds = std::mem::take(feeds).into_iter().step_by(every).take(40).collect();
    }) else {
        return;
    };
    let newsboat = through_newsboat(&collection);
    let mut newsterm = through_newsterm(&collection);
    let (mut unexplained, mut equal) = (Vec::new(), 0);
    for feed in &collection.feeds {
        let url = collection.server.url(&feed.path());
        let theirs = newsboat.get(&url).map(Vec::as_slice).unwrap_or_default();
        let found = differences(theirs, newsterm.remove(&url).unwrap_or_default());
        equal += usize::from(found.is_empty());
        let explained =
            |it: &Difference| EXPLAINED.iter().any(|(file, what, _)| feed.file.contains(file) && what == it);
        let left: Vec<_> = found.iter().filter(|it| !explained(it)).collect();
        if !left.is_empty() {
            unexplained.push(format!("{}: {left:?}", feed.file));
        }
    }
    assert_eq!(unexplained, Vec::<String>::new());
    assert_eq!((collection.feeds.len(), equal >= 34), (40, true), "{equal} are equal");
}
