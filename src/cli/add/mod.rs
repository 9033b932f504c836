//! `newsterm add`: subscribe to a feed and fetch it. A page's address is searched for its feeds.

mod choice;

use std::path::Path;

use anyhow::bail;
use serde::Serialize;

use super::arguments::AddArguments;
use super::output::{Output, complain};
use super::session::Session;
use super::{Done, WrongUsage};
use crate::feed;
use crate::html;
use crate::model::{FetchProblem, Timestamp, Url, shown, shown_as_written};
use crate::tasks::{self, Added, FoundFeed, Pick};

/// Follows the feed if it can be read; offline, without a look at it.
pub(super) async fn run(session: &Session, arguments: AddArguments) -> anyhow::Result<Done> {
    let addresses = addresses(&arguments.url)?;
    let pick = pick(&arguments)?;
    let folder = folder_path(arguments.folder.as_deref());
    let now = Timestamp::now();
    let every = session.settings.refresh.every;
    let added = if session.offline {
        tasks::follow_unseen(&session.store, addresses[0].clone(), folder.clone(), now).await?
    } else {
        let web = session.web()?;
        tasks::add_feed(&session.store, &web, &addresses, pick, folder.clone(), every, now).await?
    };
    let mut asked =
        Asked { written: shown_as_written(&arguments.url), json: arguments.json, out: Output::new() };
    let added = match added {
        Added::Choices(feeds) => match asked.choose(feeds, pick)? {
            Some(chosen) => tasks::follow(&session.store, chosen, folder, every, now).await?,
            None => return Ok(Done::Nothing),
        },
        other => other,
    };
    match added {
        Added::Known(url) => tell_known(session, &mut asked, &url).await,
        added => asked.tell(added),
    }
}

/// What was asked for, and where the answer goes.
struct Asked {
    /// The address as it was written, fit to be shown.
    written: String,
    json: bool,
    out: Output,
}

/// One line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    outcome: &'static str,
    feed: Option<i64>,
    title: Option<&'a str>,
    url: &'a str,
    entries: Option<usize>,
}

/// Says which of the feeds followed it is.
async fn tell_known(session: &Session, asked: &mut Asked, url: &Url) -> anyhow::Result<Done> {
    let subscriptions = session.store.subscriptions().await?;
    let known = subscriptions.feeds.iter().find(|subscription| &subscription.url == url);
    let url = shown(url);
    let feed = known.map(|known| known.feed.0);
    let title = known.map(|known| known.title.as_str());
    let line = Line { outcome: "known", feed, title, url: &url, entries: None };
    asked.say(&line, &format!("{url} is followed already"))?;
    asked.out.flush()?;
    Ok(Done::All)
}

impl Asked {
    fn tell(&mut self, added: Added) -> anyhow::Result<Done> {
        match added {
            Added::Followed { feed, url, title, entries } => {
                let noun = if entries == 1 { "entry" } else { "entries" };
                let url = shown(&url);
                // Where it was found by another address, that is news.
                let found = if self.written.contains(&url) { String::new() } else { format!(" · {url}") };
                let said = format!("added {title} · {entries} {noun}{found}");
                let line = Line {
                    outcome: "added",
                    feed: Some(feed.0),
                    title: Some(&title),
                    url: &url,
                    entries: Some(entries),
                };
                self.say(&line, &said)?;
            }
            Added::Unseen { feed, url } => {
                let url = shown(&url);
                let line =
                    Line { outcome: "added", feed: Some(feed.0), title: None, url: &url, entries: None };
                self.say(&line, &format!("added {url}; not fetched yet"))?;
            }
            Added::Refused(problem) => bail!("cannot add {}: {problem}{}", self.written, hint(&problem)),
            Added::Known(_) | Added::Choices(_) => unreachable!("told before"),
        }
        self.out.flush()?;
        Ok(Done::All)
    }

    fn say(&mut self, line: &Line<'_>, words: &str) -> std::io::Result<()> {
        if self.json { self.out.json(line) } else { self.out.line(words) }
    }

    /// Lets a person choose; whoever else asked is told what there is.
    fn choose(&mut self, mut feeds: Vec<FoundFeed>, pick: Pick) -> anyhow::Result<Option<FoundFeed>> {
        choice::list(&feeds, self.json, &mut self.out)?;
        self.out.flush()?;
        if let Pick::Number(number) = pick {
            let last = feeds.len();
            complain(&format!(
                "cannot add {}: there is no feed {number} of it, only 1 to {last}",
                self.written
            ));
            return Ok(None);
        }
        if !self.json && choice::person_is_there() {
            return Ok(choice::ask(feeds.len())?.map(|index| feeds.swap_remove(index)));
        }
        complain(&format!(
            "cannot add {}: it has {} feeds; choose one with --feed N, take the first with --first, or add its own address",
            self.written,
            feeds.len()
        ));
        Ok(None)
    }
}

/// Reads an address as people write them: without `https://` it is understood.
fn addresses(text: &str) -> anyhow::Result<Vec<Url>> {
    if is_file(text) {
        bail!(WrongUsage(format!(
            "{text} is a file: newsterm import takes lists of feeds, newsterm parse reads feeds; write https:// before an address"
        )));
    }
    match feed::feed_addresses(text) {
        Ok(addresses) => Ok(addresses),
        Err(why) => bail!(WrongUsage(format!("\"{}\" is not a web address; {why}", shown_as_written(text)))),
    }
}

/// Tells whether a text names a file: by its look, or because there is one.
fn is_file(text: &str) -> bool {
    let is_path = ["./", "../", "~/"].iter().any(|start| text.starts_with(start));
    is_path || text.starts_with('/') && !text.starts_with("//") || Path::new(text).is_file()
}

fn pick(arguments: &AddArguments) -> anyhow::Result<Pick> {
    match arguments.feed {
        Some(0) => bail!(WrongUsage("feeds are counted from 1".to_owned())),
        Some(number) => Ok(Pick::Number(number)),
        None if arguments.first => Ok(Pick::First),
        None => Ok(Pick::Ask),
    }
}

fn folder_path(folder: Option<&str>) -> Vec<String> {
    let names = folder.unwrap_or_default().split('/').map(html::clean_line);
    names.filter(|name| !name.is_empty()).collect()
}

fn hint(problem: &FetchProblem) -> &'static str {
    match problem {
        FetchProblem::Unreachable(_) | FetchProblem::TimedOut | FetchProblem::LeftAlone { .. } => {
            " (newsterm --offline add follows it without a look)"
        }
        FetchProblem::NotAFeed(_) => " (give the address of the feed itself)",
        FetchProblem::Status { .. }
        | FetchProblem::TooLarge { .. }
        | FetchProblem::BrokenAnswer(_)
        | FetchProblem::BadRedirect(_)
        | FetchProblem::PrivateAddress
        | FetchProblem::NoPassword(_)
        | FetchProblem::NotStored(_) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_may_lie_in_a_folder() {
        assert_eq!(folder_path(Some("World/ Asia /")), ["World", "Asia"]);
        assert!(folder_path(None).is_empty());
    }
}
