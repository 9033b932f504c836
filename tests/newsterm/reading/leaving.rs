//! Every way out gives the terminal back and keeps the marks.

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
fn the_shell_has_the_terminal_for_a_while_and_gives_it_back() {
    let (library, _server) = library_of(&["Alpha"]);
    let reader =
        open_shell(&library, "set -m; \"$0\" || { echo stopped at the shell; read line; fg >/dev/null; }");
    reader.wait_for("Alpha");
    reader.press("<c-z>");
    reader.wait_for("stopped at the shell");
    assert_restored(&reader.raw_bytes());
    reader.press("<enter>");
    reader.wait_for("All about Alpha.");
    quit(reader);
}

#[test]
fn where_no_shell_can_wake_it_the_reader_goes_on() {
    let (library, _server) = library_of(&["Alpha"]);
    let reader = open_wide(&library);
    reader.press("<c-z>");
    reader.wait_for_bytes(RESTORED[0].1);
    reader.press("?");
    reader.wait_until(|screen| screen.has("brings in new entries") && screen.has("Unread"));
    reader.press("?");
    quit(reader);
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
