//! The reader's file over the defaults, key by key, each mistake with its line.
//!
//! Order: the defaults are read; the file is read with the places of its keys; each of its
//! values is tried alone, taken when the settings accept it, else reported and left out.

use serde::Deserialize;
use toml::de::{DeTable, DeValue, ValueDeserializer};
use toml::{Spanned, Table, Value};

use super::Settings;

const DEFAULTS: &str = include_str!("../../assets/config.toml");

/// The settings in force, where each came from, and what was wrong with the reader's file.
#[derive(Clone, PartialEq, Debug)]
pub struct Effective {
    /// The settings in force.
    pub settings: Settings,
    /// Each setting as key, value and source, sorted by key.
    pub sources: Vec<(String, String, Source)>,
    /// Mistakes in the reader's file.
    pub complaints: Vec<Complaint>,
}

impl Effective {
    /// Leaves out the theme, which there is none of; the default is in force.
    pub fn leave_out_theme(&mut self, message: String) {
        let default = read("");
        self.settings.theme = default.settings.theme;
        let is_theme = |(key, ..): &&(String, String, Source)| key == "theme";
        let (own, default) =
            (self.sources.iter_mut().find(|line| is_theme(&&**line)), default.sources.iter().find(is_theme));
        if let (Some(own), Some(default)) = (own, default) {
            if let Source::Line(line) = own.2 {
                self.complaints.push(Complaint { line, message });
            }
            own.clone_from(default);
        }
    }
}

/// Where a setting came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// `assets/config.toml`.
    Default,
    /// A line of the reader's file.
    Line(usize),
}

/// A mistake in the reader's file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Complaint {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

impl Complaint {
    /// Complains about what stands at a byte of a file.
    pub fn at(file: &str, at: usize, message: String) -> Complaint {
        Complaint { line: line_of(file, at), message }
    }
}

/// Reads the reader's file over the defaults.
pub fn read(file: &str) -> Effective {
    let mut merged: Table = DEFAULTS.parse().expect("the embedded defaults are TOML");
    let mut lines = Vec::new();
    let mut complaints = Vec::new();
    match DeTable::parse(file) {
        Ok(table) => {
            let mut leaves = Vec::new();
            collect(table.get_ref(), &mut Vec::new(), &mut leaves);
            for leaf in leaves {
                let line = line_of(file, leaf.start);
                match try_one(&merged, &leaf) {
                    Ok(table) => {
                        merged = table;
                        lines.push((leaf.path.join("."), line));
                    }
                    Err(message) => complaints.push(Complaint { line, message }),
                }
            }
        }
        Err(error) => {
            let start = error.span().map_or(0, |span| span.start);
            let message = format!("{}; the whole file was left out", error.message());
            complaints.push(Complaint { line: line_of(file, start), message });
        }
    }
    let settings = Settings::deserialize(merged.clone()).expect("every value was tried");
    Effective { settings, sources: sources(&merged, &lines), complaints }
}

struct Leaf {
    path: Vec<String>,
    value: Value,
    start: usize,
}

fn collect(table: &DeTable<'_>, path: &mut Vec<String>, leaves: &mut Vec<Leaf>) {
    for (key, value) in table {
        path.push(key.get_ref().to_string());
        match value.get_ref() {
            DeValue::Table(inner) => collect(inner, path, leaves),
            _ => leaves.push(Leaf { path: path.clone(), value: read_value(value), start: key.span().start }),
        }
        path.pop();
    }
}

/// Reads a value that has been parsed already: it can hold nothing that is no value.
fn read_value(value: &Spanned<DeValue<'_>>) -> Value {
    Value::deserialize(ValueDeserializer::from(value.clone())).expect("a parsed value is a value")
}

/// Sets one value in a copy of the settings and looks whether they still hold.
fn try_one(merged: &Table, leaf: &Leaf) -> Result<Table, String> {
    let name = leaf.path.join(".");
    let mut table = merged.clone();
    let (last, outer) = leaf.path.split_last().expect("a leaf has a key");
    let mut at = &mut table;
    for key in outer {
        at = match at.get_mut(key) {
            Some(Value::Table(inner)) => inner,
            _ => return Err(format!("there is no setting `{name}`")),
        };
    }
    at.insert(last.clone(), leaf.value.clone());
    match Settings::deserialize(table.clone()) {
        Ok(_) => Ok(table),
        Err(error) => Err(format!("`{name}`: {}", error.message())),
    }
}

fn sources(merged: &Table, lines: &[(String, usize)]) -> Vec<(String, String, Source)> {
    let mut all = Vec::new();
    flatten(merged, "", &mut all);
    all.into_iter()
        .map(|(key, value)| {
            let line = lines.iter().find(|(name, _)| *name == key);
            let source = line.map_or(Source::Default, |(_, line)| Source::Line(*line));
            (key, value, source)
        })
        .collect()
}

fn flatten(table: &Table, prefix: &str, all: &mut Vec<(String, String)>) {
    for (key, value) in table {
        let name = format!("{prefix}{key}");
        match value {
            Value::Table(inner) => flatten(inner, &format!("{name}."), all),
            plain => all.push((name, plain.to_string())),
        }
    }
}

fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().iter().take(at);
    before.filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::config::{MarkRead, OnStart};

    #[test]
    fn the_defaults_hold_without_a_file() {
        let effective = read("");
        assert_eq!(effective.complaints, []);
        assert_eq!(effective.settings.refresh.every, Duration::from_mins(30));
        assert!(effective.sources.iter().all(|(_, _, source)| *source == Source::Default));
    }

    #[test]
    fn a_setting_of_the_reader_is_in_force_with_its_line() {
        let effective = read("\n[refresh]\non_start = \"never\"\n");
        assert_eq!(effective.settings.refresh.on_start, OnStart::Never);
        let line = effective.sources.iter().find(|(key, ..)| key == "refresh.on_start");
        assert_eq!(line.unwrap().2, Source::Line(3));
    }

    #[test]
    fn a_mistake_keeps_the_default_and_leaves_the_rest_in_force() {
        let effective = read("mark_read = \"sometimes\"\nmeasure = 60\n");
        assert_eq!(effective.settings.mark_read, MarkRead::Open);
        assert_eq!(effective.settings.measure, 60);
        assert_eq!(effective.complaints.len(), 1);
        assert_eq!(effective.complaints[0].line, 1);
        let message = &effective.complaints[0].message;
        assert!(message.contains("`open`, `preview`, `never`"), "{message}");
    }

    #[test]
    fn an_unknown_setting_is_named_with_its_line() {
        let effective = read("[refresh]\nevery = \"1h\"\nspeed = 9\n");
        assert_eq!(effective.complaints[0].line, 3);
        assert!(effective.complaints[0].message.contains("speed"));
        assert_eq!(effective.settings.refresh.every, Duration::from_hours(1));
    }

    #[test]
    fn a_file_that_is_no_toml_is_left_out_whole() {
        let effective = read("measure = 60\nmark_read = = \n");
        assert_eq!(effective.settings.measure, 76);
        assert_eq!(effective.complaints[0].line, 2);
    }

    #[test]
    fn numbers_out_of_their_range_keep_the_default() {
        let effective = read("[refresh]\nconcurrency = 9223372036854775807\n[limits]\ndocument_mb = 0\n");
        assert_eq!((effective.settings.refresh.concurrency, effective.settings.limits.document_mb), (64, 20));
        assert_eq!(effective.complaints.len(), 2);
    }

    #[test]
    fn a_span_of_time_that_cannot_be_read_says_what_is_possible() {
        let effective = read("[refresh]\nevery = \"soon\"\n");
        assert!(effective.complaints[0].message.contains("\"30m\""));
    }
}
