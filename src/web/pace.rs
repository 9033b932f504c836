//! When a request may start: a limit for all, a limit for each host, and a pause between two starts at one host.
//!
//! A request takes a place at its host, waits for the host's turn, and only then takes one of the places for all.
//! So a slow or busy host holds nothing that others need. Waiting is first come, first served.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as AsyncMutex, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};

use crate::model::Url;

use super::WebSettings;

/// No host is held for longer.
const LONGEST_HOLD: Duration = Duration::from_hours(48);

/// Lets requests start, one client's all together.
#[derive(Debug)]
pub(super) struct Pace {
    per_host: usize,
    spacing: Duration,
    everyone: Arc<Semaphore>,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

/// The right to have one request in flight; given back on drop.
#[derive(Debug)]
pub(super) struct Pass {
    _place: OwnedSemaphorePermit,
    _place_at_host: OwnedSemaphorePermit,
}

#[derive(Debug)]
struct Host {
    places: Arc<Semaphore>,
    /// The earliest start of the next request; locked by the one whose turn it is.
    next_start: AsyncMutex<Instant>,
    /// It said 429, and when to come again.
    held_until: Mutex<Instant>,
}

impl Host {
    fn check(&self) -> Result<(), Duration> {
        let held_until = *self.held_until.lock().unwrap_or_else(PoisonError::into_inner);
        let left = held_until.saturating_duration_since(Instant::now());
        if left.is_zero() { Ok(()) } else { Err(left) }
    }
}

impl Pace {
    pub(super) fn new(settings: &WebSettings) -> Pace {
        Pace {
            per_host: settings.per_host.max(1),
            spacing: settings.spacing,
            everyone: Arc::new(Semaphore::new(settings.concurrency.max(1))),
            hosts: Mutex::default(),
        }
    }

    /// Waits until a request to this address may start. Where its host is held, it may not: gives what is left.
    pub(super) async fn enter(&self, url: &Url) -> Result<Pass, Duration> {
        let host = self.host(url.host_str().unwrap_or_default());
        let place_at_host = take(&host.places).await;
        let mut next_start = host.next_start.lock().await;
        // Whoever waits for its turn behind one that was told to come later is told so at once.
        host.check()?;
        if *next_start > Instant::now() {
            sleep_until(*next_start).await;
        }
        let place = take(&self.everyone).await;
        host.check()?;
        *next_start = Instant::now() + self.spacing;
        Ok(Pass { _place: place, _place_at_host: place_at_host })
    }

    /// Lets no request to this address's host start for a while.
    pub(super) fn hold(&self, url: &Url, wait: Duration) {
        let host = self.host(url.host_str().unwrap_or_default());
        let until = Instant::now() + wait.min(LONGEST_HOLD);
        let mut held_until = host.held_until.lock().unwrap_or_else(PoisonError::into_inner);
        *held_until = until.max(*held_until);
    }

    fn host(&self, name: &str) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = hosts.get(name) {
            return Arc::clone(host);
        }
        let host = Arc::new(Host {
            places: Arc::new(Semaphore::new(self.per_host)),
            next_start: AsyncMutex::new(Instant::now()),
            held_until: Mutex::new(Instant::now()),
        });
        hosts.insert(name.to_owned(), Arc::clone(&host));
        host
    }
}

async fn take(places: &Arc<Semaphore>) -> OwnedSemaphorePermit {
    let permit = Arc::clone(places).acquire_owned().await;
    permit.expect("the semaphores of a pace are never closed")
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::FutureExt;
    use futures_util::future::join_all;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn pace(concurrency: usize, per_host: usize, spacing: Duration) -> Pace {
        Pace::new(&WebSettings { concurrency, per_host, spacing, ..WebSettings::default() })
    }

    fn host(name: &str) -> Url {
        Url::parse(&format!("http://{name}.test/feed")).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn requests_to_one_host_start_apart() {
        let pace = pace(64, 4, SECOND);
        let begin = Instant::now();
        let starts = join_all((0..4).map(|_| async {
            let pass = pace.enter(&host("slow")).await;
            (pass, begin.elapsed())
        }));
        let seconds: Vec<u64> = starts.await.iter().map(|(_, at)| at.as_secs()).collect();
        assert_eq!(seconds, [0, 1, 2, 3]);
    }

    #[tokio::test(start_paused = true)]
    async fn requests_to_different_hosts_start_at_once() {
        let pace = pace(64, 4, SECOND);
        let begin = Instant::now();
        let _passes = (pace.enter(&host("one")).await, pace.enter(&host("two")).await);
        assert_eq!(begin.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_host_lets_the_next_in_when_one_leaves() {
        let pace = pace(64, 2, Duration::ZERO);
        let first = pace.enter(&host("busy")).await;
        let _second = pace.enter(&host("busy")).await;
        let busy = host("busy");
        let mut third = pin!(pace.enter(&busy));
        assert!(third.as_mut().now_or_never().is_none());
        drop(first);
        assert!(third.now_or_never().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_waiting_host_does_not_stop_others() {
        let pace = pace(1, 4, SECOND);
        drop(pace.enter(&host("slow")).await);
        let slow = host("slow");
        let mut waiting = pin!(pace.enter(&slow));
        assert!(waiting.as_mut().now_or_never().is_none());
        assert!(pace.enter(&host("quick")).now_or_never().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn starts_that_waited_for_a_place_among_all_are_apart_too() {
        let pace = pace(2, 4, SECOND);
        let others = (pace.enter(&host("one")).await, pace.enter(&host("two")).await);
        let begin = Instant::now();
        let start = || async {
            let pass = pace.enter(&host("late")).await;
            (pass, begin.elapsed().as_secs())
        };
        let free_places = async {
            tokio::time::sleep(5 * SECOND).await;
            drop(others);
        };
        let ((_one, first), (_two, second), ()) = tokio::join!(start(), start(), free_places);
        assert_eq!((first, second), (5, 6));
    }

    #[tokio::test(start_paused = true)]
    async fn one_who_gives_up_waiting_leaves_its_place_to_the_next() {
        let pace = pace(1, 1, SECOND);
        drop(pace.enter(&host("slow")).await);
        let given_up = tokio::time::timeout(SECOND / 2, pace.enter(&host("slow"))).await;
        assert!(given_up.is_err());
        let begin = Instant::now();
        assert!(pace.enter(&host("slow")).await.is_ok());
        assert_eq!(begin.elapsed(), SECOND / 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_is_held_lets_nobody_in_not_even_those_who_wait() {
        let pace = pace(64, 4, SECOND);
        drop(pace.enter(&host("busy")).await);
        let busy = host("busy");
        let mut waiting = pin!(pace.enter(&busy));
        assert!(waiting.as_mut().now_or_never().is_none());
        pace.hold(&host("busy"), 10 * SECOND);
        assert_eq!(waiting.await.err(), Some(9 * SECOND));
        assert_eq!(pace.enter(&host("busy")).await.err(), Some(9 * SECOND));
        assert!(pace.enter(&host("other")).await.is_ok());
        tokio::time::sleep(9 * SECOND).await;
        assert!(pace.enter(&host("busy")).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn limits_of_zero_are_taken_as_one() {
        let pace = pace(0, 0, Duration::ZERO);
        assert!(pace.enter(&host("any")).now_or_never().is_some());
    }
}
