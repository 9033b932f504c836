//! What holds for every text and every width.

use proptest::prelude::*;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::*;

const WORDS: &[&str] = &[
    "word",
    "a",
    "Antidisestablishmentarianism",
    "well-known",
    "日本語の文章。",
    "「引用」",
    "한국어",
    "السلام",
    "עברית",
    "❤\u{fe0f}",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "👍🏽",
    "🇩🇪",
    "e\u{301}",
    "हिन्दी",
    "ไทย",
    "https://a.test/a/b?c=d",
    "10\u{a0}km",
    "\u{200c}\u{a0}",
    "a&lt;b",
    "\u{ad}",
    "x\u{300}\u{301}\u{302}",
];
const INLINE: &[&str] = &["b", "i", "code", "span", "a href='https://a.test/'", "del", "mark"];
const BLOCKS: &[&str] =
    &["p", "div", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "h2", "figure", "details", "summary"];

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => prop::sample::select(WORDS).prop_map(str::to_owned),
        1 => "\\PC{0,12}".prop_map(|text| text.replace(['<', '>', '&'], "")),
    ];
    prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "))
}

fn element(
    names: &'static [&'static str],
    inner: impl Strategy<Value = String>,
) -> impl Strategy<Value = String> {
    let name = prop::sample::select(names);
    let wrap = |(name, inner): (&str, String)| {
        let end = name.split(' ').next().unwrap_or(name);
        format!("<{name}>{inner}</{end}>")
    };
    (name, inner).prop_map(wrap)
}

/// Trees of elements that keep the order of their text.
fn trees() -> impl Strategy<Value = String> {
    words().prop_recursive(4, 40, 5, |inner| {
        let parts = prop::collection::vec(inner, 0..5).prop_map(|parts| parts.concat());
        prop_oneof![
            3 => element(BLOCKS, parts.clone()),
            2 => element(INLINE, parts.clone()),
            1 => parts.prop_map(|parts| format!("{parts}<br>")),
        ]
    })
}

fn tables() -> impl Strategy<Value = String> {
    let cell = (words(), 0..4, 0..3)
        .prop_map(|(text, columns, rows)| format!("<td colspan={columns} rowspan={rows}>{text}</td>"));
    let row = prop::collection::vec(cell, 0..5).prop_map(|cells| format!("<tr>{}</tr>", cells.concat()));
    prop::collection::vec(row, 0..5).prop_map(|rows| format!("<table>{}</table>", rows.concat()))
}

fn code() -> impl Strategy<Value = String> {
    prop::collection::vec(words(), 0..5).prop_map(|lines| format!("<pre>{}</pre>", lines.join("\n\t")))
}

fn documents() -> impl Strategy<Value = String> {
    let part = prop_oneof![4 => trees(), 1 => tables(), 1 => code()];
    prop::collection::vec(part, 0..4).prop_map(|parts| parts.concat())
}

fn shown(page: &Page) -> String {
    let spans = page.lines().iter().flat_map(|line| &line.spans);
    let own = spans.filter(|span| !span.style.role.is_drawing());
    visible(&own.map(|span| span.text.as_str()).collect::<String>())
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && c.width().is_some_and(|width| width > 0)).collect()
}

/// Takes the text out of HTML without any of the code under test.
fn source_text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    visible(&text.replace("&lt;", "<"))
}

fn sorted(text: &str) -> Vec<char> {
    let mut characters: Vec<_> = text.chars().collect();
    characters.sort_unstable();
    characters
}

proptest! {
    #[test]
    fn no_line_is_wider_than_the_page(html in documents(), width in 1u16..50) {
        for line in page(&article(&html), width).lines() {
            let text: String = line.spans.iter().map(|span| span.text.as_str()).collect();
            prop_assert!(line.width() <= usize::from(width), "{line:?}");
            prop_assert!(text.width() <= usize::from(width), "{line:?}");
        }
    }

    #[test]
    fn any_text_fits_any_width(text in any::<String>(), width in 1u16..20) {
        let article = Article { title: text.clone(), ..article(&text) };
        for line in page(&article, width).lines() {
            prop_assert!(line.width() <= usize::from(width), "{line:?}");
        }
    }

    #[test]
    fn no_text_is_lost_or_moved(html in trees(), width in 3u16..50) {
        let head = shown(&page(&article("<hr>"), width));
        let shown = shown(&page(&article(&html), width));
        let source = source_text(&html);
        if !source.is_empty() {
            prop_assert_eq!(shown.strip_prefix(&head), Some(source.as_str()));
        }
    }

    #[test]
    fn no_text_of_a_table_is_lost(html in tables(), width in 3u16..50) {
        let shown = shown(&page(&article(&format!("x{html}")), width));
        let head = shown.find("1min").expect("the head tells the time") + "1min".len();
        prop_assert_eq!(sorted(&shown[head..]), sorted(&format!("x{}", source_text(&html))));
    }

    #[test]
    fn spans_are_clean_and_joined(html in documents(), width in 1u16..50) {
        for line in page(&article(&html), width).lines() {
            prop_assert!(line.spans.iter().all(|span| !span.text.is_empty()));
            prop_assert!(!line.spans.iter().any(|span| span.text.contains(char::is_control)));
            for pair in line.spans.windows(2) {
                prop_assert!(pair[0].style != pair[1].style || pair[0].link != pair[1].link, "{line:?}");
            }
        }
    }

    #[test]
    fn pictures_change_no_place_in_the_text(html in trees(), width in 12u16..50, rows in 0u16..20) {
        let html = html.replace("<b>", "<img src='http://a.test/1.png' alt='x'><b>");
        let manuscript = page(&article(&html), width).manuscript().clone();
        let cell = crate::model::PixelSize { width: 10, height: 20 };
        let canvas = Canvas { cell, rows, known: std::sync::Arc::default() };
        let (words, drawn) = (manuscript.page(width), manuscript.set(width, Some(&canvas)));
        prop_assert_eq!(shown(&words), shown(&drawn));
        for line in words.lines() {
            let found = &drawn.lines()[drawn.line_at(line.position)];
            prop_assert!(found.position == line.position && found.spans.is_empty() == line.spans.is_empty(), "{:?}", line);
        }
        for placed in drawn.pictures() {
            prop_assert!(placed.picture.rows <= rows && usize::from(placed.picture.rows) <= placed.lines);
            prop_assert!(placed.column + placed.picture.columns <= width);
            prop_assert!(placed.line + placed.lines <= drawn.lines().len());
        }
    }

    #[test]
    fn blank_lines_stand_alone_and_never_last(html in trees(), width in 3u16..50) {
        let page = page(&article(&html), width);
        let is_blank: Vec<_> = page.lines().iter().map(|line| line.spans.is_empty()).collect();
        prop_assert!(!is_blank.windows(2).any(|pair| pair == [true, true]));
        prop_assert_eq!(is_blank.last(), Some(&false));
    }

    #[test]
    fn a_position_finds_its_text_at_every_width(html in trees(), from in 3u16..50, to in 3u16..50) {
        let article = article(&html);
        let (before, after) = (page(&article, from), page(&article, to));
        for line in 0..before.lines().len() {
            let position = before.position_of(line);
            let found = after.line_at(position);
            let at = after.position_of(found);
            let next = after.lines()[found..].iter().find(|line| line.position > at);
            prop_assert_eq!(at.block, position.block);
            prop_assert!(at <= position && next.is_none_or(|line| line.position > position));
        }
    }
}

#[test]
fn the_top_sentence_stays_at_the_top() {
    let words: Vec<_> = (0..300).map(|n| format!("word{n}")).collect();
    let article = article(&format!("<p>{}</p>", words.join(" ")));
    let (wide, narrow) = (page(&article, 72), page(&article, 30));
    let line = narrow.line_at(wide.position_of(20));
    let first = wide.lines()[20].spans[0].text.split(' ').next().unwrap();
    assert!(narrow.lines()[line].spans[0].text.contains(first));
}

#[test]
fn positions_go_down_the_page() {
    let article = article("<p>a b</p><hr><ul><li>c<li>d</ul><table><tr><td>e<td>f<tr><td>g<td>h</table>");
    let page = page(&article, 10);
    assert!(page.lines().is_sorted_by_key(|line| line.position));
}
