//! Reads JSON Feed (<https://jsonfeed.org/version/1.1>), with fields missing, of another type, or cut off.

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::super::date::parse_date;
use super::super::draft::{Draft, DraftEntry, Kind, Link, Permalink, Person, Text};
use super::super::limits::MAX_ENTRIES;
use crate::model::{FeedFormat, Timestamp};

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
                _ => self.take(&name, &fields.next_value()?),
            }
        }
        Ok(())
    }
}

const MAX_FIELDS: usize = 10_000;

impl Reading {
    fn take(&mut self, name: &str, value: &Value) {
        let draft = &mut self.draft;
        match name {
            "version" => self.is_feed |= names_version(value),
            "title" => draft.title = plain(value),
            "description" => draft.description = plain(value),
            "home_page_url" => draft.pages.extend(link(value)),
            "author" | "authors" => draft.authors.extend(people(value)),
            _ => {}
        }
    }
}

/// `https://jsonfeed.org/version/1.1`, or what people write instead.
fn names_version(value: &Value) -> bool {
    text(value).is_some_and(|version| {
        version.contains("jsonfeed") || matches!(version.as_str(), "1" | "1.0" | "1.1")
    })
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
            && let Some(item) = items.next_element::<Value>()?
        {
            if item.is_object() {
                self.reading.is_feed |= ["url", "content_html", "content_text", "date_published"]
                    .iter()
                    .any(|field| item.get(field).is_some());
                self.reading.draft.entries.push(entry(&item));
            }
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

fn entry(item: &Value) -> DraftEntry {
    let field = |name: &str| item.get(name).unwrap_or(&Value::Null);
    let date = |name: &str| -> Option<Timestamp> { parse_date(&text(field(name))?) };
    let html = text(field("content_html")).map(|value| Text { value, kind: Kind::Html, base: None });
    let mut authors: Vec<Person> = people(field("authors")).collect();
    if authors.is_empty() {
        authors.extend(people(field("author")));
    }
    DraftEntry {
        id: text(field("id")),
        permalink: Permalink::Unsaid,
        title: plain(field("title")),
        pages: ["url", "external_url"].iter().filter_map(|name| link(field(name))).collect(),
        files: list(field("attachments")).filter_map(attachment).collect(),
        authors,
        published: date("date_published"),
        updated: date("date_modified"),
        summary: plain(field("summary")),
        content: html.or_else(|| plain(field("content_text"))),
        tags: list(field("tags")).filter_map(text).collect(),
        base: None,
    }
}

fn attachment(value: &Value) -> Option<Link> {
    let size = value.get("size_in_bytes");
    let length = size.and_then(|size| size.as_u64().or_else(|| size.as_str()?.parse().ok()));
    Some(Link { mime: value.get("mime_type").and_then(text), length, ..link(value.get("url")?)? })
}

/// Reads one person or several; some write just the name.
fn people(value: &Value) -> impl Iterator<Item = Person> {
    let single = (value.is_object() || value.is_string()).then_some(value);
    let person = |value: &Value| {
        let name = if value.is_string() { text(value) } else { value.get("name").and_then(text) };
        name.map(|name| Person { name: Some(name), email: None })
    };
    single.into_iter().chain(list(value)).filter_map(person)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn link(value: &Value) -> Option<Link> {
    Some(Link { href: text(value)?, ..Link::default() })
}

fn plain(value: &Value) -> Option<Text> {
    Some(Text { value: text(value)?, kind: Kind::Plain, base: None })
}

/// Takes a text; ids and tags are numbers at times.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
