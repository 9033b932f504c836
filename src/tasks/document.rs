//! What a document from the web turned out to be: a feed, a page that may name some, or neither.

use crate::feed::{self, Candidate, FeedError, Source};
use crate::model::{FetchProblem, ParsedFeed, shown, without_login};
use crate::web::{self, Document};

/// An address longer than this is left out of a message.
const LONGEST_NAMED: usize = 200;

/// What a document holds.
#[expect(clippy::large_enum_variant, reason = "few exist at a time, each soon taken apart")]
pub(super) enum Contents {
    /// A feed.
    Feed(ParsedFeed),
    /// A web page, with the feeds that it may lead to.
    Page(Vec<Candidate>),
    /// Neither, and why.
    Neither(FetchProblem),
}

impl Contents {
    /// Takes the feed; a page says where its feed may be.
    pub(super) fn into_feed(self) -> Result<ParsedFeed, FetchProblem> {
        match self {
            Contents::Feed(parsed) => Ok(parsed),
            Contents::Page(candidates) => Err(FetchProblem::NotAFeed(match likeliest(&candidates) {
                Some(url) => format!("{}; its feed may be {url}", FeedError::WebPage),
                None => FeedError::WebPage.to_string(),
            })),
            Contents::Neither(problem) => Err(problem),
        }
    }
}

/// Reads a document, on a thread where that may take its time.
pub(super) async fn read(document: Document) -> Contents {
    let reading = tokio::task::spawn_blocking(move || contents_of(&document));
    let failed = |_| Contents::Neither(FetchProblem::NotAFeed("it cannot be read".to_owned()));
    reading.await.unwrap_or_else(failed)
}

fn contents_of(document: &Document) -> Contents {
    // Relative addresses must not take over the password of the feed's.
    let source =
        Source { url: Some(without_login(&document.url)), content_type: document.content_type.clone() };
    match feed::parse(&document.bytes, &source) {
        Ok(parsed) => Contents::Feed(parsed),
        Err(FeedError::WebPage) => Contents::Page(candidates(document)),
        Err(error) => {
            let candidates = if is_sent_as_page(document) { candidates(document) } else { Vec::new() };
            if candidates.is_empty() {
                Contents::Neither(FetchProblem::NotAFeed(error.to_string()))
            } else {
                Contents::Page(candidates)
            }
        }
    }
}

/// Lists the feeds that a page may lead to. A page of the open net leads to no private address.
fn candidates(document: &Document) -> Vec<Candidate> {
    let mut candidates = feed::discover(&document.bytes, &document.url);
    candidates.retain(|candidate| web::may_lead(&document.url, &candidate.url));
    candidates
}

/// Tells whether the server calls it a page: feeds are sent as pages too, so this alone says little.
fn is_sent_as_page(document: &Document) -> bool {
    document.content_type.as_deref().is_some_and(|kind| kind.to_ascii_lowercase().contains("html"))
}

fn likeliest(candidates: &[Candidate]) -> Option<String> {
    candidates.first().map(|candidate| shown(&candidate.url)).filter(|url| url.len() <= LONGEST_NAMED)
}
