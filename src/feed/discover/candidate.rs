//! What may be a feed, and how likely it is the one that is wanted.

use std::collections::HashSet;

use url::Url;

use super::sign;

/// What may be a feed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// Where it lies.
    pub url: Url,
    /// What the page calls it; may be empty.
    pub title: String,
    /// How it was found.
    pub kind: CandidateKind,
}

/// How a candidate was found, the likeliest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CandidateKind {
    /// The page declares it as its feed.
    Declared,
    /// The address tells it, by the rules of its site.
    Told,
    /// A link in the text leads to it.
    Linked,
    /// A guess: feeds commonly lie there.
    Common,
    /// What readers say below the articles.
    Comments,
}

impl Candidate {
    pub(super) fn new(url: Url, title: String, kind: CandidateKind) -> Candidate {
        let is_comments = sign::is_of_comments(&url, &title);
        Candidate { url, title, kind: if is_comments { CandidateKind::Comments } else { kind } }
    }
}

/// Puts the likeliest first, else in the order given, each address once and without the page's own.
pub(super) fn ranked(candidates: impl Iterator<Item = Candidate>, page: &Url) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = candidates.collect();
    candidates.sort_by_key(|candidate| candidate.kind);
    let mut seen = HashSet::from([likeness(page)]);
    candidates.retain(|candidate| seen.insert(likeness(&candidate.url)));
    candidates
}

/// Makes the same of addresses that hardly ever lead to different things.
fn likeness(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| port.to_string()).unwrap_or_default();
    let path = url.path().trim_end_matches('/');
    format!("{}:{port}{path}?{}", host.trim_start_matches("www."), url.query().unwrap_or_default())
}
