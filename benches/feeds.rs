//! How fast feeds are read: the whole way from bytes to entries, beside bare feed-rs on the same documents.
//!
//! `cargo bench --bench feeds [FOLDER]` takes every file of a folder; without one, the collection of real feeds beside the
//! project. Each figure is the best of several rounds, the two readers by turns.

#![expect(clippy::print_stdout, reason = "its figures are for people")]

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use newsterm::feed::{self, Route, Source};

const ROUNDS: usize = 7;

fn main() {
    let named = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/bench/feeds/real");
    let folder = PathBuf::from(named.unwrap_or_else(|| beside.to_owned()));
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: there are no feeds in {}", folder.display());
        return;
    };
    let documents = files.filter_map(|file| std::fs::read(file.ok()?.path()).ok());
    let mut groups = [Group::new("strict (feed-rs)"), Group::new("tolerant")];
    for document in documents {
        match feed::parse_with_route(&document, &Source::default()) {
            Ok((_, Route::Strict)) => groups[0].documents.push(document),
            Ok((_, Route::Tolerant)) => groups[1].documents.push(document),
            Err(_) => {}
        }
    }
    println!(
        "{:18} {:>6} {:>8} {:>10} {:>10} {:>7} {:>12}",
        "route", "feeds", "MB", "ours MB/s", "feed-rs", "ratio", "cleaning"
    );
    for group in groups {
        group.measure();
    }
}

struct Group {
    name: &'static str,
    documents: Vec<Vec<u8>>,
}

impl Group {
    fn new(name: &'static str) -> Group {
        Group { name, documents: Vec::new() }
    }

    fn measure(&self) {
        let (mut ours, mut theirs, mut cleaning) = (Duration::MAX, Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            ours = ours.min(time(&self.documents, |document| {
                drop(black_box(feed::parse(document, &Source::default())));
            }));
            theirs = theirs.min(time(&self.documents, |document| {
                drop(black_box(feed_rs::parser::parse(document.as_slice())));
            }));
        }
        let parsed: Vec<_> = self
            .documents
            .iter()
            .filter_map(|document| feed::parse(document, &Source::default()).ok())
            .collect();
        for _ in 0..ROUNDS {
            cleaning = cleaning.min(time(&parsed, |feed| {
                for entry in &feed.entries {
                    let text = entry.content.as_deref().or(entry.summary.as_deref()).unwrap_or_default();
                    drop(black_box(newsterm::html::clean(text, entry.base.as_ref())));
                }
            }));
        }
        let bytes: usize = self.documents.iter().map(Vec::len).sum();
        #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
        let megabytes = bytes as f64 / 1e6;
        println!(
            "{:18} {:>6} {:>8.1} {:>10.0} {:>10.0} {:>6.2}x {:>9.0} ms",
            self.name,
            self.documents.len(),
            megabytes,
            megabytes / ours.as_secs_f64(),
            megabytes / theirs.as_secs_f64(),
            theirs.as_secs_f64() / ours.as_secs_f64(),
            cleaning.as_secs_f64() * 1e3,
        );
    }
}

fn time<T>(items: &[T], mut work: impl FnMut(&T)) -> Duration {
    let start = Instant::now();
    items.iter().for_each(&mut work);
    start.elapsed()
}
