//! HTML that is safe to show.

/// HTML of allowed elements, attributes and addresses only, without control or bidi characters.
///
/// Only `html::clean` makes one.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct CleanHtml(String);

impl CleanHtml {
    /// Takes HTML that the sanitiser has just written.
    pub(crate) fn from_sanitiser(html: String) -> CleanHtml {
        CleanHtml(html)
    }

    /// Shows the HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Tells whether there is no text in it at all.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}
