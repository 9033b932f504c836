//! `newsterm`: the reader.

use anyhow::bail;

use super::Done;
use super::arguments::Place;
use super::session::Session;
use crate::config::{Settings, ThemeChoice};
use crate::model::Timestamp;
use crate::runtime::{self, Parts};
use crate::tasks;
use crate::tui::{self, Depth, Order, Theme, ThemeName};

/// Opens the library and the reader on it; a new library gets the welcome.
pub(super) async fn run(place: &Place) -> anyhow::Result<Done> {
    need_terminal()?;
    let session = Session::open_quietly(place)?;
    tasks::welcome(&session.store, Timestamp::now()).await?;
    let web = session.web()?;
    let Session { store, settings, complaints, offline } = session;
    let (theme, order) = appearance(&settings);
    let notice = complaints.into_iter().next();
    runtime::run(Parts { store, web, settings, theme, order, offline, notice }).await?;
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

/// Finds the theme and the order of letters that the settings and the terminal ask for.
pub(super) fn appearance(settings: &Settings) -> (Theme, Order) {
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
    (Theme::built_in(name, depth), tui::order(settings.bidi, variable))
}
