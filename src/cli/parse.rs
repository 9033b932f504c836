//! `newsterm parse`: how feed files are read; no library, no network.

use std::fs::File;
use std::path::Path;

use serde::Serialize;

use super::Done;
use super::arguments::ParseArguments;
use super::output::{self, Output, complain};
use crate::feed::{self, Route, Source};
use crate::html;
use crate::model::{Enclosure, ParsedEntry, ParsedFeed, Timestamp, Url};

/// Parses each file; one that cannot be read is a line with its error.
pub(super) async fn run(arguments: ParseArguments) -> anyhow::Result<Done> {
    // On a thread of its own: a parser that panics there is caught, and prints nothing.
    tokio::task::spawn_blocking(move || parse_all(&arguments)).await?
}

fn parse_all(arguments: &ParseArguments) -> anyhow::Result<Done> {
    let source = source(arguments);
    let mut out = Output::new();
    let (mut failed, mut strict, mut tolerant) = (0, 0, 0);
    for path in &arguments.files {
        let name = path.to_string_lossy();
        match parse(path, &source) {
            Ok((parsed, _)) if arguments.json => out.json(&JsonFile { file: &name, feed: json(&parsed) })?,
            Ok((parsed, route)) => {
                match route {
                    Route::Strict => strict += 1,
                    Route::Tolerant => tolerant += 1,
                }
                summarise(&mut out, &name, &parsed, route)?;
            }
            Err(error) => {
                failed += 1;
                if arguments.json {
                    out.json(&JsonError { file: &name, error: &error })?;
                } else {
                    complain(&format!("{name}: {error}"));
                }
            }
        }
    }
    if strict + tolerant > 1 {
        out.line(&format!("{strict} read by the strict reader, {tolerant} by the tolerant one"))?;
    }
    out.flush()?;
    Ok(match failed {
        0 => Done::All,
        all if all == arguments.files.len() => Done::Nothing,
        _ if arguments.json => Done::Nothing,
        _ => Done::Partly,
    })
}

fn parse(path: &Path, source: &Source) -> Result<(ParsedFeed, Route), String> {
    let bytes = if path == Path::new("-") {
        output::read_bounded(std::io::stdin())
    } else {
        File::open(path).and_then(output::read_bounded)
    };
    let bytes = bytes.map_err(|error| format!("cannot be read: {error}"))?;
    feed::parse_with_route(&bytes, source).map_err(|error| format!("not a feed: {error}"))
}

/// Finds what the server said: the base of relative links is its `content-location` before the feed's address.
fn source(arguments: &ParseArguments) -> Source {
    let header = |wanted: &str| {
        let headers = arguments.headers.iter().filter_map(|header| header.split_once(':'));
        headers
            .filter(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim())
            .next()
    };
    let location = header("content-location").and_then(|value| html::web_url(value, arguments.url.as_ref()));
    Source {
        url: location.or_else(|| arguments.url.clone()),
        content_type: header("content-type").map(str::to_owned),
    }
}

#[derive(Serialize)]
struct JsonError<'a> {
    file: &'a str,
    error: &'a str,
}

#[derive(Serialize)]
struct JsonFile<'a> {
    file: &'a str,
    feed: JsonFeed<'a>,
}

#[derive(Serialize)]
struct JsonFeed<'a> {
    format: &'static str,
    title: &'a str,
    link: Option<&'a str>,
    description: Option<&'a str>,
    entries: Vec<JsonEntry<'a>>,
}

#[derive(Serialize)]
struct JsonEntry<'a> {
    id: Option<&'a str>,
    title: &'a str,
    link: Option<&'a str>,
    authors: &'a [String],
    published: Option<Timestamp>,
    updated: Option<Timestamp>,
    summary: Option<String>,
    content_html: Option<String>,
    enclosures: Vec<JsonEnclosure<'a>>,
    tags: &'a [String],
}

#[derive(Serialize)]
struct JsonEnclosure<'a> {
    url: &'a str,
    #[serde(rename = "type")]
    mime: Option<&'a str>,
    length: Option<u64>,
}

fn json(feed: &ParsedFeed) -> JsonFeed<'_> {
    JsonFeed {
        format: feed.format.as_str(),
        title: &feed.title,
        link: feed.link.as_ref().map(Url::as_str).or(feed.link_as_written.as_deref()),
        description: feed.description.as_deref(),
        entries: feed.entries.iter().map(entry).collect(),
    }
}

fn entry(entry: &ParsedEntry) -> JsonEntry<'_> {
    let clean = |html: &String| html::clean(html, entry.base.as_ref()).as_str().to_owned();
    JsonEntry {
        id: entry.identity.guid.as_deref(),
        title: &entry.title,
        link: entry.link.as_ref().map(Url::as_str).or(entry.link_as_written.as_deref()),
        authors: &entry.authors,
        published: entry.published,
        updated: entry.updated,
        summary: entry.summary.as_ref().map(clean),
        content_html: entry.content.as_ref().map(clean),
        enclosures: entry.enclosures.iter().map(enclosure).collect(),
        tags: &entry.tags,
    }
}

fn enclosure(enclosure: &Enclosure) -> JsonEnclosure<'_> {
    JsonEnclosure { url: enclosure.url.as_str(), mime: enclosure.mime.as_deref(), length: enclosure.length }
}

fn summarise(out: &mut Output, name: &str, feed: &ParsedFeed, route: Route) -> std::io::Result<()> {
    let (format, route) = (feed.format.as_str(), route.as_str());
    let entries = match feed.entries.len() {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    };
    out.line(&format!("{name}: {format}, {route} · {} · {entries}", feed.title))?;
    for entry in &feed.entries {
        let date = entry.published.map_or_else(|| "-".to_owned(), |date| date.to_string());
        out.line(&format!("  {date:20}  {}", entry.title))?;
    }
    Ok(())
}
