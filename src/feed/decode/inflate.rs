//! Files that are packed themselves: `feed.xml.gz`, and servers that pack twice.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use crate::feed::{FeedError, limits};

/// Unpacks gzip and zlib. Of a file that is cut off or broken what came before counts.
pub(super) fn inflate(bytes: &[u8]) -> Result<Cow<'_, [u8]>, FeedError> {
    let inflated = match bytes {
        [0x1f, 0x8b, ..] => read(MultiGzDecoder::new(bytes))?,
        // `x` and a check sum, none of them a character that may follow in a text.
        [0x78, 0x01 | 0x9c | 0xda, ..] => read(ZlibDecoder::new(bytes))?,
        _ => return Ok(Cow::Borrowed(bytes)),
    };
    Ok(if inflated.is_empty() { Cow::Borrowed(bytes) } else { Cow::Owned(inflated) })
}

fn read(mut packed: impl Read) -> Result<Vec<u8>, FeedError> {
    let mut inflated = Vec::new();
    let mut part = vec![0; 64 * 1024];
    loop {
        match packed.read(&mut part) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => return Ok(inflated),
            Ok(length) => inflated.extend_from_slice(&part[..length]),
        }
        limits::check_size(&inflated)?;
    }
}
