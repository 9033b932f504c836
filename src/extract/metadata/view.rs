//! A page as it is looked at for what stands beside its text: where each element lies, and how it is labelled.

use std::ops::Range;

use dom_query::{Document, NodeRef};

use super::super::features::Glance;
use super::super::head::Head;
use super::super::page::Page;
use crate::model::Url;

/// The attributes that label an element.
const LABELS: [&str; 5] = ["class", "id", "itemprop", "rel", "data-testid"];

/// What is longer holds no byline and no date.
const MAX_TEXT: usize = 2_000;

/// A page, its text, and what is known of it so far.
pub(super) struct View<'a> {
    pub(super) document: &'a Document,
    pub(super) head: &'a Head,
    pub(super) page: &'a Page,
    pub(super) glances: &'a [Glance],
    pub(super) kept: &'a [bool],
    /// The address of the page, given or told.
    pub(super) url: Option<Url>,
    /// From the first block of the text to the last one; empty if there is no text.
    pub(super) body: Range<usize>,
    /// The block with the headline.
    pub(super) headline: Option<usize>,
    /// The names that the site is known by, as words.
    pub(super) site_names: Vec<Vec<String>>,
    /// The labels of each element, in lower case.
    labels: Vec<String>,
}

impl<'a> View<'a> {
    pub(super) fn new(
        document: &'a Document,
        head: &'a Head,
        page: &'a Page,
        glances: &'a [Glance],
        kept: &'a [bool],
        url: Option<&Url>,
    ) -> View<'a> {
        let first = kept.iter().position(|kept| *kept).unwrap_or(0);
        let end = kept.iter().rposition(|kept| *kept).map_or(first, |last| last + 1);
        View {
            url: url.cloned().or_else(|| address(document, head)),
            body: first..end,
            headline: None,
            site_names: Vec::new(),
            labels: page.nodes.iter().map(|node| labels(document, node.id)).collect(),
            document,
            head,
            page,
            glances,
            kept,
        }
    }

    /// Tells whether one of an element's labels holds one of some parts.
    pub(super) fn is_labelled(&self, node: usize, parts: &[&str]) -> bool {
        !self.labels[node].is_empty() && parts.iter().any(|part| self.labels[node].contains(part))
    }

    pub(super) fn attribute(&self, node: usize, name: &str) -> Option<String> {
        let value = self.element(node).and_then(|element| element.attr(name))?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    }

    pub(super) fn element(&self, node: usize) -> Option<NodeRef<'a>> {
        self.document.tree.get(&self.page.nodes[node].id)
    }

    /// The first block that an element holds or lies in; none if it holds no text, or not all of it lies in a range.
    pub(super) fn first_block(&self, node: usize, range: &Range<usize>) -> Option<usize> {
        let blocks = self.page.blocks_in(self.page.nodes[node].block);
        let is_within = !blocks.is_empty() && range.start <= blocks.start && blocks.end <= range.end;
        is_within.then_some(blocks.start)
    }

    /// What an element says, its pieces on lines of their own.
    pub(super) fn text(&self, node: usize) -> String {
        let mut text = String::new();
        for piece in self.element(node).iter().flat_map(NodeRef::descendants_it).filter(NodeRef::is_text) {
            let is_silent =
                |outer: &NodeRef| ["script", "style", "noscript"].iter().any(|name| outer.has_name(name));
            if piece.parent().is_some_and(|outer| is_silent(&outer)) {
                continue;
            }
            if text.len() > MAX_TEXT {
                break;
            }
            let line = crate::html::clean_line(&piece.text());
            if !line.is_empty() {
                text.push_str(&line);
                text.push('\n');
            }
        }
        text
    }

    /// The blocks in which headline, byline and date stand: from a little above the headline to the first paragraphs.
    pub(super) fn top(&self) -> Range<usize> {
        let end = (self.body.start + 3).min(self.page.blocks.len());
        let start = self.headline.filter(|at| *at < end).unwrap_or(self.body.start.saturating_sub(15));
        start.saturating_sub(6)..end
    }
}

/// The address that a page says it has.
fn address(document: &Document, head: &Head) -> Option<Url> {
    let link = document.select("link[rel=canonical]").attr("href").map(|href| href.to_string());
    let told = link.or_else(|| head.meta(&["og:url"]).map(str::to_owned))?;
    Url::parse(told.trim()).ok()
}

fn labels(document: &Document, id: dom_query::NodeId) -> String {
    let Some(element) = document.tree.get(&id) else {
        return String::new();
    };
    let values =
        LABELS.iter().filter_map(|name| element.attr(name)).map(|value| value.trim().to_ascii_lowercase());
    let values: Vec<String> = values.filter(|value| !value.is_empty()).collect();
    if values.is_empty() { String::new() } else { format!(" {} ", values.join(" ")) }
}
