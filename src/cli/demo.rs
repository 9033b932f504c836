//! `newsterm --demo`: the reader on a sample library, fetched from this machine as if from the web.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;

use super::arguments::Place;
use super::session::web_settings;
use super::{Done, reader};
use crate::config::{self, OnStart, Settings};
use crate::desk::PictureCache;
use crate::model::{FullText, Timestamp};
use crate::runtime::{self, OwnFiles, Parts, Read};
use crate::store::Store;
use crate::tasks::{self, Pictures, Selection};
use crate::tui::{Keymap, Themes};
use crate::web::{AnyWeb, HttpClient, Loopback, Page};

/// Serves the samples, fetches them into a library that is gone afterwards, and opens the reader.
pub(super) async fn run(_place: &Place) -> anyhow::Result<Done> {
    reader::need_terminal()?;
    let home = tempfile::Builder::new()
        .prefix("newsterm-demo-")
        .tempdir()
        .context("cannot make a temporary library")?;
    let store = Store::open(&home.path().join("library.db"))?;
    let now = Timestamp::now();
    let server = Loopback::start(|base| {
        let files = tasks::sample_files(base, now).into_iter();
        files.map(|file| (file.path, Page { content_type: file.mime, body: file.bytes })).collect()
    })
    .await
    .context("cannot serve the sample library on this machine")?;
    let settings = settings();
    store.subscribe(tasks::sample_subscriptions(server.address()), now).await?;
    let web = Arc::new(AnyWeb::Http(HttpClient::new(&web_settings(&settings))?));
    tasks::refresh(
        &store,
        &web,
        &Selection::All,
        (settings.refresh.every, now),
        |_| {},
        std::future::pending(),
    )
    .await?;
    let web = Arc::into_inner(web).context("the sample library is still being fetched")?;
    let (appearance, pictures) =
        (reader::appearance(&settings, Themes::default()), home.path().join("pictures"));
    let pictures = Pictures::kept_in(PictureCache::in_directory(pictures));
    let (keymap, files) = (Keymap::embedded(), Box::new(NoFiles));
    let parts =
        Parts { store, web, settings, pictures, files, keymap, appearance, offline: false, notice: None };
    runtime::run(parts).await?;
    Ok(Done::All)
}

/// The demonstration has no files of the reader's.
struct NoFiles;

impl OwnFiles for NoFiles {
    fn read(&self) -> Read {
        Read {
            settings: settings(),
            values: Vec::new(),
            keymap: Keymap::embedded(),
            themes: Themes::default(),
            mistakes: Vec::new(),
        }
    }

    fn change(&self, _key: &str, _value: &str) -> std::io::Result<()> {
        Err(std::io::Error::other("the demonstration keeps nothing"))
    }
}

/// The defaults, in a hurry: there is nobody to be polite to.
fn settings() -> Settings {
    let mut settings = config::read("").settings;
    settings.refresh.spacing = Duration::ZERO;
    settings.refresh.on_start = OnStart::Never;
    // Its articles are whole as they come, and have no pages.
    settings.full_text = FullText::Never;
    settings
}
