//! Sizes in pixels.

/// The size of a picture, or of a cell of the terminal, in pixels.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PixelSize {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl PixelSize {
    /// Gives a size that holds something; none where a side has no pixel.
    pub fn new(width: u32, height: u32) -> Option<PixelSize> {
        (width > 0 && height > 0).then_some(PixelSize { width, height })
    }
}
