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
/// `first` is where the article begins, if that is another page.
pub(super) fn next_page(document: &Document, url: Option<&Url>, first: Option<&Url>) -> Option<Url> {
    let url = url?;
    let (article, page) = begins(first.unwrap_or(url));
    let later = first.and_then(|_| number(url)).filter(|(whole, _)| *whole == article);
    let current = later.map_or(page, |(_, page)| page);
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
        let goes_on = number(&next)? == (article.clone(), current + 1) && url.host_str() == next.host_str();
        goes_on.then_some(next)
    })
}

/// The address of an article whatever its page, and the number of its first page. A number alone in that page's
/// address counts articles.
fn begins(first: &Url) -> (String, u32) {
    let is_sure = |name: &str| !matches!(name, "p" | "start");
    let in_query = first.query_pairs().any(|(name, _)| is_page(&name) && is_sure(&name.to_ascii_lowercase()));
    let in_path = MARKED.iter().any(|mark| first.path().contains(mark));
    number(first).filter(|_| in_query || in_path).unwrap_or_else(|| (bare(first), 1))
}

/// What stands before the number of a page in a path, and of nothing else.
const MARKED: [&str; 3] = ["/page/", "/page-", "/seite-"];

fn is_page(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "page" | "p" | "pg" | "seite" | "pagina" | "pageno" | "start"
    )
}

/// An address without query and fragment as they stand, and without a slash at its end.
fn bare(url: &Url) -> String {
    let query: Vec<String> = url.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
    let path = url.path().trim_end_matches('/').trim_end_matches(".html").trim_end_matches(".htm");
    format!("{path}?{}", query.join("&"))
}

/// The number of a page in its address, and the address without it: `/a/2`, `/a/page/2`, `/a-2.html`, `/a?page=2`.
fn number(url: &Url) -> Option<(String, u32)> {
    let in_query = url.query_pairs().filter(|(name, _)| is_page(name));
    let in_query = in_query.filter_map(|(name, value)| Some((name, small(&value)?))).last();
    if let Some((name, page)) = in_query {
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
    let marked = MARKED.iter().find_map(|mark| head.strip_suffix(mark));
    let head = marked.or_else(|| head.strip_suffix(['/', '-', '_', ',']))?;
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
        check_later(url, None, links, expected);
    }

    #[track_caller]
    fn check_later(url: &str, first: Option<&str>, links: &str, expected: Option<&str>) {
        let document = Document::from(format!("<body>{links}"));
        let first = first.map(|first| Url::parse(first).unwrap());
        let found = next_page(&document, Some(&Url::parse(url).unwrap()), first.as_ref());
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
        check("https://daily.test/comic/12", "<a href='/comic/13'>next</a>", None);
        check("https://daily.test/?p=12", "<a href='/?p=13'>next</a>", None);
    }

    #[test]
    fn pages_go_on_from_their_own_number() {
        let first = Some("https://daily.test/rain.html");
        let links = "<a href='/rain/1'>1</a><a href='/rain/3'>3</a>";
        check_later("https://daily.test/rain/2", first, links, Some("https://daily.test/rain/3"));
        check_later("https://daily.test/rain/2", first, "<a href='/rain/2'>next</a>", None);
        check_later("https://daily.test/snow/2", first, "<a href='/snow/3'>next</a>", None);
        let numbered = Some("https://daily.test/comic/12");
        let next = "<a rel=next href='/comic/12/3'>3</a>";
        check_later("https://daily.test/comic/12/2", numbered, next, Some("https://daily.test/comic/12/3"));
        check(
            "https://daily.test/rain/page/2",
            "<a href=/rain/page/3>3</a>",
            Some("https://daily.test/rain/page/3"),
        );
        check(
            "https://daily.test/?p=12",
            "<a href='/?p=12&page=2'>2</a>",
            Some("https://daily.test/?p=12&page=2"),
        );
    }
}
