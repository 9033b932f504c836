//! The headline as the page shows it: the heading above the text that says what the page's titles say.

use super::super::tag::Tag;
use super::super::text::{Word, likeness, ratio, words};
use super::title::{names_site, parts, without_site};
use super::view::View;

/// Longer blocks are no headlines.
const MAX_WORDS: usize = 60;

/// Less like the titles, and a heading is taken for its place only.
const LIKE: f32 = 0.4;

/// Labels of headlines that are not set as headings.
const LABELS: [&str; 4] = ["headline", "title", "heading", " name "];

/// Finds the block with the headline.
pub(super) fn headline_block(view: &View) -> Option<usize> {
    let titles = titles(view);
    let candidates = (0..view.page.blocks.len()).filter_map(|at| {
        let rank = rank(view, at)?;
        let like = like(&view.glances[at].words, &titles);
        let least = if rank < 0.0 { 0.9 } else { LIKE };
        (like >= least).then(|| (at, like + rank + place(view, at)))
    });
    let best = candidates.max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)));
    best.map(|best| best.0).or_else(|| above(view))
}

/// The headline: what its block says, else a title from the head without the name of the site.
pub(super) fn headline_text(view: &View) -> String {
    if let Some(at) = view.headline {
        return shown(view, at);
    }
    let told = view.head.told.headline.as_deref().map(crate::html::plain_text);
    let metas =
        ["og:title", "twitter:title", "dc.title", "title"].iter().filter_map(|name| view.head.meta(&[name]));
    let title = metas.map(str::to_owned).next().or(told).unwrap_or_else(|| view.head.title.clone());
    without_site(&crate::html::clean_line(&title), &view.site_names).to_owned()
}

fn shown(view: &View, at: usize) -> String {
    let text = view.page.blocks[at].text.replace('\n', " ");
    without_site(&text, &view.site_names).to_owned()
}

/// A text that the headline may be, as words, and how sure that is.
type Title = (Vec<Word>, f32);

/// The page's titles and their parts; the shorter a part, the likelier it is a name of the site.
fn titles(view: &View) -> Vec<Title> {
    let metas = ["og:title", "twitter:title"].iter().filter_map(|name| view.head.meta(&[name]));
    let told = view.head.told.headline.as_deref();
    let whole = metas.chain(told).chain([view.head.title.as_str()]);
    let weighed = |title: &str| {
        let all = words(title).len();
        let weigh = |part: Vec<Word>| {
            let weight = 0.5 + 0.5 * ratio(part.len(), all);
            (part, weight)
        };
        parts(title).into_iter().map(words).map(weigh).collect::<Vec<_>>()
    };
    whole.flat_map(weighed).collect()
}

fn like(text: &[Word], titles: &[Title]) -> f32 {
    titles.iter().map(|(title, weight)| likeness(text, title) * weight).fold(0.0, f32::max)
}

/// How much a block looks like a headline by its element; none if it does not at all.
fn rank(view: &View, at: usize) -> Option<f32> {
    let block = &view.page.blocks[at];
    let count = view.glances[at].words.len();
    if count == 0 || count > MAX_WORDS || names_site(&block.text, &view.site_names) {
        return None;
    }
    if view.page.nodes[block.node].around.has(Tag::H1) {
        return Some(0.3);
    }
    let near = || view.page.around(block).take(2);
    if near().any(|node| view.is_labelled(node, &["headline"])) {
        return Some(0.2);
    }
    if near().any(|node| view.page.nodes[node].tag.is_subheading()) {
        return Some(0.1);
    }
    if near().any(|node| view.is_labelled(node, &LABELS)) {
        return Some(0.0);
    }
    // Old pages set their headline as any other text: it must be all of a title.
    Some(-0.5).filter(|_| at < view.body.start && count > 2)
}

/// Headlines stand above the text and not far from it.
fn place(view: &View, at: usize) -> f32 {
    let start = view.body.start;
    if at >= start + 3 {
        return -0.4;
    }
    if start.saturating_sub(at) < 30 { 0.1 } else { 0.0 }
}

/// The nearest heading of first order above the text, for pages whose titles say nothing.
fn above(view: &View) -> Option<usize> {
    let is_first_order = |at: &usize| {
        let block = &view.page.blocks[*at];
        // The name of the site is a link to its first page.
        view.page.nodes[block.node].around.has(Tag::H1) && block.linked == 0 && rank(view, *at).is_some()
    };
    let end = (view.body.start + 2).min(view.page.blocks.len());
    (0..end).rev().find(is_first_order)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TEXT, read};

    #[track_caller]
    fn check(head: &str, top: &str, expected: &str) {
        assert_eq!(read(head, &format!("{top}{TEXT}")).title, expected);
    }

    #[test]
    fn the_headline_is_the_heading_that_the_titles_say() {
        check(
            "<title>Rain falls on hills | Daily</title>",
            "<h1>Daily</h1><h2>Rain falls on hills</h2>",
            "Rain falls on hills",
        );
    }

    #[test]
    fn the_shown_headline_wins_over_one_for_search_engines() {
        let head = "<title>Rain in the hills: what we know</title><meta property=og:title content='Rain in the hills'>";
        check(head, "<h1>Rain falls in the hills</h1>", "Rain falls in the hills");
    }

    #[test]
    fn a_headline_is_one_line() {
        check("<title>Rain falls on hills</title>", "<h1>Rain falls<br>on hills</h1>", "Rain falls on hills");
    }

    #[test]
    fn a_page_without_headings_gives_its_title_without_the_site() {
        let head = "<title>Rain falls - Daily</title><meta property=og:site_name content=Daily>";
        check(head, "", "Rain falls");
    }

    #[test]
    fn a_heading_of_first_order_is_enough_where_the_title_says_nothing() {
        check("<title>Daily</title>", "<h1><a href=/>Our paper</a></h1><h1>Rain falls</h1>", "Rain falls");
    }

    #[test]
    fn a_headline_of_another_story_below_is_not_taken() {
        let below = "<h1>Rain falls on hills again</h1>";
        let body = format!("<h1>Rain falls on hills</h1>{TEXT}{TEXT}{below}");
        assert_eq!(read("<title>Rain falls on hills</title>", &body).title, "Rain falls on hills");
    }
}
