//! How much room a picture has on a page: its rows are kept free before it is loaded.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{PixelSize, Url};

/// Points of a web page that are as wide as a column of text.
const POINTS: u32 = 10;

/// Of pictures whose size is not known yet, most are wide photographs.
const GUESS: PixelSize = PixelSize { width: 1_200, height: 750 };

/// What has fewer columns or rows is a sign and no picture: its words say more.
const FEWEST_COLUMNS: u16 = 5;
const FEWEST_ROWS: u16 = 2;

/// What a page needs to know to give pictures room.
#[derive(Clone, PartialEq, Debug)]
pub struct Canvas {
    /// The size of a cell of the terminal.
    pub cell: PixelSize,
    /// The most rows that a picture takes.
    pub rows: u16,
    /// The sizes of pictures as far as they are known; none where one cannot be shown.
    pub known: Arc<HashMap<Url, Option<PixelSize>>>,
}

/// A picture as large as it is shown.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Picture {
    /// Where it lies.
    pub url: Url,
    /// Its columns.
    pub columns: u16,
    /// Its rows.
    pub rows: u16,
}

/// A picture and its place on a page.
#[derive(Clone, PartialEq, Debug)]
pub struct Placed {
    /// The picture.
    pub picture: Picture,
    /// The first of its lines.
    pub line: usize,
    /// How many lines are kept free for it; the words that stand for it begin there.
    pub lines: usize,
    /// The columns before it.
    pub column: u16,
    /// It is the text of a link.
    pub is_link: bool,
}

impl Placed {
    /// Tells whether any of its lines is among the lines from one on.
    pub fn is_among(&self, first: usize, count: usize) -> bool {
        self.line < first + count && first < self.line + self.lines
    }
}

impl Canvas {
    /// Fits a picture into so many columns; gives columns and rows, or none where its words stand for it.
    pub fn fit(&self, url: &Url, stated: Option<PixelSize>, room: u16) -> Option<(u16, u16)> {
        let size = match self.known.get(url) {
            Some(known) => (*known)?,
            None => stated.unwrap_or(GUESS),
        };
        let natural = u16::try_from(size.width.div_ceil(POINTS)).unwrap_or(u16::MAX);
        let wanted = natural.min(room);
        let (width, height) = (u64::from(size.width), u64::from(size.height));
        let cell = (u64::from(self.cell.width), u64::from(self.cell.height));
        let rows = rounded(u64::from(wanted) * cell.0 * height, width * cell.1);
        let (columns, rows) = match rows {
            rows if rows <= self.rows => (wanted, rows),
            _ => (rounded(u64::from(self.rows) * cell.1 * width, height * cell.0).min(wanted), self.rows),
        };
        (columns >= FEWEST_COLUMNS && rows >= FEWEST_ROWS).then_some((columns, rows))
    }
}

fn rounded(dividend: u64, divisor: u64) -> u16 {
    let quotient = (dividend + divisor / 2) / divisor.max(1);
    u16::try_from(quotient).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url() -> Url {
        Url::parse("http://a.test/1.png").unwrap()
    }

    fn fit(width: u32, height: u32, room: u16) -> Option<(u16, u16)> {
        let cell = PixelSize { width: 10, height: 20 };
        let known = Arc::new(HashMap::from([(url(), PixelSize::new(width, height))]));
        Canvas { cell, rows: 16, known }.fit(&url(), None, room)
    }

    #[test]
    fn a_picture_keeps_its_proportions() {
        assert_eq!(fit(1_600, 800, 60), Some((60, 15)));
        assert_eq!(fit(400, 400, 60), Some((32, 16)), "no higher than the room");
        assert_eq!(fit(300, 100, 60), Some((30, 5)), "no larger than it is");
        assert_eq!(fit(100, 5_000, 60), None, "a hair's breadth");
        assert_eq!(fit(u32::MAX, u32::MAX, 60), Some((32, 16)));
    }

    #[test]
    fn words_stand_for_signs_and_for_what_cannot_be_shown() {
        assert_eq!(fit(16, 16, 60), None);
        assert_eq!(fit(468, 10, 60), None);
        assert_eq!(fit(0, 0, 60), None);
        assert_eq!(fit(1_600, 800, 4), None);
    }

    #[test]
    fn what_is_not_known_yet_has_its_stated_size_or_that_of_a_photograph() {
        let canvas = Canvas { cell: PixelSize { width: 10, height: 20 }, rows: 20, known: Arc::default() };
        assert_eq!(canvas.fit(&url(), PixelSize::new(200, 100), 60), Some((20, 5)));
        assert_eq!(canvas.fit(&url(), None, 60), Some((60, 19)));
    }
}
