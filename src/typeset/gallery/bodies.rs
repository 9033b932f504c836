//! The text of articles, one kind of content each.

use super::*;

#[test]
fn paragraphs_are_parted_by_one_blank_line() {
    let html = "<p>One two three.</p> <p>&nbsp;</p><div></div><br><br><p>Four</p>five<br>six<br><br>seven";
    assert_eq!(picture(html, 10), ["One two", "three.", "", "Four", "", "five", "six", "", "seven"]);
}

#[test]
fn headings_stand_alone_and_lose_their_marks() {
    let html = "<p>a</p><h1>One</h1><h2>Two <code>x</code></h2><h5>Five</h5>b";
    let expected = [
        "a",
        "",
        "<heading1>One</heading1>",
        "",
        "<heading2>Two x</heading2>",
        "",
        "<heading3>Five</heading3>",
        "",
        "b",
    ];
    assert_eq!(picture(html, 20), expected);
}

#[test]
fn inline_styles_combine() {
    let html = "<p>a <b>b <i>c</i></b> <del>d</del> <code>e</code> <mark>f</mark> \
                <a href='https://a.test/'>g <b>h</b></a> mc<sup>2</sup> <q>i</q></p>";
    let expected = "a <b>b </b><b><i>c</i></b> <s>d</s> <code>e</code> <mark>f</mark> \
                    <link>g </link><link><b>h</b></link> mc² “i”";
    assert_eq!(picture(html, 60), [expected]);
}

#[test]
fn nested_lists_align_their_marks() {
    let html = "<p>See</p><ul><li>one two three</li><li><p>four</p><ol start=9><li>nine</li><li>ten</li></ol></li>\
                <li>five</li></ul><p>End</p>";
    let expected =
        ["See", "", "• one two", "  three", "• four", "   9. nine", "  10. ten", "• five", "", "End"];
    assert_eq!(picture(html, 12), expected);
}

#[test]
fn paragraphs_of_an_item_are_parted() {
    let html = "<ul><li><p>a</p><p>b</p></li><li>c</li></ul>";
    assert_eq!(picture(html, 12), ["• a", "", "  b", "• c"]);
}

#[test]
fn a_quote_in_a_list_keeps_its_bar() {
    let html = "<ul><li>He said<blockquote><p>never again</p><p>ever</p></blockquote></li></ul>\
                <blockquote>one</blockquote><blockquote>two</blockquote>";
    let expected = [
        "• He said",
        "",
        "  │ <quote>never</quote>",
        "  │ <quote>again</quote>",
        "  │",
        "  │ <quote>ever</quote>",
        "",
        "│ <quote>one</quote>",
        "",
        "│ <quote>two</quote>",
    ];
    assert_eq!(picture(html, 10), expected);
}

#[test]
fn code_keeps_its_lines() {
    let html = "<p>See <code>a  b</code></p><pre>one  two\n\tlong line of words\n\n  end\n</pre>";
    let expected = [
        "See <code>a b</code>",
        "",
        "  <preformatted>one  two</preformatted>",
        "  <preformatted>    long l</preformatted>",
        "  <preformatted>ine of wor</preformatted>",
        "  <preformatted>ds</preformatted>",
        "",
        "  <preformatted>  end</preformatted>",
    ];
    assert_eq!(picture(html, 12), expected);
}

const TABLE: &str = "<table><caption>Cities</caption><tr><th>City<th>People<th>Notes</tr>\
    <tr><td>東京<td>14 million<td>largest</tr><tr><td>Paris<td>2 million<td>on the Seine</tr></table>";

#[test]
fn a_table_keeps_its_columns() {
    let expected = [
        "<caption>Cities</caption>",
        "<tablehead>City</tablehead>  │ <tablehead>People</tablehead>     │ <tablehead>Notes</tablehead>",
        "──────┼────────────┼─────────────",
        "東京  │ 14 million │ largest",
        "Paris │ 2 million  │ on the Seine",
    ];
    assert_eq!(picture(TABLE, 40), expected);
}

#[test]
fn the_cells_of_a_table_wrap() {
    let expected = [
        "東京  │ 14 million │ largest",
        "──────┼────────────┼──────────",
        "Paris │ 2 million  │ on the",
        "      │            │ Seine",
    ];
    assert_eq!(picture(TABLE, 30)[3..], expected);
}

#[test]
fn a_narrow_table_is_folded_with_its_heads_before_its_cells() {
    let expected = [
        "<caption>Cities</caption>",
        "<tablehead>City</tablehead><b>: </b>東京",
        "<tablehead>People</tablehead><b>: </b>14",
        "million",
        "<tablehead>Notes</tablehead><b>: </b>largest",
        "──────────────",
        "<b>City: </b>Paris",
        "<b>People: </b>2",
        "million",
        "<b>Notes: </b>on the",
        "Seine",
    ];
    assert_eq!(picture(TABLE, 14), expected);
}

#[test]
fn numbers_of_a_table_end_at_the_right() {
    let html = "<table><tr><th>Hill<th>mm<tr><td>High<td>1,203<tr><td>Low<td>7</table>";
    let expected = [
        "<tablehead>Hill</tablehead> │    <tablehead>mm</tablehead>",
        "─────┼──────",
        "High │ 1,203",
        "Low  │     7",
    ];
    assert_eq!(picture(html, 30), expected);
}

#[test]
fn a_layout_table_is_plain_text() {
    let html = "<table><tr><td>one</td></tr><tr><td><table><tr><td>two<td>three</table></td></tr></table>";
    assert_eq!(picture(html, 20), ["one", "", "two", "three"]);
}

#[test]
fn rows_at_a_tables_foot_and_cells_over_two_columns_are_kept() {
    let html = "<table><tr><td rowspan=2>a<td>b<tr><td>c<tfoot><tr><td colspan=2>sum of all</table>";
    assert_eq!(picture(html, 20), ["a │ b", "  │ c", "sum of all"]);
}

#[test]
fn pictures_stand_on_their_own_line() {
    let html = "<p>a<img src='https://a.test/x/cat.jpg'>b <img src='https://a.test/s.png' alt='😀'></p>\
                <figure><img src='https://a.test/d.png' alt='A dog'><figcaption>The dog</figcaption></figure>";
    let expected = [
        "a",
        "",
        "<image>[image: cat.jpg]</image>",
        "",
        "b 😀",
        "",
        "<image>[image: A dog]</image>",
        "<caption>The dog</caption>",
    ];
    assert_eq!(picture(html, 30), expected);
}

#[test]
fn formulas_and_small_pictures_stand_among_the_words() {
    let html = r"<p>That <img src='https://a.test/1.svg' alt='{\displaystyle x^{2}}'> grows
        <img src='https://a.test/up.png' alt='up' width=16 height=16><img src='https://a.test/2.png' width=9 height=9> is
        known.</p>";
    assert_eq!(
        picture(html, 60),
        [r"That <image>{\displaystyle x^{2}}</image> grows <image>[image: up]</image> is known."]
    );
    let photo = "<p>One<img src='https://a.test/1.png' alt='{a}' width=160 height=160>two</p>";
    assert_eq!(picture(photo, 60), ["One", "", "<image>[image: {a}]</image>", "", "two"]);
}

#[test]
fn a_head_that_a_table_says_twice_is_said_once() {
    let html = "<table><thead><tr><th>Hill<th>mm</thead><tr><td>Hill<td>mm<tr><td>High<td>3<tr><td>High<td>3</table>";
    assert_eq!(picture(html, 30)[2..], ["High │  3", "High │  3"]);
}

#[test]
fn the_highest_headings_of_a_text_are_of_the_second_level_at_least() {
    let html = "<h4>Rain</h4><p>It fell.</p><h5>On hills</h5><h6>High ones</h6>";
    let expected = [
        "<heading2>Rain</heading2>",
        "",
        "It fell.",
        "",
        "<heading3>On hills</heading3>",
        "",
        "<heading3>High ones</heading3>",
    ];
    assert_eq!(picture(html, 30), expected);
}

#[test]
fn a_picture_in_a_heading_is_no_heading() {
    let html = "<h2>Rain <img src='https://a.test/rain.jpg' alt='rain'></h2>";
    assert_eq!(picture(html, 30), ["<heading2>Rain</heading2>", "", "<image>[image: rain]</image>"]);
}

#[test]
fn an_embed_is_a_link_with_a_label() {
    let html = "<p>a</p><video src='https://v.test/b.mp4'></video>";
    let page = page(&article(html), 40);
    assert_eq!(page.links().len(), 1);
    assert_eq!(picture(html, 40), ["a", "", "<link>Video: v.test/b.mp4</link>"]);
}

#[test]
fn a_rule_is_as_wide_as_the_text() {
    assert_eq!(picture("a<hr>b", 5), ["a", "", "─────", "", "b"]);
}

#[test]
fn terms_details_and_ruby_are_readable() {
    let html = "<dl><dt>Term</dt><dd>Meaning of it</dd></dl><details><summary>More</summary>text</details>\
                <ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>";
    let expected = ["<b>Term</b>", "  Meaning", "  of it", "", "▾ <b>More</b>", "", "text", "", "漢(かん)"];
    assert_eq!(picture(html, 10), expected);
}

#[test]
fn scripts_and_emoji_wrap_by_what_is_seen() {
    let html = "<p>新しい端末です。</p><p>السلام عليكم</p><p>❤️❤️ 👨‍👩‍👧 ok</p>";
    let expected = ["新しい端", "末です。", "", "السلام", "عليكم", "", "❤️❤️ 👨‍👩‍👧", "ok"];
    assert_eq!(picture(html, 8), expected);
}

#[test]
fn a_long_address_is_broken() {
    let html = "<p>See <a href='https://a.test/'>https://a.test/long/way</a>.</p>";
    let expected = ["See", "<link>https://a.</link>", "<link>test/long/</link>", "<link>way</link>."];
    assert_eq!(picture(html, 10), expected);
}

#[test]
fn deep_margins_leave_room_for_text() {
    let html = format!("{}deep text", "<blockquote>".repeat(40));
    let lines = picture(&html, 12);
    assert_eq!(lines, ["│ │ │ <quote>deep</quote>", "│ │ │ <quote>text</quote>"]);
}

#[test]
fn what_is_drawn_has_its_own_role() {
    let html = "<blockquote>a</blockquote><ol><li>b</ol><hr><table><tr><td>c<td>d<tr><td>e<td>f</table>";
    let page = page(&article(html), 20);
    let spans = page.lines().iter().flat_map(|line| &line.spans);
    let mut roles: Vec<_> = spans.map(|span| span.style.role).filter(|role| role.is_drawing()).collect();
    roles.dedup();
    assert_eq!(roles, [Role::QuoteBar, Role::ListMark, Role::Rule, Role::TableBorder]);
}

#[test]
fn a_link_on_two_lines_leads_to_one_place() {
    let page = page(&article("<p><a href='https://a.test/x'>one two</a></p>"), 12);
    let spans: Vec<_> = page.lines()[4..].iter().flat_map(|line| &line.spans).collect();
    assert_eq!(page.links(), [Target::Web(crate::model::Url::parse("https://a.test/x").unwrap())]);
    assert!(spans.iter().all(|span| span.link == Some(0)), "{spans:?}");
}
