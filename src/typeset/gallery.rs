//! Whole pages: HTML in, pictures of lines out.
//!
//! A picture shows text that is no plain body between tags of its role; what is drawn stands untagged.

mod bodies;
mod constructs;
mod heads;
mod properties;

use super::{Calendar, Canvas, Line, Page, Role, Span, Target, typeset};
use crate::html;
use crate::model::{Article, EntryId, Status, Text};

/// Makes an article of HTML as it is received.
pub(super) fn article(body: &str) -> Article {
    Article {
        entry: EntryId(1),
        feed: crate::model::FeedId(1),
        title: "Talks resume".to_owned(),
        outlet: "The Outlet".to_owned(),
        authors: Vec::new(),
        published: None,
        link: None,
        status: Status::default(),
        labels: crate::model::Labels::default(),
        enclosures: Vec::new(),
        comments: None,
        standfirst: None,
        body: html::clean(body, None),
        text: Text::Feed,
        lead_image: None,
        tags: Vec::new(),
        has_other: false,
    }
}

fn page(article: &Article, width: u16) -> Page {
    typeset(article, width, &Calendar::utc())
}

/// Draws what is below the head.
fn picture(body: &str, width: u16) -> Vec<String> {
    let page = page(&article(body), width);
    let head = page.lines().iter().position(|line| line.spans.is_empty());
    let text = &page.lines()[head.expect("a blank line parts head and text") + 1..];
    text.iter().map(line_picture).collect()
}

fn line_picture(line: &Line) -> String {
    line.spans.iter().map(span_picture).collect()
}

fn span_picture(span: &Span) -> String {
    let style = span.style;
    let role = format!("{:?}", style.role).to_lowercase();
    let is_bold = style.role.is_heading() || matches!(style.role, Role::Title | Role::TableHead);
    let tags = [
        (role.as_str(), style.role != Role::Body && !style.role.is_drawing()),
        ("b", style.strong && !is_bold),
        ("i", style.emphasis),
        ("s", style.strikeout),
    ];
    let worn = tags.iter().rev().filter(|(_, is_worn)| *is_worn);
    worn.fold(span.text.clone(), |text, (tag, _)| format!("<{tag}>{text}</{tag}>"))
}
