//! The web when there is none.

use crate::model::FetchProblem;

use super::{Reply, Request, Terms, Web};

/// Answers every request without touching the network.
#[derive(Clone, Copy, Debug)]
pub struct Offline;

impl Web for Offline {
    async fn ask(&self, _request: Request) -> Reply {
        let offline = FetchProblem::Unreachable("newsterm is offline".to_owned());
        Reply { result: Err(offline), terms: Terms::default() }
    }
}
