//! The article of a web page, and what may stand in its way.

use jiff::civil::Date;

use super::memory::{PagePrints, SiteMemory};
use crate::model::{CleanHtml, PageProblem, Url};

/// The article of a web page: what there is of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PageArticle {
    /// The headline as the page shows it; empty if there is none.
    pub title: String,
    /// The lines between headline and text.
    pub standfirst: Option<String>,
    /// People, or else the agency it comes from.
    pub authors: Vec<String>,
    /// The day it was published, in the page's own zone.
    pub date: Option<Date>,
    /// The name of the site.
    pub site: Option<String>,
    /// As a language tag: `en`, `pt-BR`.
    pub language: Option<String>,
    /// The picture that stands for the article.
    pub lead_image: Option<Url>,
    /// Paragraphs and subheadings, each parted by an empty line; without headline, standfirst and captions.
    pub text: String,
    /// The same with its markup, pictures and captions.
    pub html: CleanHtml,
    /// Why this is not the whole article, where that shows.
    pub obstacle: Option<Obstacle>,
    /// The address of the page, given or told.
    pub url: Option<Url>,
    /// The next page of the same article.
    pub next_page: Option<Url>,
    /// What the page shows, block by block: for `SiteMemory`.
    pub prints: PagePrints,
}

/// What stands between the reader and an article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// The page shows the beginning to those who do not pay or register.
    Paywall,
    /// The page asks for consent before it shows anything.
    ConsentWall,
    /// The page has no text before its scripts ran.
    NeedsScripts,
    /// The page has no article.
    NoArticle,
}

impl Obstacle {
    /// Names it, for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Obstacle::Paywall => "paywall",
            Obstacle::ConsentWall => "consent",
            Obstacle::NeedsScripts => "scripts",
            Obstacle::NoArticle => "none",
        }
    }
}

impl From<Obstacle> for PageProblem {
    fn from(obstacle: Obstacle) -> PageProblem {
        match obstacle {
            Obstacle::Paywall => PageProblem::Paywall,
            Obstacle::ConsentWall => PageProblem::ConsentWall,
            Obstacle::NeedsScripts => PageProblem::NeedsScripts,
            Obstacle::NoArticle => PageProblem::NoArticle,
        }
    }
}

/// What is known of an article before its page is read.
#[derive(Clone, Default, Debug)]
pub struct Hints<'a> {
    /// Its title, as the feed tells it.
    pub title: Option<&'a str>,
    /// Its authors.
    pub authors: &'a [String],
    /// The day of its publication.
    pub date: Option<Date>,
    /// The beginning of its text, as HTML.
    pub summary: Option<&'a str>,
    /// What its site shows on all pages.
    pub site: Option<&'a SiteMemory>,
    /// Where it begins, if the page is one of its later ones.
    pub first_page: Option<&'a Url>,
}

impl Hints<'_> {
    /// Fills in what the page did not tell.
    pub(super) fn complete(&self, article: PageArticle) -> PageArticle {
        let PageArticle { title, authors, date, .. } = article;
        PageArticle {
            title: if title.is_empty() { self.title.unwrap_or_default().to_owned() } else { title },
            authors: if authors.is_empty() { self.authors.to_vec() } else { authors },
            date: date.or(self.date),
            ..article
        }
    }
}
