//! The door to HTML: says what each element means to the page.
//!
//! Nothing but this file sees elements and attributes. Unknown elements are as if they were not there, and
//! their text stays.

use dom_query::{Document, Element, NodeData, NodeRef};

use super::Role;
use super::block::{Block, Gap};
use super::builder::Builder;
use super::links::{Href, Links};
use super::script::Script;
use crate::model::{CleanHtml, PixelSize, Url};

/// The greatest height of a picture that stands in a line of words, in pixels: signs, icons, smileys.
const SIGN_HEIGHT: u32 = 40;

/// Elements that no cell of a table of data holds.
const NOT_IN_DATA: &[&str] = &[
    "table",
    "ul",
    "ol",
    "dl",
    "pre",
    "blockquote",
    "hr",
    "figure",
    "details",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
];

/// Reads the blocks of a text in order.
///
/// Links to the page's own address lead to places of the text.
pub(super) fn read(
    body: &CleanHtml,
    own: Option<&Url>,
    has_colours: bool,
    raised: u8,
    links: &mut Links,
) -> Vec<Block> {
    let document = Document::fragment(body.as_str());
    let root = document.root();
    let builder = Builder::new(links).with_raised_headings(raised);
    let mut builder = if has_colours { builder.with_colours() } else { builder };
    let mut next = root.first_child();
    while let Some(node) = next {
        enter(&mut builder, node, own);
        next = node.first_child().or_else(|| climb(&mut builder, node, root));
    }
    builder.finish()
}

/// Tells by how many levels the headings of a text stand too low: where it begins with `<h4>`, that is its second level.
pub(super) fn raised(body: &CleanHtml) -> u8 {
    let has = |level: &u8| {
        body.as_str().contains(["<h1", "<h2", "<h3", "<h4", "<h5", "<h6"][usize::from(*level) - 1])
    };
    (1..=6).find(has).map_or(0, |top: u8| top.saturating_sub(2))
}

/// Leaves a node and all those it ends, up to one that has a node after it.
fn climb<'t>(builder: &mut Builder, from: NodeRef<'t>, root: NodeRef<'t>) -> Option<NodeRef<'t>> {
    let mut node = from;
    loop {
        if node.is_element() {
            builder.leave();
        }
        if let Some(next) = node.next_sibling() {
            return Some(next);
        }
        node = node.parent().filter(|parent| parent.id != root.id)?;
    }
}

fn enter(builder: &mut Builder, node: NodeRef, own: Option<&Url>) {
    if let Some(element) = node.element_ref() {
        builder.enter();
        if let Some(id) = element.attr("id") {
            builder.id(&id);
        }
        let name: &str = &element.name.local;
        if !open_block(builder, node, &element, name) {
            open_inline(builder, &element, name, own);
        }
        if let Some(class) = element.attr("class") {
            builder.language(class.trim_start_matches("language-").trim_start_matches("lang-"));
        }
        return;
    }
    node.query(|node| {
        if let NodeData::Text { contents } = &node.data {
            builder.text(contents);
        }
    });
}

fn open_block(builder: &mut Builder, node: NodeRef, element: &Element, name: &str) -> bool {
    match name {
        "table" if is_data(node) => builder.table(),
        "p" | "figure" | "details" | "dl" | "table" => builder.block(Gap::Blank),
        "div" | "section" | "article" => builder.block(Gap::Line),
        "h1" => builder.heading_of_level(1),
        "h2" => builder.heading_of_level(2),
        "h3" => builder.heading_of_level(3),
        "h4" => builder.heading_of_level(4),
        "h5" => builder.heading_of_level(5),
        "h6" => builder.heading_of_level(6),
        "summary" => builder.summary(),
        "dt" => builder.heading(Gap::Line, Role::Body),
        "dd" => builder.indented(2),
        "blockquote" => builder.quote(),
        "ul" => builder.list(None, 0),
        "ol" => builder.list(number(element, "start").or(Some(1)), items(node)),
        "li" => builder.item(number(element, "value")),
        "pre" => builder.code_block(),
        "hr" => builder.rule(),
        "figcaption" => builder.caption(Gap::Blank),
        "caption" => builder.caption(Gap::Line),
        "tr" => builder.row(),
        "td" | "th" => open_cell(builder, element, name),
        _ => return false,
    }
    true
}

fn open_inline(builder: &mut Builder, element: &Element, name: &str, own: Option<&Url>) {
    match name {
        "a" => {
            if let Some(href) = href(element, own) {
                builder.link(href);
            }
        }
        "img" => open_image(builder, element),
        "br" => builder.line_break(),
        "strong" | "b" => builder.restyle(|style| style.strong = true),
        "em" | "i" | "cite" | "var" => builder.restyle(|style| style.emphasis = true),
        "del" | "s" => builder.restyle(|style| style.strikeout = true),
        "code" | "kbd" | "samp" => builder.inline(Role::Code),
        "mark" => builder.inline(Role::Mark),
        "sup" => builder.script(Script::Super),
        "sub" => builder.script(Script::Sub),
        "q" => builder.surround("“", "”"),
        "rt" => builder.surround("(", ")"),
        "rp" => builder.hide(),
        _ => {}
    }
}

fn open_cell(builder: &mut Builder, element: &Element, name: &str) {
    let span = |name| number(element, name).and_then(|span| usize::try_from(span).ok());
    let columns = span("colspan").unwrap_or(1);
    builder.cell(name == "th", columns, span("rowspan").unwrap_or(1));
}

fn open_image(builder: &mut Builder, element: &Element) {
    let alt = element.attr("alt").unwrap_or_default();
    let alt = alt.trim();
    if is_emoji(alt) {
        return builder.text(alt);
    }
    if is_formula(alt) {
        return builder.sign(alt);
    }
    let url = address(element, "src");
    if url.is_none() && !alt.is_empty() && builder.is_in_link() {
        // So come embeds, and so show browsers them: there is nothing to see but the link.
        return builder.text(alt);
    }
    let label = match (alt, url.as_ref().and_then(file_name)) {
        ("", None) => "[image]".to_owned(),
        ("", Some(name)) => format!("[image: {name}]"),
        (alt, _) => format!("[image: {alt}]"),
    };
    let stated = stated_size(element);
    match stated {
        Some(size) if size.height <= SIGN_HEIGHT && alt.is_empty() && !builder.is_in_link() => {}
        Some(size) if size.height <= SIGN_HEIGHT => builder.sign(&label),
        _ => builder.image(&label, url, stated),
    }
}

fn stated_size(element: &Element) -> Option<PixelSize> {
    let side = |name| number(element, name).and_then(|side| u32::try_from(side).ok());
    PixelSize::new(side("width")?, side("height")?)
}

/// Tells whether a picture's text is a character that blogs draw as a picture.
fn is_emoji(alt: &str) -> bool {
    let is_sign = |c: char| !c.is_ascii() && !c.is_alphanumeric();
    !alt.is_empty() && alt.chars().count() <= 8 && alt.chars().all(is_sign)
}

/// Tells whether a picture's text is a formula in TeX, which the picture shows among the words.
fn is_formula(alt: &str) -> bool {
    let is_command = |(at, _): (usize, &str)| alt[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
    alt.starts_with(['{', '\\', '$']) && alt.match_indices('\\').any(is_command)
}

fn file_name(url: &Url) -> Option<String> {
    let name = url.path_segments()?.rfind(|part| !part.is_empty())?;
    Some(name.to_owned())
}

fn address(element: &Element, name: &str) -> Option<Url> {
    Url::parse(&element.attr(name)?).ok()
}

/// Reads where a link leads: a part of the same text, or an address.
fn href(element: &Element, own: Option<&Url>) -> Option<Href> {
    let value = element.attr("href")?;
    if let Some(id) = value.strip_prefix('#') {
        return (!id.is_empty()).then(|| Href::Id(id.to_owned()));
    }
    let url = Url::parse(&value).ok()?;
    match (url.fragment(), own) {
        (Some(id), Some(own)) if is_same_page(&url, own) => Some(Href::Id(id.to_owned())),
        _ => Some(Href::Web(url)),
    }
}

fn is_same_page(one: &Url, other: &Url) -> bool {
    let bare = |url: &Url| {
        let mut url = url.clone();
        url.set_fragment(None);
        url
    };
    bare(one) == bare(other)
}

fn number(element: &Element, name: &str) -> Option<i64> {
    element.attr(name)?.trim().parse().ok()
}

fn items(list: NodeRef) -> usize {
    let children = list.children_it(false);
    children.filter(|child| child.has_name("li")).count()
}

/// Tells whether a table holds data, and is not there to place things on a page.
fn is_data(table: NodeRef) -> bool {
    let mut rows = 0;
    let mut cells = 0;
    let mut widest = 0;
    for node in table.descendants_it() {
        let Some(element) = node.element_ref() else {
            continue;
        };
        match &*element.name.local {
            "tr" => {
                rows += 1;
                cells = 0;
            }
            "td" | "th" => {
                cells += 1;
                widest = widest.max(cells);
            }
            name if NOT_IN_DATA.contains(&name) => return false,
            _ => {}
        }
    }
    rows > 1 && widest > 1
}
