//! Hosts that want to be left alone, where no feed of theirs is followed yet.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::due;
use crate::model::{Timestamp, Url};
use crate::store::{Store, StoreError};
use crate::web::{Reply, Request, Web};

/// Tells until when one of these addresses is not to be asked.
pub(super) async fn held_until(
    store: &Store,
    addresses: &[Url],
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let mut latest = None;
    for url in addresses {
        let until = due::believable(store.host_held_until(url.clone()).await?, now);
        latest = latest.max(until.filter(|until| *until > now));
    }
    Ok(latest)
}

/// Asks as the web does, and keeps in mind which hosts said 429.
pub(super) struct Listening<'a, W> {
    web: &'a W,
    holds: Mutex<Vec<(String, Duration)>>,
}

impl<W: Web> Listening<'_, W> {
    pub(super) fn to(web: &W) -> Listening<'_, W> {
        Listening { web, holds: Mutex::default() }
    }

    /// Notes the hosts that said so.
    pub(super) async fn note_holds(self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        let holds = self.holds.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (host, wait) in holds {
            store.hold_host(host, due::held_until(now, wait), now).await?;
        }
        Ok(())
    }
}

impl<W: Web> Web for Listening<'_, W> {
    async fn ask(&self, request: Request) -> Reply {
        let reply = self.web.ask(request).await;
        let terms = &reply.terms;
        if let (Some(429), Some(host), Some(wait)) = (terms.status, &terms.host, terms.retry_after) {
            self.holds.lock().unwrap_or_else(PoisonError::into_inner).push((host.clone(), wait));
        }
        reply
    }
}
