//! Which block seems to be the headline, before anything is known of the text.

use super::super::page::Page;
use super::super::tag::Tag;
use super::super::text::likeness;
use super::super::words::HEADLINE;
use super::Said;
use super::glance::Glance;

/// Finds the headline: what is set as a heading and says what the page's titles say.
pub(super) fn seeming_headline(page: &Page, glances: &[Glance], said: &Said) -> Option<usize> {
    let mut best = (0.3, None);
    let mut first = None;
    for (at, (block, glance)) in page.blocks.iter().zip(glances).enumerate() {
        let is_first_order = page.nodes[block.node].around.has(Tag::H1);
        if glance.words.len() > 60 {
            continue;
        }
        if is_first_order && first.is_none() {
            first = Some(at);
        }
        let is_heading = is_first_order
            || page.around(block).take(2).any(|node| {
                let node = &page.nodes[node];
                node.tag.is_subheading() || node.marks.has(HEADLINE)
            });
        if is_heading {
            let like = said.titles.iter().map(|title| likeness(&glance.words, title)).fold(0.0, f32::max);
            let score = like + if is_first_order { 0.2 } else { 0.0 };
            if score > best.0 {
                best = (score, Some(at));
            }
        }
    }
    best.1.or(first)
}
