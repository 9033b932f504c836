//! What the door to HTML promises, shown by a table of attacks and by properties of any input.
//!
//! The properties read what comes out with a parser of their own, and look at every element, attribute and address.

use std::collections::HashSet;

use dom_query::Document;
use proptest::prelude::*;
use url::Url;

use super::characters::is_unsafe;
use super::clean;

/// The promise, written out once more: a change of the allow-list has to be made here too.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "div", "span", "section", "article", "ul", "ol", "li", "dl",
    "dt", "dd", "blockquote", "q", "cite", "pre", "code", "kbd", "samp", "var", "table", "caption", "colgroup", "col",
    "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption", "img", "a", "details", "summary", "abbr",
    "time", "em", "strong", "b", "i", "u", "s", "del", "ins", "mark", "small", "sub", "sup", "wbr", "ruby", "rb", "rp",
    "rt",
];

#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    "* id", "a href", "a title", "abbr title", "code class", "img src", "img alt", "img title", "img width", "img height",
    "li value", "ol start", "pre class", "td colspan", "td rowspan", "th colspan", "th rowspan",
];

fn cleaned(html: &str) -> String {
    let base = Url::parse("https://a.test/").unwrap();
    clean(html, Some(&base)).as_str().to_owned()
}

/// Lists what in a text breaks the promise, as an independent parser reads it.
fn faults(html: &str) -> Vec<String> {
    let allowed: HashSet<&str> = ELEMENTS.iter().copied().collect();
    let mut faults: Vec<String> = html.chars().filter(|c| is_unsafe(*c)).map(|c| format!("{c:?}")).collect();
    let document = Document::fragment(html);
    for node in document.root().descendants_it() {
        let Some(element) = node.element_ref() else {
            if !node.is_text() && !node.is_fragment() {
                faults.push("neither element nor text".to_owned());
            }
            continue;
        };
        let name = element.name.local.to_string();
        // The parser wraps a fragment in an element of its own.
        if name != "html" && (!allowed.contains(name.as_str()) || !element.name.ns.ends_with("/1999/xhtml")) {
            faults.push(format!("<{name}>"));
        }
        for attribute in node.attrs() {
            let key = attribute.name.local.to_string();
            let is_allowed = ATTRIBUTES
                .iter()
                .any(|known| *known == format!("{name} {key}") || *known == format!("* {key}"));
            let is_address = matches!(key.as_str(), "href" | "src");
            if !is_allowed || is_address && !is_safe_address(&name, &attribute.value) {
                faults.push(format!("<{name} {key}={:?}>", attribute.value));
            }
        }
    }
    faults
}

fn is_safe_address(element: &str, address: &str) -> bool {
    if element == "a" && address.starts_with('#') {
        return true;
    }
    let scheme = Url::parse(address).map(|url| url.scheme().to_owned()).unwrap_or_default();
    matches!(scheme.as_str(), "http" | "https") || element == "a" && scheme == "mailto"
}

#[rustfmt::skip]
const ATTACKS: &[(&str, &str)] = &[
    // Scripts and styles, whole and in pieces.
    ("<script>x</script>a", "a"),
    ("<SCRIPT SRC=//e.test/x.js></SCRIPT>a", "a"),
    ("<script/x>x</script>a", "a"),
    ("<script\n>x</script\n>a", "a"),
    ("<<script>script>x</script>a", "&lt;a"),
    ("<scr<script>x</script>ipt>a", "xipt&gt;a"),
    ("<script>x</script foo='>'>a", "a"),
    ("<style>@import 'x'</style>a", "a"),
    ("<style><!--</style><img src=x onerror=y>-->a", "<img src=\"https://a.test/x\">--&gt;a"),
    ("<link rel=stylesheet href=x>a", "a"),
    ("<div style='background:url(javascript:x)'>a</div>", "<div>a</div>"),
    ("<div style=\"width:expression(x)\">a</div>", "<div>a</div>"),
    ("<noscript><style></noscript><img src=x onerror=y>a", "<img src=\"https://a.test/x\">a"),
    // Attributes that run something.
    ("<p onmouseover=x>a</p>", "<p>a</p>"),
    ("<p/onclick=x/>a</p>", "<p>a</p>"),
    ("<img src=x\nonerror\n=\ny>", "<img src=\"https://a.test/x\">"),
    ("<img \"\"\"><script>x</script>\">", "\"&gt;"),
    ("<img src='x' alt='\"><script>x</script>'>", "<img src=\"https://a.test/x\" alt=\"&quot;&gt;&lt;script&gt;x&lt;/script&gt;\">"),
    ("<a href=x title='\" onclick=\"y'>a</a>", "<a href=\"https://a.test/x\" title=\"&quot; onclick=&quot;y\">a</a>"),
    ("<img src=`x`onerror=y alt=b>", "<img src=\"https://a.test/%60x%60onerror=y\" alt=\"b\">"),
    ("<details open ontoggle=x>a</details>", "<details>a</details>"),
    ("<b contenteditable autofocus onfocus=x>a</b>", "<b>a</b>"),
    ("<a ping=//t.test/ target=_top rel=opener href=x>a</a>", "<a href=\"https://a.test/x\">a</a>"),
    ("<p class=x data-x=y is=z slot=s part=t>a</p>", "<p>a</p>"),
    // Schemes.
    ("<a href=javascript:x>a</a>", "<a>a</a>"),
    ("<a href='JaVaScRiPt:x'>a</a>", "<a>a</a>"),
    ("<a href='&#106;avascript:x'>a</a>", "<a>a</a>"),
    ("<a href='&#x6A&#x61vascript&colon;x'>a</a>", "<a>a</a>"),
    ("<a href='java&Tab;script:x'>a</a>", "<a>a</a>"),
    ("<a href='java&NewLine;script:x'>a</a>", "<a>a</a>"),
    ("<a href='\u{1}javascript:x'>a</a>", "<a>a</a>"),
    ("<a href='vbscript:x'>a</a>", "<a>a</a>"),
    ("<a href='data:text/html;base64,PHNjcmlwdD4='>a</a>", "<a>a</a>"),
    ("<a href='blob:https://a.test/x'>a</a>", "<a>a</a>"),
    ("<a href='view-source:http://a.test/'>a</a>", "<a>a</a>"),
    ("<a href='intent://x#Intent;end'>a</a>", "<a>a</a>"),
    ("<a href='feed:javascript:x'>a</a>", "<a>a</a>"),
    ("<a xlink:href='javascript:x'>a</a>", "<a>a</a>"),
    ("<img src='javascript:x'>a", "a"),
    ("<img src='data:image/svg+xml,<svg onload=x>'>a", "a"),
    ("<img srcset='javascript:x 2x, data:text/html,y 1x'>a", "a"),
    ("<img data-src='javascript:x'>a", "a"),
    ("<picture><source srcset='javascript:x'><img></picture>a", "a"),
    ("<img src=x longdesc='javascript:x' lowsrc='javascript:y' dynsrc=z>", "<img src=\"https://a.test/x\">"),
    ("<blockquote cite='javascript:x'>a</blockquote>", "<blockquote>a</blockquote>"),
    ("<table background='javascript:x'><tr><td>a</table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
    ("<iframe src='javascript:x'></iframe>a", "a"),
    ("<iframe srcdoc='<script>x</script>'></iframe>a", "a"),
    ("<iframe data-src='data:text/html,x'></iframe>a", "a"),
    ("<object data='javascript:x'></object><embed src='javascript:x'>a", "a"),
    ("<video src=javascript:x poster=javascript:y onerror=z><source src=javascript:x></video>a", "a"),
    // What changes the page around.
    ("<base href='//e.test/'><a href=x>a</a>", "<a href=\"https://a.test/x\">a</a>"),
    ("<meta http-equiv=refresh content='0;url=javascript:x'>a", "a"),
    ("<form action='javascript:x'>a<input type=image src=x onerror=y></form>", "<div>a</div>"),
    ("<button formaction='javascript:x'>b</button>a", "a"),
    ("<input autofocus onfocus=x>a<isindex action=javascript:x>", "a"),
    ("<textarea></textarea><img src=x onerror=y>a", "<img src=\"https://a.test/x\">a"),
    ("<textarea><img title='</textarea><img src=x onerror=y>'>a", "<img src=\"https://a.test/x\">'&gt;a"),
    ("<title><img title='</title><img src=x onerror=y>'>a", "<img src=\"https://a.test/x\">'&gt;a"),
    ("<frameset onload=x><frame src='javascript:y'></frameset>a", "a"),
    ("<html onload=x><body onload=y background=javascript:z>a", "a"),
    ("<marquee onstart=x>a</marquee><blink>b</blink>", "ab"),
    ("<dialog open onclose=x>a</dialog>", "a"),
    ("<template><script>x</script></template>a", "a"),
    ("<div><template shadowrootmode=open><script>x</script>b</template></div>a", "<div>b</div>a"),
    ("<x-y onclick=z><slot name=a>a</slot></x-y>", "a"),
    // Other name spaces, and what parsers read differently the second time.
    ("<svg onload=x><circle/></svg>a", "a"),
    ("<svg><a xlink:href='javascript:x'><text>b</text></a></svg>a", "<a>b </a>a"),
    ("<svg><use href='data:image/svg+xml,x'/><animate onbegin=x attributeName=href /></svg>a", "a"),
    ("<svg><foreignObject><p onclick=x>b</p></foreignObject></svg>a", "<p>b</p>a"),
    ("<svg></p><style><a id='</style><img src=x onerror=y>'>a", "<img src=\"https://a.test/x\">'&gt;a"),
    ("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x&gt;'>a", "a<table></table>"),
    ("<math href='javascript:x'><maction actiontype='statusline#http://a'>b</maction></math>a", "ba"),
    ("<math><annotation-xml encoding='text/html'><script>x</script></annotation-xml></math>a", "a"),
    ("<form><math><mtext></form><form><mglyph><style></math><img src onerror=x>a", "<div></div><div>a</div>"),
    ("<xmp><img title='</xmp><img src=x onerror=y>'>", "<pre></pre>"),
    ("<plaintext>a<b>b</b>", "a<b>b</b>"),
    ("<noembed><img title='</noembed><img src=x onerror=y>'>a", "<img src=\"https://a.test/x\">'&gt;a"),
    ("<listing>&lt;img src=x onerror=y&gt;</listing>", "<pre>&lt;img src=x onerror=y&gt;</pre>"),
    ("<p>&lt;script&gt;x&lt;/script&gt;</p>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
    // Comments, declarations, sections.
    ("<!--><script>x</script>-->a", "--&gt;a"),
    ("<!-- --!><script>x</script>a", "a"),
    ("<!-- <!-- --> <b onclick=x>a</b> -->", " <b>a</b> --&gt;"),
    ("<!--[if IE]><script>x</script><![endif]-->a", "a"),
    ("<![CDATA[<script>x</script>]]>a", "a"),
    ("<!DOCTYPE html [<!ENTITY x 'y'>]>&x;a", "]&gt;&amp;x;a"),
    ("<?xml-stylesheet href='javascript:x'?>a", "a"),
    ("<!ELEMENT br EMPTY><br>a", "<br>a"),
    // Characters.
    ("<scr\0ipt>x</script>a", "xa"),
    ("<a href='java\0script:x'>a</a>", "<a href=\"https://a.test/java%EF%BF%BDscript:x\">a</a>"),
    ("<p\u{b}onclick=x>a", "a"),
    ("a\0b\u{1b}]8;;http://e.test\u{7}c", "ab]8;;http://e.testc"),
    ("&#0;&#27;[31m&#x9b;a&#x202e;b&#8294;", "\u{fffd}[31m›ab"),
    ("<img alt='&#27;]52;c;x&#7;' src=x>", "<img src=\"https://a.test/x\" alt=\"]52;c;x\">"),
    ("<b id='&#x1b;x\u{202e}'>a</b>", "<b id=\"x\">a</b>"),
    // What never ends.
    ("<b>a", "<b>a</b>"),
    ("a<img src='x", "a"),
    ("a<script>b", "ab"),
    ("a<!-- b", "a"),
    ("<a href='x><b>a</b>", "<a><b>a</b></a>"),
    ("</b></p></br></script>a", "<br>a"),
];

#[test]
fn attacks_come_out_clean() {
    assert!(ATTACKS.len() >= 60);
    let mut wrong = Vec::new();
    for (html, expected) in ATTACKS {
        let clean = cleaned(html);
        assert_eq!(faults(&clean), Vec::<String>::new(), "{html}");
        if clean != *expected {
            wrong.push(format!("{html}\n  gives    {clean}\n  but not  {expected}"));
        }
        assert_eq!(cleaned(&clean), clean, "{html}, cleaned twice");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_judge_of_the_properties_finds_what_is_not_allowed() {
    for html in [
        "<p onclick=x>",
        "<script>",
        "<svg>",
        "<a href=javascript:x>",
        "<img src='mailto:a@b.test'>",
        "<!-- a -->",
        "\u{1b}",
    ] {
        assert!(!faults(html).is_empty(), "{html}");
    }
}

#[test]
fn a_tag_with_ten_thousand_attributes_is_done_at_once() {
    let attributes: Vec<String> = (0..10_000).map(|number| format!(" a{number}=\"javascript:x\"")).collect();
    let attributes = attributes.concat();
    for name in ["p", "img", "a", "iframe"] {
        assert_eq!(faults(&cleaned(&format!("<{name}{attributes}>"))), Vec::<String>::new());
    }
}

proptest! {
    #[test]
    fn any_text_comes_out_with_nothing_but_what_is_allowed(html in any::<String>()) {
        prop_assert_eq!(faults(&cleaned(&html)), Vec::<String>::new());
    }

    // Cleaned again, it need not be the same: what the standard moves out of a table lies elsewhere then.
    #[test]
    fn any_soup_of_tags_comes_out_with_nothing_but_what_is_allowed(parts in prop::collection::vec(part(), 0..30)) {
        let once = cleaned(&parts.concat());
        prop_assert_eq!(faults(&once), Vec::<String>::new(), "{}", &once);
        let twice = cleaned(&once);
        prop_assert_eq!(faults(&twice), Vec::<String>::new(), "{}", &twice);
    }
}

fn part() -> impl Strategy<Value = String> {
    let name = prop::sample::select(NAMES);
    let attribute = (prop::sample::select(KEYS), prop::sample::select(QUOTES), prop::sample::select(VALUES));
    let attribute =
        attribute.prop_map(|(key, (before, after), value)| format!(" {key}={before}{value}{after}"));
    let tag = (
        name.clone(),
        prop::collection::vec(attribute, 0..4),
        prop::sample::select(&[">", "/>", "", " >"][..]),
    );
    prop_oneof![
        4 => tag.prop_map(|(name, attributes, end)| format!("<{name}{}{end}", attributes.concat())),
        2 => name.prop_map(|name| format!("</{name}>")),
        2 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

#[rustfmt::skip]
const NAMES: &[&str] = &[
    "p", "div", "b", "a", "img", "IMG", "table", "tr", "td", "caption", "select", "option", "svg", "math", "mtext", "mglyph",
    "malignmark", "annotation-xml", "foreignObject", "desc", "title", "style", "script", "noscript", "template", "textarea",
    "iframe", "object", "embed", "video", "source", "picture", "form", "input", "button", "label", "plaintext", "xmp",
    "noembed", "frameset", "body", "html", "base", "meta", "link", "br", "li", "ul", "h1", "dialog", "details", "pre", "x-y",
    "amp-img", "image", "font", "nobr", "marquee", "ruby", "rt", "code",
];

const KEYS: &[&str] = &[
    "href",
    "src",
    "srcset",
    "data-src",
    "xlink:href",
    "onclick",
    "style",
    "id",
    "class",
    "title",
    "alt",
    "hidden",
    "width",
    "data",
    "action",
    "formaction",
    "srcdoc",
    "aria-hidden",
    "=",
    "\"",
    "<",
    "a\u{0}b",
    "background",
    "encoding",
];

const QUOTES: &[(&str, &str)] =
    &[("'", "'"), ("\"", "\""), ("", ""), ("'", "\""), ("`", "`"), (" ", " "), ("\"", "")];

#[rustfmt::skip]
const VALUES: &[&str] = &[
    "x", "1", "true", "javascript:x", "JAVA\tSCRIPT:x", "&#106;avascript:x", "java&Tab;script&colon;x", "data:text/html,x",
    "http://b.test/a.jpg", "//b.test/a 2x", "javascript:x 1x, http://b.test/i 2x", "display:none", "#a", "mailto:a@b.test",
    "</style><img src=x onerror=y>", "--><script>", "text/html", "\u{1b}]0;x\u{7}", "&#27;&#x202e;", "<b>", "sr-only", "?utm_source=a",
];

const PIECES: &[&str] = &[
    "<!--",
    "-->",
    "--!>",
    "<![CDATA[",
    "]]>",
    "<!doctype x>",
    "<?",
    "a",
    " ",
    "&lt;",
    "&#27;",
    "&#x3c;script>",
    "<",
    ">",
    "</",
    "\"",
    "'",
    "\u{0}",
    "\u{202e}",
    "javascript:",
    "=",
    "&lt;img src=x onerror=y>",
    "</script>",
    "</style>",
];
