//! Article → page of styled lines for a width. Pure: roles, never colours.
//!
//! ```text
//! CleanHtml ─ blocks ─► Blocks ─┐
//! Article ─── head ───► Blocks ─┼─ layout ─► Lines ─► Page
//! Article ─── attached► Blocks ─┘   (flow, fill, table)
//! ```
//!
//! A `Block` knows no width: it is a paragraph, code, a table or a rule with what stands before its lines.
//! `layout` alone knows the width, so another width repeats only the last step.

mod attached;
mod block;
mod blocks;
mod builder;
mod cells;
mod columns;
mod context;
mod direction;
mod fill;
mod flow;
#[cfg(test)]
mod gallery;
mod head;
mod layout;
mod links;
mod list;
mod page;
mod paragraph;
mod plain;
mod reading_time;
mod run;
mod script;
mod style;
mod table;

use jiff::tz::TimeZone;

use crate::model::Article;
use block::Gap;
use links::Links;

pub use columns::columns;
pub use direction::visual;
pub use page::{Line, Page, Position, Span};
pub use plain::plain;
pub use style::{Role, Style};

/// Sets an article on a page of so many columns.
///
/// Head, text and attached files, parted by one blank line each. Columns are at least one.
pub fn typeset(article: &Article, width: u16, zone: &TimeZone) -> Page {
    let mut links = Links::default();
    let mut text = blocks::read(&article.body, &mut links);
    let minutes = reading_time::minutes(&text);
    head::drop_repeated_title(&mut text, &article.title);
    if text.is_empty() {
        text.push(head::no_text(article.link.is_some()));
    }
    text[0].gap = Gap::Blank;
    let mut blocks = head::head(article, minutes, zone);
    blocks.extend(head::standfirst(article));
    blocks.append(&mut text);
    blocks.extend(attached::attached(&article.enclosures, &mut links));
    let width = width.max(1);
    Page::new(width, layout::lines(&blocks, width), links.into_urls(), minutes)
}
