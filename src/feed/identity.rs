//! What tells an entry from the others of its feed, at every fetch; and what tells that it has changed.

use std::collections::{HashMap, HashSet};

use url::Url;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::title::short;
use crate::html::{clean_line, without_tracking};
use crate::model::{Identity, ParsedEntry};

/// Names an entry: by its guid, else its link, else its title and text.
pub(super) fn identity(guid: &str, link: Option<&Url>, title: &str, text: &str) -> Identity {
    let guid = Some(clean_line(guid)).filter(|guid| !guid.is_empty());
    // Campaigns change in the links of a feed, and the entries stay the same.
    let link = link.map(|link| without_tracking(link.as_str()));
    let key = match (&guid, &link) {
        (Some(guid), _) => hash(&["guid", guid]),
        (None, Some(link)) => hash(&["link", link]),
        (None, None) => hash(&["text", title, text]),
    };
    // Titles repeat; without a link only the text tells `Daily news` from `Daily news`.
    let place = link.as_deref().unwrap_or(text);
    let likeness = hash(&[place, title]);
    Identity { guid: guid.map(short), key, likeness }
}

/// Gives each entry of a document a key of its own and drops repetitions.
///
/// A guid that stands for several links or titles, or a link for several titles, names none of them: their
/// keys take link and title in, all of them, so that the keys do not depend on the order. Entries without
/// guid that share link and title too are told apart by date or text, those that have neither guid nor link
/// in the end by their number.
pub(super) fn tell_apart(mut entries: Vec<ParsedEntry>) -> Vec<ParsedEntry> {
    refine_keys(&mut entries, heading);
    refine_keys(&mut entries, date_or_text);
    let mut seen: HashMap<i64, u32> = HashMap::new();
    entries.retain_mut(|entry| {
        let times = seen.entry(entry.identity.key).or_default();
        *times += 1;
        if *times > 1 && is_nameless(entry) {
            // Nothing says that it is the same one: it stays, by its number among its likes.
            entry.identity.key = hash(&[&entry.identity.key.to_string(), &times.to_string()]);
            return true;
        }
        *times == 1
    });
    entries
}

fn is_nameless(entry: &ParsedEntry) -> bool {
    entry.identity.guid.is_none() && entry.link.is_none()
}

fn refine_keys(entries: &mut [ParsedEntry], detail: fn(&ParsedEntry) -> i64) {
    let mut details = HashMap::new();
    let mut ambiguous = HashSet::new();
    for entry in &*entries {
        let key = entry.identity.key;
        if *details.entry(key).or_insert_with(|| detail(entry)) != detail(entry) {
            ambiguous.insert(key);
        }
    }
    for entry in entries {
        if ambiguous.contains(&entry.identity.key) {
            entry.identity.key = hash(&[&entry.identity.key.to_string(), &detail(entry).to_string()]);
        }
    }
}

fn heading(entry: &ParsedEntry) -> i64 {
    hash(&[entry.link.as_ref().map_or("", Url::as_str), &entry.title])
}

fn date_or_text(entry: &ParsedEntry) -> i64 {
    match (&entry.identity.guid, entry.published) {
        (Some(_), _) => 0,
        (None, Some(published)) => published.as_second(),
        (None, None) => hash(&texts(entry)),
    }
}

/// Fingerprints what is shown of an entry: another value means that it has changed.
pub fn fingerprint(entry: &ParsedEntry) -> i64 {
    // Not the date: some servers write the moment of the request.
    let files = entry.enclosures.iter().map(|file| format!("{} {:?} {:?}", file.url, file.mime, file.length));
    let files: Vec<String> = files.collect();
    let mut parts = texts(entry);
    parts.extend(files.iter().map(String::as_str));
    hash(&parts)
}

fn texts(entry: &ParsedEntry) -> Vec<&str> {
    let mut texts = vec![entry.title.as_str()];
    texts.push(entry.link.as_ref().map_or("", Url::as_str));
    texts.push(entry.summary.as_deref().unwrap_or_default());
    texts.push(entry.content.as_deref().unwrap_or_default());
    texts.extend(entry.authors.iter().map(String::as_str));
    texts
}

fn hash(parts: &[&str]) -> i64 {
    let mut hasher = Xxh3::new();
    for part in parts {
        // Each part by its own hash: `ab`, `c` is not `a`, `bc`.
        hasher.update(&xxh3_64(part.as_bytes()).to_le_bytes());
    }
    hasher.digest().cast_signed()
}

#[cfg(test)]
mod tests {
    use super::super::{Source, parse};
    use super::*;

    fn entries(items: &[&str]) -> Vec<ParsedEntry> {
        let items = items.join("</item><item>");
        let rss = format!("<rss version='2.0'><channel><item>{items}</item></channel></rss>");
        parse(rss.as_bytes(), &Source::default()).unwrap().entries
    }

    fn entry(item: &str) -> ParsedEntry {
        entries(&[item]).remove(0)
    }

    #[test]
    fn the_guid_names_an_entry_else_the_link_else_the_text() {
        let a = entry("<guid>1</guid><link>http://a.test/1</link><title>a</title>");
        let b = entry("<guid> 1\n</guid><link>http://a.test/2</link><title>b</title>");
        assert_eq!(a.identity.key, b.identity.key);
        let a = entry("<link>http://a.test/1</link><title>a</title>");
        let b = entry("<link>http://a.test/1</link><title>b</title>");
        assert_eq!(a.identity.key, b.identity.key);
        let a = entry("<title>a</title><description>x</description>");
        let b = entry("<title>a</title><description>y</description>");
        assert_ne!(a.identity.key, b.identity.key);
    }

    #[test]
    fn an_entry_with_a_new_guid_is_known_by_link_and_title() {
        let a = entry("<guid>1</guid><link>http://a.test/1</link><title>a</title>");
        let b = entry("<guid>2</guid><link>http://a.test/1</link><title>a</title>");
        assert_eq!(a.identity.likeness, b.identity.likeness);
        let c = entry("<guid>2</guid><link>http://a.test/2</link><title>a</title>");
        assert_ne!(a.identity.likeness, c.identity.likeness);
    }

    #[test]
    fn an_entry_is_the_same_whatever_campaign_its_link_tells_of() {
        let a = entry("<link>http://a.test/?id=1&amp;utm_source=rss</link><title>a</title>");
        let b = entry("<link>http://a.test/?id=1&amp;utm_source=mail</link><title>a</title>");
        assert_eq!((a.identity.key, a.identity.likeness), (b.identity.key, b.identity.likeness));
        let c = entry("<link>http://a.test/?id=2&amp;utm_source=rss</link><title>a</title>");
        assert_ne!(a.identity.key, c.identity.key);
    }

    #[test]
    fn a_repeated_entry_is_dropped() {
        let item = "<guid>1</guid><link>http://a.test/1</link>";
        let later = "<guid>1</guid><link>http://a.test/1</link><author>b</author>";
        let entries = entries(&[item, later]);
        assert_eq!(entries.len(), 1);
        assert!(entries[0].authors.is_empty());
    }

    #[test]
    fn entries_that_nothing_names_stay_even_when_they_are_alike() {
        let item = "<title>a</title><description>x</description>";
        let keys = || entries(&[item, item]).iter().map(|it| it.identity.key).collect::<Vec<_>>();
        assert_eq!(keys().len(), 2);
        assert_eq!(keys(), keys());
    }

    #[test]
    fn entries_that_share_a_name_stay_apart() {
        let table = [
            ("<guid>1</guid><link>http://a.test/1</link>", "<guid>1</guid><link>http://a.test/2</link>"),
            ("<guid>1</guid><title>a</title>", "<guid>1</guid><title>b</title>"),
            ("<link>http://a.test/</link><title>a</title>", "<link>http://a.test/</link><title>b</title>"),
            (
                "<link>http://a.test/</link><title>a</title><pubDate>2026-11-22</pubDate>",
                "<link>http://a.test/</link><title>a</title><pubDate>2026-11-23</pubDate>",
            ),
        ];
        for (one, two) in table {
            assert_eq!(entries(&[one, two, one]).len(), 2, "{one}");
        }
    }

    #[test]
    fn the_keys_of_entries_that_share_a_guid_do_not_depend_on_their_order() {
        let one = "<guid>1</guid><link>http://a.test/1</link>";
        let two = "<guid>1</guid><link>http://a.test/2</link>";
        let keys = |items| entries(items).iter().map(|it| it.identity.key).collect::<Vec<_>>();
        let (forward, mut backward) = (keys(&[one, two]), keys(&[two, one]));
        backward.reverse();
        assert_eq!(forward, backward);
    }

    #[test]
    fn the_fingerprint_follows_what_is_shown() {
        let item = "<guid>1</guid><title>a</title><description>x</description>";
        let same = format!("{item}<pubDate>Nov 22, 2026</pubDate>");
        assert_eq!(fingerprint(&entry(item)), fingerprint(&entry(&same)));
        let other = item.replace('x', "y");
        assert_ne!(fingerprint(&entry(item)), fingerprint(&entry(&other)));
        let with_file = format!("{item}<enclosure url='http://a.test/1.mp3' type='audio/mpeg'/>");
        assert_ne!(fingerprint(&entry(item)), fingerprint(&entry(&with_file)));
    }
}
