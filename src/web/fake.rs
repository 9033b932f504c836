//! The web of the tests: canned answers, and a record of what was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::model::{FetchProblem, Url};

use super::{Answer, Document, Reply, Request, Room, Terms, Web};

/// Answers from a table of addresses; what is not in it is answered with 404. Clones share the table.
#[derive(Clone, Default, Debug)]
pub struct FakeWeb(Arc<Mutex<Table>>);

#[derive(Default, Debug)]
struct Table {
    answers: HashMap<Url, Result<Answer, FetchProblem>>,
    terms: HashMap<Url, Terms>,
    requests: Vec<Request>,
}

impl FakeWeb {
    /// Makes a web with nothing in it.
    pub fn new() -> FakeWeb {
        FakeWeb::default()
    }

    /// Puts a document at an address.
    #[must_use]
    pub fn with(self, url: &str, bytes: impl Into<Vec<u8>>) -> FakeWeb {
        self.serve(url, bytes);
        self
    }

    /// Puts an answer at an address.
    #[must_use]
    pub fn with_answer(self, url: &str, answer: Result<Answer, FetchProblem>) -> FakeWeb {
        self.answer(url, answer);
        self
    }

    /// Puts a document at an address, in place of what was there.
    pub fn serve(&self, url: &str, bytes: impl Into<Vec<u8>>) {
        self.answer(url, Ok(Answer::Document(document(url, bytes))));
    }

    /// Puts a document with an `ETag` at an address, in place of what was there.
    pub fn serve_tagged(&self, url: &str, bytes: impl Into<Vec<u8>>, etag: &str) {
        let tagged = Document { etag: Some(etag.to_owned()), ..document(url, bytes) };
        self.answer(url, Ok(Answer::Document(tagged)));
    }

    /// Puts an answer at an address, in place of what was there.
    pub fn answer(&self, url: &str, answer: Result<Answer, FetchProblem>) {
        self.table().answers.insert(address(url), answer);
    }

    /// Answers with these terms from now on, but for the status.
    pub fn set_terms(&self, url: &str, terms: Terms) {
        self.table().terms.insert(address(url), terms);
    }

    /// Lists the requests so far, in order.
    pub fn requests(&self) -> Vec<Request> {
        self.table().requests.clone()
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap()
    }
}

impl Web for FakeWeb {
    async fn ask(&self, request: Request) -> Reply {
        let mut table = self.table();
        let not_found = || Err(FetchProblem::Status { code: 404, reason: Some("Not Found".to_owned()) });
        let result = table.answers.get(&request.url).cloned().unwrap_or_else(not_found);
        let terms = table.terms.get(&request.url).cloned().unwrap_or_default();
        let host = terms.host.clone().or_else(|| request.url.host_str().map(str::to_owned));
        table.requests.push(request);
        let status = match &result {
            Ok(Answer::Document(_)) => Some(200),
            Ok(Answer::NotModified) => Some(304),
            Err(FetchProblem::Status { code, .. }) => Some(*code),
            Err(_) => None,
        };
        let is_reached = status.is_some() || terms.is_reached;
        Reply { result, terms: Terms { status, host, is_reached, ..terms } }
    }
}

fn document(url: &str, bytes: impl Into<Vec<u8>>) -> Document {
    Document {
        bytes: bytes.into(),
        url: address(url),
        moved: None,
        content_type: None,
        etag: None,
        last_modified: None,
        room: Room::default(),
    }
}

fn address(url: &str) -> Url {
    Url::parse(url).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_fake_web_answers_from_its_table_and_remembers_the_requests() {
        let web = FakeWeb::new().with("http://feed.test/", "<rss/>");
        let known = Request::new(address("http://feed.test/"));
        let unknown = Request::new(address("http://other.test/"));

        let Ok(Answer::Document(document)) = web.get(known.clone()).await else {
            panic!("no document");
        };
        assert_eq!(document.bytes, b"<rss/>");
        assert!(web.get(unknown.clone()).await.is_err());
        assert_eq!(web.requests(), [known, unknown]);
    }
}
