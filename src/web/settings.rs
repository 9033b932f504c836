//! How the web is asked: limits of number, time and size.

use std::time::Duration;

/// Limits of all requests of one client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WebSettings {
    /// Requests in flight over all hosts; at least one.
    pub concurrency: usize,
    /// Requests in flight to one host; at least one.
    pub per_host: usize,
    /// Time between the starts of two requests to one host.
    pub spacing: Duration,
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest silence, before the first byte and between two pieces of the body.
    pub read_timeout: Duration,
    /// Longest time for all of a request, redirects included; waiting for its turn does not count.
    pub total_timeout: Duration,
    /// Largest body in bytes, counted after decompression.
    pub max_bytes: u64,
    /// The name that servers see.
    pub user_agent: String,
}

impl Default for WebSettings {
    fn default() -> WebSettings {
        WebSettings {
            concurrency: 64,
            per_host: 4,
            spacing: Duration::from_millis(250),
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(20),
            total_timeout: Duration::from_mins(1),
            max_bytes: 20_000_000,
            user_agent: concat!("newsterm/", env!("CARGO_PKG_VERSION"), " (terminal news reader)").to_owned(),
        }
    }
}
