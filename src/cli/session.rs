//! What most commands need: places, settings, the library, and the way to the feeds.

use anyhow::Context;

use super::arguments::Place;
use super::{log, output};
use crate::config::{self, Effective, Places, Settings};
use crate::desk::{self, PictureCache};
use crate::store::Store;
use crate::tasks::Pictures;
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

/// Reads the settings; a file that is missing or broken leaves the defaults in force.
pub(super) fn settings(places: &Places) -> (Effective, Vec<String>) {
    let path = places.config.display();
    let mut unreadable = None;
    let text = match std::fs::read(&places.config) {
        Ok(bytes) => String::from_utf8(bytes).unwrap_or_else(|_| {
            unreadable = Some(format!("{path}: expected UTF-8 text; the defaults are in force"));
            String::new()
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            unreadable = Some(format!("{path}: cannot be read ({error}); the defaults are in force"));
            String::new()
        }
    };
    let effective = config::read(&text);
    let mistakes = effective.complaints.iter().map(|one| format!("{path}:{}: {}", one.line, one.message));
    let complaints = unreadable.into_iter().chain(mistakes).collect();
    (effective, complaints)
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
