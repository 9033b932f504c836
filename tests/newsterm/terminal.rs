//! A program in a real terminal: keys in, screen out.
//!
//! The program runs in a pseudo-terminal. A thread reads all it writes into a `vt100` screen and answers its queries;
//! waiting is for a change of that screen, never for time.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtyPair, PtySize, native_pty_system};

/// Longest wait for what must come.
const DEADLINE: Duration = Duration::from_secs(30);

/// A terminal with a program in it, which is killed on drop.
pub(crate) struct Terminal {
    seen: Arc<Seen>,
    keyboard: Keyboard,
    pty: Box<dyn MasterPty + Send>,
    program: Box<dyn Child + Send + Sync>,
}

type Keyboard = Arc<Mutex<Box<dyn Write + Send>>>;

/// What the program has written so far, shared with the reading thread.
struct Seen {
    output: Mutex<Output>,
    changed: Condvar,
}

struct Output {
    parser: vt100::Parser<Answers>,
    raw: Vec<u8>,
    has_ended: bool,
}

/// The terminal's answers to the program's queries, to be typed back.
#[derive(Default)]
struct Answers {
    skills: Skills,
    bytes: Vec<u8>,
}

/// How a terminal says that it shows pictures; it tells the size of its cells, 10 by 20 pixels, in any case.
#[derive(Clone, Copy, Default)]
pub(crate) struct Skills {
    /// As kitty does.
    pub(crate) kitty: bool,
    /// As sixels.
    pub(crate) sixel: bool,
}

impl Terminal {
    /// Starts a program in a terminal of this size.
    pub(crate) fn start(command: CommandBuilder, columns: u16, rows: u16) -> Terminal {
        Terminal::start_with(command, Skills::default(), columns, rows)
    }

    /// Starts a program in a terminal of this size and these skills.
    pub(crate) fn start_with(
        mut command: CommandBuilder,
        skills: Skills,
        columns: u16,
        rows: u16,
    ) -> Terminal {
        command.env("TERM", "xterm-256color");
        let PtyPair { master, slave } = native_pty_system().openpty(pty_size(columns, rows)).unwrap();
        let program = slave.spawn_command(command).unwrap();
        let seen = Arc::new(Seen::new(columns, rows, skills));
        let keyboard = Arc::new(Mutex::new(master.take_writer().unwrap()));
        let output = master.try_clone_reader().unwrap();
        thread::spawn({
            let (seen, keyboard) = (Arc::clone(&seen), Arc::clone(&keyboard));
            move || seen.read(output, &keyboard)
        });
        Terminal { seen, keyboard, pty: master, program }
    }

    /// Types keys: characters as they are, others by name as in `jj<enter><c-r>`.
    pub(crate) fn press(&self, keys: &str) {
        type_in(&self.keyboard, &bytes_of(keys));
    }

    /// Waits until the text stands somewhere on the screen.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait(&format!("{text:?} on the screen"), |output| output.screen().has(text));
    }

    /// Waits until the screen is as asked.
    pub(crate) fn wait_until(&self, condition: impl Fn(&Screen) -> bool) {
        self.wait("the screen to be as asked", |output| condition(&output.screen()));
    }

    /// Waits until the program has written these bytes, shown or not.
    pub(crate) fn wait_for_bytes(&self, bytes: &[u8]) {
        let written = |output: &Output| output.raw.windows(bytes.len()).any(|window| window == bytes);
        self.wait(&format!("the bytes {:?}", String::from_utf8_lossy(bytes)), written);
    }

    /// Waits until the program has ended, and gives its exit code.
    pub(crate) fn wait_exit(&mut self) -> u32 {
        self.wait("the program to end", |output| output.has_ended);
        self.program.wait().unwrap().exit_code()
    }

    /// Shows the screen as text, rows without the blanks at their ends.
    pub(crate) fn screen(&self) -> String {
        self.seen.lock().screen().text()
    }

    /// Tells whether a text on the screen is strong, every letter of it.
    pub(crate) fn is_bold(&self, text: &str) -> bool {
        self.seen.lock().screen().is_bold(text)
    }

    /// Tells whether a text on the screen is dimmed, every letter of it.
    pub(crate) fn is_dim(&self, text: &str) -> bool {
        self.seen.lock().screen().is_dim(text)
    }

    /// Gives every byte that the program wrote so far.
    pub(crate) fn raw_bytes(&self) -> Vec<u8> {
        self.seen.lock().raw.clone()
    }

    /// Changes the size of the terminal.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        let mut output = self.seen.lock();
        output.parser.set_size(size(rows), size(columns));
        self.pty.resize(pty_size(columns, rows)).unwrap();
    }

    /// Sends a signal by its name (`TERM`, `HUP`).
    pub(crate) fn signal(&self, name: &str) {
        let id = self.program.process_id().unwrap();
        // The shell's own `kill`: not every system has the program.
        let kill = ["-c", "kill -s \"$1\" \"$2\"", "sh", name, &id.to_string()];
        let status = Command::new("sh").args(kill).status().unwrap();
        assert!(status.success(), "cannot send {name} to the program");
    }

    /// Kills the program as the system does when it is out of memory.
    pub(crate) fn kill(&mut self) {
        self.signal("KILL");
        self.program.wait().unwrap();
    }

    fn wait(&self, what: &str, condition: impl Fn(&Output) -> bool) {
        let end = Instant::now() + DEADLINE;
        let mut output = self.seen.lock();
        while !condition(&output) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || output.has_ended {
                let why = if output.has_ended { "the program ended" } else { "time is up" };
                let screen = output.screen().text();
                drop(output);
                panic!("waited in vain for {what}: {why}\n{screen}");
            }
            output = self.seen.changed.wait_timeout(output, left).unwrap().0;
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if matches!(self.program.try_wait(), Ok(None)) {
            self.kill();
        }
    }
}

impl Seen {
    fn new(columns: u16, rows: u16, skills: Skills) -> Seen {
        let answers = Answers { skills, bytes: Vec::new() };
        Seen {
            output: Mutex::new(Output {
                parser: vt100::Parser::new_with_callbacks(size(rows), size(columns), 0, answers),
                raw: Vec::new(),
                has_ended: false,
            }),
            changed: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Output> {
        self.output.lock().unwrap()
    }

    /// Reads until the program has ended; Linux then reports an error, other systems an end.
    fn read(&self, mut from: Box<dyn Read + Send>, keyboard: &Keyboard) {
        let mut piece = [0; 16_384];
        while let Ok(length @ 1..) = from.read(&mut piece) {
            let mut output = self.lock();
            output.raw.extend_from_slice(&piece[..length]);
            output.parser.process(&piece[..length]);
            output.answer_kitty(length);
            let answers = std::mem::take(&mut output.parser.callbacks_mut().bytes);
            drop(output);
            self.changed.notify_all();
            type_in(keyboard, &answers);
        }
        self.lock().has_ended = true;
        self.changed.notify_all();
    }
}

impl Output {
    /// Answers kitty's query in the piece that came last, which vt100 does not read.
    fn answer_kitty(&mut self, length: usize) {
        const QUERY: &[u8] = b"\x1b_Gi=31,";
        let start = self.raw.len().saturating_sub(length + QUERY.len() - 1);
        let is_asked = self.raw[start..].windows(QUERY.len()).any(|part| part == QUERY);
        let answers = self.parser.callbacks_mut();
        if is_asked && answers.skills.kitty {
            // It stands before the others in the query.
            answers.bytes.splice(0..0, *b"\x1b_Gi=31;OK\x1b\\");
        }
    }

    fn screen(&self) -> Screen<'_> {
        Screen(self.parser.screen())
    }
}

impl vt100::Callbacks for Answers {
    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        mark: Option<u8>,
        _: Option<u8>,
        parameters: &[&[u16]],
        command: char,
    ) {
        match (mark, parameters, command) {
            (None, [[6]], 'n') => {
                let (row, column) = screen.cursor_position();
                self.bytes.extend(format!("\x1b[{};{}R", row + 1, column + 1).bytes());
            }
            (None, [[5]], 'n') => self.bytes.extend(b"\x1b[0n"),
            (None, [[16]], 't') => self.bytes.extend(b"\x1b[6;20;10t"),
            (None, _, 'c') if self.skills.sixel => self.bytes.extend(b"\x1b[?62;4;22c"),
            (None, _, 'c') => self.bytes.extend(b"\x1b[?62;22c"),
            (Some(b'>'), _, 'c') => self.bytes.extend(b"\x1b[>1;10;0c"),
            _ => {}
        }
    }
}

/// What stands on the terminal at one moment.
pub(crate) struct Screen<'a>(&'a vt100::Screen);

impl Screen<'_> {
    /// Shows the rows without the blanks at their ends.
    pub(crate) fn text(&self) -> String {
        let (_, columns) = self.0.size();
        let rows = self.0.rows(0, columns.get());
        let rows: Vec<String> = rows.map(|row| row.trim_end().to_owned()).collect();
        rows.join("\n")
    }

    /// Tells whether the text stands in one of the rows.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// Tells whether a text is strong, every letter of it.
    pub(crate) fn is_bold(&self, text: &str) -> bool {
        self.every_letter(text, vt100::Cell::bold)
    }

    /// Tells whether a text is dimmed, every letter of it.
    pub(crate) fn is_dim(&self, text: &str) -> bool {
        self.every_letter(text, vt100::Cell::dim)
    }

    fn every_letter(&self, text: &str, has_style: impl Fn(&vt100::Cell) -> bool) -> bool {
        let cells = self.find(text);
        let mut letters = cells.iter().filter(|cell| !cell.contents().trim().is_empty());
        letters.all(|cell| has_style(cell))
    }

    /// Finds the cells of the first place where the text stands.
    fn find(&self, text: &str) -> Vec<&vt100::Cell> {
        let (rows, columns) = self.0.size();
        for row in 0..rows.get() {
            let cells: Vec<_> = (0..columns.get()).filter_map(|column| self.0.cell(row, column)).collect();
            for start in 0..cells.len() {
                if let Some(found) = beginning(&cells[start..], text) {
                    return found.to_vec();
                }
            }
        }
        panic!("{text:?} is not on the screen:\n{}", self.text());
    }
}

/// Gives the first cells if they hold just the text. Cells that nothing was written to count as blanks.
fn beginning<'a, 'b>(cells: &'a [&'b vt100::Cell], text: &str) -> Option<&'a [&'b vt100::Cell]> {
    let mut rest = text;
    for (count, cell) in cells.iter().enumerate() {
        if rest.is_empty() {
            return Some(&cells[..count]);
        }
        if cell.is_wide_continuation() {
            continue;
        }
        let contents = if cell.has_contents() { cell.contents() } else { " " };
        rest = rest.strip_prefix(contents)?;
    }
    rest.is_empty().then_some(cells)
}

fn size(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).expect("a terminal has at least one cell")
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, ..PtySize::default() }
}

/// Types; the program may have ended already.
fn type_in(keyboard: &Keyboard, bytes: &[u8]) {
    keyboard.lock().unwrap().write_all(bytes).unwrap_or_default();
}

fn bytes_of(keys: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = keys;
    while let Some(next) = rest.chars().next() {
        if let Some((name, after)) = rest.strip_prefix('<').and_then(|named| named.split_once('>')) {
            bytes.extend(bytes_of_key(name));
            rest = after;
        } else {
            bytes.extend(next.to_string().bytes());
            rest = &rest[next.len_utf8()..];
        }
    }
    bytes
}

fn bytes_of_key(name: &str) -> Vec<u8> {
    let bytes: &[u8] = match name {
        "enter" => b"\r",
        "space" => b" ",
        "tab" => b"\t",
        "lt" => b"<",
        "backspace" => b"\x7f",
        // A bare escape and the key after it would be read as one key with Alt.
        "esc" => b"\x1b[27u",
        "s-tab" => b"\x1b[Z",
        "up" => b"\x1b[A",
        "down" => b"\x1b[B",
        "right" => b"\x1b[C",
        "left" => b"\x1b[D",
        "home" => b"\x1b[H",
        "end" => b"\x1b[F",
        "delete" => b"\x1b[3~",
        "pageup" => b"\x1b[5~",
        "pagedown" => b"\x1b[6~",
        _ => return bytes_of_chord(name),
    };
    bytes.to_vec()
}

fn bytes_of_chord(name: &str) -> Vec<u8> {
    match name.as_bytes() {
        [b'c', b'-', letter @ b'a'..=b'z'] => vec![letter & 0x1f],
        [b'a', b'-', letter] => vec![0x1b, *letter],
        _ => panic!("there is no key <{name}>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Terminal {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", script]);
        Terminal::start(command, 40, 10)
    }

    #[test]
    fn text_and_styles_of_a_program_are_seen() {
        let terminal = shell(r"printf 'top\n\n \033[1mstrong\033[0m \033[2mquiet\033[0m.'; read -r line");
        terminal.wait_until(|screen| screen.has("quiet."));
        assert_eq!(terminal.screen().trim_end(), "top\n\n strong quiet.");
        assert!(terminal.is_bold("strong") && !terminal.is_bold("quiet"));
        assert!(terminal.is_dim("quiet") && !terminal.is_dim("quiet."));
        assert!(terminal.raw_bytes().ends_with(b"\x1b[0m."));
    }

    #[test]
    fn keys_reach_the_program_and_its_exit_code_comes_back() {
        let mut terminal = shell("printf 'name? '; read -r line; echo \"hello $line\"; exit 3");
        terminal.wait_for("name?");
        terminal.press("you<enter>");
        terminal.wait_for("hello you");
        assert_eq!(terminal.wait_exit(), 3);
    }

    #[test]
    fn a_program_sees_the_size_of_its_terminal_change() {
        let terminal = shell("stty size; read -r line; stty size; read -r line");
        terminal.wait_for("10 40");
        terminal.resize(90, 25);
        terminal.press("<enter>");
        terminal.wait_for("25 90");
    }

    #[test]
    fn the_terminal_tells_where_its_cursor_is() {
        let terminal = shell(
            r"stty -icanon -echo; printf 'ab\033[6n'; dd bs=1 count=6 2>/dev/null | od -An -c; read -r line",
        );
        terminal.wait_for("[   1   ;   3   R");
    }

    #[test]
    fn signals_end_a_program() {
        let mut ended = shell("echo ready; exec cat");
        ended.wait_for("ready");
        ended.signal("TERM");
        assert_ne!(ended.wait_exit(), 0);

        let mut killed = shell("trap '' TERM HUP; echo ready; exec cat");
        killed.wait_for_bytes(b"ready\r\n");
        killed.kill();
        assert_ne!(killed.wait_exit(), 0);
    }

    #[test]
    #[should_panic(expected = "waited in vain for \"never\" on the screen: the program ended\nonly this")]
    fn waiting_in_vain_shows_the_screen() {
        shell("printf 'only this'").wait_for("never");
    }

    #[test]
    fn keys_have_names() {
        assert_eq!(bytes_of("jG<enter><c-r><lt>ü<s-tab>"), b"jG\r\x12<\xc3\xbc\x1b[Z");
        assert_eq!(bytes_of("<a-x>1 > 2"), b"\x1bx1 > 2");
    }
}
