//! Pictures in articles: what reaches the terminal, decoded back, and what is asked of whom.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use icy_sixel::SixelImage;
use image::{Rgb, RgbImage};

use super::*;
use crate::terminal::Skills;

/// A picture of four fields, as large as 20 columns and 5 rows.
fn fields() -> RgbImage {
    RgbImage::from_fn(200, 100, |x, y| match (x < 100, y < 50) {
        (true, true) => Rgb([204, 0, 0]),
        (false, true) => Rgb([0, 204, 0]),
        (true, false) => Rgb([0, 0, 204]),
        (false, false) => Rgb([255, 255, 255]),
    })
}

fn file(picture: &RgbImage) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

/// An article with a picture and its caption between two paragraphs, and more below.
fn illustrated(config: &str) -> (Library, FeedServer) {
    let (library, server) = (Library::new(), FeedServer::start());
    library.config(&format!("theme = \"dark\"\n{config}"));
    server.serve_with("/fields.png", Behaviour::of(file(&fields())).header("content-type", "image/png"));
    let html = format!(
        "<p>Before the picture.</p><figure><img src='{}' alt='Four fields' width='200' height='100'>\
         <figcaption>The fields in May.</figcaption></figure><p>Behind the picture.</p>{}",
        server.url("/fields.png"),
        paragraphs("More", 40)
    );
    let feed = format!(
        "<rss version='2.0'><channel><title>The Meridian</title><item><guid>1</guid><title>Alpha</title>\
         <description>{}</description></item></channel></rss>",
        html.replace('&', "&amp;").replace('<', "&lt;")
    );
    follow(&library, &server, "/feed.xml", &feed);
    (library, server)
}

fn open(library: &Library, skills: Skills) -> Terminal {
    let reader = library.open_illustrated(skills, 80, 24);
    reader.wait_for("Alpha");
    reader
}

/// Finds what stands between two marks in what was written, at the first place of both.
fn between<'b>(bytes: &'b [u8], start: &[u8], end: &[u8]) -> Option<&'b [u8]> {
    let from = bytes.windows(start.len()).position(|part| part == start)?;
    let length = bytes[from..].windows(end.len()).position(|part| part == end)?;
    Some(&bytes[from..from + length])
}

/// Puts the pieces of kitty's first picture together: those with a payload, up to the one that says it is the last.
fn kitty_pixels(mut bytes: &[u8]) -> Option<(String, Vec<u8>)> {
    let (mut control, mut pixels) = (String::new(), Vec::new());
    loop {
        let piece = between(bytes, b"\x1b_Gq=2,", b"\x1b\\")?;
        let text = std::str::from_utf8(&piece[3..]).unwrap();
        let (head, payload) = text.split_once(';').unwrap();
        if control.is_empty() {
            head.clone_into(&mut control);
        }
        pixels.extend(BASE64_STANDARD.decode(payload).unwrap());
        if head.ends_with("m=0") {
            return Some((control, pixels));
        }
        let rest = piece.as_ptr() as usize - bytes.as_ptr() as usize + piece.len();
        bytes = &bytes[rest..];
    }
}

#[test]
fn kitty_gets_the_pixels_of_the_picture_and_the_cells_that_hold_its_place() {
    let (library, _server) = illustrated("");
    let reader = open(&library, Skills { kitty: true, sixel: true });
    reader.press("<enter>");
    reader.wait_for("Behind the picture.");
    reader.wait_until(|screen| screen.text().matches('\u{10eeee}').count() == 20 * 5);
    let (control, pixels) = kitty_pixels(&reader.raw_bytes()).unwrap();
    assert!(control.contains("a=T,U=1,f=32") && control.contains("s=200,v=100"), "{control}");
    let expected: Vec<u8> = fields().pixels().flat_map(|Rgb([r, g, b])| [*r, *g, *b, 255]).collect();
    assert!(pixels == expected, "{} bytes of pixels", pixels.len());
    let screen = reader.screen();
    assert!(!screen.contains("Four fields") && screen.contains("The fields in May."), "{screen}");
}

#[test]
fn a_terminal_of_sixels_gets_the_picture() {
    let (library, _server) = illustrated("");
    let reader = open(&library, Skills { kitty: false, sixel: true });
    reader.press("<enter>");
    reader.wait_for("Behind the picture.");
    reader.wait_for_bytes(b"\x1bP");
    reader.wait_until(|screen| !screen.has("Four fields"));
    let raw = reader.raw_bytes();
    let sequence = between(&raw, b"\x1bP", b"\x1b\\").unwrap();
    let decoded = SixelImage::decode(&[sequence, b"\x1b\\"].concat()).unwrap();
    // Whole bands of six rows of pixels.
    assert_eq!((decoded.width, decoded.height), (200, 96));
    for (x, y) in [(10, 10), (190, 10), (10, 90), (190, 90), (98, 48), (102, 52)] {
        let at = (y * decoded.width + x) * 4;
        let Rgb(expected) = *fields().get_pixel(u32::try_from(x).unwrap(), u32::try_from(y).unwrap());
        // Sixels count colours in hundredths.
        let is_near = |(one, other): (&u8, &u8)| one.abs_diff(*other) <= 3;
        let pixel = &decoded.pixels[at..at + 3];
        assert!(pixel.iter().zip(&expected).all(is_near), "{x},{y}: {pixel:?} {expected:?}");
    }
}

#[test]
fn any_other_terminal_gets_half_blocks_and_i_takes_them_away() {
    let (library, _server) = illustrated("");
    let reader = open(&library, Skills::default());
    reader.press("<enter>");
    reader.wait_for("Behind the picture.");
    // The border between the fields lies within the third row.
    reader.wait_until(|screen| screen.text().contains("▀▀▀▀▀▀▀▀▀▀") || screen.text().contains("▄▄▄▄▄▄▄▄▄▄"));
    let lines_between = |screen: &str| {
        let line = |text: &str| screen.lines().position(|line| line.contains(text)).unwrap();
        line("Behind") - line("Before")
    };
    assert_eq!(lines_between(&reader.screen()), 1 + 5 + 1 + 1 + 1);
    reader.press("i");
    reader.wait_for("[image: Four fields]");
    reader.wait_for("words stand for pictures");
    assert_eq!(lines_between(&reader.screen()), 1 + 1 + 1 + 1 + 1);
    reader.press("i");
    reader.wait_until(|screen| !screen.has("Four fields"));
}

#[test]
fn a_picture_is_asked_for_when_its_article_is_opened_and_once_for_good() {
    let (library, server) = illustrated("mark_read = \"never\"");
    // Wide enough for a preview beside the headlines.
    let reader = library.open_illustrated(Skills::default(), 150, 24);
    reader.wait_for("[image: Four fields]");
    assert!(server.asked("/fields.png").is_empty(), "nobody opened it");
    reader.press("<enter>");
    reader.wait_until(|screen| !screen.has("Four fields"));
    drop(reader);
    let reader = open(&library, Skills::default());
    reader.press("<enter>");
    reader.wait_for("Behind the picture.");
    reader.wait_until(|screen| !screen.has("Four fields"));
    assert_eq!(server.asked("/fields.png").len(), 1);
    assert!(server.asked("/fields.png")[0].header("accept").unwrap().starts_with("image/webp"));
}

#[test]
fn text_does_not_wait_for_pictures_and_words_stand_for_those_that_fail() {
    let (library, server) = illustrated("");
    let gate = Gate::closed();
    server.serve_with("/fields.png", Behaviour::status(404).behind(&gate));
    let reader = open(&library, Skills::default());
    reader.press("<enter>");
    reader.wait_for("Behind the picture.");
    reader.wait_for("[image: Four fields]");
    let rows = |screen: &str| screen.lines().position(|line| line.contains("Behind")).unwrap();
    let before = rows(&reader.screen());
    gate.open();
    // Its rows are given back.
    reader.wait_until(|screen| screen.has("Behind") && rows(&screen.text()) < before);
    assert!(reader.screen().contains("[image: Four fields]"));
}

#[test]
fn pictures_are_off_where_they_are_not_wanted_or_would_have_no_colours() {
    for (config, no_color) in [("images = \"off\"", false), ("", true)] {
        let (library, server) = illustrated(config);
        let variable = if no_color { "NO_COLOR=1" } else { "NO_COLOR=" };
        let reader = open_shell(&library, &format!("{variable} exec \"$0\""));
        reader.wait_for("Alpha");
        reader.press("<enter>");
        reader.wait_for("Behind the picture.");
        assert!(reader.screen().contains("[image: Four fields]"));
        assert!(server.asked("/fields.png").is_empty());
    }
}
