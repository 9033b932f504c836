//! Feeds composed of odd and even parts: whatever of them is healthy, both readers say the same of it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::is_healthy;
use super::tests::{ATOM_ADDRESS, RSS_HEAD, atom, check, rss};

/// Texts, odd and even.
const TEXTS: &[&str] = &[
    "",
    " ",
    "a",
    " a\n b ",
    "a\r\nb",
    "a &amp; b",
    "a & b",
    "a &nbsp; b",
    "&#8217;",
    "&#147;",
    "&lt;p&gt;x&lt;/p&gt;",
    "<p>x</p>",
    "<![CDATA[<p>x</p>]]>",
    "x<![CDATA[ y ]]>z",
    "<![CDATA[a <![CDATA[ b]]>",
    "a<!-- c -->b",
    "<!-- c -->",
    "<?x y?>a",
    "a < b",
    "]]>",
    "5",
    " 60 ",
    "http://a.test/1",
    " http://a.test/2 ",
    "http://a.test/?a=1&amp;b=2",
    "/3",
    "javascript:x",
    "http://[",
    "http://1.2.3.400/",
    "Jane",
    "Jane Doe &lt;jane@a.test&gt;",
    "jane@a.test (Jane)",
    "jane@a.test",
    "(Jane) jane&#64;a.test",
    "Sun, 22 Nov 2026 10:00:00 GMT",
    "2026-11-22T10:00:00+01:00",
    "soon",
    "<name>Jane</name>",
    "<name>Jane</name><email>jane@a.test</email>",
    "<name>jane@a.test (Jane)</name><uri>http://a.test/</uri>",
    "<email>jane@a.test</email>",
    "<name> </name><name>Jo</name>",
];

const ATTRIBUTES: &[&str] = &[
    "",
    "",
    "",
    " href=\"http://a.test/4\"",
    " href=\"/5\"",
    " href='http://a.test/6&amp;7'",
    " HREF=\"http://a.test/8\"",
    " rel=\"alternate\"",
    " rel=\"Alternate\"",
    " rel=\"self\"",
    " rel=\"enclosure\"",
    " rel=\"x/alternate\"",
    " rel=\"replies\"",
    " rel=\"\"",
    " type=\"html\"",
    " type=\"text\"",
    " type=\"xhtml\"",
    " type=\"text/html\"",
    " type=\"audio/mpeg\"",
    " type=\"mp3\"",
    " length=\"7\"",
    " length=\" 7\"",
    " length=\"7 bytes\"",
    " url=\"http://a.test/9.mp3\"",
    " url=\"/9.mp3\"",
    " url=http://a.test/9.mp3",
    " term=\"x\"",
    " term=\"\"",
    " label=\"X\"",
    " scheme=\"s\"",
    " isPermaLink=\"false\"",
    " isPermaLink=\"true\"",
    " xml:base=\"http://b.test/\"",
    " xml:lang=\"en\"",
    " src=\"http://a.test/10\"",
    " about=\"x\"",
    " mode=\"base64\"",
    " domain=\"d\"",
];

const NAMES: &[&str] = &[
    "title",
    "link",
    "guid",
    "id",
    "description",
    "summary",
    "content",
    "content:encoded",
    "author",
    "dc:creator",
    "category",
    "enclosure",
    "pubDate",
    "published",
    "updated",
    "comments",
    "slash:comments",
    "wfw:commentRss",
    "dc:date",
    "rights",
    "name",
    "ttl",
    "subtitle",
    "generator",
    "atom:link",
    "TITLE",
    "item",
    "entry",
];

/// An element with attributes that may fit.
fn element() -> impl Strategy<Value = String> {
    let attributes = vec(select(ATTRIBUTES), 0..3).prop_map(|parts| parts.concat());
    (select(NAMES), attributes, select(TEXTS), 0..4).prop_map(|(name, attributes, text, form)| match form {
        0 => format!("<{name}{attributes}/>"),
        1 => format!("<{name}>{text}</{name}>\n"),
        _ => format!("<{name}{attributes}>{text}</{name}>"),
    })
}

const RIGHT_IN_ATOM: &[&str] = &[
    "<author><name>Jane</name></author>",
    "<author><email>b@a.test</email><name>Jane &lt;jane@a.test&gt;</name></author>",
    "<content type='html'>&lt;p&gt;x</content>",
    "<summary>a\r\nb</summary>",
    "<category term='x'/>",
    "<category term='x' label='Y'></category>",
    "<link rel='enclosure' href='http://a.test/a.mp3' type='audio/mpeg' length='7'/>",
    "<link rel='replies' type='text/html' href='http://a.test/c'/>",
    "<updated>2026-11-22T10:00:00Z</updated>",
    "<published>soon</published>",
];

const RIGHT_IN_RSS: &[&str] = &[
    "<author>jane@a.test (Jane)</author>",
    "<dc:creator><![CDATA[Jane]]></dc:creator>",
    "<content:encoded><![CDATA[<p>x\r\ny</p>]]></content:encoded>",
    "<description>a &amp;amp; &lt;b&gt;</description>",
    "<category domain='d'>x</category>",
    "<enclosure url='http://a.test/a.mp3' length='7' type='audio/mpeg'></enclosure>",
    "<comments>http://a.test/c</comments>",
    "<pubDate>Sun, 22 Nov 2026 10:00:00 +0100</pubDate>",
];

/// An element that is more often right than not.
fn likely(is_atom: bool) -> impl Strategy<Value = String> {
    let right = if is_atom { RIGHT_IN_ATOM } else { RIGHT_IN_RSS };
    prop_oneof![3 => select(right).prop_map(str::to_owned), 1 => element()]
}

/// A feed of these elements, those that an entry must have in between.
fn feed(is_atom: bool) -> impl Strategy<Value = String> {
    let needed: &[&str] = if is_atom {
        &["<title>T</title>", "<link href='http://a.test/1'/>", "<id>1</id>"]
    } else {
        &["<title>T</title>", "<link>http://a.test/1</link>", "<guid isPermaLink='false'>1</guid>"]
    };
    let entry = vec(likely(is_atom), 0..4).prop_flat_map(move |parts| {
        let needed = needed.iter().map(|part| (*part).to_owned());
        Just(needed.chain(parts).collect::<Vec<_>>()).prop_shuffle().prop_map(|parts| parts.concat())
    });
    let outer = vec(element(), 0..2).prop_map(|parts| parts.concat());
    (outer, vec(entry, 1..3)).prop_map(move |(outer, entries)| {
        if is_atom {
            let entries = entries.join("</entry>\n<entry>");
            format!("<feed xmlns=\"{ATOM_ADDRESS}\">{outer}<entry>{entries}</entry></feed>")
        } else {
            let entries = entries.join("</item>\n<item>");
            format!("{RSS_HEAD}{outer}<item>{entries}</item></channel></rss>")
        }
    })
}

#[test]
fn what_is_right_is_healthy() {
    for inner in RIGHT_IN_ATOM {
        assert!(is_healthy(&atom(inner)), "{inner}");
    }
    for inner in RIGHT_IN_RSS {
        assert!(is_healthy(&rss(inner)), "{inner}");
    }
}

proptest! {
    #[test]
    fn both_readers_say_the_same_whatever_healthy_feeds_are_made_of(text in prop_oneof![feed(false), feed(true)]) {
        check(&text);
    }
}
