//! The constructs of articles, each at four widths: snapshots that were looked at one by one.
//!
//! In a picture a line stands between `▏` and the end of the line; text with a role stands in tags of that role, and a
//! line that runs from right to left begins with `⇐`.

use super::*;

const WIDTHS: [u16; 4] = [30, 60, 80, 120];

const LOREM: &str = "The delegations met again in the morning, and after some hours of talks they agreed to go on for \
    as long as it takes, said those who had been there; nobody, they said, wanted to be the first to leave.";

/// Names and HTML; `LOREM` stands for a paragraph's text.
#[rustfmt::skip]
const CONSTRUCTS: &[(&str, &str)] = &[
    ("paragraphs", "<p>LOREM</p><p>LOREM</p>"),
    ("line_breaks", "<p>Roses are red,<br>violets are blue.<br><br>LOREM</p>"),
    ("bare_text", "LOREM<div>LOREM</div><span>and more</span>"),
    ("headings", "<h1>First order, with a title that goes on for more than a line of a narrow page</h1><p>LOREM</p><h2>Second <em>order</em></h2><h3>Third</h3><p>LOREM</p><h4>Fourth</h4><h5>Fifth</h5><h6>Sixth</h6>"),
    ("inline_styles", "<p><strong>Strong</strong>, <em>stressed</em>, <b><i>both</i></b>, <del>gone</del>, <s>struck</s>, <ins>added</ins>, <u>under</u>, <mark>marked</mark>, <small>small</small>, <cite>A book</cite>, <q>a quote</q>, <abbr title='World Wide Web'>WWW</abbr>.</p>"),
    ("inline_code", "<p>Call <code>fn main()</code>, press <kbd>Ctrl</kbd>+<kbd>C</kbd>, see <samp>error: no such file</samp> and <var>x</var>.</p>"),
    ("links", "<p>LOREM <a href='https://a.test/x'>A link over a few words</a> and <a href='https://b.test/'><b>another</b> one</a>.</p>"),
    ("long_link", "<p>See <a href='https://a.test/'>https://www.example.test/2026/11/22/a-very-long-path/that-goes-on/and-on?with=a&amp;query=too#fragment</a> for all of it.</p>"),
    ("long_word", "<p>Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft is one word, 0123456789abcdef0123456789abcdef0123456789abcdef none.</p>"),
    ("soft_hyphens", "<p>Die Donau&shy;dampf&shy;schiff&shy;fahrts&shy;gesell&shy;schaft be&shy;trieb viele Schif&shy;fe auf der Do&shy;nau und ih&shy;ren Ne&shy;ben&shy;flüs&shy;sen, und das lan&shy;ge.</p>"),
    ("fixed_spaces", "<p>On 22&nbsp;November&nbsp;2026 it rained 12&nbsp;mm within 3&nbsp;hours over 100&nbsp;km², and 4&nbsp;% of «&#8239;all&#8239;» hills were wet.</p>"),
    ("dashes", "<p>The well-known state-of-the-art machine—if that is what it is—ran from 1990–2000 – or so they say – and on/off later. Use --flag or -5.</p>"),
    ("bullets", "<ul><li>One</li><li>LOREM</li><li>Three <b>bold</b></li></ul>"),
    ("numbers", "<ol start=9><li>Nine</li><li>LOREM</li><li value=20>Twenty</li></ol>"),
    ("nested_lists", "<ul><li>One<ul><li>One and one<ol><li>Deep</li><li>LOREM</li></ol></li></ul></li><li>Two</li></ul>"),
    ("list_of_paragraphs", "<ol><li><p>LOREM</p><p>Second paragraph.</p></li><li><p>Two</p></li></ol>"),
    ("list_with_code_and_quote", "<ul><li>Run this:<pre>cargo run --release</pre></li><li>He said:<blockquote>Never again.</blockquote></li></ul>"),
    ("definitions", "<dl><dt>Rain</dt><dd>LOREM</dd><dt>Snow</dt><dd>Cold rain.</dd><dd>Also a colour.</dd></dl>"),
    ("quote", "<p>She said:</p><blockquote><p>LOREM</p><p>And more.</p><footer>Ann Lee</footer></blockquote><p>So it was.</p>"),
    ("nested_quotes", "<blockquote>One<blockquote>Two<blockquote>LOREM</blockquote></blockquote>One again</blockquote>"),
    ("code_rust", "<pre><code class='language-rust'>// Adds two numbers.\nfn add(a: u8, b: u8) -> u8 {\n\ta + b // a comment that goes on for longer than a narrow page has room for\n}\n\nlet text = \"twelve\";</code></pre>"),
    ("code_guessed", "<pre>def rain(hills):\n    for hill in hills:\n        print(\"wet\", hill, 12)\n    return None</pre>"),
    ("code_unknown", "<pre>  /\\_/\\\n ( o.o )\n  &gt; ^ &lt;</pre>"),
    ("shell", "<pre class='language-sh'>$ cargo install newsterm\n# as root\nexport A=\"b\"</pre>"),
    ("table", "<table><caption>Rain by hill</caption><thead><tr><th>Hill<th>Rain (mm)<th>Remarks</tr></thead><tbody><tr><td>High<td>1,203<td>The wettest of all hills since the measurements began, and by far</tr><tr><td>Low<td>7<td>Dry</tr></tbody><tfoot><tr><td>All<td>1,210<td></tr></tfoot></table>"),
    ("wide_table", "<table><tr><th>Year<th>Jan<th>Feb<th>Mar<th>Apr<th>May<th>Jun<th>Jul<th>Aug<th>Sep<th>Oct<th>Nov<th>Dec</tr><tr><td>2025<td>12<td>13<td>9<td>4<td>11<td>22<td>31<td>18<td>7<td>9<td>10<td>11</tr><tr><td>2026<td>11<td>9<td>3<td>8<td>14<td>25<td>28<td>20<td>6<td>7<td>12<td>–</tr></table>"),
    ("spanning_table", "<table><tr><th colspan=2>Both<th>One</tr><tr><td rowspan=2>High<td>a<td>1</tr><tr><td>b<td>2</tr></table>"),
    ("layout_table", "<table><tr><td><p>LOREM</p><td><table><tr><td>inner<td>cells</table></table>"),
    ("scripts", "<p>E = mc<sup>2</sup>, H<sub>2</sub>O, x<sup>n+1</sup>, a<sub>i</sub>, the 4<sup>th</sup> of July, 1<sup>er</sup> mai.</p>"),
    ("footnotes", "<p>It rained<sup id=r1><a href='#n1'>1</a></sup> and rained<sup id=r2><a href='#n2'>2</a></sup>.</p><hr><ol><li id=n1>On Monday. <a href='#r1'>↩</a></li><li id=n2>On Tuesday. <a href='#r2'>↩</a></li></ol>"),
    ("details", "<details><summary>What this means</summary><p>LOREM</p></details><p>After.</p>"),
    ("figure", "<figure><img src='https://a.test/rain.jpg' alt='Rain on the hills'><figcaption>LOREM <cite>Ann Lee</cite></figcaption></figure><p>After.</p>"),
    ("images", "<p>Before <img src='https://a.test/rain.jpg'> after <img src='https://a.test/s.png' alt='😀'>.</p><p><a href='https://a.test/x'><img src='https://a.test/hill.png' alt='Linked hill'></a></p>"),
    ("rules", "<p>One</p><hr><p>Two</p><hr><hr><p>Three</p>"),
    ("embeds", "<p>Watch:</p><iframe src='https://www.youtube.com/embed/abc123' title='Rain, live'></iframe><video src='https://v.test/b.mp4'></video><audio src='https://v.test/c.mp3'></audio>"),
    ("arabic", "<p>أعلنت الحكومة يوم الثلاثاء عن خطة جديدة لإصلاح الطرق في (العاصمة)، وقالت إن كلفتها تبلغ 48 مليون دولار، بحسب Reuters.</p><ul><li>البند الأول</li></ul><blockquote>لم يسألنا أحد.</blockquote>"),
    ("hebrew_within_english", "<p>The word שלום means peace, and LOREM</p>"),
    ("chinese", "<p>市议会周二投票决定关闭旧旋转桥两年，以更换生锈的桥墩。工程师表示“该桥已不再安全”，渡轮将从早上六点到午夜每十分钟一班。</p>"),
    ("japanese", "<p>市議会は火曜日、老朽化した「旋回橋」を二年間閉鎖することを決めた。フェリーは午前六時から深夜まで運航し、住民は無料で利用できる。<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby></p>"),
    ("korean", "<p>시의회는 화요일 낡은 회전교를 2년간 폐쇄하기로 의결했다. 녹슨 교각을 교체하기 위해서다. 기술자들은 더 이상 안전하지 않다고 말했다.</p>"),
    ("thai", "<p>สภาเมืองลงมติเมื่อวันอังคารให้ปิดสะพานเก่าเป็นเวลาสองปีระหว่างเปลี่ยนตอม่อที่เป็นสนิม วิศวกรกล่าวว่าสะพานไม่ปลอดภัยอีกต่อไป</p>"),
    ("hindi", "<p>नगर परिषद ने मंगलवार को पुराने पुल को दो साल के लिए बंद करने के पक्ष में मतदान किया, जब तक कि उसके खंभे बदले नहीं जाते।</p>"),
    ("emoji", "<p>Family 👨‍👩‍👧‍👦, flags 🇩🇪🇯🇵, thumbs 👍🏽, heart ❤️, keycap 1️⃣, and the rest of a line that is long enough to break 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉.</p>"),
    ("combining_marks", "<p>Z̷a̶l̵g̸o̷ e\u{301}te\u{301} Å = Å, ñ = ñ, क्षि, and a\u{300}\u{301}\u{302}\u{303} more.</p>"),
    ("punctuation", "<p>«Oui», dit-il ; « non » ? “Yes!” she said … (perhaps) [or not] {maybe} 50% £5 $6 №7 — end.</p>"),
    ("poem_in_quote", "<blockquote><p>Roses are red,<br>&nbsp;&nbsp;violets are blue,<br>sugar is sweet.</p></blockquote>"),
    ("control_characters", "<p>One\u{1b}[31m red\u{7} two\u{202e} three\u{2066} four\u{200b}five\u{85}six</p>"),
    ("empty_elements", "<p></p><ul><li></li></ul><p>&nbsp;</p><blockquote></blockquote><table></table><pre></pre><p>Only this.</p>"),
];

#[test]
fn constructs_look_as_they_were_looked_at() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _settings = settings.bind_to_scope();
    for (name, html) in CONSTRUCTS {
        let html = html.replace("LOREM", LOREM);
        let at = |width: &u16| {
            let article = article(&html);
            let page = page(&article, *width);
            let head = page.lines().iter().position(|line| line.spans.is_empty());
            let text = &page.lines()[head.expect("a blank line parts head and text") + 1..];
            let lines: Vec<String> = text.iter().map(drawn).collect();
            format!("── {width} columns\n{}", lines.join("\n"))
        };
        let pictures: Vec<String> = WIDTHS.iter().map(at).collect();
        insta::assert_snapshot!(*name, pictures.join("\n"));
    }
}

fn drawn(line: &Line) -> String {
    let direction = if line.is_rtl { "⇐" } else { "" };
    format!("▏{direction}{}", line_picture(line))
}

#[test]
fn there_are_constructs_enough() {
    assert!(CONSTRUCTS.len() >= 40, "{}", CONSTRUCTS.len());
}
