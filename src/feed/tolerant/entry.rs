//! An entry of a feed in XML.

use std::borrow::Cow;

use super::super::draft::{DraftEntry, Link, Permalink, Text};
use super::super::xml::{Element, Vocabulary};
use super::{link, person, text};
use crate::model::parse_date;
use crate::model::{FeedFormat, Timestamp};

/// Reads an entry.
pub(super) fn read(element: &Element<'_>, format: FeedFormat) -> DraftEntry {
    let mut reading = Reading {
        entry: DraftEntry { base: element.base.clone(), ..DraftEntry::default() },
        format,
        ..Reading::default()
    };
    // RSS 1.0 names an item there, CDF says where it leads and when it was changed.
    reading.about = element.attribute("about").map(Cow::into_owned);
    if let Some(href) = element.attribute("href") {
        reading.entry.pages.push(Link {
            href: href.into_owned(),
            base: element.base.clone(),
            ..Link::default()
        });
    }
    reading.entry.updated = element.attribute("lastmod").and_then(|date| parse_date(&date));
    for child in element.elements() {
        reading.take(child);
    }
    reading.finish()
}

/// What is known of an entry while its elements go by.
#[derive(Default)]
struct Reading {
    entry: DraftEntry,
    format: FeedFormat,
    about: Option<String>,
    /// Where a content of Atom lies that is not in the feed.
    out_of_line: Option<Link>,
    description: Option<Text>,
    /// What speaks where there is neither description nor content, the best first.
    spare_texts: [Option<Text>; 4],
    spare_title: Option<Text>,
    spare_authors: Vec<super::super::draft::Person>,
    spare_date: Option<Timestamp>,
}

impl Reading {
    fn take(&mut self, element: &Element<'_>) {
        use Vocabulary::{Atom, Content, Core, Dublin, Media, Podcast, Rdf, Terms, Xhtml};
        let entry = &mut self.entry;
        let format = self.format;
        let new_text = || text::read(element, format);
        match (element.vocabulary, element.name.as_ref()) {
            (Core | Atom | Rdf, "title") => keep(&mut entry.title, new_text),
            (Dublin | Media | Podcast, "title") => keep(&mut self.spare_title, new_text),
            (Core | Atom, "guid" | "id") => {
                let id = element.text();
                if entry.id.is_none() && !id.trim().is_empty() {
                    entry.id = Some(id);
                    entry.permalink = permalink(element);
                }
            }
            (Dublin, "identifier") => keep_text(&mut self.about, element.text()),
            (Core | Atom, "link") => {
                entry.pages.extend(link::page(element));
                entry.files.extend(link::file(element));
                entry.comments = entry.comments.take().or_else(|| link::comments(element));
            }
            (Core, "comments") => entry.comments = entry.comments.take().or_else(|| link::comments(element)),
            (Core, "enclosure") => entry.files.extend(link::enclosure(element)),
            (Core | Xhtml, "body" | "fullitem") | (Core | Atom, "content") | (Content, "encoded") => {
                if element.name == "content" {
                    self.out_of_line = self.out_of_line.take().or_else(|| link::out_of_line(element));
                }
                keep(&mut entry.content, new_text);
            }
            (Core, "description" | "abstract") => keep(&mut self.description, new_text),
            (Core | Atom, "summary") => keep(&mut entry.summary, new_text),
            (Dublin, "description") => keep(&mut self.spare_texts[0], new_text),
            (Podcast, "summary") => keep(&mut self.spare_texts[1], || text::spoken(element)),
            (Podcast, "subtitle") => keep(&mut self.spare_texts[3], || text::spoken(element)),
            (Media, _) => self.take_media(element, 0),
            (Core | Atom, "author") | (Dublin, "creator" | "author") => {
                entry.authors.extend(person::read(element));
            }
            (Podcast, "author") | (Atom, "contributor") | (Dublin, "contributor" | "publisher") => {
                let is_author = element.name == "author";
                let people = person::read(element).filter(|_| is_author);
                self.spare_authors.extend(people);
            }
            (Core, "pubdate") | (Core | Atom, "published" | "issued") | (Terms, "issued") => {
                keep_date(&mut entry.published, element);
            }
            // The last one that is given: it was changed again.
            (Core | Atom, "updated" | "modified") | (Terms, "modified") => {
                entry.updated = parse_date(&element.text()).or(entry.updated);
            }
            (Atom | Terms, "created") | (Core, "created" | "date") | (Dublin, "date") => {
                self.spare_date = parse_date(&element.text()).or(self.spare_date);
            }
            (Core | Atom, "category") | (Dublin, "subject") => entry.tags.extend(tag(element)),
            (Podcast, "keywords") => entry.tags.extend(listed(&element.text())),
            _ => {}
        }
    }

    /// Goes into Media RSS, which nests groups and contents.
    fn take_media(&mut self, element: &Element<'_>, depth: usize) {
        const MAX_DEPTH: usize = 8;
        let format = self.format;
        match element.name.as_ref() {
            "title" => keep(&mut self.spare_title, || text::read(element, format)),
            "description" => keep(&mut self.spare_texts[2], || text::spoken(element)),
            "category" => self.entry.tags.extend(tag(element)),
            "keywords" => self.entry.tags.extend(listed(&element.text())),
            "group" | "content" if depth < MAX_DEPTH => {
                self.entry.files.extend(link::media(element));
                for child in element.elements().filter(|child| child.vocabulary == Vocabulary::Media) {
                    self.take_media(child, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn finish(self) -> DraftEntry {
        let mut entry = self.entry;
        let is_silent = |text: &Option<Text>| text.as_ref().is_none_or(|text| text.value.trim().is_empty());
        if is_silent(&entry.summary) {
            entry.summary = self.description;
        } else if is_silent(&entry.content) {
            entry.content = self.description;
        }
        if is_silent(&entry.summary) {
            entry.summary = self.spare_texts.into_iter().flatten().next();
        }
        if is_silent(&entry.title) {
            entry.title = self.spare_title;
        }
        if entry.authors.is_empty() {
            entry.authors = self.spare_authors;
        }
        entry.id = entry.id.or(self.about);
        if entry.pages.is_empty() {
            entry.pages.extend(self.out_of_line);
        }
        if let Some(date) = self.spare_date {
            // One date without a word on what it is: it stands for both.
            entry.published = entry.published.or(Some(date));
            entry.updated = entry.updated.or(Some(date));
        }
        entry
    }
}

/// Reads what an id says of itself.
fn permalink(element: &Element<'_>) -> Permalink {
    match element.attribute("ispermalink") {
        Some(said) if said.eq_ignore_ascii_case("false") => Permalink::No,
        Some(said) if said.eq_ignore_ascii_case("true") => Permalink::Yes,
        _ => Permalink::Unsaid,
    }
}

/// The first text counts, unless it is empty.
fn keep(place: &mut Option<Text>, text: impl FnOnce() -> Option<Text>) {
    if place.as_ref().is_none_or(|text| text.value.trim().is_empty())
        && let Some(mut text) = text()
    {
        if text.value.trim().is_empty() {
            // A million blanks are not looked at again for each that comes.
            text.value.clear();
        }
        *place = Some(text);
    }
}

fn keep_text(place: &mut Option<String>, text: String) {
    if place.is_none() && !text.trim().is_empty() {
        *place = Some(text);
    }
}

fn keep_date(place: &mut Option<Timestamp>, element: &Element<'_>) {
    *place = place.or_else(|| parse_date(&element.text()));
}

/// Atom writes a tag into attributes, the others as text.
fn tag(element: &Element<'_>) -> Option<String> {
    let written =
        ["label", "term"].iter().find_map(|name| element.attribute(name).filter(|tag| !tag.is_empty()));
    let tag = written.map_or_else(|| element.text(), Cow::into_owned);
    (!tag.trim().is_empty()).then_some(tag)
}

fn listed(text: &str) -> Vec<String> {
    let parts = text.split(',').map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
