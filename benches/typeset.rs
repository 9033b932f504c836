//! How fast articles are set, beside bare html2text in one run.
//!
//! `cargo bench --bench typeset` prints for articles of 10 KB, 100 KB and 1 MB: milliseconds to the first screen, to the
//! whole page, and to the same page at another width; and MB a second for newsterm and html2text.

use std::sync::Arc;
use std::time::Instant;

use newsterm::html;
use newsterm::model::{Article, CleanHtml, EntryId, FeedId, Status, Text};
use newsterm::typeset::{Calendar, Manuscript, typeset};

/// Each step is taken so often; the fastest counts.
const ROUNDS: usize = 5;

fn main() {
    for size in [10_000, 100_000, 1_000_000] {
        let body = html::clean(&text(size), None);
        let bytes = body.as_str().len();
        let article = article(body);
        let calendar = Calendar::utc();
        let first = fastest(|| {
            let draft =
                Manuscript::draft(&article, &calendar).unwrap_or_else(|| Manuscript::of(&article, &calendar));
            drop(Arc::new(draft).page(76));
        });
        let whole = fastest(|| drop(typeset(&article, 76, &calendar)));
        let manuscript = Arc::new(Manuscript::of(&article, &calendar));
        let again = fastest(|| drop(manuscript.page(60)));
        let bare = fastest(|| {
            drop(html2text::config::rich().lines_from_read(article.body.as_str().as_bytes(), 76));
        });
        eprintln!(
            "{:5} KB: first screen {first:5.2} ms  whole {whole:6.2} ms ({:4.1} MB/s)  other width {again:5.2} ms  \
             html2text {bare:6.2} ms ({:4.1} MB/s)  whole {:.2} × html2text",
            bytes / 1_000,
            speed(bytes, whole),
            speed(bytes, bare),
            whole / bare
        );
    }
}

#[expect(clippy::cast_precision_loss, reason = "sizes of articles")]
fn speed(bytes: usize, milliseconds: f64) -> f64 {
    bytes as f64 / 1e3 / milliseconds
}

fn fastest(mut run: impl FnMut()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..ROUNDS).map(time).fold(f64::INFINITY, f64::min)
}

fn article(body: CleanHtml) -> Article {
    Article {
        entry: EntryId(1),
        feed: FeedId(1),
        title: "Talks resume in the hills".to_owned(),
        outlet: "The Daily".to_owned(),
        authors: vec!["Ann Lee".to_owned()],
        published: None,
        link: None,
        status: Status::default(),
        labels: newsterm::model::Labels::default(),
        enclosures: Vec::new(),
        comments: None,
        standfirst: None,
        body,
        text: Text::Feed,
        lead_image: None,
        tags: Vec::new(),
        has_other: false,
    }
}

/// Text with what articles hold, at least so many bytes.
fn text(size: usize) -> String {
    let section = "<h2>What was said</h2><p>The delegations met again in the <b>morning</b>, and after some hours of \
        <a href='https://daily.test/talks'>talks</a> they agreed to go on for as long as it takes, said those who had \
        been there; “nobody”, said one, “wants to be the first to leave”.</p><ul><li>The first point is settled.</li>\
        <li>The second one is not, and will be talked about on Monday.</li></ul><blockquote><p>We shall see – 雨が降ると、\
        川の水が増える。</p></blockquote><p>Nobody expects an end of the talks before the winter, and few an early one.</p>\
        <pre><code>fn main() {\n    println!(\"{}\", 1);\n}</code></pre><table><tr><th>Hill<th>Rain<tr><td>High<td>12 mm\
        <tr><td>Low<td>3 mm</table>";
    section.repeat(size / section.len() + 1)
}
