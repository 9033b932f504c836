//! The head of a page: title, and what is told about the article.

use jiff::tz::TimeZone;

use super::block::{Block, Gap};
use super::run::Run;
use super::{Role, Style};
use crate::model::Article;

/// Makes the title and the line below it.
pub(super) fn head(article: &Article, minutes: u32, zone: &TimeZone) -> Vec<Block> {
    let title = paragraph(Gap::Blank, &article.title, Style::strong(Role::Title));
    let about = about(article, minutes, zone);
    let about = paragraph(Gap::Line, &about, Style::of(Role::Meta));
    vec![title, about]
}

/// Makes the lines that stand between the head and the text.
pub(super) fn standfirst(article: &Article) -> Option<Block> {
    let stressed = Style { emphasis: true, ..Style::default() };
    article.standfirst.as_deref().map(|text| paragraph(Gap::Blank, text, stressed))
}

/// Makes what stands in place of a text that is empty.
pub(super) fn no_text(has_link: bool) -> Block {
    let said = if has_link {
        "No text came with this entry. Press x to fetch its page, o to open it."
    } else {
        "No text came with this entry."
    };
    paragraph(Gap::Blank, said, Style::of(Role::Meta))
}

/// Drops the first heading of a text if it says the title once more.
pub(super) fn drop_repeated_title(text: &mut Vec<Block>, title: &str) {
    let is_heading = |block: &Block| {
        let spans = block.spans();
        spans.first().is_some_and(|span| span.style.role.is_heading())
    };
    let Some(first) = text.iter().position(is_heading) else {
        return;
    };
    let heading: String = text[first].spans().iter().map(|span| span.text.as_str()).collect();
    if bare(&heading) == bare(title) {
        text.remove(first);
    }
}

/// Makes a paragraph of text that is no HTML.
pub(super) fn paragraph(gap: Gap, text: &str, style: Style) -> Block {
    let mut run = Run::default();
    run.text(text, style, None);
    Block::paragraph(gap, run.take())
}

/// Tells of the article; a date and a number of minutes are not broken between lines.
fn about(article: &Article, minutes: u32, zone: &TimeZone) -> String {
    let authors = article.authors.join(", ");
    let date = article.published.map(|time| {
        let local = time.to_zoned(zone.clone());
        local.strftime("%-d\u{a0}%b\u{a0}%Y, %H:%M").to_string()
    });
    let text = if article.has_other { article.text.label().replace(' ', "\u{a0}") } else { String::new() };
    let parts =
        [article.outlet.clone(), authors, date.unwrap_or_default(), format!("{minutes}\u{a0}min"), text];
    let told: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    told.join(" · ")
}

fn bare(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
