//! What most commands need: places, settings, the library, and the way to the feeds.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context;

use super::arguments::Place;
use super::{log, output};
use crate::app::Action;
use crate::config::{self, Complaint, Effective, Places, Settings};
use crate::desk::{self, PictureCache};
use crate::runtime::{OwnFiles, Read};
use crate::store::Store;
use crate::tasks::Pictures;
use crate::tui::{Keymap, Themes};
use crate::web::{AnyWeb, HttpClient, Offline, WebSettings};

/// An open installation.
pub(super) struct Session {
    /// The library.
    pub(super) store: Store,
    /// The settings in force.
    pub(super) settings: Settings,
    /// Mistakes in the settings, each in one line.
    pub(super) complaints: Vec<String>,
    /// No network is wanted.
    pub(super) offline: bool,
    places: Places,
}

impl Session {
    /// Opens the installation and says what is wrong with its settings.
    pub(super) fn open(place: &Place) -> anyhow::Result<Session> {
        let session = Session::open_quietly(place)?;
        for complaint in &session.complaints {
            output::complain(complaint);
        }
        Ok(session)
    }

    /// Opens the installation; what is wrong with its settings is left to the caller to say.
    pub(super) fn open_quietly(place: &Place) -> anyhow::Result<Session> {
        let places = Places::find(place.dir().as_deref())?;
        let home = places.home();
        desk::private_directory(home).with_context(|| {
            format!("cannot make the directory {}; choose another place with --dir", home.display())
        })?;
        // The library may hold passwords; what exists, and what cannot be made, is for the store to say.
        drop(desk::private_file(&places.library));
        log::start(&places.logs);
        let (effective, complaints) = settings(&places);
        let store = Store::open(&places.library)?;
        Ok(Session { store, settings: effective.settings, complaints, offline: place.offline, places })
    }

    /// Gives the reader's files.
    pub(super) fn files(&self) -> Box<dyn OwnFiles> {
        Box::new(self.places.clone())
    }

    /// Reads what keys bring.
    pub(super) fn keymap(&self) -> (Keymap, Vec<String>) {
        keymap(&self.places)
    }

    /// Reads the themes of the reader's own.
    pub(super) fn themes(&self) -> Themes {
        themes(&self.places.themes)
    }

    /// Makes the way to the pictures of articles.
    pub(super) fn pictures(&self) -> Pictures {
        Pictures::kept_in(PictureCache::in_directory(self.places.pictures.clone()))
    }

    /// Makes the way to the feeds.
    pub(super) fn web(&self) -> anyhow::Result<AnyWeb> {
        if self.offline {
            return Ok(AnyWeb::Offline(Offline));
        }
        Ok(AnyWeb::Http(HttpClient::new(&web_settings(&self.settings))?))
    }
}

impl OwnFiles for Places {
    fn read(&self) -> Read {
        let (effective, mut mistakes) = settings(self);
        let (keymap, complaints) = keymap(self);
        mistakes.extend(complaints);
        let values = effective.sources.into_iter().map(|(key, value, _)| (key, value)).collect();
        Read { settings: effective.settings, values, keymap, themes: themes(&self.themes), mistakes }
    }

    fn change(&self, key: &str, value: &str) -> std::io::Result<()> {
        let file = match std::fs::read_to_string(&self.config) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            read => read?,
        };
        desk::replace_file(&self.config, config::with_setting(&file, key, value).as_bytes())
    }
}

/// Reads the settings; a file that is missing or broken leaves the defaults in force.
pub(super) fn settings(places: &Places) -> (Effective, Vec<String>) {
    let (text, unreadable) = text_of(&places.config);
    let mut effective = config::read(&text);
    let names = themes(&places.themes).names();
    if effective.settings.theme != "auto" && !names.contains(&effective.settings.theme) {
        let message =
            format!("there is no theme `{}`; expected auto, {}", effective.settings.theme, names.join(", "));
        effective.leave_out_theme(message);
    }
    let complaints = unreadable.into_iter().chain(located(&places.config, &effective.complaints)).collect();
    (effective, complaints)
}

/// Reads the keys; a file that is missing or broken leaves newsterm's own in force.
pub(super) fn keymap(places: &Places) -> (Keymap, Vec<String>) {
    let (text, unreadable) = text_of(&places.keymap);
    let (keymap, mistakes) = Keymap::of(&text);
    let mut complaints: Vec<_> = unreadable.into_iter().chain(located(&places.keymap, &mistakes)).collect();
    // Without a way out there is none to mend the file by.
    if keymap.key_of(Action::Leave).is_none() && keymap.key_of(Action::Quit).is_none() {
        complaints
            .push(format!("{}: no key leaves; newsterm's own keys are in force", places.keymap.display()));
        return (Keymap::embedded(), complaints);
    }
    (keymap, complaints)
}

/// Reads the themes of a directory: the files that end with `.toml`.
fn themes(directory: &Path) -> Themes {
    let files = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let theme = |file: std::fs::DirEntry| {
        let path = file.path();
        let name =
            path.file_stem()?.to_str().filter(|_| path.extension().is_some_and(|end| end == "toml"))?;
        Some((name.to_owned(), std::fs::read_to_string(&path).ok()?))
    };
    Themes::with(files.filter_map(theme).collect())
}

/// Reads a file of the reader's; what is missing is empty. Tells why it cannot be read.
fn text_of(path: &Path) -> (String, Option<String>) {
    let shown = path.display();
    match std::fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(_) => {
                (String::new(), Some(format!("{shown}: expected UTF-8 text; the defaults are in force")))
            }
        },
        Err(error) if error.kind() == ErrorKind::NotFound => (String::new(), None),
        Err(error) => {
            (String::new(), Some(format!("{shown}: cannot be read ({error}); the defaults are in force")))
        }
    }
}

fn located(path: &Path, complaints: &[Complaint]) -> impl Iterator<Item = String> {
    complaints.iter().map(move |one| format!("{}:{}: {}", path.display(), one.line, one.message))
}

/// Gives the web's settings.
pub(super) fn web_settings(settings: &Settings) -> WebSettings {
    WebSettings {
        concurrency: settings.refresh.concurrency,
        per_host: settings.refresh.per_host,
        spacing: settings.refresh.spacing,
        connect_timeout: settings.limits.connect,
        read_timeout: settings.limits.read,
        total_timeout: settings.limits.total,
        max_bytes: settings.limits.document_mb.saturating_mul(1_000_000),
        ..WebSettings::default()
    }
}
