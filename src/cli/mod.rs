//! Floor 5: the program without a screen, and the way into the one with it.
//!
//! One file per command. Results go to standard output, errors to standard error as
//! `newsterm: …`; exit codes: 0 done, 1 failed, 2 wrong usage, 3 partly failed.

mod add;
mod arguments;
mod config;
mod demo;
mod doctor;
mod export;
mod extract;
mod feeds;
mod fetch;
mod import;
mod index;
mod list;
mod log;
mod mark;
mod output;
mod parse;
mod query;
mod reader;
mod remove;
mod search;
mod select;
mod session;
mod set;
mod show;
mod undo;

use std::process::ExitCode;

use clap::Parser;

use crate::search::QueryError;
use crate::tui;
use arguments::{Arguments, Command};
use session::Session;

/// How a command ended, where it did not fail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Done {
    /// All of it.
    All,
    /// Nothing of it; what failed was said.
    Nothing,
    /// Some of it; what failed was said.
    Partly,
}

impl From<Done> for ExitCode {
    fn from(done: Done) -> ExitCode {
        match done {
            Done::All => ExitCode::SUCCESS,
            Done::Nothing => ExitCode::from(1),
            Done::Partly => ExitCode::from(3),
        }
    }
}

/// Runs the program: reads its arguments, does what they say, gives its exit code.
pub fn run() -> ExitCode {
    tui::install_panic_hook();
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&anyhow::Error::new(error).context("cannot start")),
    };
    let ended = runtime.block_on(perform(arguments));
    // Whatever still waits for a name server or a slow host is left behind.
    runtime.shutdown_background();
    match ended {
        Ok(done) => done.into(),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) if is_wrong_usage(&error) => {
            failed(&error);
            ExitCode::from(2)
        }
        Err(error) => failed(&error),
    }
}

/// What a command was given and cannot mean anything.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct WrongUsage(String);

fn is_wrong_usage(error: &anyhow::Error) -> bool {
    error.is::<WrongUsage>() || error.is::<QueryError>()
}

async fn perform(arguments: Arguments) -> anyhow::Result<Done> {
    let Arguments { place, demo, command } = arguments;
    if demo && command.is_some() {
        return Err(WrongUsage("--demo opens the reader and goes with no command".to_owned()).into());
    }
    match command {
        None if demo => demo::run(&place).await,
        None => reader::run(&place).await,
        Some(Command::Parse(arguments)) => parse::run(arguments).await,
        Some(Command::Extract(arguments)) => extract::run(&place, arguments).await,
        Some(Command::Config) => config::run(&place),
        Some(Command::Add(arguments)) => add::run(&Session::open(&place)?, arguments).await,
        Some(Command::Import(arguments)) => import::run(&Session::open(&place)?, &arguments).await,
        Some(Command::Export(arguments)) => export::run(&Session::open(&place)?, &arguments).await,
        Some(Command::Fetch(arguments)) => fetch::run(&Session::open(&place)?, &arguments).await,
        Some(Command::List(arguments)) => list::run(&Session::open(&place)?, &arguments).await,
        Some(Command::Search(arguments)) => search::run(&Session::open(&place)?, &arguments).await,
        Some(Command::Show(arguments)) => show::run(&Session::open(&place)?, &arguments).await,
        Some(Command::Query(command)) => query::run(&Session::open(&place)?, command).await,
        Some(Command::Mark(arguments)) => mark::run(&Session::open(&place)?, arguments).await,
        Some(Command::Remove(arguments)) => remove::run(&Session::open(&place)?, &arguments).await,
        Some(Command::Rename(arguments)) => set::rename(&Session::open(&place)?, &arguments).await,
        Some(Command::Move(arguments)) => set::move_to(&Session::open(&place)?, &arguments).await,
        Some(Command::Set(arguments)) => set::set(&Session::open(&place)?, &arguments).await,
        Some(Command::Undo) => undo::undo(&Session::open(&place)?).await,
        Some(Command::Redo) => undo::redo(&Session::open(&place)?).await,
        Some(Command::Doctor(arguments)) => doctor::run(&place, &arguments),
        Some(Command::Feeds(arguments)) => feeds::run(&Session::open(&place)?, &arguments).await,
    }
}

/// Says an error with its causes in one line.
fn failed(error: &anyhow::Error) -> ExitCode {
    output::complain(&format!("{error:#}"));
    ExitCode::from(1)
}
