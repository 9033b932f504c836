//! Names of hosts → addresses, at the connection itself: what a name said before does not count.
//!
//! A host that a document or a public server leads to must not lie in a private network, whatever its name
//! resolves to. A host that the reader chose may.

use std::collections::HashSet;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address;

/// Asks the system, or a table in tests.
pub(super) type Lookup = Arc<dyn Fn(String) -> Answer + Send + Sync>;
/// The addresses of a name.
pub(super) type Answer = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// The name stands for addresses in a private network only.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the address lies in a private network")]
pub(super) struct PrivateAddress;

/// What is known of the names of one client.
pub(super) struct Names {
    lookup: Lookup,
    private: Mutex<HashSet<String>>,
    guarded: Mutex<HashSet<String>>,
}

/// Looks names up; where it is guarded, it keeps the guarded ones out of private networks.
#[derive(Clone)]
pub(super) struct Resolver {
    names: Arc<Names>,
    is_guarded: bool,
}

impl Names {
    pub(super) fn new(lookup: Lookup) -> Names {
        Names { lookup, private: Mutex::default(), guarded: Mutex::default() }
    }

    /// Asks the system.
    pub(super) fn of_system() -> Names {
        Names::new(Arc::new(|name| {
            Box::pin(async move {
                let found = tokio::net::lookup_host((name, 0)).await?;
                Ok(found.map(|address| address.ip()).collect())
            })
        }))
    }

    /// Keeps a name out of private networks in the guarded resolver. Names of proxies are not kept out.
    pub(super) fn guard(&self, name: &str) {
        lock(&self.guarded).insert(name.to_owned());
    }

    /// Tells whether a name was found to lie in a private network, and nowhere else, when it was looked up last.
    pub(super) fn is_private(&self, name: &str) -> bool {
        lock(&self.private).contains(name)
    }

    async fn find(
        &self,
        name: &str,
        is_guarded: bool,
    ) -> Result<Vec<IpAddr>, Box<dyn std::error::Error + Send + Sync>> {
        let mut found = (self.lookup)(name.to_owned()).await?;
        self.judge(name, &found);
        if !found.iter().any(|ip| address::is_private_ip(*ip)) {
            return Ok(found);
        }
        if is_guarded && lock(&self.guarded).contains(name) {
            found.retain(|ip| !address::is_private_ip(*ip));
            return if found.is_empty() { Err(PrivateAddress.into()) } else { Ok(found) };
        }
        Ok(found)
    }

    /// Keeps in mind whether a name stands for private addresses only: one open address among them, and whoever
    /// gave the name could lead from there into the network of the reader. The last look counts.
    fn judge(&self, name: &str, found: &[IpAddr]) {
        let mut private = lock(&self.private);
        if !found.is_empty() && found.iter().all(|ip| address::is_private_ip(*ip)) {
            private.insert(name.to_owned());
        } else {
            private.remove(name);
        }
    }
}

impl Resolver {
    pub(super) fn new(names: &Arc<Names>, is_guarded: bool) -> Resolver {
        Resolver { names: Arc::clone(names), is_guarded }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let found = resolver.names.find(name.as_str(), resolver.is_guarded).await?;
            // The port of the address asked for takes the place of 0.
            let addresses: Addrs = Box::new(found.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(addresses)
        })
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Names").field("private", &self.private).finish_non_exhaustive()
    }
}

fn lock(names: &Mutex<HashSet<String>>) -> std::sync::MutexGuard<'_, HashSet<String>> {
    names.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers from a table; for tests.
#[cfg(test)]
pub(super) fn table(of: &'static [(&'static str, &'static str)]) -> Lookup {
    Arc::new(move |name| {
        let found = of.iter().filter(|(known, _)| *known == name);
        let found: Vec<IpAddr> = found.map(|(_, ip)| ip.parse().unwrap()).collect();
        let missing = || io::Error::from(io::ErrorKind::NotFound);
        let answer = if found.is_empty() { Err(missing()) } else { Ok(found) };
        Box::pin(std::future::ready(answer))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_guarded_name_does_not_lead_into_a_private_network() {
        let names = Names::new(table(&[
            ("open.test", "93.184.216.34"),
            ("inner.test", "10.0.0.1"),
            ("both.test", "10.0.0.1"),
            ("both.test", "93.184.216.34"),
            ("proxy.test", "10.0.0.9"),
        ]));
        for name in ["open.test", "inner.test", "both.test"] {
            names.guard(name);
        }
        assert_eq!(names.find("open.test", true).await.unwrap().len(), 1);
        assert!(names.find("inner.test", true).await.unwrap_err().is::<PrivateAddress>());
        assert_eq!(
            names.find("both.test", true).await.unwrap(),
            ["93.184.216.34".parse::<IpAddr>().unwrap()]
        );
        assert_eq!(names.find("proxy.test", true).await.unwrap().len(), 1);
        assert_eq!(names.find("inner.test", false).await.unwrap().len(), 1);
        assert!(names.is_private("inner.test") && !names.is_private("open.test"));
        assert_eq!(names.find("both.test", false).await.unwrap().len(), 2);
        assert!(!names.is_private("both.test"));
    }

    #[tokio::test]
    async fn a_name_is_private_as_long_as_it_is() {
        let private = Arc::new(std::sync::atomic::AtomicBool::new(true));
        let names = Names::new(Arc::new({
            let private = Arc::clone(&private);
            move |_| {
                let ip = if private.load(std::sync::atomic::Ordering::SeqCst) {
                    "10.0.0.1"
                } else {
                    "93.184.216.34"
                };
                Box::pin(std::future::ready(Ok(vec![ip.parse().unwrap()])))
            }
        }));
        names.find("a.test", false).await.unwrap();
        assert!(names.is_private("a.test"));
        private.store(false, std::sync::atomic::Ordering::SeqCst);
        names.find("a.test", false).await.unwrap();
        assert!(!names.is_private("a.test"));
    }
}
