//! newsterm, a news reader for the terminal.
//!
//! ```text
//! ┌ Feeds ──────────┬ Unread · 1,284 ──────────────────┬ Reader ────────────────────┐
//! │ app::sidebar    │ app::timeline                    │ app::reader                │
//! │ tui::draw::     │ tui::draw::timeline              │ tui::draw::reader          │
//! │   sidebar       │   rows by store::timeline        │   lines by typeset         │
//! └─────────────────┴──────────────────────────────────┴────────────────────────────┘
//!  tui::draw::status    app::panes says where all this is
//! ```
//!
//! Folders are floors; a floor uses only floors below it. `docs/ARCHITECTURE.md` tells the rest.

pub mod app;
pub mod cli;
pub mod config;
pub mod desk;
pub mod extract;
pub mod feed;
pub mod html;
pub mod model;
pub mod picture;
pub mod runtime;
pub mod search;
pub mod store;
pub mod tasks;
pub mod tui;
pub mod typeset;
pub mod web;
