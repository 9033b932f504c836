//! Asks the terminal to report the mouse: its buttons, its wheel, and moves with a button down.
//!
//! Other moves are not asked for, unlike by crossterm's own command: they would wake an idle reader. With Shift held,
//! most terminals leave the mouse to themselves.
//!
//! Source: <https://invisible-island.net/xterm/ctlseqs/ctlseqs.html#h2-Mouse-Tracking>, 1000, 1002 and 1006.

use std::fmt;

use ratatui::crossterm::Command;

/// Asks for reports.
pub(super) struct ReportMouse;

/// Asks for none.
pub(super) struct LeaveMouse;

impl Command for ReportMouse {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1000h\x1b[?1002h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> std::io::Result<()> {
        ratatui::crossterm::event::EnableMouseCapture.execute_winapi()
    }
}

impl Command for LeaveMouse {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1006l\x1b[?1002l\x1b[?1000l")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> std::io::Result<()> {
        ratatui::crossterm::event::DisableMouseCapture.execute_winapi()
    }
}
