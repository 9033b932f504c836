//! The web of the tests: canned answers, and a record of what was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::model::{FetchProblem, Url};

use super::{Answer, Document, Request, Room, Web};

/// Answers from a table of addresses; what is not in it is answered with 404. Clones share the table.
#[derive(Clone, Default, Debug)]
pub struct FakeWeb(Arc<Mutex<Table>>);

#[derive(Default, Debug)]
struct Table {
    answers: HashMap<Url, Result<Answer, FetchProblem>>,
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

    /// Lists the requests so far, in order.
    pub fn requests(&self) -> Vec<Request> {
        self.table().requests.clone()
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap()
    }
}

impl Web for FakeWeb {
    async fn get(&self, request: Request) -> Result<Answer, FetchProblem> {
        let mut table = self.table();
        let answer = table.answers.get(&request.url).cloned();
        table.requests.push(request);
        answer
            .unwrap_or_else(|| Err(FetchProblem::Status { code: 404, reason: Some("Not Found".to_owned()) }))
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
