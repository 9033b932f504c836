//! Article → page of styled lines for a width. Pure: roles, never colours.
//!
//! ```text
//! CleanHtml ─ blocks ─► Blocks ─┐
//! Article ─── head ───► Blocks ─┼─ layout ─► Lines ─► Page
//! Article ─── attached► Blocks ─┘   (flow, fill, table)
//! ```
//!
//! A `Block` knows no width: it is a paragraph, code, a table or a rule with what stands before its lines. A `Manuscript`
//! holds the blocks of an article. `layout` alone knows the width, so another width repeats only the last step.

mod attached;
mod block;
mod blocks;
mod builder;
mod calendar;
mod cells;
mod columns;
mod context;
mod direction;
mod excerpt;
mod fill;
mod find;
mod flow;
#[cfg(test)]
mod gallery;
mod head;
mod highlight;
mod layout;
mod links;
mod list;
mod manuscript;
mod page;
mod paragraph;
mod picture;
mod plain;
mod reading_time;
mod run;
mod script;
mod style;
mod table;

use std::sync::Arc;

use crate::model::Article;

pub use calendar::Calendar;

pub use columns::{columns, parts};
pub use direction::{visual, visual_text};
pub use excerpt::Spot;
pub use find::Found;
pub use links::Target;
pub use manuscript::Manuscript;
pub use page::{Line, Page, Span};
pub use picture::{Canvas, Picture, Placed};
pub use plain::plain;
pub use style::{Role, Style};

pub use crate::model::Position;

/// Sets an article on a page of so many columns, at least one.
pub fn typeset(article: &Article, width: u16, calendar: &Calendar) -> Page {
    Arc::new(Manuscript::of(article, calendar)).page(width)
}
