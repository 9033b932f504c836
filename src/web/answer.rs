//! What the web answers.

use super::Room;
use crate::model::Url;

/// A good end of a request.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(clippy::large_enum_variant, reason = "few exist at a time, each soon taken apart")]
pub enum Answer {
    /// The copy already here is the newest.
    NotModified,
    /// The document as it is now.
    Document(Document),
}

/// A document with what its server told about it.
///
/// The texts are free of control characters; the bytes are as received, decompressed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// The body.
    pub bytes: Vec<u8>,
    /// Where it was found, after all redirects.
    pub url: Url,
    /// Where it lives from now on, when all redirects on the way were permanent.
    pub moved: Option<Url>,
    /// Its MIME type with parameters.
    pub content_type: Option<String>,
    /// Its `ETag`, to be sent with the next request.
    pub etag: Option<String>,
    /// Its `Last-Modified`, to be sent with the next request.
    pub last_modified: Option<String>,
    /// Its room in memory: kept by whoever still works on what was in it.
    pub room: Room,
}
