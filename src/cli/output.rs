//! Standard output and standard error: clean on a terminal, silent when nobody reads on.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Read, Write};

use crate::html;

/// Standard output, buffered.
///
/// What comes from outside goes through `line`, which leaves no escape or control character in it.
pub(super) struct Output {
    out: BufWriter<io::Stdout>,
}

impl Output {
    /// Opens standard output.
    pub(super) fn new() -> Output {
        Output { out: BufWriter::new(io::stdout()) }
    }

    /// Writes one line of text, made clean.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", clean(text))
    }

    /// Writes one line of JSON.
    pub(super) fn json(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, value)?;
        self.out.write_all(b"\n")
    }

    /// Writes a text as it is; it must be clean already.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Sends what is buffered on its way.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Reads a file or device, a little further than the largest document that is taken: whoever parses it refuses it.
pub(super) fn read_bounded(from: impl Read) -> io::Result<Vec<u8>> {
    const BOUND: u64 = 50_000_001;
    let mut bytes = Vec::new();
    from.take(BOUND).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Says what went wrong on standard error.
pub(super) fn complain(words: &str) {
    let line = clean(words);
    // Where standard error is closed there is nobody left to tell.
    drop(writeln!(io::stderr(), "newsterm: {line}"));
}

/// Tells whether a person reads standard error.
pub(super) fn person_watches() -> bool {
    io::stderr().is_terminal()
}

/// Columns to write text for: the terminal's, within what reads well, or 80.
pub(super) fn columns() -> u16 {
    const MEASURE: u16 = 80;
    let asked = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(MEASURE).clamp(20, MEASURE)
}

/// Tells whether a command failed only because its reader left.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| match cause.downcast_ref::<io::Error>() {
        Some(error) => error.kind() == ErrorKind::BrokenPipe,
        None => false,
    })
}

/// Leaves out control and direction characters; keeps leading blanks, which are layout.
fn clean(text: &str) -> String {
    let blanks = text.len() - text.trim_start_matches(' ').len();
    " ".repeat(blanks) + &keep_columns(text.trim_start_matches(' '))
}

/// Cleans the words and leaves the runs of blanks between columns.
fn keep_columns(text: &str) -> String {
    let words = text.split(' ').map(html::clean_line);
    words.collect::<Vec<_>>().join(" ").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_leave_and_columns_stay() {
        assert_eq!(clean("  12   a\u{1b}[31m title\u{202e}"), "  12   a[31m title");
    }
}
