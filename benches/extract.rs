//! How fast pages become articles, beside `dom_smoothie` in one run.
//!
//! `cargo bench --bench extract -- FOLDER` takes the pages of a folder (`.html`, `.html.gz`) and prints milliseconds a page
//! for both, and what hostile pages cost: large ones, and such as make a reader compare everything with everything.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use newsterm::extract::{Hints, extract};
use newsterm::feed;

/// Each page is read so often; the fastest counts.
const ROUNDS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    if let Some(folder) = folder {
        beside(Path::new(&folder))?;
    } else {
        eprintln!("usage: cargo bench --bench extract -- FOLDER (pages as .html or .html.gz)");
    }
    for (name, html) in hostile() {
        let start = Instant::now();
        let article = extract(&html, None, &Hints::default());
        eprintln!("{name}: {:.0} ms, {} bytes of text", milliseconds(start.elapsed()), article.text.len());
    }
    Ok(())
}

fn beside(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for path in paths {
        let bytes = std::fs::read(path)?;
        let html = feed::decode(&bytes, None)?;
        ours.push(fastest(|| drop(extract(&html, None, &Hints::default()))));
        theirs.push(fastest(|| {
            drop(dom_smoothie::Readability::new(html.as_ref(), None, None).map(|mut page| page.parse()));
        }));
    }
    let ratio = sum(&ours) / sum(&theirs);
    eprintln!("{} pages", ours.len());
    print("newsterm", &mut ours);
    print("dom_smoothie", &mut theirs);
    eprintln!("all pages: {ratio:.2} × dom_smoothie");
    Ok(())
}

fn fastest(mut run: impl FnMut()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        run();
        milliseconds(start.elapsed())
    };
    (0..ROUNDS).map(time).fold(f64::INFINITY, f64::min)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn sum(times: &[f64]) -> f64 {
    times.iter().sum()
}

fn print(name: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at =
        |share: usize| times.get(times.len() * share / 100).or(times.last()).copied().unwrap_or_default();
    eprintln!("{name:12}  median {:6.2} ms  p90 {:6.2} ms  most {:6.2} ms", at(50), at(90), at(100));
}

fn hostile() -> Vec<(&'static str, String)> {
    let page = |head: &str, body: &str| format!("<title>Rain</title>{head}<body><h1>Rain</h1>{body}");
    let told = |field: &str| {
        let script = format!(
            r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Rain",{field}}}</script>"#
        );
        page(&script, &"<p>Rain, <i>again</i></p><p>It fell.</p>".repeat(5_000))
    };
    let words = "rain falls ".repeat(100_000);
    vec![
        ("5 MB of paragraphs", paragraphs()),
        ("100,000 nested elements", nested()),
        ("a title of 20,000 parts", format!("<title>{}</title><p>Rain.", "a | ".repeat(20_000))),
        ("a description of 200,000 words", {
            page(
                &format!("<meta name=description content='{words}'>"),
                &"<p>Rain fell on all hills.".repeat(5_000),
            )
        }),
        ("a told text of 200,000 words", told(&format!(r#""articleBody":"{words}""#))),
        ("an author of 400,000 words", told(&format!(r#""author":"{}""#, "by ".repeat(400_000)))),
        ("40,000 pictures", page("", &"<p>It rained.<figure><img src=a></figure>".repeat(40_000))),
    ]
}

fn paragraphs() -> String {
    let paragraph = "<p>It rained on all hills of the land, said the <a href='/a'>people</a> who live there, and it will rain again.</p>";
    format!(
        "<title>Rain</title><body><h1>Rain</h1><article>{}</article>",
        paragraph.repeat(5_000_000 / paragraph.len())
    )
}

fn nested() -> String {
    format!("<title>Rain</title><body>{}It rained.{}", "<div>".repeat(100_000), "</div>".repeat(100_000))
}
