//! What the elements of a page hold: prose, letters, links.

use std::collections::HashMap;

use super::super::page::Page;
use super::glance::Glance;
use super::row::number;

/// Sums of the elements of a page.
pub(super) struct Sums {
    pub(super) prose: Vec<f32>,
    letters: Vec<f32>,
    linked: Vec<f32>,
    pub(super) looks: HashMap<u64, f32>,
    pub(super) paths: HashMap<u64, f32>,
    pub(super) total: f32,
}

impl Sums {
    pub(super) fn of(page: &Page, glances: &[Glance]) -> Sums {
        let nothing = vec![0.0; page.nodes.len()];
        let mut sums = Sums {
            prose: nothing.clone(),
            letters: nothing.clone(),
            linked: nothing,
            looks: HashMap::new(),
            paths: HashMap::new(),
            total: 0.0,
        };
        for (block, glance) in page.blocks.iter().zip(glances) {
            let (prose, node) = (number(glance.prose), &page.nodes[block.node]);
            sums.total += prose;
            *sums.looks.entry(node.look).or_default() += prose;
            *sums.paths.entry(node.path).or_default() += prose;
            sums.prose[block.node] += prose;
            sums.letters[block.node] += number(block.letters);
            sums.linked[block.node] += number(block.linked);
        }
        // Elements come behind those they stand in.
        for at in (1..page.nodes.len()).rev() {
            let parent = page.nodes[at].parent;
            sums.prose[parent] += sums.prose[at];
            sums.letters[parent] += sums.letters[at];
            sums.linked[parent] += sums.linked[at];
        }
        sums.total = sums.total.max(1.0);
        sums
    }

    pub(super) fn link_density(&self, node: usize) -> f32 {
        self.linked[node] / self.letters[node].max(1.0)
    }

    /// Finds the element that holds most of the prose most closely.
    pub(super) fn center(&self, page: &Page, glances: &[Glance]) -> Option<usize> {
        let mut scores: HashMap<usize, f32> = HashMap::new();
        for (block, glance) in page.blocks.iter().zip(glances).filter(|(_, glance)| glance.prose > 0) {
            let commas = block.text.matches([',', '、', '，']).count();
            let score = number(glance.prose).sqrt() * 3.0 + number(glance.prose) * 0.2 + number(commas);
            for (outer, share) in blocks_round(page, block.node).skip(1).zip([1.0, 0.6, 0.3]) {
                *scores.entry(outer).or_default() += score * share;
            }
        }
        let score = |(node, score): (&usize, &f32)| (*score * (1.0 - self.link_density(*node)), *node);
        scores
            .iter()
            .map(score)
            .max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)))
            .map(|best| best.1)
    }
}

/// The block elements round an element, from the innermost on.
pub(super) fn blocks_round(page: &Page, node: usize) -> impl Iterator<Item = usize> {
    page.upwards(node).filter(|at| page.nodes[*at].tag.is_block())
}
