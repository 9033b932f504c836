//! The program without a screen: what each command writes, changes and ends with.

mod add;
mod doctor;
mod extract;
mod feeds;
mod fetch;
mod keep;
mod list;
mod marks;
mod newsboat;
mod opml;
mod parse;
mod places;
mod query;
mod remove;
mod search;
mod show;
mod usage;

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

/// A feed that tries to rule the terminal from every text in it.
pub(crate) const HOSTILE: &str = r#"{"version": "https://jsonfeed.org/version/1.1",
  "title": "evil\u001b]0;owned\u0007 feed \u202eoutlet",
  "items": [{"id": "1", "url": "http://site.test/evil",
    "title": "evil\u001b]0;owned\u0007 \u009b8m title \u202ereversed\u2066 \u001b[8mhidden",
    "authors": [{"name": "evil\u001b]0;owned\u0007 writer\u202e"}],
    "date_published": "2025-01-06T12:00:00Z",
    "content_html": "<p>evil\u001b]0;owned\u0007 body \u202ereversed \u009b8m \u001b[8mhidden &#27;[8mref &#x9b;8m</p>"}]}"#;
