//! Fetches a page, and makes text of what comes.

use crate::feed;
use crate::model::{PageProblem, Url};
use crate::tasks::asking::Asking;
use crate::web::{Document, Kind, Web};

/// What is larger is not read as a page, in megabytes.
const LARGEST_MB: usize = 10;

/// A page that came.
pub(super) struct Fetched {
    /// Where it lay, after all redirects.
    pub(super) url: Url,
    pub(super) html: String,
}

/// Fetches one page.
pub(super) async fn fetch<W: Web>(asking: &Asking<'_, W>, url: &Url) -> Result<Fetched, PageProblem> {
    read(asking.document(url, Kind::Page).await?).await
}

/// Makes text of a document, on a thread where that may take its time.
async fn read(document: Document) -> Result<Fetched, PageProblem> {
    let reading = tokio::task::spawn_blocking(move || {
        if let Some(other) = other_kind(document.content_type.as_deref(), &document.bytes) {
            return Err(PageProblem::NotAPage(other.to_owned()));
        }
        let text = feed::decode(&document.bytes, document.content_type.as_deref());
        let too_large = PageProblem::TooLarge { limit_mb: LARGEST_MB as u64 };
        match text {
            Ok(html) if html.len() <= LARGEST_MB * 1_000_000 => {
                Ok(Fetched { html: html.into_owned(), url: document.url })
            }
            Ok(_) | Err(_) => Err(too_large),
        }
    });
    reading.await.unwrap_or(Err(PageProblem::Unreadable))
}

/// Names what a document is that is no page. Its first bytes count more than what its server calls it.
fn other_kind(content_type: Option<&str>, bytes: &[u8]) -> Option<&'static str> {
    const SIGNS: [(&[u8], &str); 6] = [
        (b"%PDF-", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"ID3", "a sound"),
        (b"PK\x03\x04", "a file"),
    ];
    let start = bytes.trim_ascii_start();
    if let Some((_, kind)) = SIGNS.iter().find(|(sign, _)| start.starts_with(sign)) {
        return Some(kind);
    }
    let mime = content_type?.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    // Servers call pages by wrong names too: what begins like one is one.
    if mime.contains("html") || start.starts_with(b"<") {
        return None;
    }
    match mime.split('/').next()? {
        "image" => Some("a picture"),
        "audio" => Some("a sound"),
        "video" => Some("a film"),
        "application" if mime == "application/pdf" => Some("a PDF"),
        "application" if !mime.contains("xml") && mime != "application/octet-stream" => Some("a file"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_page_is_named() {
        let table: [(Option<&str>, &[u8], Option<&str>); 10] = [
            (Some("text/html; charset=utf-8"), b"<html>", None),
            (None, b"plain words", None),
            (Some("application/xhtml+xml"), b"<html>", None),
            (Some("application/octet-stream"), b"<!doctype html>", None),
            (Some("image/png"), b"  <html>", None),
            (Some("image/webp"), b"RIFF", Some("a picture")),
            (Some("text/html"), b"%PDF-1.7", Some("a PDF")),
            (Some("application/json"), b"{}", Some("a file")),
            (Some("audio/mpeg"), b"\xff\xfb", Some("a sound")),
            (Some("application/zip"), b"", Some("a file")),
        ];
        for (mime, bytes, expected) in table {
            assert_eq!(other_kind(mime, bytes), expected, "{mime:?}");
        }
    }
}
