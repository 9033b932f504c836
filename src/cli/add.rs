//! `newsterm add`: subscribe to a feed and fetch it.

use anyhow::bail;

use super::arguments::AddArguments;
use super::output::Output;
use super::session::Session;
use super::{Done, WrongUsage};
use crate::html;
use crate::model::{FetchProblem, Timestamp, Url};
use crate::store::NewSubscription;
use crate::tasks::{self, Added};

/// Follows the feed if it can be read; offline, without a look at it.
pub(super) async fn run(session: &Session, arguments: AddArguments) -> anyhow::Result<Done> {
    let url = address(&arguments.url)?;
    let folder = folder_path(arguments.folder.as_deref());
    let mut out = Output::new();
    if session.offline {
        let new = NewSubscription { folder, ..NewSubscription::to(url.clone()) };
        let added = session.store.subscribe(vec![new], Timestamp::now()).await?;
        out.line(&if added.is_empty() { already(&url) } else { format!("added {url}; not fetched yet") })?;
        out.flush()?;
        return Ok(Done::All);
    }
    let added =
        tasks::add_feed(&session.store, &session.web()?, url.clone(), folder, Timestamp::now()).await?;
    match added {
        Added::Followed { title, entries, .. } => {
            let title = if title.is_empty() { url.to_string() } else { title };
            let noun = if entries == 1 { "entry" } else { "entries" };
            out.line(&format!("added {title} · {entries} {noun}"))?;
        }
        Added::Known => out.line(&already(&url))?,
        Added::Refused(problem) => bail!("cannot add {url}: {problem}{}", hint(&problem)),
    }
    out.flush()?;
    Ok(Done::All)
}

/// Reads an address as people write them: without `https://` it is understood.
fn address(text: &str) -> anyhow::Result<Url> {
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    match html::web_url(&whole, None) {
        Some(url) => Ok(url),
        None => {
            let expected = "expected something like https://example.org/feed.xml";
            bail!(WrongUsage(format!("\"{text}\" is not a web address; {expected}")))
        }
    }
}

fn folder_path(folder: Option<&str>) -> Vec<String> {
    let names = folder.unwrap_or_default().split('/').map(html::clean_line);
    names.filter(|name| !name.is_empty()).collect()
}

fn already(url: &Url) -> String {
    format!("{url} is followed already")
}

fn hint(problem: &FetchProblem) -> &'static str {
    match problem {
        FetchProblem::Unreachable(_) | FetchProblem::TimedOut => {
            " (newsterm --offline add follows it without a look)"
        }
        FetchProblem::NotAFeed(_) => " (give the address of the feed itself)",
        FetchProblem::Status { .. }
        | FetchProblem::TooLarge { .. }
        | FetchProblem::BrokenAnswer(_)
        | FetchProblem::BadRedirect(_)
        | FetchProblem::NotStored(_) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_understood_without_its_scheme() {
        assert_eq!(address("example.org/feed").unwrap().as_str(), "https://example.org/feed");
        assert!(address("file:///etc/passwd").is_err());
        assert!(address("not an address").is_err());
    }

    #[test]
    fn a_folder_may_lie_in_a_folder() {
        assert_eq!(folder_path(Some("World/ Asia /")), ["World", "Asia"]);
        assert!(folder_path(None).is_empty());
    }
}
