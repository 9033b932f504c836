//! Which addresses lie on this machine or in its own network, as far as the address itself tells.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::Host;

use crate::model::Url;

/// Tells whether the address names this machine.
pub(super) fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_localhost(name),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.to_canonical().is_loopback(),
        None => false,
    }
}

/// Tells whether a document may lead to an address: one of the open net does not lead into a private one.
pub fn may_lead(from: &Url, to: &Url) -> bool {
    !is_private(to) || is_private(from)
}

/// Tells whether a feed may lead to an address whatever it resolves to: the reader chose the host himself, or a feed
/// of a private network.
pub fn is_chosen(feed: &Url, to: &Url) -> bool {
    feed.host() == to.host() || (is_private(to) && is_private(feed))
}

/// Tells whether the address lies where only this machine or its neighbours can reach.
pub(super) fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_localhost(name),
        Some(Host::Ipv4(ip)) => is_private_ip(ip.into()),
        Some(Host::Ipv6(ip)) => is_private_ip(ip.into()),
        None => false,
    }
}

/// Tells whether only this machine or its neighbours can reach the address.
pub(super) fn is_private_ip(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

fn is_localhost(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost")
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    // 100.64.0.0/10 is shared behind a provider's translation (RFC 6598); 0.0.0.0/8 reaches this machine on Linux.
    let is_shared = a == 100 && (64..128).contains(&b);
    a == 0 || is_shared || ip.is_loopback() || ip.is_private() || ip.is_link_local()
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(host: &str) -> Url {
        Url::parse(&format!("http://{host}/feed")).unwrap()
    }

    #[test]
    fn loopback_and_localhost_are_this_machine() {
        for host in
            ["127.0.0.1", "127.8.9.1:8080", "[::1]", "[::ffff:127.0.0.1]", "localhost", "a.localhost."]
        {
            assert!(is_this_machine(&url(host)), "{host}");
        }
        for host in ["10.0.0.1", "localhost.example", "news.example"] {
            assert!(!is_this_machine(&url(host)), "{host}");
        }
    }

    #[test]
    fn the_open_net_leads_into_no_private_one() {
        let (open, private) = (url("news.example"), url("10.0.0.1"));
        assert!(may_lead(&open, &open) && may_lead(&private, &private) && may_lead(&private, &open));
        assert!(!may_lead(&open, &private));
    }

    #[test]
    fn the_host_of_a_feed_was_chosen_and_so_were_the_neighbours_of_a_private_one() {
        let chosen = |from: &str, to: &str| is_chosen(&url(from), &url(to));
        assert!(chosen("news.test", "news.test:8080") && chosen("127.0.0.1:1", "localhost:2"));
        assert!(!chosen("news.test", "127.0.0.1") && !chosen("127.0.0.1", "news.test"));
        assert!(!chosen("news.test", "intranet.test"));
    }

    #[test]
    fn neighbours_are_private() {
        for host in [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.1.1",
            "100.64.0.1",
            "[::]",
            "[fd00::1]",
            "[fe80::1]",
            "[::ffff:10.0.0.1]",
            // Written to be overlooked: the parser of addresses reads both as 127.0.0.1.
            "2130706433",
            "0x7f.1",
        ] {
            assert!(is_private(&url(host)), "{host}");
        }
        for host in ["93.184.216.34", "100.128.0.1", "[2606:2800::1]", "news.example"] {
            assert!(!is_private(&url(host)), "{host}");
        }
    }
}
