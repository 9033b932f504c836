//! The whole program from outside: the binary, a real pty, HTTP over loopback.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails here")]

mod bad_input;
mod beside_newsboat;
mod commands;
mod durability;
mod extraction;
mod floors;
mod hostile_server;
mod library;
mod manners;
mod reading;
mod real_feeds;
mod server;
mod terminal;
