//! The text of an article with its markup: the page without all elements that hold nothing of the article.
//!
//! Pictures, films and players stay where they stand between the article's blocks, with their captions.

use dom_query::{Document, Element, NodeData, NodeId, NodeRef};
use std::collections::HashSet;

use super::page::{Block, Media, Page};
use super::tag::Tag;
use crate::html::escape;

/// Captions are shorter, in words.
const MAX_CAPTION: usize = 120;

/// Longer values of attributes are no addresses.
const MAX_VALUE: usize = 4_000;

/// Writes the blocks that are kept as HTML that is not yet safe.
pub(super) fn body(document: &Document, page: &Page, kept: &[bool]) -> String {
    let (Some(center), Some(first), Some(last)) =
        (center(page, kept), kept.iter().position(|kept| *kept), kept.iter().rposition(|kept| *kept))
    else {
        return String::new();
    };
    // What stands right above the first block or below the last one is the article's too, if it stands in the same element.
    let reach = first..=last + 1;
    let mut live = Live::default();
    let blocks = page.blocks.iter().zip(kept).filter(|(_, kept)| **kept);
    for piece in blocks.flat_map(|(block, _)| &block.pieces) {
        live.keep(document, *piece);
    }
    let mut figures = HashSet::new();
    let near = page.media.iter().filter(|media| reach.contains(&media.block));
    for media in near.filter(|media| is_shown(page, media, center)) {
        live.keep(document, media.id);
        live.whole.insert(media.id);
        figures.extend(figure(page, media.node));
    }
    for caption in figures.into_iter().flat_map(|figure| captions(page, figure, kept)) {
        caption.pieces.iter().for_each(|piece| live.keep(document, *piece));
    }
    document.tree.get(&page.nodes[center].id).map(|root| write(root, &live)).unwrap_or_default()
}

/// The innermost element that holds all kept blocks.
fn center(page: &Page, kept: &[bool]) -> Option<usize> {
    let mut blocks = page.blocks.iter().zip(kept).filter(|(_, kept)| **kept).map(|(block, _)| block.node);
    let first = blocks.next()?;
    Some(blocks.fold(first, |center, node| page.shared(center, node)))
}

fn is_shown(page: &Page, media: &Media, center: usize) -> bool {
    page.subtree(center).contains(&media.node)
        && !page
            .upwards(media.node)
            .take_while(|node| *node != center)
            .any(|node| page.nodes[node].marks.is_beside())
}

/// The nearest figure round something.
fn figure(page: &Page, node: usize) -> Option<usize> {
    page.upwards(node).take(6).find(|node| page.nodes[*node].tag == Tag::Figure)
}

fn captions<'p>(page: &'p Page, figure: usize, kept: &[bool]) -> impl Iterator<Item = &'p Block> {
    let blocks = page.blocks_in(figure).filter(|at| !kept[*at]).map(|at| &page.blocks[at]);
    blocks.filter(|block| block.letters < MAX_CAPTION * 6)
}

/// The nodes that are written.
#[derive(Default)]
struct Live {
    /// Text and elements that hold any of it.
    nodes: HashSet<NodeId>,
    /// Elements that are written with all that is in them.
    whole: HashSet<NodeId>,
}

impl Live {
    fn keep(&mut self, document: &Document, id: NodeId) {
        let mut next = Some(id);
        while let Some(id) = next.filter(|id| self.nodes.insert(*id)) {
            next = document.tree.get(&id).and_then(|node| node.parent()).map(|parent| parent.id);
        }
    }
}

fn write(root: NodeRef<'_>, live: &Live) -> String {
    let mut html = String::new();
    // A node, and whether it is to be closed.
    let mut todo = vec![(root, false)];
    while let Some((node, is_end)) = todo.pop() {
        if is_end {
            if let Some(element) = node.element_ref() {
                html.extend(["</", &element.name.local, ">"]);
            }
            continue;
        }
        if let Some(text) = text_of(&node) {
            if live.nodes.contains(&node.id) {
                html.push_str(&escape(&text));
            } else if text.chars().all(char::is_whitespace) {
                html.push_str(&text);
            }
            continue;
        }
        let Some(element) = node.element_ref() else {
            continue;
        };
        let tag = Tag::named(&element.name.local);
        if live.whole.contains(&node.id) {
            html.push_str(&node.html());
        } else if live.nodes.contains(&node.id) {
            open(&element, &mut html);
            todo.push((node, true));
            todo.extend(node.children().into_iter().rev().map(|child| (child, false)));
        } else if matches!(tag, Tag::Br | Tag::Td | Tag::Th) {
            // Lines stay apart, and cells in their columns.
            html.extend(["<", &element.name.local, ">"]);
        }
    }
    html
}

fn text_of(node: &NodeRef<'_>) -> Option<String> {
    node.query(|data| match &data.data {
        NodeData::Text { contents } => Some(contents.to_string()),
        _ => None,
    })
    .flatten()
}

fn open(element: &Element, html: &mut String) {
    html.push('<');
    html.push_str(&element.name.local);
    for attribute in element.attrs.iter().filter(|attribute| attribute.value.len() < MAX_VALUE) {
        html.extend([" ", &attribute.name.local, "=\"", &escape(&attribute.value), "\""]);
    }
    html.push('>');
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks that begin with "Text" are kept.
    #[track_caller]
    fn check(html: &str, expected: &str) {
        let document = Document::from(format!("<body>{html}").as_str());
        let page = Page::read(&document);
        let kept: Vec<bool> = page.blocks.iter().map(|block| block.text.starts_with("Text")).collect();
        assert_eq!(body(&document, &page, &kept), expected, "{html}");
    }

    #[test]
    fn kept_blocks_stay_with_their_markup_and_others_go() {
        check(
            "<main><p>Text <b>one</b> &lt;1.</p><p>Share</p><ul><li>Text <a href='/?a&amp;b'>two</a></ul></main>",
            "<main><p>Text <b>one</b> &lt;1.</p><ul><li>Text <a href=\"/?a&amp;b\">two</a></li></ul></main>",
        );
        check("<p>Share</p>", "");
    }

    #[test]
    fn pictures_between_blocks_stay_with_their_captions() {
        check(
            "<p>Text one.</p><figure><img src=a><figcaption>Wet.</figcaption></figure><p>Text two.</p>",
            "<body><p>Text one.</p><figure><img src=\"a\"><figcaption>Wet.</figcaption></figure><p>Text two.</p></body>",
        );
    }

    #[test]
    fn pictures_of_boxes_and_far_away_go() {
        check(
            "<img src=a><p>Menu<p>Text one.</p><div class=related><img src=b></div><p>Text two.</p><p>Share</p><img src=c>",
            "<body><p>Text one.</p><p>Text two.</p></body>",
        );
    }

    #[test]
    fn lines_stay_apart_and_cells_in_their_columns() {
        check(
            "<div>Text one<br>goes on.<br><br>Share<br><br>Text two.</div>",
            "<div>Text one<br>goes on.<br><br><br><br>Text two.</div>",
        );
        check("<table><tr><td>Text<td><td>3</table>", "<tr><td>Text</td><td><td>3</td></tr>");
    }
}
