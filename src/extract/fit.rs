//! For fitting the model and measuring it; the reader needs none of it. docs/extraction.md tells how it is done.

use dom_query::Document;

use super::features::{Glance, features, glance, names};
use super::forest::Forest;
use super::head::Head;
use super::page::Page;
use super::{Hints, PageArticle, extract_by};

/// The blocks of a page in numbers.
#[derive(Debug)]
pub struct Measured {
    /// What the numbers are.
    pub names: Vec<&'static str>,
    /// The text of each block and its numbers.
    pub blocks: Vec<(String, Vec<f32>)>,
}

/// Measures the blocks of a page.
pub fn measure(html: &str) -> Measured {
    let document = Document::from(html);
    let (head, page) = (Head::read(&document, &Hints::default()), Page::read(&document));
    let glances: Vec<Glance> = page.blocks.iter().map(glance).collect();
    let rows = features(&page, &head.said(), &glances);
    Measured { names: names(), blocks: page.blocks.into_iter().map(|block| block.text).zip(rows).collect() }
}

/// A model other than the one that newsterm comes with.
#[derive(Debug)]
pub struct Model(Forest);

impl Model {
    /// Reads the table of a model; none if it is damaged.
    pub fn parse(table: &str) -> Option<Model> {
        Forest::parse(table).map(Model)
    }

    /// Finds the article of a page by this model.
    pub fn extract(&self, html: &str, hints: &Hints<'_>) -> PageArticle {
        extract_by(|_| &self.0, html, None, hints)
    }
}
