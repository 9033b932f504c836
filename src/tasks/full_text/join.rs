//! Joins the pages of an article that its site has cut into several.
//!
//! Bounded: pages of one host, none twice, ten at most; and it ends where a page says again what was said.

use std::collections::HashSet;

use super::fetch::Fetched;
use crate::extract::PageArticle;
use crate::html;
use crate::model::{PageProblem, Url, shown};

/// So many pages are joined.
const MOST_PAGES: usize = 10;
/// A text that has grown beyond is not added to.
const LONGEST: usize = 2_000_000;

/// An article that grows page by page.
pub(super) struct Joined {
    /// What was found on its first page.
    pub(super) first: PageArticle,
    /// Where that lay.
    pub(super) url: Url,
    html: String,
    pages: usize,
    /// What comes next, read or not.
    next: Option<Url>,
    /// Why the next page cannot be had.
    cut_off: Option<PageProblem>,
    visited: HashSet<Url>,
    said: HashSet<String>,
}

impl Joined {
    /// Begins with the first page, which was asked for at this address.
    pub(super) fn new(asked: &Url, page: Fetched, first: PageArticle) -> Joined {
        let mut joined = Joined {
            html: first.html.as_str().to_owned(),
            pages: 1,
            next: None,
            cut_off: None,
            visited: HashSet::from([bare(&page.url), bare(asked)]),
            said: paragraphs(&first).map(str::to_owned).collect(),
            url: page.url,
            first,
        };
        joined.look_ahead(joined.first.next_page.clone());
        joined
    }

    /// Tells which page is to be fetched next.
    pub(super) fn next(&self) -> Option<&Url> {
        let has_room = self.pages < MOST_PAGES && self.html.len() < LONGEST && self.cut_off.is_none();
        self.next.as_ref().filter(|_| has_room)
    }

    /// Takes the next page; where it gave nothing, the article goes no further.
    pub(super) fn take(&mut self, page: Result<(Fetched, PageArticle), PageProblem>) {
        let read = page.and_then(|(page, article)| match article.obstacle {
            Some(obstacle) => Err(obstacle.into()),
            None => Ok((page, article)),
        });
        let (page, article) = match read {
            Ok(read) => read,
            Err(problem) => {
                self.cut_off = Some(problem);
                return;
            }
        };
        self.visited.extend(self.next.iter().chain([&page.url]).map(bare));
        let (known, new): (Vec<&str>, Vec<&str>) =
            paragraphs(&article).partition(|paragraph| self.said.contains(*paragraph));
        if new.is_empty() || known.len() > new.len() {
            self.next = None;
            return;
        }
        self.said.extend(new.into_iter().map(str::to_owned));
        self.html.push('\n');
        self.html.push_str(article.html.as_str());
        self.pages += 1;
        self.look_ahead(article.next_page);
    }

    /// Tells why a page of it could not be had.
    pub(super) fn cut_off(&self) -> Option<&PageProblem> {
        self.cut_off.as_ref()
    }

    /// Gives the whole text as HTML; what was left unread is linked at its end.
    pub(super) fn html(&self) -> String {
        let Some(next) = &self.next else {
            return self.html.clone();
        };
        let (address, label) = (html::escape(next.as_str()), html::escape(&shown(next)));
        format!("{}\n<p>The article goes on: <a href=\"{address}\">{label}</a></p>", self.html)
    }

    /// Looks at what a page names as the next; one of another site, or seen before, is none.
    fn look_ahead(&mut self, next: Option<Url>) {
        let is_new = |next: &Url| next.host() == self.url.host() && !self.visited.contains(&bare(next));
        self.next = next.filter(is_new);
    }
}

/// Gives the address of a page without the place on it.
fn bare(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}

fn paragraphs(article: &PageArticle) -> impl Iterator<Item = &str> {
    article.text.split("\n\n").filter(|paragraph| !paragraph.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Obstacle;

    fn url(text: &str) -> Url {
        Url::parse("http://a.test/").unwrap().join(text).unwrap()
    }

    fn page(at: &str, text: &str, next: Option<&str>) -> (Fetched, PageArticle) {
        let html = html::clean(&format!("<p>{text}</p>"), None);
        let article =
            PageArticle { text: text.to_owned(), html, next_page: next.map(url), ..PageArticle::default() };
        (Fetched { url: url(at), html: String::new() }, article)
    }

    fn begun(next: &str) -> Joined {
        let (fetched, article) = page("/1", "One.", Some(next));
        Joined::new(&url("/asked"), fetched, article)
    }

    #[test]
    fn pages_are_joined_in_their_order() {
        let mut joined = begun("/2");
        assert_eq!(joined.next(), Some(&url("/2")));
        joined.take(Ok(page("/2", "Two.", Some("/3#top"))));
        joined.take(Ok(page("/3", "Three.", None)));
        assert_eq!(joined.next(), None);
        assert_eq!(joined.html(), "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>");
    }

    #[test]
    fn no_page_is_read_twice_and_none_of_another_site() {
        for next in ["/1", "/1#more", "/asked", "http://b.test/2"] {
            assert_eq!(begun(next).next(), None, "{next}");
        }
        let mut joined = begun("/2");
        joined.take(Ok(page("/2", "Two.", Some("/1"))));
        assert_eq!(joined.next(), None);
    }

    #[test]
    fn a_page_that_says_the_same_again_ends_it() {
        let mut joined = begun("/2");
        joined.take(Ok(page("/2", "One.", Some("/3"))));
        assert_eq!((joined.next(), joined.html()), (None, "<p>One.</p>".to_owned()));
    }

    #[test]
    fn what_is_left_unread_is_linked() {
        let mut failed = begun("/2");
        failed.take(Err(PageProblem::TimedOut));
        assert_eq!(failed.cut_off(), Some(&PageProblem::TimedOut));
        let mut walled = begun("/2");
        let (fetched, article) = page("/2", "Pay first.", None);
        walled.take(Ok((fetched, PageArticle { obstacle: Some(Obstacle::Paywall), ..article })));
        assert_eq!(walled.cut_off(), Some(&PageProblem::Paywall));
        for joined in [failed, walled] {
            assert_eq!(joined.next(), None);
            assert!(joined.html().contains("goes on: <a href=\"http://a.test/2\">"), "{}", joined.html());
            assert!(!joined.html().contains("Pay first"));
        }
    }

    #[test]
    fn the_eleventh_page_is_one_too_many() {
        let mut joined = begun("/2");
        for number in 2..=10 {
            assert!(joined.next().is_some(), "{number}");
            let next = format!("/{}", number + 1);
            joined.take(Ok(page(&format!("/{number}"), &format!("Text {number}."), Some(&next))));
        }
        assert_eq!(joined.next(), None);
        assert!(joined.html().contains("http://a.test/11"));
    }
}
