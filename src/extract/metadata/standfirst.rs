//! The standfirst: the lines between headline and text that tell what the article is about.

use super::super::tag::Tag;
use super::super::text::{Word, likeness, words};
use super::view::View;

#[rustfmt::skip]
const LABELS: [&str; 14] = [
    "standfirst", "dek", "deck", "subtitle", "sub-title", "subhead", "sub-head", "sub_head", "excerpt", "chapo",
    "strapline", "synopsis", "alternativeheadline", " description ",
];

/// Finds the standfirst.
pub(super) fn standfirst(view: &View, title: &str) -> Option<usize> {
    let headline = view.headline?;
    let end = (view.body.start + 1).min(view.page.blocks.len());
    let title = words(title);
    (headline + 1..end).find(|at| is_standfirst(view, *at, &title))
}

fn is_standfirst(view: &View, at: usize, title: &[Word]) -> bool {
    let (block, glance) = (&view.page.blocks[at], &view.glances[at]);
    let is_fit = (5..=90).contains(&glance.words.len()) && glance.link_density < 0.5;
    if !is_fit
        || likeness(&glance.words, title) > 0.8
        || view.page.nodes[block.node].around.has(Tag::Figcaption)
    {
        return false;
    }
    let is_labelled = view.page.around(block).take(3).any(|node| view.is_labelled(node, &LABELS));
    let is_told = || {
        let metas = ["description", "og:description"].iter().filter_map(|name| view.head.meta(&[name]));
        metas.map(words).any(|told| likeness(&glance.words, &told) > 0.7)
    };
    let is_heading = view.page.nodes[block.node].tag.is_subheading() && at < view.body.start;
    is_labelled || is_heading || !view.kept[at] && is_told()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TEXT, read};

    #[track_caller]
    fn check(head: &str, below: &str, expected: Option<&str>) {
        let body = format!("<h1>Rain falls on hills</h1>{below}{TEXT}");
        let head = format!("<title>Rain falls on hills</title>{head}");
        assert_eq!(read(&head, &body).standfirst.as_deref(), expected);
    }

    #[test]
    fn the_standfirst_is_labelled_set_as_a_heading_or_the_description() {
        let lines = "It rains on all hills of the land.";
        check("", &format!("<p class=standfirst>{lines}</p>"), Some(lines));
        check("", &format!("<h2>{lines}</h2>"), Some(lines));
        check(&format!("<meta name=description content='{lines}'>"), &format!("<p>{lines}</p>"), Some(lines));
        check("", &format!("<p>{lines}</p>"), None);
    }
}
