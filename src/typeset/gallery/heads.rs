//! Heads, empty texts and attached files.

use super::*;
use crate::model::{Enclosure, Url};

fn pictures(article: &Article, width: u16) -> Vec<String> {
    page(article, width).lines().iter().map(line_picture).collect()
}

fn enclosure(url: &str, mime: Option<&str>, length: Option<u64>) -> Enclosure {
    Enclosure { url: Url::parse(url).unwrap(), mime: mime.map(str::to_owned), length }
}

#[test]
fn a_page_begins_with_title_and_meta() {
    let article = Article {
        authors: vec!["Jane Doe".to_owned(), "Li Wei".to_owned()],
        published: Some("2026-11-22T13:05:00Z".parse().unwrap()),
        ..article("<p>Text.</p>")
    };
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(1));
    let zone = crate::typeset::Calendar::new(zone, "auto", |_| None);
    let page = typeset(&article, 53, &zone);
    let lines: Vec<_> = page.lines().iter().map(line_picture).collect();
    assert_eq!(
        lines,
        [
            "<title>Talks resume</title>",
            "<meta>The Outlet · Jane Doe, Li Wei · 22\u{a0}Nov\u{a0}2026, 14:05 ·</meta>",
            "<meta>1\u{a0}min</meta>",
            "",
            "Text.",
        ]
    );
}

#[test]
fn an_undated_article_leaves_the_date_out() {
    let lines = pictures(&article("<p>Text.</p>"), 60);
    assert_eq!(lines[1], "<meta>The Outlet · 1\u{a0}min</meta>");
}

#[test]
fn where_there_are_two_texts_the_head_says_which_one_this_is() {
    let both = |text| Article { has_other: true, text, ..article("<p>Text.</p>") };
    assert_eq!(pictures(&both(Text::Page), 60)[1], "<meta>The Outlet · 1\u{a0}min · full\u{a0}text</meta>");
    assert_eq!(pictures(&both(Text::Feed), 60)[1], "<meta>The Outlet · 1\u{a0}min · feed\u{a0}text</meta>");
}

#[test]
fn tags_stand_below_what_is_told() {
    let tags = ["Uncategorized", "Rain and hills", "Politics", " "].map(str::to_owned).to_vec();
    let lines = pictures(&Article { tags, ..article("<p>Text.</p>") }, 60);
    assert_eq!(lines[2..], ["<meta>#Rain\u{a0}and\u{a0}hills #Politics</meta>", "", "Text."]);
}

#[test]
fn a_standfirst_stands_between_head_and_text() {
    let article = Article { standfirst: Some("In short.".to_owned()), ..article("<p>Text.</p>") };
    let lines = pictures(&article, 60);
    assert_eq!(lines[2..], ["", "<i>In short.</i>", "", "Text."]);
}

#[test]
fn the_lead_picture_has_room_above_a_text_that_does_not_show_it() {
    let canvas = Canvas {
        cell: crate::model::PixelSize { width: 10, height: 20 },
        rows: 10,
        known: std::sync::Arc::default(),
    };
    let places = |body: &str| {
        let lead_image = Some(Url::parse("http://a.test/i/rain-hills-1200x630.jpg").unwrap());
        let article = Article { lead_image, ..article(body) };
        let page = page(&article, 60).manuscript().set(60, Some(&canvas));
        page.pictures().iter().map(|placed| placed.line).collect::<Vec<_>>()
    };
    assert_eq!(places("<p>Text.</p>"), [3]);
    assert_eq!(places("<p>Text.</p><img src='http://b.test/other.jpg'>"), [3, 16]);
    assert_eq!(
        places("<p>Text.</p><img src='http://b.test/rain-hills-640x480.jpg'>"),
        [5],
        "it is shown there"
    );
    assert_eq!(places("<img src='http://b.test/other.jpg'><p>Text.</p>"), [3], "another comes first");
    let lead_image = Some(Url::parse("http://a.test/i/1.jpg").unwrap());
    let lines = pictures(&Article { lead_image, ..article("<p>Text.</p>") }, 60);
    assert_eq!(lines[2..], ["", "Text."], "no words stand for it");
}

#[test]
fn a_heading_that_repeats_the_title_is_dropped() {
    assert_eq!(picture("<h1>Talks <i>resume!</i></h1><h2>Next</h2>", 40), ["<heading2>Next</heading2>"]);
}

#[test]
fn a_later_heading_may_repeat_the_title() {
    let lines = picture("<h2>First</h2><h2>Talks resume</h2>", 40);
    assert_eq!(lines, ["<heading2>First</heading2>", "", "<heading2>Talks resume</heading2>"]);
}

#[test]
fn an_empty_text_says_what_to_do() {
    assert_eq!(picture("<p> </p>", 60), ["<meta>No text came with this entry.</meta>"]);
    let article = Article { link: Some(Url::parse("https://a.test/").unwrap()), ..article("") };
    let lines = pictures(&article, 80);
    assert_eq!(
        lines[3],
        "<meta>No text came with this entry. Press x to fetch its page, o to open it.</meta>"
    );
}

#[test]
fn attached_files_are_listed_at_the_end() {
    let enclosures = vec![
        enclosure("https://a.test/x/talk.mp3", Some("audio/mpeg"), Some(12_000_000)),
        enclosure("https://a.test/talk.pdf", None, Some(0)),
    ];
    let article = Article { enclosures, ..article("<p>Text.</p>") };
    let page = page(&article, 60);
    let lines: Vec<_> = page.lines().iter().skip(5).map(line_picture).collect();
    assert_eq!(
        lines,
        [
            "<meta>Attached: </meta><link>a.test/talk.mp3</link><meta> (audio/mpeg, 12 MB)</meta>",
            "<meta>Attached: </meta><link>a.test/talk.pdf</link>",
        ]
    );
    let leads: Vec<_> =
        page.lines().iter().flat_map(|line| &line.spans).filter_map(|span| span.link).collect();
    assert_eq!(leads, [0, 1]);
}
