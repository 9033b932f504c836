//! Wrong usage, help and broken pipes.

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
        "parse", "config", "doctor",
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

#[test]
fn what_is_wrong_is_said_in_words() {
    let library = Library::new();
    library.file("feed.xml", "<rss version='2.0'><channel><item><title>a</title></item></channel></rss>");
    library.file("cache.db", "SQLite format 3\0http://me:secret@a.test/x\n");
    library.file("urls", "gopher://me:secret@a.test/x\n");
    library.file(
        "list.opml",
        "<opml><body><outline text='a' xmlUrl='gopher://me:secret@a.test/'/></body></opml>",
    );
    for (arguments, code, expected) in [
        (&["add", "/etc/passwd"][..], 2, "is a file"),
        (&["add", "./nothing"], 2, "is a file"),
        (&["--offline", "add", "feed.xml"], 2, "is a file"),
        (&["parse", "--header", "bad", "feed.xml"], 2, "expected NAME: VALUE"),
        (&["parse", "--url", "zzz", "feed.xml"], 2, "expected an address with http:// or https://"),
        (&["set", "nobody", "a=b"], 1, "no feed is called"),
        (&["fetch", ""], 1, "a feed is named by its number"),
        (&["mark", "--read", "99"], 1, "there is no entry 99"),
        (&["import", "--newsboat", "cache.db"], 1, "newsboat's cache; give its directory"),
        (&["import", "--newsboat", "urls"], 3, "gopher://me:***@a.test/x"),
        (&["import", "list.opml"], 3, "gopher://me:***@a.test/"),
    ] {
        let ended = library.newsterm(arguments).assert().code(code);
        let said = String::from_utf8(ended.get_output().stderr.clone()).unwrap();
        assert!(said.contains(expected) && !said.contains("secret"), "{arguments:?}: {said}");
    }
    library
        .newsterm(&["parse", "-"])
        .write_stdin(fs::read(library.path().join("feed.xml")).unwrap())
        .assert()
        .success();
    let help = output_of(&library, &["--help"]);
    assert!(help.contains("NEWSTERM_DIR") && !help.contains('\\'), "{help}");
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_the_library_or_a_list_of_it() {
    use std::os::unix::fs::PermissionsExt;
    let library = Library::new();
    output_of(&library, &["--dir", "mine", "--offline", "add", "http://me:secret@a.test/feed"]);
    output_of(&library, &["--dir", "mine", "export", "--with-passwords", "list.opml"]);
    for (file, expected) in [("mine", 0o700), ("mine/library.db", 0o600), ("list.opml", 0o600)] {
        let mode = library.path().join(file).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, expected, "{file}");
    }
}
