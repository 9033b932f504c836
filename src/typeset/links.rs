//! The addresses of a page, each once.

use std::collections::HashMap;

use crate::model::Url;

/// Collects the addresses that spans lead to.
#[derive(Default)]
pub(super) struct Links {
    urls: Vec<Url>,
    known: HashMap<Url, u16>,
}

impl Links {
    /// Gives the number of an address; none beyond 65,536 addresses, where text stays text.
    pub(super) fn number(&mut self, url: &Url) -> Option<u16> {
        if let Some(number) = self.known.get(url) {
            return Some(*number);
        }
        let number = u16::try_from(self.urls.len()).ok()?;
        self.urls.push(url.clone());
        self.known.insert(url.clone(), number);
        Some(number)
    }

    /// Gives the addresses by number.
    pub(super) fn into_urls(self) -> Vec<Url> {
        self.urls
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_number() {
        let mut links = Links::default();
        let [a, b] = ["http://a.test/", "http://b.test/"].map(|url| Url::parse(url).unwrap());
        let numbers = [&a, &b, &a].map(|url| links.number(url));
        assert_eq!(numbers, [Some(0), Some(1), Some(0)]);
        assert_eq!(links.into_urls(), [a, b]);
    }
}
