//! The program without a screen: what each command writes, changes and ends with.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use assert_cmd::cargo::cargo_bin;
use newsterm::model::Timestamp;
use predicates::str::{contains, is_empty};
use serde_json::Value;

use crate::library::Library;
use crate::server::{Behaviour, FeedServer, Gate};

/// Writes a feed of these headlines, the newest first; each says `All about …` and has a page of its own.
pub(crate) fn feed_of(title: &str, headlines: &[&str]) -> String {
    let bodies: Vec<String> =
        headlines.iter().map(|headline| format!("<p>All about {headline}.</p>")).collect();
    let entries: Vec<(&str, &str)> =
        headlines.iter().copied().zip(bodies.iter().map(String::as_str)).collect();
    feed_with(title, &entries)
}

/// Writes a feed of these headlines and bodies, the newest first and an hour between them.
pub(crate) fn feed_with(title: &str, entries: &[(&str, &str)]) -> String {
    let entries = entries.iter().zip(0..).map(|((headline, body), age)| {
        let time = Timestamp::from_second(1_736_164_800 - 3600 * age).unwrap();
        let (slug, body) = (headline.to_lowercase().replace(' ', "-"), body.replace('<', "&lt;"));
        format!(
            "<entry><id>urn:{slug}</id><title>{headline}</title><link href=\"http://site.test/{slug}\"/>\
             <author><name>Jo Writer</name></author><published>{time}</published><updated>{time}</updated>\
             <content type=\"html\">{body}</content></entry>\n"
        )
    });
    let entries: String = entries.collect();
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:feed</id><title>{title}</title>\
         <updated>2025-01-06T12:00:00Z</updated>\n{entries}</feed>"
    )
}

/// Makes a library that follows one feed of these headlines, the newest first.
pub(crate) fn library_of(headlines: &[&str]) -> (Library, FeedServer) {
    let (library, server) = (Library::new(), FeedServer::start());
    follow(&library, &server, "/feed.xml", &feed_of("Kernel Post", headlines));
    (library, server)
}

/// Serves a feed and follows it.
pub(crate) fn follow(library: &Library, server: &FeedServer, path: &str, feed: &str) {
    server.serve(path, feed);
    library.newsterm(&["add", &server.url(path)]).assert().success();
}

/// Writes a list of feeds, each with its title and address.
pub(crate) fn opml_of(feeds: &[(&str, &str)]) -> String {
    let outlines = feeds.iter().map(|(title, url)| {
        let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        format!("<outline type=\"rss\" text=\"{title}\" xmlUrl=\"{url}\"/>\n")
    });
    format!("<opml version=\"2.0\"><body>\n{}</body></opml>\n", outlines.collect::<String>())
}

/// Runs a command that must do all it is asked, and gives what it wrote.
pub(crate) fn output_of(library: &Library, arguments: &[&str]) -> String {
    let done = library.newsterm(arguments).assert().success();
    String::from_utf8(done.get_output().stdout.clone()).unwrap()
}

/// Runs a command that writes a line of JSON for each thing.
pub(crate) fn json_of(library: &Library, arguments: &[&str]) -> Vec<Value> {
    json_lines(&output_of(library, arguments))
}

/// Lists the titles of what a query finds, the newest first.
pub(crate) fn titles(library: &Library, query: &str) -> Vec<String> {
    let entries = json_of(library, &["list", "--json", query]);
    entries.iter().map(|entry| text(&entry["title"]).to_owned()).collect()
}

/// Finds the number of the entry of this title, as an argument.
pub(crate) fn number_of(library: &Library, title: &str) -> String {
    let entries = json_of(library, &["list", "--json"]);
    let entry = entries.iter().find(|entry| entry["title"] == title).unwrap();
    entry["id"].to_string()
}

/// Checks that a command says just one thing to standard error, and no more than a sentence.
#[track_caller]
pub(crate) fn assert_says(ended: &Assert, words: &str) {
    let said = String::from_utf8(ended.get_output().stderr.clone()).unwrap();
    assert!(said.starts_with("newsterm: ") && said.lines().count() == 1, "{said}");
    assert!(said.contains(words), "{said}");
}

/// Prepares a shell script on this library, in which `$0` is the program.
pub(crate) fn shell(library: &Library, script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(cargo_bin!("newsterm")).current_dir(library.path());
    command.env("NEWSTERM_DIR", library.path()).env("HOME", library.path()).env_remove("RUST_LOG");
    command
}

fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn fields_of(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

mod add {
    use super::*;

    #[test]
    fn a_feed_is_followed_and_fetched() {
        let (library, server) = (Library::new(), FeedServer::start());
        server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha", "Beta"]));
        let said = output_of(&library, &["add", &server.url("/feed.xml")]);
        assert_eq!(said, "added Kernel Post · 2 entries\n");
        assert_eq!(titles(&library, ""), ["Alpha", "Beta"]);
    }

    #[test]
    fn a_feed_is_filed_in_a_folder_in_a_folder() {
        let (library, server) = (Library::new(), FeedServer::start());
        server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha"]));
        output_of(&library, &["add", &server.url("/feed.xml"), "--folder", "World/Asia"]);
        let feeds = json_of(&library, &["feeds", "--json"]);
        assert_eq!(feeds[0]["folder"], serde_json::json!(["World", "Asia"]));
    }

    #[test]
    fn what_is_not_a_feed_is_refused_and_nothing_is_followed() {
        let (library, server) = (Library::new(), FeedServer::start());
        server.serve("/page", "<!doctype html><html><body>Hello</body></html>");
        let ended = library.newsterm(&["add", &server.url("/page")]).assert().code(1);
        assert_says(&ended, "/page: not a feed: it is a web page (give the address of the feed itself)");
        assert_eq!(output_of(&library, &["feeds", "--json"]), "");
    }

    #[test]
    fn a_feed_that_is_known_is_not_asked_again() {
        let (library, server) = library_of(&["Alpha"]);
        let url = server.url("/feed.xml");
        assert_eq!(output_of(&library, &["add", &url]), format!("{url} is followed already\n"));
        assert_eq!(server.asked("/feed.xml").len(), 1);
    }

    #[test]
    fn offline_a_feed_is_followed_without_a_look() {
        let (library, server) = (Library::new(), FeedServer::start());
        let url = server.url("/feed.xml");
        let said = output_of(&library, &["--offline", "add", &url]);
        assert_eq!(said, format!("added {url}; not fetched yet\n"));
        assert!(server.asked("/feed.xml").is_empty());
    }

    #[test]
    fn only_web_addresses_are_taken() {
        let library = Library::new();
        for address in ["file:///etc/passwd", "gopher://old.test/", "not an address"] {
            let ended = library.newsterm(&["add", address]).assert().code(2);
            assert_says(&ended, &format!("\"{address}\" is not a web address"));
        }
    }
}

mod opml {
    use super::*;

    const NESTED: &str = r#"<opml version="2.0"><body>
        <outline text="World"><outline text="Asia">
          <outline type="rss" text="Straits &amp; Sons" xmlUrl="http://straits.test/feed"/></outline>
          <outline type="rss" text="Courier" xmlUrl="http://courier.test/feed" htmlUrl="http://courier.test/"/>
        </outline>
        <outline type="rss" text="Kernel Post" xmlUrl="http://kernel.test/feed"/>
      </body></opml>"#;

    #[test]
    fn folders_and_feeds_come_in_and_nothing_is_fetched() {
        let library = Library::new();
        library.file("list.opml", NESTED);
        let said = output_of(&library, &["import", "list.opml"]);
        assert_eq!(said, "added 3 feeds; newsterm fetch brings their entries\n");
        let feeds = json_of(&library, &["feeds", "--json"]);
        let places: Vec<_> =
            feeds.iter().map(|feed| (text(&feed["title"]), feed["folder"].to_string())).collect();
        let expected =
            [("Straits & Sons", "[\"World\",\"Asia\"]"), ("Courier", "[\"World\"]"), ("Kernel Post", "[]")];
        assert_eq!(places, expected.map(|(title, folder)| (title, folder.to_owned())));
        assert!(feeds.iter().all(|feed| feed["checked"].is_null()));
    }

    #[test]
    fn what_is_exported_can_be_imported_as_it_was() {
        let (library, other) = (Library::new(), Library::new());
        library.newsterm(&["import", "-"]).write_stdin(NESTED).assert().success();
        let exported = output_of(&library, &["export"]);
        other.newsterm(&["import", "-"]).write_stdin(exported.as_str()).assert().success();
        assert_eq!(output_of(&other, &["export", "-"]), exported);
        assert_eq!(json_of(&other, &["feeds", "--json"]).len(), 3);
    }

    #[test]
    fn an_import_names_what_it_leaves_out() {
        let library = Library::new();
        library.file(
            "list.opml",
            opml_of(&[("Odd", "exec:rm -rf"), ("Kernel Post", "http://kernel.test/feed")]),
        );
        let ended = library.newsterm(&["import", "list.opml"]).assert().code(3);
        assert_says(&ended, "left out, no web address: exec:rm -rf");
        assert_eq!(json_of(&library, &["feeds", "--json"]).len(), 1);
    }

    #[test]
    fn an_import_again_adds_nothing() {
        let library = Library::new();
        library.file("list.opml", NESTED);
        output_of(&library, &["import", "list.opml"]);
        assert!(
            output_of(&library, &["import", "list.opml"]).starts_with("added 0 feeds · 3 followed already")
        );
    }

    #[test]
    fn an_import_is_taken_back_whole() {
        let library = Library::new();
        library.file("list.opml", NESTED);
        output_of(&library, &["import", "list.opml"]);
        assert_eq!(output_of(&library, &["undo"]), "took back: subscribed · 3 feeds\n");
        assert_eq!(output_of(&library, &["feeds", "--json"]), "");
    }

    #[test]
    fn an_export_never_overwrites() {
        let library = Library::new();
        let kept = library.file("kept.opml", "precious");
        let ended = library.newsterm(&["export", "kept.opml"]).assert().code(1);
        assert_says(&ended, "cannot write kept.opml");
        assert_eq!(fs::read_to_string(kept).unwrap(), "precious");
    }

    #[test]
    fn an_export_writes_a_file() {
        let library = Library::new();
        library.newsterm(&["import", "-"]).write_stdin(NESTED).assert().success();
        output_of(&library, &["export", "new.opml"]);
        let written = fs::read_to_string(library.path().join("new.opml")).unwrap();
        assert_eq!(written, output_of(&library, &["export"]));
    }

    #[test]
    fn the_welcome_stays_out_of_an_export() {
        let library = Library::new();
        let reader = library.open(80, 24);
        reader.wait_for("Welcome to newsterm");
        assert!(!output_of(&library, &["export"]).contains("newsterm:"));
    }
}

mod fetch {
    use super::*;

    #[test]
    fn a_fetch_sums_up_what_came() {
        let (library, server) = library_of(&["Beta"]);
        server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha", "Beta"]));
        assert_eq!(output_of(&library, &["fetch"]), "1 new entry · 1 feed\n");
        assert_eq!(output_of(&library, &["fetch"]), "0 new entries · 1 feed\n");
    }

    #[test]
    fn a_changed_entry_is_counted_and_stays_one() {
        let (library, server) = library_of(&["Alpha"]);
        server.serve("/feed.xml", feed_with("Kernel Post", &[("Alpha", "<p>Corrected.</p>")]));
        assert_eq!(output_of(&library, &["fetch"]), "0 new entries · 1 feed · 1 changed\n");
        assert_eq!(titles(&library, ""), ["Alpha"]);
        assert!(output_of(&library, &["show", "1"]).contains("Corrected."));
    }

    #[test]
    fn each_feed_is_a_line_of_json() {
        let (library, server) = library_of(&["Alpha"]);
        follow(&library, &server, "/gone.xml", &feed_of("Courier", &["Beta"]));
        server.serve("/feed.xml", feed_of("Kernel Post", &["Newer", "Alpha"]));
        server.serve_with("/gone.xml", Behaviour::status(410));
        let ended = library.newsterm(&["fetch", "--json"]).assert().code(3).stderr(is_empty());
        let mut lines = json_lines(&String::from_utf8(ended.get_output().stdout.clone()).unwrap());
        lines.sort_by_key(|line| line["feed"].as_i64());
        let (good, bad) = (&lines[0], &lines[1]);
        assert_eq!(fields_of(good), ["changed", "feed", "new", "outcome", "title", "url"]);
        assert_eq!((text(&good["outcome"]), &good["new"]), ("updated", &Value::from(1)));
        assert_eq!((text(&bad["outcome"]), text(&bad["error"])), ("failed", "the server says 410 Gone"));
        assert_eq!(text(&bad["url"]), server.url("/gone.xml"));
    }

    #[test]
    fn one_bad_feed_stops_no_other() {
        let (library, server) = library_of(&["Beta"]);
        follow(&library, &server, "/bad.xml", &feed_of("Courier", &["Old"]));
        server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha", "Beta"]));
        server.serve_with("/bad.xml", Behaviour::status(500));
        let ended = library.newsterm(&["fetch"]).assert().code(3);
        assert_says(&ended, "Courier: the server says 500 Internal Server Error");
        ended.stdout("1 new entry · 2 feeds · 1 failed\n");
        assert_eq!(titles(&library, ""), ["Alpha", "Old", "Beta"]);
    }

    #[test]
    fn a_fetch_of_which_nothing_came_has_failed() {
        let (library, server) = library_of(&["Alpha"]);
        server.serve_with("/feed.xml", Behaviour::status(500));
        library.newsterm(&["fetch"]).assert().code(1);
    }

    #[test]
    fn a_person_sees_how_far_a_fetch_is() {
        let (library, server) = library_of(&["Beta"]);
        let gate = Gate::closed();
        let newer = Behaviour::of(feed_of("Kernel Post", &["Alpha", "Beta"])).behind(&gate);
        server.serve_with("/feed.xml", newer);
        let mut fetch = library.open_with(&["fetch"], 80, 24);
        fetch.wait_for(" 0/1");
        gate.open();
        fetch.wait_until(|screen| screen.has("1 new entry · 1 feed") && !screen.has("/1"));
        assert_eq!(fetch.wait_exit(), 0);
    }

    #[test]
    fn only_the_feeds_named_are_fetched() {
        let (library, server) = library_of(&["Alpha"]);
        follow(&library, &server, "/other.xml", &feed_of("Courier", &["Beta"]));
        output_of(&library, &["fetch", "courier"]);
        assert_eq!((server.asked("/feed.xml").len(), server.asked("/other.xml").len()), (1, 2));
    }

    #[test]
    fn a_name_that_no_feed_or_more_than_one_has_is_refused() {
        let (library, server) = library_of(&["Alpha"]);
        follow(&library, &server, "/other.xml", &feed_of("Morning Post", &["Beta"]));
        let nobody = library.newsterm(&["fetch", "nobody"]).assert().code(1);
        assert_says(&nobody, "no feed is called \"nobody\"");
        let both = library.newsterm(&["fetch", "post"]).assert().code(1);
        assert_says(&both, "several feeds are called \"post\"");
    }

    #[test]
    fn the_server_is_told_what_is_here_already() {
        let (library, server) = (Library::new(), FeedServer::start());
        let feed = Behaviour::of(feed_of("Kernel Post", &["Alpha"]));
        server.serve_with("/feed.xml", feed.header("last-modified", "Mon, 06 Jan 2025 12:00:00 GMT"));
        output_of(&library, &["add", &server.url("/feed.xml")]);
        let lines = json_of(&library, &["fetch", "--json"]);
        assert_eq!(text(&lines[0]["outcome"]), "not_modified");
        let asked = &server.asked("/feed.xml");
        assert_eq!(asked[0].header("if-none-match"), None);
        assert!(asked[1].header("if-none-match").unwrap().starts_with('"'));
        assert_eq!(asked[1].header("if-modified-since"), Some("Mon, 06 Jan 2025 12:00:00 GMT"));
        assert!(asked[1].header("user-agent").unwrap().starts_with("newsterm/"));
    }

    #[test]
    fn a_feed_that_was_fetched_just_now_is_not_due() {
        let (library, server) = library_of(&["Alpha"]);
        assert_eq!(output_of(&library, &["fetch", "--due"]), "0 new entries · 0 feeds\n");
        assert_eq!(server.asked("/feed.xml").len(), 1);
    }

    #[test]
    fn offline_no_server_is_asked() {
        let (library, server) = library_of(&["Alpha"]);
        let ended = library.newsterm(&["--offline", "fetch"]).assert().code(1);
        assert_says(&ended, "newsterm is offline");
        assert_eq!(server.asked("/feed.xml").len(), 1);
    }

    #[test]
    fn being_offline_is_no_fault_of_a_feed() {
        let (library, _server) = library_of(&["Alpha"]);
        let before = output_of(&library, &["feeds", "--json"]);
        library.newsterm(&["--offline", "fetch"]).assert().code(1);
        assert_eq!(output_of(&library, &["feeds", "--json"]), before);
    }

    #[test]
    fn a_feed_followed_offline_is_due_afterwards() {
        let (library, server) = (Library::new(), FeedServer::start());
        server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha"]));
        output_of(&library, &["--offline", "add", &server.url("/feed.xml")]);
        library.newsterm(&["--offline", "fetch", "--due"]).assert().code(1);
        assert_eq!(output_of(&library, &["fetch", "--due"]), "1 new entry · 1 feed\n");
    }

    #[test]
    fn a_library_without_feeds_has_nothing_to_fetch() {
        let library = Library::new();
        assert_eq!(output_of(&library, &["fetch"]), "0 new entries · 0 feeds\n");
    }
}

mod list {
    use super::*;

    fn two_feeds() -> (Library, FeedServer) {
        let (library, server) = library_of(&["Alpha", "Gamma"]);
        follow(&library, &server, "/other.xml", &feed_of("Le Monde: diplo", &["Beta", "Delta"]));
        output_of(&library, &["mark", "--read", &number_of(&library, "Alpha")]);
        output_of(&library, &["mark", "--save", &number_of(&library, "Delta")]);
        (library, server)
    }

    #[test]
    fn a_query_finds_by_status_and_by_feed() {
        let (library, _server) = two_feeds();
        let table: [(&str, &[&str]); 6] = [
            ("is:read", &["Alpha"]),
            ("is:saved", &["Delta"]),
            ("is:unread feed:kernel", &["Gamma"]),
            ("feed:\"Monde: d\"", &["Beta", "Delta"]),
            ("feed:nobody", &[]),
            ("is:read is:saved", &[]),
        ];
        for (query, expected) in table {
            assert_eq!(titles(&library, query), expected, "{query}");
        }
    }

    #[test]
    fn entries_are_listed_newest_first_and_no_more_than_wanted() {
        let (library, _server) = library_of(&["Alpha", "Beta", "Gamma"]);
        let lines = output_of(&library, &["list", "--limit", "2"]);
        let shown: Vec<&str> = lines.lines().map(str::trim_start).collect();
        assert_eq!(
            shown,
            ["3 N 2025-01-06 12:00  Kernel Post: Alpha", "2 N 2025-01-06 11:00  Kernel Post: Beta"]
        );
    }

    #[test]
    fn an_entry_is_a_line_of_json() {
        let (library, _server) = library_of(&["Alpha"]);
        let expected = serde_json::json!({
            "id": 1, "feed": 1, "outlet": "Kernel Post", "title": "Alpha", "link": "http://site.test/alpha",
            "time": "2025-01-06T12:00:00Z", "read": false, "saved": false,
        });
        assert_eq!(json_of(&library, &["list", "--json"]), [expected]);
    }

    #[test]
    fn more_entries_than_a_window_holds_are_all_listed_once() {
        let headlines: Vec<String> = (0..1100).map(|number| format!("Headline {number:04}")).collect();
        let headlines: Vec<&str> = headlines.iter().map(String::as_str).collect();
        let (library, _server) = library_of(&headlines);
        assert_eq!(titles(&library, ""), headlines);
    }

    #[test]
    fn a_query_that_cannot_be_read_says_what_is_possible() {
        let library = Library::new();
        let ended = library.newsterm(&["list", "is:unread", "is:new"]).assert().failure().stdout(is_empty());
        assert_says(&ended, "cannot read `is:new` at 11: possible are is:unread, is:read, is:saved");
    }

    #[test]
    fn saved_entries_of_a_removed_feed_still_name_their_outlet() {
        let (library, _server) = library_of(&["Alpha", "Beta"]);
        output_of(&library, &["mark", "--save", "1"]);
        output_of(&library, &["remove", "kernel"]);
        let entries = json_of(&library, &["list", "--json"]);
        assert_eq!(entries.len(), 1);
        assert_eq!(text(&entries[0]["outlet"]), "Kernel Post");
    }

    #[test]
    fn nothing_in_a_feed_reaches_the_output_as_an_escape() {
        let (library, server) = (Library::new(), FeedServer::start());
        follow(&library, &server, "/evil.json", HOSTILE);
        let outputs =
            [&["list"][..], &["feeds"], &["show", "1"], &["show", "1", "--format", "markdown"], &["export"]];
        for arguments in outputs {
            let written = output_of(&library, arguments);
            assert!(written.contains("evil"), "{arguments:?}: {written}");
            assert!(!written.contains(|c: char| c.is_control() && c != '\n'), "{arguments:?}: {written:?}");
            assert!(!written.contains(['\u{202e}', '\u{2066}']), "{arguments:?}: {written:?}");
        }
    }
}

/// A feed that tries to rule the terminal from every text in it.
pub(crate) const HOSTILE: &str = r#"{"version": "https://jsonfeed.org/version/1.1",
  "title": "evil\u001b]0;owned\u0007 feed \u202eoutlet",
  "items": [{"id": "1", "url": "http://site.test/evil",
    "title": "evil\u001b]0;owned\u0007 \u009b8m title \u202ereversed\u2066 \u001b[8mhidden",
    "authors": [{"name": "evil\u001b]0;owned\u0007 writer\u202e"}],
    "date_published": "2025-01-06T12:00:00Z",
    "content_html": "<p>evil\u001b]0;owned\u0007 body \u202ereversed \u009b8m \u001b[8mhidden &#27;[8mref &#x9b;8m</p>"}]}"#;

mod show {
    use super::*;

    const BODY: &str = "<h2>Part one</h2><p>Some <em>stressed</em> <a href=\"/more\">words</a>.</p>\
                        <script>alert(1)</script><ul><li>first</li></ul>";

    fn shown(format: &str) -> String {
        let (library, server) = (Library::new(), FeedServer::start());
        follow(&library, &server, "/feed.xml", &feed_with("Kernel Post", &[("Alpha", BODY)]));
        output_of(&library, &["show", "1", "--format", format]).replace(&server.url(""), "http://feed.test")
    }

    #[test]
    fn an_article_is_shown_as_text() {
        let shown = shown("text");
        let mut lines = shown.lines().filter(|line| !line.is_empty());
        assert_eq!(lines.next(), Some("Alpha"));
        assert!(lines.next().unwrap().starts_with("Kernel Post · Jo Writer · 6 Jan 2025, 12:00"), "{shown}");
        assert!(shown.contains("Part one") && shown.contains("Some stressed words."), "{shown}");
        assert!(!shown.contains("alert") && !shown.contains('<'), "{shown}");
    }

    #[test]
    fn an_article_is_shown_as_markdown() {
        let shown = shown("markdown");
        assert!(shown.starts_with("# Alpha\n\nKernel Post · Jo Writer · 2025-01-06T12:00:00Z"), "{shown}");
        assert!(shown.contains("## Part one") && shown.contains("[words](http://feed.test/more)"), "{shown}");
        assert!(!shown.contains("alert"), "{shown}");
    }

    #[test]
    fn an_article_is_shown_as_html() {
        let shown = shown("html");
        assert!(shown.starts_with("<!doctype html>") && shown.contains("<h1>Alpha</h1>"), "{shown}");
        assert!(shown.contains("href=\"http://feed.test/more\"") && !shown.contains("script"), "{shown}");
    }

    #[test]
    fn an_article_is_shown_as_json() {
        let article: Value = serde_json::from_str(&shown("json")).unwrap();
        let fields =
            ["authors", "html", "id", "link", "outlet", "published", "read", "saved", "text", "title"];
        assert_eq!(fields_of(&article), fields);
        assert_eq!(article["authors"], serde_json::json!(["Jo Writer"]));
        assert!(text(&article["html"]).contains("<h2>Part one</h2>"));
        assert!(text(&article["text"]).contains("Some stressed words."));
    }

    #[test]
    fn looking_at_an_article_marks_nothing() {
        let (library, _server) = library_of(&["Alpha"]);
        output_of(&library, &["show", "1"]);
        assert_eq!(titles(&library, "is:unread"), ["Alpha"]);
    }

    #[test]
    fn an_entry_that_is_not_there_is_named() {
        let library = Library::new();
        let ended = library.newsterm(&["show", "7"]).assert().code(1);
        assert_says(&ended, "there is no entry 7; newsterm list shows their numbers");
    }
}

mod marks {
    use super::*;

    #[test]
    fn entries_are_marked_by_their_numbers() {
        let (library, _server) = library_of(&["Alpha", "Beta", "Gamma"]);
        let (alpha, gamma) = (number_of(&library, "Alpha"), number_of(&library, "Gamma"));
        assert_eq!(output_of(&library, &["mark", "--read", &alpha, &gamma]), "marked read · 2 entries\n");
        assert_eq!(titles(&library, "is:unread"), ["Beta"]);
        assert_eq!(output_of(&library, &["mark", "--unread", &alpha]), "marked unread · 1 entry\n");
        assert_eq!(titles(&library, "is:unread"), ["Alpha", "Beta"]);
    }

    #[test]
    fn entries_are_marked_by_a_query() {
        let (library, server) = library_of(&["Alpha", "Beta"]);
        follow(&library, &server, "/other.xml", &feed_of("Courier", &["Gamma"]));
        assert_eq!(output_of(&library, &["mark", "--save", "--query", "feed:kernel"]), "saved · 2 entries\n");
        assert_eq!(titles(&library, "is:saved"), ["Alpha", "Beta"]);
        output_of(&library, &["mark", "--unsave", "--query", "is:saved"]);
        assert!(titles(&library, "is:saved").is_empty());
    }

    #[test]
    fn a_number_that_no_entry_has_is_named_and_the_others_are_marked() {
        let (library, _server) = library_of(&["Alpha"]);
        let ended = library.newsterm(&["mark", "--read", "1", "77"]).assert().code(3);
        assert_says(&ended, "there is no entry 77");
        assert_eq!(titles(&library, "is:read"), ["Alpha"]);
        library.newsterm(&["mark", "--read", "77"]).assert().code(1);
    }

    #[test]
    fn marks_are_taken_back_one_by_one_and_done_again() {
        let (library, _server) = library_of(&["Alpha", "Beta"]);
        output_of(&library, &["mark", "--read", "1", "2"]);
        output_of(&library, &["mark", "--save", "1"]);
        assert_eq!(output_of(&library, &["undo"]), "took back: saved · 1 entry\n");
        assert_eq!(output_of(&library, &["undo"]), "took back: marked read · 2 entries\n");
        assert_eq!(titles(&library, "is:unread"), ["Alpha", "Beta"]);
        assert_eq!(output_of(&library, &["redo"]), "did again: marked read · 2 entries\n");
        assert_eq!(output_of(&library, &["redo"]), "did again: saved · 1 entry\n");
        assert_eq!(output_of(&library, &["redo"]), "nothing to do again\n");
        assert_eq!((titles(&library, "is:read").len(), titles(&library, "is:saved").len()), (2, 1));
    }

    #[test]
    fn a_library_in_which_nothing_was_done_has_nothing_to_take_back() {
        let library = Library::new();
        assert_eq!(output_of(&library, &["undo"]), "nothing to take back\n");
    }

    #[test]
    fn what_is_read_stays_read_when_the_feed_comes_again() {
        let (library, server) = library_of(&["Alpha"]);
        output_of(&library, &["mark", "--read", "1"]);
        server.serve("/feed.xml", feed_of("Kernel Post", &["Newer", "Alpha"]));
        output_of(&library, &["fetch"]);
        assert_eq!(titles(&library, "is:unread"), ["Newer"]);
    }
}

mod remove {
    use super::*;

    #[test]
    fn a_removed_feed_is_gone_with_its_entries_and_undo_brings_back_its_marks() {
        let (library, _server) = library_of(&["Alpha", "Beta"]);
        output_of(&library, &["mark", "--read", &number_of(&library, "Alpha")]);
        let before = (output_of(&library, &["list"]), output_of(&library, &["feeds"]));
        let said = output_of(&library, &["remove", "kernel"]);
        assert_eq!(said, "removed Kernel Post; newsterm undo brings it back\n");
        assert_eq!(output_of(&library, &["list"]), "");
        output_of(&library, &["undo"]);
        assert_eq!((output_of(&library, &["list"]), output_of(&library, &["feeds"])), before);
    }

    #[test]
    fn a_removed_feed_is_not_fetched() {
        let (library, server) = library_of(&["Alpha"]);
        output_of(&library, &["remove", "1"]);
        output_of(&library, &["fetch"]);
        assert_eq!(server.asked("/feed.xml").len(), 1);
    }

    #[test]
    fn a_name_that_is_wrong_removes_nothing() {
        let (library, _server) = library_of(&["Alpha"]);
        library.newsterm(&["remove", "kernel", "nobody"]).assert().code(1);
        assert_eq!(json_of(&library, &["feeds", "--json"]).len(), 1);
    }

    #[test]
    fn a_feed_added_again_comes_with_its_marks() {
        let (library, server) = library_of(&["Alpha", "Beta"]);
        output_of(&library, &["mark", "--read", &number_of(&library, "Alpha")]);
        output_of(&library, &["remove", "kernel"]);
        output_of(&library, &["add", &server.url("/feed.xml")]);
        assert_eq!(
            (titles(&library, "is:read"), titles(&library, "")),
            (vec!["Alpha".to_owned()], vec!["Alpha".to_owned(), "Beta".to_owned()])
        );
    }
}

mod feeds {
    use super::*;

    #[test]
    fn a_feed_is_a_line_of_json() {
        let (library, server) = library_of(&["Alpha", "Beta"]);
        output_of(&library, &["mark", "--read", "1"]);
        let feed = &json_of(&library, &["feeds", "--json"])[0];
        let fields = [
            "checked",
            "entries",
            "failures",
            "feed",
            "folder",
            "problem",
            "saved",
            "site",
            "succeeded",
            "title",
            "unread",
            "url",
        ];
        assert_eq!(fields_of(feed), fields);
        assert_eq!((&feed["entries"], &feed["unread"]), (&Value::from(2), &Value::from(1)));
        assert_eq!(
            (text(&feed["title"]), text(&feed["url"])),
            ("Kernel Post", server.url("/feed.xml").as_str())
        );
        assert!(feed["problem"].is_null() && text(&feed["checked"]).ends_with('Z'));
    }

    #[test]
    fn what_is_wrong_with_a_feed_is_said_until_it_is_well_again() {
        let (library, server) = library_of(&["Alpha"]);
        server.serve_with("/feed.xml", Behaviour::status(503));
        for _ in 0..2 {
            library.newsterm(&["fetch"]).assert().code(1);
        }
        let ill = &json_of(&library, &["feeds", "--json"])[0];
        assert_eq!(text(&ill["problem"]), "the server says 503 Service Unavailable");
        assert_eq!(ill["failures"], 2);
        server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha"]));
        output_of(&library, &["fetch"]);
        let well = &json_of(&library, &["feeds", "--json"])[0];
        assert!(well["problem"].is_null() && well["failures"] == 0);
    }

    #[test]
    fn one_without_feeds_is_told_how_to_begin() {
        let library = Library::new();
        assert_eq!(output_of(&library, &["feeds"]), "no feeds yet; newsterm add URL follows one\n");
    }
}

mod parse {
    use super::*;

    fn parsed(arguments: &[&str], code: i32) -> Vec<Value> {
        let library = Library::new();
        library.file("good.xml", feed_of("Kernel Post", &["Alpha"]));
        library.file("bad.xml", "<!doctype html><html><body>Hello</body></html>");
        library.file("links.xml", feed_with("Links", &[("Alpha", "<a href=\"/more\">more</a>")]));
        let ended = library.newsterm(&[&["parse", "--json"], arguments].concat()).assert().code(code);
        assert!(!library.path().join("library.db").exists());
        json_lines(&String::from_utf8(ended.get_output().stdout.clone()).unwrap())
    }

    #[test]
    fn a_feed_file_is_a_line_of_json() {
        let line = &parsed(&["good.xml"], 0)[0];
        assert_eq!((fields_of(line), text(&line["file"])), (vec!["feed", "file"], "good.xml"));
        let feed = &line["feed"];
        assert_eq!(fields_of(feed), ["description", "entries", "format", "link", "title"]);
        assert_eq!((text(&feed["format"]), text(&feed["title"])), ("atom", "Kernel Post"));
        let expected = serde_json::json!({
            "id": "urn:alpha", "title": "Alpha", "link": "http://site.test/alpha", "authors": ["Jo Writer"],
            "published": "2025-01-06T12:00:00Z", "updated": "2025-01-06T12:00:00Z", "summary": null,
            "content_html": "<p>All about Alpha.</p>", "enclosures": [], "tags": [],
        });
        assert_eq!(feed["entries"], serde_json::json!([expected]));
    }

    #[test]
    fn a_file_that_is_no_feed_is_a_line_with_its_error() {
        let lines = parsed(&["bad.xml", "missing.xml"], 1);
        assert_eq!(fields_of(&lines[0]), ["error", "file"]);
        assert_eq!(text(&lines[0]["error"]), "not a feed: it is a web page");
        assert!(text(&lines[1]["error"]).starts_with("cannot be read"));
    }

    #[test]
    fn files_are_read_in_order_past_a_bad_one() {
        let lines = parsed(&["bad.xml", "good.xml", "links.xml"], 1);
        let files: Vec<&str> = lines.iter().map(|line| text(&line["file"])).collect();
        assert_eq!(files, ["bad.xml", "good.xml", "links.xml"]);
        assert!(lines[1]["feed"].is_object());
    }

    #[test]
    fn links_are_completed_by_the_address_of_the_feed() {
        let line = &parsed(&["--url", "http://feed.test/all.xml", "links.xml"], 0)[0];
        let html = text(&line["feed"]["entries"][0]["content_html"]);
        assert!(html.contains("href=\"http://feed.test/more\""), "{html}");
    }
}

mod places {
    use super::*;

    fn feeds_in(directory: &Path, arguments: &[&str]) -> String {
        let elsewhere = Library::new();
        let done = elsewhere.newsterm(arguments).env("NEWSTERM_DIR", directory).assert().success();
        String::from_utf8(done.get_output().stdout.clone()).unwrap()
    }

    #[test]
    fn a_directory_is_given_by_option_or_by_environment() {
        let (library, _server) = library_of(&["Alpha"]);
        let (here, elsewhere) = (library.path().to_str().unwrap(), Library::new());
        let expected = output_of(&library, &["feeds"]);
        assert_eq!(feeds_in(library.path(), &["feeds"]), expected);
        // The option goes before the environment, and may stand on either side of the command.
        assert_eq!(feeds_in(elsewhere.path(), &["--dir", here, "feeds"]), expected);
        assert_eq!(feeds_in(elsewhere.path(), &["feeds", "--dir", here]), expected);
    }

    #[test]
    fn a_directory_that_is_not_there_is_made() {
        let library = Library::new();
        output_of(&library, &["--dir", "new/place", "feeds"]);
        assert!(library.path().join("new/place/library.db").exists());
    }

    #[test]
    fn the_places_and_the_source_of_each_setting_are_shown() {
        let library = Library::new();
        library.file("config.toml", "\nmeasure = 60\n");
        let shown = output_of(&library, &["config"]);
        for file in ["config.toml", "library.db", "cache", "logs"] {
            assert!(
                shown.lines().any(|line| line.starts_with("# ") && line.ends_with(file)),
                "{file}: {shown}"
            );
        }
        let words = |key: &str| {
            let line = shown.lines().find(|line| line.starts_with(key)).unwrap();
            line.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(words("measure"), "measure = 60 # line 2");
        assert_eq!(words("refresh.every"), "refresh.every = \"30m\" # default");
    }

    #[test]
    fn showing_the_settings_makes_nothing() {
        let library = Library::new();
        output_of(&library, &["--dir", "nowhere", "config"]);
        assert!(!library.path().join("nowhere").exists());
    }
}

mod usage {
    use super::*;

    #[test]
    fn wrong_usage_ends_with_two() {
        let library = Library::new();
        let wrong: [&[&str]; 7] = [
            &["frobnicate"],
            &["add"],
            &["mark", "1"],
            &["mark", "--read"],
            &["mark", "--read", "--save", "1"],
            &["show", "one"],
            &["list", "--limit", "few"],
        ];
        for arguments in wrong {
            library.newsterm(arguments).assert().code(2).stdout(is_empty());
        }
        assert!(!library.path().join("library.db").exists());
    }

    #[test]
    fn every_command_has_its_help() {
        let library = Library::new();
        output_of(&library, &["--help"]);
        for command in [
            "add", "import", "export", "fetch", "list", "show", "mark", "remove", "undo", "redo", "feeds",
            "parse", "config",
        ] {
            library.newsterm(&[command, "--help"]).assert().success().stdout(contains("Usage: newsterm"));
        }
    }

    #[test]
    fn a_reader_who_leaves_a_pipe_early_is_no_error() {
        let headlines: Vec<String> =
            (0..2000).map(|number| format!("A headline of some length {number}")).collect();
        let (library, _server) = library_of(&headlines.iter().map(String::as_str).collect::<Vec<_>>());
        for arguments in ["list", "list --json"] {
            let script = format!("{{ \"$0\" {arguments}; echo \"ended with $?\" >&2; }} | head -n 1");
            let ended = shell(&library, &script).assert().success().stderr("ended with 0\n");
            assert_eq!(String::from_utf8_lossy(&ended.get_output().stdout).lines().count(), 1);
        }
    }
}
