//! `newsterm`: the reader.

use anyhow::bail;

use super::Done;
use super::arguments::Place;
use super::session::Session;
use crate::config::{Images, Settings};
use crate::model::Timestamp;
use crate::runtime::{self, Appearance, Parts};
use crate::tasks;
use crate::tui::{self, Painter, Themes};

/// Opens the library and the reader on it; a new library gets the welcome.
pub(super) async fn run(place: &Place) -> anyhow::Result<Done> {
    need_terminal()?;
    let session = Session::open_quietly(place)?;
    tasks::welcome(&session.store, Timestamp::now()).await?;
    let (web, pictures) = (session.web()?, session.pictures());
    let ((keymap, mistakes), themes) = (session.keymap(), session.themes());
    let files = session.files();
    let Session { store, settings, complaints, offline, .. } = session;
    let appearance = appearance(&settings, themes);
    let notice = complaints.into_iter().chain(mistakes).next();
    runtime::run(Parts { store, web, settings, pictures, files, keymap, appearance, offline, notice })
        .await?;
    Ok(Done::All)
}

/// Says what to do where there is no terminal.
pub(super) fn need_terminal() -> anyhow::Result<()> {
    if !tui::is_terminal() {
        bail!(
            "the reader needs a terminal; without one use newsterm list, show, fetch, mark or \
             another command of newsterm --help"
        );
    }
    Ok(())
}

/// Finds what the settings and the terminal ask for.
pub(super) fn appearance(settings: &Settings, themes: Themes) -> Appearance {
    let variable = |name: &str| std::env::var(name).ok();
    let depth = tui::depth(variable);
    // Whoever named a theme is not asked for the colour of the ground: that takes a while.
    let suited = if settings.theme == "auto" { tui::suited(variable) } else { "dark" };
    let painter = Painter::of_terminal((settings.images, settings.image_protocol), depth, variable);
    let is_illustrated = match settings.images {
        Images::On => true,
        Images::Auto => !tui::is_remote(variable),
        Images::Off => false,
    };
    Appearance {
        themes,
        suited,
        depth,
        order: tui::order(settings.bidi, variable),
        has_links: tui::has_hyperlinks(settings.hyperlinks),
        painter,
        is_illustrated,
    }
}
