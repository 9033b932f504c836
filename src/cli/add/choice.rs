//! Several feeds to choose from: a numbered list, and the question which.

use std::io::{self, BufRead, IsTerminal, Write};

use serde::Serialize;

use crate::cli::output::{Output, complain};
use crate::model::shown;
use crate::tasks::FoundFeed;

/// One line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    number: usize,
    title: &'a str,
    url: &'a str,
    format: &'static str,
    entries: usize,
}

/// Lists the feeds, one a line, numbered from 1.
pub(super) fn list(feeds: &[FoundFeed], json: bool, out: &mut Output) -> io::Result<()> {
    for (number, feed) in (1..).zip(feeds) {
        let entries = feed.parsed.entries.len();
        let (format, title, url) = (feed.parsed.format.as_str(), feed.title(), shown(&feed.url));
        if json {
            out.json(&Line { number, title: &title, url: &url, format, entries })?;
        } else {
            out.line(&format!("{number:>2}  {title} · {format} · {entries} · {url}"))?;
        }
    }
    Ok(())
}

/// Tells whether somebody can be asked.
pub(super) fn person_is_there() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Asks which of so many feeds; none when nothing is to be added.
pub(super) fn ask(count: usize) -> io::Result<Option<usize>> {
    let mut answers = io::stdin().lock();
    loop {
        let mut out = io::stdout();
        write!(out, "which one? 1 to {count}, q for none [1] ")?;
        out.flush()?;
        let mut answer = String::new();
        if answers.read_line(&mut answer)? == 0 {
            return Ok(None);
        }
        match read(&answer, count) {
            Answer::Index(index) => return Ok(Some(index)),
            Answer::None => return Ok(None),
            Answer::Unclear => complain("give one of the numbers, or q"),
        }
    }
}

#[derive(PartialEq, Eq, Debug)]
enum Answer {
    Index(usize),
    None,
    Unclear,
}

fn read(answer: &str, count: usize) -> Answer {
    match answer.trim() {
        "" => Answer::Index(0),
        "q" | "Q" => Answer::None,
        number => match number.parse::<usize>() {
            Ok(number) if (1..=count).contains(&number) => Answer::Index(number - 1),
            _ => Answer::Unclear,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_number_the_first_or_none() {
        let table = [
            ("\n", Answer::Index(0)),
            (" 3 \n", Answer::Index(2)),
            ("q\n", Answer::None),
            ("0\n", Answer::Unclear),
            ("4\n", Answer::Unclear),
            ("yes\n", Answer::Unclear),
        ];
        for (answer, expected) in table {
            assert_eq!(read(answer, 3), expected, "{answer:?}");
        }
    }
}
