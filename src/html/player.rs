//! Names what plays at an address: elements that name a work by its number alone, and what well-known players play.

use url::Url;

use super::reference::decode_references;
use super::token::Tag;

/// Elements of AMP and of pages that load players late: attribute with the number, and the address before it.
#[rustfmt::skip]
const NUMBERED: &[(&str, &str, &str)] = &[
    ("amp-youtube", "data-videoid", "https://www.youtube.com/watch?v="),
    ("lite-youtube", "videoid", "https://www.youtube.com/watch?v="),
    ("amp-vimeo", "data-videoid", "https://vimeo.com/"),
    ("lite-vimeo", "videoid", "https://vimeo.com/"),
    ("amp-dailymotion", "data-videoid", "https://www.dailymotion.com/video/"),
    ("amp-soundcloud", "data-trackid", "https://api.soundcloud.com/tracks/"),
    ("amp-twitter", "data-tweetid", "https://twitter.com/i/status/"),
    ("amp-instagram", "data-shortcode", "https://www.instagram.com/p/"),
    ("amp-facebook", "data-href", ""),
];

/// What the players of widely used services play, by the end of the host.
#[rustfmt::skip]
const SERVICES: &[(&str, &str)] = &[
    ("youtube.com", "Video"), ("youtube-nocookie.com", "Video"), ("youtu.be", "Video"), ("vimeo.com", "Video"),
    ("dailymotion.com", "Video"), ("twitch.tv", "Video"), ("tiktok.com", "Video"), ("wistia.net", "Video"),
    ("soundcloud.com", "Audio"), ("open.spotify.com", "Audio"), ("podcasts.apple.com", "Audio"),
    ("bandcamp.com", "Audio"), ("megaphone.fm", "Audio"), ("libsyn.com", "Audio"), ("acast.com", "Audio"),
];

/// Titles that players give themselves when nobody has named the work, in lower case.
#[rustfmt::skip]
const NO_TITLES: &[&str] = &[
    "youtube video player", "youtube video", "vimeo video player", "video player", "audio player", "embedded content",
    "embedded post", "embedded video", "embed", "iframe", "video", "audio", "player", "embedded",
];

/// Longer titles are cut.
const MAX_TITLE: usize = 100;

/// Tells whether an element names a work by its number alone.
pub(super) fn is_numbered(name: &str) -> bool {
    (name.starts_with("amp-") || name.starts_with("lite-"))
        && NUMBERED.iter().any(|(element, ..)| *element == name)
}

/// Makes the address of a work that an element names by its number.
pub(super) fn numbered(tag: &Tag) -> Option<String> {
    let (_, attribute, before) = NUMBERED.iter().find(|(element, ..)| *element == tag.name)?;
    let number = decode_references(tag.attribute(attribute)?);
    let is_number = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_right = before.is_empty() || !number.is_empty() && number.chars().all(is_number);
    is_right.then(|| format!("{before}{number}"))
}

/// Tells what plays at an address, where its host is known.
pub(super) fn plays(url: &Url) -> Option<&'static str> {
    let host = url.host_str()?;
    let is_of = |service: &str| {
        host.strip_suffix(service).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    SERVICES.iter().find(|(service, _)| is_of(service)).map(|(_, kind)| *kind)
}

/// Reads the title of the work from the title of its player.
pub(super) fn title(tag: &Tag) -> Option<String> {
    let title = super::text::clean_line(&decode_references(tag.attribute("title")?));
    if title.is_empty() || NO_TITLES.contains(&title.to_lowercase().as_str()) {
        return None;
    }
    if title.len() <= MAX_TITLE {
        return Some(title);
    }
    Some(format!("{}…", title[..title.floor_char_boundary(MAX_TITLE)].trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn players_are_known_by_their_hosts() {
        let table = [
            ("https://www.youtube.com/embed/1", Some("Video")),
            ("https://w.soundcloud.com/player/?url=x", Some("Audio")),
            ("https://notyoutube.com/embed/1", None),
            ("https://a.test/youtube.com", None),
        ];
        for (address, expected) in table {
            assert_eq!(plays(&Url::parse(address).unwrap()), expected, "{address}");
        }
    }
}
