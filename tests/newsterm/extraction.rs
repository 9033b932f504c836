//! Pages as they are met on the web, in `tests/fixtures/extract`, each with the article that is in it.
//!
//! `NAME.txt` holds title, authors, day, site and standfirst, a line each, then an empty line and the text.

use std::fs;
use std::path::Path;

use newsterm::extract::{Hints, PageArticle, extract};

fn written(article: &PageArticle) -> String {
    let date = article.date.map(|date| date.to_string()).unwrap_or_default();
    let head = [
        article.title.clone(),
        article.authors.join(", "),
        date,
        article.site.clone().unwrap_or_default(),
        article.standfirst.clone().unwrap_or_default(),
    ];
    format!("{}\n\n{}\n", head.join("\n"), article.text)
}

#[test]
fn pages_become_their_articles() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/extract");
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let pages: Vec<_> =
        paths.iter().filter(|path| path.extension().is_some_and(|kind| kind == "html")).collect();
    assert!(pages.len() >= 8, "the pages are not there");
    let mut faults = Vec::new();
    for page in pages {
        let found = written(&extract(&fs::read_to_string(page).unwrap(), None, &Hints::default()));
        let expected = fs::read_to_string(page.with_extension("txt")).unwrap();
        if found != expected {
            faults.push(format!("{}\n{}", page.display(), difference(&expected, &found)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The lines that are missing and those that are too many.
fn difference(expected: &str, found: &str) -> String {
    let without = |of: &str, other: &str, mark: &str| -> Vec<String> {
        let others: Vec<&str> = other.lines().collect();
        of.lines().filter(|line| !others.contains(line)).map(|line| format!("  {mark} {line}")).collect()
    };
    [without(expected, found, "-"), without(found, expected, "+")].concat().join("\n")
}
