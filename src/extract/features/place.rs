//! Where a block stands: in which elements, under which names, how far down the page.

use super::super::page::Block;
use super::super::tag::Tag;
use super::super::text::{fingerprint, ratio};
use super::super::words::KINDS;
use super::row::{Row, number};
use super::surroundings::distance;
use super::{Measure, Progress};

/// Elements whose presence round a block is a feature.
#[rustfmt::skip]
const AROUND: [(&str, Tag); 27] = [
    ("in article", Tag::Article), ("in main", Tag::Main), ("in header", Tag::Header),
    ("in footer", Tag::Footer), ("in nav", Tag::Nav), ("in aside", Tag::Aside), ("in figure", Tag::Figure),
    ("in form", Tag::Form), ("in table", Tag::Table), ("in ul", Tag::Ul), ("in ol", Tag::Ol),
    ("in blockquote", Tag::Blockquote), ("in section", Tag::Section), ("in figcaption", Tag::Figcaption),
    ("in button", Tag::Button), ("in dl", Tag::Dl), ("in li", Tag::Li), ("in details", Tag::Details),
    ("in label", Tag::Label), ("in a", Tag::A), ("in address", Tag::Address), ("in em", Tag::Em),
    ("in strong", Tag::Strong), ("in time", Tag::Time), ("in h1", Tag::H1), ("in h2", Tag::H2),
    ("in h3", Tag::H3),
];

/// What the last heading may say, and which kind of phrases says it.
const HEADING: [(&str, usize); 3] = [("under calls", 0), ("under sign up", 1), ("under visitors", 8)];

impl Measure<'_> {
    pub(super) fn place(&self, at: usize, progress: &Progress, row: &mut Row) {
        let block = &self.page.blocks[at];
        let node = &self.page.nodes[block.node];
        row.add("element", f32::from(node.tag.number()));
        row.flag("paragraph", node.tag == Tag::P);
        row.flag("item", node.tag == Tag::Li);
        row.flag("division", node.tag == Tag::Div);
        row.flag("subheading", node.tag.is_subheading());
        for (name, element) in AROUND {
            row.flag(name, node.around.has(element));
        }
        row.add("depth", number(node.depth));
        self.names(block, row);
        self.progress(at, progress, row);
    }

    /// How far down the page it is, and what was above it.
    fn progress(&self, at: usize, progress: &Progress, row: &mut Row) {
        let (page, glance, sums) = (self.page, &self.glances[at], self.sums);
        row.add("position", ratio(at, page.blocks.len()));
        row.add("words before", progress.words / self.all_words);
        row.add("prose before", progress.prose / sums.total);
        let is_below = self.headline.is_some_and(|headline| at > headline);
        row.add(
            "prose since headline",
            if is_below { (progress.prose - progress.above_headline).min(2000.0) } else { -1.0 },
        );
        row.add("blocks", number(page.blocks.len().min(400)));
        row.add("prose", sums.total.min(2000.0));
        row.add("density", sums.total / self.all_words);
        row.add("from headline", self.headline.map_or(-999.0, |headline| distance(headline, at)));
        row.flag("headline", self.headline == Some(at));
        let own = fingerprint(&glance.words);
        row.add("repeated", number(self.counts[&own]));
        row.add("repeats", number(progress.seen.get(&own).copied().unwrap_or_default()));
        row.add("since heading", number(progress.since_heading.min(50)));
        for (name, kind) in HEADING {
            row.flag(name, progress.heading[kind]);
        }
    }

    /// How near names of each kind are, and how many.
    fn names(&self, block: &Block, row: &mut Row) {
        let mut near = [20_usize; KINDS.len()];
        let mut count = [0_usize; KINDS.len()];
        for (distance, node) in self.page.around(block).enumerate() {
            let marks = self.page.nodes[node].marks;
            for kind in 0..KINDS.len() {
                if marks.has(kind) {
                    near[kind] = near[kind].min(distance);
                    count[kind] += 1;
                }
            }
        }
        for (kind, (near_name, count_name, _)) in KINDS.iter().enumerate() {
            row.add(near_name, number(near[kind]));
            row.add(count_name, number(count[kind].min(5)));
        }
    }
}
