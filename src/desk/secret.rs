//! Asks another program for a secret: by argv, never by a shell.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::Command;
use tokio::time::timeout;

/// A program that takes longer waits for somebody who is not there.
const PATIENCE: Duration = Duration::from_secs(30);
/// No secret is longer, in bytes.
const LONGEST: u64 = 4_096;

/// Why a program told no secret.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SecretError {
    /// The command cannot be taken apart.
    #[error("the command {0}")]
    NotACommand(CommandLineError),
    /// The program could not be started.
    #[error("cannot start {program}: {why}")]
    NotStarted {
        /// The program.
        program: String,
        /// What the system says.
        why: String,
    },
    /// The program did not end well.
    #[error("{program} failed: {status}")]
    Failed {
        /// The program.
        program: String,
        /// How it ended.
        status: String,
    },
    /// The program did not end.
    #[error("{program} did not answer in time")]
    TimedOut {
        /// The program.
        program: String,
    },
}

/// Why a command line cannot be taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CommandLineError {
    /// There is no program in it.
    #[error("is empty")]
    Empty,
    /// A quotation mark has no second one, or a backslash nothing behind it.
    #[error("ends within quotation marks or after a backslash")]
    Open,
}

/// Runs a command and gives the first line that it prints.
///
/// It gets no input, and what it says on standard error is left out, for it would land on the screen.
pub async fn secret_of(command: &str) -> Result<String, SecretError> {
    let words = split_command(command).map_err(SecretError::NotACommand)?;
    let program = words[0].clone();
    let failed =
        |why: std::io::Error| SecretError::NotStarted { program: program.clone(), why: why.to_string() };
    let mut child = Command::new(&program)
        .args(&words[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(failed)?;
    let printed = child.stdout.take().expect("standard output is a pipe");
    let answer = async {
        let mut bytes = Vec::new();
        printed.take(LONGEST).read_to_end(&mut bytes).await?;
        Ok((bytes, child.wait().await?))
    };
    let answer: Result<_, tokio::time::error::Elapsed> = timeout(PATIENCE, answer).await;
    let (bytes, status) =
        answer.map_err(|_| SecretError::TimedOut { program: program.clone() })?.map_err(failed)?;
    if !status.success() {
        return Err(SecretError::Failed { program, status: status.to_string() });
    }
    Ok(String::from_utf8_lossy(&bytes).lines().next().unwrap_or_default().to_owned())
}

/// Takes a command line apart into the program and its arguments.
///
/// Words are parted by blanks. `'…'` and `"…"` keep blanks; outside `'…'` a backslash takes the next character
/// as it is. Nothing else means anything: no variables, no `~`, no patterns, no pipes.
pub fn split_command(line: &str) -> Result<Vec<String>, CommandLineError> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match (character, quote) {
            ('\\', None | Some('"')) => {
                word.get_or_insert_default().push(characters.next().ok_or(CommandLineError::Open)?);
            }
            ('\'' | '"', None) => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (end, Some(begin)) if end == begin => quote = None,
            (blank, None) if blank.is_whitespace() => words.extend(word.take()),
            (plain, _) => word.get_or_insert_default().push(plain),
        }
    }
    if quote.is_some() {
        return Err(CommandLineError::Open);
    }
    words.extend(word);
    if words.first().is_none_or(String::is_empty) { Err(CommandLineError::Empty) } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_taken_apart_by_blanks_and_quotation_marks() {
        let table: [(&str, &[&str]); 7] = [
            ("pass show  x", &["pass", "show", "x"]),
            ("  a\t'b  c' ", &["a", "b  c"]),
            (r#"a "b 'c' \" d""#, &["a", r#"b 'c' " d"#]),
            (r"a b\ c \$HOME 'd\'", &["a", "b c", "$HOME", r"d\"]),
            ("a ''", &["a", ""]),
            ("a b'c'\"d\"", &["a", "bcd"]),
            ("a $(b) `c` | d ; ~ *", &["a", "$(b)", "`c`", "|", "d", ";", "~", "*"]),
        ];
        for (line, expected) in table {
            assert_eq!(split_command(line).unwrap(), expected, "{line}");
        }
        for line in ["", "  ", "'' x"] {
            assert_eq!(split_command(line), Err(CommandLineError::Empty), "{line}");
        }
        for line in ["a 'b", "a \"b", "a \\"] {
            assert_eq!(split_command(line), Err(CommandLineError::Open), "{line}");
        }
    }

    #[tokio::test]
    async fn the_first_line_is_the_secret() {
        assert_eq!(secret_of("printf 'me:pass word\\nrest\\n'").await.as_deref(), Ok("me:pass word"));
        assert_eq!(secret_of("true").await.as_deref(), Ok(""));
    }

    #[tokio::test]
    async fn a_program_that_fails_or_is_not_there_is_named() {
        let failed = secret_of("false").await.unwrap_err().to_string();
        assert!(failed.starts_with("false failed: "), "{failed}");
        let missing = secret_of("/nowhere/at-all x").await.unwrap_err().to_string();
        assert!(missing.starts_with("cannot start /nowhere/at-all: "), "{missing}");
    }
}
