//! What holds at a place of the document because of the elements around it.

use super::Style;
use super::block::Gap;
use super::script::Script;

/// What an element changes for what is within it.
#[derive(Clone, Copy, Default)]
pub(super) struct Context {
    /// How text is meant.
    pub(super) style: Style,
    /// Where text leads.
    pub(super) link: Option<u16>,
    /// How many leads stand before lines.
    pub(super) leads: usize,
    /// Text stays as it is written.
    pub(super) kept: bool,
    /// Text does not show.
    pub(super) hidden: bool,
    /// Text stands raised or lowered.
    pub(super) script: Option<Script>,
    /// What ends with the innermost element.
    pub(super) end: End,
}

/// What happens when an element is left.
#[derive(Clone, Copy, Default)]
pub(super) enum End {
    /// Nothing but the end of its context.
    #[default]
    Nothing,
    /// A closing mark is written.
    Text(&'static str),
    /// A block ends, parted from the next.
    Block(Gap),
    /// A list ends, parted from what follows.
    List(Gap),
    /// A cell ends.
    Cell,
    /// A table ends.
    Table,
}
