//! XML as feeds write it, rightly or not: text → tokens → elements.
//!
//! Nothing is refused here. `token` cuts the text (`ahead` keeps it from looking at it twice), `entities` knows what the
//! document declares, `namespace` tells which vocabulary a name belongs to, `element` is a small tree, and `reader`
//! builds one for each child of a feed, closing (`stack`) what was left open.

mod ahead;
mod element;
mod entities;
mod namespace;
mod reader;
mod stack;
mod token;

pub(super) use element::Element;
pub(super) use namespace::Vocabulary;
pub(super) use reader::{CutOff, Reader};
pub(super) use token::{Tag, Token, Tokens};
