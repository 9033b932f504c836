//! What is broken, hostile or in the way: one clear sentence each, the right exit code, and nothing stored is touched.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process;

use assert_cmd::assert::{Assert, OutputAssertExt};
use assert_cmd::cargo::cargo_bin;
use predicates::str::is_empty;
use rusqlite::Connection;

use crate::commands::{assert_says, json_of, library_of, output_of, titles};
use crate::library::Library;
use crate::server::{Behaviour, Gate};

mod settings {
    use super::*;

    #[test]
    fn a_mistake_is_named_with_its_line_and_the_default_is_in_force() {
        let (library, _server) = library_of(&["Alpha"]);
        library.file("config.toml", "measure = 60\nmark_read = \"sometimes\"\n");
        let ended = library.newsterm(&["list"]).assert().success();
        assert_says(
            &ended,
            "config.toml:2: `mark_read`: unknown variant `sometimes`, expected one of `open`",
        );
        assert!(String::from_utf8_lossy(&ended.get_output().stdout).contains("Alpha"));
        let shown = library.newsterm(&["config"]).assert().code(3);
        let shown = String::from_utf8(shown.get_output().stdout.clone()).unwrap();
        assert!(shown.contains("measure = 60") && shown.contains("mark_read = \"open\""), "{shown}");
    }

    #[test]
    fn what_is_no_toml_is_named_with_its_line() {
        let library = Library::new();
        library.file("config.toml", "measure = 60\n\nthis is not toml\n");
        let ended = library.newsterm(&["feeds"]).assert().success();
        assert_says(&ended, "config.toml:3: ");
        assert_says(&ended, "the whole file was left out");
    }

    #[test]
    fn a_directory_in_the_place_of_the_settings_is_no_end() {
        let library = Library::new();
        fs::remove_file(library.path().join("config.toml")).unwrap();
        fs::create_dir(library.path().join("config.toml")).unwrap();
        let ended = library.newsterm(&["feeds"]).assert().success();
        assert_says(&ended, "the defaults are in force");
    }

    #[test]
    fn settings_that_are_no_text_are_no_end() {
        let library = Library::new();
        library.file("config.toml", b"theme = \"\xff\xfe\"");
        let ended = library.newsterm(&["feeds"]).assert().success();
        assert_says(&ended, "config.toml: expected UTF-8 text; the defaults are in force");
    }

    #[test]
    fn the_reader_names_the_mistake_and_works() {
        let (library, _server) = library_of(&["Alpha"]);
        library.file("config.toml", "theme = \"purple\"\n[refresh]\non_start = \"never\"\n");
        let mut reader = library.open(150, 40);
        reader.wait_for("config.toml:1: `theme`: unknown variant `purple`");
        reader.wait_for("All about Alpha.");
        reader.press("q");
        assert_eq!(reader.wait_exit(), 0);
    }
}

mod library {
    use super::*;

    /// Checks that commands and the reader refuse a library in this sentence and leave its bytes as they are.
    #[track_caller]
    fn assert_refused(library: &Library, words: &str) {
        let path = library.path().join("library.db");
        let before = fs::read(&path).unwrap();
        for arguments in
            [&["list"][..], &["feeds", "--json"], &["fetch"], &["undo"], &["mark", "--read", "1"]]
        {
            let ended = library.newsterm(arguments).assert().code(1).stdout(is_empty());
            assert_says(&ended, words);
            assert_says(&ended, "library.db");
        }
        let mut reader = library.open(150, 40);
        assert_eq!(reader.wait_exit(), 1);
        assert!(reader.screen().contains("newsterm: "), "{}", reader.screen());
        assert!(fs::read(&path).unwrap() == before, "the library was changed");
    }

    fn long_library() -> (Library, PathBuf) {
        let headlines: Vec<String> = (0..300).map(|number| format!("Headline {number:03}")).collect();
        let (library, _server) = library_of(&headlines.iter().map(String::as_str).collect::<Vec<_>>());
        let path = library.path().join("library.db");
        settle(&path);
        (library, path)
    }

    /// Brings everything into the one file, so that nothing beside it can make up for its damage.
    fn settle(path: &Path) {
        let library = Connection::open(path).unwrap();
        library.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    }

    #[test]
    fn a_file_that_is_no_database_is_left_as_it_is() {
        let library = Library::new();
        library.file("library.db", "these are not the pages you are looking for\n".repeat(200));
        assert_refused(&library, "damaged");
    }

    #[test]
    fn a_library_of_a_newer_version_is_left_as_it_is() {
        let (library, path) = long_library();
        Connection::open(path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert_refused(&library, "written by a newer newsterm (version 99");
    }

    #[test]
    fn a_library_that_ends_in_the_middle_is_left_as_it_is() {
        let (library, path) = long_library();
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        assert_refused(&library, "damaged");
    }

    #[test]
    fn a_library_with_damaged_pages_is_left_as_it_is() {
        let (library, path) = long_library();
        let mut bytes = fs::read(&path).unwrap();
        for page in bytes.chunks_mut(4096).skip(1) {
            page.fill(0xa5);
        }
        fs::write(&path, bytes).unwrap();
        assert_refused(&library, "damaged");
    }

    #[test]
    fn a_database_of_another_program_is_left_as_it_is() {
        let library = Library::new();
        let path = library.path().join("library.db");
        let other = Connection::open(path).unwrap();
        other.execute_batch("CREATE TABLE feed (name TEXT); INSERT INTO feed VALUES ('precious')").unwrap();
        drop(other);
        assert_refused(&library, "is a database of another program; it was left as it is");
    }
}

mod places {
    use super::*;

    #[test]
    fn a_file_in_the_place_of_the_directory_is_named() {
        let library = Library::new();
        let file = library.file("taken", "precious");
        let ended = library.newsterm(&["--dir", "taken", "feeds"]).assert().code(1);
        assert_says(&ended, "cannot make the directory taken; choose another place with --dir");
        assert_eq!(fs::read_to_string(file).unwrap(), "precious");
    }

    #[test]
    fn a_directory_in_the_place_of_the_library_is_named() {
        let library = Library::new();
        fs::create_dir(library.path().join("library.db")).unwrap();
        let ended = library.newsterm(&["feeds"]).assert().code(1);
        assert_says(&ended, "cannot open the library");
        assert_says(&ended, "choose another place with --dir");
    }

    #[test]
    fn a_directory_that_cannot_be_written_is_named() {
        let library = Library::new();
        let Some(ended) = run_without_rights(&library, &["feeds"]) else { return };
        assert_says(&ended.code(1), "check that its directory exists and that you may write to it");
        assert!(!library.path().join("library.db").exists());
    }

    #[test]
    fn a_library_that_cannot_be_written_is_named_and_stays() {
        let (library, _server) = library_of(&["Alpha"]);
        let path = library.path().join("library.db");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        let before = fs::read(&path).unwrap();
        let Some(ended) = run_without_rights(&library, &["mark", "--read", "1"]) else { return };
        assert_says(&ended.code(1), "you may write to it");
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    /// Runs a command as one who may look at the library and change nothing in it.
    fn run_without_rights(library: &Library, arguments: &[&str]) -> Option<Assert> {
        let set_mode = |mode| fs::set_permissions(library.path(), fs::Permissions::from_mode(mode)).unwrap();
        set_mode(0o555);
        let may_write = fs::write(library.path().join("probe"), "").is_ok();
        let mut command = process::Command::new(cargo_bin!("newsterm"));
        command.args(arguments).env("NEWSTERM_DIR", library.path());
        if may_write {
            command.uid(NOBODY_AT_ALL);
        }
        let ended = command.output();
        set_mode(0o755);
        if ended.is_err() {
            eprintln!("skipped: who runs the tests may write everywhere, and cannot be someone else");
        }
        Some(ended.ok()?.assert())
    }

    #[test]
    fn a_log_that_cannot_be_written_is_no_end() {
        let (library, _server) = library_of(&["Alpha"]);
        let cache = library.path().join("cache");
        fs::remove_dir_all(&cache).unwrap();
        fs::write(&cache, "in the way").unwrap();
        assert_eq!(titles(&library, ""), ["Alpha"]);
    }

    #[test]
    fn a_home_in_which_nothing_can_be_made_is_named() {
        let library = Library::new();
        let home = library.file("home", "a file");
        let mut feeds = library.newsterm(&["feeds"]);
        for variable in ["NEWSTERM_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
            feeds.env_remove(variable);
        }
        let ended = feeds.env("HOME", home).assert().code(1);
        assert_says(&ended, "choose another place with --dir");
    }

    #[test]
    fn one_without_a_home_is_told_to_choose_a_place() {
        let mut feeds = process::Command::new(cargo_bin!("newsterm"));
        // Where `HOME` is not set the system is asked for the home of the user.
        feeds.arg("feeds").env_clear().current_dir("/").uid(NOBODY_AT_ALL);
        let Ok(ended) = feeds.output() else {
            eprintln!("skipped: only root can start a program as someone else");
            return;
        };
        assert_says(
            &ended.assert().code(1),
            "cannot find your home directory; set HOME, or choose a place with --dir",
        );
    }

    /// A user whom the system does not know.
    const NOBODY_AT_ALL: u32 = 54_321;
}

mod feeds {
    use super::*;

    /// Checks that a feed which was well is told to fail so, in one sentence, and keeps what it had.
    #[track_caller]
    fn assert_fails(bad: Behaviour, words: &str) {
        assert_fails_with("", bad, words);
    }

    #[track_caller]
    fn assert_fails_with(settings: &str, bad: Behaviour, words: &str) {
        let (library, server) = library_of(&["Alpha", "Beta"]);
        library.config(settings);
        output_of(&library, &["mark", "--read", "1"]);
        let before = output_of(&library, &["list", "--json"]);
        server.serve_with("/feed.xml", bad);
        let ended = library.newsterm(&["fetch"]).assert().code(1);
        assert_says(&ended, &format!("Kernel Post: {words}"));
        assert_eq!(output_of(&library, &["list", "--json"]), before);
        let problem = &json_of(&library, &["feeds", "--json"])[0]["problem"];
        assert!(problem.as_str().unwrap().starts_with(words), "{problem}");

        // It comes in again once it is well.
        server.serve("/feed.xml", crate::commands::feed_of("Kernel Post", &["Newer", "Alpha", "Beta"]));
        assert_eq!(output_of(&library, &["fetch"]), "1 new entry · 1 feed\n");
    }

    #[test]
    fn a_web_page() {
        let page = "<!doctype html><html><head><title>News</title></head><body><p>Hello</p></body></html>";
        assert_fails(Behaviour::of(page).header("content-type", "text/html"), "not a feed: it is a web page");
    }

    #[test]
    fn json_that_is_no_feed() {
        assert_fails(Behaviour::of("{\"error\": [1, 2, {}]}"), "not a feed: ");
    }

    #[test]
    fn json_that_is_broken() {
        assert_fails(
            Behaviour::of("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{"),
            "not a feed: ",
        );
    }

    #[test]
    fn bytes_of_no_meaning() {
        assert_fails(Behaviour::of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()), "not a feed: ");
    }

    #[test]
    fn nothing_at_all() {
        assert_fails(Behaviour::of(""), "not a feed: ");
    }

    #[test]
    fn an_answer_without_end() {
        let endless = Behaviour::of("<rss><channel><item><title>again</title></item>").endless();
        assert_fails_with("[limits]\ndocument_mb = 1", endless, "larger than the limit of 1 MB");
    }

    #[test]
    fn a_server_that_is_ill() {
        assert_fails(Behaviour::status(500), "the server says 500 Internal Server Error");
    }

    #[test]
    fn a_page_that_is_gone() {
        assert_fails(Behaviour::status(404), "the server says 404 Not Found");
    }

    #[test]
    fn redirects_in_a_circle() {
        assert_fails(Behaviour::redirect(302, "/feed.xml"), "redirected in vain: more than 10 times");
    }

    #[test]
    fn a_redirect_to_a_file() {
        let words = "redirected in vain: the new address is neither http nor https";
        assert_fails(Behaviour::redirect(302, "file:///etc/passwd"), words);
    }

    #[test]
    fn an_answer_that_is_cut_off() {
        let whole = crate::commands::feed_of("Kernel Post", &["Newer", "Alpha", "Beta"]);
        assert_fails(Behaviour::of(whole).cut_off(), "the answer broke off: it ended too early");
    }

    #[test]
    fn a_server_that_never_answers() {
        let silent = Behaviour::of("").behind(&Gate::closed());
        assert_fails_with("[limits]\ntotal = \"1s\"", silent, "the server did not answer in time");
    }

    #[test]
    fn a_server_that_is_not_there() {
        let library = Library::new();
        // The port was free a moment ago, and nobody listens there.
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        output_of(&library, &["--offline", "add", &format!("http://{address}/feed.xml")]);
        let ended = library.newsterm(&["fetch"]).assert().code(1);
        assert_says(&ended, "cannot reach the server: the connection was refused");
    }
}

mod lists {
    use super::*;

    #[track_caller]
    fn assert_not_imported(list: &str, words: &str) {
        let library = Library::new();
        library.file("list.opml", list);
        let ended = library.newsterm(&["import", "list.opml"]).assert().code(1).stdout(is_empty());
        assert_says(&ended, &format!("cannot import list.opml: {words}"));
        assert!(json_of(&library, &["feeds", "--json"]).is_empty());
    }

    #[test]
    fn what_is_no_list_of_feeds_is_not_imported() {
        assert_not_imported("<rss version=\"2.0\"><channel/></rss>", "it is not OPML");
        assert_not_imported("", "it is not OPML");
        assert_not_imported("{\"feeds\": []}", "it is not OPML");
    }

    #[test]
    fn half_a_list_is_not_imported() {
        let half = "<opml><body><outline xmlUrl=\"http://kernel.test/feed\"/>";
        assert_not_imported(half, "it breaks off before </opml>");
    }

    #[test]
    fn a_list_that_is_not_there_is_named() {
        let library = Library::new();
        let ended = library.newsterm(&["import", "missing.opml"]).assert().code(1);
        assert_says(&ended, "cannot read missing.opml");
    }
}
