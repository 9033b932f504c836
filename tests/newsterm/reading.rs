//! The reader in a real terminal: keys in, screen out, and what the library holds afterwards.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use portable_pty::{Child, CommandBuilder, PtyPair, PtySize, native_pty_system};
use predicates::str::contains;

use crate::commands::{
    HOSTILE, assert_says, feed_of, feed_with, follow, json_of, library_of, number_of, opml_of, output_of,
    titles,
};
use crate::library::Library;
use crate::server::{Behaviour, FeedServer, Gate};
use crate::terminal::Terminal;

/// Longest wait for what must come.
const DEADLINE: Duration = Duration::from_secs(30);

/// Opens the reader on a library that is not empty, three panes wide, and waits for its headlines.
fn open_wide(library: &Library) -> Terminal {
    let reader = library.open(150, 40);
    reader.wait_for("● ");
    reader
}

/// Leaves the reader from the headlines.
fn quit(mut reader: Terminal) {
    reader.press("q");
    assert_eq!(reader.wait_exit(), 0);
}

/// Runs a shell script in a terminal, in which `$0` is the program.
fn open_shell(library: &Library, script: &str) -> Terminal {
    Terminal::start(shell_command(library, script), 150, 40)
}

fn shell_command(library: &Library, script: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", script]);
    command.arg(cargo_bin!("newsterm"));
    command.cwd(library.path());
    for (name, value) in
        [("NEWSTERM_DIR", library.path()), ("HOME", library.path()), ("TZ", Path::new("UTC"))]
    {
        command.env(name, value);
    }
    for variable in ["NO_COLOR", "COLORTERM"] {
        command.env_remove(variable);
    }
    command
}

/// Writes an article of so many numbered paragraphs, each a line and a blank one.
fn paragraphs(title: &str, count: usize) -> String {
    let paragraph = |number: usize| ["<p>", title, " ", &number.to_string(), ".</p>"].concat();
    (1..=count).map(paragraph).collect()
}

mod start {
    use super::*;

    #[test]
    fn the_first_start_shows_the_welcome_and_no_error() {
        let library = Library::new();
        fs::remove_file(library.path().join("config.toml")).unwrap();
        let reader = library.open(150, 40);
        reader.wait_for("The shortest way through");
        let screen = reader.screen();
        for text in ["Unread · 4", "Welcome to newsterm", "Add your feeds", "? help"] {
            assert!(screen.contains(text), "{text}\n{screen}");
        }
        assert!(!screen.contains("cannot") && !screen.contains("failed"), "{screen}");
        quit(reader);
    }

    #[test]
    fn the_welcome_is_not_asked_for_on_the_net() {
        let library = Library::new();
        let reader = open_wide(&library);
        reader.press("R");
        reader.wait_for("nothing new");
        quit(reader);
        assert_eq!(output_of(&library, &["fetch"]), "0 new entries · 0 feeds\n");
    }

    #[test]
    fn imported_feeds_come_in_by_a_key() {
        let (library, server) = (Library::new(), FeedServer::start());
        server.serve("/kernel.xml", feed_of("Kernel Post", &["Alpha", "Beta"]));
        server.serve("/courier.xml", feed_of("Courier", &["Gamma"]));
        let feeds = [("Kernel Post", server.url("/kernel.xml")), ("Courier", server.url("/courier.xml"))];
        library.file("list.opml", opml_of(&feeds.each_ref().map(|(title, url)| (*title, url.as_str()))));
        output_of(&library, &["import", "list.opml"]);
        let reader = library.open(150, 40);
        reader.wait_for("R fetches what is new");
        reader.press("R");
        reader.wait_for("3 new entries");
        reader.wait_until(|screen| {
            ["Unread · 3", "Alpha", "Beta", "Gamma"].iter().all(|text| screen.has(text))
        });
        quit(reader);
    }

    #[test]
    fn feeds_that_have_grown_old_are_fetched_when_the_reader_starts() {
        let (library, server) = library_of(&["Beta"]);
        server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha", "Beta"]));
        library.config("[refresh]\nevery = \"0s\"\nspacing = \"0s\"");
        let reader = library.open(150, 40);
        reader.wait_for("Alpha");
        quit(reader);
    }

    #[test]
    fn the_reader_comes_back_to_its_last_scope() {
        let (library, server) = library_of(&["Alpha"]);
        follow(&library, &server, "/other.xml", &feed_of("Courier", &["Beta"]));
        let reader = open_wide(&library);
        reader.press("J");
        reader.wait_for("Kernel Post · 1");
        quit(reader);
        let reader = library.open(150, 40);
        reader.wait_for("Kernel Post · 1");
        quit(reader);
    }

    #[test]
    fn without_a_terminal_the_reader_names_the_commands() {
        let library = Library::new();
        let ended = library.newsterm(&[]).assert().code(1).stdout("");
        assert_says(&ended, "the reader needs a terminal; without one use newsterm list, show, fetch, mark");
        library.newsterm(&["--demo"]).assert().code(1).stderr(contains("needs a terminal"));
    }

    #[test]
    fn titles_of_all_scripts_are_drawn() {
        let (library, _server) =
            library_of(&["日本語の見出し", "مرحبا بالعالم", "A party 🎉 tonight", "Ünïcode"]);
        let reader = open_wide(&library);
        for title in ["日本語の見出し", "مرحبا بالعالم", "A party 🎉 tonight", "Ünïcode"]
        {
            reader.wait_for(title);
        }
        // What stands behind a wide title is where it belongs.
        reader.wait_until(|screen| {
            let rows = screen.text();
            rows.lines().filter(|row| row.matches(['│', '┼']).count() == 2).count() == 39
        });
        quit(reader);
    }
}

mod articles {
    use super::*;

    #[test]
    fn moving_previews_without_marking() {
        let (library, _server) = library_of(&["Alpha", "Beta", "Gamma"]);
        let reader = open_wide(&library);
        reader.wait_for("All about Alpha.");
        reader.press("j");
        reader.wait_for("All about Beta.");
        reader.press("k");
        reader.wait_for("All about Alpha.");
        assert!(reader.screen().contains("Unread · 3"));
        quit(reader);
        assert!(titles(&library, "is:read").is_empty());
    }

    #[test]
    fn an_opened_article_is_read() {
        let (library, _server) = library_of(&["Alpha", "Beta"]);
        let reader = open_wide(&library);
        assert!(reader.is_bold("Alpha"));
        reader.press("<enter>");
        reader.wait_for("Unread · 1");
        reader.press("q");
        quit(reader);
        assert_eq!(titles(&library, "is:read"), ["Alpha"]);
    }

    #[test]
    fn one_key_reads_on_and_then_opens_the_next_unread() {
        let (library, server) = (Library::new(), FeedServer::start());
        let long = paragraphs("Alpha", 12);
        let entries = [("Alpha", long.as_str()), ("Beta", "<p>Second.</p>"), ("Gamma", "<p>Third.</p>")];
        follow(&library, &server, "/feed.xml", &feed_with("Kernel Post", &entries));
        let reader = library.open(100, 20);
        reader.wait_for("Alpha 1.");
        reader.press("j");
        reader.wait_for("Second.");
        reader.press("mk");
        reader.wait_until(|screen| screen.has("Unread · 2") && screen.has("Alpha 1."));
        reader.press(" ");
        reader.wait_for("Unread · 1");
        reader.press(" ");
        reader.wait_for("Alpha 12.");
        // Beta was read before, and is passed over.
        reader.press(" ");
        reader.wait_for("Third.");
        reader.press("q");
        quit(reader);
        assert!(titles(&library, "is:unread").is_empty());
    }

    #[test]
    fn an_article_that_is_not_on_the_screen_yet_is_not_passed_over() {
        let (library, server) = (Library::new(), FeedServer::start());
        let [alpha, beta, gamma] = ["Alpha", "Beta", "Gamma"].map(|title| paragraphs(title, 60));
        let entries = [("Alpha", alpha.as_str()), ("Beta", beta.as_str()), ("Gamma", gamma.as_str())];
        follow(&library, &server, "/feed.xml", &feed_with("Kernel Post", &entries));
        let reader = library.open(100, 20);
        reader.wait_for("Alpha 1.");
        reader.press("j   ");
        reader.wait_for("Unread · 2");
        reader.press("q");
        quit(reader);
        assert_eq!(titles(&library, "is:read"), ["Beta"]);
    }

    #[test]
    fn the_next_unread_is_reached_from_the_list() {
        let (library, _server) = library_of(&["Alpha", "Beta", "Gamma"]);
        output_of(&library, &["mark", "--read", &number_of(&library, "Beta")]);
        let reader = open_wide(&library);
        reader.press("U");
        reader.wait_for("Beta");
        reader.press("n");
        reader.wait_for("All about Gamma.");
        reader.press("n");
        reader.wait_for("All about Alpha.");
        quit(reader);
    }

    #[test]
    fn a_resize_keeps_the_open_article() {
        let (library, _server) = library_of(&["Alpha", "Beta"]);
        let reader = open_wide(&library);
        reader.press("j<enter>");
        reader.wait_for("Unread · 1");
        reader.wait_for("All about Beta.");
        reader.resize(60, 20);
        reader.wait_until(|screen| screen.has("All about Beta.") && !screen.has("Unread"));
        reader.resize(40, 10);
        reader.wait_until(|screen| screen.has("All about Beta.") && !screen.has("Unread"));
        reader.resize(150, 40);
        reader.wait_until(|screen| screen.has("All about Beta.") && screen.has("Unread · 1"));
        reader.press("q");
        quit(reader);
    }

    #[test]
    fn a_resize_keeps_the_place_in_the_article() {
        let (library, server) = (Library::new(), FeedServer::start());
        let long = paragraphs("Paragraph", 60);
        follow(&library, &server, "/feed.xml", &feed_with("Kernel Post", &[("Alpha", &long)]));
        let reader = open_wide(&library);
        reader.wait_for("Paragraph 1.");
        reader.press("<enter>");
        reader.wait_for("Unread · 0");
        reader.press(&"j".repeat(30));
        let is_there =
            |screen: &crate::terminal::Screen| screen.has("Paragraph 16.") && !screen.has("Paragraph 9.");
        reader.wait_until(is_there);
        let top = first_paragraph(&reader.screen());
        reader.resize(50, 20);
        reader.wait_until(|screen| !screen.has("Unread") && first_paragraph(&screen.text()) == top);
        reader.resize(150, 40);
        reader.wait_until(|screen| screen.has("Unread") && first_paragraph(&screen.text()) == top);
        reader.press("q");
        quit(reader);
    }

    fn first_paragraph(screen: &str) -> Option<String> {
        let (_, after) = screen.split_once("Paragraph ")?;
        Some(after.split('.').next()?.to_owned())
    }
}

mod marks {
    use super::*;

    #[test]
    fn a_key_marks_read_and_unread_again() {
        let (library, _server) = library_of(&["Alpha", "Beta"]);
        let reader = open_wide(&library);
        reader.press("m");
        reader.wait_until(|screen| screen.has("marked read") && screen.has("Unread · 1"));
        reader.press("m");
        reader.wait_until(|screen| screen.has("marked unread") && screen.has("Unread · 2"));
        reader.press("jm");
        reader.wait_for("Unread · 1");
        quit(reader);
        assert_eq!(titles(&library, "is:read"), ["Beta"]);
    }

    #[test]
    fn a_read_entry_stays_in_unread_until_the_scope_is_left() {
        let (library, _server) = library_of(&["Alpha", "Beta"]);
        let reader = open_wide(&library);
        reader.press("m");
        reader.wait_for("Unread · 1");
        assert!(reader.screen().contains("Alpha") && !reader.is_bold("Alpha"));
        reader.press("UU");
        reader.wait_until(|screen| screen.has("Unread · 1") && !screen.has("Alpha"));
        quit(reader);
    }

    #[test]
    fn a_mark_on_its_way_to_the_disk_shows_in_a_list_that_is_loaded_meanwhile() {
        let (library, _server) = library_of(&["Alpha", "Beta", "Gamma", "Delta", "Omega"]);
        let reader = open_wide(&library);
        for (unread, next) in [(4, "Beta"), (3, "Gamma"), (2, "Delta"), (1, "Omega")] {
            reader.press("mUU");
            reader.wait_until(|screen| {
                screen.has(&format!("Unread · {unread}")) && screen.has(&format!("All about {next}."))
            });
            reader.wait_until(|screen| screen.text().matches('●').count() == unread);
        }
        quit(reader);
    }

    #[test]
    fn a_key_saves_and_lets_go_again() {
        let (library, _server) = library_of(&["Alpha", "Beta"]);
        let reader = open_wide(&library);
        reader.press("s");
        reader.wait_until(|screen| screen.has("saved") && screen.has("★"));
        reader.press("js");
        reader.wait_until(|screen| screen.text().matches('★').count() == 2);
        reader.press("s");
        reader.wait_until(|screen| screen.text().matches('★').count() == 1);
        quit(reader);
        assert_eq!(titles(&library, "is:saved"), ["Alpha"]);
    }

    #[test]
    fn a_list_is_marked_read_and_taken_back_and_done_again() {
        let (library, _server) = library_of(&["Alpha", "Beta", "Gamma"]);
        let reader = open_wide(&library);
        reader.press("A");
        reader.wait_until(|screen| {
            screen.has("marked read · 3 entries in Unread — u takes it back") && screen.has("Unread · 0")
        });
        assert_eq!(titles(&library, "is:read").len(), 3);
        reader.press("u");
        reader.wait_until(|screen| {
            screen.has("took back: marked read · 3 entries") && screen.has("Unread · 3")
        });
        assert_eq!(titles(&library, "is:unread").len(), 3);
        reader.press("<c-r>");
        reader.wait_until(|screen| {
            screen.has("did again: marked read · 3 entries") && screen.has("Unread · 0")
        });
        quit(reader);
        assert_eq!(titles(&library, "is:read"), ["Alpha", "Beta", "Gamma"]);
    }

    #[test]
    fn a_list_that_is_marked_read_covers_what_is_not_loaded() {
        let headlines: Vec<String> = (0..700).map(|number| format!("Headline {number:03}")).collect();
        let (library, _server) = library_of(&headlines.iter().map(String::as_str).collect::<Vec<_>>());
        let reader = open_wide(&library);
        reader.press("A");
        reader.wait_for("marked read · 700 entries");
        quit(reader);
        assert!(titles(&library, "is:unread").is_empty());
    }

    #[test]
    fn marks_and_their_undoing_outlive_a_restart() {
        let (library, _server) = library_of(&["Alpha", "Beta"]);
        let reader = open_wide(&library);
        reader.press("mjs");
        reader.wait_until(|screen| screen.has("Unread · 1") && screen.has("★"));
        quit(reader);

        let reader = library.open(150, 40);
        reader.wait_for("★");
        assert!(!reader.screen().contains("Alpha"));
        reader.press("u");
        reader.wait_until(|screen| screen.has("took back: saved · 1 entry") && !screen.has("★"));
        reader.press("u");
        reader.wait_until(|screen| screen.has("took back: marked read · 1 entry") && screen.has("Alpha"));
        quit(reader);
        assert_eq!((titles(&library, "is:unread").len(), titles(&library, "is:saved").len()), (2, 0));

        let reader = open_wide(&library);
        reader.press("<c-r>");
        reader.wait_for("did again: marked read · 1 entry");
        quit(reader);
        assert_eq!(titles(&library, "is:read"), ["Alpha"]);
    }

    #[test]
    fn nothing_to_take_back_is_said() {
        let library = Library::new();
        let reader = open_wide(&library);
        reader.press("u");
        reader.wait_for("nothing to take back");
        quit(reader);
    }
}

mod scopes {
    use super::*;

    #[test]
    fn a_key_shows_unread_entries_only_or_all() {
        let (library, _server) = library_of(&["Alpha", "Beta"]);
        output_of(&library, &["mark", "--read", &number_of(&library, "Alpha")]);
        let reader = open_wide(&library);
        assert!(!reader.screen().contains("Alpha"));
        reader.press("U");
        reader.wait_until(|screen| screen.has("All · 2") && screen.has("Alpha"));
        reader.press("U");
        reader.wait_until(|screen| screen.has("Unread · 1") && !screen.has("Alpha"));
        quit(reader);
    }

    #[test]
    fn keys_go_from_feed_to_feed_with_unread_entries() {
        let (library, server) = library_of(&["Alpha"]);
        follow(&library, &server, "/quiet.xml", &feed_of("Quiet", &["Beta"]));
        follow(&library, &server, "/courier.xml", &feed_of("Courier", &["Gamma", "Delta"]));
        output_of(&library, &["mark", "--read", "--query", "feed:quiet"]);
        let reader = open_wide(&library);
        reader.press("J");
        reader.wait_for("Kernel Post · 1");
        reader.press("J");
        reader.wait_until(|screen| screen.has("Courier · 2") && screen.has("Gamma") && !screen.has("Alpha"));
        reader.press("K");
        reader.wait_for("Kernel Post · 1");
        quit(reader);
    }

    #[test]
    fn feeds_and_folders_stand_in_the_sidebar() {
        let (library, server) = (Library::new(), FeedServer::start());
        server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha"]));
        output_of(&library, &["add", &server.url("/feed.xml"), "--folder", "Computers"]);
        let reader = open_wide(&library);
        reader.wait_for("▾ Computers");
        reader.press("h");
        // Past All and Saved to the folder, whose entries are shown then.
        reader.press("jjj");
        reader.wait_for("Computers · 1");
        quit(reader);
    }

    #[test]
    fn new_entries_wait_for_the_one_who_is_down_the_list() {
        let (library, server) = library_of(&["Beta", "Gamma"]);
        let reader = open_wide(&library);
        server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha", "Beta", "Gamma"]));
        reader.press("G");
        reader.wait_for("All about Gamma.");
        reader.press("R");
        reader.wait_for("1 new, gg");
        assert!(!reader.screen().contains("Alpha"));
        reader.press("gg");
        reader.wait_for("Alpha");
        quit(reader);
    }

    #[test]
    fn a_feed_that_fails_shows_and_stops_no_other() {
        let (library, server) = library_of(&["Beta"]);
        follow(&library, &server, "/bad.xml", &feed_of("Courier", &["Old"]));
        server.serve("/feed.xml", feed_of("Kernel Post", &["Alpha", "Beta"]));
        server.serve_with("/bad.xml", Behaviour::status(500));
        let reader = open_wide(&library);
        reader.press("R");
        reader.wait_until(|screen| screen.has("1 new entry · 1 feed failed") && screen.has("Alpha"));
        reader.wait_until(|screen| {
            screen.text().lines().any(|line| line.contains("Courier") && line.contains(" !"))
        });
        quit(reader);
    }

    #[test]
    fn one_feed_is_fetched_alone() {
        let (library, server) = library_of(&["Alpha"]);
        follow(&library, &server, "/other.xml", &feed_of("Courier", &["Beta"]));
        let reader = open_wide(&library);
        reader.press("r");
        reader.wait_for("nothing new");
        quit(reader);
        assert_eq!((server.asked("/feed.xml").len(), server.asked("/other.xml").len()), (1, 2));
    }
}

mod overlays {
    use super::*;

    #[test]
    fn the_help_opens_and_closes() {
        let (library, _server) = library_of(&["Alpha"]);
        let reader = open_wide(&library);
        for close in ["<esc>", "q", "?"] {
            reader.press("?");
            reader.wait_until(|screen| screen.has(" Keys ") && screen.has("take the last change back"));
            reader.press(close);
            reader.wait_until(|screen| !screen.has(" Keys ") && screen.has("Alpha"));
        }
        quit(reader);
    }

    #[test]
    fn an_offer_of_the_catalogue_is_followed_and_taken_back() {
        let (library, _server) = library_of(&["Alpha"]);
        let reader = library.open_with(&["--offline"], 150, 40);
        reader.wait_for("Alpha");
        reader.press("C");
        reader.wait_for("Feeds to begin with");
        assert!(!reader.screen().contains('✓'));
        reader.press("<enter>");
        reader.wait_for("✓");
        assert_eq!(json_of(&library, &["feeds", "--json"]).len(), 2);
        reader.press("u");
        reader.wait_until(|screen| !screen.has("✓"));
        reader.press("<esc>");
        reader.wait_until(|screen| !screen.has("Feeds to begin with") && screen.has("Alpha"));
        quit(reader);
        assert_eq!(json_of(&library, &["feeds", "--json"]).len(), 1);
    }
}

mod leaving {
    use super::*;

    /// What gives the terminal its own screen back, and its cursor.
    const RESTORED: [(&[u8], &[u8]); 2] = [(b"\x1b[?1049h", b"\x1b[?1049l"), (b"\x1b[?25l", b"\x1b[?25h")];

    #[track_caller]
    fn assert_restored(raw: &[u8]) {
        for (taken, given_back) in RESTORED {
            let (taken, given_back) = (last(raw, taken), last(raw, given_back));
            assert!(taken.is_some() && given_back > taken, "{}", String::from_utf8_lossy(raw).escape_debug());
        }
    }

    fn last(raw: &[u8], wanted: &[u8]) -> Option<usize> {
        raw.windows(wanted.len()).rposition(|window| window == wanted)
    }

    #[test]
    fn the_terminal_is_given_back_on_leaving() {
        let (library, _server) = library_of(&["Alpha"]);
        let mut reader = open_wide(&library);
        reader.press("<c-c>");
        assert_eq!(reader.wait_exit(), 0);
        assert_restored(&reader.raw_bytes());
    }

    #[test]
    fn the_terminal_is_given_back_on_signals_and_marks_are_kept() {
        for signal in ["TERM", "HUP"] {
            let (library, _server) = library_of(&["Alpha", "Beta"]);
            let mut reader = open_wide(&library);
            reader.press("m");
            reader.wait_for("Unread · 1");
            reader.signal(signal);
            assert_eq!(reader.wait_exit(), 0, "{signal}");
            assert_restored(&reader.raw_bytes());
            assert_eq!(titles(&library, "is:read"), ["Alpha"], "{signal}");
        }
    }

    #[test]
    fn a_terminal_that_goes_away_ends_the_reader_and_marks_are_kept() {
        let (library, _server) = library_of(&["Alpha", "Beta"]);
        // A terminal that is asked for its colours would have to answer.
        library.config("theme = \"dark\"");
        let size = PtySize { rows: 40, cols: 150, ..PtySize::default() };
        let PtyPair { master, slave } = native_pty_system().openpty(size).unwrap();
        let reader = slave.spawn_command(shell_command(&library, "exec \"$0\"")).unwrap();
        drop(slave);
        let mut screen = master.try_clone_reader().unwrap();
        let mut keyboard = master.take_writer().unwrap();
        read_until(&mut *screen, b"Alpha.");
        keyboard.write_all(b"m").unwrap();
        read_until(&mut *screen, b"marked");
        // The window is closed: nobody holds the other side any more.
        drop((master, screen, keyboard));
        assert_eq!(end_of(reader), 0);
        assert_eq!(titles(&library, "is:read"), ["Alpha"]);
    }

    fn read_until(screen: &mut dyn Read, wanted: &[u8]) {
        let (mut seen, mut piece) = (Vec::new(), [0; 4096]);
        while last(&seen, wanted).is_none() {
            let length = screen.read(&mut piece).unwrap();
            seen.extend_from_slice(&piece[..length]);
        }
    }

    /// Waits for the end of a program and gives its exit code.
    fn end_of(mut program: Box<dyn Child + Send + Sync>) -> u32 {
        let (tell, told) = mpsc::channel();
        let mut killer = program.clone_killer();
        thread::spawn(move || tell.send(program.wait().unwrap().exit_code()));
        let code = told.recv_timeout(DEADLINE);
        if code.is_err() {
            killer.kill().unwrap();
        }
        code.unwrap()
    }

    #[test]
    fn the_keyboard_works_as_before_after_leaving() {
        let (library, _server) = library_of(&["Alpha"]);
        let mut shell =
            open_shell(&library, "stty -a >before; \"$0\"; stty -a >after; cmp before after && echo same");
        shell.wait_for("Alpha");
        shell.press("q");
        shell.wait_for("same");
        assert_eq!(shell.wait_exit(), 0);
    }

    #[test]
    fn quitting_during_a_refresh_leaves_at_once_and_keeps_marks() {
        let (library, server) = library_of(&["Alpha", "Beta"]);
        // Should the reader wait for the answer, it would wait for ever.
        library.config("[limits]\ntotal = \"9h\"\nread = \"9h\"\ndocument_mb = 1000000");
        let answer = Behaviour::of(" ").endless().behind(&Gate::closed());
        server.serve_with("/feed.xml", answer);
        let mut reader = open_wide(&library);
        reader.press("ms");
        reader.wait_until(|screen| screen.has("Unread · 1") && screen.has("★"));
        reader.press("R");
        server.wait_asked("/feed.xml", 2);
        reader.wait_for("refreshing 0/1");
        reader.press("q");
        assert_eq!(reader.wait_exit(), 0);
        assert_restored(&reader.raw_bytes());
        assert_eq!(
            (titles(&library, "is:read"), titles(&library, "is:saved")),
            (vec!["Alpha".to_owned()], vec!["Alpha".to_owned()])
        );
    }
}

mod desk {
    use super::*;

    /// A browser that tells how often and with what it was started.
    struct Browser {
        told: mpsc::Receiver<String>,
        command: Vec<PathBuf>,
    }

    impl Browser {
        fn new(library: &Library) -> Browser {
            let pipe = library.path().join("opened");
            assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            let script = library.file("browser.sh", format!("printf '%s\\n' \"$@\" >'{}'\n", pipe.display()));
            let (tell, told) = mpsc::channel();
            thread::spawn(move || tell.send(fs::read_to_string(pipe).unwrap()));
            Browser { told, command: vec![PathBuf::from("sh"), script] }
        }

        fn setting(&self) -> String {
            format!("browser = {:?}", [&self.command[..], &[PathBuf::from("--new")]].concat())
        }

        fn was_given(&self) -> String {
            self.told.recv_timeout(DEADLINE).unwrap()
        }
    }

    #[test]
    fn the_browser_gets_the_link_as_one_argument_and_no_shell_sees_it() {
        let library = Library::new();
        let server = FeedServer::start();
        let link = "http://site.test/?q=$(touch owned)&x=`id`;'ls' | cat";
        let feed =
            feed_of("Kernel Post", &["Alpha"]).replace("http://site.test/alpha", &link.replace('&', "&amp;"));
        follow(&library, &server, "/feed.xml", &feed);
        let browser = Browser::new(&library);
        library.config(&browser.setting());
        let reader = open_wide(&library);
        reader.press("o");
        let encoded = "http://site.test/?q=$(touch%20owned)&x=`id`;%27ls%27%20|%20cat";
        assert_eq!(browser.was_given(), format!("--new\n{encoded}\n"));
        reader.wait_for("opening http://site.test/?q=$(touch%20owned)");
        quit(reader);
    }

    #[test]
    fn a_browser_that_is_not_there_is_named() {
        let (library, _server) = library_of(&["Alpha"]);
        library.config("browser = [\"no-such-browser\"]");
        let reader = open_wide(&library);
        reader.press("o");
        reader.wait_for("cannot open the browser: cannot start no-such-browser");
        quit(reader);
    }
}

mod safety {
    use super::*;

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
        let written = String::from_utf8(reader.raw_bytes()).unwrap();
        assert!(written.contains("evil") && written.contains("owned"));
        for hostile in ["\x1b]", "\x07", "\u{9b}", "\x1b[8m", "\u{202e}", "\u{2066}"] {
            assert!(!written.contains(hostile), "{}", hostile.escape_debug());
        }
    }
}

mod colours {
    use super::*;

    /// Tells whether a program set a colour, be it one of sixteen, of the palette or of all.
    fn has_colour(raw: &[u8]) -> bool {
        let text = String::from_utf8_lossy(raw);
        let styles = text.split("\x1b[").filter_map(|rest| rest.split_once('m').map(|(style, _)| style));
        let numbers = styles.filter(|style| style.chars().all(|c| c.is_ascii_digit() || c == ';'));
        let mut numbers = numbers.flat_map(|style| style.split(';')).filter_map(|number| number.parse().ok());
        numbers.any(|number: u32| matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107))
    }

    #[test]
    fn a_terminal_with_colours_gets_some() {
        let (library, _server) = library_of(&["Alpha"]);
        let reader = open_wide(&library);
        assert!(has_colour(&reader.raw_bytes()));
        quit(reader);
    }

    #[test]
    fn no_colour_is_used_where_none_is_wanted() {
        let (library, _server) = library_of(&["Alpha"]);
        let reader = open_shell(&library, "NO_COLOR=1 exec \"$0\"");
        reader.wait_for("All about Alpha.");
        reader.press("s?");
        reader.wait_for(" Keys ");
        reader.press("<esc><enter>");
        reader.wait_for("Unread · 0");
        reader.press("q");
        assert!(!has_colour(&reader.raw_bytes()));
        quit(reader);
    }
}

mod demo {
    use super::*;

    fn open(library: &Library) -> Terminal {
        fs::create_dir(library.path().join("tmp")).unwrap();
        let demo = open_shell(library, "TMPDIR=\"$PWD/tmp\" exec \"$0\" --demo");
        demo.wait_for("Kernel Post");
        demo
    }

    #[track_caller]
    fn assert_nothing_left(library: &Library) {
        assert_eq!(fs::read_dir(library.path().join("tmp")).unwrap().count(), 0);
        assert!(!library.path().join("library.db").exists());
    }

    #[test]
    fn the_demo_shows_headlines_and_an_article_and_leaves_nothing_behind() {
        let library = Library::new();
        let mut demo = open(&library);
        demo.wait_until(|screen| screen.text().matches('●').count() > 20);
        demo.press("<enter>");
        demo.wait_until(|screen| screen.has("min") && screen.text().matches('●').count() > 20);
        demo.press("q");
        demo.press("q");
        assert_eq!(demo.wait_exit(), 0);
        assert_nothing_left(&library);
    }

    #[test]
    fn a_demo_that_is_ended_by_a_signal_leaves_nothing_behind() {
        let library = Library::new();
        let mut demo = open(&library);
        demo.signal("TERM");
        assert_eq!(demo.wait_exit(), 0);
        assert_nothing_left(&library);
    }
}
