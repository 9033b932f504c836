//! The reader in a real terminal: keys in, screen out, and what the library holds afterwards.

mod arranging;
mod articles;
mod colours;
mod demo;
mod desk;
mod filing;
mod full_text;
mod health;
mod leaving;
mod links;
mod marks;
mod overlays;
mod pictures;
mod safety;
mod scopes;
mod searching;
mod settings;
mod start;

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use newsterm::model::Timestamp;
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
