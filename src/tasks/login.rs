//! Logins of feeds, from the commands that know them. Each command runs once in a refresh.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OnceCell, Semaphore};

use crate::desk;
use crate::model::FetchProblem;
use crate::web::Login;

/// Commands that run at once.
const AT_ONCE: usize = 4;

/// What a command told, once it has.
type Told = Arc<OnceCell<Result<Login, FetchProblem>>>;

/// The logins of one refresh; gone with it.
#[derive(Clone)]
pub(super) struct Logins {
    known: Arc<Mutex<HashMap<String, Told>>>,
    turns: Arc<Semaphore>,
}

impl Default for Logins {
    fn default() -> Logins {
        Logins { known: Arc::default(), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Logins {
    /// Gives the login that a command prints as `user:password` in its first line.
    pub(super) async fn of(&self, command: &str) -> Result<Login, FetchProblem> {
        let told = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(command.to_owned()).or_default())
        };
        let ask = || async {
            let _turn = self.turns.acquire().await.expect("the semaphore is never closed");
            ask(command).await
        };
        told.get_or_init(ask).await.clone()
    }
}

async fn ask(command: &str) -> Result<Login, FetchProblem> {
    let secret =
        desk::secret_of(command).await.map_err(|error| FetchProblem::NoPassword(error.to_string()))?;
    match secret.split_once(':') {
        Some((user, password)) => Ok(Login { user: user.to_owned(), password: password.to_owned() }),
        None => {
            let expected = "expected user:password in the first line that its command prints";
            Err(FetchProblem::NoPassword(expected.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_login_is_user_and_password() {
        let login = Logins::default().of("echo me:pass:word").await.unwrap();
        assert_eq!((login.user.as_str(), login.password.as_str()), ("me", "pass:word"));
        let none = Logins::default().of("echo password").await.unwrap_err().to_string();
        assert!(none.contains("expected user:password") && !none.contains("echo"), "{none}");
    }

    #[tokio::test]
    async fn a_command_runs_once_for_all_its_feeds() {
        let dir = tempfile::tempdir().unwrap();
        let runs = dir.path().join("runs");
        let command = format!("sh -c 'echo run >> {}; echo me:secret'", runs.display());
        let logins = Logins::default();
        let (first, second) = tokio::join!(logins.of(&command), logins.of(&command));
        assert!(first.is_ok() && second.is_ok());
        assert_eq!(std::fs::read_to_string(runs).unwrap(), "run\n");
    }
}
