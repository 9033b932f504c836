//! The text of an entry's page: fetched when a summary is opened, gone back and forth to, and named where it cannot be had.

use super::*;
use crate::terminal::Screen;

const SUMMARY: &str = "The towns talk again, in short.";
/// Which text is shown, as the head of an article says it.
const FEED_TEXT: &str = "feed\u{a0}text";
const FULL_TEXT: &str = "full\u{a0}text";
const TALKS: &str = include_str!("../../fixtures/pages/talks.html");
const HEADLINE: &str = "Harbour talks resume after a week of silence";

/// Writes a feed of entries that hold a summary each and have a page on the server.
fn feed_of_summaries(server: &FeedServer, entries: &[(&str, &str)]) -> String {
    let entries = entries.iter().zip(0..).map(|((title, path), age)| {
        let time = Timestamp::from_second(1_736_164_800 - 3600 * age).unwrap();
        let link = server.url(path);
        format!(
            "<entry><id>urn:{path}</id><title>{title}</title><link href=\"{link}\"/><updated>{time}</updated>\
             <summary>{SUMMARY}</summary></entry>\n"
        )
    });
    let entries: String = entries.collect();
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:f</id><title>The Meridian</title>{entries}</feed>"
    )
}

/// Follows a feed of summaries, each with a page of its own, which are completed when they are opened.
fn following(pages: &[(&str, &str, Behaviour)]) -> (Library, FeedServer) {
    let (library, server) = (Library::new(), FeedServer::start());
    library.config("full_text = \"auto\"");
    for (_, path, page) in pages {
        server.serve_with(path, page.clone());
    }
    let entries: Vec<(&str, &str)> = pages.iter().map(|(title, path, _)| (*title, *path)).collect();
    follow(&library, &server, "/feed.xml", &feed_of_summaries(&server, &entries));
    (library, server)
}

fn html(page: &str) -> Behaviour {
    Behaviour::of(page).header("content-type", "text/html; charset=utf-8")
}

fn talks() -> (Library, FeedServer) {
    following(&[("Talks resume", "/talks", html(TALKS))])
}

fn shows_page(screen: &Screen<'_>) -> bool {
    [
        "min · full text",
        "stayed at the table until the lamps were lit.",
        "be heard before anything is signed.",
    ]
    .iter()
    .all(|words| unbroken(&screen.text()).contains(words))
}

/// Joins the lines of a terminal in which one pane is shown.
fn unbroken(screen: &str) -> String {
    let words: Vec<&str> = screen.split_whitespace().filter(|word| !matches!(*word, "▐" | "│")).collect();
    words.join(" ")
}

#[test]
fn a_summary_is_completed_from_its_page_when_it_is_opened_and_never_before() {
    let (library, server) = talks();
    let reader = library.open(120, 36);
    reader.wait_for(SUMMARY);
    assert!(server.asked("/talks").is_empty());
    reader.resize(80, 40);
    // Drawn anew: a key that comes together with the resize would wait for the next key (crossterm 0.29).
    let is_redrawn = |screen: &Screen| screen.text().lines().nth(39).is_some_and(|row| row.contains("help"));
    reader.wait_until(|screen| !screen.has(SUMMARY) && is_redrawn(screen));
    reader.press("<enter>");
    reader.wait_until(shows_page);
    let shown = unbroken(&reader.screen());
    assert!(shown.contains(HEADLINE), "{shown}");
    assert!(shown.contains("Both sides say that the dredging can begin before the winter."), "{shown}");
    for furniture in
        ["Share this story", "Related stories", "Never miss a tide", "All rights reserved", SUMMARY]
    {
        assert!(!shown.contains(furniture), "{furniture}: {shown}");
    }
    reader.press("q");
    quit(reader);
}

#[test]
fn a_key_goes_back_and_forth_between_the_texts_and_asks_only_once() {
    let (library, server) = talks();
    let reader = library.open(80, 40);
    reader.wait_for("Talks resume");
    reader.press("<enter>");
    reader.wait_until(shows_page);
    reader.press("x");
    reader.wait_until(|screen| screen.has(SUMMARY) && screen.has(FEED_TEXT));
    reader.press("x");
    reader.wait_until(shows_page);
    reader.press("x");
    reader.wait_for(SUMMARY);
    // What was chosen last is shown again, in this and in later runs.
    reader.press("q<enter>");
    reader.wait_for(FEED_TEXT);
    reader.press("q");
    quit(reader);
    let reader = library.open(80, 40);
    reader.wait_for("U shows all");
    reader.press("U");
    reader.wait_for("Talks resume");
    reader.press("<enter>");
    reader.wait_for(FEED_TEXT);
    reader.press("q");
    quit(reader);
    assert_eq!(server.asked("/talks").len(), 1);
}

#[test]
fn a_page_that_was_fetched_is_there_without_a_network() {
    let (library, server) = talks();
    let reader = library.open(80, 40);
    reader.wait_for("Talks resume");
    reader.press("<enter>");
    reader.wait_until(shows_page);
    reader.press("mq");
    quit(reader);
    drop(server);
    let reader = library.open_with(&["--offline"], 80, 40);
    reader.wait_for("Talks resume");
    reader.press("<enter>");
    reader.wait_until(shows_page);
    reader.press("q");
    quit(reader);
    let shown = output_of(&library, &["--offline", "show", "1"]);
    assert!(shown.contains(HEADLINE) && shown.contains("anything is signed"), "{shown}");
    let article = json_of(&library, &["--offline", "show", "1", "--format", "json"]).remove(0);
    assert_eq!((&article["shown"], &article["title"]), (&"page".into(), &HEADLINE.into()));
    assert_eq!(
        (&article["feed"]["text"], &article["feed"]["title"]),
        (&SUMMARY.into(), &"Talks resume".into())
    );
    assert_eq!(article["page"]["text"], article["text"]);
}

#[test]
fn without_a_network_the_summary_stays_and_a_key_says_why() {
    let (library, server) = talks();
    let reader = library.open_with(&["--offline"], 80, 24);
    reader.wait_for("Talks resume");
    reader.press("<enter>");
    reader.wait_for(SUMMARY);
    reader.press("x");
    reader.wait_until(|screen| screen.has("newsterm is offline") && screen.has(SUMMARY));
    reader.press("q");
    quit(reader);
    assert!(server.asked("/talks").is_empty());
}

/// Opens the one entry, whose page gives nothing, and looks what is said; it stays so when it is opened again, and
/// the page is asked once more only by key.
fn names(page: Behaviour, words: &str) {
    let (library, server) = following(&[("Talks resume", "/talks", page)]);
    let is_named = |screen: &Screen<'_>| screen.has(words) && screen.has(SUMMARY);
    let reader = library.open(120, 36);
    reader.wait_for(SUMMARY);
    reader.press("<enter>");
    reader.wait_until(is_named);
    reader.press("q");
    reader.wait_until(|screen| !screen.has(words));
    quit(reader);
    let reader = library.open(120, 36);
    reader.wait_for("U shows all");
    reader.press("U");
    reader.wait_for(SUMMARY);
    reader.press("<enter>");
    reader.wait_until(is_named);
    assert_eq!(server.asked("/talks").len(), 1);
    reader.press("x");
    server.wait_asked("/talks", 2);
    reader.wait_until(is_named);
    reader.press("q");
    quit(reader);
}

#[test]
fn a_page_for_subscribers_is_named() {
    names(html(include_str!("../../fixtures/pages/paywall.html")), "the page is for subscribers");
}

#[test]
fn a_page_that_asks_for_consent_is_named() {
    names(html(include_str!("../../fixtures/pages/consent.html")), "the page asks for consent first");
}

#[test]
fn a_page_that_needs_scripts_is_named() {
    names(html(include_str!("../../fixtures/pages/scripts.html")), "the page needs JavaScript");
}

#[test]
fn a_refusal_is_named() {
    names(Behaviour::status(403), "the server refuses: 403 Forbidden");
}

#[test]
fn what_is_no_page_is_named() {
    let pdf = Behaviour::of("%PDF-1.7\n").header("content-type", "application/pdf");
    names(pdf, "the link leads to a PDF, not to a page");
}

#[test]
fn a_page_that_does_not_answer_is_named() {
    let gate = Gate::closed();
    let (library, server) = following(&[("Talks resume", "/talks", html(TALKS).behind(&gate))]);
    library.config("full_text = \"auto\"\n[limits]\nread = \"1s\"\n");
    let reader = library.open(120, 36);
    reader.wait_for(SUMMARY);
    reader.press("<enter>");
    server.wait_asked("/talks", 1);
    reader.wait_until(|screen| screen.has("the page does not answer") && screen.has(SUMMARY));
    gate.open();
    reader.press("q");
    quit(reader);
}

#[test]
fn a_page_that_is_on_its_way_is_announced_and_what_comes_late_disturbs_no_other() {
    let gate = Gate::closed();
    let pages = [
        ("Talks resume", "/talks", html(TALKS).behind(&gate)),
        ("Second story", "/second", Behaviour::status(404)),
    ];
    let (library, server) = following(&pages);
    let reader = library.open(120, 36);
    reader.wait_for(SUMMARY);
    reader.press("<enter>");
    reader.wait_until(|screen| screen.has("fetching the page…") && screen.has(SUMMARY));
    reader.press("n");
    reader.wait_for("the page is not there: 404 Not Found");
    gate.open();
    reader.press("N");
    reader.press("qk<enter>");
    reader.wait_until(|screen| screen.has("stayed at the table") && !screen.has("fetching the page…"));
    reader.press("q");
    quit(reader);
    assert_eq!(server.asked("/talks").len(), 1);
}

#[test]
fn who_has_read_on_is_not_moved() {
    let gate = Gate::closed();
    let (library, server) = (Library::new(), FeedServer::start());
    library.config("full_text = \"always\"");
    server.serve_with("/talks", html(TALKS).behind(&gate));
    let long = paragraphs("Summary", 30);
    let feed = feed_with("The Meridian", &[("Talks resume", &long)]);
    follow(
        &library,
        &server,
        "/feed.xml",
        &feed.replace("http://site.test/talks-resume", &server.url("/talks")),
    );
    let reader = library.open(80, 24);
    reader.wait_for("Talks resume");
    reader.press("<enter>");
    reader.wait_until(|screen| screen.has("fetching the page…") && screen.has("Summary 1."));
    reader.press("<c-d><c-d>");
    reader.wait_until(|screen| !screen.has("Summary 1.") && screen.has("Summary 12."));
    gate.open();
    reader
        .wait_until(|screen| screen.has("the page's text is here: x shows it") && screen.has("Summary 12."));
    reader.press("x");
    reader.wait_until(|screen| screen.has(FULL_TEXT) && screen.has(HEADLINE));
    reader.press("x");
    reader.wait_until(|screen| screen.has("Summary 12.") && !screen.has("Summary 1."));
    reader.press("q");
    quit(reader);
}

#[test]
fn a_whole_text_and_a_feed_that_is_set_so_are_fetched_only_by_key() {
    let (library, server) = talks();
    output_of(&library, &["set", "1", "full_text=never"]);
    let reader = library.open(80, 40);
    reader.wait_for("Talks resume");
    reader.press("<enter>");
    reader.wait_for(SUMMARY);
    assert!(server.asked("/talks").is_empty());
    reader.press("x");
    reader.wait_until(shows_page);
    reader.press("q");
    quit(reader);
    assert!(output_of(&library, &["set", "1"]).contains("full_text=never\n"));
    output_of(&library, &["undo"]);
    output_of(&library, &["undo"]);
    assert!(!output_of(&library, &["set", "1"]).contains("full_text"));
}

#[test]
fn the_pages_of_one_article_are_joined() {
    let page = |number: usize, next: &str| {
        let paragraph = |part: &str| {
            format!(
                "<p>Page {number}, {part} part: the surveyors went out again with the tide, took their soundings along \
                 the whole of the northern mole, and wrote down what they had found before it was dark.</p>"
            )
        };
        html(&format!(
            "<html lang=\"en\"><head><title>The long survey</title>{next}</head><body><main><article>\
             <h1>The long survey</h1>{}{}{}</article></main></body></html>",
            paragraph("first"),
            paragraph("second"),
            paragraph("third"),
        ))
    };
    let next = "<link rel=\"next\" href=\"/survey?page=2\">";
    let (library, server) = following(&[("The survey", "/survey", page(1, next))]);
    server.serve_with("/survey?page=2", page(2, ""));
    let reader = library.open(80, 60);
    reader.wait_for("The survey");
    reader.press("<enter>");
    reader.wait_until(|screen| {
        let shown = unbroken(&screen.text());
        shown.contains("Page 1, first part") && shown.contains("Page 2, third part")
    });
    reader.press("q");
    quit(reader);
}

/// Leaves out all blanks: lines are broken at hyphens too.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What is expected of a page beside the project.
#[derive(serde::Deserialize)]
struct Expected {
    title: String,
    dek: String,
    body: Vec<String>,
    absent: Vec<String>,
}

#[test]
fn real_pages_are_shown_whole_and_without_their_furniture() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/seeds");
    let Ok(expected) = fs::read(folder.join("expected.json")) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    let expected: std::collections::BTreeMap<String, Expected> = serde_json::from_slice(&expected).unwrap();
    for (file, Expected { title, dek, body, absent }) in expected {
        let page = html(&fs::read_to_string(folder.join(&file)).unwrap());
        let (library, _server) = following(&[(&title, "/page", page)]);
        let reader = library.open(89, 400);
        reader.wait_for("● ");
        reader.press("<enter>");
        let last = letters(body.last().unwrap());
        reader.wait_until(|screen| letters(&screen.text()).contains(&last));
        let shown = letters(&reader.screen());
        let mut rest = shown.as_str();
        for words in [&title, &dek].into_iter().chain(&body) {
            let Some((_, after)) = rest.split_once(&letters(words)) else {
                panic!("{file}: missing, or out of order: {words}\n{}", reader.screen());
            };
            rest = after;
        }
        for words in absent {
            assert!(!shown.contains(&letters(&words)), "{file}: shown: {words}");
        }
        reader.press("q");
        quit(reader);
    }
}
