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
    /// The first element behind it and all in it.
    end: usize,
    /// The first block in it, and the first behind those in it.
    blocks: (usize, usize),
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
        let mut page = Reader::read(document);
        page.mark_ends();
        page
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
        node..self.nodes[node].end
    }

    /// The blocks in an element; empty if it holds no text of its own, such as one that is only part of a block.
    pub(super) fn blocks_in(&self, node: usize) -> Range<usize> {
        let (start, end) = self.nodes[node].blocks;
        start..end
    }

    /// Marks where each element ends, and which blocks it holds.
    fn mark_ends(&mut self) {
        for (at, block) in self.blocks.iter().enumerate() {
            let (start, end) = &mut self.nodes[block.node].blocks;
            (*start, *end) = (if start == end { at } else { *start }, at + 1);
        }
        // Elements come behind those they stand in.
        for at in (0..self.nodes.len()).rev() {
            let end = self.nodes[at].end.max(at + 1);
            let (first, last) = self.nodes[at].blocks;
            self.nodes[at].end = end;
            if at > 0 {
                let outer = self.nodes[at].parent;
                let outer = &mut self.nodes[outer];
                outer.end = outer.end.max(end);
                if first < last {
                    let (start, end) = outer.blocks;
                    outer.blocks =
                        if start < end { (start.min(first), end.max(last)) } else { (first, last) };
                }
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Page {
        Page::read(&Document::from(format!("<body>{body}").as_str()))
    }

    #[track_caller]
    fn check(body: &str, expected: &[&str]) {
        let page = read(body);
        let texts: Vec<&str> = page.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, expected, "{body}");
    }

    fn find(page: &Page, tag: Tag) -> usize {
        page.nodes.iter().position(|node| node.tag == tag).expect("the page has such an element")
    }

    #[test]
    fn a_block_is_what_stands_on_lines_of_its_own() {
        check(
            "<h1>Rain</h1><p>It <b>rained</b> on\nhills.<p>And <i>snowed</i>.",
            &["Rain", "It rained on hills.", "And snowed."],
        );
        check("before<div>in</div>behind", &["before", "in", "behind"]);
        check("<ul><li>one<li>two</ul>", &["one", "two"]);
        check("<p> \n <p>&nbsp;<p>text", &["text"]);
    }

    #[test]
    fn one_line_break_parts_lines_and_two_part_blocks() {
        check("one<br>two<br><br>three<br> <br>four", &["one\ntwo", "three", "four"]);
    }

    #[test]
    fn short_cells_of_a_row_are_one_block_and_long_ones_are_their_own() {
        let row = |cell: &str| format!("<table><tr><td>Hill<td>{cell}<tr><td>Dale<td>3</table>");
        check(&row("12 mm"), &["Hill 12 mm", "Dale 3"]);
        let long = "Rain ".repeat(30);
        check(&row(&long), &["Hill", long.trim(), "Dale 3"]);
    }

    #[test]
    fn what_is_hidden_or_no_text_is_not_there() {
        for hidden in [
            "<p hidden>x",
            "<p style='color: red; Display : none'>x",
            "<p style=visibility:hidden>x",
            "<script>x</script>",
            "<style>x</style>",
            "<template>x</template>",
        ] {
            check(&format!("<p>shown</p>{hidden}"), &["shown"]);
        }
    }

    #[test]
    fn letters_are_counted_as_they_are_set() {
        let page = read("<p>It <a href=/>rai<b>ned</b></a> on <strong>hills</strong> <time>today</time></p>");
        let block = &page.blocks[0];
        assert_eq!((block.letters, block.linked, block.bold, block.links), (20, 6, 8, 1));
        assert!(block.has_time);
    }

    #[test]
    fn pictures_stand_before_the_block_that_comes_next_and_signs_are_none() {
        let page = read("<p>one<img src=a><p>two<img width=12 src=b><p>three");
        let follows: Vec<bool> = page.blocks.iter().map(|block| block.follows_picture).collect();
        assert_eq!(follows, [true, false, false]);
        assert_eq!(page.media.iter().map(|media| media.block).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn elements_hold_their_blocks_and_no_others() {
        let page = read("<main><article>a<p>b</article>c<br><br>d<article>e</article>f</main><p>g");
        let of = |node: usize| page.blocks_in(node);
        let (main, first) = (find(&page, Tag::Main), find(&page, Tag::Article));
        let second = page.nodes.iter().rposition(|node| node.tag == Tag::Article).unwrap();
        assert_eq!([of(0), of(main), of(first), of(second)], [0..7, 0..6, 0..2, 4..5]);
        assert_eq!(page.subtree(first), first..first + 2);
        assert_eq!(page.subtree(0), 0..page.nodes.len());
        assert!(read("<main></main><p>a").blocks_in(1).is_empty());
    }

    #[test]
    fn the_innermost_element_round_two_is_found() {
        let page = read("<main><section><p>a</p></section><p>b</p></main><p>c");
        let at = |block: usize| page.blocks[block].node;
        assert_eq!(page.shared(at(0), at(1)), find(&page, Tag::Main));
        assert_eq!(page.shared(at(0), at(2)), 0);
        assert_eq!(page.shared(at(0), at(0)), at(0));
    }

    #[test]
    fn a_page_without_structure_is_flat() {
        assert!(read(&"<p>All lines are alike.".repeat(10)).is_flat());
        assert!(!read(&"<p>All lines are <a href=/>alike</a>.".repeat(10)).is_flat());
        assert!(!read(&"<div class=a><p>One.</div><div class=b><span>Two.</div>".repeat(5)).is_flat());
    }

    #[test]
    fn a_page_of_endless_depth_is_read() {
        let page = read(&"<div>a".repeat(1_000));
        assert!(page.blocks.len() > 100);
    }
}
