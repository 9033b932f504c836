//! Links that the terminal itself knows of (OSC 8), for those who click with what their terminal has.
//!
//! ratatui's cells have no room for a link. `draw` puts the link's number into the colour of the underline, which nothing
//! here has otherwise; `Linked`, the backend, takes it out again and writes the address around the cells of the link.
//! So a cell whose link changes is drawn anew, even where its letter stays.
//!
//! Source: <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::Color;
use supports_hyperlinks::supports_hyperlinks;

use crate::config::Hyperlinks;
use crate::model::Url;

/// Longer addresses are not written: some terminals stop reading there.
const LONGEST: usize = 2_000;

/// Tells whether the terminal is to be told of links.
pub fn has_hyperlinks(wanted: Hyperlinks) -> bool {
    match wanted {
        Hyperlinks::On => true,
        Hyperlinks::Off => false,
        Hyperlinks::Auto => supports_hyperlinks(),
    }
}

/// Gives the colour that stands for a link of a page; pages in a row have other generations.
pub(super) fn color_of(link: u16, generation: u8) -> Color {
    let [high, low] = link.to_be_bytes();
    Color::Rgb(generation, high, low)
}

/// A backend that writes addresses around the cells of links.
pub(super) struct Linked<W: Write> {
    inner: CrosstermBackend<W>,
    /// The addresses of the page, by the numbers of its links.
    targets: Vec<Option<String>>,
}

impl<W: Write> Linked<W> {
    pub(super) fn new(writer: W) -> Linked<W> {
        Linked { inner: CrosstermBackend::new(writer), targets: Vec::new() }
    }

    /// Takes the addresses of the page that is drawn next.
    pub(super) fn set_targets<'u>(&mut self, urls: impl Iterator<Item = Option<&'u Url>>) {
        self.targets = urls.map(|url| url.and_then(written)).collect();
    }

    fn target(&self, cell: &Cell) -> Option<(Color, &str)> {
        let Color::Rgb(_, high, low) = cell.underline_color else {
            return None;
        };
        let target = self.targets.get(usize::from(u16::from_be_bytes([high, low])))?;
        target.as_deref().map(|target| (cell.underline_color, target))
    }
}

/// Writes an address as a terminal may get it; all that is no printable ASCII is encoded in an address already.
fn written(url: &Url) -> Option<String> {
    let is_safe = |byte: u8| matches!(byte, b'!'..=b'~');
    let text = url.as_str();
    (text.len() <= LONGEST && text.bytes().all(is_safe)).then(|| text.to_owned())
}

impl<W: Write> Backend for Linked<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let cells: Vec<(u16, u16, &Cell)> = content.collect();
        for run in cells.chunk_by(|one, other| one.2.underline_color == other.2.underline_color) {
            let color = run[0].2.underline_color;
            if color == Color::Reset {
                self.inner.draw(run.iter().copied())?;
                continue;
            }
            let opening = self.target(run[0].2).map(|(color, target)| {
                let Color::Rgb(generation, high, low) = color else { unreachable!("a link's colour") };
                // One id for all cells of a link, which may lie in several lines.
                format!("\x1b]8;id={generation}.{high}.{low};{target}\x1b\\")
            });
            if let Some(opening) = &opening {
                self.inner.write_all(opening.as_bytes())?;
            }
            let bare: Vec<(u16, u16, Cell)> = run.iter().map(|(x, y, cell)| (*x, *y, bare(cell))).collect();
            self.inner.draw(bare.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
            if opening.is_some() {
                self.inner.write_all(b"\x1b]8;;\x1b\\")?;
            }
        }
        Ok(())
    }

    fn append_lines(&mut self, lines: u16) -> io::Result<()> {
        self.inner.append_lines(lines)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

fn bare(cell: &Cell) -> Cell {
    let mut cell = cell.clone();
    cell.underline_color = Color::Reset;
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(cells: &[(&'static str, Option<u16>)]) -> String {
        let urls = ["https://a.test/1?a=b", "https://a.test/\u{1b}]0;x"].map(|url| Url::parse(url).unwrap());
        let mut bytes = Vec::new();
        let mut backend = Linked::new(&mut bytes);
        backend.set_targets(urls.iter().map(Some));
        let cells: Vec<Cell> = cells
            .iter()
            .map(|(symbol, link)| {
                let mut cell = Cell::new(symbol);
                cell.underline_color = link.map_or(Color::Reset, |link| color_of(link, 7));
                cell
            })
            .collect();
        backend.draw(cells.iter().zip(0..).map(|(cell, x)| (x, 0, cell))).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_cells_of_a_link_are_written_between_its_address_and_its_end() {
        let text = drawn(&[("a", None), ("b", Some(0)), ("c", Some(0)), ("d", None)]);
        let (_, link) = text.split_once("\x1b]8;id=7.0.0;https://a.test/1?a=b\x1b\\").unwrap();
        let (link, rest) = link.split_once("\x1b]8;;\x1b\\").unwrap();
        assert!(link.contains("bc") && rest.contains('d'), "{text:?}");
        assert!(!text.contains("58"), "no colour of an underline is written: {text:?}");
    }

    #[test]
    fn no_address_ends_its_own_sequence() {
        let text = drawn(&[("b", Some(1))]);
        assert!(text.contains("https://a.test/%1B]0;x\x1b\\"), "{text:?}");
        assert!(!drawn(&[("b", Some(9))]).contains("]8;"), "there is no such link");
    }
}
