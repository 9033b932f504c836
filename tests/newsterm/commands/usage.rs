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
