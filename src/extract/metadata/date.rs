//! The day an article was published: told to machines, else in the address, else shown beside the headline.

use jiff::civil::Date;

use super::super::tag::Tag;
use super::view::View;
use crate::model::{Url, find_day, parse_day};

/// Names of metas, surest first.
#[rustfmt::skip]
const METAS: [&str; 33] = [
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "datepublished", "date_published", "published_time", "published_at", "published", "publishdate",
    "publish-date", "publish_date", "publicationdate", "publication-date", "publication_date", "pubdate",
    "pub_date", "article.published", "originalpublicationdate", "rnews:datepublished", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "dcterms.issued", "dc.date.issued",
    "citation_publication_date", "citation_date", "dcterms.created", "dc.date.created", "dcterms.date",
    "dc.date", "datecreated", "date",
];

/// Metas of changes; they are taken where nothing else is known.
#[rustfmt::skip]
const CHANGES: [&str; 6] = [
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "revised",
];

/// Words beside the date of a change.
#[rustfmt::skip]
const CHANGED: [&str; 14] = [
    "updated", "modified", "aktualisiert", "mis à jour", "mise à jour", "actualizad", "atualizad", "aggiornat",
    "bijgewerkt", "oppdatert", "uppdaterad", "aktualizacja", "обновлен", "更新",
];

/// Finds the day of publication.
pub(super) fn date(view: &View) -> Option<Date> {
    let told = view.head.told.published.as_deref().and_then(parse_day);
    told.or_else(|| METAS.iter().find_map(|name| parse_day(view.head.meta(&[name])?)))
        .or_else(|| marked(view))
        .or_else(|| view.url.as_ref().and_then(of_address))
        .or_else(|| timed(view))
        .or_else(|| shown(view))
        .or_else(|| view.head.told.modified.as_deref().and_then(parse_day))
        .or_else(|| CHANGES.iter().find_map(|name| parse_day(view.head.meta(&[name])?)))
}

/// An element beside the headline that is marked as the date of publication.
fn marked(view: &View) -> Option<Date> {
    const LABELS: [&str; 6] =
        ["datepublished", "date-published", "entry-date", "post-date", "published", "pubdate"];
    elements(view).filter(|node| view.is_labelled(*node, &LABELS)).find_map(|node| of_element(view, node))
}

/// A `<time>` beside the headline.
fn timed(view: &View) -> Option<Date> {
    let times = elements(view).filter(|node| view.page.nodes[*node].tag == Tag::Time);
    times
        .filter(|node| !view.is_labelled(*node, &["updated", "modified"]))
        .find_map(|node| of_element(view, node))
}

/// The elements beside the headline, from the headline on.
fn elements(view: &View) -> impl Iterator<Item = usize> {
    let top = view.top();
    (0..view.page.nodes.len()).filter(move |node| view.first_block(*node, &top).is_some())
}

fn of_element(view: &View, node: usize) -> Option<Date> {
    let attributes = ["datetime", "content", "title", "data-datetime", "data-timestamp"];
    let told = attributes.iter().find_map(|name| parse_day(&view.attribute(node, name)?));
    told.or_else(|| {
        let text = view.text(node).replace('\n', " ");
        (text.len() < 200 && !is_change(&text)).then(|| find_day(&text)).flatten()
    })
}

/// The first day that is named beside the headline, in short blocks.
fn shown(view: &View) -> Option<Date> {
    let top = view.top();
    let below = view.headline.map_or(top.start, |headline| headline + 1).max(top.start);
    let order = (below..top.end).chain((top.start..below).rev().filter(|at| !is_masthead(view, *at)));
    let blocks = order.filter(|at| view.glances[*at].words.len() <= 40);
    let texts: Vec<&str> = blocks.map(|at| view.page.blocks[at].text.as_str()).collect();
    let published = texts.iter().filter(|text| !is_change(text)).find_map(|text| find_day(text));
    published.or_else(|| texts.iter().find_map(|text| find_day(text)))
}

/// Tells whether a block above the headline is the site's: in a header that does not hold the headline.
fn is_masthead(view: &View, at: usize) -> bool {
    let is_header = |node: &usize| {
        let is_labelled =
            view.is_labelled(*node, &["masthead", "topbar", "top-bar", "site-header", "siteheader"]);
        is_labelled || matches!(view.page.nodes[*node].tag, Tag::Header | Tag::Nav)
    };
    let header = view.page.around(&view.page.blocks[at]).find(is_header);
    header.is_some_and(|header| {
        view.headline.is_none_or(|headline| !view.page.blocks_in(header).contains(&headline))
    })
}

/// Tells whether a text speaks of a change at its beginning.
fn is_change(text: &str) -> bool {
    let head: String = text.chars().take(24).collect::<String>().to_lowercase();
    CHANGED.iter().any(|word| head.contains(word))
}

/// A day in the path of an address: `/2026/11/22/`, `/2026/nov/22/`, `2026-11-22`, `20261122`.
fn of_address(url: &Url) -> Option<Date> {
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let in_parts = parts.windows(3).find_map(|parts| {
        let is_year = parts[0].len() == 4 && parts[0].starts_with(['1', '2']);
        let is_short = parts[1].len() <= 9 && parts[2].len() <= 2;
        (is_year && is_short).then(|| parse_day(&parts.join(if is_number(parts[1]) { "-" } else { " " })))?
    });
    in_parts.or_else(|| parts.iter().find_map(|part| in_name(part)))
}

fn in_name(name: &str) -> Option<Date> {
    let runs: Vec<&str> = name.split(['-', '_', '.']).collect();
    let three = runs.windows(3).filter(|runs| runs[0].len() == 4 && runs.iter().all(|run| is_number(run)));
    let whole = runs.iter().filter(|run| run.len() == 8 && run.starts_with(['1', '2']) && is_number(run));
    three
        .map(|runs| runs.join("-"))
        .find_map(|text| parse_day(&text))
        .or_else(|| whole.into_iter().find_map(|run| parse_day(run)))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TEXT, read};

    #[track_caller]
    fn check(head: &str, top: &str, expected: Option<&str>) {
        let body = format!("{top}{TEXT}");
        let date = read(&format!("<title>Rain falls on hills</title>{head}"), &body).date;
        assert_eq!(date.map(|date| date.to_string()).as_deref(), expected);
    }

    const HEADLINE: &str = "<h1>Rain falls on hills</h1>";

    #[test]
    fn the_surest_source_wins() {
        let json = r#"<script type="application/ld+json">{"@type":"Article","headline":"Rain","datePublished":"2026-11-22T23:00:00-05:00"}</script>"#;
        let meta = "<meta property=article:published_time content=2026-11-21>";
        let url = "<link rel=canonical href=https://daily.test/2026/11/20/rain>";
        let time = format!("{HEADLINE}<time datetime=2026-11-19>today</time><p>18 November 2026</p>");
        check(&format!("{json}{meta}{url}"), &time, Some("2026-11-22"));
        check(&format!("{meta}{url}"), &time, Some("2026-11-21"));
        check(url, &time, Some("2026-11-20"));
        check("", &time, Some("2026-11-19"));
        check("", &format!("{HEADLINE}<p>18 November 2026</p>"), Some("2026-11-18"));
        check("", HEADLINE, None);
    }

    #[test]
    fn the_date_of_the_masthead_is_not_the_articles() {
        check(
            "",
            &format!("<p>Friday, Nov 27, 2026</p>{HEADLINE}<p>By Ann Lee, Nov 22, 2026</p>"),
            Some("2026-11-22"),
        );
    }

    #[test]
    fn a_date_of_a_change_is_taken_only_where_there_is_no_other() {
        let changed = "<meta property=article:modified_time content=2026-11-23>";
        check(
            changed,
            &format!("{HEADLINE}<p>Updated 24 November 2026</p><p>22 November 2026</p>"),
            Some("2026-11-22"),
        );
        check(changed, HEADLINE, Some("2026-11-23"));
    }

    #[test]
    fn addresses_hold_days_in_several_ways() {
        for path in ["2026/nov/22/rain", "news/2026-11-22-rain", "a/20261122/rain.html", "2026/11/22"] {
            check(&format!("<link rel=canonical href=https://daily.test/{path}>"), "", Some("2026-11-22"));
        }
        check("<link rel=canonical href=https://daily.test/2026/11/rain-12345678>", "", None);
    }
}
