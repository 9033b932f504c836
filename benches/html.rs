//! How fast the HTML door is: `cargo bench --bench html -- FOLDER`, for a folder of feeds as they were fetched.
//!
//! The texts are the parts of the files that hold markup: CDATA sections, and what is between tags of escaped
//! markup. Prints the best of five rounds in megabytes of input per second.

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use newsterm::html::{clean, plain_text};

const ROUNDS: usize = 5;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let Some(folder) = folder else {
        eprintln!("no folder of feeds given: nothing measured");
        return;
    };
    let texts = texts(&folder);
    let bytes: usize = texts.iter().map(String::len).sum();
    eprintln!("{} texts, {bytes} bytes", texts.len());
    measure("clean", bytes, || {
        for text in &texts {
            black_box(clean(text, None));
        }
    });
    measure("plain_text", bytes, || {
        for text in &texts {
            black_box(plain_text(text));
        }
    });
}

fn measure(name: &str, bytes: usize, work: impl Fn()) {
    let round = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let best = (0..ROUNDS).map(round).min().unwrap_or(Duration::ZERO);
    let megabytes = u32::try_from(bytes / 1000).map_or(f64::INFINITY, f64::from) / 1000.0;
    eprintln!("{name}: {:.1} MB/s", megabytes / best.as_secs_f64());
}

fn texts(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let files = entries.filter_map(|entry| fs::read(entry.ok()?.path()).ok());
    files.flat_map(|file| parts(&String::from_utf8_lossy(&file))).collect()
}

fn parts(document: &str) -> Vec<String> {
    let sections = document.split("<![CDATA[").skip(1).filter_map(|rest| rest.split_once("]]>"));
    let escaped = document.split('>').filter_map(|part| part.split('<').next());
    let sections = sections.map(|(section, _)| section.to_owned());
    let escaped = escaped.filter(|text| text.contains("&lt;")).map(unescaped);
    sections.chain(escaped).filter(|text| text.contains('<')).collect()
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}
