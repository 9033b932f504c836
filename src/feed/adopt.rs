//! An item as another reader kept it → an entry, named as the feed's own document would name it.

use std::rc::Rc;

use url::Url;

use super::draft::{Draft, DraftEntry, Kind, Link, Permalink, Person, Text};
use super::normalise::normalise;
use crate::html::web_url;
use crate::model::parse_date;
use crate::model::{FeedFormat, ParsedEntry, Timestamp};

/// An item as newsboat keeps it. Texts are as its feed gave them; empty ones are none.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct CachedItem {
    /// The guid, else what newsboat made of link and date, or of the title.
    pub guid: String,
    /// The title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// The page it leads to.
    pub link: String,
    /// When it was published, in Unix seconds; else when it was first seen.
    pub date: i64,
    /// The text.
    pub content: String,
    /// The text is no HTML.
    pub is_plain: bool,
    /// The base of relative addresses in the text.
    pub base: String,
    /// A file that comes with it.
    pub enclosure: String,
    /// The MIME type of that file.
    pub enclosure_type: String,
}

/// Makes an entry of an item of the feed at this address.
pub fn adopt(item: &CachedItem, feed: &Url) -> ParsedEntry {
    let base = web_url(&item.base, Some(feed)).unwrap_or_else(|| feed.clone());
    let link = |href: &String, mime: &String| {
        let mime = Some(mime.clone()).filter(|mime| !mime.is_empty());
        (!href.is_empty()).then(|| Link { href: href.clone(), mime, ..Link::default() })
    };
    let text = |value: &String, kind| Some(Text { value: value.clone(), kind, base: None });
    let entry = DraftEntry {
        id: Some(guid(item).to_owned()),
        permalink: Permalink::No,
        title: text(&item.title, Kind::Either),
        pages: link(&item.link, &String::new()).into_iter().collect(),
        files: link(&item.enclosure, &item.enclosure_type).into_iter().collect(),
        authors: vec![Person { name: Some(item.author.clone()), email: None }],
        published: Timestamp::from_second(item.date).ok().filter(|date| date.as_second() > 0),
        content: text(&item.content, if item.is_plain { Kind::Plain } else { Kind::Html }),
        base: Some(Rc::new(base)),
        ..DraftEntry::default()
    };
    let draft = Draft { entries: vec![entry], ..Draft::new(FeedFormat::Rss) };
    normalise(draft, Some(feed)).entries.remove(0)
}

/// Finds the guid that the feed gave. Where it gave none, newsboat takes link and date written together, or the title.
fn guid(item: &CachedItem) -> &str {
    let guid = item.guid.as_str();
    let is_made = (item.link.is_empty() && guid == item.title) || is_link_and_date(guid, item);
    if is_made { "" } else { guid }
}

fn is_link_and_date(guid: &str, item: &CachedItem) -> bool {
    // The link as written may be relative: then it is the end of the link as kept.
    let mut ends = guid.char_indices().map(|(at, _)| at).skip(1);
    ends.any(|end| {
        let (link, date) = guid.split_at(end);
        item.link.ends_with(link) && parse_date(date).is_some_and(|date| date.as_second() == item.date)
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Source, parse};
    use super::*;

    fn feed() -> Url {
        Url::parse("http://a.test/feed").unwrap()
    }

    fn adopted(guid: &str, title: &str, link: &str) -> ParsedEntry {
        let item = CachedItem {
            guid: guid.into(),
            title: title.into(),
            link: link.into(),
            date: 1_736_164_800,
            content: "<p>x</p>".into(),
            ..CachedItem::default()
        };
        adopt(&item, &feed())
    }

    fn parsed(item: &str) -> ParsedEntry {
        let text = format!(
            "<rss version='2.0'><channel><link>http://a.test/</link><item>{item}</item></channel></rss>"
        );
        parse(text.as_bytes(), &Source::at(feed())).unwrap().entries.remove(0)
    }

    #[test]
    fn an_item_is_named_as_its_feed_names_it() {
        let date =
            "<pubDate>Mon, 06 Jan 2025 12:00:00 GMT</pubDate><description>&lt;p&gt;x&lt;/p&gt;</description>";
        let table = [
            (
                adopted("g1", "One &amp; two", "http://a.test/1"),
                format!(
                    "<guid isPermaLink='false'>g1</guid><title>One &amp;amp; two</title><link>http://a.test/1</link>{date}"
                ),
            ),
            (
                adopted("http://a.test/1Mon, 06 Jan 2025 12:00:00 GMT", "One", "http://a.test/1"),
                format!("<title>One</title><link>http://a.test/1</link>{date}"),
            ),
            (
                adopted("/1Mon, 06 Jan 2025 12:00:00 GMT", "One", "http://a.test/1"),
                format!("<title>One</title><link>/1</link>{date}"),
            ),
            (adopted("One", "One", ""), format!("<title>One</title>{date}")),
        ];
        for (adopted, item) in table {
            assert_eq!(adopted.identity, parsed(&item).identity, "{item}");
            assert_eq!(adopted.title, parsed(&item).title, "{item}");
        }
    }

    #[test]
    fn an_item_whose_guid_cannot_be_known_is_like_its_entry() {
        // The feed gave no guid and no date: newsboat took the link for it.
        let adopted = adopted("http://a.test/1", "One", "http://a.test/1");
        let parsed = parsed("<title>One</title><link>http://a.test/1</link>");
        assert_eq!(adopted.identity.likeness, parsed.identity.likeness);
    }

    #[test]
    fn hostile_items_are_clean() {
        let item = CachedItem {
            guid: "\u{1b}g".into(),
            title: "\u{1b}[2J<b>x</b>\u{202e}".into(),
            author: "a\u{7}\nb".into(),
            link: "javascript:x".into(),
            date: i64::MIN,
            enclosure: "file:///etc/passwd".into(),
            ..CachedItem::default()
        };
        let entry = adopt(&item, &feed());
        assert_eq!((entry.title.as_str(), entry.link, entry.published), ("[2Jx", None, None));
        assert_eq!(entry.authors, ["a b"]);
        assert!(entry.enclosures.is_empty());
    }
}
