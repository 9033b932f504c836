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

    /// Cuts it off before an element, after so many bytes at most; what is open then ends there.
    pub(crate) fn beginning(&self, most: usize) -> CleanHtml {
        let end = self.0.floor_char_boundary(most);
        let end = self.0[..end].rfind('<').unwrap_or(end);
        CleanHtml(self.0[..end].to_owned())
    }

    /// Tells whether there is no text in it at all.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}
