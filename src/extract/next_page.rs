//! Where an article goes on: the address of its next page.

use dom_query::Document;

use crate::html::web_url;
use crate::model::Url;

/// What links to the next page say.
#[rustfmt::skip]
const NEXT: &[&str] = &[
    "next", "next page", "continue", "older", "»", "›", "→", "nächste seite", "weiter", "page suivante",
    "suivant", "siguiente", "página siguiente", "próxima", "próxima página", "pagina successiva",
    "successiva", "volgende", "volgende pagina", "nästa", "nästa sida", "neste", "neste side", "næste",
    "następna", "następna strona", "следующая", "次へ", "次のページ", "下一页", "다음",
];

/// Finds the next page of the article at an address: a link that says so and differs only in the number of the page.
pub(super) fn next_page(document: &Document, url: Option<&Url>) -> Option<Url> {
    let url = url?;
    let current = number(url).map_or(1, |(_, page)| page);
    let links = document.select("link[rel~=next], a[href]");
    links.nodes().iter().find_map(|link| {
        let href = link.attr("href")?;
        let is_next = link
            .attr("rel")
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("next")));
        let label = || crate::html::clean_line(&link.text()).to_lowercase();
        let says_next = |label: String| {
            label == (current + 1).to_string() || NEXT.contains(&label.trim_end_matches([' ', '»', '›', '→']))
        };
        if !is_next && !says_next(label()) {
            return None;
        }
        let next = web_url(href.trim(), Some(url))?;
        goes_on(url, current, &next).then_some(next)
    })
}

/// Tells whether an address is another's with the number of the next page.
fn goes_on(url: &Url, current: u32, next: &Url) -> bool {
    let Some((base, page)) = number(next) else {
        return false;
    };
    let same = number(url).map_or_else(|| bare(url), |(base, _)| base);
    page == current + 1 && base == same && url.host_str() == next.host_str()
}

/// An address without query and fragment as they stand, and without a slash at its end.
fn bare(url: &Url) -> String {
    let query: Vec<String> = url.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
    let path = url.path().trim_end_matches('/').trim_end_matches(".html").trim_end_matches(".htm");
    format!("{path}?{}", query.join("&"))
}

/// The number of a page in its address, and the address without it: `/a/2`, `/a/page/2`, `/a-2.html`, `/a?page=2`.
fn number(url: &Url) -> Option<(String, u32)> {
    let is_page = |name: &str| matches!(name, "page" | "p" | "pg" | "seite" | "pagina" | "pageno" | "start");
    let in_query = url.query_pairs().find(|(name, _)| is_page(&name.to_ascii_lowercase()));
    if let Some((name, value)) = in_query {
        let page = small(&value)?;
        let mut base = url.clone();
        let others: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(other, _)| *other != name)
            .map(|(a, b)| (a.into(), b.into()))
            .collect();
        base.set_query(None);
        if !others.is_empty() {
            base.query_pairs_mut().extend_pairs(others);
        }
        return Some((bare(&base), page));
    }
    let bare = bare(url);
    let (path, query) = bare.split_once('?')?;
    let digits = path.len() - path.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (head, page) = path.split_at(path.len() - digits);
    // Larger numbers are those of articles or days.
    let page = small(page).filter(|page| *page < 22)?;
    let head = head
        .strip_suffix("/page/")
        .or_else(|| head.strip_suffix("/page-"))
        .or_else(|| head.strip_suffix("/seite-"));
    let head = head.or_else(|| path[..path.len() - digits].strip_suffix(['/', '-', '_', ',']))?;
    Some((format!("{head}?{query}"), page))
}

/// The number of a page: articles have few.
fn small(digits: &str) -> Option<u32> {
    digits.parse().ok().filter(|page| (1..100).contains(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, links: &str, expected: Option<&str>) {
        let document = Document::from(format!("<body>{links}"));
        let found = next_page(&document, Some(&Url::parse(url).unwrap()));
        assert_eq!(found.map(|url| url.to_string()).as_deref(), expected, "{links}");
    }

    #[test]
    fn the_next_page_has_the_next_number() {
        let url = "https://daily.test/rain";
        for next in ["/rain/2", "/rain/page/2", "/rain?page=2", "/rain-2", "/rain_2.html", "/rain,2"] {
            check(
                url,
                &format!("<a href='{next}'>Next page »</a>"),
                Some(&format!("https://daily.test{next}")),
            );
        }
        check(
            "https://daily.test/rain?id=7&page=2",
            "<a rel=next href='?id=7&page=3'>x</a>",
            Some("https://daily.test/rain?id=7&page=3"),
        );
        check(url, "<a href='/rain?page=2'>2</a>", Some("https://daily.test/rain?page=2"));
    }

    #[test]
    fn other_articles_are_no_next_pages() {
        let url = "https://daily.test/rain";
        check(url, "<link rel=next href='/snow'>", None);
        check(url, "<a href='/snow/2'>Next</a>", None);
        check(url, "<a href='/rain/3'>Next</a>", None);
        check(url, "<a href='https://other.test/rain/2'>Next</a>", None);
        check(url, "<a href='/rain/2'>Rain, part two</a>", None);
        check("https://daily.test/2026/11/25", "<a href='/2026/11/26'>next</a>", None);
        check("https://daily.test/story-1234", "<a href='/story-1235'>next</a>", None);
    }

    #[test]
    fn pages_go_on_from_their_own_number() {
        check(
            "https://daily.test/rain/2",
            "<a href='/rain/1'>1</a><a href='/rain/3'>3</a>",
            Some("https://daily.test/rain/3"),
        );
        check("https://daily.test/rain/2", "<a href='/rain/2'>next</a>", None);
    }
}
