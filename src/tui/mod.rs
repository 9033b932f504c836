//! Floor 4: the screen and the keys; the only place with ratatui and crossterm.
//!
//! `draw` shows a state, `Keyboard` makes actions of keys, `Theme` makes styles of roles,
//! `Terminal` takes the terminal over and gives it back.

mod draw;
mod ground;
mod hyperlinks;
mod keyboard;
mod keymap;
mod mouse;
mod order;
mod pictures;
#[cfg(test)]
pub(crate) mod sample;
mod terminal;
mod theme;
mod title;

pub use draw::{Look, draw};
pub use ground::suited;
pub use hyperlinks::has_hyperlinks;
pub use keyboard::{Keyboard, typed};
pub use keymap::{Keymap, name_of};
pub use order::{Order, order};
pub use pictures::{Painted, Painter, Pictures, is_remote};
pub use terminal::{Input, Terminal, depth, install_panic_hook, is_terminal};
pub use theme::{Depth, Theme, Themes};
