//! Pictures on the screen, in the way that the terminal has: kitty, sixel, iTerm2, or half blocks of two colours.
//!
//! `Painter::of_terminal` asks the terminal for its ways (`answers.rs`); a `Painter` makes of a bitmap what is written to
//! the terminal, on any thread; `Pictures` holds what was painted, for `draw`.

mod answers;
mod painter;

use std::collections::HashMap;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui_image::Image;
use ratatui_image::sliced::{SignedPosition, SlicedImage, SlicedProtocol};

pub use painter::{Painted, Painter, is_remote};

use super::Depth;
use super::theme::nearest;
use crate::typeset::{Picture, Placed};

/// The pictures that are ready to be drawn.
#[derive(Default)]
pub struct Pictures {
    painted: HashMap<Picture, Painted>,
    /// The terminal shows 256 colours.
    is_palette: bool,
}

impl std::fmt::Debug for Pictures {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Pictures({})", self.painted.len())
    }
}

impl Pictures {
    /// Begins with none, on a terminal of so many colours.
    pub fn new(depth: Depth) -> Pictures {
        Pictures { painted: HashMap::new(), is_palette: depth == Depth::Palette }
    }

    /// Takes a picture.
    pub fn insert(&mut self, picture: Picture, painted: Painted) {
        self.painted.insert(picture, painted);
    }

    /// Lets go of a picture.
    pub fn remove(&mut self, picture: &Picture) {
        self.painted.remove(picture);
    }

    /// Gives a picture, where it can be drawn: something may lie over it, which pixels do not bear. Those of kitty travel
    /// in a cell, and would be lost with it.
    pub(super) fn get(&self, placed: &Placed, is_covered: bool) -> Option<&Painted> {
        self.painted.get(&placed.picture).filter(|painted| painted.is_of_blocks() || !is_covered)
    }

    /// Draws a picture whose first line is so many rows below the top of the area, or above it.
    pub(super) fn draw(&self, frame: &mut Frame<'_>, painted: &Painted, area: Rect, row: i32) {
        let rows = i32::from(painted.rows());
        let is_cut_twice = row < 0 && row + rows > i32::from(area.height);
        let Ok(y) = i16::try_from(row) else { return };
        // ratatui-image 11.1 draws what is cut above and below over what stands below the area.
        if is_cut_twice || row + rows <= 0 || row >= i32::from(area.height) {
            return;
        }
        match &painted.protocol {
            SlicedProtocol::Sliced(strips) => {
                for (strip, at) in strips.iter().zip(row..) {
                    let Ok(down) = u16::try_from(at) else { continue };
                    if down < area.height {
                        frame.render_widget(Image::new(strip), Rect { y: area.y + down, height: 1, ..area });
                    }
                }
            }
            protocol => frame.render_widget(SlicedImage::new(protocol, SignedPosition { x: 0, y }), area),
        }
        if self.is_palette && painted.is_of_blocks() {
            reduce(frame, area);
        }
    }
}

/// Gives the cells of an area the nearest of 256 colours.
fn reduce(frame: &mut Frame<'_>, area: Rect) {
    let buffer = frame.buffer_mut();
    for position in area.intersection(buffer.area).positions() {
        let cell = &mut buffer[position];
        for color in [&mut cell.fg, &mut cell.bg] {
            if let Color::Rgb(red, green, blue) = *color {
                *color = Color::Indexed(nearest([red, green, blue]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use ratatui_image::picker::ProtocolType;

    use super::*;
    use crate::picture::Bitmap;

    /// Draws a picture of four columns and four rows in an area of as many rows; gives the ground of each row.
    fn drawn(row: i32, height: u16, depth: Depth) -> Vec<Color> {
        let painted =
            Painter::of(ProtocolType::Halfblocks).paint(&Bitmap::of_two_colours(40, 80), 4, 4).unwrap();
        let mut terminal = Terminal::new(TestBackend::new(6, height + 2)).unwrap();
        let area = Rect { x: 1, y: 1, width: 4, height };
        let pictures = Pictures::new(depth);
        terminal.draw(|frame| pictures.draw(frame, &painted, area, row)).unwrap();
        let buffer = terminal.backend().buffer();
        for y in 0..height + 2 {
            assert_eq!((buffer[(0, y)].bg, buffer[(5, y)].bg), (Color::Reset, Color::Reset));
        }
        (0..height + 2).map(|y| buffer[(2, y)].bg).collect()
    }

    /// The rows of a picture by what they are most, and a point for each row without.
    fn rows(row: i32, height: u16) -> String {
        let letter = |color| match color {
            Color::Rgb(red, _, blue) if red > blue => 'r',
            Color::Rgb(..) => 'b',
            _ => '.',
        };
        drawn(row, height, Depth::True).into_iter().map(letter).collect()
    }

    #[test]
    fn a_picture_is_cut_where_its_pane_ends() {
        assert_eq!(rows(1, 6), "..rrbb..");
        assert_eq!(rows(-3, 6), ".b......");
        assert_eq!(rows(5, 6), "......r.");
        assert_eq!(rows(-4, 6), "........");
        assert_eq!(rows(6, 6), "........");
        assert_eq!(rows(-1, 2), "....", "higher than the pane");
    }

    #[test]
    fn a_terminal_of_256_colours_gets_no_others() {
        let colors = drawn(0, 4, Depth::Palette);
        assert_eq!((colors[1], colors[4]), (Color::Indexed(196), Color::Indexed(21)));
        assert!(colors[1..5].iter().all(|color| matches!(color, Color::Indexed(_))), "{colors:?}");
    }

    #[test]
    fn only_half_blocks_are_drawn_below_other_things() {
        let picture =
            Picture { url: crate::model::Url::parse("http://a.test/1").unwrap(), columns: 4, rows: 4 };
        let placed = Placed { picture: picture.clone(), line: 0, lines: 4, column: 0, is_link: false };
        let bitmap = Bitmap::of_two_colours(40, 80);
        let ways = [
            (ProtocolType::Kitty, false),
            (ProtocolType::Sixel, false),
            (ProtocolType::Iterm2, false),
            (ProtocolType::Halfblocks, true),
        ];
        for (way, is_drawn) in ways {
            let mut pictures = Pictures::new(Depth::True);
            pictures.insert(picture.clone(), Painter::of(way).paint(&bitmap, 4, 4).unwrap());
            assert_eq!(pictures.get(&placed, true).is_some(), is_drawn, "{way:?}");
            assert!(pictures.get(&placed, false).is_some());
        }
    }
}
