//! Which elements are not seen, with all they hold.
//!
//! In doubt they are: what scripts show later, or a reader opens with a key, was written to be read.

use super::attribute::is_space;
use super::nesting::Nesting;
use super::reference::decode_references;
use super::style;
use super::token::{Tag, Tokens};

/// Elements whose content is not seen, or is furniture of a form, and has elements of its own.
#[rustfmt::skip]
const UNSEEN: &[&str] = &[
    "template", "select", "datalist", "canvas", "meter", "progress", "applet", "metadata", "annotation", "annotation-xml",
    "amp-ad", "amp-analytics", "amp-consent", "amp-sidebar", "amp-social-share", "amp-sticky-ad",
    "amp-user-notification",
];

/// Where a button's words are the words of the text.
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6", "summary"];

/// Pages hide these until their scripts have run.
const WHOLE_PAGE: &[&str] = &["html", "body", "main", "article"];

/// Classes of texts for those who cannot see the page: `opens in a new window`.
#[rustfmt::skip]
const FOR_THE_EAR: &[&str] = &[
    "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "screenreader-only",
    "show-for-sr", "element-invisible", "u-visually-hidden", "a11y-hidden", "assistive-text", "is-visually-hidden",
];

/// Classes of what says a second time what stands before: `KaTeX` writes each formula twice.
const TWICE: &[&str] = &["katex-html", "MathJax_Preview"];

/// Longer texts are more than a remark.
const REMARK: usize = 200;

/// How much of an element goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Hiding {
    /// All of it.
    All,
    /// Its words, which say what a key does or what to write; its pictures stay.
    Words,
}

/// Tells how much of an element is not to be read, where it begins.
///
/// What only its attributes hide is shown where `hides` is not set.
pub(super) fn hiding(tag: &Tag, tokens: &mut Tokens, nesting: &Nesting, hides: bool) -> Option<Hiding> {
    match tag.name.as_ref() {
        // A shadow tree is seen in place of its host's content.
        "template" if tag.attribute("shadowrootmode").is_some() => None,
        // Where an element of a form never ends, more than a form would go with it.
        name if UNSEEN.contains(&name) => tokens.content(name).map(|_| Hiding::All),
        // A heading that opens its section has its words in a button.
        "button" if !nesting.is_within(HEADINGS) => tokens.content("button").map(|_| Hiding::Words),
        "label" if is_of_input(tag, tokens) => Some(Hiding::Words),
        "dialog" if tag.attribute("open").is_none() => tokens.content("dialog").map(|_| Hiding::All),
        name if WHOLE_PAGE.contains(&name) => None,
        _ => (hides && is_unseen(tag, tokens, nesting)).then_some(Hiding::All),
    }
}

/// Tells whether an element that goes with all it holds holds elements, and may hold its like.
pub(super) fn is_form_or_unseen(name: &str) -> bool {
    name == "button" || UNSEEN.contains(&name)
}

/// Tells whether the attributes of a picture or a frame hide it.
pub(super) fn is_hidden_object(tag: &Tag) -> bool {
    tag.attribute("hidden").is_some() || tag.attribute("style").is_some_and(style::hides)
}

fn is_of_input(tag: &Tag, tokens: &Tokens) -> bool {
    let content = || tokens.content_near("label");
    let is_field =
        |content: &str| ["<input", "<select", "<textarea"].iter().any(|field| content.contains(field));
    match tag.attribute("for") {
        Some(_) => content().is_some(),
        None => content().is_some_and(is_field),
    }
}

fn is_unseen(tag: &Tag, tokens: &Tokens, nesting: &Nesting) -> bool {
    let mut attributes = tag.attributes();
    attributes.any(|(name, value)| match name.len() {
        5 if name.eq_ignore_ascii_case("style") => is_hidden_style(value, tag, tokens),
        5 if name.eq_ignore_ascii_case("class") => is_hidden_class(value, tag, tokens, nesting),
        6 if name.eq_ignore_ascii_case("hidden") => {
            !value.eq_ignore_ascii_case("until-found") && !is_panel(tag)
        }
        11 if name.eq_ignore_ascii_case("aria-hidden") => {
            value == "true" && tokens.content_near(&tag.name).is_some_and(is_decoration)
        }
        _ => false,
    })
}

/// Tells whether an element is a part of the page that its reader opens.
fn is_panel(tag: &Tag) -> bool {
    matches!(tag.attribute("role"), Some("region" | "tabpanel"))
}

fn is_hidden_style(style: &str, tag: &Tag, tokens: &Tokens) -> bool {
    let is_only_text = || tokens.content_near(&tag.name).is_some_and(|content| !content.contains('<'));
    style::hides(style) && !is_panel(tag)
        || (style::hides_text(style) || style::is_transparent(style)) && is_only_text()
}

fn is_hidden_class(class: &str, tag: &Tag, tokens: &Tokens, nesting: &Nesting) -> bool {
    let is_of = |names: &[&str]| class.split(is_space).any(|class| names.contains(&class));
    if is_of(TWICE) {
        return true;
    }
    // A table for those who cannot see the chart is one for readers of text too, and the words in a link may be all
    // that it is called.
    let is_remark = |text: &str| {
        text.len() <= REMARK
            && (text.trim_start().starts_with('(') || tag.name != "a" && !nesting.is_within(&["a"]))
    };
    is_of(FOR_THE_EAR) && tokens.content_near(&tag.name).is_some_and(is_remark)
}

/// Tells whether a content is a sign beside the text: a glyph of an icon font, the mark of a heading's link.
fn is_decoration(content: &str) -> bool {
    let is_sign =
        |c: char| c.is_whitespace() || matches!(c, '#' | '¶' | '§' | '🔗' | '\u{e000}'..='\u{f8ff}');
    !content.contains('<') && decode_references(content).chars().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::super::clean;

    fn cleaned(html: &str) -> String {
        clean(html, None).as_str().to_owned()
    }

    #[test]
    fn nothing_hidden_is_shown() {
        let table = [
            ("a<p hidden>b<i>c</i></p>d", "ad"),
            ("a<div style='display:none'>b<div>c</div>d</div>e", "ae"),
            ("<ul><li hidden>a<li>b</ul>", "<ul><li>b</li></ul>"),
            ("<p>a<span style='visibility:hidden'>b</p>c", "<p>a</p>c"),
            ("<table><tr><td hidden>a<td>b</table>", "<table><tbody><tr><td>b</td></tr></tbody></table>"),
            ("<div><x-y hidden>a<div>b</x-y>c</div>", "<div>c</div>"),
            ("<div><x-y hidden>a</div>b", "<div></div>b"),
            ("<font style='font-size:0'>a</font>b", "b"),
            ("<span style='opacity:0'>a</span>b", "b"),
            ("a<br hidden>b<input hidden>c", "a<br>bc"),
            ("<template><template>a</template>b</template>c", "c"),
            ("<dialog>a</dialog>b<dialog open>c</dialog>", "bc"),
            ("<canvas>a</canvas>b<meter value=1>c</meter>", "b"),
            ("a<span class='sr-only'> (opens in a new window)</span>", "a"),
            ("<i class=icon aria-hidden=true>\u{e001}</i>a", "a"),
            ("<math>a<annotation>b</annotation></math><span class=katex-html aria-hidden=true>a</span>", "a"),
            ("<svg><path hidden /><text>a</text></svg>", "a "),
            ("<p hidden><script>'</p>'</script>a</p>b", "b"),
        ];
        for (html, expected) in table {
            assert_eq!(cleaned(html), expected, "{html}");
        }
    }

    #[test]
    fn what_is_written_to_be_read_stays() {
        let table = [
            ("<details><summary>a</summary>b</details>", "<details><summary>a</summary>b</details>"),
            ("<p hidden=until-found>a</p>", "<p>a</p>"),
            ("<div role=region hidden>a</div>", "<div>a</div>"),
            ("<article style='visibility:hidden'><p>a</p></article>", "<article><p>a</p></article>"),
            ("<div style='opacity:0;transition:1s'>a</div>", "<div>a</div>"),
            ("<div style='font-size:0'><p>a</p></div>", "<div><p>a</p></div>"),
            ("<span aria-hidden=true>a · b 🎉</span>", "<span>a · b 🎉</span>"),
            ("<label class=kicker>a</label>", "a"),
            ("<h2><button>a</button></h2>", "<h2>a</h2>"),
            ("<host-x><template shadowrootmode=open><p>a</p></template></host-x>", "<p>a</p>"),
            ("<select>a", "a"),
            ("<a>Read on <i class=sr-only>about b</i></a>", "<a>Read on <i>about b</i></a>"),
            ("<table class=sr-only><tr><td>a</table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ];
        for (html, expected) in table {
            assert_eq!(cleaned(html), expected, "{html}");
        }
    }

    #[test]
    fn a_text_that_is_hidden_whole_is_shown() {
        assert_eq!(cleaned("<div style='display:none'><p>a</p></div> "), "<div><p>a</p></div> ");
        assert_eq!(cleaned("<div hidden><script>a</script></div>"), "<div></div>");
    }

    #[test]
    fn nothing_of_a_form_is_left_but_its_pictures() {
        let table = [
            (
                "<form>a <input value=b><textarea>c</textarea><select><option>d</select><button>e</button></form>",
                "<div>a </div>",
            ),
            ("<label for=x>Name</label><input id=x> a", " a"),
            ("<label>Name <input></label>a", "a"),
            (
                "<figure><button>zoom<img src='http://a.test/a.jpg'></button></figure>",
                "<figure><img src=\"http://a.test/a.jpg\"></figure>",
            ),
            ("<button>zoom<img src='http://a.test/a.svg' width=20 height=20></button>", ""),
            ("<optgroup>a", "a"),
        ];
        for (html, expected) in table {
            assert_eq!(cleaned(html), expected, "{html}");
        }
    }

    #[test]
    fn a_million_hidden_elements_are_done_in_one_go() {
        for tag in [
            "<div hidden>",
            "<td hidden>",
            "<x-y hidden>",
            "<b hidden>",
            "<p class=sr-only>",
            "<label for=a>",
        ] {
            let html = tag.repeat(2_000_000 / tag.len()) + "a";
            assert!(cleaned(&html).len() < html.len() * 3, "{tag}");
        }
    }
}
