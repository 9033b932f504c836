//! Finds the feeds that an address leads to: the address itself, else what its page names or its site is known
//! to have, else where feeds commonly lie. Each is asked and read: what is no feed is left out.
//!
//! Few requests, one after the other, and none that is not needed.

use std::collections::HashSet;

use xxhash_rust::xxh3::xxh3_64;

use super::document::{self, Contents};
use super::refresh::validators_of;
use crate::feed::{Candidate, common_places, discover_by_address};
use crate::model::{FetchProblem, ParsedFeed, Url, shown};
use crate::store::Validators;
use crate::web::{Answer, Document, Reply, Request, Terms, Web};

/// So many of the feeds that a page may lead to are asked.
const MOST_ASKED: usize = 10;

/// A feed that was found and read, and is not followed yet.
#[derive(Clone, PartialEq, Debug)]
pub struct FoundFeed {
    /// Where to fetch it from now on.
    pub url: Url,
    /// What it holds.
    pub parsed: ParsedFeed,
    /// What its server gave to recognise it by.
    pub validators: Validators,
    /// What its server told for the next time.
    pub terms: Terms,
}

impl FoundFeed {
    /// Gives its title, else its address as it may be shown.
    pub fn title(&self) -> String {
        let title = self.parsed.title.as_str();
        if title.is_empty() { shown(&self.url) } else { title.to_owned() }
    }
}

/// How many feeds are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// All, to choose from.
    All,
    /// The likeliest.
    First,
}

/// Finds the feeds that an address leads to; of several addresses the first that can be reached.
pub async fn find_feeds(
    web: &impl Web,
    addresses: &[Url],
    wanted: Wanted,
) -> Result<Vec<FoundFeed>, FetchProblem> {
    let mut search = Search { web, wanted, found: Vec::new(), seen: HashSet::new(), problem: None };
    let (address, answer) = search.reach(addresses).await?;
    let (page, terms) = match answer {
        Ok(answer) => answer,
        Err(problem) => {
            // Some sites keep their pages from programs and give their feeds to all.
            search.look_at(discover_by_address(&address)).await;
            return search.ended(problem);
        }
    };
    let url = page.url.clone();
    let candidates = match search.read(address, page, terms).await {
        None => return Ok(search.found),
        Some(Contents::Page(candidates)) => candidates,
        Some(other) => return other.into_feed().map(|_| search.found),
    };
    let is_named = !candidates.is_empty();
    search.look_at(candidates).await;
    if search.found.is_empty() {
        search.look_around(common_places(&url)).await;
    }
    let problem = search.problem.take().filter(|_| is_named);
    search.ended(problem.unwrap_or_else(|| nothing("no feed was found for it")))
}

/// What came from an address whose server could be reached.
type Reached = Result<(Document, Terms), FetchProblem>;

struct Search<'a, W> {
    web: &'a W,
    wanted: Wanted,
    found: Vec<FoundFeed>,
    /// Where the feeds were found, and fingerprints of what they hold.
    seen: HashSet<(Option<Url>, u64)>,
    /// Why the first of the named ones is not taken.
    problem: Option<FetchProblem>,
}

impl<W: Web> Search<'_, W> {
    /// Asks the first of the addresses whose server can be reached.
    async fn reach(&self, addresses: &[Url]) -> Result<(Url, Reached), FetchProblem> {
        let mut unreachable = nothing("there is no address to ask");
        for address in addresses {
            match self.ask(address).await {
                Err(problem @ (FetchProblem::Unreachable(_) | FetchProblem::TimedOut)) => {
                    // The first of them is what was meant, so its problem is the one to tell.
                    if address == &addresses[0] {
                        unreachable = problem;
                    }
                }
                answer => return Ok((address.clone(), answer)),
            }
        }
        Err(unreachable)
    }

    async fn ask(&self, address: &Url) -> Result<(Document, Terms), FetchProblem> {
        let Reply { result, terms } = self.web.ask(Request::new(address.clone())).await;
        match result? {
            Answer::Document(document) => Ok((document, terms)),
            Answer::NotModified => Err(FetchProblem::BrokenAnswer("nothing was sent".to_owned())),
        }
    }

    /// Keeps a document that is a feed; gives back what another one is.
    async fn read(&mut self, asked: Url, document: Document, terms: Terms) -> Option<Contents> {
        let validators = validators_of(&document);
        let at = document.url.clone();
        let print = xxh3_64(&document.bytes);
        // Asked for elsewhere from now on, where its server says so for good.
        let url = document.moved.clone().unwrap_or(asked);
        match document::read(document).await {
            Contents::Feed(parsed) => {
                if self.seen.insert((Some(at), 0)) && self.seen.insert((None, print)) {
                    self.found.push(FoundFeed { url, parsed, validators, terms });
                }
                None
            }
            other => Some(other),
        }
    }

    /// Looks at candidates until there are as many feeds as are wanted.
    async fn look_at(&mut self, candidates: Vec<Candidate>) {
        for candidate in candidates.into_iter().take(MOST_ASKED) {
            let problem = self.look(&candidate).await.err();
            if self.wanted == Wanted::First && !self.found.is_empty() {
                return;
            }
            let named = problem.filter(|_| self.problem.is_none());
            if let Some(problem) = named {
                let why = format!(
                    "it is a web page; the feed it names, {}, cannot be had: {problem}",
                    shown(&candidate.url)
                );
                self.problem = Some(FetchProblem::NotAFeed(why));
            }
        }
    }

    /// Tries common places until there is a feed, or until the server wants no more of it.
    async fn look_around(&mut self, places: Vec<Candidate>) {
        for place in places {
            let is_over = match self.look(&place).await {
                Ok(()) | Err(FetchProblem::Unreachable(_) | FetchProblem::TimedOut) => true,
                Err(FetchProblem::Status { code, .. }) => matches!(code, 401 | 403 | 429 | 500..),
                Err(_) => false,
            };
            if is_over {
                return;
            }
        }
    }

    async fn look(&mut self, candidate: &Candidate) -> Result<(), FetchProblem> {
        let (document, terms) = self.ask(&candidate.url).await?;
        match self.read(candidate.url.clone(), document, terms).await {
            None => Ok(()),
            Some(other) => other.into_feed().map(drop),
        }
    }

    fn ended(self, problem: FetchProblem) -> Result<Vec<FoundFeed>, FetchProblem> {
        if self.found.is_empty() { Err(problem) } else { Ok(self.found) }
    }
}

fn nothing(why: &str) -> FetchProblem {
    FetchProblem::NotAFeed(format!("it is a web page, and {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::sample::feed_of;
    use crate::web::FakeWeb;

    async fn find(web: &FakeWeb, address: &str, wanted: Wanted) -> Result<Vec<String>, String> {
        let addresses = crate::feed::feed_addresses(address).unwrap();
        let found = find_feeds(web, &addresses, wanted).await;
        found.map(|found| found.into_iter().map(|it| it.url.into()).collect()).map_err(|it| it.to_string())
    }

    fn asked(web: &FakeWeb) -> Vec<String> {
        web.requests().into_iter().map(|request| request.url.into()).collect()
    }

    fn page(links: &[&str]) -> String {
        let link = |href: &&str| format!("<link rel='alternate' type='application/rss+xml' href='{href}'>");
        format!("<!doctype html><html><head>{}</head></html>", links.iter().map(link).collect::<String>())
    }

    #[tokio::test]
    async fn a_feed_is_found_by_one_request() {
        let web = FakeWeb::new().with("http://a.test/feed", feed_of(&["one"]));
        let found = find(&web, "http://a.test/feed#top", Wanted::All).await;
        assert_eq!(found, Ok(vec!["http://a.test/feed".to_owned()]));
        assert_eq!(asked(&web).len(), 1);
    }

    #[tokio::test]
    async fn a_page_leads_to_the_feeds_it_names_and_to_nothing_else() {
        let web = FakeWeb::new()
            .with("http://a.test/", page(&["/one", "/gone", "/page", "/two"]))
            .with("http://a.test/one", feed_of(&["one"]))
            .with("http://a.test/two", feed_of(&["two"]))
            .with("http://a.test/page", page(&["/deeper"]));
        let found = find(&web, "http://a.test/", Wanted::All).await.unwrap();
        assert_eq!(found, ["http://a.test/one", "http://a.test/two"]);
        assert_eq!(asked(&web).len(), 5);
    }

    #[tokio::test]
    async fn one_wanted_feed_needs_no_look_at_the_others() {
        let web = FakeWeb::new()
            .with("http://a.test/", page(&["/one", "/two"]))
            .with("http://a.test/one", feed_of(&["one"]));
        assert_eq!(find(&web, "http://a.test/", Wanted::First).await.unwrap(), ["http://a.test/one"]);
        assert_eq!(asked(&web), ["http://a.test/", "http://a.test/one"]);
    }

    #[tokio::test]
    async fn the_same_feed_at_two_addresses_is_one() {
        let web = FakeWeb::new()
            .with("http://a.test/", page(&["/one", "/same"]))
            .with("http://a.test/one", feed_of(&["one"]))
            .with("http://a.test/same", feed_of(&["one"]));
        assert_eq!(find(&web, "http://a.test/", Wanted::All).await.unwrap(), ["http://a.test/one"]);
    }

    #[tokio::test]
    async fn of_a_page_that_names_hundreds_a_few_are_asked() {
        let links: Vec<String> = (0..300).map(|n| format!("/{n}")).collect();
        let links: Vec<&str> = links.iter().map(String::as_str).collect();
        let web =
            FakeWeb::new().with("http://a.test/", page(&links)).with("http://a.test/1", feed_of(&["one"]));
        assert_eq!(find(&web, "http://a.test/", Wanted::All).await.unwrap(), ["http://a.test/1"]);
        assert_eq!(asked(&web).len(), 1 + MOST_ASKED);
    }

    #[tokio::test]
    async fn common_places_are_asked_in_order_where_the_page_names_none() {
        let web = FakeWeb::new()
            .with("http://a.test/", page(&[]))
            .with("http://a.test/atom.xml", feed_of(&["one"]));
        assert_eq!(find(&web, "http://a.test/", Wanted::All).await.unwrap(), ["http://a.test/atom.xml"]);
        let places = ["", "feed", "rss", "rss.xml", "atom.xml"].map(|place| format!("http://a.test/{place}"));
        assert_eq!(asked(&web), places);
    }

    #[tokio::test]
    async fn a_server_that_wants_no_more_is_left_alone() {
        let web = FakeWeb::new().with("http://a.test/", page(&[]));
        web.answer("http://a.test/feed", Err(FetchProblem::Status { code: 429, reason: None }));
        let told = find(&web, "http://a.test/", Wanted::All).await.unwrap_err();
        assert_eq!(told, "not a feed: it is a web page, and no feed was found for it");
        assert_eq!(asked(&web).len(), 2);
    }

    #[tokio::test]
    async fn a_named_feed_that_cannot_be_had_is_told() {
        let web = FakeWeb::new().with("http://a.test/", page(&["/gone"]));
        let told = find(&web, "http://a.test/", Wanted::All).await.unwrap_err();
        assert_eq!(
            told,
            "not a feed: it is a web page; the feed it names, http://a.test/gone, cannot be had: the server says 404 Not Found"
        );
    }

    #[tokio::test]
    async fn a_site_that_keeps_its_page_back_may_give_its_feed() {
        let web = FakeWeb::new().with("https://www.reddit.com/r/rust/.rss", feed_of(&["one"]));
        let refused = FetchProblem::Status { code: 403, reason: None };
        web.answer("https://old.reddit.com/r/rust/", Err(refused));
        let found = find(&web, "https://old.reddit.com/r/rust/", Wanted::All).await;
        assert_eq!(found.unwrap(), ["https://www.reddit.com/r/rust/.rss"]);
    }

    #[tokio::test]
    async fn a_feed_that_has_moved_for_good_is_asked_for_where_it_is_now() {
        let web = FakeWeb::new().with("http://a.test/new", feed_of(&["one"]));
        let Ok(Answer::Document(mut moved)) =
            web.get(Request::new(Url::parse("http://a.test/new").unwrap())).await
        else {
            panic!("a document")
        };
        moved.moved = Some(moved.url.clone());
        web.answer("http://a.test/old", Ok(Answer::Document(moved)));
        assert_eq!(find(&web, "http://a.test/old", Wanted::All).await.unwrap(), ["http://a.test/new"]);
    }

    #[tokio::test]
    async fn http_is_tried_only_where_https_cannot_be_reached() {
        let web = FakeWeb::new().with("http://a.test/feed", feed_of(&["one"]));
        assert!(find(&web, "a.test/feed", Wanted::All).await.is_err());
        assert_eq!(asked(&web), ["https://a.test/feed"]);
        web.answer("https://a.test/feed", Err(FetchProblem::Unreachable("refused".to_owned())));
        assert_eq!(find(&web, "a.test/feed", Wanted::All).await.unwrap(), ["http://a.test/feed"]);
    }

    #[tokio::test]
    async fn a_page_of_the_open_net_leads_to_no_private_address() {
        let web =
            FakeWeb::new().with("http://a.test/", page(&["http://192.168.0.1/feed", "http://localhost/rss"]));
        assert!(find(&web, "http://a.test/", Wanted::All).await.is_err());
        assert!(asked(&web).iter().all(|url| url.starts_with("http://a.test/")), "{:?}", asked(&web));
    }

    #[tokio::test]
    async fn what_is_neither_feed_nor_page_is_not_searched() {
        let web = FakeWeb::new().with("http://a.test/x", "hello");
        let told = find(&web, "http://a.test/x", Wanted::All).await.unwrap_err();
        assert!(told.starts_with("not a feed: "), "{told}");
        assert_eq!(asked(&web).len(), 1);
    }
}
