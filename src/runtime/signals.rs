//! Signals that want the program to end.

use std::io;

use futures_util::future::select_all;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Listens for the requests of the system to end.
pub(super) struct Signals(Vec<Signal>);

impl Signals {
    /// Begins to listen; from now on these signals no longer end the process by themselves.
    pub(super) fn listen() -> io::Result<Signals> {
        let kinds =
            [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt(), SignalKind::quit()];
        Ok(Signals(kinds.into_iter().map(signal).collect::<io::Result<Vec<_>>>()?))
    }

    /// Waits for one of them.
    pub(super) async fn wait(&mut self) {
        select_all(self.0.iter_mut().map(|signal| Box::pin(signal.recv()))).await;
    }
}
