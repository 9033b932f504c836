//! `newsterm`: the reader.

use anyhow::bail;

use super::Done;
use super::arguments::Place;
use super::session::Session;
use crate::config::{Images, Settings, ThemeChoice};
use crate::model::Timestamp;
use crate::runtime::{self, Appearance, Parts};
use crate::tasks;
use crate::tui::{self, Depth, Painter, Theme, ThemeName};

/// Opens the library and the reader on it; a new library gets the welcome.
pub(super) async fn run(place: &Place) -> anyhow::Result<Done> {
    need_terminal()?;
    let session = Session::open_quietly(place)?;
    tasks::welcome(&session.store, Timestamp::now()).await?;
    let (web, pictures) = (session.web()?, session.pictures());
    let (keymap, mistakes) = session.keymap();
    let Session { store, settings, complaints, offline, .. } = session;
    let appearance = appearance(&settings);
    let notice = complaints.into_iter().chain(mistakes).next();
    runtime::run(Parts { store, web, settings, pictures, keymap, appearance, offline, notice }).await?;
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
pub(super) fn appearance(settings: &Settings) -> Appearance {
    let variable = |name: &str| std::env::var(name).ok();
    let depth = tui::depth(variable);
    let name = match settings.theme {
        ThemeChoice::Dark => ThemeName::Dark,
        ThemeChoice::Light => ThemeName::Light,
        ThemeChoice::Ansi => ThemeName::Ansi,
        // Without colours of our own there is no ground to suit.
        ThemeChoice::Auto if matches!(depth, Depth::None | Depth::Sixteen) => ThemeName::Ansi,
        ThemeChoice::Auto => tui::suited(variable),
    };
    let painter = Painter::of_terminal((settings.images, settings.image_protocol), depth, variable);
    let is_illustrated = match settings.images {
        Images::On => true,
        Images::Auto => !tui::is_remote(variable),
        Images::Off => false,
    };
    Appearance {
        theme: Theme::built_in(name, depth),
        depth,
        order: tui::order(settings.bidi, variable),
        has_links: tui::has_hyperlinks(settings.hyperlinks),
        painter,
        is_illustrated,
    }
}
