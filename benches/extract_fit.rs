//! Measures pages for fitting the model of the extractor, and extracts by a model that is tried.
//!
//! `cargo bench --bench extract_fit -- measure OUT < LIST` writes the numbers of all blocks of the pages whose paths stand
//! in LIST to OUT.f32, their texts to OUT.jsonl and the names of the numbers to OUT.names.json.
//! `cargo bench --bench extract_fit -- extract < LIST` takes lines `MODEL PATH`, and prints what `newsterm extract --json`
//! prints. docs/extraction.md tells how both are used.

use std::collections::HashMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};

use newsterm::extract::fit::{Model, measure};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["measure", out] => measure_all(out),
        ["extract"] => extract_all(),
        _ => {
            eprintln!("usage: extract_fit measure OUT | extract, with a list of pages as standard input");
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

fn extract_all() -> Result<(), Box<dyn Error>> {
    let mut models: HashMap<String, Model> = HashMap::new();
    let mut out = BufWriter::new(io::stdout());
    for line in io::stdin().lines() {
        let line = line?;
        let (name, path) = line.split_once(' ').ok_or("each line is MODEL PATH")?;
        if !models.contains_key(name) {
            models.insert(name.to_owned(), Model::parse(&read(name)?).ok_or("the model is damaged")?);
        }
        let article = models[name].extract(&read(path)?);
        let date = article.date.map(|date| date.to_string());
        writeln!(
            out,
            "{}",
            json!({"file": path, "title": article.title, "standfirst": article.standfirst, "byline": article.authors, "date": date,
                   "site": article.site, "text": article.text})
        )?;
    }
    Ok(())
}
