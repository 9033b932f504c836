//! Fetches the text of an entry from its page, and keeps it.
//!
//! Order: look whether its host wants to be left alone; `fetch` the page; extract its article on a thread of its own;
//! `join` the pages that follow; store. Whatever stands in the way has a name, is kept with its time, and leaves the
//! feed's text as it is. `summary` tells which entries are in need of it.

mod fetch;
mod join;
mod summary;

use std::time::Duration;

use tokio::time::timeout;

use self::fetch::{Fetched, fetch};
use self::join::Joined;
use super::asking::Asking;
use super::host_holds::{self, Listening};
use super::login::Logins;
use super::open_article::page_article;
use crate::extract::{Hints, PageArticle, SiteMemory, extract};
use crate::model::{Article, EntryId, PageProblem, PageText, Timestamp, Url};
use crate::store::{Store, StoreError, StoredEntry};
use crate::web::Web;

pub(in crate::tasks) use self::summary::is_only_summary;

/// So long a page may take to be read; the largest take a few seconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// Fetches an entry's text from its page and keeps it; or keeps why there is none.
pub async fn full_text(
    store: &Store,
    web: &impl Web,
    entry: EntryId,
    now: Timestamp,
) -> Result<Result<Article, PageProblem>, StoreError> {
    let Some(stored) = store.entry(entry).await? else {
        return Ok(Err(PageProblem::NoLink));
    };
    let listening = Listening::to(web);
    let read = read(store, &listening, &stored, now).await?;
    if let Err(error) = listening.note_holds(store, now).await {
        tracing::warn!(%error, "what hosts asked for could not be stored");
    }
    match read {
        Ok(joined) => {
            let text = keep(store, entry, joined, now).await.unwrap_or_else(|(text, error)| {
                tracing::warn!(%entry, %error, "the page's text could not be stored: it is shown this once");
                text
            });
            Ok(Ok(page_article(stored, text).await))
        }
        Err(problem) => {
            tracing::debug!(%entry, %problem, "no text from its page");
            note(store, entry, &problem, now).await?;
            Ok(Err(problem))
        }
    }
}

/// Fetches the article of a page that an entry's text links to. Nothing of it is kept.
pub async fn visit(
    store: &Store,
    web: &impl Web,
    entry: EntryId,
    url: &Url,
    now: Timestamp,
) -> Result<Result<Article, PageProblem>, StoreError> {
    let Some(stored) = store.entry(entry).await? else {
        return Ok(Err(PageProblem::NoLink));
    };
    // Nothing that the entry says is said of this page.
    let linked = StoredEntry {
        title: String::new(),
        authors: Vec::new(),
        published: None,
        content: None,
        summary: None,
        enclosures: Vec::new(),
        comments: None,
        tags: Vec::new(),
        link: Some(url.clone()),
        ..stored
    };
    let listening = Listening::to(web);
    let read = read(store, &listening, &linked, now).await?;
    if let Err(error) = listening.note_holds(store, now).await {
        tracing::warn!(%error, "what hosts asked for could not be stored");
    }
    let joined = match read {
        Ok(joined) => joined,
        Err(problem) => return Ok(Err(problem)),
    };
    let text = text_of(joined);
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let outlet = text.site.clone().unwrap_or(host);
    let article = page_article(linked, text).await;
    Ok(Ok(Article { outlet, has_other: false, ..article }))
}

/// Keeps an article; gives the text that is kept now, or what cannot be. One that is cut off does not take the place of a longer
/// one, and is asked for again.
async fn keep(
    store: &Store,
    entry: EntryId,
    joined: Joined,
    now: Timestamp,
) -> Result<PageText, (PageText, StoreError)> {
    let (prints, cut_off) = (joined.first.prints.clone(), joined.cut_off().cloned());
    let text = text_of(joined);
    let keeping = async {
        let kept = match cut_off {
            Some(_) => store.page(entry).await?.and_then(|page| page.text),
            None => None,
        };
        let longer = kept.filter(|kept| kept.html.len() > text.html.len());
        if longer.is_none() {
            store.keep_page(entry, text.clone(), prints, now).await?;
        }
        if let Some(problem) = &cut_off {
            note(store, entry, problem, now).await?;
        }
        Ok(longer)
    };
    match keeping.await {
        Ok(longer) => Ok(longer.unwrap_or(text)),
        Err(error) => Err((text, error)),
    }
}

/// Keeps what stood in the way, and until when the page is not asked again by itself.
async fn note(
    store: &Store,
    entry: EntryId,
    problem: &PageProblem,
    now: Timestamp,
) -> Result<(), StoreError> {
    match rest(problem, now) {
        Some(until) => store.note_page_problem(entry, problem.clone(), until, now).await,
        None => Ok(()),
    }
}

/// Tells until when the page is not asked again by itself; what is over at once is not kept.
fn rest(problem: &PageProblem, now: Timestamp) -> Option<Timestamp> {
    if let PageProblem::LeftAlone { until } = problem {
        return Some(*until);
    }
    let rest = problem.rest();
    (!rest.is_zero()).then(|| now.checked_add(rest).unwrap_or(Timestamp::MAX))
}

async fn read(
    store: &Store,
    web: &impl Web,
    entry: &StoredEntry,
    now: Timestamp,
) -> Result<Result<Joined, PageProblem>, StoreError> {
    let Some(link) = &entry.link else {
        return Ok(Err(PageProblem::NoLink));
    };
    if let Some(until) = host_holds::held_until(store, std::slice::from_ref(link), now).await? {
        return Ok(Err(PageProblem::LeftAlone { until }));
    }
    let settings = store.settings(entry.feed).await?;
    let asking =
        Asking { web, feed: entry.feed_url.as_ref(), settings: &settings, logins: Logins::default(), now };
    let first = match fetch(&asking, link).await {
        Ok(first) => first,
        Err(problem) => return Ok(Err(problem)),
    };
    let site = store.site_memory(first.url.clone()).await?;
    Ok(pages(&asking, entry, link, first, &site).await)
}

/// Reads the first page and those that follow it.
async fn pages<W: Web>(
    asking: &Asking<'_, W>,
    entry: &StoredEntry,
    link: &Url,
    first: Fetched,
    site: &SiteMemory,
) -> Result<Joined, PageProblem> {
    let (first, article) = article_of(first, entry, site, None).await?;
    if let Some(obstacle) = article.obstacle {
        return Err(obstacle.into());
    }
    if article.html.is_empty() || is_less_than_the_feeds(&article, entry) {
        return Err(PageProblem::NoArticle);
    }
    let mut joined = Joined::new(link, first, article);
    while let Some(next) = joined.next().cloned() {
        let page = match fetch(asking, &next).await {
            Ok(page) => article_of(page, entry, site, Some(&joined.url)).await,
            Err(problem) => Err(problem),
        };
        joined.take(page);
    }
    Ok(joined)
}

/// Tells whether a page gave less than half of what the feed had given already.
fn is_less_than_the_feeds(article: &PageArticle, entry: &StoredEntry) -> bool {
    let known = entry.content.as_deref().or(entry.summary.as_deref()).map(crate::html::plain_text);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    article.next_page.is_none() && known.is_some_and(|known| letters(&article.text) * 2 < letters(&known))
}

/// Finds the article of a page, on a thread where that may take its time.
async fn article_of(
    page: Fetched,
    entry: &StoredEntry,
    site: &SiteMemory,
    first_page: Option<&Url>,
) -> Result<(Fetched, PageArticle), PageProblem> {
    let (entry, site, first_page) = (entry.clone(), site.clone(), first_page.cloned());
    let extracting = tokio::task::spawn_blocking(move || {
        let hints = Hints {
            title: Some(&entry.title),
            authors: &entry.authors,
            date: entry.published.map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).date()),
            summary: entry.content.as_deref().or(entry.summary.as_deref()),
            site: Some(&site),
            first_page: first_page.as_ref(),
        };
        let article = extract(&page.html, Some(&page.url), &hints);
        (page, article)
    });
    match timeout(PATIENCE, extracting).await {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(_)) | Err(_) => Err(PageProblem::Unreadable),
    }
}

fn text_of(joined: Joined) -> PageText {
    let html = joined.html();
    let Joined { first, url, .. } = joined;
    PageText {
        url,
        title: first.title,
        standfirst: first.standfirst,
        authors: first.authors,
        date: first.date,
        site: first.site,
        language: first.language,
        lead_image: first.lead_image,
        html,
    }
}

#[cfg(test)]
mod tests;
