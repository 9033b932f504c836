//! The files that come with an entry, to choose from.

use crate::model::{Enclosure, EntryId};

/// Files of an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileList {
    /// The entry.
    pub entry: EntryId,
    /// The files.
    pub files: Vec<Enclosure>,
    /// The selected one.
    pub cursor: usize,
}

/// Names a file by the end of its address.
pub fn file_name(file: &Enclosure) -> String {
    let last = file.url.path_segments().and_then(|mut parts| parts.next_back().map(str::to_owned));
    let name = last.filter(|name| !name.is_empty());
    name.unwrap_or_else(|| file.url.host_str().unwrap_or_default().to_owned())
}

/// Says what a file is and how large: `audio/mpeg · 32 MB`.
pub fn file_kind(file: &Enclosure) -> String {
    let size = file.length.filter(|length| *length > 0).map(|length| match length {
        0..1_000_000 => format!("{} kB", length.div_ceil(1000)),
        _ => format!("{} MB", (length + 500_000) / 1_000_000),
    });
    let parts: Vec<String> = file.mime.clone().into_iter().chain(size).collect();
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Url;

    #[test]
    fn a_file_is_named_and_described() {
        let file = |url: &str, mime: Option<&str>, length| Enclosure {
            url: Url::parse(url).unwrap(),
            mime: mime.map(str::to_owned),
            length,
        };
        let talk = file("http://a.test/x/talk.mp3?token=1", Some("audio/mpeg"), Some(31_600_000));
        assert_eq!((file_name(&talk), file_kind(&talk)), ("talk.mp3".into(), "audio/mpeg · 32 MB".into()));
        let bare = file("http://a.test/", None, Some(1200));
        assert_eq!((file_name(&bare), file_kind(&bare)), ("a.test".into(), "2 kB".into()));
    }
}
