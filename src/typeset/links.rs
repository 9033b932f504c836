//! Where the links of a page lead, each place once.

use std::collections::HashMap;

use super::Position;
use crate::model::Url;

/// Where a link leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// To an address.
    Web(Url),
    /// To a place in the same text.
    Place(Position),
}

impl Target {
    /// Gives the address that it leads to.
    pub fn url(&self) -> Option<&Url> {
        match self {
            Target::Web(url) => Some(url),
            Target::Place(_) => None,
        }
    }
}

/// What a link says where it leads.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Href {
    Web(Url),
    /// The element of this id.
    Id(String),
}

/// Collects where spans lead.
#[derive(Default)]
pub(super) struct Links {
    hrefs: Vec<Href>,
    known: HashMap<Href, u16>,
}

impl Links {
    /// Gives the number of a link's end; none beyond 65,536 of them, where text stays text.
    pub(super) fn number(&mut self, href: Href) -> Option<u16> {
        if let Some(number) = self.known.get(&href) {
            return Some(*number);
        }
        let number = u16::try_from(self.hrefs.len()).ok()?;
        self.hrefs.push(href.clone());
        self.known.insert(href, number);
        Some(number)
    }

    /// Gives where the links lead, by number; what the text does not hold is on its page, or at the top.
    pub(super) fn into_targets(self, places: &HashMap<&str, Position>, own: Option<&Url>) -> Vec<Target> {
        let target = |href| match href {
            Href::Web(url) => Target::Web(url),
            Href::Id(id) => match (places.get(id.as_str()), own) {
                (None, Some(own)) => Target::Web(with_fragment(own, &id)),
                (place, _) => Target::Place(place.copied().unwrap_or_default()),
            },
        };
        self.hrefs.into_iter().map(target).collect()
    }
}

fn with_fragment(url: &Url, id: &str) -> Url {
    let mut url = url.clone();
    url.set_fragment(Some(id));
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_number() {
        let mut links = Links::default();
        let [a, b] = ["http://a.test/", "http://b.test/"].map(|url| Href::Web(Url::parse(url).unwrap()));
        let numbers = [&a, &b, &a].map(|href| links.number(href.clone()));
        assert_eq!(numbers, [Some(0), Some(1), Some(0)]);
        assert_eq!(links.hrefs, [a, b]);
    }

    #[test]
    fn an_id_leads_to_its_place() {
        let mut links = Links::default();
        for id in ["note", "gone"] {
            links.number(Href::Id(id.to_owned()));
        }
        let place = Position { block: 3, offset: 7 };
        let own = Url::parse("http://a.test/rain").unwrap();
        let targets = links.into_targets(&HashMap::from([("note", place)]), Some(&own));
        assert_eq!(targets, [Target::Place(place), Target::Web(with_fragment(&own, "gone"))]);
    }
}
