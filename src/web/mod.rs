//! Floor 2: HTTP with manners, and the only place with reqwest.
//!
//! A task asks through the `Web` trait and gets an answer or a `FetchProblem` in plain words. On the way a request
//! waits for its turn (`pace`), goes out (`client`), follows redirects (`redirect`) and comes back bounded in time and
//! size. `Offline` and `FakeWeb` answer in its place; `Loopback` serves the demo library on this machine.

mod address;
mod answer;
mod client;
#[cfg(test)]
mod fake;
mod loopback;
mod names;
mod offline;
mod pace;
mod pools;
mod problem;
mod redirect;
mod request;
mod room;
#[cfg(test)]
mod rude_server;
mod settings;
mod terms;

use std::sync::Arc;

use crate::model::FetchProblem;

pub use address::{is_chosen, may_lead};
pub use answer::{Answer, Document};
pub use client::{BadUserAgent, HttpClient};
#[cfg(test)]
pub use fake::FakeWeb;
pub use loopback::{Loopback, Page};
pub use offline::Offline;
pub use request::{Kind, Login, Own, Request};
pub use room::Room;
pub use settings::WebSettings;
pub use terms::{Reply, Terms};

/// Fetches what lies at an address.
pub trait Web: Send + Sync {
    /// Asks for a document and waits for all of it; tells what the server wants to hold for the next time.
    fn ask(&self, request: Request) -> impl Future<Output = Reply> + Send;

    /// Asks for a document and waits for all of it.
    fn get(&self, request: Request) -> impl Future<Output = Result<Answer, FetchProblem>> + Send {
        async { self.ask(request).await.result }
    }
}

impl<W: Web> Web for Arc<W> {
    fn ask(&self, request: Request) -> impl Future<Output = Reply> + Send {
        W::ask(self, request)
    }
}

/// The web as the person wants it.
#[expect(clippy::large_enum_variant, reason = "there is one in the program")]
#[derive(Debug)]
pub enum AnyWeb {
    /// The real one.
    Http(HttpClient),
    /// None.
    Offline(Offline),
}

impl Web for AnyWeb {
    async fn ask(&self, request: Request) -> Reply {
        match self {
            AnyWeb::Http(client) => client.ask(request).await,
            AnyWeb::Offline(offline) => offline.ask(request).await,
        }
    }
}
