//! The door to feed-rs: reads feeds in which nothing is amiss.

use std::time::SystemTime;

use feed_rs::model as raw;
use feed_rs::parser::Builder;

use super::draft::{Draft, DraftEntry, Kind, Link, Permalink, Person, Text};
use super::guard::guarded;
use crate::model::parse_date;
use crate::model::{FeedFormat, FeedSchedule};

/// Reads a feed that `healthy` has seen; nothing comes of one that the parser fails on all the same.
pub(super) fn read(text: &str) -> Option<Draft> {
    // What is declared there, the text is not any more: it is UTF-8.
    let declared = text.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let text = declared.map_or(text, |(_, rest)| rest);
    guarded(|| {
        // With a new parser: one that has failed panics the next time.
        let parser = Builder::new()
            // Entries without an id are named by `identity`; the default would be a random number.
            .id_generator(|_, _, _| String::new())
            .timestamp_parser(|text| Some(SystemTime::from(parse_date(text)?).into()))
            .sanitize_content(false)
            .build();
        parser.parse(text.as_bytes()).ok().map(draft)
    })
    .flatten()
}

fn draft(feed: raw::Feed) -> Draft {
    let format = match feed.feed_type {
        raw::FeedType::Atom => FeedFormat::Atom,
        raw::FeedType::JSON => FeedFormat::Json,
        raw::FeedType::RSS0 | raw::FeedType::RSS1 | raw::FeedType::RSS2 => FeedFormat::Rss,
    };
    Draft {
        title: feed.title.map(|title| text(title, format)),
        description: feed.description.map(|description| text(description, format)),
        pages: feed.links.into_iter().filter(is_page).map(link).collect(),
        authors: feed.authors.into_iter().map(|author| person(author, format)).collect(),
        schedule: FeedSchedule { ttl: feed.ttl, ..FeedSchedule::default() },
        entries: feed.entries.into_iter().map(|item| entry(item, format)).collect(),
        ..Draft::new(format)
    }
}

fn entry(entry: raw::Entry, format: FeedFormat) -> DraftEntry {
    let (files, others): (Vec<_>, Vec<_>) = entry.links.into_iter().partition(is_file);
    let comments = others.iter().find(|link| is_of_comments(link)).cloned().map(link);
    let media = entry.media.into_iter().flat_map(|media| media.content);
    let media = media.filter_map(|content| {
        let mime = content.content_type.map(|mime| mime.to_string());
        Some(Link { href: content.url?.to_string(), mime, length: content.size, base: None })
    });
    let published = entry.published.and_then(|date| timestamp(date.timestamp()));
    let updated = entry.updated.and_then(|date| timestamp(date.timestamp()));
    // RSS knows one date; the parser copies it to the other.
    let is_copy = format == FeedFormat::Rss && updated == published;
    DraftEntry {
        id: Some(entry.id).filter(|id| !id.is_empty()),
        permalink: Permalink::Unsaid,
        title: entry.title.map(|title| text(title, format)),
        pages: others.into_iter().filter(is_page).map(link).collect(),
        comments,
        files: files.into_iter().map(link).chain(media).collect(),
        authors: entry.authors.into_iter().map(|author| person(author, format)).collect(),
        published,
        updated: updated.filter(|_| !is_copy),
        summary: entry.summary.map(|summary| text(summary, format)),
        content: entry.content.and_then(|content| {
            let kind = kind(content.content_type.as_str(), format);
            Some(Text { value: content.body?, kind, base: None })
        }),
        tags: entry.categories.into_iter().map(|category| category.label.unwrap_or(category.term)).collect(),
        base: None,
    }
}

fn timestamp(seconds: i64) -> Option<crate::model::Timestamp> {
    crate::model::Timestamp::from_second(seconds).ok()
}

fn text(text: raw::Text, format: FeedFormat) -> Text {
    Text { kind: kind(text.content_type.as_str(), format), value: text.content, base: None }
}

fn kind(mime: &str, format: FeedFormat) -> Kind {
    match format {
        FeedFormat::Rss => Kind::Either,
        _ if mime == "text/plain" => Kind::Plain,
        _ => Kind::Html,
    }
}

fn is_file(link: &raw::Link) -> bool {
    link.rel.as_deref() == Some("enclosure")
}

fn is_of_comments(link: &raw::Link) -> bool {
    let is_page = link.media_type.as_deref().is_none_or(|mime| mime.contains("html"));
    link.target == Some(raw::LinkTarget::Comments) || (link.rel.as_deref() == Some("replies") && is_page)
}

/// Comments are links without a word on what they are for.
fn is_page(link: &raw::Link) -> bool {
    link.target.is_none() && link.rel.as_deref().is_none_or(|rel| rel == "alternate")
}

fn link(link: raw::Link) -> Link {
    Link { href: link.href, mime: link.media_type, length: link.length, base: None }
}

/// RSS writes a person in one text.
fn person(person: raw::Person, format: FeedFormat) -> Person {
    match person.name {
        Some(name) if person.email.is_none() && format == FeedFormat::Rss => {
            super::tolerant::person_in_one(&name)
        }
        name => Person { name, email: person.email },
    }
}
