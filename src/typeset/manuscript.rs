//! An article as blocks that know no width: read once, set for any width.

use std::collections::HashMap;
use std::sync::Arc;

use super::block::{Block, Content, Gap};
use super::links::{Links, Target};
use super::{Calendar, Canvas, Page, Position, attached, blocks, head, layout, reading_time};
use crate::model::Article;

/// Of longer texts the beginning is set first, in bytes.
const LONG: usize = 60_000;
const BEGINNING: usize = 30_000;

/// An article before it has a width.
#[derive(PartialEq, Default, Debug)]
pub struct Manuscript {
    blocks: Vec<Block>,
    links: Vec<Target>,
    is_whole: bool,
    has_pictures: bool,
}

impl Manuscript {
    /// Reads an article: head, text and attached files.
    pub fn of(article: &Article, calendar: &Calendar) -> Manuscript {
        let mut links = Links::default();
        let text = blocks::read(
            &article.body,
            article.link.as_ref(),
            true,
            blocks::raised(&article.body),
            &mut links,
        );
        Manuscript::put_together(article, text, links, true, calendar)
    }

    /// Reads what can be shown at once of an article that takes longer: the beginning, its code without colours.
    pub fn draft(article: &Article, calendar: &Calendar) -> Option<Manuscript> {
        let body = article.body.as_str();
        let (is_long, has_code) = (body.len() > LONG, body.contains("<pre"));
        if !is_long && !has_code {
            return None;
        }
        let mut links = Links::default();
        let beginning = if is_long { article.body.beginning(BEGINNING) } else { article.body.clone() };
        let raised = blocks::raised(&article.body);
        let mut text = blocks::read(&beginning, article.link.as_ref(), false, raised, &mut links);
        if is_long {
            // The last one may have been cut.
            text.pop();
        }
        (!text.is_empty()).then(|| Manuscript::put_together(article, text, links, !is_long, calendar))
    }

    /// Sets it on a page of so many columns, at least one. Words stand for its pictures.
    pub fn page(self: &Arc<Manuscript>, width: u16) -> Page {
        self.set(width, None)
    }

    /// Sets it on a page of so many columns, at least one. Where there is a canvas, its pictures have room on it.
    pub fn set(self: &Arc<Manuscript>, width: u16, canvas: Option<&Canvas>) -> Page {
        let width = width.max(1);
        Page::new(Arc::clone(self), width, canvas, layout::lines(&self.blocks, width, canvas))
    }

    /// Tells whether there is a picture that could have room on a page.
    pub fn has_pictures(&self) -> bool {
        self.has_pictures
    }

    pub(super) fn links(&self) -> &[Target] {
        &self.links
    }

    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }

    fn put_together(
        article: &Article,
        mut text: Vec<Block>,
        mut links: Links,
        is_whole: bool,
        calendar: &Calendar,
    ) -> Manuscript {
        let minutes = reading_time::minutes(&article.body);
        head::drop_repeated_title(&mut text, &article.title);
        if text.is_empty() {
            text.push(head::no_text(article.link.is_some()));
        }
        text[0].gap = Gap::Blank;
        let mut blocks = head::head(article, minutes, calendar);
        blocks.extend(head::standfirst(article));
        blocks.extend(head::lead_image(article, &text));
        blocks.append(&mut text);
        if is_whole {
            blocks.extend(attached::attached(&article.enclosures, &mut links));
        }
        let links = links.into_targets(&places(&blocks), article.link.as_ref());
        let has_pictures = blocks.iter().any(|block| matches!(block.content, Content::Picture(_)));
        Manuscript { blocks, links, is_whole, has_pictures }
    }
}

/// Finds where the elements with ids stand.
fn places(blocks: &[Block]) -> HashMap<&str, Position> {
    let mut places = HashMap::new();
    let mut position = Position::default();
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 && block.gap == Gap::Blank {
            position = Position { block: position.block + 1, offset: 0 };
        }
        for (id, offset) in &block.ids {
            let offset = position.offset.saturating_add(*offset);
            places.entry(id.as_str()).or_insert(Position { offset, ..position });
        }
        position.offset = position.offset.saturating_add(layout::characters(block.spans()));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::Line;
    use super::super::gallery::article;
    use super::*;

    fn section(number: usize) -> String {
        format!(
            "<h2 id='part{number}'>Part {number}</h2><p>It rained <b>again</b> on <a href='#part9'>hills</a> {number} and\
             {number}0.</p><ul><li>one<li>two</ul><table><tr><td>a<td>{number}<tr><td>c<td>d</table><pre>let a = 1;\n\n</pre>"
        )
    }

    #[test]
    fn the_beginning_of_a_long_text_is_set_like_the_whole() {
        let sections: String = (0..1_000).map(section).collect();
        let article = article(&sections);
        let calendar = Calendar::utc();
        let (beginning, whole) =
            (Manuscript::draft(&article, &calendar), Manuscript::of(&article, &calendar));
        let (beginning, whole) =
            (Arc::new(beginning.expect("it is long")).page(60), Arc::new(whole).page(60));
        assert!(beginning.lines().len() > 500 && beginning.lines().len() < whole.lines().len() / 2);
        let texts = |page: &Page| page.lines().iter().map(Line::text).collect::<Vec<_>>();
        assert_eq!(texts(&beginning), texts(&whole)[..beginning.lines().len()]);
        assert_eq!((beginning.is_whole(), whole.is_whole()), (false, true));
        assert_eq!(Manuscript::draft(&super::super::gallery::article("<p>short"), &calendar), None);
    }

    #[test]
    fn a_link_to_an_id_leads_to_its_line() {
        let sections: String = (0..20).map(section).collect();
        let page = Arc::new(Manuscript::of(&article(&sections), &Calendar::utc())).page(30);
        let [Target::Place(place)] = page.links() else { panic!("{:?}", page.links()) };
        let line = &page.lines()[page.line_at(*place)];
        assert_eq!(line.spans[0].text, "Part 9");
    }

    #[test]
    fn notes_lead_to_their_numbers_and_back() {
        let html = "<p>Rain<sup id=ref1><a href='#note1'>1</a></sup> fell on all of the hills of the land, and more of it.</p>\
                    <p>And<sup><a id=ref2 href='#note2'>2</a></sup>.</p>\
                    <ol><li id=note1>On Monday. <a href='#ref1'>↩</a></li><li id=note2>On Tuesday. <a href='#ref2'>↩</a></li></ol>";
        for width in [10, 30, 60] {
            let page = Arc::new(Manuscript::of(&article(html), &Calendar::utc())).page(width);
            let text = |target: &Target| {
                let Target::Place(place) = target else { panic!("{target:?}") };
                page.lines()[page.line_at(*place)].text()
            };
            let texts: Vec<String> = page.links().iter().map(text).collect();
            let begins = ["1. On", "2. On", "Rain", "And"];
            assert!(
                texts.iter().zip(begins).all(|(text, begin)| text.starts_with(begin)),
                "{width}: {texts:?}"
            );
        }
    }
}
