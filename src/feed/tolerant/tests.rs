//! Feeds of every dialect and in every state, as they are met.

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Draft {
    read_xml(text, None).unwrap_or_else(|| panic!("no feed in {text}"))
}

fn titles(text: &str) -> Vec<String> {
    let titles = read(text).entries.into_iter().map(|entry| entry.title.unwrap_or_default().value);
    titles.collect()
}

#[test]
fn every_dialect_is_told_and_read() {
    let table = [
        ("<rss version='2.0'><channel><item><title>a</title></item></channel></rss>", FeedFormat::Rss),
        ("<rss><channel><item><title>a</title></item></channel></rss>", FeedFormat::Rss),
        (
            "<rss version='0.92' xmlns='http://u.test/'><channel><item><title>a</title></item></channel></rss>",
            FeedFormat::Rss,
        ),
        (
            "<r:rss xmlns:r='http://u.test/'><r:channel><r:item><r:title>a</r:title></r:item></r:channel></r:rss>",
            FeedFormat::Rss,
        ),
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://u.test/'>\
             <channel/><item><title>a</title></item></rdf:RDF>",
            FeedFormat::Rss,
        ),
        (
            "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>a</title></entry></feed>",
            FeedFormat::Atom,
        ),
        ("<feed><entry><title>a</title></entry></feed>", FeedFormat::Atom),
        (
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>a</a:title></a:entry></a:feed>",
            FeedFormat::Atom,
        ),
        ("<CHANNEL><ITEM HREF='http://a.test/'><TITLE>a</TITLE></ITEM></CHANNEL>", FeedFormat::Cdf),
    ];
    for (text, format) in table {
        assert_eq!(read(text).format, format, "{text}");
        assert_eq!(titles(text), ["a"], "{text}");
    }
}

#[test]
fn what_is_no_feed_is_nothing() {
    for text in [
        "",
        "hello",
        "<opml><body><outline/></body></opml>",
        "<html><body><p>a</p></body></html>",
        "<order><item><title>a</title></item></order>",
        "<urlset><url><loc>http://a.test/</loc></url></urlset>",
    ] {
        assert!(read_xml(text, None).is_none(), "{text}");
    }
}

#[test]
fn every_whole_entry_is_kept() {
    let table = [
        (
            "beside the channel",
            "<rss><channel/><item><title>a</title></item><item><title>b</title></item></rss>",
        ),
        ("without a channel", "<rss><item><title>a</title></item><item><title>b</title></item></rss>"),
        (
            "cut off",
            "<rss><channel><item><title>a</title></item><item><title>b</title></item><item><title>c</title><desc",
        ),
        ("left open", "<rss><channel><item><title>a</title><item><title>b</title></channel></rss>"),
        (
            "crossed tags",
            "<rss><channel><item><title>a</title><b><i></b></i></item><item><title>b</title></item></rss>",
        ),
        (
            "junk before",
            "<br />\n<b>Warning</b>: x<br />\n<rss><channel><item><title>a</title></item><item><title>b</title></item></channel></rss>",
        ),
        (
            "in upper case",
            "<RSS><CHANNEL><ITEM><TITLE>a</TITLE></ITEM><ITEM><TITLE>b</TITLE></ITEM></CHANNEL></RSS>",
        ),
        (
            "unclosed comment",
            "<rss><item><title>a</title></item><!-- oops <item><title>b</title></item></rss>",
        ),
        (
            "a missing quote",
            "<rss><item><title>a</title><description>x <a href=\"http://a.test/>y</a></description></item>\
             <item><title>b</title><description>\"q\"</description></item></rss>",
        ),
        (
            "unclosed CDATA",
            "<rss><item><title><![CDATA[a</title></item><item><title><![CDATA[b]]></title></item></rss>",
        ),
    ];
    for (what, text) in table {
        assert_eq!(titles(text), ["a", "b"], "{what}");
    }
}

#[test]
fn the_feed_speaks_for_itself() {
    let feed = read(
        "<rss><channel><itunes:summary>spare</itunes:summary><dc:title>spare</dc:title><title>T</title><title>U</title>\
         <description>D</description><link>http://a.test/</link><image><title>I</title><link>http://i.test/</link></image>\
         <ttl> 60 </ttl><skipHours><hour>0</hour><hour>24</hour><hour>25</hour></skipHours>\
         <skipDays><day>Sunday</day><day>x</day></skipDays></channel></rss>",
    );
    assert_eq!(feed.title.unwrap().value, "T");
    assert_eq!(feed.description.unwrap().value, "D");
    assert_eq!(feed.pages.len(), 1);
    assert_eq!(feed.schedule.ttl, Some(60));
    assert_eq!(feed.schedule.skip_hours, [0, 0]);
    assert_eq!(feed.schedule.skip_days, [jiff::civil::Weekday::Sunday]);
}

#[test]
fn a_period_of_updates_is_a_time_to_live() {
    let feed = read(
        "<rss><channel><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel></rss>",
    );
    assert_eq!(feed.schedule.ttl, Some(360));
}

fn entry(inner: &str) -> crate::feed::draft::DraftEntry {
    read(&format!("<rss><channel><item>{inner}</item></channel></rss>")).entries.remove(0)
}

fn value(text: Option<crate::feed::draft::Text>) -> String {
    text.map(|text| text.value).unwrap_or_default()
}

#[test]
fn extensions_speak_where_the_entry_is_silent() {
    let table = [
        ("<dc:title>a</dc:title>", "a"),
        ("<media:title>m</media:title><title>a</title>", "a"),
        ("<media:group><media:title>m</media:title></media:group>", "m"),
        ("<title> </title><title>a</title>", "a"),
    ];
    for (inner, title) in table {
        assert_eq!(value(entry(inner).title), title, "{inner}");
    }
    let table = [
        ("<description>d</description>", "d", ""),
        ("<description>d</description><content:encoded>c</content:encoded>", "d", "c"),
        ("<summary>s</summary><description>d</description>", "s", "d"),
        ("<itunes:summary>i</itunes:summary><media:description>m</media:description>", "i", ""),
        ("<dc:description>x</dc:description><description/>", "x", ""),
        ("<body xmlns='http://www.w3.org/1999/xhtml'><p>c</p></body>", "", "<p>c</p>"),
    ];
    for (inner, summary, content) in table {
        let entry = entry(inner);
        assert_eq!(
            (value(entry.summary).as_str(), value(entry.content).as_str()),
            (summary, content),
            "{inner}"
        );
    }
}

#[test]
fn dates_are_found_under_all_their_names() {
    let table = [
        ("<pubDate>2026-11-22</pubDate>", (true, false)),
        ("<dc:date>2026-11-22</dc:date>", (true, true)),
        ("<dcterms:created>2026-11-22</dcterms:created>", (true, true)),
        ("<atom:updated>2026-11-22</atom:updated>", (false, true)),
        ("<issued>2026-11-22</issued><modified>2026-11-22</modified>", (true, true)),
        ("<pubDate>soon</pubDate>", (false, false)),
    ];
    for (inner, expected) in table {
        let entry = entry(inner);
        assert_eq!((entry.published.is_some(), entry.updated.is_some()), expected, "{inner}");
    }
}

#[test]
fn naked_markup_stays_markup() {
    let table = [
        ("<description><p>One<br>two <b>three</p></description>", "<p>One<br>two <b>three</b></p>"),
        ("<description>a &lt;b&gt;c&lt;/b&gt;</description>", "a <b>c</b>"),
        ("<description><![CDATA[a ]]]]><![CDATA[> b]]></description>", "a ]]> b"),
        ("<description>a &nbsp; &copy; R&D &#150;</description>", "a \u{a0} © R&D –"),
    ];
    for (inner, expected) in table {
        assert_eq!(value(entry(inner).summary), expected, "{inner}");
    }
}

#[test]
fn a_text_of_atom_is_what_it_says_it_is() {
    use crate::feed::draft::Kind;
    let table = [
        ("", "a &lt;b>", Kind::Plain, "a <b>"),
        ("type='html'", "a &lt;b>", Kind::Html, "a <b>"),
        ("type='text/html' mode='escaped'", "a &lt;b>", Kind::Html, "a <b>"),
        ("type='xhtml'", "<div>a &lt;</div>", Kind::Html, "<div>a &lt;</div>"),
        ("mode='base64'", "YSA8Yj5iPC9iPg==", Kind::Html, "a <b>b</b>"),
        ("type='application/x-odd'", "test", Kind::Plain, "test"),
    ];
    for (attributes, inner, kind, expected) in table {
        let feed = read(&format!("<feed><entry><content {attributes}>{inner}</content></entry></feed>"));
        let text = feed.entries.into_iter().next().unwrap().content.unwrap();
        assert_eq!((text.kind, text.value.as_str()), (kind, expected), "{attributes}");
    }
    let picture = read("<feed><entry><content type='image/png'>iVBORw0KGgo=</content></entry></feed>");
    assert!(picture.entries[0].content.is_none());
}

#[test]
fn links_are_told_apart_by_what_they_are_for() {
    let entry = entry(
        "<link>http://a.test/1</link><atom:link rel='self' href='http://a.test/2'/>\
         <atom:link rel='enclosure' href='http://a.test/3' length='7'/>\
         <enclosure url=http://a.test/4.mp3 length=9 type=audio/mpeg />\
         <media:group><media:content url='http://a.test/5' fileSize='11'><media:content url='http://a.test/6'/></media:content></media:group>",
    );
    assert_eq!(entry.pages.iter().map(|link| link.href.as_str()).collect::<Vec<_>>(), ["http://a.test/1"]);
    let files: Vec<_> = entry.files.iter().map(|link| (link.href.as_str(), link.length)).collect();
    let expected = [
        ("http://a.test/3", Some(7)),
        ("http://a.test/4.mp3", Some(9)),
        ("http://a.test/5", Some(11)),
        ("http://a.test/6", None),
    ];
    assert_eq!(files, expected);
}

#[test]
fn an_id_says_whether_it_is_an_address() {
    use crate::feed::draft::Permalink;
    let table = [
        ("", Permalink::Unsaid),
        (" isPermaLink='FALSE'", Permalink::No),
        (" isPermaLink='true'", Permalink::Yes),
    ];
    for (attribute, expected) in table {
        assert_eq!(entry(&format!("<guid{attribute}>http://a.test/1</guid>")).permalink, expected);
    }
    let first = entry("<guid isPermaLink='false'>http://a.test/1</guid><guid>http://a.test/2</guid><guid/>");
    assert_eq!((first.id.as_deref(), first.permalink), (Some("http://a.test/1"), Permalink::No));
}

fn json(text: &str) -> Result<Draft, String> {
    read_json(text)
}

#[test]
fn a_json_feed_is_read_with_odd_fields() {
    let feed = json(
        r#"{"version": "http://jsonfeed.org/version/1", "title": 5, "author": "Jane", "items": [
            {"id": 7, "url": "http://a.test/1", "title": null, "content_html": "<p>x</p>", "tags": "none",
             "authors": [5, {"name": "Jo"}], "attachments": [{"url": "http://a.test/a", "size_in_bytes": "9"}, {}]},
            "odd", {"id": "8", "date_published": "2026-11-22T10:00:00Z", "content_text": "y"}]}"#,
    )
    .unwrap();
    assert_eq!(feed.entries.len(), 2);
    let first = &feed.entries[0];
    assert_eq!((first.id.as_deref(), first.authors[0].name.as_deref()), (Some("7"), Some("Jo")));
    assert_eq!(first.files[0].length, Some(9));
    assert!(feed.entries[1].published.is_some());
}

#[test]
fn a_json_feed_that_is_cut_off_keeps_its_whole_items() {
    let whole = r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_text": "a"}, {"id": "2", "con"#;
    assert_eq!(json(whole).unwrap().entries.len(), 1);
    assert!(json(r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id"#).is_err());
}

#[test]
fn the_last_of_two_fields_of_a_name_counts() {
    let feed = json(
        r#"{"version": "https://jsonfeed.org/version/1", "title": "a", "title": "b", "unread": [[], {"a": [1]}],
            "items": [{"id": "1", "id": "2", "unread": {"id": "3"}, "content_text": ["x"], "summary": {"a": 1}}]}"#,
    )
    .unwrap();
    assert_eq!(feed.title.unwrap().value, "b");
    let item = &feed.entries[0];
    assert_eq!((item.id.as_deref(), item.content.is_none(), item.summary.is_none()), (Some("2"), true, true));
}

#[test]
fn other_json_is_no_feed() {
    for text in ["{}", "[]", "{\"a\": 1}", "{\"items\": [1, 2]}", "{\"items\": [{\"id\": 1}]}", "{", "5"] {
        assert!(json(text).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn a_feed_cut_anywhere_keeps_the_entries_before(length in 0usize..400) {
        let whole = "<rss version='2.0'><channel><title>T</title>".to_owned()
            + &"<item><title>ä</title><description><![CDATA[<p>x]]></description></item>".repeat(5);
        let end = whole.floor_char_boundary(length.min(whole.len()));
        let text = &whole[..end];
        let found = read_xml(text, None).map_or(0, |feed| feed.entries.len());
        prop_assert!(found >= text.matches("</item>").count());
    }

    #[test]
    fn any_tags_are_read(pieces in proptest::collection::vec("(<|</|<!|\\]\\]>|<!\\[CDATA\\[|item|rss|entry|channel|title|description| |=|'|\"|>|/>|&|;|#|x)", 0..80)) {
        // Whatever comes of it, it comes to an end, and within the bounds of the text.
        let text = pieces.concat();
        let found = read_xml(&text, None).map_or(0, |feed| feed.entries.len());
        prop_assert!(found <= text.matches('<').count());
    }
}
