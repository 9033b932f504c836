//! Places in a text that hold at every width.

/// A place in a text that holds at every width.
///
/// A block is what blank lines part: paragraph, list, table. Spaces and drawn lines do not count.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Position {
    /// The block, counted from the title's 0.
    pub block: u32,
    /// Characters of the block before the line.
    pub offset: u32,
}

/// Where the reader was in each of an entry's texts; at the top where they were not.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Positions {
    /// In the feed's.
    pub feed: Position,
    /// In the page's.
    pub page: Position,
}
