//! The two texts that an entry may have: its feed's, and its page's.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Article, PageProblem, Positions};

/// Which of an entry's texts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Text {
    /// What came with the feed.
    #[default]
    Feed,
    /// What was found on the entry's page.
    Page,
}

/// When an entry's text is fetched from its page.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FullText {
    /// When an entry is opened that holds only a summary.
    #[default]
    Auto,
    /// Whenever an entry is opened.
    Always,
    /// Only by key.
    Never,
}

/// The article of an entry's page, as it is to be kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageText {
    /// Where the page lay, after all redirects.
    pub url: Url,
    /// The headline as the page shows it; empty if there is none.
    pub title: String,
    /// The lines between headline and text.
    pub standfirst: Option<String>,
    /// Who wrote it, as the page tells it.
    pub authors: Vec<String>,
    /// The day of its publication, as the page tells it.
    pub date: Option<Date>,
    /// The name of the site.
    pub site: Option<String>,
    /// As a language tag.
    pub language: Option<String>,
    /// The picture that stands for it.
    pub lead_image: Option<Url>,
    /// The text as HTML, which is made safe anew on its way out.
    pub html: String,
}

/// The texts of an entry, ready to be shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Texts {
    /// The feed's.
    pub feed: Arc<Article>,
    /// The page's, once it was fetched.
    pub page: Option<Arc<Article>>,
    /// Which one is shown first.
    pub first: Text,
    /// Opening the entry is to bring the page's text.
    pub is_wanted: bool,
    /// Where the reader was in them.
    pub positions: Positions,
    /// Why the page gave none or not all, while it is not asked again.
    pub problem: Option<PageProblem>,
}

impl Text {
    /// Gives the other one.
    #[must_use]
    pub fn other(self) -> Text {
        match self {
            Text::Feed => Text::Page,
            Text::Page => Text::Feed,
        }
    }

    /// Names it for a person, who may have both.
    pub fn label(self) -> &'static str {
        match self {
            Text::Feed => "feed text",
            Text::Page => "full text",
        }
    }
}

impl FullText {
    /// Names it as in the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            FullText::Auto => "auto",
            FullText::Always => "always",
            FullText::Never => "never",
        }
    }

    /// Reads its name.
    pub fn from_name(name: &str) -> Option<FullText> {
        [FullText::Auto, FullText::Always, FullText::Never].into_iter().find(|one| one.as_str() == name)
    }
}

impl Texts {
    /// Gives the text that is shown first.
    pub fn shown(&self) -> &Arc<Article> {
        match (self.first, &self.page) {
            (Text::Page, Some(page)) => page,
            (Text::Page, None) | (Text::Feed, _) => &self.feed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_read_as_it_is_named() {
        for setting in [FullText::Auto, FullText::Always, FullText::Never] {
            assert_eq!(FullText::from_name(setting.as_str()), Some(setting));
        }
        assert_eq!(FullText::from_name("sometimes"), None);
    }
}
