//! The web when there is none.

use crate::model::FetchProblem;

use super::{Answer, Request, Web};

/// Answers every request without touching the network.
#[derive(Clone, Copy, Debug)]
pub struct Offline;

impl Web for Offline {
    async fn get(&self, _request: Request) -> Result<Answer, FetchProblem> {
        Err(FetchProblem::Unreachable("newsterm is offline".to_owned()))
    }
}
