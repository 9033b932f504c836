//! Tells when another process changed the library.
//!
//! The system says when the database's files are written; whether that was another process, the writing connection
//! knows: its `data_version` changes with the commits of others only. Nothing is polled.

use std::ffi::OsStr;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use notify::{EventKind, RecursiveMode, Watcher};
use rusqlite::Connection;

use super::writer::Urgency;
use super::{Store, StoreError};

/// Writes come in bursts: they are looked at once the first is so old.
const PAUSE: Duration = Duration::from_millis(200);

enum Wake {
    Written,
    End,
}

/// A watch on the library, until it is dropped.
pub struct Watch {
    _watcher: Box<dyn Watcher + Send>,
    wakes: mpsc::Sender<Wake>,
    thread: Option<JoinHandle<()>>,
}

/// Ends the thread: it holds the library open.
impl Drop for Watch {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.wakes.send(Wake::End).unwrap_or_default();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the watching thread panicked");
        }
    }
}

impl Store {
    /// Calls `changed` whenever another process has changed the library. None where the system cannot tell.
    pub async fn watch(&self, changed: impl Fn() + Send + 'static) -> Option<Watch> {
        let (wakes, woken) = mpsc::channel();
        let watcher = self.watcher(wakes.clone());
        let watcher =
            watcher.inspect_err(|error| tracing::warn!(%error, "nobody watches the library")).ok()?;
        let mut known = self.data_version().await.ok()?;
        let store = self.clone();
        let runtime = tokio::runtime::Handle::current();
        // A thread of its own: it sleeps until something was written.
        let watching = std::thread::Builder::new().name("watch".into()).spawn(move || {
            while is_written(&woken) {
                let Ok(version) = runtime.block_on(store.data_version()) else { return };
                if version != known {
                    known = version;
                    changed();
                }
            }
        });
        watching.ok().map(|thread| Watch { _watcher: watcher, wakes, thread: Some(thread) })
    }

    fn watcher(&self, wakes: mpsc::Sender<Wake>) -> notify::Result<Box<dyn Watcher + Send>> {
        let path = &self.inner.path;
        let name = path.file_name().unwrap_or_default().to_owned();
        let is_ours = move |file: &OsStr| file.as_encoded_bytes().starts_with(name.as_encoded_bytes());
        let told = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            let is_written = matches!(event.kind, EventKind::Modify(_) | EventKind::Create(_));
            if is_written && event.paths.iter().any(|path| path.file_name().is_some_and(&is_ours)) {
                // Whoever waits may have left.
                wakes.send(Wake::Written).unwrap_or_default();
            }
        };
        let mut watcher = notify::recommended_watcher(told)?;
        let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        watcher.watch(directory.unwrap_or(".".as_ref()), RecursiveMode::NonRecursive)?;
        Ok(Box::new(watcher))
    }

    async fn data_version(&self) -> Result<i64, StoreError> {
        self.inner.writer.look(Urgency::Mark, data_version).await
    }
}

/// Waits until something was written and its burst is over; false at the end of the watch.
fn is_written(woken: &mpsc::Receiver<Wake>) -> bool {
    let Ok(Wake::Written) = woken.recv() else { return false };
    let over = Instant::now() + PAUSE;
    loop {
        match woken.recv_timeout(over.saturating_duration_since(Instant::now())) {
            Ok(Wake::Written) => {}
            Ok(Wake::End) | Err(mpsc::RecvTimeoutError::Disconnected) => return false,
            Err(mpsc::RecvTimeoutError::Timeout) => return true,
        }
    }
}

fn data_version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, "data_version", |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Url;
    use crate::store::NewSubscription;
    use crate::store::sample::at;

    #[tokio::test]
    async fn changes_of_others_are_told_and_own_ones_are_not() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("library.db");
        let (own, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
        let (told, mut hears) = tokio::sync::mpsc::unbounded_channel();
        let watch = own.watch(move || told.send(()).unwrap_or_default()).await;
        assert!(watch.is_some());
        let feed = |url: &str| vec![NewSubscription::to(Url::parse(url).unwrap())];
        own.subscribe(feed("http://a.test/"), at(1)).await.unwrap();
        assert_eq!(own.subscriptions().await.unwrap().feeds.len(), 1);
        assert!(hears.try_recv().is_err());
        other.subscribe(feed("http://b.test/"), at(2)).await.unwrap();
        hears.recv().await.unwrap();
        assert_eq!(own.subscriptions().await.unwrap().feeds.len(), 2);
    }
}
