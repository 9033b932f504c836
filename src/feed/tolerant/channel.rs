//! What a feed says of itself.

use jiff::civil::Weekday;

use super::super::draft::{Draft, Link, Text};
use super::super::xml::{Element, Vocabulary};
use super::{link, person, text};

/// Takes what stands in the tag of a channel: CDF says there where it leads, RDF what it is about.
pub(super) fn take_attributes(draft: &mut Draft, channel: &Element<'_>) {
    if let Some(href) = channel.attribute("href") {
        draft.pages.push(Link { href: href.into_owned(), base: channel.base.clone(), ..Link::default() });
    }
}

/// More links or authors than these no feed has.
const MAX_PARTS: usize = 1_000;

/// Takes an element of the feed that is no entry.
pub(super) fn take(draft: &mut Draft, element: &Element<'_>) {
    use Vocabulary::{Atom, Core, Dublin, Podcast, Syndication};
    match (element.vocabulary, element.name.as_ref()) {
        (Core | Atom, "title") => keep_first(&mut draft.title, element, draft.format),
        (Core | Atom, "description" | "subtitle" | "tagline" | "abstract") => {
            keep_first(&mut draft.description, element, draft.format);
        }
        (Dublin, "title") => keep_first(&mut draft.spare_title, element, draft.format),
        (Dublin, "description") | (Podcast, "summary" | "subtitle") => {
            keep_first(&mut draft.spare_description, element, draft.format);
        }
        (Core | Atom, "link") if draft.pages.len() < MAX_PARTS => draft.pages.extend(link::page(element)),
        (Core, "author" | "managingeditor") | (Atom | Podcast, "author") | (Dublin, "creator")
            if draft.authors.len() < MAX_PARTS =>
        {
            draft.authors.extend(person::read(element));
        }
        (Core, "ttl") => draft.schedule.ttl = element.text().trim().parse().ok(),
        (Core, "skiphours") => draft.schedule.skip_hours = element.elements().filter_map(hour).collect(),
        (Core, "skipdays") => draft.schedule.skip_days = element.elements().filter_map(day).collect(),
        (Syndication, "updateperiod") => {
            draft.schedule.ttl = draft.schedule.ttl.or_else(|| period(&element.text()));
        }
        (Syndication, "updatefrequency") => {
            let times = element.text().trim().parse().ok().filter(|times: &u32| *times > 0);
            draft.schedule.ttl = draft.schedule.ttl.map(|ttl| ttl / times.unwrap_or(1));
        }
        _ => {}
    }
}

fn keep_first(place: &mut Option<Text>, element: &Element<'_>, format: crate::model::FeedFormat) {
    if place.as_ref().is_none_or(|text| text.value.trim().is_empty()) {
        *place = text::read(element, format);
    }
}

/// Midnight is 0 for some, 24 for others.
fn hour(element: &Element<'_>) -> Option<u8> {
    element.text().trim().parse().ok().filter(|hour| *hour <= 24).map(|hour: u8| hour % 24)
}

fn day(element: &Element<'_>) -> Option<Weekday> {
    let name = element.text().trim().to_ascii_lowercase();
    let days = [
        ("mon", Weekday::Monday),
        ("tue", Weekday::Tuesday),
        ("wed", Weekday::Wednesday),
        ("thu", Weekday::Thursday),
        ("fri", Weekday::Friday),
        ("sat", Weekday::Saturday),
        ("sun", Weekday::Sunday),
    ];
    days.into_iter().find(|(start, _)| name.starts_with(start)).map(|(_, day)| day)
}

/// Minutes between two updates.
fn period(text: &str) -> Option<u32> {
    const HOUR: u32 = 60;
    const DAY: u32 = 24 * HOUR;
    match text.trim().to_ascii_lowercase().as_str() {
        "hourly" => Some(HOUR),
        "daily" => Some(DAY),
        "weekly" => Some(7 * DAY),
        "monthly" => Some(30 * DAY),
        "yearly" => Some(365 * DAY),
        _ => None,
    }
}
