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
mod offline;
mod pace;
mod problem;
mod redirect;
mod request;
mod room;
#[cfg(test)]
mod rude_server;
mod settings;

use std::sync::Arc;

use crate::model::FetchProblem;

pub use address::may_lead;
pub use answer::{Answer, Document};
pub use client::{BadUserAgent, HttpClient};
#[cfg(test)]
pub use fake::FakeWeb;
pub use loopback::{Loopback, Page};
pub use offline::Offline;
pub use request::Request;
pub use room::Room;
pub use settings::WebSettings;

/// Fetches what lies at an address.
pub trait Web: Send + Sync {
    /// Asks for a document and waits for all of it.
    fn get(&self, request: Request) -> impl Future<Output = Result<Answer, FetchProblem>> + Send;
}

impl<W: Web> Web for Arc<W> {
    fn get(&self, request: Request) -> impl Future<Output = Result<Answer, FetchProblem>> + Send {
        W::get(self, request)
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
    async fn get(&self, request: Request) -> Result<Answer, FetchProblem> {
        match self {
            AnyWeb::Http(client) => client.get(request).await,
            AnyWeb::Offline(offline) => offline.get(request).await,
        }
    }
}
