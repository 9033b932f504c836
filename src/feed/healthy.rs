//! Tells whether nothing is amiss with a feed: whether feed-rs can be trusted with it.
//!
//! feed-rs refuses or misreads a third of the odd feeds that are about. Its result stands only where every element is
//! one that it is known to read right, every reference one that XML knows, and every tag closed in its turn.

use super::limits::{MAX_DEPTH, MAX_ENTRIES};
use super::xml::{Tag, Token, Tokens};

/// Elements that feed-rs reads right where they stand in RSS 2.0, or passes over as it should.
const RSS: &[&str] = &[
    "author",
    "category",
    "channel",
    "comments",
    "content:encoded",
    "copyright",
    "dc:creator",
    "description",
    "docs",
    "enclosure",
    "generator",
    "guid",
    "item",
    "language",
    "lastBuildDate",
    "link",
    "pubDate",
    "rss",
    "slash:comments",
    "title",
    "ttl",
    "wfw:commentRss",
];

/// The same for Atom 1.0.
const ATOM: &[&str] = &[
    "author",
    "category",
    "content",
    "email",
    "entry",
    "feed",
    "generator",
    "icon",
    "id",
    "link",
    "logo",
    "name",
    "published",
    "rights",
    "subtitle",
    "summary",
    "title",
    "updated",
    "uri",
];

/// Elements that stand more than once in an entry, or within another.
const MAY_REPEAT: [&str; 9] =
    ["category", "channel", "email", "enclosure", "feed", "link", "name", "rss", "uri"];

const OUTER: [&str; 4] = ["channel", "entry", "feed", "item"];

const ATOM_ADDRESS: &str = "http://www.w3.org/2005/Atom";

/// Tells whether nothing is amiss.
pub(super) fn is_healthy(text: &str) -> bool {
    Checkup { known: &[], open: Vec::new(), declared: Vec::new(), entries: 0, seen: 0 }.run(text).is_some()
}

struct Checkup<'a> {
    known: &'static [&'static str],
    open: Vec<&'a str>,
    /// The prefixes that stand for what they should.
    declared: Vec<&'static str>,
    entries: usize,
    /// Which elements the entry or feed has shown already, one bit for each: twice is one too many.
    seen: u32,
}

impl<'a> Checkup<'a> {
    fn run(&mut self, text: &'a str) -> Option<()> {
        let mut tokens = Tokens::new(text);
        while let Some(token) = tokens.next(None) {
            match token {
                Token::Start(tag) => self.start(tag)?,
                Token::End(name) => {
                    (self.open.pop()? == name).then_some(())?;
                    self.end(name)?;
                }
                Token::Text(text) if self.open.is_empty() => text.trim().is_empty().then_some(())?,
                Token::Text(text) => has_plain_references(text).then_some(())?,
                Token::CData(_) => {}
                Token::Doctype(_) => return None,
            }
        }
        (self.open.is_empty() && !self.known.is_empty()).then_some(())
    }

    fn start(&mut self, tag: Tag<'a>) -> Option<()> {
        if self.open.is_empty() {
            self.known = dialect(tag)?;
            let declared = PREFIXES.iter().filter(|(name, address)| has(tag.attributes, name, address));
            self.declared = declared.filter_map(|(name, _)| name.strip_prefix("xmlns:")).collect();
        }
        if let Some((prefix, _)) = tag.name.split_once(':')
            && !self.declared.contains(&prefix)
            && PREFIXES.iter().any(|(declaration, _)| declaration.ends_with(prefix))
        {
            return None;
        }
        let at = self.known.binary_search(&tag.name).ok();
        let at = match at {
            Some(at) => at,
            // The channel's link to itself.
            None if tag.name == "atom:link" && tag.is_empty => {
                return (has(tag.attributes, "rel", "self") && is_plain(tag.attributes)).then_some(());
            }
            None => return None,
        };
        let is_entry = matches!(tag.name, "item" | "entry");
        if is_entry {
            self.entries += 1;
            self.seen = 0;
        } else if !MAY_REPEAT.contains(&tag.name) || tag.name == "link" {
            let bit = 1 << at;
            let is_inner = self.open.last().is_some_and(|open| !OUTER.contains(open));
            let is_again = self.seen & bit != 0 && !(tag.name == "link" && self.known == ATOM);
            if is_inner || is_again {
                return None;
            }
            self.seen |= bit;
        }
        let is_link = matches!(tag.name, "link" | "enclosure");
        let is_known = tag.attributes.is_empty() || is_link || has_known_type(tag.attributes);
        let is_fine = is_known
            && is_plain(tag.attributes)
            && self.open.len() < MAX_DEPTH
            && self.entries <= MAX_ENTRIES;
        if !tag.is_empty {
            self.open.push(tag.name);
        } else if !matches!(tag.name, "link" | "enclosure" | "category") {
            return None;
        }
        is_fine.then_some(())
    }

    /// An entry must have said where it leads and what it is named.
    fn end(&self, name: &str) -> Option<()> {
        let has = |wanted: &&str| self.known.binary_search(wanted).is_ok_and(|at| self.seen & (1 << at) != 0);
        match name {
            "item" => ["title", "link", "guid"].iter().all(has).then_some(()),
            "entry" => ["title", "link", "id"].iter().all(has).then_some(()),
            _ => Some(()),
        }
    }
}

/// The addresses that its prefixes must stand for.
const PREFIXES: [(&str, &str); 3] = [
    ("xmlns:atom", ATOM_ADDRESS),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

fn dialect(root: Tag<'_>) -> Option<&'static [&'static str]> {
    match root.name {
        "rss" if !root.attributes.contains("xmlns=") && has(root.attributes, "version", "2.0") => Some(RSS),
        "feed" if has(root.attributes, "xmlns", ATOM_ADDRESS) => Some(ATOM),
        _ => None,
    }
}

fn has(attributes: &str, name: &str, value: &str) -> bool {
    let mut rest = attributes;
    while let Some(at) = rest.find(name) {
        rest = &rest[at + name.len()..];
        let written = rest.strip_prefix("=\"").or_else(|| rest.strip_prefix("='"));
        if written.is_some_and(|written| written.starts_with(value)) {
            return true;
        }
    }
    false
}

/// Attributes whose values are quoted, and that change nothing round them.
fn is_plain(attributes: &str) -> bool {
    if attributes.is_empty() {
        return true;
    }
    is_quoted(attributes)
        && !attributes.contains("xml:base")
        && !attributes.contains("mode=")
        && has_plain_references(attributes)
}

/// Tells whether every value stands in quotes, and right behind them.
fn is_quoted(attributes: &str) -> bool {
    let mut rest = attributes;
    while let Some((_, value)) = rest.split_once('=') {
        let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            return false;
        };
        let Some((value, after)) = value[1..].split_once(quote) else {
            return false;
        };
        if value.len() != value.trim().len() {
            return false;
        }
        rest = after;
    }
    true
}

/// Tells whether a text is of a type that is read right, and lies in the feed.
fn has_known_type(attributes: &str) -> bool {
    let Some((_, value)) = attributes.split_once("type=") else {
        return !attributes.contains("src=");
    };
    let value = value.trim_start_matches(['"', '\'']);
    let kind = value.split(['"', '\'']).next().unwrap_or_default();
    matches!(kind, "text" | "html" | "text/html" | "text/plain") && !attributes.contains("src=")
}

/// References that XML knows of itself; those to characters of Windows are none.
fn has_plain_references(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'&', bytes).all(|at| {
        let is_known = matches!(
            &bytes[at + 1..],
            [b'l' | b'g', b't', b';', ..]
                | [b'a', b'm', b'p', b';', ..]
                | [b'q', b'u', b'o', b't', b';', ..]
                | [b'a', b'p', b'o', b's', b';', ..]
        );
        is_known || is_plain_number(&text[at + 1..])
    })
}

fn is_plain_number(text: &str) -> bool {
    let Some(number) = text.strip_prefix('#').and_then(|text| text.get(..text.find(';')?)) else {
        return false;
    };
    let code = match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    code.is_ok_and(|code| char::from_u32(code).is_some_and(|c| !c.is_control()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RSS_HEAD: &str = "<?xml version='1.0'?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>";

    fn rss(inner: &str) -> String {
        let whole = "<title>T</title><link>http://a.test/</link><guid>1</guid>";
        format!("{RSS_HEAD}<title>F</title><item>{whole}{inner}</item></channel></rss>\n")
    }

    fn atom(inner: &str) -> String {
        let whole = "<title>T</title><link href=\"http://a.test/?a=b\"/><id>1</id>";
        format!("<feed xmlns=\"{ATOM_ADDRESS}\"><entry>{whole}{inner}</entry></feed>")
    }

    #[test]
    fn sound_feeds_are_healthy() {
        for inner in [
            "",
            "<description>a &amp; b &#8217; &lt;p&gt;</description>",
            "<content:encoded><![CDATA[<p>x & y</p>]]></content:encoded>",
            "<enclosure url=\"http://a.test/1.mp3\" length=\"1\" type=\"audio/mpeg\"/>",
            "<category>a</category><category>b</category>",
        ] {
            assert!(is_healthy(&rss(inner)), "{inner}");
        }
        for inner in
            ["<content type=\"html\">a</content>", "<author><name>A</name></author>", "<summary>a</summary>"]
        {
            assert!(is_healthy(&atom(inner)), "{inner}");
        }
    }

    #[test]
    fn what_is_odd_or_broken_is_not() {
        for inner in [
            "<description>a & b</description>",
            "<description>a &nbsp; b</description>",
            "<description>&#147;a&#148;</description>",
            "<description><p>a</p></description>",
            "<description>a</Description>",
            "<title>again</title>",
            "<media:description></media:description>",
            "<enclosure url=http://a.test/1.mp3 />",
            "<unknown>a</unknown>",
            "<author><name>a</name>",
        ] {
            assert!(!is_healthy(&rss(inner)), "{inner}");
        }
        for inner in [
            "<content type=\"xhtml\"><div/></content>",
            "<content type=\"xhtml\">a</content>",
            "<content xml:base=\"/x\">a</content>",
        ] {
            assert!(!is_healthy(&atom(inner)), "{inner}");
        }
        for text in [
            "",
            "<rss version=\"2.0\" type=嚜><channel></channel></rss>",
            "junk <rss version=\"2.0\"><channel></channel></rss>",
            "<rss version=\"0.94\"><channel></channel></rss>",
            "<rss version=\"2.0\" xmlns=\"http://u.test/\"><channel></channel></rss>",
            "<feed xmlns=\"http://purl.org/atom/ns#\"></feed>",
            "<!DOCTYPE rss><rss version=\"2.0\"><channel></channel></rss>",
            "<rss version=\"2.0\"><channel><item><title>no link</title></item></channel></rss>",
            "<rss version=\"2.0\"><channel>",
        ] {
            assert!(!is_healthy(text), "{text}");
        }
    }

    #[test]
    fn both_readers_say_the_same_of_a_healthy_feed() {
        for text in [
            rss(
                "<description>a &amp; &lt;b&gt;</description><pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate>\
                 <category>x</category><author>jane@a.test (Jane)</author><dc:creator>Jo</dc:creator>\
                 <enclosure url=\"http://a.test/1.mp3\" length=\"1\" type=\"audio/mpeg\"/>",
            ),
            atom(
                "<content type=\"html\">a &lt;b&gt;</content><author><name>A</name><email>a@b.test</email></author>\
                  <updated>2026-11-22T10:00:00Z</updated><category term=\"x\" label=\"X\"/>",
            ),
        ] {
            assert!(is_healthy(&text));
            let strict = super::super::strict::read(&text).unwrap();
            let tolerant = super::super::tolerant::read_xml(&text, None).unwrap();
            let base = url::Url::parse("http://feed.test/").unwrap();
            let parsed = |draft| super::super::normalise::normalise(draft, Some(&base));
            assert_eq!(parsed(strict), parsed(tolerant), "{text}");
        }
    }

    #[test]
    fn both_readers_say_the_same_of_all_feeds_of_the_collection() {
        let collection = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/bench/feeds");
        let paths = files_below(std::path::Path::new(collection));
        if paths.is_empty() {
            eprintln!("skipped: the collection of feeds is not here");
            return;
        }
        let base = url::Url::parse("http://feed.test/").unwrap();
        let parsed = |draft| super::super::normalise::normalise(draft, Some(&base));
        let mut compared = 0;
        for path in paths {
            let bytes = std::fs::read(&path).unwrap();
            let text = super::super::decode::decode(&bytes, None).unwrap_or_default();
            if !is_healthy(&text) {
                continue;
            }
            // What feed-rs fails on all the same goes the tolerant way.
            if let Some(strict) = super::super::strict::read(&text) {
                let tolerant = super::super::tolerant::read_xml(&text, Some(&base)).unwrap();
                let (strict, tolerant) = (parsed(strict), parsed(tolerant));
                for (one, other) in strict.entries.iter().zip(&tolerant.entries) {
                    assert_eq!(one, other, "{}", path.display());
                }
                assert_eq!(strict, tolerant, "{}", path.display());
                compared += 1;
            }
        }
        assert!(compared > 50, "only {compared} of the feeds are healthy");
    }

    fn files_below(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files.append(&mut files_below(&path));
            } else if path.extension().is_none_or(|extension| extension != "jsonl") {
                files.push(path);
            }
        }
        files
    }
}
