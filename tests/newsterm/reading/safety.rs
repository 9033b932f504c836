//! What feeds send never steers the terminal.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::*;

/// What would steer a terminal or turn text round, as HTML may carry it.
const ATTACK: &str =
    "evil\u{1b}]0;owned\u{7}\u{9b}8m&#27;]52;c;b3duZWQ=&#7;&#x9b;8m\u{202e}txt\u{2066}&#x202e;";

/// Takes sequences of a kind out of what was written, and gives what they hold.
fn take_sequences(written: &mut String, start: &str) -> Vec<String> {
    let mut taken = Vec::new();
    while let Some(at) = written.find(start) {
        let length = written[at..].find("\u{1b}\\").expect("each sequence ends");
        taken.push(written[at + start.len()..at + length].to_owned());
        written.replace_range(at..at + length + 2, "");
    }
    taken
}

#[test]
fn nothing_in_an_article_reaches_the_terminal_as_an_escape_whatever_carries_it() {
    let (library, server) = (Library::new(), FeedServer::start());
    library.config("theme = \"dark\"\nhyperlinks = \"on\"\nmark_read = \"never\"");
    let page = format!(
        "<title>{ATTACK}</title><body><h1>Next {ATTACK}</h1><p>{}</p>",
        "A page that a link leads to, and whose text is long enough to be one. ".repeat(8)
    );
    let page = Behaviour::of(page).header("content-type", "text/html; charset=utf-8");
    server.serve_with("/next", page);
    let html = format!(
        "<p id='{ATTACK}' title='{ATTACK}'>Text {ATTACK}</p><p><a title='{ATTACK}' href='{next}#{ATTACK}'>link {ATTACK}</a> \
         <a href='http://a.test/&#27;]0;x&#7;{ATTACK}'>two</a> <a href='#{ATTACK}'>three</a> \
         <a href='mailto:{ATTACK}'>four</a></p><img alt='alt {ATTACK}' src='http://a.test/{ATTACK}.png'>\
         <figure><img src='{next}' alt='{ATTACK}'><figcaption>caption {ATTACK}</figcaption></figure>\
         <pre><code class='language-{ATTACK}'>code {ATTACK}</code></pre>\
         <table><tr><th>{ATTACK}</th><td>b</td></tr><tr><td>{ATTACK}</td><td>d</td></tr></table>\
         <ol start='{ATTACK}'><li value='{ATTACK}'>item {ATTACK}</li></ol><q cite='{ATTACK}'>quote {ATTACK}</q>",
        next = server.url("/next")
    );
    let feed = serde_json::json!({
        "version": "https://jsonfeed.org/version/1.1", "title": "Feed",
        "items": [{"id": "1", "title": "Alpha", "url": server.url("/alpha"), "content_html": html}]
    });
    follow(&library, &server, "/feed.json", &feed.to_string());
    let mut reader = library.open(100, 50);
    reader.wait_for("Alpha");
    reader.press("<enter>");
    reader.wait_for("quote evil");
    reader.press("f");
    reader.wait_for("follow (o:");
    reader.press("ya");
    reader.wait_for("copied http");
    reader.press("Y");
    reader.wait_for("copied the article");
    reader.press("vGvggy");
    reader.wait_for("words");
    reader.press("/evil<enter>");
    reader.wait_for("1 of");
    reader.press("<esc>fa");
    reader.wait_for("A page that a link leads to");
    reader.press("qqq");
    assert_eq!(reader.wait_exit(), 0);
    assert_harmless(String::from_utf8(reader.raw_bytes()).unwrap());
}

/// Takes out the titles that the terminal was given, which count entries and say nothing else.
fn take_titles(written: &mut String) {
    const TITLE: &str = "\u{1b}]0;";
    while let Some(start) = written.find(TITLE) {
        let end = start + written[start..].find('\u{7}').expect("a title has an end");
        let title = &written[start + TITLE.len()..end];
        let count = title.strip_suffix("newsterm").expect("it is our name");
        assert!(count.chars().all(|c| c.is_ascii_digit() || "() ".contains(c)), "{count:?}");
        written.replace_range(start..=end, "");
    }
}

/// Looks at all that was written: links and copied texts are clean, and nothing else steers the terminal.
fn assert_harmless(mut written: String) {
    take_titles(&mut written);
    let is_printable = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let links = take_sequences(&mut written, "\u{1b}]8;");
    assert!(links.iter().any(|link| link.contains("/next#evil")), "{links:?}");
    assert!(links.iter().all(|link| is_printable(link)), "{links:?}");
    assert_eq!(
        take_sequences(&mut written, "\u{1b}_Gi=31,").len(),
        1,
        "the reader asks for pictures at its start"
    );
    let copied = take_sequences(&mut written, "\u{1b}]52;c;");
    assert_eq!(copied.len(), 3);
    for text in copied {
        let text = String::from_utf8(BASE64_STANDARD.decode(text).unwrap()).unwrap();
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
        assert!(!text.contains(['\u{202e}', '\u{2066}']), "{text:?}");
    }
    for hostile in ["\u{1b}]", "\u{7}", "\u{9b}", "\u{1b}[8m", "\u{202e}", "\u{2066}", "\u{1b}_", "\u{1b}P"] {
        assert!(!written.contains(hostile), "{}", hostile.escape_debug());
    }
}

#[test]
fn a_terminal_that_knows_links_is_told_where_they_lead() {
    let (library, server) = (Library::new(), FeedServer::start());
    library.config("theme = \"dark\"\nhyperlinks = \"on\"");
    let entry = "<p>See <a href='http://b.test/hills?a=1'>all of the hills</a>.</p>";
    follow(&library, &server, "/feed.xml", &feed_with("Outlet", &[("Alpha", entry)]));
    let reader = library.open(80, 24);
    reader.wait_for("Alpha");
    reader.press("<enter>");
    reader.wait_for("all of the hills");
    let mut written = String::from_utf8(reader.raw_bytes()).unwrap();
    let link = written.find("http://b.test/hills?a=1\u{1b}\\").expect("the link is told");
    let end = written[link..].find("\u{1b}]8;;\u{1b}\\").expect("and where it ends");
    assert!(written[link..link + end].contains("all"), "{:?}", &written[link..link + end]);
    take_sequences(&mut written, "\u{1b}]8;");
    take_titles(&mut written);
    assert!(!written.contains("\u{1b}]"));
}

#[test]
fn nothing_in_a_feed_reaches_the_terminal_as_an_escape() {
    let (library, server) = (Library::new(), FeedServer::start());
    // A terminal that is asked for its colours is sent sequences of our own.
    library.config("theme = \"dark\"");
    follow(&library, &server, "/evil.json", HOSTILE);
    let reader = open_wide(&library);
    reader.wait_for("body");
    reader.press("s");
    reader.wait_for("★");
    reader.press("<enter>");
    reader.wait_for("Unread · 0");
    reader.press("q");
    quit_and_check(reader);
}

fn quit_and_check(mut reader: Terminal) {
    reader.press("q");
    assert_eq!(reader.wait_exit(), 0);
    let mut written = String::from_utf8(reader.raw_bytes()).unwrap();
    take_titles(&mut written);
    assert!(written.contains("evil") && written.contains("owned"));
    for hostile in ["\x1b]", "\x07", "\u{9b}", "\x1b[8m", "\u{202e}", "\u{2066}"] {
        assert!(!written.contains(hostile), "{}", hostile.escape_debug());
    }
}
