//! The draft of a feed → one shape for all dialects: addresses whole, texts clean where they are short, entries named.

use std::rc::Rc;

use url::Url;

use super::author::{authors, distinct};
use super::draft::{Base, Draft, DraftEntry, Kind, Permalink, Person, Text};
use super::identity::{identity, tell_apart};
use super::link::{Place, as_written, enclosures, page};
use super::title::{line, short, title_from};
use crate::html::{from_text, has_markup, plain_text};
use crate::model::{FeedFormat, ParsedEntry, ParsedFeed};

const MAX_TAGS: usize = 100;

/// Makes one shape of all dialects; relative addresses start at the address of the document unless it says otherwise.
pub(super) fn normalise(draft: Draft, address: Option<&Url>) -> ParsedFeed {
    let format = draft.format;
    let outer = Place { base: draft.base.or_else(|| address.cloned().map(Rc::new)) };
    let link = page(&draft.pages, &outer);
    // A JSON feed without a home page tells its own address only.
    let link = link.filter(|url| format != FeedFormat::Json || Some(url) != address);
    let link_as_written = if link.is_none() { as_written(&draft.pages, &outer) } else { None };
    let context = Context {
        format,
        // In RSS, relative addresses start at the site.
        place: match (format, &link) {
            (FeedFormat::Rss | FeedFormat::Cdf, Some(link)) => Place { base: Some(Rc::new(link.clone())) },
            _ => outer,
        },
        authors: authors(&draft.authors),
    };
    let entries = draft.entries.into_iter();
    ParsedFeed {
        format,
        title: spoken(&[draft.title, draft.spare_title]).unwrap_or_default(),
        link_as_written,
        link,
        description: spoken(&[draft.description, draft.spare_description]),
        schedule: draft.schedule,
        entries: tell_apart(entries.map(|entry| context.entry(entry)).collect()),
    }
}

/// Finds the first text that says something.
fn spoken(texts: &[Option<Text>]) -> Option<String> {
    texts.iter().flatten().map(line).find(|line| !line.is_empty())
}

/// What an entry takes from its feed.
struct Context {
    format: FeedFormat,
    place: Place,
    authors: Vec<String>,
}

impl Context {
    fn entry(&self, entry: DraftEntry) -> ParsedEntry {
        let place = self.place.within(&entry.base);
        let link = page(&entry.pages, &place).or_else(|| self.permalink(&entry, &place));
        let base = [&entry.content, &entry.summary].into_iter().flatten().find_map(|text| text.base.clone());
        let content = entry.content.and_then(|text| self.html(text));
        let summary = entry.summary.and_then(|text| self.html(text));
        let summary = summary.filter(|summary| Some(summary) != content.as_ref());
        let text = content.as_deref().or(summary.as_deref()).unwrap_or_default();
        let title = title(entry.title.as_ref(), text, link.as_ref());
        let id = entry.id.as_deref().unwrap_or_default();
        let mut identity = identity(id, link.as_ref(), &title, text);
        if self.format == FeedFormat::Atom && is_path(id, &entry.base) {
            identity.guid = place.resolve(id).map(String::from).or(identity.guid);
        }
        // Where they are on the entry's own page there is nothing to add.
        let comments = entry.comments.as_ref().and_then(|link| place.resolve_link(link));
        let comments = comments.filter(|url| Some(url) != link.as_ref());
        ParsedEntry {
            identity,
            title,
            link_as_written: if link.is_none() { as_written(&entry.pages, &place) } else { None },
            link,
            authors: self.authors(&entry.authors),
            published: entry.published,
            updated: entry.updated,
            summary,
            content,
            enclosures: enclosures(&entry.files, &place),
            comments,
            base: base.or(place.base).map(|base| base.as_ref().clone()),
            tags: tags(&entry.tags),
        }
    }

    /// Names those who wrote an entry, else those who write the feed.
    fn authors(&self, people: &[Person]) -> Vec<String> {
        let own = authors(people);
        if own.is_empty() { self.authors.clone() } else { own }
    }

    /// Takes an id of RSS that is an address; a relative one only if it is said to be one.
    fn permalink(&self, entry: &DraftEntry, place: &Place) -> Option<Url> {
        let id = entry.id.as_deref().filter(|_| self.format != FeedFormat::Atom)?;
        match entry.permalink {
            Permalink::No => None,
            Permalink::Unsaid => Place::default().resolve(id),
            Permalink::Yes => place.resolve(id),
        }
    }

    /// Takes a text as HTML; text that is plain becomes HTML, unless it is HTML that says it is plain.
    fn html(&self, text: Text) -> Option<String> {
        let value = trimmed(text.value);
        if value.is_empty() {
            return None;
        }
        let is_html = match text.kind {
            Kind::Html | Kind::Either => true,
            Kind::Plain => self.format != FeedFormat::Json && has_markup(&value),
        };
        Some(if is_html { value } else { from_text(&value) })
    }
}

/// Trims a text in its place.
fn trimmed(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    text.drain(..text.len() - text.trim_start().len());
    text
}

/// Tells whether an id is a path from the base, and not just a name.
fn is_path(id: &str, base: &Base) -> bool {
    let id = id.trim();
    id.starts_with('/') || (base.is_some() && id.contains('/') && Url::parse(id).is_err())
}

fn title(written: Option<&Text>, text: &str, link: Option<&Url>) -> String {
    let written = written.map(line).filter(|title| !title.is_empty());
    written
        .or_else(|| title_from(text))
        .or_else(|| link.map(|link| plain_text(link.as_str())))
        .unwrap_or_else(|| "Untitled".to_owned())
}

fn tags(names: &[String]) -> Vec<String> {
    let mut tags = names.iter().take(MAX_TAGS).map(|name| short(plain_text(name))).collect();
    distinct(&mut tags);
    tags
}

#[cfg(test)]
mod tests {
    use super::super::limits::MAX_ENTRIES;
    use super::super::{Source, parse};
    use super::*;

    fn rss(item: &str) -> ParsedEntry {
        let document = format!(
            "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' \
             xmlns:media='http://search.yahoo.com/mrss/'><channel><title>T</title>\
             <link>http://site.test/</link><item>{item}</item></channel></rss>"
        );
        entry(&document)
    }

    fn atom(content: &str) -> ParsedEntry {
        entry(&format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://a.test/b/'><entry>{content}</entry></feed>"
        ))
    }

    fn entry(document: &str) -> ParsedEntry {
        let base = Url::parse("http://feed.test/rss").unwrap();
        let mut feed = parse(document.as_bytes(), &Source { url: Some(base), content_type: None }).unwrap();
        feed.entries.remove(0)
    }

    #[test]
    fn a_missing_title_is_made_from_what_there_is() {
        let table = [
            ("<description>&lt;p&gt;Some text&lt;/p&gt;</description>", "Some text"),
            ("<title> </title><description>b</description>", "b"),
            ("<link>http://a.test/1</link>", "http://a.test/1"),
            ("<guid isPermaLink='false'>1</guid>", "Untitled"),
        ];
        for (item, expected) in table {
            assert_eq!(rss(item).title, expected, "{item}");
        }
    }

    #[test]
    fn content_and_summary_stay_html_as_received() {
        let item = "<description>&lt;p&gt;a&lt;/p&gt;</description>\
                    <content:encoded><![CDATA[<p>b<script>c</script></p>]]></content:encoded>";
        let entry = rss(item);
        assert_eq!(entry.summary.as_deref(), Some("<p>a</p>"));
        assert_eq!(entry.content.as_deref(), Some("<p>b<script>c</script></p>"));
    }

    #[test]
    fn plain_text_becomes_html() {
        let plain = atom("<content type='text'>a &lt; b\n\nc</content>");
        assert_eq!(plain.content.as_deref(), Some("<p>a &lt; b</p>\n<p>c</p>"));
        let html = atom("<summary>&lt;p&gt;a&lt;/p&gt;</summary>");
        assert_eq!(html.summary.as_deref(), Some("<p>a</p>"));
        let json = r#"{"version": "https://jsonfeed.org/version/1", "title": "",
                       "items": [{"id": "1", "content_text": "use </p>"}]}"#;
        assert_eq!(entry(json).content.as_deref(), Some("<p>use &lt;/p&gt;</p>"));
    }

    #[test]
    fn media_speaks_where_nothing_else_does() {
        let media = "<media:group><media:content url='http://a.test/v'/>\
                     <media:description>one\n\ntwo</media:description></media:group>";
        assert_eq!(rss(media).summary.as_deref(), Some("<p>one</p>\n<p>two</p>"));
        let both = format!("<description>a</description>{media}");
        assert_eq!(rss(&both).summary.as_deref(), Some("a"));
    }

    #[test]
    fn a_picture_in_base64_is_no_text() {
        let entry = atom("<content type='image/png'>iVBORw0KGgo=</content>");
        assert_eq!(entry.content, None);
    }

    #[test]
    fn an_unreadable_date_is_none() {
        assert_eq!(rss("<pubDate>yesterday</pubDate>").published, None);
        let entry = rss("<pubDate>Nov 22, 2026</pubDate>");
        assert_eq!(entry.published.unwrap().to_string(), "2026-11-22T00:00:00Z");
        assert_eq!(entry.updated, None);
    }

    #[test]
    fn relative_addresses_start_where_the_dialect_says() {
        let base = |entry: ParsedEntry| entry.base.unwrap().to_string();
        assert_eq!(base(rss("<title>a</title>")), "http://site.test/");
        assert_eq!(base(atom("<title>a</title>")), "http://a.test/b/");
        assert_eq!(base(atom("<content xml:base='c/'>x</content>")), "http://a.test/b/c/");
    }

    #[test]
    fn tags_are_plain_and_distinct() {
        let entry = rss("<category>A &amp;amp; B</category><category/><category>A &amp; B</category>");
        assert_eq!(entry.tags, ["A & B"]);
    }

    #[test]
    fn ten_thousand_entries_are_enough() {
        let items: Vec<String> = (0..10_010).map(|i| format!("<item><guid>{i}</guid></item>")).collect();
        let document = format!("<rss version='2.0'><channel>{}</channel></rss>", items.concat());
        assert_eq!(parse(document.as_bytes(), &Source::default()).unwrap().entries.len(), MAX_ENTRIES);
    }
}
