//! Who wrote an article: the people that the page tells machines of, else those it shows beside the headline.
//!
//! Full names of people come first, from the surest source that has any; then agencies; then single names and
//! those of organisations, which sign what no one else does.

use std::ops::Range;

use super::super::tag::Tag;
use super::name;
use super::organisation::{is_agency, is_nobody, is_organisation};
use super::title::names_site;
use super::view::View;

/// Names of metas that name authors, surest first.
#[rustfmt::skip]
const METAS: [&str; 15] = [
    "author", "byl", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author",
    "sailthru.author", "article:author_name", "creator", "authors", "cxenseparse:author", "og:author",
    "article.author", "dc.contributor",
];

/// Labels of the name itself, and of the line it stands in.
#[rustfmt::skip]
const NAMES: [&str; 8] = [
    " author ", "author-name", "author__name", "author_name", "authorname", "byline-name", "byline__name",
    "byline__author",
];
const LINES: [&str; 4] = ["byline", "author", "contributor", "writer"];

/// Parts of addresses behind which people are.
#[rustfmt::skip]
const PLACES: [&str; 11] = [
    "/author", "/autor", "/profile", "/people/", "/our_people/", "/staff/", "/by/", "/contributor",
    "/journalist", "/writers/", "/reporter",
];

/// Labels of what belongs to other articles or readers.
#[rustfmt::skip]
const BESIDE: [&str; 10] = [
    "related", "comment", "recommend", "popular", "trending", "sidebar", "newsletter", "latest", "teaser",
    "reviewed",
];

/// More names than these are a list of all authors of a site.
const MAX_NAMES: usize = 12;

/// Blocks that lie further apart are not of one byline.
const MAX_DISTANCE: usize = 2;

/// The words that a line which opens with "By" may have, and one that ends with a full stop.
const MAX_LINE: usize = 25;
const MAX_BYLINE: usize = 8;

/// Tells whether an element may name an author, by its labels or its link.
type Sort = fn(&View, usize) -> bool;

/// Where names come from, surest first.
struct Sources {
    /// JSON-LD, then metas.
    told: Vec<Vec<String>>,
    /// The byline at the top: labelled, linked, behind "By", in a labelled line.
    top: Vec<Vec<String>>,
    /// The same at the end.
    end: Vec<Vec<String>>,
}

/// Finds the authors.
pub(super) fn authors(view: &View) -> Vec<String> {
    let sources = sources(view);
    let is_site = |name: &String| names_site(name, &view.site_names);
    let is_full = |name: &String| name::is_full(name) && !is_organisation(name);
    let is_other = |name: &String| !is_nobody(name);
    first(&sources.told, |name| is_full(name) && !is_site(name))
        .or_else(|| first(&sources.top, |name| is_full(name) && !is_site(name)))
        .or_else(|| first(&sources.told, |name| is_agency(name)))
        .or_else(|| first(&sources.top, |name| is_agency(name)))
        .or_else(|| first(&sources.told, is_full))
        .or_else(|| first(&sources.told, |name| is_other(name) && !is_site(name)))
        .or_else(|| first(&sources.top[..3], |name| is_other(name) && !is_site(name)))
        .or_else(|| first(&sources.end, |name| is_full(name) && !is_site(name)))
        .or_else(|| first(&sources.told, is_other))
        .unwrap_or_default()
}

/// Tells whether a paragraph is the byline: opens with "By", names an author, and is no sentence about one.
pub(in super::super) fn is_byline(text: &str, is_sentence: bool, authors: &[String]) -> bool {
    let count = text.split_whitespace().count();
    let is_short = if is_sentence { count <= MAX_BYLINE } else { count <= MAX_LINE };
    let names = || {
        let lower = text.to_lowercase();
        authors.iter().any(|author| lower.contains(&author.to_lowercase()))
    };
    is_short && name::without_lead(text).is_some() && names()
}

/// The names of a sort that the first source with any has.
fn first(sources: &[Vec<String>], is_accepted: impl Fn(&String) -> bool) -> Option<Vec<String>> {
    let names = sources
        .iter()
        .map(|names| names.iter().filter(|name| is_accepted(name)).cloned().collect::<Vec<_>>());
    names.into_iter().find(|names| !names.is_empty())
}

fn sources(view: &View) -> Sources {
    let told = view.head.told.authors.iter().flat_map(|text| name::told(&crate::html::plain_text(text)));
    let metas = METAS.iter().map(|name| meta(view, name));
    let end = view.body.end;
    let end = end.saturating_sub(2).max(view.body.start)..(end + 5).min(view.page.blocks.len());
    Sources {
        told: tidy([told.collect()].into_iter().chain(metas)),
        top: shown(view, &view.top()),
        end: shown(view, &end),
    }
}

fn shown(view: &View, range: &Range<usize>) -> Vec<Vec<String>> {
    let of = |sort: Sort| of_elements(view, range, sort);
    let led = led(view, range);
    // Often the first of two has an element or a link of his own.
    let completed = |names: Vec<String>| {
        let is_part = !names.is_empty() && names.iter().all(|name| led.contains(name));
        if is_part { led.clone() } else { names }
    };
    tidy([completed(of(named)), completed(of(linked)), led.clone(), of(lined)])
}

fn tidy(sources: impl IntoIterator<Item = Vec<String>>) -> Vec<Vec<String>> {
    let tidy = |names: Vec<String>| if names.len() > MAX_NAMES { Vec::new() } else { distinct(names) };
    sources.into_iter().map(tidy).collect()
}

fn meta(view: &View, name: &str) -> Vec<String> {
    let values = view.head.metas.iter().filter(|(known, _)| known == name);
    values.flat_map(|(_, text)| name::told(&crate::html::plain_text(text))).collect()
}

/// The names in the first elements of a sort that hold any, and in those beside them.
fn of_elements(view: &View, range: &Range<usize>, sort: Sort) -> Vec<String> {
    let mut names = Vec::new();
    let mut place = None;
    for node in 0..view.page.nodes.len() {
        let at = view.first_block(node, range);
        let Some(at) = at.filter(|_| sort(view, node) && !is_beside(view, node)) else {
            continue;
        };
        let is_far = place.is_some_and(|place: usize| at.abs_diff(place) > MAX_DISTANCE);
        if is_far || names.len() > 10 * MAX_NAMES {
            break;
        }
        let found = name::labelled(&view.text(node));
        if !found.is_empty() {
            place.get_or_insert(at);
            names.extend(found);
        }
    }
    names
}

fn is_beside(view: &View, node: usize) -> bool {
    view.page.upwards(node).take(6).any(|node| view.is_labelled(node, &BESIDE))
}

fn named(view: &View, node: usize) -> bool {
    view.is_labelled(node, &NAMES)
}

fn linked(view: &View, node: usize) -> bool {
    let is_link = view.page.nodes[node].tag == Tag::A;
    is_link
        && view.attribute(node, "href").is_some_and(|href| PLACES.iter().any(|place| href.contains(place)))
}

fn lined(view: &View, node: usize) -> bool {
    view.is_labelled(node, &LINES)
}

/// The names in the first short block that opens with "By" or the like, or in the one below it.
fn led(view: &View, range: &Range<usize>) -> Vec<String> {
    let texts: Vec<String> = range.clone().map(|at| block_text(view, at)).collect();
    for (at, text) in texts.iter().enumerate() {
        let Some(rest) = name::without_lead(text).filter(|_| text.split_whitespace().count() <= MAX_LINE)
        else {
            continue;
        };
        let below =
            texts.get(at + 1).filter(|below| rest.is_empty() && below.split_whitespace().count() <= 5);
        let names = name::led(below.map_or(rest, String::as_str));
        if !names.is_empty() {
            return names;
        }
    }
    let dated = texts.iter().filter(|text| text.split_whitespace().count() <= MAX_LINE);
    dated
        .filter_map(|text| name::behind_date(text))
        .map(name::shown)
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// What a block says, each of its pieces on a line of its own: pages put no blanks between a name and a role.
fn block_text(view: &View, at: usize) -> String {
    let pieces = view.page.blocks[at].pieces.iter().filter_map(|id| view.document.tree.get(id));
    let lines: Vec<String> = pieces.map(|piece| crate::html::clean_line(&piece.text())).collect();
    lines.join("\n")
}

/// Drops names that are there already.
fn distinct(names: Vec<String>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for name in names {
        if !distinct.iter().any(|known| is_same(known, &name)) {
            distinct.push(name);
        }
    }
    distinct
}

fn is_same(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> String {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(one) == letters(other)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TEXT, read};

    #[track_caller]
    fn check(head: &str, byline: &str, expected: &[&str]) {
        let body = format!("<h1>Rain falls on hills</h1>{byline}{TEXT}");
        assert_eq!(read(&format!("<title>Rain falls on hills</title>{head}"), &body).authors, expected);
    }

    #[test]
    fn people_are_told_as_json_ld_or_metas() {
        let json = r##"<script type="application/ld+json">{"@graph":[
            {"@type":"NewsArticle","headline":"Rain falls","author":{"@id":"#ann"}},{"@type":"Person","@id":"#ann","name":"Ann Lee"}]}</script>"##;
        check(json, "", &["Ann Lee"]);
        check("<meta name=author content='By Ann Lee, Staff Writer'>", "", &["Ann Lee"]);
        check(
            "<meta name=citation_author content='Ann Lee'><meta name=citation_author content='Bob Ray'>",
            "",
            &["Ann Lee", "Bob Ray"],
        );
    }

    #[test]
    fn people_are_shown_beside_the_headline() {
        check("", "<p>By <a>Ann Lee</a> and <a>Bob Ray</a></p>", &["Ann Lee", "Bob Ray"]);
        check("", "<p>By <a href=/author/ann>Ann Lee</a> and Bob Ray</p>", &["Ann Lee", "Bob Ray"]);
        check("", "<div>Written by</div><div>Ann Lee</div>", &["Ann Lee"]);
        check("", "<a rel=author href=/x>Ann Lee</a>", &["Ann Lee"]);
        check("", "<a href=/authors/ann-lee>Ann Lee</a>", &["Ann Lee"]);
        check("", "<div class=byline><b>Ann Lee</b><i>Science reporter</i></div>", &["Ann Lee"]);
        check("", "<p>by annlee80</p>", &["annlee80"]);
    }

    #[test]
    fn people_win_over_agencies_and_desks() {
        check("<meta name=author content=Reuters>", "<p>By Ann Lee</p>", &["Ann Lee"]);
        check("<meta name=author content='Ann Lee, Reuters'>", "", &["Ann Lee"]);
        check("<meta name=author content=Reuters>", "", &["Reuters"]);
        check("<meta name=author content=admin>", "", &[]);
    }

    #[test]
    fn authors_of_other_stories_are_not_taken() {
        let related = format!(
            "<p>By Ann Lee</p>{TEXT}{TEXT}<ul class=related><li><a href=/author/bob>Bob Ray</a></ul>"
        );
        check("", &related, &["Ann Lee"]);
        check("", "<div class=related><a rel=author>Bob Ray</a></div>", &[]);
    }
}
