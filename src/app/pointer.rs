//! What the mouse does.

/// The mouse was used on a cell of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pointer {
    /// What was done.
    pub gesture: Gesture,
    /// The cell's column.
    pub column: u16,
    /// The cell's row.
    pub row: u16,
}

/// What was done with the mouse.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gesture {
    /// The left button was pressed.
    Press,
    /// The mouse was moved with the button down.
    Drag,
    /// The button was let go.
    Release,
    /// The wheel was turned towards the reader.
    WheelDown,
    /// The wheel was turned away.
    WheelUp,
}
