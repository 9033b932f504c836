//! What stands round a block: the elements that hold it, and its neighbours.

use super::super::tag::Tag;
use super::glance::Glance;
use super::row::{Row, number};
use super::sums::blocks_round;
use super::{Measure, article};

impl Measure<'_> {
    pub(super) fn surroundings(&self, at: usize, row: &mut Row) {
        let (page, sums) = (self.page, self.sums);
        let block = &page.blocks[at];
        let node = &page.nodes[block.node];
        let mut outer = blocks_round(page, block.node);
        for (prose, density) in [
            ("own prose", "own density"),
            ("parent prose", "parent density"),
            ("grandparent prose", "grandparent density"),
        ] {
            let outer = outer.next();
            row.add(prose, outer.map_or(0.0, |outer| sums.prose[outer] / sums.total));
            row.add(density, outer.map_or(0.0, |outer| sums.link_density(outer)));
        }
        row.add("look", sums.looks.get(&node.look).copied().unwrap_or_default() / sums.total);
        row.add("path", sums.paths.get(&node.path).copied().unwrap_or_default() / sums.total);
        let up = page.around(block).find_map(|node| self.center.iter().position(|center| *center == node));
        let up = up.unwrap_or(self.center.len());
        row.flag("in center", up == 0 && !self.center.is_empty());
        row.add("up", number(up));
        let shared = self.center.len().saturating_sub(up);
        row.add("down", number((node.depth + 1).saturating_sub(shared)));
        row.add("from first", distance(self.first, at));
        row.add("to last", distance(at, self.last));
        row.add("article", self.articles[&article(page, block)] / sums.total);
        for (name, share) in [("half", 0.5), ("fifth", 0.2)] {
            let distance = page.around(block).position(|node| sums.prose[node] > share * sums.total);
            row.add(name, number(distance.unwrap_or(99)));
        }
        self.beside_headline(at, row);
        self.beside(at, row);
    }

    /// How far it is from the headline, through the elements of the page.
    fn beside_headline(&self, at: usize, row: &mut Row) {
        let block = &self.page.blocks[at];
        let shared = self
            .page
            .around(block)
            .find_map(|node| Some((node, self.above.iter().position(|at| *at == node)?)));
        let (shared, up) = shared.map_or((None, 99), |(node, up)| (Some(node), up));
        row.add("headline up", number(up));
        let depth = |node: usize| self.page.nodes[node].depth;
        row.add("headline down", shared.map_or(-1.0, |shared| number(depth(block.node) - depth(shared))));
        row.add("headline prose", shared.map_or(-1.0, |shared| self.sums.prose[shared] / self.sums.total));
        row.add("headline density", shared.map_or(-1.0, |shared| self.sums.link_density(shared)));
    }

    fn beside(&self, at: usize, row: &mut Row) {
        const NAMES: [[&str; 5]; 6] = [
            ["-1 words", "-1 density", "-1 prose", "-1 look", "-1 heading"],
            ["+1 words", "+1 density", "+1 prose", "+1 look", "+1 heading"],
            ["-2 words", "-2 density", "-2 prose", "-2 look", "-2 heading"],
            ["+2 words", "+2 density", "+2 prose", "+2 look", "+2 heading"],
            ["-3 words", "-3 density", "-3 prose", "-3 look", "-3 heading"],
            ["+3 words", "+3 density", "+3 prose", "+3 look", "+3 heading"],
        ];
        let look = |at: usize| self.page.nodes[self.page.blocks[at].node].look;
        for (step, names) in [-1_isize, 1, -2, 2, -3, 3].into_iter().zip(NAMES) {
            let other = at.checked_add_signed(step).filter(|other| *other < self.page.blocks.len());
            let glance = other.map(|other| &self.glances[other]);
            row.add(names[0], glance.map_or(-1.0, |glance| number(glance.words.len().min(200))));
            row.add(names[1], glance.map_or(-1.0, |glance| glance.link_density));
            row.add(names[2], glance.map_or(-1.0, |glance| f32::from(u8::from(glance.prose > 0))));
            row.add(names[3], other.map_or(-1.0, |other| f32::from(u8::from(look(other) == look(at)))));
            let tag = other.map(|other| self.page.nodes[self.page.blocks[other].node].tag);
            row.flag(names[4], tag.is_some_and(Tag::is_heading));
        }
        let (before, behind) = self.neighbours[at];
        row.add("prose before it", number(before));
        row.add("prose behind it", number(behind));
        let sum = |glances: &[Glance]| glances.iter().map(|glance| number(glance.prose)).sum();
        row.add("5 before", sum(&self.glances[at.saturating_sub(5)..at]));
        row.add("5 behind", sum(&self.glances[at + 1..(at + 6).min(self.glances.len())]));
    }
}

/// How many blocks one is behind another; beyond a hundred it makes no difference.
pub(super) fn distance(from: usize, to: usize) -> f32 {
    (number(to) - number(from)).clamp(-100.0, 100.0)
}

/// How far the nearest prose is, before and behind each block; at most 99.
pub(super) fn nearest(glances: &[Glance]) -> Vec<(usize, usize)> {
    let mut distances = vec![(99, 99); glances.len()];
    let mut last: Option<usize> = None;
    for (at, glance) in glances.iter().enumerate() {
        distances[at].0 = last.map_or(99, |last| (at - last).min(99));
        if glance.prose > 0 {
            last = Some(at);
        }
    }
    last = None;
    for (at, glance) in glances.iter().enumerate().rev() {
        distances[at].1 = last.map_or(99, |last| (last - at).min(99));
        if glance.prose > 0 {
            last = Some(at);
        }
    }
    distances
}
