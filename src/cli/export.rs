//! `newsterm export`: the subscriptions as OPML.

use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, bail};

use super::Done;
use super::arguments::ExportArguments;
use super::output::{Output, complain};
use super::session::Session;
use crate::{desk, tasks};

/// Writes the list; a file that exists is left as it is.
pub(super) async fn run(session: &Session, arguments: &ExportArguments) -> anyhow::Result<Done> {
    let opml = if arguments.with_passwords {
        tasks::export_opml_with_passwords(&session.store).await?
    } else {
        tasks::export_opml(&session.store).await?
    };
    match &arguments.file {
        Some(path) if path != Path::new("-") => {
            let cannot = || format!("cannot write {}", path.display());
            let mut file = match desk::private_file(path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    bail!(
                        "{} is there already, and newsterm writes over no file; choose another name",
                        path.display()
                    );
                }
                made => made.with_context(cannot)?,
            };
            let written = file.write_all(opml.as_bytes()).and_then(|()| file.sync_all());
            if written.is_err() {
                // Half a list is worse than none, and would be in the way of the next try.
                std::fs::remove_file(path).with_context(cannot)?;
            }
            written.with_context(cannot)?;
        }
        _ => {
            let mut out = Output::new();
            out.text(&opml)?;
            out.flush()?;
        }
    }
    if !arguments.with_passwords {
        say_what_is_left_out(session).await?;
    }
    Ok(Done::All)
}

/// A list without its passwords is no copy of the library: whoever makes one should know.
async fn say_what_is_left_out(session: &Session) -> anyhow::Result<()> {
    let feeds = session.store.subscriptions().await?.feeds;
    let secret = feeds.iter().filter(|s| s.url.password().is_some()).count();
    if secret > 0 {
        let noun = if secret == 1 {
            "the password of one address"
        } else {
            &format!("the passwords of {secret} addresses")
        };
        complain(&format!("left out {noun}; --with-passwords keeps them"));
    }
    Ok(())
}
