//! Opens addresses in the browser: by argv, never by a shell.

use std::process::{Command, Stdio};

use crate::model::Url;

/// Why an address was not opened.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// The address is none for a browser.
    #[error("{0} is not a web address")]
    NotWeb(Url),
    /// The browser could not be started.
    #[error("cannot start {program}: {why}")]
    NotStarted {
        /// The program that was tried.
        program: String,
        /// What the system says.
        why: std::io::Error,
    },
}

/// Opens a web address with a program and its arguments, or with what the system uses.
///
/// The browser goes on by itself; what it prints is left out, for it would land on the screen.
pub fn open_in_browser(url: &Url, argv: &[String]) -> Result<(), BrowserError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(BrowserError::NotWeb(url.clone()));
    }
    let mut tried = candidates(url, argv).into_iter().peekable();
    while let Some(mut command) = tried.next() {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn() {
            Ok(mut child) => {
                // Waited for in a thread of its own, so that no zombie stays behind.
                std::thread::spawn(move || child.wait());
                return Ok(());
            }
            Err(why) if tried.peek().is_none() => {
                let program = command.get_program().to_string_lossy().into_owned();
                return Err(BrowserError::NotStarted { program, why });
            }
            Err(_) => {}
        }
    }
    Ok(())
}

fn candidates(url: &Url, argv: &[String]) -> Vec<Command> {
    let Some((program, arguments)) = argv.split_first() else {
        return open::commands(url.as_str());
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(url.as_str());
    vec![command]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn only_web_addresses_are_opened() {
        for text in ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x"] {
            let refused = open_in_browser(&url(text), &["true".to_owned()]);
            assert!(matches!(refused, Err(BrowserError::NotWeb(_))), "{text}");
        }
    }

    #[test]
    fn the_address_is_one_argument_whatever_it_holds() {
        let hostile = url("http://a.test/?q=$(reboot)&x=`id`;ls");
        let commands = candidates(&hostile, &["firefox".to_owned(), "--new-tab".to_owned()]);
        let arguments: Vec<_> = commands[0].get_args().collect();
        assert_eq!(arguments, ["--new-tab", hostile.as_str()]);
    }

    #[test]
    fn a_browser_that_is_not_there_is_named() {
        let refused = open_in_browser(&url("http://a.test/"), &["no-such-browser".to_owned()]);
        assert!(refused.unwrap_err().to_string().starts_with("cannot start no-such-browser"));
    }
}
