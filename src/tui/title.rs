//! Keeps the terminal's title while ours is there, and brings it back.
//!
//! Source: <https://invisible-island.net/xterm/ctlseqs/ctlseqs.html#h2-Functions-using-CSI-_-ordered-by-the-final-character_s_>,
//! XTWINOPS 22 and 23.

use std::fmt;

use ratatui::crossterm::Command;

/// Has the terminal keep its title.
pub(super) struct KeepTitle;

/// Gives it the title back that it kept.
pub(super) struct BringTitleBack;

impl Command for KeepTitle {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[22;2t")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Command for BringTitleBack {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[23;2t")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> std::io::Result<()> {
        Ok(())
    }
}
