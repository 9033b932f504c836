//! A library of a test's own, in a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::terminal::{Skills, Terminal};

/// Nothing is fetched unless asked for, and then at once.
const QUIET: &str = "[refresh]\non_start = \"never\"\nspacing = \"0s\"\n";

/// No page is fetched unless asked for.
const NO_PAGES: &str = "full_text = \"never\"\n";

/// Variables that would make a test depend on where it runs.
const FOREIGN: [&str; 19] = [
    "NO_COLOR",
    "COLORTERM",
    "RUST_LOG",
    "http_proxy",
    "HTTP_PROXY",
    "https_proxy",
    "HTTPS_PROXY",
    "BROWSER",
    "SSH_CONNECTION",
    "SSH_TTY",
    "SSH_CLIENT",
    "TERM_PROGRAM",
    "LC_TERMINAL",
    "WEZTERM_EXECUTABLE",
    "KONSOLE_VERSION",
    "FORCE_HYPERLINK",
    "VTE_VERSION",
    "WT_SESSION",
    "DOMTERM",
];

/// Configuration, database and cache of one test; removed on drop.
pub(crate) struct Library {
    folder: TempDir,
}

impl Library {
    /// Makes an empty library that fetches nothing by itself.
    pub(crate) fn new() -> Library {
        let library = Library { folder: tempfile::tempdir().unwrap() };
        library.config("");
        library
    }

    /// Gives the folder that holds everything.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Replaces the configuration. Without a `[refresh]` or a `full_text` of its own it goes on fetching nothing by
    /// itself.
    pub(crate) fn config(&self, text: &str) {
        let no_pages = if text.contains("full_text") { "" } else { NO_PAGES };
        let quiet = if text.contains("[refresh]") { "" } else { QUIET };
        self.file("config.toml", format!("{no_pages}{text}\n{quiet}"));
    }

    /// Writes a file into the folder and gives its path.
    pub(crate) fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::write(&path, contents).unwrap();
        path
    }

    /// Prepares a command on this library.
    pub(crate) fn newsterm(&self, arguments: &[&str]) -> Command {
        let mut command = cargo_bin_cmd!("newsterm");
        command.args(arguments).current_dir(self.path());
        for variable in FOREIGN {
            command.env_remove(variable);
        }
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        command
    }

    /// Opens the reader in a terminal of this size.
    pub(crate) fn open(&self, columns: u16, rows: u16) -> Terminal {
        self.open_with(&[], columns, rows)
    }

    /// Runs a command in a terminal of this size.
    pub(crate) fn open_with(&self, arguments: &[&str], columns: u16, rows: u16) -> Terminal {
        Terminal::start(self.reader(arguments), columns, rows)
    }

    /// Opens the reader in a terminal of this size that shows pictures.
    pub(crate) fn open_illustrated(&self, skills: Skills, columns: u16, rows: u16) -> Terminal {
        Terminal::start_with(self.reader(&[]), skills, columns, rows)
    }

    fn reader(&self, arguments: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new(cargo_bin!("newsterm"));
        command.args(arguments);
        command.cwd(self.path());
        for variable in FOREIGN {
            command.env_remove(variable);
        }
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        command
    }

    fn environment(&self) -> [(&'static str, &Path); 3] {
        [("NEWSTERM_DIR", self.path()), ("HOME", self.path()), ("TZ", Path::new("UTC"))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config_of(text: &str) -> String {
        let library = Library::new();
        library.config(text);
        fs::read_to_string(library.path().join("config.toml")).unwrap()
    }

    #[test]
    fn a_library_is_quiet_unless_told_otherwise() {
        assert_eq!(config_of("theme = \"light\""), format!("{NO_PAGES}theme = \"light\"\n{QUIET}"));
        assert_eq!(config_of("[refresh]\nevery = \"1m\""), format!("{NO_PAGES}[refresh]\nevery = \"1m\"\n"));
        assert_eq!(config_of("full_text = \"auto\""), format!("full_text = \"auto\"\n{QUIET}"));
    }
}
