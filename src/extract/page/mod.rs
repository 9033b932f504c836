//! A web page as blocks of text in their order, and the elements they stand in.
//!
//! A block is what stands on lines of its own: a paragraph, a heading, an item, a row of short cells, or a run of text
//! between two empty lines (`<br><br>`). What a page hides is not there.

mod reader;

use std::collections::HashMap;
use std::ops::Range;

use dom_query::{Document, NodeId};

use self::reader::Reader;
use super::tag::{Tag, Tags};
use super::words::Marks;

/// The blocks of a page, and its elements from the outermost on.
pub(super) struct Page {
    pub(super) nodes: Vec<Node>,
    pub(super) blocks: Vec<Block>,
    pub(super) media: Vec<Media>,
}

/// A picture, a film, a player.
pub(super) struct Media {
    pub(super) id: NodeId,
    /// The innermost element round it.
    pub(super) node: usize,
    /// The block that comes next.
    pub(super) block: usize,
}

/// An element of the page.
pub(super) struct Node {
    pub(super) parent: usize,
    /// How many elements it stands in.
    pub(super) depth: usize,
    pub(super) tag: Tag,
    /// What its own names say.
    pub(super) marks: Marks,
    /// Itself and all elements round it.
    pub(super) around: Tags,
    /// The innermost block: itself or round it.
    pub(super) block: usize,
    /// How it looks: the names and classes of the blocks it ends, the last three.
    pub(super) look: u64,
    /// The names of all elements from the root on.
    pub(super) path: u64,
    pub(super) id: NodeId,
}

/// A block of text.
pub(super) struct Block {
    /// Clean lines, parted where the page breaks them (`<br>`).
    pub(super) text: String,
    /// The innermost element round all of it.
    pub(super) node: usize,
    /// The text nodes it is made of.
    pub(super) pieces: Vec<NodeId>,
    /// Letters and signs, without spaces; those in links, those in bold.
    pub(super) letters: usize,
    pub(super) linked: usize,
    pub(super) bold: usize,
    pub(super) links: usize,
    pub(super) has_time: bool,
    /// Whether a picture or film stands between the block before and this one.
    pub(super) follows_picture: bool,
}

impl Page {
    /// Reads the blocks of a document.
    pub(super) fn read(document: &Document) -> Page {
        Reader::read(document)
    }

    /// The elements round a block, from the innermost on.
    pub(super) fn around(&self, block: &Block) -> impl Iterator<Item = usize> {
        self.upwards(block.node)
    }

    /// Tells whether the page has no more structure than a text file: all lines alike, in one element, without links.
    pub(super) fn is_flat(&self) -> bool {
        let mut looks: HashMap<u64, usize> = HashMap::new();
        for block in &self.blocks {
            *looks.entry(self.nodes[block.node].look).or_default() += 1;
        }
        let links: usize = self.blocks.iter().map(|block| block.links).sum();
        let alike = looks.values().max().copied().unwrap_or_default();
        alike * 10 >= self.blocks.len() * 9 && links * 20 <= self.blocks.len()
    }

    /// An element and all in it.
    pub(super) fn subtree(&self, node: usize) -> Range<usize> {
        let depth = self.nodes[node].depth;
        let behind = self.nodes[node + 1..].iter().position(|other| other.depth <= depth);
        node..behind.map_or(self.nodes.len(), |behind| node + 1 + behind)
    }

    /// The blocks in some elements.
    pub(super) fn blocks_within(&self, nodes: &Range<usize>) -> Range<usize> {
        let from = self.blocks.partition_point(|block| block.node < nodes.start);
        from..self.blocks.partition_point(|block| block.node < nodes.end)
    }

    /// The innermost element that holds both.
    pub(super) fn shared(&self, one: usize, other: usize) -> usize {
        let (mut one, mut other) = (one, other);
        while one != other {
            // An element comes behind those it stands in.
            if one > other {
                one = self.nodes[one].parent;
            } else {
                other = self.nodes[other].parent;
            }
        }
        one
    }

    /// An element and those round it, from the innermost on.
    pub(super) fn upwards(&self, node: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(node), |at| Some(self.nodes[*at].parent).filter(|_| *at > 0))
    }
}
