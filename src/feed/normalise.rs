//! The feed parser's picture of a feed → one shape for all dialects.

use url::Url;

use super::author::{authors, distinct};
use super::identity::{identity, tell_apart};
use super::link::{enclosures, page, site};
use super::parse::raw;
use super::title::{line, short, title_from};
use crate::html::{from_text, has_markup, plain_text, web_url};
use crate::model::{FeedFormat, ParsedEntry, ParsedFeed, Timestamp};

/// More entries than these are not taken from one document.
const MAX_ENTRIES: usize = 10_000;

const MAX_TAGS: usize = 100;

/// Where a document came from, as far as its relative addresses care.
pub(super) struct Origin {
    /// The address it was fetched from.
    pub(super) url: Option<Url>,
    /// The base its root element gives.
    pub(super) root_base: Option<Url>,
}

/// Makes one shape of all dialects.
pub(super) fn normalise(feed: raw::Feed, origin: &Origin) -> ParsedFeed {
    let format = format(&feed.feed_type);
    let origin_base = origin.root_base.as_ref().or(origin.url.as_ref());
    let link = site(&feed, format, origin_base);
    let context = Context {
        format,
        // In RSS, relative addresses start at the site.
        base: match format {
            FeedFormat::Rss => origin.root_base.as_ref().or(link.as_ref()).or(origin_base).cloned(),
            FeedFormat::Atom | FeedFormat::Json => origin_base.cloned(),
        },
        authors: feed.authors,
    };
    let entries = feed.entries.into_iter().take(MAX_ENTRIES);
    ParsedFeed {
        format,
        title: feed.title.map(|title| line(&title, format)).unwrap_or_default(),
        link,
        description: feed.description.map(|text| line(&text, format)).filter(|text| !text.is_empty()),
        ttl: feed.ttl,
        entries: tell_apart(entries.map(|entry| context.entry(entry)).collect()),
    }
}

/// What an entry takes from its feed.
struct Context {
    format: FeedFormat,
    base: Option<Url>,
    authors: Vec<raw::Person>,
}

impl Context {
    fn entry(&self, mut entry: raw::Entry) -> ParsedEntry {
        let format = self.format;
        let link = page(&entry, format, self.base.as_ref());
        let enclosures = enclosures(&entry, format, self.base.as_ref());
        let authors = authors(&entry, &self.authors);
        let base = self.base_of(&entry);
        let (published, updated) = self.dates(&entry);
        let content = entry.content.take().and_then(|content| self.content(content));
        let summary = self.summary(&mut entry).filter(|summary| Some(summary) != content.as_ref());
        let text = content.as_deref().or(summary.as_deref()).unwrap_or_default();
        let title = self.title(&entry, text, link.as_ref());
        ParsedEntry {
            identity: identity(&entry.id, link.as_ref(), &title, text),
            title,
            link,
            authors,
            published,
            updated,
            summary,
            content,
            base,
            enclosures,
            tags: tags(&entry.categories),
        }
    }

    /// Takes the base its content gives, else the feed's.
    fn base_of(&self, entry: &raw::Entry) -> Option<Url> {
        let own = entry.base.as_deref().and_then(|base| web_url(base, self.base.as_ref()));
        own.or_else(|| self.base.clone())
    }

    fn title(&self, entry: &raw::Entry, text: &str, link: Option<&Url>) -> String {
        let media = entry.media.iter().filter_map(|media| media.title.as_ref());
        let mut titles = entry.title.iter().chain(media).map(|title| line(title, self.format));
        titles
            .find(|title| !title.is_empty())
            .or_else(|| title_from(text))
            .or_else(|| link.map(|link| plain_text(link.as_str())))
            .unwrap_or_else(|| "Untitled".to_owned())
    }

    fn content(&self, content: raw::Content) -> Option<String> {
        let mime = content.content_type.as_str();
        // Atom can carry anything, a picture as base64 too.
        let is_readable = mime.starts_with("text/") || mime.contains("html") || mime.contains("xml");
        let is_plain = mime == "text/plain";
        let body = content.body.filter(|_| is_readable)?;
        self.html(body, is_plain)
    }

    fn summary(&self, entry: &mut raw::Entry) -> Option<String> {
        let media = entry.media.iter_mut().find_map(|media| media.description.take());
        let own = entry.summary.take().filter(|summary| !summary.content.trim().is_empty());
        // What a podcast or video tells of itself is often plain text, in RSS too.
        let is_own = own.is_some();
        let text = own.or(media)?;
        let is_plain = text.content_type.as_str() == "text/plain";
        let is_plain = is_plain && !(is_own && self.format == FeedFormat::Rss);
        self.html(text.content, is_plain)
    }

    /// Takes a text as HTML; text that is plain becomes HTML, unless it is HTML that says it is plain.
    fn html(&self, text: String, is_plain: bool) -> Option<String> {
        if text.trim().is_empty() {
            return None;
        }
        let is_html = !is_plain || (self.format != FeedFormat::Json && has_markup(&text));
        Some(if is_html { text } else { from_text(&text) })
    }

    fn dates(&self, entry: &raw::Entry) -> (Option<Timestamp>, Option<Timestamp>) {
        let seconds = |seconds| Timestamp::from_second(seconds).ok();
        let published = entry.published.and_then(|date| seconds(date.timestamp()));
        let updated = entry.updated.and_then(|date| seconds(date.timestamp()));
        // RSS knows one date; the parser copies it to the other.
        let is_copy = self.format == FeedFormat::Rss && updated == published;
        (published, updated.filter(|_| !is_copy))
    }
}

fn tags(categories: &[raw::Category]) -> Vec<String> {
    let names = categories.iter().map(|it| it.label.as_deref().unwrap_or(&it.term));
    let mut tags = names.take(MAX_TAGS).map(|name| short(plain_text(name))).collect();
    distinct(&mut tags);
    tags
}

fn format(kind: &raw::FeedType) -> FeedFormat {
    match kind {
        raw::FeedType::Atom => FeedFormat::Atom,
        raw::FeedType::JSON => FeedFormat::Json,
        raw::FeedType::RSS0 | raw::FeedType::RSS1 | raw::FeedType::RSS2 => FeedFormat::Rss,
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
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
        let mut feed = parse(document.as_bytes(), Some(&base)).unwrap();
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
        assert_eq!(parse(document.as_bytes(), None).unwrap().entries.len(), MAX_ENTRIES);
    }
}
