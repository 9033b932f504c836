//! Room in memory for documents: a body is read when there is room, and keeps it until it is done with.
//!
//! So a refresh of thousands of feeds holds a few documents at a time, however fast they come. What a server
//! says of a length is believed only so far: one that drips a huge document slowly must not take all the room.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// All the room there is, in kilobytes.
const ROOM: usize = 8_000;
/// What a document takes whose length is not known.
const UNKNOWN: usize = 250;
/// What a document takes at most.
const LARGEST: usize = 1_000;

/// The room of one client.
#[derive(Debug)]
pub(super) struct Rooms(Arc<Semaphore>);

/// One document's room; given back when the last clone is dropped.
#[derive(Clone, Default, Debug)]
pub struct Room {
    _held: Option<Arc<OwnedSemaphorePermit>>,
}

/// Rooms are all the same: documents are compared by what is in them.
impl PartialEq for Room {
    fn eq(&self, _: &Room) -> bool {
        true
    }
}

impl Eq for Room {}

impl Default for Rooms {
    fn default() -> Rooms {
        Rooms(Arc::new(Semaphore::new(ROOM)))
    }
}

impl Rooms {
    /// Waits until there is room for a document of so many bytes.
    pub(super) async fn take(&self, length: Option<u64>) -> Room {
        let known = length.and_then(|bytes| usize::try_from(bytes / 1_000).ok());
        let wanted = known.unwrap_or(UNKNOWN).clamp(1, LARGEST);
        let wanted = u32::try_from(wanted).expect("at most the largest");
        let permit = Arc::clone(&self.0).acquire_many_owned(wanted).await;
        let permit = permit.expect("the semaphore is never closed");
        Room { _held: Some(Arc::new(permit)) }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn a_document_waits_until_others_are_done_with() {
        let rooms = Rooms::default();
        let mut held = Vec::new();
        for _ in 0..ROOM / LARGEST {
            held.push(rooms.take(Some(u64::MAX)).await);
        }
        let mut next = pin!(rooms.take(None));
        assert!(next.as_mut().now_or_never().is_none());
        held.pop();
        assert!(next.now_or_never().is_some());
    }
}
