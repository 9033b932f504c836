//! An item of a feed in JSON.

use serde::de::MapAccess;

use super::super::super::draft::{DraftEntry, Kind, Link, Person, Text};
use super::value::{Any, Fields};
use crate::model::parse_date;

/// An item as far as it was read.
#[derive(Default)]
pub(super) struct Item {
    entry: DraftEntry,
    url: Option<Link>,
    external_url: Option<Link>,
    html: Option<Text>,
    plain: Option<Text>,
    author: Vec<Person>,
    /// Whether it has what only items of feeds have.
    pub(super) is_of_feed: bool,
}

impl Fields for Item {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: &str, fields: &mut A) -> Result<bool, A::Error> {
        let entry = &mut self.entry;
        self.is_of_feed |= matches!(name, "url" | "content_html" | "content_text" | "date_published");
        match name {
            "id" => entry.id = text(fields)?,
            "title" => entry.title = plain(fields)?,
            "url" => self.url = link(fields)?,
            "external_url" => self.external_url = link(fields)?,
            "attachments" => {
                let files = fields.next_value::<Any<(), Any<File>>>()?.list;
                entry.files = files.into_iter().filter_map(|file| file.object?.link()).collect();
            }
            "authors" => entry.authors = people(fields)?,
            "author" => self.author = people(fields)?,
            "date_published" => entry.published = text(fields)?.and_then(|date| parse_date(&date)),
            "date_modified" => entry.updated = text(fields)?.and_then(|date| parse_date(&date)),
            "summary" => entry.summary = plain(fields)?,
            "content_html" => {
                self.html = text(fields)?.map(|value| Text { value, kind: Kind::Html, base: None });
            }
            "content_text" => self.plain = plain(fields)?,
            "tags" => {
                let tags = fields.next_value::<Any<(), Any>>()?.list;
                entry.tags = tags.into_iter().filter_map(Any::text).collect();
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

impl Item {
    pub(super) fn entry(self) -> DraftEntry {
        let mut entry = self.entry;
        entry.pages.extend(self.url.into_iter().chain(self.external_url));
        entry.content = self.html.or(self.plain);
        if entry.authors.is_empty() {
            entry.authors = self.author;
        }
        entry
    }
}

/// A file that comes with an item.
#[derive(Default)]
struct File {
    url: Option<Link>,
    mime: Option<String>,
    length: Option<u64>,
}

impl Fields for File {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: &str, fields: &mut A) -> Result<bool, A::Error> {
        match name {
            "url" => self.url = link(fields)?,
            "mime_type" => self.mime = text(fields)?,
            "size_in_bytes" => self.length = text(fields)?.and_then(|size| size.parse().ok()),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

impl File {
    fn link(self) -> Option<Link> {
        Some(Link { mime: self.mime, length: self.length, ..self.url? })
    }
}

#[derive(Default)]
struct Named {
    name: Option<String>,
}

impl Fields for Named {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: &str, fields: &mut A) -> Result<bool, A::Error> {
        if name == "name" {
            self.name = text(fields)?;
        }
        Ok(name == "name")
    }
}

/// Reads one person or several; some write just the name.
pub(super) fn people<'de, A: MapAccess<'de>>(fields: &mut A) -> Result<Vec<Person>, A::Error> {
    fn person<T>(mut value: Any<Named, T>) -> Option<Person> {
        let name = match value.object.take() {
            Some(named) => named.name,
            None => value.string(),
        };
        name.map(|name| Person { name: Some(name), email: None })
    }
    let mut value = fields.next_value::<Any<Named, Any<Named>>>()?;
    let list = std::mem::take(&mut value.list);
    Ok(person(value).into_iter().chain(list.into_iter().filter_map(person)).collect())
}

pub(super) fn link<'de, A: MapAccess<'de>>(fields: &mut A) -> Result<Option<Link>, A::Error> {
    Ok(text(fields)?.map(|href| Link { href, ..Link::default() }))
}

pub(super) fn plain<'de, A: MapAccess<'de>>(fields: &mut A) -> Result<Option<Text>, A::Error> {
    Ok(text(fields)?.map(|value| Text { value, kind: Kind::Plain, base: None }))
}

pub(super) fn text<'de, A: MapAccess<'de>>(fields: &mut A) -> Result<Option<String>, A::Error> {
    fields.next_value::<Any>().map(Any::text)
}
