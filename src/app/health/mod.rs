//! The feeds' health: a pane over all others that tells how each feed has been answering.
//!
//! `condition` says what a feed's health comes to, `list` is the pane's state, `areas` says where its parts are.

mod areas;
mod condition;
mod list;

pub use areas::{HealthAreas, health_areas};
pub use condition::{Condition, next_fetch};
pub use list::HealthList;
