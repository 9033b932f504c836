//! Passwords: where they come from, where they go, and where they are never seen.

use std::fs;

use super::*;
use crate::commands::shell;

/// `me:secret`, as HTTP writes it.
const BASIC: &str = "Basic bWU6c2VjcmV0";

/// Gives the address with a login in it.
fn with_login(url: &str) -> String {
    url.replace("http://", "http://me:secret@")
}

#[test]
fn a_command_tells_the_login_and_only_the_server_of_the_feed_hears_it() {
    let elsewhere = FeedServer::start();
    elsewhere.serve("/new", document());
    let feed = Followed::new(Behaviour::status(401));
    feed.fetch(&[]);
    assert_eq!(feed.health()["problem"], "the server says 401 Unauthorized: credentials are needed");
    feed.library.file("login", "me:secret\nnot this\n");
    output_of(&feed.library, &["set", "1", "auth_command=cat login", "header.X-Key=k"]);
    feed.server.serve_with("/feed", Behaviour::redirect(301, &elsewhere.url("/new")));
    feed.fetch(&[]);
    feed.fetch(&[]);
    let asked = feed.server.asked("/feed");
    assert_eq!(asked[0].header("authorization"), None);
    assert_eq!((asked[1].header("authorization"), asked[1].header("x-key")), (Some(BASIC), Some("k")));
    for asked in elsewhere.asked("/new") {
        assert_eq!((asked.header("authorization"), asked.header("x-key")), (None, None));
    }
    // A server must not be able to have the login sent elsewhere by moving the feed.
    assert_eq!(elsewhere.asked("/new").len(), 2);
    assert_eq!(feed.health()["url"], feed.server.url("/feed"));
    let library = fs::read(feed.library.path().join("library.db")).unwrap();
    assert!(!library.windows(6).any(|bytes| bytes == b"secret"), "the password is kept");
}

#[test]
fn a_command_that_fails_is_said_and_nothing_is_asked() {
    let feed = Followed::new(Behaviour::of(document()));
    output_of(&feed.library, &["set", "1", "auth_command=false"]);
    assert_eq!(feed.fetch(&[]), 0);
    let problem = feed.health()["problem"].clone();
    assert!(problem.as_str().unwrap().starts_with("no password for it: false failed"), "{problem}");
}

#[test]
fn a_command_is_no_shell() {
    let feed = Followed::new(Behaviour::of(document()));
    output_of(&feed.library, &["set", "1", "auth_command=echo me:$(touch made) ; touch made > made"]);
    feed.fetch(&[]);
    assert!(!feed.library.path().join("made").exists());
    // Base64 of `me:$(touch made) ; touch made > made`.
    let sent = "Basic bWU6JCh0b3VjaCBtYWRlKSA7IHRvdWNoIG1hZGUgPiBtYWRl";
    assert_eq!(feed.server.asked("/feed")[0].header("authorization"), Some(sent));
}

#[test]
fn a_password_in_an_address_is_sent_and_never_shown() {
    let (library, server) = (Library::new(), FeedServer::start());
    server.serve("/feed", document());
    for path in ["/feed", "/gone"] {
        shell(&library, &format!("\"$0\" --offline add '{}'", with_login(&server.url(path))))
            .assert()
            .success();
    }
    let seen: Vec<String> = [
        &["feeds"][..],
        &["feeds", "--json"],
        &["list"],
        &["fetch", "--json"],
        &["fetch"],
        &["feeds"],
        &["feeds", "--json"],
        &["list", "--json"],
        &["set", "1"],
        &["rename", "1", "Mine"],
        &["export"],
    ]
    .iter()
    .map(|arguments| {
        let ended = library.newsterm(arguments).env("NEWSTERM_LOG", "newsterm=debug").assert();
        let output = ended.get_output();
        String::from_utf8([&output.stdout[..], &output.stderr[..]].concat()).unwrap()
    })
    .collect();
    assert_eq!(server.asked("/feed")[0].header("authorization"), Some(BASIC));
    for text in &seen {
        assert!(!text.contains("secret"), "{text}");
    }
    assert!(seen[0].contains("http://me:***@"), "{}", seen[0]);
    for log in fs::read_dir(library.path().join("cache/logs")).unwrap() {
        let text = fs::read_to_string(log.unwrap().path()).unwrap();
        assert!(text.contains("/gone") && !text.contains("secret"), "{text}");
    }
    assert!(output_of(&library, &["export", "--with-passwords"]).contains("me:secret@"));
}

#[test]
fn adding_shows_no_password_whatever_comes_of_it() {
    let (library, server) = (Library::new(), FeedServer::start());
    let untitled =
        "<rss version=\"2.0\"><channel><item><title>a</title><guid>NAME</guid></item></channel></rss>";
    server.serve("/one", untitled.replace("NAME", "1"));
    server.serve("/two", untitled.replace("NAME", "2"));
    let page = |links: &[&str]| {
        let link = |href: &&str| format!("<link rel='alternate' type='application/rss+xml' href='{href}'>");
        let links: String = links.iter().map(link).collect();
        Behaviour::of(format!("<!doctype html><html><head>{links}</head></html>"))
            .header("Content-Type", "text/html")
    };
    server.serve_with("/choice", page(&["/one", "/two"]));
    server.serve_with("/broken", page(&["/nothing"]));
    let port = with_login(&server.url("/x")).replace("/x", "9999/x");
    let closed = "http://me:secret@127.0.0.1:1/x".to_owned();
    let addresses = ["/choice", "/broken", "/none", "/one", "/one"].map(|path| with_login(&server.url(path)));
    let wrong = [port, closed, "ftp://me:secret@a.test/".to_owned(), "me:secret@a.test/x".to_owned()];
    for address in addresses.iter().chain(&wrong) {
        for how in ["", " --json", " --feed 9"] {
            let ended = shell(&library, &format!("\"$0\" add '{address}'{how}")).assert();
            let output = ended.get_output();
            let text = String::from_utf8([&output.stdout[..], &output.stderr[..]].concat()).unwrap();
            assert!(!text.contains("secret"), "{address}: {text}");
        }
    }
    let known = shell(&library, &format!("\"$0\" add --json '{}'", addresses[3])).assert().success();
    let known: serde_json::Value = serde_json::from_slice(&known.get_output().stdout).unwrap();
    assert_eq!((&known["outcome"], &known["feed"]), (&"known".into(), &1.into()));
    let unseen = shell(&library, "\"$0\" --offline add 'http://me:secret@b.test/feed'").assert().success();
    assert!(!String::from_utf8_lossy(&unseen.get_output().stdout).contains("secret"));
}

#[test]
fn a_list_of_feeds_sets_no_command_and_no_proxy() {
    let (library, server) = (Library::new(), FeedServer::start());
    server.serve("/feed", document());
    let outline = format!(
        "<opml version=\"2.0\"><body><outline type=\"rss\" text=\"A\" xmlUrl=\"{}\" auth_command=\"touch made\" \
         proxy=\"http://127.0.0.1:9/\" header.X=\"y\" interval=\"1m\"/></body></opml>",
        server.url("/feed")
    );
    library.file("list.opml", outline);
    output_of(&library, &["import", "list.opml"]);
    output_of(&library, &["fetch"]);
    assert!(!library.path().join("made").exists());
    let set = output_of(&library, &["set", "1"]);
    assert!(["auth_command", "proxy", "header", "interval"].iter().all(|name| !set.contains(name)), "{set}");
}
