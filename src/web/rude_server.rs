//! A server of the tests that breaks the rules of HTTP.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::model::Url;

/// Does to each connection what it was told; ends on drop.
pub(super) struct RudeServer {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl RudeServer {
    /// Does the same to each connection.
    pub(super) async fn start<B, D>(behave: B) -> RudeServer
    where
        B: Fn(TcpStream) -> D + Send + 'static,
        D: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(behave(stream));
            }
        });
        RudeServer { address, task }
    }

    /// Writes these bytes to whoever asks, and ends its side of the connection.
    pub(super) async fn answering(bytes: &'static [u8]) -> RudeServer {
        RudeServer::start(async |mut stream| {
            read_some(&mut stream).await;
            write(&mut stream, bytes).await;
            hang_up(stream).await;
        })
        .await
    }

    /// Writes these bytes to whoever asks, and then nothing any more.
    pub(super) async fn silent_after(bytes: &'static [u8]) -> RudeServer {
        RudeServer::start(async |mut stream| {
            read_some(&mut stream).await;
            write(&mut stream, bytes).await;
            std::future::pending::<()>().await;
        })
        .await
    }

    /// Writes the head and then the piece of body, over and over.
    pub(super) async fn endless(head: &'static [u8], piece: &'static [u8]) -> RudeServer {
        RudeServer::start(async |mut stream| {
            read_some(&mut stream).await;
            write(&mut stream, head).await;
            while stream.write_all(piece).await.is_ok() {}
        })
        .await
    }

    pub(super) fn url(&self, scheme: &str) -> Url {
        Url::parse(&format!("{scheme}://{}/", self.address)).unwrap()
    }
}

impl Drop for RudeServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Gives an address of this machine at which nobody listens.
pub(super) fn closed_port() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).unwrap()
}

/// Waits until the other side has sent something.
pub(super) async fn read_some(stream: &mut TcpStream) {
    let read = stream.read(&mut [0; 4096]).await.unwrap();
    assert_ne!(read, 0, "the client left without a word");
}

/// Writes; the other side may have left already.
pub(super) async fn write(stream: &mut TcpStream, bytes: &[u8]) {
    stream.write_all(bytes).await.unwrap_or_default();
}

/// Ends this side and waits for the other: closing with unread bytes would take back what was written.
pub(super) async fn hang_up(mut stream: TcpStream) {
    stream.shutdown().await.unwrap_or_default();
    let patience = Duration::from_secs(10);
    let rest = async { while matches!(stream.read(&mut [0; 4096]).await, Ok(1..)) {} };
    tokio::time::timeout(patience, rest).await.unwrap_or_default();
}
