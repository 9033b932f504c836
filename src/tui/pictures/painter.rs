//! Bitmap → what is written to the terminal.

use ratatui::layout::Size;
use ratatui_image::FontSize;
use ratatui_image::picker::{Picker, ProtocolType};
use ratatui_image::sliced::SlicedProtocol;

use super::answers::{self, Answers};
use crate::config::{Images, Protocol};
use crate::model::PixelSize;
use crate::picture::Bitmap;
use crate::tui::Depth;

/// The size of a cell where the terminal does not tell.
const USUAL_CELL: PixelSize = PixelSize { width: 10, height: 20 };

/// Paints pictures for one terminal.
#[derive(Clone, Debug)]
pub struct Painter {
    picker: Picker,
    cell: PixelSize,
}

/// A picture as it is written to the terminal.
pub struct Painted {
    pub(super) protocol: SlicedProtocol,
}

impl Painter {
    /// Finds how the terminal shows pictures; none where it has too few colours. It is asked, unless pictures are not
    /// wanted or it is far away: it must not be listened to yet.
    pub fn of_terminal(
        (images, protocol): (Images, Protocol),
        depth: Depth,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Option<Painter> {
        if matches!(depth, Depth::None | Depth::Sixteen) {
            return None;
        }
        let is_asked = images == Images::On || (images == Images::Auto && !is_remote(&variable));
        let answers = if is_asked { answers::ask(&variable) } else { Answers::default() };
        let way = match protocol {
            Protocol::Auto => answers.protocol(&variable),
            Protocol::Kitty => ProtocolType::Kitty,
            Protocol::Sixel => ProtocolType::Sixel,
            Protocol::Iterm2 => ProtocolType::Iterm2,
            Protocol::Blocks => ProtocolType::Halfblocks,
        };
        Some(Painter::new(way, answers.cell))
    }

    /// Makes a painter for a terminal that was not asked.
    #[cfg(test)]
    pub(super) fn of(way: ProtocolType) -> Painter {
        Painter::new(way, None)
    }

    fn new(way: ProtocolType, cell: Option<PixelSize>) -> Painter {
        let cell = cell.unwrap_or(USUAL_CELL);
        let side = |pixels: u32| u16::try_from(pixels).unwrap_or(u16::MAX).max(1);
        // The crate would ask the terminal itself, and take the keys of one that does not answer.
        #[expect(deprecated, reason = "the size is known, and who asks must not lose keys")]
        let mut picker = Picker::from_fontsize(FontSize::new(side(cell.width), side(cell.height)));
        picker.set_protocol_type(way);
        Painter { picker, cell }
    }

    /// Gives the size of a cell.
    pub fn cell(&self) -> PixelSize {
        self.cell
    }

    /// Paints a picture as large as so many columns and rows have room for.
    pub fn paint(&self, bitmap: &Bitmap, columns: u16, rows: u16) -> Option<Painted> {
        let (width, height) = (u32::from(columns) * self.cell.width, u32::from(rows) * self.cell.height);
        let room = PixelSize::new(width, height)?;
        let painted = SlicedProtocol::new(&self.picker, bitmap.fitted(room), Some(Size::new(columns, rows)));
        match painted {
            Ok(protocol) => Some(Painted { protocol }),
            Err(error) => {
                tracing::warn!(%error, "a picture cannot be painted");
                None
            }
        }
    }
}

impl Painted {
    pub(super) fn rows(&self) -> u16 {
        self.protocol.size().height
    }

    /// Tells whether it is made of half blocks: characters, over which others may be written.
    pub(super) fn is_of_blocks(&self) -> bool {
        matches!(self.protocol, SlicedProtocol::Halfblocks(_))
    }
}

/// Tells whether the terminal is on another machine: pictures would be many bytes for its line.
pub fn is_remote(variable: impl Fn(&str) -> Option<String>) -> bool {
    ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].iter().any(|name| variable(name).is_some())
}
