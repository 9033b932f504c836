//! What is asked of the web.

use std::fmt;

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
    /// Where that copy lay, after all redirects: its validators are sent there and nowhere else.
    pub copy_of: Option<Url>,
    /// What kind of document is wanted.
    pub kind: Kind,
    /// The address comes from a document and not from the reader: it must not lead to a private network.
    pub is_from_document: bool,
    /// What the reader wants otherwise for this address; few do.
    pub own: Option<Box<Own>>,
}

/// What kind of document is wanted: the same address often has both.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Kind {
    /// A feed.
    #[default]
    Feed,
    /// A web page.
    Page,
    /// A picture.
    Picture,
}

/// What the reader wants otherwise for one address.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Own {
    /// The name the server sees.
    pub user_agent: Option<String>,
    /// The proxy to go through.
    pub proxy: Option<Url>,
    /// Headers to send, to the address's own server only.
    pub headers: Vec<(String, String)>,
    /// The login, for the address's own server only.
    pub login: Option<Login>,
}

/// A name and a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for Login {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Login({}:***)", self.user)
    }
}

impl Request {
    /// Asks for the document, whatever is here already.
    pub fn new(url: Url) -> Request {
        Request {
            url,
            etag: None,
            last_modified: None,
            copy_of: None,
            kind: Kind::Feed,
            is_from_document: false,
            own: None,
        }
    }

    /// Asks for the document only if it differs from the copy that lay there and had these validators.
    #[must_use]
    pub fn if_changed(
        self,
        copy_of: Option<Url>,
        etag: Option<String>,
        last_modified: Option<String>,
    ) -> Request {
        Request { etag, last_modified, copy_of, ..self }
    }

    /// Asks for another kind of document than a feed.
    #[must_use]
    pub fn for_kind(self, kind: Kind) -> Request {
        Request { kind, ..self }
    }

    /// Asks for what a document leads to: never in a private network.
    #[must_use]
    pub fn from_document(self) -> Request {
        Request { is_from_document: true, ..self }
    }

    /// Asks as the reader wants it for this address.
    #[must_use]
    pub fn with(self, own: Own) -> Request {
        Request { own: (own != Own::default()).then(|| Box::new(own)), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_printed() {
        let login = Login { user: "me".to_owned(), password: "secret".to_owned() };
        assert_eq!(format!("{login:?}"), "Login(me:***)");
    }
}
