//! Reads JSON Feed (<https://jsonfeed.org/version/1.1>), with fields missing, of another type, or cut off.

mod item;
mod value;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use self::item::{Item, link, people, plain, text};
use self::value::Any;
use super::super::draft::Draft;
use super::super::limits::MAX_ENTRIES;
use crate::model::FeedFormat;

/// Reads a feed in JSON; of one that is cut off, the whole entries.
pub(in crate::feed) fn read_json(text: &str) -> Result<Draft, String> {
    let mut reading = Reading { draft: Draft::new(FeedFormat::Json), is_feed: false };
    let mut document = serde_json::Deserializer::from_str(text);
    let ended = reading.deserialize(&mut document);
    match ended {
        Err(error) if reading.draft.entries.is_empty() => Err(format!("broken JSON: {error}")),
        _ if reading.is_feed => Ok(reading.draft),
        _ => Err("JSON, but not a JSON feed".to_owned()),
    }
}

struct Reading {
    draft: Draft,
    /// Whether it has said to be a feed, or has items as only feeds have them.
    is_feed: bool,
}

impl<'de> DeserializeSeed<'de> for &mut Reading {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, document: D) -> Result<(), D::Error> {
        document.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Reading {
    type Value = ();

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let mut seen = 0usize;
        while let Some(name) = fields.next_key::<String>()? {
            seen += 1;
            if seen > MAX_FIELDS {
                return Err(Error::custom("too many fields"));
            }
            match name.as_str() {
                "items" => fields.next_value_seed(Items { reading: self })?,
                _ => self.take(&name, &mut fields)?,
            }
        }
        Ok(())
    }
}

const MAX_FIELDS: usize = 10_000;

impl Reading {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: &str, fields: &mut A) -> Result<(), A::Error> {
        let draft = &mut self.draft;
        match name {
            "version" => self.is_feed |= text(fields)?.is_some_and(|version| is_version(&version)),
            "title" => draft.title = plain(fields)?,
            "description" => draft.description = plain(fields)?,
            "home_page_url" => draft.pages = link(fields)?.into_iter().collect(),
            "author" | "authors" => draft.authors.append(&mut people(fields)?),
            _ => drop(fields.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
}

/// `https://jsonfeed.org/version/1.1`, or what people write instead.
fn is_version(version: &str) -> bool {
    version.contains("jsonfeed") || matches!(version, "1" | "1.0" | "1.1")
}

struct Items<'a> {
    reading: &'a mut Reading,
}

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while self.reading.draft.entries.len() < MAX_ENTRIES
            && let Some(item) = items.next_element::<Any<Item>>()?
        {
            if let Some(item) = item.object {
                self.reading.is_feed |= item.is_of_feed;
                self.reading.draft.entries.push(item.entry());
            }
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
