//! Pictures that could be fetched again, kept on disk as they came.
//!
//! One file a picture, named by its address. When they are too many, those go that were not looked at for longest. Two
//! programs may share the directory: a file is there as a whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use xxhash_rust::xxh3::xxh3_128;

use super::private_directory;
use crate::model::Url;

/// What is kept at most, and what is left when that was more, in bytes.
const MOST: u64 = 300_000_000;
const LEFT: u64 = 200_000_000;

/// After so many new bytes it is looked whether there are too many.
const STRIDE: u64 = 20_000_000;

/// A directory of pictures.
#[derive(Debug)]
pub struct PictureCache {
    place: PathBuf,
    most: u64,
    left: u64,
    stride: u64,
    /// Bytes written since it was looked last.
    written: AtomicU64,
}

impl PictureCache {
    /// Keeps pictures in a directory, which is made when the first comes.
    pub fn in_directory(place: PathBuf) -> PictureCache {
        // So that many short runs of the program together do not fill the disk either.
        PictureCache { place, most: MOST, left: LEFT, stride: STRIDE, written: AtomicU64::new(STRIDE) }
    }

    /// Reads the picture of an address, which counts as looking at it.
    pub fn read(&self, url: &Url) -> Option<Vec<u8>> {
        let path = self.path_of(url);
        let bytes = fs::read(&path).ok()?;
        if let Err(error) = touch(&path) {
            tracing::debug!(%error, "a picture's time could not be set");
        }
        Some(bytes)
    }

    /// Keeps the picture of an address.
    pub fn write(&self, url: &Url, bytes: &[u8]) -> io::Result<()> {
        private_directory(&self.place)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.place)?;
        file.write_all(bytes)?;
        file.persist(self.path_of(url))?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if self.written.fetch_add(size, Ordering::Relaxed).saturating_add(size) >= self.stride {
            self.written.store(0, Ordering::Relaxed);
            self.make_room()?;
        }
        Ok(())
    }

    fn path_of(&self, url: &Url) -> PathBuf {
        self.place.join(format!("{:032x}", xxh3_128(url.as_str().as_bytes())))
    }

    fn make_room(&self) -> io::Result<()> {
        let mut files = Vec::new();
        for file in fs::read_dir(&self.place)? {
            let file = file?;
            // Another program may have removed it.
            if let Ok(about) = file.metadata()
                && about.is_file()
            {
                files.push((about.modified().unwrap_or(SystemTime::UNIX_EPOCH), about.len(), file.path()));
            }
        }
        let mut size: u64 = files.iter().map(|(_, size, _)| size).sum();
        if size <= self.most {
            return Ok(());
        }
        files.sort();
        for (_, bytes, path) in files {
            if size <= self.left {
                break;
            }
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => size -= bytes,
            }
        }
        Ok(())
    }
}

fn touch(path: &Path) -> io::Result<()> {
    fs::File::options().append(true).open(path)?.set_modified(SystemTime::now())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn url(number: usize) -> Url {
        Url::parse(&format!("http://a.test/{number}.png")).unwrap()
    }

    #[test]
    fn a_picture_is_read_as_it_was_written() {
        let place = tempfile::tempdir().unwrap();
        let cache = PictureCache::in_directory(place.path().join("pictures"));
        assert_eq!(cache.read(&url(1)), None);
        cache.write(&url(1), b"one").unwrap();
        cache.write(&url(1), b"two").unwrap();
        assert_eq!(cache.read(&url(1)).as_deref(), Some(&b"two"[..]));
        assert_eq!(cache.read(&url(2)), None);
    }

    #[test]
    fn what_was_not_looked_at_for_longest_makes_room() {
        let place = tempfile::tempdir().unwrap();
        let cache = PictureCache {
            most: 35,
            left: 20,
            stride: 40,
            written: AtomicU64::new(0),
            ..PictureCache::in_directory(place.path().to_owned())
        };
        let long_ago = |number: usize| {
            let time = SystemTime::now() - Duration::from_secs(1_000 - u64::try_from(number).unwrap());
            fs::File::options()
                .append(true)
                .open(cache.path_of(&url(number)))
                .unwrap()
                .set_modified(time)
                .unwrap();
        };
        for number in 1..=3 {
            cache.write(&url(number), b"0123456789").unwrap();
            long_ago(number);
        }
        assert!(cache.read(&url(1)).is_some(), "and looked at now");
        cache.write(&url(4), b"0123456789").unwrap();
        let here: Vec<usize> = (1..=4).filter(|number| cache.read(&url(*number)).is_some()).collect();
        assert_eq!(here, [1, 4]);
    }
}
