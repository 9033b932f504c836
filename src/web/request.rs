//! What is asked of the web.

use crate::model::Url;

/// Asks for one document; with validators, only if it has changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// Where the document lies.
    pub url: Url,
    /// The `ETag` of the copy already here.
    pub etag: Option<String>,
    /// The `Last-Modified` of the copy already here.
    pub last_modified: Option<String>,
}

impl Request {
    /// Asks for the document, whatever is here already.
    pub fn new(url: Url) -> Request {
        Request { url, etag: None, last_modified: None }
    }

    /// Asks for the document if it differs from the copy that had these validators.
    pub fn if_changed(url: Url, etag: Option<String>, last_modified: Option<String>) -> Request {
        Request { url, etag, last_modified }
    }
}
