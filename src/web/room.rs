//! Room in memory for documents: a body takes room as it comes, and keeps it until it is done with.
//!
//! So a refresh of thousands of feeds holds a few documents at a time, however fast they come. A body that
//! drips holds only what has dripped. Where there is no room a body waits, but not for long: two halves of
//! documents must not wait for each other for ever.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// All the room there is, in kilobytes.
const ROOM: usize = 8_000;
/// What a document takes at first, and with each step by which it grows, in kilobytes.
const STEP: u32 = 64;
/// How long a document waits, once, for others to be done with theirs.
const PATIENCE: Duration = Duration::from_millis(250);

/// The room of one client.
#[derive(Debug)]
pub(super) struct Rooms(Arc<Semaphore>);

/// One document's room; given back when the last clone is dropped.
#[derive(Clone, Default, Debug)]
pub struct Room {
    held: Vec<Arc<OwnedSemaphorePermit>>,
    /// Kilobytes that the document may grow to before it needs more.
    size: usize,
    /// It has waited in vain, and waits no more.
    has_waited: bool,
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
    /// Makes room for a document that has grown to so many bytes.
    pub(super) async fn grow(&self, room: &mut Room, bytes: usize) {
        while room.size * 1_000 < bytes {
            room.size += STEP as usize;
            let patience = if room.has_waited { Duration::ZERO } else { PATIENCE };
            let permit = Arc::clone(&self.0).acquire_many_owned(STEP);
            match timeout(patience, permit).await {
                Ok(permit) => room.held.push(Arc::new(permit.expect("the semaphore is never closed"))),
                Err(_) => room.has_waited = true,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::FutureExt;

    use super::*;

    async fn full() -> (Rooms, Vec<Room>) {
        let rooms = Rooms::default();
        let mut held = Vec::new();
        for _ in 0..ROOM / STEP as usize {
            let mut room = Room::default();
            rooms.grow(&mut room, 1).await;
            held.push(room);
        }
        (rooms, held)
    }

    #[tokio::test(start_paused = true)]
    async fn a_document_waits_until_others_are_done_with() {
        let (rooms, mut held) = full().await;
        let mut room = Room::default();
        let mut next = pin!(rooms.grow(&mut room, 1));
        assert!(next.as_mut().now_or_never().is_none());
        held.pop();
        assert!(next.now_or_never().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn no_document_waits_for_ever() {
        let (rooms, _held) = full().await;
        let mut room = Room::default();
        rooms.grow(&mut room, 100_000).await;
        assert!(room.held.is_empty());
    }

    #[tokio::test]
    async fn a_drop_of_a_large_document_takes_little_room() {
        let rooms = Rooms::default();
        let mut room = Room::default();
        rooms.grow(&mut room, 10).await;
        assert_eq!(rooms.0.available_permits(), ROOM - STEP as usize);
    }
}
