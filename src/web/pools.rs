//! Connections, kept in pools by the way that they go.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::{Client, ClientBuilder, Proxy};

use super::names::{Names, Resolver};
use super::{WebSettings, address};
use crate::model::{FetchProblem, Url};

/// Connections are for the requests of one refresh; keeping them until the next would only cost memory.
const IDLE_CONNECTION: Duration = Duration::from_secs(30);

/// The pools of one client.
#[derive(Debug)]
pub(super) struct Pools {
    settings: WebSettings,
    user_agent: HeaderValue,
    names: Arc<Names>,
    outside: LazyPool,
    /// For what a document or a public server leads to.
    guarded: LazyPool,
    /// For servers on this machine: a proxy would look for them on its own machine.
    inside: LazyPool,
    /// Through the proxies of single feeds.
    proxied: Mutex<HashMap<Url, Result<Client, FetchProblem>>>,
}

/// The way that a request goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Way<'a> {
    /// As the system has it.
    Plain,
    /// The same, but into no private network.
    Guarded,
    /// Through a proxy.
    Through(&'a Url),
}

/// Connections that are set up by the first request, because reading the certificates of the system takes time.
type LazyPool = OnceLock<Result<Client, FetchProblem>>;

impl Pools {
    pub(super) fn new(settings: &WebSettings, user_agent: HeaderValue, names: Names) -> Pools {
        Pools {
            settings: settings.clone(),
            user_agent,
            names: Arc::new(names),
            outside: LazyPool::new(),
            guarded: LazyPool::new(),
            inside: LazyPool::new(),
            proxied: Mutex::default(),
        }
    }

    /// Gives the pool for an address.
    pub(super) fn get(&self, url: &Url, way: Way<'_>) -> Result<Client, FetchProblem> {
        let pool = match way {
            Way::Through(proxy) => return self.through(proxy),
            Way::Plain | Way::Guarded if address::is_this_machine(url) => {
                self.inside.get_or_init(|| open(self.builder(false).no_proxy()))
            }
            Way::Plain => self.outside.get_or_init(|| open(self.builder(false))),
            Way::Guarded => {
                self.names.guard(url.host_str().unwrap_or_default());
                self.guarded.get_or_init(|| open(self.builder(true)))
            }
        };
        pool.clone()
    }

    /// Tells whether an answer came out of a private network: by the address itself, else by all that its name
    /// stands for, and by where the connection led.
    pub(super) fn is_private(&self, url: &Url, peer: Option<IpAddr>) -> bool {
        let is_named_so = url.host_str().is_some_and(|host| self.names.is_private(host));
        address::is_private(url) || (is_named_so && peer.is_some_and(address::is_private_ip))
    }

    fn through(&self, proxy: &Url) -> Result<Client, FetchProblem> {
        let mut proxied = self.proxied.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || match Proxy::all(proxy.as_str()) {
            Ok(proxy) => open(self.builder(false).proxy(proxy)),
            Err(_) => Err(FetchProblem::Unreachable("its proxy has no address that can be used".to_owned())),
        };
        proxied.entry(proxy.clone()).or_insert_with(make).clone()
    }

    fn builder(&self, is_guarded: bool) -> ClientBuilder {
        Client::builder()
            .user_agent(self.user_agent.clone())
            .dns_resolver(Resolver::new(&self.names, is_guarded))
            .connect_timeout(self.settings.connect_timeout)
            .read_timeout(self.settings.read_timeout)
            .pool_idle_timeout(IDLE_CONNECTION)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // What browsers forgive, we forgive.
            .http1_ignore_invalid_headers_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
    }
}

fn open(builder: ClientBuilder) -> Result<Client, FetchProblem> {
    let cannot =
        |_| FetchProblem::Unreachable("no secure connections can be set up on this system".to_owned());
    builder.build().map_err(cannot)
}
