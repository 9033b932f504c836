//! Feeds that come with the program: the welcome, and the sample library of `--demo`.
//!
//! Their dates are written as ages, `{{rfc2822 -12m}}`, and filled in when they are served, so that
//! they are news whenever one looks.

use std::fmt::Write as _;

use crate::feed::{self, Source};
use crate::html;
use crate::model::{FeedId, Timestamp, Url};
use crate::store::{NewSubscription, Store, StoreError, Validators};

const WELCOME: &str = include_str!("../../assets/welcome.xml");
const WELCOME_URL: &str = "newsterm:welcome";
/// The name of the note that the welcome is done with.
const WELCOMED: &str = "welcomed";

/// A feed of the sample library: path, MIME type, folder, document.
type SampleFeed = (&'static str, &'static str, &'static str, &'static str);

const FEEDS: [SampleFeed; 6] = [
    ("/tidewater.rss", "application/rss+xml", "World", include_str!("../../assets/demo/tidewater.rss")),
    ("/meridian.atom", "application/atom+xml", "World", include_str!("../../assets/demo/meridian.atom")),
    (
        "/kernelpost.atom",
        "application/atom+xml",
        "Technology",
        include_str!("../../assets/demo/kernelpost.atom"),
    ),
    ("/observatory.rdf", "application/rdf+xml", "Science", include_str!("../../assets/demo/observatory.rdf")),
    ("/longtable.json", "application/feed+json", "", include_str!("../../assets/demo/longtable.json")),
    ("/mosaic.rss", "application/rss+xml", "", include_str!("../../assets/demo/mosaic.rss")),
];

const PICTURES: [(&str, &[u8]); 3] = [
    ("/harbour.png", include_bytes!("../../assets/demo/harbour.png")),
    ("/orchard.png", include_bytes!("../../assets/demo/orchard.png")),
    ("/sarrow.png", include_bytes!("../../assets/demo/sarrow.png")),
];

/// A file of the sample library.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SampleFile {
    /// Where it is served.
    pub path: String,
    /// Its MIME type.
    pub mime: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Puts the welcome feed into a library that is new; tells whether it did.
///
/// One that was left without its entries, by an end in between, is completed. Later starts only look at a note.
pub async fn welcome(store: &Store, now: Timestamp) -> Result<bool, StoreError> {
    if store.recall(WELCOMED).await?.is_some() {
        return Ok(false);
    }
    let url = Url::parse(WELCOME_URL).expect("a constant address");
    let feed = welcome_feed(store, url.clone()).await?;
    if let Some(feed) = feed {
        let document = dated(WELCOME, now);
        let parsed =
            feed::parse(document.as_bytes(), &Source::default()).expect("the embedded welcome is a feed");
        store.ingest(feed, url, parsed, Validators::default(), now).await?;
    }
    store.remember(WELCOMED, "yes".to_owned()).await?;
    Ok(feed.is_some())
}

/// Gives the welcome feed where it is due: in a library without any other.
async fn welcome_feed(store: &Store, url: Url) -> Result<Option<FeedId>, StoreError> {
    if store.is_new().await? {
        return store.subscribe_quietly(NewSubscription::to(url)).await;
    }
    let feeds = store.subscriptions().await?.feeds;
    Ok(match &feeds[..] {
        [only] if only.url == url => Some(only.feed),
        _ => None,
    })
}

/// Lists the files of the sample library: feeds, pictures, and a page for each article.
pub fn sample_files(base: &Url, now: Timestamp) -> Vec<SampleFile> {
    let mut files: Vec<SampleFile> = PICTURES
        .iter()
        .map(|(path, bytes)| SampleFile {
            path: (*path).to_owned(),
            mime: "image/png".to_owned(),
            bytes: bytes.to_vec(),
        })
        .collect();
    for (path, mime, _, document) in FEEDS {
        let document = dated(document, now);
        files.extend(pages(&document, base));
        files.push(SampleFile { path: path.to_owned(), mime: mime.to_owned(), bytes: document.into_bytes() });
    }
    files
}

/// Lists the subscriptions of the sample library.
pub fn sample_subscriptions(base: &Url) -> Vec<NewSubscription> {
    let feed = |(path, _, folder, _): &SampleFeed| NewSubscription {
        folder: Some(*folder).filter(|name| !name.is_empty()).map(str::to_owned).into_iter().collect(),
        ..NewSubscription::to(base.join(path).expect("a constant path"))
    };
    FEEDS.iter().map(feed).collect()
}

/// Makes the page that each article of a feed links to, for the browser.
fn pages(document: &str, base: &Url) -> Vec<SampleFile> {
    let parsed =
        feed::parse(document.as_bytes(), &Source::at(base.clone())).expect("the embedded samples are feeds");
    let page = |entry: crate::model::ParsedEntry| {
        let link = entry.link.filter(|link| link.origin() == base.origin())?;
        let text = entry.content.or(entry.summary).unwrap_or_default();
        let title = html::escape(&entry.title);
        let body = html::clean(&text, Some(base));
        let page = format!(
            "<!doctype html><html><head><meta charset=\"utf-8\"><title>{title}</title></head>\
             <body><article><h1>{title}</h1>{}</article></body></html>",
            body.as_str()
        );
        Some(SampleFile {
            path: link.path().to_owned(),
            mime: "text/html; charset=utf-8".to_owned(),
            bytes: page.into_bytes(),
        })
    };
    parsed.entries.into_iter().filter_map(page).collect()
}

/// Fills in the dates: `{{rfc2822 -12m}}` becomes the date of twelve minutes ago.
fn dated(document: &str, now: Timestamp) -> String {
    let mut out = String::with_capacity(document.len());
    let mut rest = document;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((placeholder, after)) = after.split_once("}}") else {
            out.push_str("{{");
            rest = after;
            continue;
        };
        match date(placeholder, now) {
            Some(date) => out.push_str(&date),
            None => write!(out, "{{{{{placeholder}}}}}").expect("writing to a string"),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn date(placeholder: &str, now: Timestamp) -> Option<String> {
    let (format, age) = placeholder.split_once(" -")?;
    let (number, unit) = age.split_at_checked(age.len().checked_sub(1)?)?;
    let seconds = match unit {
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    let age = number.parse::<i64>().ok()?.checked_mul(seconds)?;
    let moment = Timestamp::from_second(now.as_second().checked_sub(age)?).ok()?;
    match format {
        "rfc3339" => Some(moment.to_string()),
        "rfc2822" => jiff::fmt::rfc2822::to_string(&moment.to_zoned(jiff::tz::TimeZone::UTC)).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::sample::Desk;

    fn noon() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn ages_become_dates() {
        assert_eq!(dated("<d>{{rfc3339 -90m}}</d>", noon()), "<d>2026-11-22T10:30:00Z</d>");
        assert_eq!(dated("{{rfc2822 -1d}}", noon()), "Sat, 21 Nov 2026 12:00:00 +0000");
    }

    #[test]
    fn braces_that_are_no_ages_stay() {
        for text in ["{{ user }}", "a {{ b", "{{rfc3339 -é}}", "{{rfc3339 -99999999999999999d}}"] {
            assert_eq!(dated(text, noon()), text);
        }
    }

    #[test]
    fn the_sample_library_has_a_page_for_every_article() {
        let base = Url::parse("http://127.0.0.1:9/").unwrap();
        let files = sample_files(&base, noon());
        let pages = files.iter().filter(|file| file.mime.starts_with("text/html"));
        assert!(pages.count() >= 24);
        assert!(files.iter().all(|file| !String::from_utf8_lossy(&file.bytes).contains("{{rfc")));
    }

    #[tokio::test]
    async fn a_welcome_that_was_broken_off_is_completed() {
        let desk = Desk::following(&[]).await;
        let url = Url::parse(WELCOME_URL).unwrap();
        desk.store.subscribe_quietly(NewSubscription::to(url)).await.unwrap();
        assert!(welcome(&desk.store, desk.now).await.unwrap());
        assert_eq!(desk.store.subscriptions().await.unwrap().library.unread, 4);
    }

    #[tokio::test]
    async fn a_library_with_feeds_of_its_own_is_not_welcomed() {
        let desk = Desk::following(&["http://a.test/"]).await;
        assert!(!welcome(&desk.store, desk.now).await.unwrap());
        assert_eq!(desk.store.subscriptions().await.unwrap().feeds.len(), 1);
    }

    #[tokio::test]
    async fn a_new_library_is_welcomed_once() {
        let desk = Desk::following(&[]).await;
        assert!(welcome(&desk.store, desk.now).await.unwrap());
        assert!(!welcome(&desk.store, desk.now).await.unwrap());
        assert_eq!(desk.store.subscriptions().await.unwrap().library.unread, 4);
        assert_eq!(desk.store.undo().await.unwrap(), None);
    }
}
