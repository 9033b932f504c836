//! Floor 3: the state of the reader and everything that may happen to it.
//!
//! ```text
//! key ─► Action ─┐                          ┌─► draw(&state)
//!                ├─► update(&mut state) ────┤
//! fact ─► Event ─┘                          └─► Effects ─► task ─► Event
//! ```
//!
//! No input, no output, no waiting, no terminal: `update` is pure.

mod action;
mod adding;
mod age;
mod catalogue;
mod effect;
mod event;
mod files;
mod form;
mod health;
mod help;
mod hints;
mod palette;
mod panes;
mod pictures;
mod pointer;
mod prompt;
mod reader;
#[cfg(test)]
pub(crate) mod sample;
mod searching;
mod selection;
mod sidebar;
mod state;
mod timeline;
mod update;
mod view;

pub use action::Action;
pub use adding::{FoundFeeds, FoundLists};
pub use age::{age, ago, ahead, day, wait};
pub use catalogue::{Catalogue, CatalogueRow, Offer, Topic};
pub use effect::{Effect, Feeds, Ticket};
pub use event::Event;
pub use files::{FileList, file_kind, file_name};
pub use form::{FeedForm, FormField, QueryField, QueryForm};
pub use health::{Condition, HealthAreas, HealthList, health_areas, next_fetch};
pub use help::{HelpRow, Keys, help_rows};
pub use hints::{Hint, Hints, Purpose};
pub use palette::{Command, Palette, PaletteEntry, remember};
pub use panes::{Area, Border, PaneArea, Panes, Size, panes, text_width};
pub use pictures::Pictures;
pub use pointer::{Gesture, Pointer};
pub use prompt::{Answers, Prompt, Question, Typed, keep_answer};
pub use reader::{Finding, OtherText, Reader, Stop};
pub use selection::{Selection, Unit};
pub use sidebar::{Sidebar, SidebarRow, exists, scope_title, sidebar_rows};
pub use state::{Notice, Overlay, Pane, Progress, State, Tone, Wishes};
pub use timeline::{Pending, Search, Timeline, TimelineLine, Want};
pub use update::{Message, update};
pub use view::{Groups, Order, Shape, Share, Shares, View, share_at};
