//! The starter catalogue: feeds by topic to begin with, from `assets/catalogue.toml`.

use serde::Deserialize;

use crate::model::Url;

const CATALOGUE: &str = include_str!("../../assets/catalogue.toml");

/// Feeds by topic.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Catalogue {
    /// The topics, in order.
    #[serde(rename = "topic")]
    pub topics: Vec<Topic>,
}

/// Feeds about one thing.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Topic {
    /// What they are about.
    pub name: String,
    /// The feeds.
    pub feeds: Vec<Offer>,
}

/// A feed to subscribe to.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Offer {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: Url,
    /// The web site it belongs to.
    pub site: Option<Url>,
    /// The language it is written in.
    pub language: Option<String>,
}

/// One row of the catalogue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CatalogueRow<'a> {
    /// The name of a topic.
    Topic(&'a str),
    /// A feed of the topic.
    Offer(&'a str, &'a Offer),
}

impl Catalogue {
    /// Reads the embedded catalogue.
    pub fn embedded() -> Catalogue {
        toml::from_str(CATALOGUE).expect("the embedded catalogue is TOML of this shape")
    }

    /// Lays out all rows, top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = CatalogueRow<'_>> {
        self.topics.iter().flat_map(|topic| {
            let offers = topic.feeds.iter().map(|offer| CatalogueRow::Offer(&topic.name, offer));
            std::iter::once(CatalogueRow::Topic(&topic.name)).chain(offers)
        })
    }

    /// Gives the offer of a number, counted without the topics.
    pub fn offer(&self, number: usize) -> Option<(&str, &Offer)> {
        let offers = |topic: &'_ Topic| topic.feeds.len();
        let mut left = number;
        for topic in &self.topics {
            if left < offers(topic) {
                return Some((&topic.name, &topic.feeds[left]));
            }
            left -= offers(topic);
        }
        None
    }

    /// Counts the offers.
    pub fn len(&self) -> usize {
        self.topics.iter().map(|topic| topic.feeds.len()).sum()
    }

    /// Tells whether there is nothing to offer.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offer_is_a_web_address_that_occurs_once() {
        let catalogue = Catalogue::embedded();
        let mut urls: Vec<&str> = Vec::new();
        for number in 0..catalogue.len() {
            let (_, offer) = catalogue.offer(number).unwrap();
            assert!(matches!(offer.url.scheme(), "http" | "https"), "{}", offer.url);
            assert!(!urls.contains(&offer.url.as_str()), "{}", offer.url);
            urls.push(offer.url.as_str());
        }
        assert!(urls.len() >= 20);
    }
}
