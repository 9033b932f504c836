//! `newsterm doctor`: how the library does, what is wrong with it, and what helps.

use std::path::Path;

use anyhow::{Context, ensure};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::arguments::{DoctorArguments, Place};
use super::output::{Output, complain, person_watches};
use super::{Done, session};
use crate::config::{Keep, Places};
use crate::desk;
use crate::model::{FeedId, KeepAge, KeepCount, Timestamp};
use crate::store::{self, Depth, Examination, FeedSize, MISCOUNTED, Work};

/// Looks at the library, or does one thing to it. It need not be one that opens.
pub(super) fn run(place: &Place, arguments: &DoctorArguments) -> anyhow::Result<Done> {
    let places = Places::find(place.dir().as_deref())?;
    if let Some(file) = &arguments.back_up {
        return back_up(&places, file);
    }
    if let Some(file) = &arguments.restore {
        return restore(&places, file);
    }
    if arguments.optimise {
        return optimise(&places);
    }
    let (effective, complaints) = session::settings(&places);
    for complaint in &complaints {
        complain(complaint);
    }
    examine(&places, arguments, &effective.settings.keep)
}

fn need_library(places: &Places) -> anyhow::Result<()> {
    ensure!(places.library.exists(), "there is no library at {} yet", places.library.display());
    Ok(())
}

fn back_up(places: &Places, file: &Path) -> anyhow::Result<Done> {
    need_library(places)?;
    let bytes = working("writing the copy", || store::back_up(&places.library, file))?;
    say(&format!("backed up to {} · {}", file.display(), size(bytes)))
}

fn restore(places: &Places, file: &Path) -> anyhow::Result<Done> {
    let home = places.home();
    desk::private_directory(home).with_context(|| format!("cannot make the directory {}", home.display()))?;
    let restoring = || store::restore(&places.library, file, Timestamp::now());
    let aside = working("reading the copy", restoring).context("nothing is restored")?;
    say(&match aside {
        Some(aside) => {
            format!("restored from {}; the library until now is kept as {}", file.display(), aside.display())
        }
        None => format!("restored from {}", file.display()),
    })
}

fn optimise(places: &Places) -> anyhow::Result<Done> {
    need_library(places)?;
    let bar = spinner();
    let done = store::optimise(&places.library, |work| {
        bar.set_message(match work {
            Work::Merging => "merging the index of words",
            Work::Counting => "counting",
            Work::Packing => "packing the file",
        });
    });
    bar.finish_and_clear();
    let done = done?;
    let packed = if done.is_packed { "" } else { "; not packed: another newsterm has it open" };
    say(&format!("optimised · {}, before {}{packed}", size(done.after), size(done.before)))
}

/// Turns a wheel for a person while something lasts.
fn working<T>(words: &'static str, work: impl FnOnce() -> T) -> T {
    let bar = spinner();
    bar.set_message(words);
    let done = work();
    bar.finish_and_clear();
    done
}

fn spinner() -> ProgressBar {
    let bar = if person_watches() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    bar.set_style(ProgressStyle::with_template("{spinner} {msg} {elapsed}").expect("a constant template"));
    bar.enable_steady_tick(std::time::Duration::from_millis(120));
    bar
}

fn say(words: &str) -> anyhow::Result<Done> {
    let mut out = Output::new();
    out.line(words)?;
    out.flush()?;
    Ok(Done::All)
}

fn examine(places: &Places, arguments: &DoctorArguments, keep: &Keep) -> anyhow::Result<Done> {
    let depth = if arguments.thorough { Depth::Thorough } else { Depth::Quick };
    let found = working("looking", || store::examine(&places.library, depth, arguments.feeds))?;
    let report = Report::of(places, depth, found, keep);
    let mut out = Output::new();
    if arguments.json {
        out.json(&report)?;
    } else {
        report.lines().iter().try_for_each(|line| out.line(line))?;
    }
    out.flush()?;
    Ok(if report.problems.is_empty() { Done::All } else { Done::Nothing })
}

/// What the line of `--json` holds.
#[derive(Serialize)]
struct Report {
    library: String,
    settings: String,
    cache: String,
    logs: String,
    is_there: bool,
    version: Option<i64>,
    bytes: u64,
    free_bytes: Option<u64>,
    feeds: Option<u64>,
    removed_feeds: Option<u64>,
    entries: Option<u64>,
    unread: Option<u64>,
    saved: Option<u64>,
    not_indexed: Option<u64>,
    steps: Option<u64>,
    step_items: Option<u64>,
    largest: Vec<Largest>,
    checked: &'static str,
    problems: Vec<String>,
    suggestions: Vec<String>,
}

/// One of the feeds that take most room.
#[derive(Serialize)]
struct Largest {
    feed: FeedId,
    title: String,
    followed: bool,
    entries: u64,
    bytes: u64,
}

impl Report {
    fn of(places: &Places, depth: Depth, found: Option<Examination>, keep: &Keep) -> Report {
        let is_there = found.is_some();
        let found = found.unwrap_or_default();
        let suggestions = suggestions(is_there, &found, keep);
        Report {
            library: places.library.display().to_string(),
            settings: places.config.display().to_string(),
            cache: places.cache.display().to_string(),
            logs: places.logs.display().to_string(),
            is_there,
            version: (found.version.0 > 0).then_some(found.version.0),
            bytes: found.bytes,
            free_bytes: found.free,
            feeds: found.feeds.map(|(followed, _)| followed),
            removed_feeds: found.feeds.map(|(_, removed)| removed),
            entries: found.entries.map(|(all, ..)| all),
            unread: found.entries.map(|(_, unread, _)| unread),
            saved: found.entries.map(|(.., saved)| saved),
            not_indexed: found.not_indexed,
            steps: found.steps.map(|(steps, _)| steps),
            step_items: found.steps.map(|(_, items)| items),
            largest: found.largest.into_iter().map(largest).collect(),
            checked: if depth == Depth::Thorough { "thorough" } else { "quick" },
            problems: found.problems,
            suggestions,
        }
    }

    /// Writes it for a person; what could not be read is left out.
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![
            format!("library   {}", self.library),
            format!("settings  {}", self.settings),
            format!("cache     {}", self.cache),
            format!("logs      {}", self.logs),
        ];
        if self.is_there {
            lines.extend(self.contents());
        }
        if !self.largest.is_empty() {
            lines.push(String::new());
            lines.extend(self.largest.iter().map(|feed| {
                let removed = if feed.followed { "" } else { " · removed" };
                let entries = counted(feed.entries, "text", "texts");
                format!("{:>10}  {} · {entries}{removed}", size(feed.bytes), feed.title)
            }));
        }
        lines.push(String::new());
        lines.extend(self.problems.iter().map(|problem| format!("wrong: {problem}")));
        if self.is_there && self.problems.is_empty() {
            lines.push(format!("sound, as far as a {} look can tell", self.checked));
        }
        lines.extend(self.suggestions.clone());
        lines
    }

    fn contents(&self) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(self.version.map(|version| format!("version   {version}")));
        let free = self.free_bytes.filter(|free| *free > 0);
        let free = free.map(|free| format!(" · {} of it free", size(free))).unwrap_or_default();
        lines.push(format!("size      {}{free}", size(self.bytes)));
        if let (Some(feeds), Some(removed)) = (self.feeds, self.removed_feeds) {
            let removed = if removed > 0 { format!(" · {removed} removed") } else { String::new() };
            lines.push(format!("feeds     {feeds}{removed}"));
        }
        if let (Some(entries), Some(unread), Some(saved)) = (self.entries, self.unread, self.saved) {
            lines.push(format!("entries   {entries} · {unread} unread · {saved} saved"));
        }
        lines.extend(self.not_indexed.map(|left| match left {
            0 => "index     complete".to_owned(),
            _ => format!("index     {} not in it yet", counted(left, "entry", "entries")),
        }));
        if let (Some(steps), Some(items)) = (self.steps, self.step_items) {
            lines.push(format!("journal   {} · {items} changes", counted(steps, "step", "steps")));
        }
        lines
    }
}

fn largest(feed: FeedSize) -> Largest {
    let FeedSize { feed, title, is_followed, entries, bytes } = feed;
    Largest { feed, title, followed: is_followed, entries, bytes }
}

/// Free room that is worth packing the file: so much, and so large a part of it.
const MUCH_FREE: u64 = 10_000_000;
const PART_FREE: u64 = 5;
/// A library that is worth a word about limits.
const LARGE: u64 = 2_000_000_000;

/// Says what would help.
fn suggestions(is_there: bool, found: &Examination, keep: &Keep) -> Vec<String> {
    let mut words = Vec::new();
    if !is_there {
        words.push("there is no library yet: newsterm makes one, newsterm doctor --restore FILE takes a back-up for one");
    }
    let (damaged, counts): (Vec<&String>, Vec<&String>) =
        found.problems.iter().partition(|problem| !problem.starts_with(MISCOUNTED));
    if !damaged.is_empty() {
        words.push(
            "newsterm doctor --restore FILE puts a back-up in its place, and keeps this library beside it",
        );
    }
    if !counts.is_empty() {
        words.push("newsterm doctor --optimise counts anew");
    }
    let free = found.free.unwrap_or_default();
    if free >= MUCH_FREE && free >= found.bytes / PART_FREE {
        words.push("newsterm doctor --optimise gives back the room that is free");
    }
    if found.not_indexed.is_some_and(|left| left > 0) {
        words.push("newsterm fetch --index, or the next search, completes the index");
    }
    let is_unlimited = keep.age == KeepAge::Forever && keep.count == KeepCount::All && keep.size.is_none();
    if found.bytes >= LARGE && is_unlimited {
        words.push("[keep] in the settings has old entries go");
    }
    words.into_iter().map(str::to_owned).collect()
}

fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Writes a number of bytes as people read it.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    match UNITS.iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit),
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    #[test]
    fn sizes_are_written_as_people_read_them() {
        let table = [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (12_345_678, "12.3 MB"),
            (9_990_000_000, "9.9 GB"),
        ];
        for (bytes, written) in table {
            assert_eq!(size(bytes), written);
        }
    }

    fn suggested(found: &Examination) -> String {
        suggestions(true, found, &config::read("").settings.keep).join("\n")
    }

    #[test]
    fn what_helps_is_said_where_it_helps() {
        let small = Examination { bytes: 1_000_000, free: Some(900_000), ..Examination::default() };
        assert_eq!(suggested(&small), "");
        let empty = Examination { bytes: 100_000_000, free: Some(30_000_000), ..Examination::default() };
        assert!(suggested(&empty).contains("--optimise gives back"));
        let large = Examination { bytes: 3_000_000_000, not_indexed: Some(1), ..Examination::default() };
        assert!(suggested(&large).contains("[keep]") && suggested(&large).contains("fetch --index"));
        let ill =
            Examination { problems: vec!["Tree 5 page 7: btreeInitPage()".to_owned()], ..small.clone() };
        assert!(suggested(&ill).contains("--restore"));
        let miscounted = Examination { problems: vec![format!("{MISCOUNTED}: 2")], ..small };
        assert_eq!(suggested(&miscounted), "newsterm doctor --optimise counts anew");
    }
}
