//! What is healthy, and what both readers say of it.

use super::*;

pub(super) const ATOM_ADDRESS: &str = "http://www.w3.org/2005/Atom";

pub(super) const RSS_HEAD: &str = "<?xml version='1.0'?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
     xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>";

pub(super) fn rss(inner: &str) -> String {
    let whole = "<title>T</title><link>http://a.test/</link><guid>1</guid>";
    format!("{RSS_HEAD}<title>F</title><item>{whole}{inner}</item></channel></rss>\n")
}

pub(super) fn atom(inner: &str) -> String {
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

/// Reads a feed that is healthy in both ways, and compares.
pub(super) fn check(text: &str) {
    let base = url::Url::parse("http://feed.test/").unwrap();
    // What feed-rs fails on all the same goes the tolerant way.
    if is_healthy(text)
        && let Some(strict) = crate::feed::strict::read(text)
    {
        let tolerant = crate::feed::tolerant::read_xml(text, Some(&base)).unwrap();
        let parsed = |draft| crate::feed::normalise::normalise(draft, Some(&base));
        assert_eq!(parsed(strict), parsed(tolerant), "{text}");
    }
}

#[test]
fn both_readers_say_the_same_of_a_healthy_feed() {
    for text in [
        rss("<description>a &amp; &lt;b&gt;</description><pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate>\
             <category>x</category><author>jane@a.test (Jane)</author><dc:creator>Jo</dc:creator>\
             <enclosure url=\"http://a.test/1.mp3\" length=\"1\" type=\"audio/mpeg\"/>"),
        atom(
            "<content type=\"html\">a &lt;b&gt;</content><author><name>A</name><email>a@b.test</email></author>\
              <updated>2026-11-22T10:00:00Z</updated><category term=\"x\" label=\"X\"/>",
        ),
    ] {
        assert!(is_healthy(&text) && crate::feed::strict::read(&text).is_some());
        check(&text);
    }
}

#[test]
fn what_the_readers_understand_each_in_its_way_is_not_healthy() {
    for inner in [
        "<enclosure url=\"/a.mp3\"/>",
        "<enclosure url=\"http://a.test/a.mp3\" type=\"mp3\"/>",
        "<enclosure url=\"http://a.test/a.mp3\" URL=\"http://b.test/\"/>",
        "<category label=\"x\">y</category>",
        "<author>Jane &lt;jane@a.test&gt;</author>",
        "<description>x<category>y</category></description>",
        "<description>a < b></description>",
        "<slash:comments>http://a.test/c</slash:comments>",
        "<?odd a='>'?>",
        "<!ELEMENT x>",
        "<!--> <description>x</description> -->",
    ] {
        assert!(!is_healthy(&rss(inner)), "{inner}");
        check(&rss(inner));
    }
    for link in [
        "<link href=\"http://a.test/x\">http://a.test/y</link>",
        "<link></link><guid isPermaLink=\"false\">http://a.test/1</guid>",
        "<link></link><guid isPermaLink=\"true\">/2</guid>",
        "<link>http://1.2.3.400/</link><guid isPermaLink=\"false\">http://a.test/1</guid>",
        "<link>/1</link>",
    ] {
        let guid = if link.contains("<guid") { "" } else { "<guid>1</guid>" };
        let text = format!("{RSS_HEAD}<item><title>T</title>{link}{guid}</item></channel></rss>");
        assert!(!is_healthy(&text), "{link}");
    }
    for author in ["<author>Jane</author>", "<guid>1</guid>", "<enclosure url=\"http://a.test/\"/>"] {
        assert!(!is_healthy(&format!("{RSS_HEAD}<title>F</title>{author}</channel></rss>")), "{author}");
    }
    for inner in [
        "<link rel=\"ALTERNATE\" href=\"http://a.test/x\"/>",
        "<link rel=\"\" href=\"http://a.test/x\"/>",
        "<link rel=\"http://www.iana.org/assignments/relation/alternate\" href=\"http://a.test/x\"/>",
        "<link>http://a.test/x</link>",
        "<author>Jane</author>",
        "<author><name>A</name><name>B</name></author>",
        "<author><email>a@b.test</email></author>",
        "<category label=\"X\"/>",
        "<category>x</category>",
        "<name>A</name>",
        "<content type=\"text/html; charset=utf-8\">a</content>",
        "<content src=\"http://a.test/c\"/>",
    ] {
        assert!(!is_healthy(&atom(inner)), "{inner}");
        check(&atom(inner));
    }
}

#[test]
fn only_one_root_is_read() {
    let whole = rss("");
    assert!(is_healthy(&whole));
    assert!(!is_healthy(&format!("{whole}{}", whole.trim_start_matches("<?xml version='1.0'?>"))));
    assert!(!is_healthy(&whole.replace("</channel>", "</channel><item></item>")));
    assert!(!is_healthy(
        &whole
            .replace("http://purl.org/dc/elements/1.1/", "http://u.test/")
            .replace("<title>T", "<dc:creator>x</dc:creator><title>T")
    ));
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
    let parsed = |draft| crate::feed::normalise::normalise(draft, Some(&base));
    let mut compared = 0;
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let text = crate::feed::decode::decode(&bytes, None).unwrap_or_default();
        if !is_healthy(&text) {
            continue;
        }
        // What feed-rs fails on all the same goes the tolerant way.
        if let Some(strict) = crate::feed::strict::read(&text) {
            let tolerant = crate::feed::tolerant::read_xml(&text, Some(&base)).unwrap();
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
