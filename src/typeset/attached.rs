//! The files that come with an article, listed at its end.

use super::block::{Block, Gap};
use super::links::{Href, Links};
use super::run::Run;
use super::{Role, Style};
use crate::model::{Enclosure, Url};

/// Makes a line for each file.
pub(super) fn attached(enclosures: &[Enclosure], links: &mut Links) -> Vec<Block> {
    let mut gap = Gap::Blank;
    let mut blocks = Vec::with_capacity(enclosures.len());
    for enclosure in enclosures {
        blocks.push(line(gap, enclosure, links));
        gap = Gap::Line;
    }
    blocks
}

fn line(gap: Gap, enclosure: &Enclosure, links: &mut Links) -> Block {
    let meta = Style::of(Role::Meta);
    let mut run = Run::default();
    run.text("Attached: ", meta, None);
    let link = links.number(Href::Web(enclosure.url.clone()));
    run.text(&place(&enclosure.url), Style::of(Role::Link), link);
    let size = enclosure.length.filter(|bytes| *bytes > 0).map(size);
    let told: Vec<_> = enclosure.mime.clone().into_iter().chain(size).collect();
    if !told.is_empty() {
        run.text(&format!(" ({})", told.join(", ")), meta, None);
    }
    Block::paragraph(gap, run.take())
}

/// Names a file by its host and last part: the path between says nothing.
fn place(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let mut parts = url.path_segments().into_iter().flatten();
    match parts.rfind(|part| !part.is_empty()) {
        Some(name) => format!("{host}/{name}"),
        None if host.is_empty() => url.to_string(),
        None => host.to_owned(),
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1_000),
        _ => format!("{} MB", bytes.saturating_add(500_000) / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_round_numbers() {
        assert_eq!([512, 34_567, 12_345_678].map(size), ["512 B", "35 kB", "12 MB"]);
    }

    #[test]
    fn a_file_is_named_by_host_and_name() {
        let cases = [
            ("https://a.test/2026/11/talk.mp3?x=1", "a.test/talk.mp3"),
            ("https://a.test/", "a.test"),
            ("magnet:?xt=urn:btih:abc", "magnet:?xt=urn:btih:abc"),
        ];
        for (url, expected) in cases {
            assert_eq!(place(&Url::parse(url).unwrap()), expected);
        }
    }
}
