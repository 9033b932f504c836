//! What the terminal answers when it is asked how it shows pictures.
//!
//! kitty's query, primary device attributes (4 is sixel), the size of a cell (XTWINOPS 16), and at the end the status
//! report, which every terminal answers: so nobody waits for a terminal that knows nothing of pictures.

use std::io::{self, Write};
use std::time::Duration;

use ratatui::crossterm::terminal;
use ratatui_image::picker::ProtocolType;
use ratatui_image::picker::cap_parser::{Parser, QueryStdioOptions, Response};

use crate::model::PixelSize;

/// How long a terminal may take to answer; one on another machine, longer.
const PATIENCE: Duration = Duration::from_millis(150);
const REMOTE_PATIENCE: Duration = Duration::from_secs(1);

/// Terminals with the way of iTerm2, as they call themselves.
const LIKE_ITERM2: &[&str] =
    &["iTerm", "WezTerm", "mintty", "vscode", "Tabby", "Hyper", "rio", "Bobcat", "WarpTerminal"];

/// What a terminal told.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Answers {
    pub(super) has_kitty: bool,
    pub(super) has_sixel: bool,
    /// The size of a cell.
    pub(super) cell: Option<PixelSize>,
}

impl Answers {
    fn note(&mut self, response: &Response) {
        match response {
            Response::Kitty => self.has_kitty = true,
            Response::Sixel => self.has_sixel = true,
            Response::CellSize(Some((width, height))) => {
                self.cell = PixelSize::new(u32::from(*width), u32::from(*height));
            }
            _ => {}
        }
    }

    /// Chooses the best way. Pixels need the size of a cell: without it they would lie beside the text.
    pub(super) fn protocol(&self, variable: impl Fn(&str) -> Option<String>) -> ProtocolType {
        let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
        let program = variable("TERM_PROGRAM").unwrap_or_default();
        let is_like_iterm2 = LIKE_ITERM2.iter().any(|name| program.contains(name))
            || variable("LC_TERMINAL").is_some_and(|name| name.contains("iTerm"));
        // Both know kitty's pictures, but not the characters that hold their place; Konsole draws sixels wrongly.
        let is_partial = is_set("KONSOLE_VERSION") || is_set("WEZTERM_EXECUTABLE");
        if self.cell.is_none() {
            ProtocolType::Halfblocks
        } else if self.has_kitty && !is_partial {
            ProtocolType::Kitty
        } else if is_like_iterm2 || is_partial {
            ProtocolType::Iterm2
        } else if self.has_sixel {
            ProtocolType::Sixel
        } else {
            ProtocolType::Halfblocks
        }
    }
}

/// Asks the terminal, and waits for its answers.
pub(super) fn ask(variable: impl Fn(&str) -> Option<String>) -> Answers {
    let is_remote = super::painter::is_remote(&variable);
    let patience = if is_remote { REMOTE_PATIENCE } else { PATIENCE };
    let is_tmux = variable("TERM").is_some_and(|term| term.starts_with("tmux"))
        || variable("TERM_PROGRAM").is_some_and(|program| program == "tmux");
    let mut answers = asked(is_tmux, patience).unwrap_or_else(|error| {
        tracing::debug!(%error, "the terminal could not be asked for its pictures");
        Answers::default()
    });
    if answers.cell.is_none() {
        answers.cell = told_by_system();
    }
    answers
}

fn asked(is_tmux: bool, patience: Duration) -> io::Result<Answers> {
    let was_raw = terminal::is_raw_mode_enabled()?;
    if !was_raw {
        terminal::enable_raw_mode()?;
    }
    let answered = exchange(&Parser::query(is_tmux, QueryStdioOptions::default()), patience);
    if !was_raw {
        terminal::disable_raw_mode()?;
    }
    Ok(read(&answered?))
}

fn read(bytes: &[u8]) -> Answers {
    let (mut parser, mut answers) = (Parser::new(), Answers::default());
    for byte in bytes {
        for response in parser.push(char::from(*byte)) {
            answers.note(&response);
        }
    }
    answers
}

fn told_by_system() -> Option<PixelSize> {
    let window = terminal::window_size().ok()?;
    let side = |pixels: u16, cells: u16| pixels.checked_div(cells).map(u32::from);
    PixelSize::new(side(window.width, window.columns)?, side(window.height, window.rows)?)
}

/// Writes a question and reads what comes until the status report, which ends the answers.
#[cfg(unix)]
fn exchange(question: &str, patience: Duration) -> io::Result<Vec<u8>> {
    use std::io::Read;
    use std::time::Instant;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    const STATUS: &[u8] = b"\x1b[0n";
    const LONGEST: usize = 4_096;

    let mut terminal = std::fs::File::options().read(true).write(true).open("/dev/tty")?;
    terminal.write_all(question.as_bytes())?;
    let end = Instant::now() + patience;
    let mut answers = Vec::new();
    let is_told = |answers: &[u8]| answers.windows(STATUS.len()).any(|part| part == STATUS);
    while !is_told(&answers) && answers.len() < LONGEST {
        let left = Timespec::try_from(end.saturating_duration_since(Instant::now())).unwrap_or_default();
        let is_there = poll(&mut [PollFd::new(&terminal, PollFlags::IN)], Some(&left))? > 0;
        if !is_there {
            break;
        }
        let mut piece = [0; 256];
        match terminal.read(&mut piece)? {
            0 => break,
            length => answers.extend_from_slice(&piece[..length]),
        }
    }
    Ok(answers)
}

/// Asks nobody: the console of Windows hands answers on as keys.
#[cfg(not(unix))]
fn exchange(_: &str, _: Duration) -> io::Result<Vec<u8>> {
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn protocol(answers: Answers, variables: &[(&str, &str)]) -> ProtocolType {
        let find = |name: &str| variables.iter().find(|(key, _)| *key == name);
        answers.protocol(|name| find(name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_answers_of_terminals_are_read() {
        let kitty = read(b"\x1b_Gi=31;OK\x1b\\\x1b[?62;c\x1b[6;20;10t\x1b[0n");
        let cell = PixelSize::new(10, 20);
        assert_eq!(kitty, Answers { has_kitty: true, has_sixel: false, cell });
        let foot = read(b"\x1b[?62;4;22c\x1b[6;20;10t\x1b[0n");
        assert_eq!(foot, Answers { has_kitty: false, has_sixel: true, cell });
        assert_eq!(read(b"\x1b[?1;2c\x1b[0n"), Answers::default());
        assert_eq!(read(b"jjk\x1b[6;0;0t"), Answers::default());
    }

    #[test]
    fn the_best_way_is_chosen() {
        let cell = PixelSize::new(10, 20);
        let all = Answers { has_kitty: true, has_sixel: true, cell };
        let sixel = Answers { has_kitty: false, ..all };
        assert_eq!(protocol(all, &[]), ProtocolType::Kitty);
        assert_eq!(protocol(sixel, &[]), ProtocolType::Sixel);
        assert_eq!(protocol(all, &[("WEZTERM_EXECUTABLE", "/bin/wezterm")]), ProtocolType::Iterm2);
        assert_eq!(protocol(all, &[("KONSOLE_VERSION", "230804")]), ProtocolType::Iterm2);
        assert_eq!(protocol(sixel, &[("TERM_PROGRAM", "iTerm.app")]), ProtocolType::Iterm2);
        assert_eq!(protocol(Answers { cell: None, ..all }, &[]), ProtocolType::Halfblocks);
        assert_eq!(protocol(Answers { cell, ..Answers::default() }, &[]), ProtocolType::Halfblocks);
    }
}
