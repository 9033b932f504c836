//! A feed that was found and is not followed yet.

use url::Url;

/// What is shown of a feed before one follows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FeedPreview {
    /// Its title, else its address as it may be shown.
    pub title: String,
    /// Where it is fetched.
    pub url: Url,
    /// Its format, as people name it.
    pub format: &'static str,
    /// How many entries it has now.
    pub entries: usize,
    /// The titles of the first of them.
    pub headlines: Vec<String>,
}
