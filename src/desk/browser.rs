//! Opens addresses in the browser: by argv, never by a shell.

use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::model::Url;

/// A program that ran longer has opened the page, whatever it says when it ends: some stay until the browser
/// is closed.
const SOON: Duration = Duration::from_secs(10);

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
        why: io::Error,
    },
    /// The browser ended at once, and not well.
    #[error("{program} failed: {status}")]
    Failed {
        /// The program that was tried.
        program: String,
        /// How it ended.
        status: ExitStatus,
    },
}

/// Opens a web address with a program and its arguments, or with what the system uses.
///
/// The browser goes on by itself; what it prints is left out, for it would land on the screen. Where it fails
/// soon after its start the next program is tried; where none is left, `failed` is told so, on another thread.
pub fn open_in_browser(
    url: &Url,
    argv: &[String],
    failed: impl FnOnce(BrowserError) + Send + 'static,
) -> Result<(), BrowserError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(BrowserError::NotWeb(url.clone()));
    }
    let mut candidates = candidates(url, argv).into_iter();
    if let Some(browser) = start_first(&mut candidates)? {
        // Waited for in a thread of its own, so that no zombie stays behind.
        std::thread::spawn(move || {
            if let Err(error) = see_through(browser, candidates) {
                failed(error);
            }
        });
    }
    Ok(())
}

/// A browser under way.
struct Browser {
    program: String,
    child: Child,
    started: Instant,
}

impl Browser {
    fn start(mut command: Command) -> Result<Browser, BrowserError> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let program = command.get_program().to_string_lossy().into_owned();
        match command.spawn() {
            Ok(child) => Ok(Browser { program, child, started: Instant::now() }),
            Err(why) => Err(BrowserError::NotStarted { program, why }),
        }
    }

    /// Waits until it ends.
    fn wait(mut self) -> Result<(), BrowserError> {
        match self.child.wait() {
            Ok(status) if !status.success() && self.started.elapsed() < SOON => {
                Err(BrowserError::Failed { program: self.program, status })
            }
            Ok(_) => Ok(()),
            Err(error) => {
                tracing::warn!(%error, "cannot tell how {} ended", self.program);
                Ok(())
            }
        }
    }
}

/// Starts the first program that can be started; the error is that of the last one tried.
fn start_first(candidates: &mut impl Iterator<Item = Command>) -> Result<Option<Browser>, BrowserError> {
    let mut refused = Ok(None);
    for command in candidates {
        refused = Browser::start(command).map(Some);
        if refused.is_ok() {
            break;
        }
    }
    refused
}

/// Waits for a browser, and where it fails for the next ones; the error is how the last one started failed.
fn see_through(first: Browser, mut rest: impl Iterator<Item = Command>) -> Result<(), BrowserError> {
    let mut browser = first;
    loop {
        let Err(failure) = browser.wait() else {
            return Ok(());
        };
        match start_first(&mut rest) {
            Ok(Some(next)) => {
                tracing::warn!(%failure, "trying {} now", next.program);
                browser = next;
            }
            Ok(None) | Err(_) => return Err(failure),
        }
    }
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
            let refused = open_in_browser(&url(text), &["true".to_owned()], |_| {});
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
        let refused = open_in_browser(&url("http://a.test/"), &["no-such-browser".to_owned()], |_| {});
        assert!(refused.unwrap_err().to_string().starts_with("cannot start no-such-browser"));
    }

    #[cfg(unix)]
    mod after_the_start {
        use std::sync::mpsc;

        use super::*;

        fn program(name: &str, arguments: &[&str]) -> Command {
            let mut command = Command::new(name);
            command.args(arguments);
            command
        }

        fn open_with(commands: Vec<Command>) -> Result<(), BrowserError> {
            let mut commands = commands.into_iter();
            see_through(start_first(&mut commands)?.unwrap(), commands)
        }

        #[test]
        fn a_browser_that_fails_is_told_from_the_thread() {
            let (tell, told) = mpsc::channel();
            let failed = move |error: BrowserError| tell.send(error.to_string()).unwrap();
            open_in_browser(&url("http://a.test/"), &["false".to_owned()], failed).unwrap();
            assert_eq!(told.recv().unwrap(), "false failed: exit status: 1");
        }

        #[test]
        fn where_one_fails_the_next_is_tried() {
            let dir = tempfile::tempdir().unwrap();
            let page = dir.path().join("page");
            let touch = program("touch", &[page.to_str().unwrap()]);
            let commands = vec![program("false", &[]), program("no-such-browser", &[]), touch];
            open_with(commands).unwrap();
            assert!(page.exists());
        }

        #[test]
        fn what_was_started_and_failed_is_told_rather_than_what_is_not_there() {
            let commands = vec![program("sh", &["-c", "exit 3"]), program("no-such-browser", &[])];
            assert_eq!(open_with(commands).unwrap_err().to_string(), "sh failed: exit status: 3");
        }

        #[test]
        fn where_one_does_well_no_other_is_tried() {
            let dir = tempfile::tempdir().unwrap();
            let page = dir.path().join("page");
            let touch = program("touch", &[page.to_str().unwrap()]);
            open_with(vec![program("true", &[]), touch]).unwrap();
            assert!(!page.exists());
        }
    }
}
