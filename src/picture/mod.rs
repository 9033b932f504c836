//! Floor 1: picture files → pixels, bounded in every way. The only place with the `image` crate.
//!
//! Order: `decode` looks at the first bytes, refuses what is no picture or too large, turns it as its camera was held,
//! lays it on white paper where it lets its ground through, and keeps no more pixels than a screen has use for.

use std::io::Cursor;

use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgb, RgbImage};

use crate::model::PixelSize;

/// Larger pictures are not shown: their pixels would fill the memory.
const MOST_PIXELS: u64 = 50_000_000;
const LONGEST_SIDE: u32 = 30_000;
const MOST_BYTES: u64 = 400_000_000;

/// No side of what is kept has more pixels.
const KEPT_SIDE: u32 = 2_000;

/// Why a file is not shown as a picture.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PictureError {
    /// It is none, or of a format that is not read.
    #[error("not a PNG, JPEG, GIF or WebP picture")]
    Unknown,
    /// It has more pixels than are taken.
    #[error("the picture has too many pixels: {0} × {1}")]
    TooLarge(u32, u32),
    /// Its file is damaged.
    #[error("the picture is damaged: {0}")]
    Damaged(String),
}

/// A picture as pixels; of a moving one the first frame.
#[derive(Clone, PartialEq)]
pub struct Bitmap {
    pixels: DynamicImage,
    size: PixelSize,
}

impl std::fmt::Debug for Bitmap {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Bitmap({} × {})", self.size.width, self.size.height)
    }
}

/// Reads a picture file.
pub fn decode(file: &[u8]) -> Result<Bitmap, PictureError> {
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(damaged)?;
    if reader.format().is_none() {
        return Err(PictureError::Unknown);
    }
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(|error| match error {
        image::ImageError::Unsupported(_) => PictureError::Unknown,
        error => damaged(error),
    })?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || width.max(height) > LONGEST_SIDE {
        return Err(PictureError::TooLarge(width, height));
    }
    // Its metadata may be damaged where its pixels are not.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    pixels.apply_orientation(orientation);
    let size = PixelSize::new(pixels.width(), pixels.height());
    let size = size.ok_or_else(|| PictureError::Damaged("it has no pixels".to_owned()))?;
    if pixels.width().max(pixels.height()) > KEPT_SIDE {
        pixels = pixels.thumbnail(KEPT_SIDE, KEPT_SIDE);
    }
    Ok(Bitmap { pixels: DynamicImage::ImageRgb8(on_paper(pixels)), size })
}

impl Bitmap {
    /// Makes a picture of red above blue.
    #[cfg(test)]
    pub(crate) fn of_two_colours(width: u32, height: u32) -> Bitmap {
        let color = |y| if y < height / 2 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) };
        let pixels = RgbImage::from_fn(width, height, |_, y| color(y)).into();
        Bitmap { pixels, size: PixelSize { width, height } }
    }

    /// Gives the size of the picture in its file.
    pub fn size(&self) -> PixelSize {
        self.size
    }

    /// Makes it as large as fits into a room. Where the room has nearly its proportions, it fills the room.
    pub fn fitted(&self, room: PixelSize) -> DynamicImage {
        let (width, height) = (room.width.max(1), room.height.max(1));
        let own = (self.pixels.width(), self.pixels.height());
        if own == (width, height) {
            return self.pixels.clone();
        }
        // Where most pixels go, averages are as good and much faster.
        let is_far_larger = own.0 / 4 > width || own.1 / 4 > height;
        let nearer =
            is_far_larger.then(|| self.pixels.thumbnail(width.saturating_mul(2), height.saturating_mul(2)));
        let pixels = nearer.as_ref().unwrap_or(&self.pixels);
        if is_nearly_alike(self.size, room) {
            pixels.resize_exact(width, height, FilterType::CatmullRom)
        } else {
            pixels.resize(width, height, FilterType::CatmullRom)
        }
    }
}

/// Tells whether two sizes have the same proportions, but for a tenth: rooms are of whole cells.
fn is_nearly_alike(one: PixelSize, other: PixelSize) -> bool {
    let cross = u64::from(one.width) * u64::from(other.height);
    let other = u64::from(one.height) * u64::from(other.width);
    cross.abs_diff(other) * 10 <= cross.max(other)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    limits
}

/// Lays a picture on white paper, which most are made for.
fn on_paper(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0;
        Rgb([red, green, blue].map(|value| over_white(value, alpha)))
    })
}

fn over_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    let mixed = (value * alpha + 255 * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

fn damaged(error: impl std::fmt::Display) -> PictureError {
    PictureError::Damaged(error.to_string())
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgba, RgbaImage};
    use proptest::prelude::*;

    use super::*;

    fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut file = Vec::new();
        picture.write_to(&mut Cursor::new(&mut file), format).unwrap();
        file
    }

    fn red(width: u32, height: u32) -> DynamicImage {
        RgbImage::from_pixel(width, height, Rgb([200, 30, 30])).into()
    }

    #[test]
    fn pictures_of_four_formats_are_read() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            let bitmap = decode(&file(&red(40, 20), format)).unwrap();
            assert_eq!(bitmap.size(), PixelSize { width: 40, height: 20 }, "{format:?}");
        }
    }

    #[test]
    fn what_is_no_picture_is_named_and_what_is_cut_off_is_damaged() {
        assert_eq!(decode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap_err(), PictureError::Unknown);
        assert_eq!(decode(b"").unwrap_err(), PictureError::Unknown);
        let cut = &file(&red(40, 20), ImageFormat::Png)[..60];
        assert!(matches!(decode(cut), Err(PictureError::Damaged(_))));
    }

    #[test]
    fn a_small_file_that_claims_a_giant_picture_is_refused_unread() {
        let mut file = file(&red(1, 1), ImageFormat::Png);
        // Width and height stand behind the signature and the name of the first chunk.
        file[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
        let check = crc(&file[12..29]).to_be_bytes();
        file[29..33].copy_from_slice(&check);
        assert_eq!(decode(&file).unwrap_err(), PictureError::TooLarge(30_000, 30_000));
    }

    /// The checksum of a PNG chunk (PNG specification, annex D).
    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
        !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
    }

    #[test]
    fn what_lets_its_ground_through_lies_on_white() {
        let glass = RgbaImage::from_fn(2, 1, |x, _| Rgba([0, 0, 0, if x == 0 { 0 } else { 255 }]));
        let bitmap = decode(&file(&glass.into(), ImageFormat::Png)).unwrap();
        let pixels = bitmap.pixels.to_rgb8();
        assert_eq!((pixels.get_pixel(0, 0).0, pixels.get_pixel(1, 0).0), ([255; 3], [0; 3]));
    }

    #[test]
    fn a_large_picture_keeps_the_pixels_that_a_screen_shows_and_tells_its_own_size() {
        let bitmap = decode(&file(&red(3_000, 30), ImageFormat::Png)).unwrap();
        assert_eq!(bitmap.size(), PixelSize { width: 3_000, height: 30 });
        assert_eq!(bitmap.pixels.width(), KEPT_SIDE);
        let fitted = bitmap.fitted(PixelSize { width: 100, height: 100 });
        assert_eq!((fitted.width(), fitted.height()), (100, 1));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(start in 0usize..4, rest in prop::collection::vec(any::<u8>(), 0..300)) {
            let starts: [&[u8]; 4] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF\x40\0\0\0WEBPVP8 "];
            drop(decode(&[starts[start], &rest].concat()));
        }

        #[test]
        fn no_damage_makes_it_panic(at in 0usize..2_000, value in any::<u8>(), format in 0usize..4) {
            let formats = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP];
            let mut file = file(&red(30, 30), formats[format]);
            let at = at % file.len();
            file[at] = value;
            drop(decode(&file));
        }
    }
}
