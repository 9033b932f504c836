//! Walks through a document and cuts it into blocks.

use dom_query::{Document, Element, NodeData, NodeId, NodeRef};

use super::super::tag::{Tag, Tags};
use super::super::words::{Marks, Names};
use super::{Block, Media, Node, Page};

/// Pages with more elements, blocks or pictures are cut off there.
const MAX_NODES: usize = 100_000;
const MAX_BLOCKS: usize = 10_000;
const MAX_MEDIA: usize = 10_000;

/// Cells of a row that have more letters are blocks of their own.
const MAX_CELL: usize = 80;

#[derive(Default)]
pub(super) struct Reader {
    names: Names,
    nodes: Vec<Node>,
    blocks: Vec<Block>,
    media: Vec<Media>,
    /// The elements that are open, from the outermost on.
    open: Vec<usize>,
    /// How many blocks there were when each open row of a table began.
    rows: Vec<usize>,
    run: Run,
    has_picture: bool,
}

/// The text since the last block ended.
#[derive(Default)]
struct Run {
    text: String,
    pieces: Vec<NodeId>,
    node: Option<usize>,
    letters: usize,
    linked: usize,
    bold: usize,
    links: usize,
    breaks: usize,
    has_time: bool,
}

impl Reader {
    /// Reads the blocks of a document.
    pub(super) fn read(document: &Document) -> Page {
        let mut reader = Reader::default();
        let root = document.body().unwrap_or_else(|| document.root());
        let mut next = reader.enter(root);
        while let Some(node) = next {
            next = reader.enter(node).or_else(|| reader.climb(node, root.id));
        }
        reader.end_block();
        Page { nodes: reader.nodes, blocks: reader.blocks, media: reader.media }
    }

    /// Goes into a node; gives the first one in it, if there is any to go into.
    fn enter<'t>(&mut self, node: NodeRef<'t>) -> Option<NodeRef<'t>> {
        let Some(element) = node.element_ref() else {
            if !self.open.is_empty() {
                node.query(|data| {
                    if let NodeData::Text { contents } = &data.data {
                        self.text(contents, node.id);
                    }
                });
            }
            return None;
        };
        let tag = Tag::named(&element.name.local);
        let is_full = self.nodes.len() >= MAX_NODES || self.blocks.len() >= MAX_BLOCKS;
        if tag.is_media() && !is_icon(&element) && self.media.len() < MAX_MEDIA && !is_full {
            self.has_picture = true;
            let block = self.blocks.len() + usize::from(self.run.letters > 0);
            self.media.push(Media { id: node.id, node: self.open.last().copied().unwrap_or(0), block });
        }
        if tag.is_silent() || is_hidden(&element) || is_full {
            return None;
        }
        if tag == Tag::Br {
            self.line_break();
            return None;
        }
        if tag.is_block() {
            self.end_block();
        }
        self.open(tag, &element, node.id);
        node.first_child().or_else(|| {
            self.close();
            None
        })
    }

    /// Leaves a node and those it ends, up to one that has another behind it.
    fn climb<'t>(&mut self, from: NodeRef<'t>, root: NodeId) -> Option<NodeRef<'t>> {
        let mut node = from;
        loop {
            if node.id == root {
                return None;
            }
            if let Some(next) = node.next_sibling() {
                return Some(next);
            }
            node = node.parent()?;
            self.close();
        }
    }

    fn open(&mut self, tag: Tag, element: &Element, id: NodeId) {
        let parent = self.open.last().copied();
        let at = self.nodes.len();
        let outer = parent.map(|parent| &self.nodes[parent]);
        let mut marks = Marks::default();
        for attribute in element.attrs.iter().filter(|attribute| NAMED.contains(&&*attribute.name.local)) {
            marks = marks | self.names.read(&attribute.value);
        }
        let depth = outer.map_or(0, |outer| outer.depth + 1);
        let around = outer.map_or(Tags::default(), |outer| outer.around).with(tag);
        let block = if tag.is_block() { at } else { outer.map_or(at, |outer| outer.block) };
        let (look, path) = match outer {
            Some(outer) if !tag.is_block() => (outer.look, outer.path),
            Some(outer) => {
                let class = element.attrs.iter().find(|attribute| &*attribute.name.local == "class");
                let own = hash(0, tag, class.map_or("", |class| &class.value));
                // The last three blocks: older ones are shifted out.
                ((outer.look << 21) ^ (own & 0x1f_ffff), hash(outer.path, tag, ""))
            }
            None => (0, 0),
        };
        self.nodes.push(Node {
            parent: parent.unwrap_or(0),
            depth,
            tag,
            marks,
            around,
            block,
            look,
            path,
            id,
            end: 0,
            blocks: (0, 0),
        });
        self.open.push(at);
        match tag {
            Tag::A => self.run.links += 1,
            Tag::Time => self.run.has_time = true,
            Tag::Tr => self.rows.push(self.blocks.len()),
            _ => {}
        }
    }

    fn close(&mut self) {
        let Some(at) = self.open.pop() else {
            return;
        };
        let tag = self.nodes[at].tag;
        if tag.is_block() {
            self.end_block_in(at);
        }
        if tag == Tag::Tr
            && let Some(first) = self.rows.pop()
        {
            self.join_cells(first, at);
        }
    }

    /// Makes one block of the cells of a row, if they are short.
    fn join_cells(&mut self, first: usize, row: usize) {
        let cells = &self.blocks[first..];
        if cells.len() < 2 || cells.iter().any(|cell| cell.letters > MAX_CELL) {
            return;
        }
        let mut cells = self.blocks.drain(first..);
        let Some(mut joined) = cells.next() else {
            return;
        };
        for cell in cells {
            joined.text.push(' ');
            joined.text.push_str(&cell.text);
            joined.pieces.extend(cell.pieces);
            joined.letters += cell.letters;
            joined.linked += cell.linked;
            joined.bold += cell.bold;
            joined.links += cell.links;
            joined.has_time |= cell.has_time;
            joined.follows_picture |= cell.follows_picture;
        }
        joined.text = joined.text.replace('\n', " ");
        joined.node = row;
        self.blocks.push(joined);
    }

    fn text(&mut self, text: &str, id: NodeId) {
        let Some(&at) = self.open.last() else {
            return;
        };
        let letters = text.chars().filter(|c| !c.is_whitespace()).count();
        if letters == 0 {
            self.run.text.push_str(if text.is_empty() { "" } else { " " });
            return;
        }
        let around = self.nodes[at].around;
        if around.has(Tag::Pre) || !text.contains('\n') {
            self.run.text.push_str(text);
        } else {
            // A line end here is a space; lines are parted by their elements.
            self.run.text.extend(text.split('\n').flat_map(|part| [part, " "]));
        }
        self.run.pieces.push(id);
        self.run.node.get_or_insert(self.nodes[at].block);
        self.run.letters += letters;
        self.run.breaks = 0;
        if around.has(Tag::A) {
            self.run.linked += letters;
        }
        if around.has(Tag::B) || around.has(Tag::Strong) {
            self.run.bold += letters;
        }
    }

    fn line_break(&mut self) {
        self.run.breaks += 1;
        self.run.text.push('\n');
        if self.run.breaks > 1 {
            self.end_block();
        }
    }

    fn end_block(&mut self) {
        if let Some(&at) = self.open.last() {
            self.end_block_in(at);
        }
    }

    fn end_block_in(&mut self, at: usize) {
        let run = std::mem::take(&mut self.run);
        let text = clean_lines(&run.text);
        if run.letters == 0 || text.is_empty() {
            return;
        }
        self.blocks.push(Block {
            text,
            node: run.node.unwrap_or(at),
            pieces: run.pieces,
            letters: run.letters,
            linked: run.linked,
            bold: run.bold,
            links: run.links,
            has_time: run.has_time,
            follows_picture: std::mem::take(&mut self.has_picture),
        });
    }
}

/// The attributes whose names tell what an element is for.
const NAMED: [&str; 6] = ["class", "id", "role", "itemprop", "data-testid", "aria-label"];

fn clean_lines(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for line in text.lines().map(crate::html::clean_line).filter(|line| !line.is_empty()) {
        if !clean.is_empty() {
            clean.push('\n');
        }
        clean.push_str(&line);
    }
    clean
}

/// Tells whether a picture is no more than a sign.
fn is_icon(element: &Element) -> bool {
    let is_small = |side: &str| {
        let value = element.attr(side);
        value
            .and_then(|value| value.trim().trim_end_matches("px").parse().ok())
            .is_some_and(|size: u32| size < 40)
    };
    is_small("width") || is_small("height")
}

fn is_hidden(element: &Element) -> bool {
    element.attr("hidden").is_some() || element.attr("style").is_some_and(|style| crate::html::hides(&style))
}

fn hash(seed: u64, tag: Tag, class: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64_with_seed(
        class.as_bytes(),
        seed.wrapping_mul(0x9e37_79b9) ^ u64::from(tag.number()),
    )
}
