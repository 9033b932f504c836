//! `newsterm extract`: the article of a web page; no library.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::arguments::{ExtractArguments, Place};
use super::output::{self, Output, complain};
use super::session;
use super::{Done, WrongUsage};
use crate::config::Places;
use crate::extract::{Hints, Obstacle, PageArticle, SiteMemory, extract};
use crate::feed;
use crate::html;
use crate::model::{PageProblem, Url};
use crate::web::{Answer, AnyWeb, HttpClient, Kind, Offline, Request, Web};

/// Extracts each page; one that cannot be read is a line with its error.
pub(super) async fn run(place: &Place, arguments: ExtractArguments) -> anyhow::Result<Done> {
    let sites = Arc::new(if arguments.learn { learn(place, &arguments).await? } else { Sites::default() });
    let mut out = Output::new();
    let mut failed = 0;
    for name in &arguments.pages {
        match article_of(place, &arguments, name, &sites).await {
            Ok(article) => write(&mut out, arguments.json, name, &article)?,
            Err(error) => {
                failed += 1;
                if arguments.json {
                    out.json(&JsonError { file: name, error: &error })?;
                } else {
                    complain(&format!("{name}: {error}"));
                }
            }
        }
    }
    out.flush()?;
    Ok(match failed {
        0 => Done::All,
        all if all == arguments.pages.len() || arguments.json => Done::Nothing,
        _ => Done::Partly,
    })
}

/// What was learnt of sites, by their hosts; pages that say nothing of their address are one site.
#[derive(Default)]
struct Sites {
    memories: HashMap<String, SiteMemory>,
    /// The hosts of the pages by their names.
    hosts: HashMap<String, String>,
}

/// Looks at all pages once.
async fn learn(place: &Place, arguments: &ExtractArguments) -> anyhow::Result<Sites> {
    let mut sites = Sites::default();
    for name in &arguments.pages {
        if name == "-" || html::web_url(name, None).is_some() {
            let words = "--learn reads its pages twice and takes files only".to_owned();
            return Err(WrongUsage(words).into());
        }
        // What cannot be read is said when its turn comes.
        let Ok(article) = article_of(place, arguments, name, &Arc::default()).await else {
            continue;
        };
        let host = article.url.as_ref().and_then(Url::host_str).unwrap_or_default();
        sites.memories.entry(host.to_owned()).or_default().learn(&article.prints);
        sites.hosts.insert(name.clone(), host.to_owned());
    }
    Ok(sites)
}

/// Reads a page, and finds its article on a thread where that may take its time.
async fn article_of(
    place: &Place,
    arguments: &ExtractArguments,
    name: &str,
    sites: &Arc<Sites>,
) -> Result<PageArticle, String> {
    let page = load(place, arguments, name).await?;
    let sites = Arc::clone(sites);
    let extracting = tokio::task::spawn_blocking(move || page.article(&sites));
    extracting.await.map_err(|_| PageProblem::Unreadable.to_string())
}

/// A page as it came.
struct Page {
    name: String,
    html: String,
    url: Option<Url>,
}

impl Page {
    fn article(&self, sites: &Sites) -> PageArticle {
        let site = sites.hosts.get(&self.name).and_then(|host| sites.memories.get(host));
        extract(&self.html, self.url.as_ref(), &Hints { site, ..Hints::default() })
    }
}

/// Reads a file, standard input, or what lies at an address.
async fn load(place: &Place, arguments: &ExtractArguments, name: &str) -> Result<Page, String> {
    if let Some(url) = html::web_url(name, None) {
        return fetch(place, name, url).await;
    }
    let bytes = if name == "-" {
        output::read_bounded(std::io::stdin())
    } else {
        File::open(Path::new(name)).and_then(output::read_bounded)
    };
    let bytes = bytes.map_err(|error| format!("cannot be read: {error}"))?;
    page(name, &bytes, None, arguments.url.clone())
}

async fn fetch(place: &Place, name: &str, url: Url) -> Result<Page, String> {
    let web = web(place).map_err(|error| format!("{error:#}"))?;
    match web.get(Request::new(url).for_kind(Kind::Page)).await {
        Ok(Answer::Document(document)) => {
            page(name, &document.bytes, document.content_type.as_deref(), Some(document.url))
        }
        Ok(Answer::NotModified) => Err("the server has nothing new".to_owned()),
        Err(problem) => Err(problem.to_string()),
    }
}

/// Makes the way to the web, as the settings want it; the library is not touched.
fn web(place: &Place) -> anyhow::Result<AnyWeb> {
    if place.offline {
        return Ok(AnyWeb::Offline(Offline));
    }
    let (effective, _) = session::settings(&Places::find(place.dir().as_deref())?);
    Ok(AnyWeb::Http(HttpClient::new(&session::web_settings(&effective.settings))?))
}

fn page(name: &str, bytes: &[u8], content_type: Option<&str>, url: Option<Url>) -> Result<Page, String> {
    let html = feed::decode(bytes, content_type).map_err(|error| error.to_string())?;
    Ok(Page { name: name.to_owned(), html: html.into_owned(), url })
}

#[derive(Serialize)]
struct JsonError<'a> {
    file: &'a str,
    error: &'a str,
}

#[derive(Serialize)]
struct JsonArticle<'a> {
    file: &'a str,
    title: &'a str,
    standfirst: Option<&'a str>,
    byline: &'a [String],
    date: Option<String>,
    site: Option<&'a str>,
    language: Option<&'a str>,
    lead_image: Option<&'a str>,
    obstacle: Option<&'static str>,
    next_page: Option<&'a str>,
    text: &'a str,
    html: &'a str,
}

fn write(out: &mut Output, as_json: bool, name: &str, article: &PageArticle) -> std::io::Result<()> {
    if as_json {
        return out.json(&JsonArticle {
            file: name,
            title: &article.title,
            standfirst: article.standfirst.as_deref(),
            byline: &article.authors,
            date: article.date.map(|date| date.to_string()),
            site: article.site.as_deref(),
            language: article.language.as_deref(),
            lead_image: article.lead_image.as_ref().map(Url::as_str),
            obstacle: article.obstacle.map(Obstacle::as_str),
            next_page: article.next_page.as_ref().map(Url::as_str),
            text: &article.text,
            html: article.html.as_str(),
        });
    }
    let date = article.date.map(|date| date.to_string());
    let facts: Vec<&str> =
        article.site.iter().chain(&article.authors).chain(&date).map(String::as_str).collect();
    let obstacle = article.obstacle.map(|obstacle| format!("({})", PageProblem::from(obstacle)));
    let head = [Some(article.title.clone()), Some(facts.join(" · ")), article.standfirst.clone(), obstacle];
    for part in head.iter().flatten().filter(|part| !part.is_empty()) {
        out.line(part)?;
        out.line("")?;
    }
    article.text.lines().try_for_each(|line| out.line(line))?;
    out.line("")
}
