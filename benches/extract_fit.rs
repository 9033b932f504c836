//! Measures pages for fitting the model of the extractor, and extracts by a model that is tried.
//!
//! `cargo bench --bench extract_fit -- measure OUT < LIST` writes the numbers of all blocks of the pages whose paths stand
//! in LIST to OUT.f32, their texts to OUT.jsonl and the names of the numbers to OUT.names.json.
//! `cargo bench --bench extract_fit -- extract < LIST` takes lines `MODEL PATH`, and prints what `newsterm extract --json`
//! prints; with `learn` for `extract`, it looks at all pages first and learns their sites. docs/extraction.md tells how all
//! of it is used.

use std::collections::HashMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};

use newsterm::extract::fit::{Model, measure};
use newsterm::extract::{Hints, SiteMemory};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["measure", out] => measure_all(out),
        ["extract"] => extract_all(false),
        ["learn"] => extract_all(true),
        _ => {
            eprintln!(
                "usage: extract_fit measure OUT | extract | learn, with a list of pages as standard input"
            );
            Ok(())
        }
    }
}

fn read(path: &str) -> io::Result<String> {
    fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn measure_all(out: &str) -> Result<(), Box<dyn Error>> {
    let mut numbers = BufWriter::new(File::create(format!("{out}.f32"))?);
    let mut texts = BufWriter::new(File::create(format!("{out}.jsonl"))?);
    for path in io::stdin().lines() {
        let path = path?;
        let measured = measure(&read(&path)?);
        for value in measured.blocks.iter().flat_map(|(_, values)| values) {
            numbers.write_all(&value.to_le_bytes())?;
        }
        let blocks: Vec<&String> = measured.blocks.iter().map(|(text, _)| text).collect();
        writeln!(texts, "{}", json!({"path": path, "texts": blocks}))?;
        fs::write(format!("{out}.names.json"), json!(measured.names).to_string())?;
    }
    Ok(())
}

/// A page, and the model it is extracted by.
struct Task {
    model: String,
    path: String,
}

fn extract_all(learns: bool) -> Result<(), Box<dyn Error>> {
    let lines: Vec<String> = io::stdin().lines().collect::<Result<_, _>>()?;
    let task = |line: &String| {
        line.split_once(' ').map(|(model, path)| Task { model: model.into(), path: path.into() })
    };
    let tasks: Vec<Task> = lines.iter().filter_map(task).collect();
    let mut models: HashMap<&str, Model> = HashMap::new();
    for task in &tasks {
        if !models.contains_key(task.model.as_str()) {
            models.insert(&task.model, Model::parse(&read(&task.model)?).ok_or("the model is damaged")?);
        }
    }
    let mut sites: HashMap<String, SiteMemory> = HashMap::new();
    let mut hosts: HashMap<&str, String> = HashMap::new();
    for task in tasks.iter().filter(|_| learns) {
        let article = models[task.model.as_str()].extract(&read(&task.path)?, &Hints::default());
        if let Some(host) = article.url.as_ref().and_then(|url| url.host_str()) {
            sites.entry(host.to_owned()).or_default().learn(&article.prints);
            hosts.insert(&task.path, host.to_owned());
        }
    }
    let mut out = BufWriter::new(io::stdout());
    for task in &tasks {
        let site = hosts.get(task.path.as_str()).and_then(|host| sites.get(host));
        let hints = Hints { site, ..Hints::default() };
        let article = models[task.model.as_str()].extract(&read(&task.path)?, &hints);
        let line = json!({
            "file": task.path, "title": article.title, "standfirst": article.standfirst, "byline": article.authors,
            "date": article.date.map(|date| date.to_string()), "site": article.site, "text": article.text,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
