//! The head of a page: title, and what is told about the article.

use super::block::{Block, Content, Figure, Gap};
use super::calendar::Calendar;
use super::paragraph::Paragraph;
use super::run::Run;
use super::{Role, Style};
use crate::model::{Article, Url};

/// More tags are those of machines.
const MOST_TAGS: usize = 8;

/// What stands for no tag.
const UNTAGGED: &[&str] = &["uncategorized", "uncategorised"];

/// Makes the title and the lines below it.
pub(super) fn head(article: &Article, minutes: u32, calendar: &Calendar) -> Vec<Block> {
    let title = paragraph(Gap::Blank, &article.title, Style::strong(Role::Title));
    let about = about(article, minutes, calendar);
    let about = paragraph(Gap::Line, &about, Style::of(Role::Meta));
    let tags = tags(article).map(|tags| paragraph(Gap::Line, &tags, Style::of(Role::Meta)));
    [title, about].into_iter().chain(tags).collect()
}

/// Writes the reader's own tags and what the feed files an article under; a tag of several words is not broken between lines.
fn tags(article: &Article) -> Option<String> {
    let is_tag = |tag: &&String| !tag.trim().is_empty() && !UNTAGGED.contains(&tag.to_lowercase().as_str());
    let own = article.labels.tags.iter();
    let tags = own.chain(article.tags.iter().filter(is_tag).take(MOST_TAGS));
    let tags: Vec<String> = tags.map(|tag| format!("#{}", tag.trim().replace(' ', "\u{a0}"))).collect();
    (!tags.is_empty()).then(|| tags.join(" "))
}

/// Makes the lines that stand between the head and the text.
pub(super) fn standfirst(article: &Article) -> Option<Block> {
    let stressed = Style { emphasis: true, ..Style::default() };
    article.standfirst.as_deref().map(|text| paragraph(Gap::Blank, text, stressed))
}

/// Makes the picture that leads the article, unless its text shows it or begins with another. No words stand for it.
pub(super) fn lead_image(article: &Article, text: &[Block]) -> Option<Block> {
    let url = article.lead_image.as_ref()?;
    let begins = |block: &&Block| matches!(block.content, Content::Picture(_) | Content::Text(_));
    let is_first = matches!(text.iter().find(begins)?.content, Content::Picture(_));
    if is_first || is_shown(url, article.body.as_str()) {
        return None;
    }
    let figure = Figure { url: url.clone(), stated: None, label: Paragraph::of(Vec::new()) };
    Some(Block::of(Gap::Blank, Content::Picture(figure)))
}

/// Tells whether a text shows a picture, by its name without what tells of its size: `rain-1024x576.jpg`.
fn is_shown(url: &Url, text: &str) -> bool {
    /// Shorter names are those of many pictures.
    const SHORTEST: usize = 6;
    let Some(name) = url.path_segments().and_then(|mut parts| parts.rfind(|part| !part.is_empty())) else {
        return false;
    };
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    let is_of_size = |c: char| c.is_ascii_digit() || matches!(c, 'x' | '-' | '_' | '@' | 'w' | 'h');
    let bare = name.trim_end_matches(is_of_size);
    let sought = if bare.len() < SHORTEST { name } else { bare };
    sought.len() >= SHORTEST && text.contains(sought) || text.contains(url.path())
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
fn about(article: &Article, minutes: u32, calendar: &Calendar) -> String {
    let authors = article.authors.join(", ");
    let date = article.published.map(|time| calendar.write(time));
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
