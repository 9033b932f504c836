//! Pages from a web of the tests: what is kept of each, and what is asked for.

use super::*;
use crate::model::{FetchProblem, FullText, Text};
use crate::tasks::open_article;
use crate::tasks::sample::Desk;
use crate::web::Terms;

const ENTRY: EntryId = EntryId(1);
const PAGE: &str = "http://a.test/one";

fn paragraphs(names: &[&str]) -> String {
    let sentence = |name: &&str| {
        format!(
            "<p>{name} paragraph: the delegations met again in the morning, and after some hours of talks they \
             agreed to go on for as long as it takes, said those who had been there.</p>"
        )
    };
    names.iter().map(sentence).collect()
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )
}

async fn desk() -> Desk {
    Desk::with_entry("http://a.test/feed", PAGE).await
}

async fn fetch(desk: &Desk) -> Result<Article, PageProblem> {
    full_text(&desk.store, &desk.web, ENTRY, desk.now).await.unwrap()
}

async fn problem_kept(desk: &Desk) -> Option<PageProblem> {
    desk.store.page(ENTRY).await.unwrap().and_then(|page| page.problem)
}

#[tokio::test]
async fn the_article_of_a_page_is_given_and_kept() {
    let desk = desk().await;
    desk.web.serve(PAGE, page("Talks resume", &paragraphs(&["First", "Second"])));
    let article = fetch(&desk).await.unwrap();
    assert_eq!((article.text, article.title.as_str()), (Text::Page, "Talks resume"));
    assert!(article.body.as_str().contains("Second paragraph"));
    let kept = open_article(&desk.store, ENTRY, FullText::Auto, desk.now).await.unwrap().unwrap();
    assert_eq!(**kept.shown(), article);
    let request = &desk.web.requests()[0];
    assert_eq!(request.kind, crate::web::Kind::Page);
}

#[tokio::test]
async fn what_a_server_says_is_named_and_kept() {
    let refused = FetchProblem::Status { code: 403, reason: Some("Forbidden".to_owned()) };
    let table = [
        (refused, "the server refuses: 403 Forbidden"),
        (FetchProblem::TimedOut, "the page does not answer"),
        (FetchProblem::TooLarge { limit_mb: 20 }, "larger than the limit of 20 MB"),
        (FetchProblem::PrivateAddress, "private network"),
        (FetchProblem::BrokenAnswer("it ended too early".to_owned()), "broke off: it ended too early"),
        (FetchProblem::BadRedirect("more than 10 times".to_owned()), "in vain: more than 10 times"),
    ];
    for (problem, said) in table {
        let desk = desk().await;
        desk.web.answer(PAGE, Err(problem));
        let named = fetch(&desk).await.unwrap_err();
        assert!(named.to_string().contains(said), "{named}");
        assert_eq!(problem_kept(&desk).await, Some(named));
    }
}

#[tokio::test]
async fn what_is_no_page_or_has_no_article_is_named() {
    let table: [(&[u8], PageProblem); 2] = [
        (b"%PDF-1.7 ...", PageProblem::NotAPage("a PDF".to_owned())),
        (b"<html><body></body></html>", PageProblem::NoArticle),
    ];
    for (bytes, expected) in table {
        let desk = desk().await;
        desk.web.serve(PAGE, bytes);
        let named = fetch(&desk).await.unwrap_err();
        // An empty page may be named more closely.
        let is_named = named == expected || named == PageProblem::NeedsScripts;
        assert!(is_named, "{named:?}");
    }
}

#[tokio::test]
async fn a_later_trouble_leaves_the_article_that_is_kept() {
    let desk = desk().await;
    desk.web.serve(PAGE, page("Talks resume", &paragraphs(&["First", "Second"])));
    fetch(&desk).await.unwrap();
    desk.web.answer(PAGE, Err(FetchProblem::TimedOut));
    fetch(&desk).await.unwrap_err();
    let kept = open_article(&desk.store, ENTRY, FullText::Auto, desk.now).await.unwrap().unwrap();
    assert!(kept.shown().body.as_str().contains("First paragraph"));
}

#[tokio::test]
async fn a_host_that_has_had_enough_is_not_asked_before_it_said() {
    let desk = desk().await;
    desk.web.answer(PAGE, Err(FetchProblem::Status { code: 429, reason: None }));
    let wait = Some(Duration::from_hours(1));
    desk.web.set_terms(PAGE, Terms { retry_after: wait, ..Terms::default() });
    assert_eq!(fetch(&desk).await.unwrap_err(), PageProblem::Refused { code: 429, reason: None });
    let until = desk.now.checked_add(Duration::from_hours(1)).unwrap();
    assert_eq!(fetch(&desk).await.unwrap_err(), PageProblem::LeftAlone { until });
    assert_eq!(desk.web.requests().len(), 1);
}

#[tokio::test]
async fn a_feed_of_the_open_net_leads_into_no_private_network() {
    let desk = Desk::with_entry("http://b.test/feed", PAGE).await;
    fetch(&desk).await.unwrap_err();
    assert!(desk.web.requests()[0].is_from_document);
}

#[tokio::test]
async fn an_entry_without_a_page_is_not_asked_for() {
    let desk = Desk::following(&[]).await;
    assert_eq!(fetch(&desk).await.unwrap_err(), PageProblem::NoLink);
    assert!(desk.web.requests().is_empty());
}

#[test]
fn what_is_over_at_once_is_not_kept() {
    let now = Timestamp::UNIX_EPOCH;
    assert_eq!(rest(&PageProblem::Offline, now), None);
    let until = Timestamp::from_second(77).unwrap();
    assert_eq!(rest(&PageProblem::LeftAlone { until }, now), Some(until));
    assert!(rest(&PageProblem::Paywall, now) > rest(&PageProblem::TimedOut, now));
}

const PAGE_2: &str = "http://a.test/one/2";

/// Serves an article of three pages.
fn serve_three(desk: &Desk) {
    let names = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"];
    for (number, names) in names.chunks(2).enumerate() {
        let url = if number == 0 { PAGE.to_owned() } else { format!("{PAGE}/{}", number + 1) };
        let next = format!("<a href='/one/{}'>Next page</a>", number + 2);
        desk.web.serve(&url, page("Talks resume", &format!("{}{next}", paragraphs(names))));
    }
}

#[tokio::test]
async fn an_article_of_several_pages_is_joined() {
    let desk = desk().await;
    serve_three(&desk);
    let article = fetch(&desk).await.unwrap();
    let body = article.body.as_str();
    assert!(["First", "Third", "Sixth"].iter().all(|name| body.contains(name)), "{body}");
    assert_eq!(desk.web.requests().len(), 4, "the fourth page is not there");
}

#[tokio::test]
async fn an_article_that_was_cut_off_is_asked_for_again_and_never_gets_shorter() {
    let desk = desk().await;
    serve_three(&desk);
    desk.web.answer(PAGE_2, Err(FetchProblem::TimedOut));
    let article = fetch(&desk).await.unwrap();
    assert!(article.body.as_str().contains("goes on: <a href=\"http://a.test/one/2\""));
    let opened =
        async |then| open_article(&desk.store, ENTRY, FullText::Always, then).await.unwrap().unwrap();
    assert!(!opened(desk.now).await.is_wanted);
    let later = desk.now.checked_add(Duration::from_hours(24)).unwrap();
    assert!(opened(later).await.is_wanted);
    serve_three(&desk);
    desk.web.answer(&format!("{PAGE}/4"), Err(FetchProblem::TimedOut));
    let whole = fetch(&desk).await.unwrap();
    desk.web.answer(PAGE_2, Err(FetchProblem::TimedOut));
    assert_eq!(fetch(&desk).await.unwrap(), whole);
    assert_eq!(**opened(desk.now).await.shown(), whole);
}

#[tokio::test]
async fn a_page_that_gives_less_than_the_feed_gives_nothing() {
    let desk = desk().await;
    let mut stored = desk.store.entry(ENTRY).await.unwrap().unwrap();
    stored.content = Some(paragraphs(&["First", "Second", "Third", "Fourth", "Fifth"]));
    let article = |names: &[&str]| PageArticle { text: paragraphs(names), ..PageArticle::default() };
    assert!(is_less_than_the_feeds(&article(&["First", "Second"]), &stored));
    assert!(!is_less_than_the_feeds(&article(&["First", "Second", "Third"]), &stored));
    stored.content = None;
    assert!(!is_less_than_the_feeds(&article(&["First"]), &stored));
}
