//! `newsterm import --newsboat`: feeds, articles and marks of another reader.

use rusqlite::Connection;

use super::*;

/// The tables as newsboat makes them.
const SCHEMA: &str = "
    CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL,
      title VARCHAR(1024) NOT NULL, lastmodified INTEGER(11) NOT NULL DEFAULT 0,
      is_rtl INTEGER(1) NOT NULL DEFAULT 0, etag VARCHAR(128) NOT NULL DEFAULT '');
    CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL,
      title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL,
      feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL,
      unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),
      enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0,
      base VARCHAR(128) NOT NULL DEFAULT '');";

const URLS: &str = "# mine\n\
    http://kernel.test/feed tech linux \"~The Kernel\"\n\
    exec:~/bin/feed.sh tech\n\
    \"query:Unread:unread = \\\"yes\\\"\"\n\
    http://paper.test/rss !\n";

/// Makes a folder with newsboat's list and its cache of four articles.
fn newsboat(library: &Library, folder: &str) -> Connection {
    let place = library.path().join(folder);
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("urls"), URLS).unwrap();
    let cache = Connection::open(place.join("cache.db")).unwrap();
    cache.execute_batch(SCHEMA).unwrap();
    cache
        .execute("INSERT INTO rss_feed (rssurl, url, title) VALUES ('http://paper.test/rss', 'http://paper.test/', 'The Paper')", [])
        .unwrap();
    let kernel = "http://kernel.test/feed";
    keep(&cache, kernel, "urn:alpha", "Alpha", "unread = 0, flags = 'x'");
    keep(&cache, kernel, "urn:beta", "Beta", "unread = 0");
    keep(&cache, kernel, "urn:gone", "Gone", "deleted = 1");
    keep(&cache, "http://paper.test/rss", "1", "Gamma", "flags = ''");
    keep(&cache, "http://left.test/rss", "1", "Delta", "flags = 'a'");
    cache
}

/// Keeps an article of which this is so, else it is unread.
fn keep(cache: &Connection, feed: &str, guid: &str, title: &str, state: &str) {
    let insert = "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread) \
                  VALUES (?1, ?2, 'Jo Writer', ?3, ?4, 1736164800, ?5, 1)";
    let link = format!("http://site.test/{}", title.to_lowercase());
    let content = format!("<p>Kept about {title}.</p>");
    cache.execute(insert, (guid, title, link, feed, content)).unwrap();
    cache.execute(&format!("UPDATE rss_item SET {state} WHERE id = last_insert_rowid()"), []).unwrap();
}

fn said(ended: &Assert) -> (String, String) {
    let output = ended.get_output();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn feeds_articles_and_marks_come_along() {
    let library = Library::new();
    newsboat(&library, "boat");
    let ended = library.newsterm(&["import", "--newsboat", "boat"]).assert().code(3);
    let (summary, losses) = said(&ended);
    let expected =
        "added 2 feeds · 0 followed already · 3 articles · 2 marked read · 1 saved · 2 lines left out\n";
    assert_eq!(summary, expected);
    let expected = [
        "newsterm: boat/urls:3: left out, it runs a command: exec:~/bin/feed.sh",
        "newsterm: boat/urls:4: left out, a query feed: query:Unread:unread = \"yes\"",
        "newsterm: left out, tags behind the first of a feed, which became its folder: linux",
        "newsterm: 1 feed that newsboat hides can be seen here",
        "newsterm: left out, 1 article (1 flagged) of 1 feed that newsboat no longer follows",
    ];
    assert_eq!(losses.lines().collect::<Vec<_>>(), expected);

    let feeds = json_of(&library, &["feeds", "--json"]);
    let named: Vec<_> = feeds.iter().map(|it| (text(&it["title"]), it["folder"].to_string())).collect();
    assert_eq!(named, [("The Kernel", "[\"tech\"]".to_owned()), ("The Paper", "[]".to_owned())]);
    assert!(feeds.iter().all(|feed| feed["checked"].is_null()));
    assert_eq!(titles(&library, "is:unread"), ["Gamma"]);
    assert_eq!(titles(&library, "is:saved"), ["Alpha"]);
    let shown = output_of(&library, &["show", &number_of(&library, "Beta")]);
    assert!(shown.contains("Kept about Beta.") && shown.contains("Jo Writer"), "{shown}");
}

#[test]
fn an_import_again_changes_nothing() {
    let library = Library::new();
    newsboat(&library, "boat");
    library.newsterm(&["import", "--newsboat", "boat"]).assert().code(3);
    let before = output_of(&library, &["list", "--json"]);
    let (summary, _) = said(&library.newsterm(&["import", "--newsboat", "boat"]).assert().code(3));
    let expected =
        "added 0 feeds · 2 followed already · 0 articles · 0 marked read · 0 saved · 2 lines left out\n";
    assert_eq!(summary, expected);
    assert_eq!(output_of(&library, &["list", "--json"]), before);
}

#[test]
fn an_import_is_taken_back_and_done_again_whole() {
    let library = Library::new();
    newsboat(&library, "boat");
    library.newsterm(&["import", "--newsboat", "boat"]).assert().code(3);
    let before = output_of(&library, &["list", "--json"]);
    assert_eq!(output_of(&library, &["undo"]), "took back: subscribed · 2 feeds\n");
    assert_eq!(output_of(&library, &["feeds", "--json"]), "");
    assert_eq!(titles(&library, ""), [""; 0]);
    output_of(&library, &["redo"]);
    assert_eq!(output_of(&library, &["list", "--json"]), before);
}

#[test]
fn marks_reach_entries_that_are_here_already_and_change_nothing_else_of_them() {
    let (library, server) = library_of(&["Alpha", "Beta", "Gone", "New"]);
    let url = server.url("/feed.xml");
    let cache = newsboat(&library, "boat");
    cache
        .execute("UPDATE rss_item SET feedurl = ?1 WHERE feedurl = 'http://kernel.test/feed'", [&url])
        .unwrap();
    fs::write(library.path().join("boat/urls"), &url).unwrap();
    let (summary, _) = said(&library.newsterm(&["import", "--newsboat", "boat"]).assert().success());
    let expected =
        "added 0 feeds · 1 followed already · 0 articles · 3 marked read · 1 saved · 0 lines left out\n";
    assert_eq!(summary, expected);
    assert_eq!(titles(&library, "is:unread"), ["New"]);
    assert!(output_of(&library, &["show", &number_of(&library, "Alpha")]).contains("All about Alpha."));
    assert_eq!(output_of(&library, &["undo"]), "took back: marked read · 3 entries\n");
    assert_eq!((titles(&library, "is:unread").len(), titles(&library, "is:saved").len()), (4, 0));
}

#[test]
fn marks_reach_a_feed_that_has_moved_since() {
    let (library, server) = library_of(&["Alpha", "Beta", "Gone", "New"]);
    let (old, new) = (server.url("/feed.xml"), server.url("/moved.xml"));
    server.serve("/moved.xml", feed_of("Kernel Post", &["Alpha", "Beta", "Gone", "New"]));
    server.serve_with("/feed.xml", Behaviour::redirect(301, "/moved.xml"));
    output_of(&library, &["fetch"]);
    output_of(&library, &["fetch"]);
    assert!(output_of(&library, &["feeds", "--json"]).contains(&new));
    let cache = newsboat(&library, "boat");
    let moved = "UPDATE rss_item SET feedurl = ?1 WHERE feedurl = 'http://kernel.test/feed'";
    cache.execute(moved, [&old]).unwrap();
    fs::write(library.path().join("boat/urls"), &old).unwrap();
    let (summary, _) = said(&library.newsterm(&["import", "--newsboat", "boat"]).assert().success());
    assert!(summary.contains("1 followed already · 0 articles · 3 marked read · 1 saved"), "{summary}");
    assert_eq!(
        (titles(&library, "is:unread"), titles(&library, "is:saved")),
        (vec!["New".into()], vec!["Alpha".into()])
    );
}

#[test]
fn a_fetch_knows_what_was_imported() {
    let (library, server) = (Library::new(), FeedServer::start());
    let url = server.url("/feed.xml");
    server.serve("/feed.xml", feed_of("Kernel Post", &["New", "Alpha", "Beta", "Gone"]));
    let cache = newsboat(&library, "boat");
    cache
        .execute("UPDATE rss_item SET feedurl = ?1 WHERE feedurl = 'http://kernel.test/feed'", [&url])
        .unwrap();
    fs::write(library.path().join("boat/urls"), &url).unwrap();
    library.newsterm(&["import", "--newsboat", "boat"]).assert().success();
    output_of(&library, &["fetch"]);
    assert_eq!(titles(&library, "is:unread"), ["New"]);
    assert_eq!(titles(&library, "is:read"), ["Beta", "Alpha"]);
    assert_eq!(titles(&library, "is:saved"), ["Alpha"]);
}

#[test]
fn newsboats_own_places_are_known() {
    for (urls, cache) in [(".newsboat", ".newsboat"), (".config/newsboat", ".local/share/newsboat")] {
        let library = Library::new();
        newsboat(&library, urls);
        let (from, to) = (library.path().join(urls), library.path().join(cache));
        fs::create_dir_all(&to).unwrap();
        fs::rename(from.join("cache.db"), to.join("cache.db")).unwrap();
        let mut import = library.newsterm(&["import", "--newsboat"]);
        let ended = import.env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME").assert().code(3);
        assert!(said(&ended).0.starts_with("added 2 feeds · 0 followed already · 3 articles"), "{urls}");
    }
    let library = Library::new();
    let mut import = library.newsterm(&["import", "--newsboat"]);
    let ended = import.env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME").assert().code(1);
    assert_says(&ended, "cannot find newsboat's list of feeds");
}

#[test]
fn the_list_alone_brings_the_feeds() {
    let library = Library::new();
    newsboat(&library, "boat");
    let (summary, _) = said(&library.newsterm(&["import", "--newsboat", "boat/urls"]).assert().code(3));
    assert!(summary.starts_with("added 2 feeds · 0 followed already · 0 articles"), "{summary}");
}

#[test]
fn a_cache_that_cannot_be_read_leaves_everything_as_it_is() {
    type Spoil = fn(&Path);
    let table: [(Spoil, &str); 4] = [
        (|cache| fs::remove_file(cache).unwrap(), "there is no boat/cache.db"),
        (|cache| fs::write(cache, "hello ".repeat(500)).unwrap(), "boat/cache.db is no cache of newsboat"),
        (
            |cache| {
                fs::remove_file(cache).unwrap();
                Connection::open(cache).unwrap().execute_batch("CREATE TABLE other (a)").unwrap();
            },
            "boat/cache.db is no cache of newsboat",
        ),
        (
            |cache| {
                let mut bytes = fs::read(cache).unwrap();
                let page = bytes.len() / 2;
                bytes[page..].fill(0x5a);
                fs::write(cache, bytes).unwrap();
            },
            "boat/cache.db is damaged",
        ),
    ];
    for (spoil, words) in table {
        let library = Library::new();
        drop(newsboat(&library, "boat"));
        spoil(&library.path().join("boat/cache.db"));
        let ended = library.newsterm(&["import", "--newsboat", "boat"]).assert().code(1);
        assert_says(&ended, words);
        assert_eq!(output_of(&library, &["feeds", "--json"]), "", "{words}");
    }
}

#[test]
fn a_cache_in_use_leaves_everything_as_it_is() {
    let library = Library::new();
    let cache = newsboat(&library, "boat");
    cache.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let ended = library.newsterm(&["import", "--newsboat", "boat"]).assert().code(1);
    assert_says(&ended, "boat/cache.db is in use; leave newsboat and try again");
    assert_eq!(output_of(&library, &["feeds", "--json"]), "");
}
