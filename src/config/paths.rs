//! Where things are kept. The only place that asks `directories`.

use std::path::{Path, PathBuf};

/// The directories and files of one installation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Places {
    /// The reader's settings.
    pub config: PathBuf,
    /// The reader's keys.
    pub keymap: PathBuf,
    /// Directory of the reader's own themes.
    pub themes: PathBuf,
    /// The database.
    pub library: PathBuf,
    /// Directory of what could be fetched again.
    pub cache: PathBuf,
    /// Directory of the pictures of articles.
    pub pictures: PathBuf,
    /// Directory of the log files.
    pub logs: PathBuf,
}

/// There is no home directory to keep things in.
#[derive(Debug, thiserror::Error)]
#[error("cannot find your home directory; set HOME, or choose a place with --dir")]
pub struct NoHome;

impl Places {
    /// Finds the places: all below `dir` where one is given, else where the system wants them.
    pub fn find(dir: Option<&Path>) -> Result<Places, NoHome> {
        if let Some(dir) = dir {
            return Ok(Places::below(dir, &dir.join("cache")));
        }
        let project = directories::ProjectDirs::from("", "", "newsterm").ok_or(NoHome)?;
        Ok(Places::below(project.config_local_dir(), project.cache_dir()))
    }

    fn below(dir: &Path, cache: &Path) -> Places {
        Places {
            config: dir.join("config.toml"),
            keymap: dir.join("keymap.toml"),
            themes: dir.join("themes"),
            library: dir.join("library.db"),
            cache: cache.to_owned(),
            pictures: cache.join("pictures"),
            logs: cache.join("logs"),
        }
    }

    /// The directory that must be there before the library can be opened.
    pub fn home(&self) -> &Path {
        self.library.parent().unwrap_or(Path::new("."))
    }
}

/// Where newsboat keeps what it knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewsboatPlaces {
    /// The list of feeds.
    pub urls: PathBuf,
    /// The database of their articles.
    pub cache: PathBuf,
}

/// Lists the directories in which people keep what they exported from other programs.
pub fn list_directories() -> Vec<PathBuf> {
    let Some(user) = directories::UserDirs::new() else {
        return Vec::new();
    };
    let home = Some(user.home_dir());
    let all = [home, user.download_dir(), user.document_dir(), user.desktop_dir()];
    let mut all: Vec<PathBuf> = all.into_iter().flatten().map(Path::to_owned).collect();
    all.dedup();
    all
}

/// Lists where newsboat keeps its things, in the order in which it looks itself.
pub fn newsboat_places() -> Vec<NewsboatPlaces> {
    let Some(base) = directories::BaseDirs::new() else {
        return Vec::new();
    };
    let home = base.home_dir();
    let places = |config: &Path, data: &Path| NewsboatPlaces {
        urls: config.join("urls"),
        cache: data.join("cache.db"),
    };
    let old = home.join(".newsboat");
    let mut all = vec![
        places(&base.config_dir().join("newsboat"), &base.data_dir().join("newsboat")),
        places(&home.join(".config/newsboat"), &home.join(".local/share/newsboat")),
        places(&old, &old),
    ];
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_directory_holds_everything() {
        let places = Places::find(Some(Path::new("/news"))).unwrap();
        for path in [&places.config, &places.library, &places.cache, &places.logs] {
            assert!(path.starts_with("/news"), "{}", path.display());
        }
    }
}
