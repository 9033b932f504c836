//! The articles of entries' pages, and why some gave none. Wide text, read for one entry at a time.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::writer::Urgency;
use super::{Store, StoreError, column, sites};
use crate::extract::{PagePrints, SiteMemory};
use crate::model::{EntryId, PageProblem, PageText, Text, Timestamp, Url};

/// What is kept of an entry's page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredPage {
    /// Its article, as far as it ever gave one.
    pub text: Option<PageText>,
    /// Which of the entry's texts the reader looked at last.
    pub shown: Text,
    /// Why it gave none when it was asked last.
    pub problem: Option<PageProblem>,
    /// By itself it is not asked before then.
    pub not_before: Option<Timestamp>,
}

impl Store {
    /// Reads what is kept of an entry's page; none when it was never asked.
    pub async fn page(&self, entry: EntryId) -> Result<Option<StoredPage>, StoreError> {
        self.read(move |conn| load(conn, entry)).await
    }

    /// Keeps the article of an entry's page, and learns from the page what its site shows on all pages.
    pub async fn keep_page(
        &self,
        entry: EntryId,
        page: PageText,
        prints: PagePrints,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let work = move |tx: &Transaction<'_>| keep_and_learn(tx, entry, &page, &prints, now);
        self.inner.writer.transact(Urgency::Content, work).await
    }

    /// Notes why an entry's page gave no article; by itself it is not asked again before then.
    pub async fn note_page_problem(
        &self,
        entry: EntryId,
        problem: PageProblem,
        not_before: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let work = move |tx: &Transaction<'_>| note_problem(tx, entry, &problem, not_before, now);
        self.inner.writer.transact(Urgency::Content, work).await
    }

    /// Keeps which of its texts the reader looked at last.
    pub async fn remember_text(&self, entry: EntryId, text: Text) -> Result<(), StoreError> {
        self.inner.writer.transact(Urgency::Mark, move |tx| remember_text(tx, entry, text)).await
    }

    /// Recalls what the pages of a site have in common.
    pub async fn site_memory(&self, url: Url) -> Result<SiteMemory, StoreError> {
        self.read(move |conn| sites::recall(conn, &url)).await
    }
}

/// Keeps an article, and learns from its page unless it was here before: it would teach its own article.
fn keep_and_learn(
    tx: &Transaction<'_>,
    entry: EntryId,
    page: &PageText,
    prints: &PagePrints,
    now: Timestamp,
) -> rusqlite::Result<()> {
    if !is_known(tx, &page.url)? {
        sites::learn(tx, &page.url, prints, now)?;
    }
    keep(tx, entry, page, now)
}

/// Reads what is kept; none when the page was never asked.
fn load(conn: &Connection, entry: EntryId) -> rusqlite::Result<Option<StoredPage>> {
    conn.prepare_cached(
        "SELECT shown, problem, not_before, url, title, standfirst, authors, day, site, language, lead_image, html \
         FROM page_text WHERE entry = ?1",
    )?
    .query_row([entry.0], |row| {
        let problem: Option<String> = row.get(1)?;
        Ok(StoredPage {
            text: text(row)?,
            shown: if row.get_ref(0)?.as_str()? == FEED { Text::Feed } else { Text::Page },
            problem: problem.and_then(|json| serde_json::from_str(&json).ok()),
            not_before: column::timestamp_or_none(row, 2)?,
        })
    })
    .optional()
}

const FEED: &str = "feed";
const PAGE: &str = "page";

fn text(row: &Row<'_>) -> rusqlite::Result<Option<PageText>> {
    let (Some(url), Some(html)) = (column::url(row, 3)?, column::long_text(row, 11)?) else {
        return Ok(None);
    };
    let day: Option<String> = row.get(7)?;
    Ok(Some(PageText {
        url,
        title: row.get(4)?,
        standfirst: row.get(5)?,
        authors: column::json(row, 6)?,
        date: day.and_then(|day| day.parse().ok()),
        site: row.get(8)?,
        language: row.get(9)?,
        lead_image: column::url(row, 10)?,
        html,
    }))
}

/// Keeps an article in place of what was kept; it is what the reader looks at next.
/// An entry that is gone meanwhile keeps nothing.
fn keep(tx: &Transaction<'_>, entry: EntryId, page: &PageText, now: Timestamp) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO page_text (entry, shown, asked, fetched, url, title, standfirst, authors, day, site, \
         language, lead_image, html) \
         SELECT entry, 'page', ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 FROM body WHERE entry = ?1",
    )?
    .execute(params![
        entry.0,
        now.as_second(),
        page.url.as_str(),
        page.title,
        page.standfirst,
        column::to_json(&page.authors)?,
        page.date.map(|day| day.to_string()),
        page.site,
        page.language,
        page.lead_image.as_ref().map(Url::as_str),
        column::packed(Some(&page.html)),
    ])
    .map(drop)
}

/// Notes why the page gave no article; an earlier one stays.
fn note_problem(
    tx: &Transaction<'_>,
    entry: EntryId,
    problem: &PageProblem,
    not_before: Timestamp,
    now: Timestamp,
) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO page_text (entry, asked, problem, not_before) \
         SELECT entry, ?2, ?3, ?4 FROM body WHERE entry = ?1 \
         ON CONFLICT (entry) DO UPDATE SET asked = ?2, problem = ?3, not_before = ?4",
    )?
    .execute(params![entry.0, now.as_second(), column::to_json(problem)?, not_before.as_second()])
    .map(drop)
}

/// Keeps which text the reader looked at last.
fn remember_text(tx: &Transaction<'_>, entry: EntryId, text: Text) -> rusqlite::Result<()> {
    let shown = match text {
        Text::Feed => FEED,
        Text::Page => PAGE,
    };
    tx.prepare_cached("UPDATE page_text SET shown = ?2 WHERE entry = ?1")?
        .execute(params![entry.0, shown])
        .map(drop)
}

/// Tells whether the article of a page is kept for any entry.
fn is_known(conn: &Connection, url: &Url) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM page_text WHERE url = ?1")?.exists([url.as_str()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;
    use crate::store::sample::{self, at, entries, transact};

    fn page() -> PageText {
        PageText {
            url: Url::parse("http://a.test/1").unwrap(),
            title: "Talks resume".to_owned(),
            standfirst: Some("In short.".to_owned()),
            authors: vec!["Ada \"the\" Author".to_owned()],
            date: Some("2026-11-22".parse().unwrap()),
            site: Some("The Courier".to_owned()),
            language: Some("en".to_owned()),
            lead_image: Some(Url::parse("http://a.test/1.png").unwrap()),
            html: "<p>Whole.</p>".to_owned(),
        }
    }

    fn with_entry() -> (Connection, crate::model::FeedId) {
        let mut conn = open::in_memory();
        let feed = sample::feed(&mut conn, "http://a.test/feed");
        sample::ingest(&mut conn, feed, &entries(&[("one", 1)]));
        (conn, feed)
    }

    const ENTRY: EntryId = EntryId(1);

    #[test]
    fn an_article_comes_out_as_it_was_kept() {
        let (mut conn, _) = with_entry();
        assert_eq!(load(&conn, ENTRY).unwrap(), None);
        transact(&mut conn, |tx| keep(tx, ENTRY, &page(), at(5)));
        let kept = load(&conn, ENTRY).unwrap().unwrap();
        assert_eq!(
            kept,
            StoredPage { text: Some(page()), shown: Text::Page, problem: None, not_before: None }
        );
        assert!(is_known(&conn, &page().url).unwrap());
    }

    #[test]
    fn a_problem_is_kept_with_its_end_and_leaves_an_article_alone() {
        let (mut conn, _) = with_entry();
        let refused = PageProblem::Refused { code: 403, reason: Some("Forbidden".to_owned()) };
        transact(&mut conn, |tx| note_problem(tx, ENTRY, &refused, at(9), at(5)));
        let noted = load(&conn, ENTRY).unwrap().unwrap();
        assert_eq!((noted.text, noted.not_before), (None, Some(at(9))));
        assert_eq!(noted.problem, Some(refused));
        transact(&mut conn, |tx| keep(tx, ENTRY, &page(), at(10)));
        assert_eq!(load(&conn, ENTRY).unwrap().unwrap().problem, None);
        transact(&mut conn, |tx| note_problem(tx, ENTRY, &PageProblem::Paywall, at(30), at(20)));
        let later = load(&conn, ENTRY).unwrap().unwrap();
        assert_eq!((later.text, later.problem), (Some(page()), Some(PageProblem::Paywall)));
    }

    #[test]
    fn every_problem_is_read_as_it_was_written() {
        let text = || "why".to_owned();
        for problem in [
            PageProblem::ConsentWall,
            PageProblem::LeftAlone { until: at(7) },
            PageProblem::TooLarge { limit_mb: 20 },
            PageProblem::NotAPage(text()),
            PageProblem::Unreachable(text()),
            PageProblem::Refused { code: 499, reason: None },
        ] {
            let json = column::to_json(&problem).unwrap();
            assert_eq!(serde_json::from_str::<PageProblem>(&json).unwrap(), problem);
        }
    }

    #[test]
    fn the_text_looked_at_last_is_kept() {
        let (mut conn, _) = with_entry();
        transact(&mut conn, |tx| keep(tx, ENTRY, &page(), at(5)));
        transact(&mut conn, |tx| remember_text(tx, ENTRY, Text::Feed));
        assert_eq!(load(&conn, ENTRY).unwrap().unwrap().shown, Text::Feed);
    }

    #[test]
    fn it_stays_when_the_feed_edits_the_entry_and_goes_with_the_body() {
        let (mut conn, feed) = with_entry();
        transact(&mut conn, |tx| keep(tx, ENTRY, &page(), at(5)));
        let mut edited = entries(&[("one", 1)]);
        edited[0].content = Some("corrected".to_owned());
        assert_eq!(sample::ingest(&mut conn, feed, &edited).changed, 1);
        assert!(load(&conn, ENTRY).unwrap().is_some());
        conn.execute_batch("DELETE FROM body WHERE entry = 1; DELETE FROM entry WHERE id = 1").unwrap();
        assert_eq!(load(&conn, ENTRY).unwrap(), None);
    }

    #[test]
    fn a_page_that_is_here_already_teaches_nothing_new() {
        let (mut conn, feed) = with_entry();
        sample::ingest(&mut conn, feed, &entries(&[("two", 2)]));
        let prints = PagePrints::default();
        for (entry, second) in [(1, 5), (2, 9), (1, 12)] {
            transact(&mut conn, |tx| keep_and_learn(tx, EntryId(entry), &page(), &prints, at(second)));
        }
        let seen: i64 = conn.query_row("SELECT seen FROM site_memory", [], |row| row.get(0)).unwrap();
        assert_eq!(seen, 5);
    }

    #[test]
    fn what_comes_for_an_entry_that_is_gone_is_not_kept() {
        let mut conn = open::in_memory();
        transact(&mut conn, |tx| keep(tx, ENTRY, &page(), at(5)));
        transact(&mut conn, |tx| note_problem(tx, ENTRY, &PageProblem::Paywall, at(9), at(5)));
        assert_eq!(load(&conn, ENTRY).unwrap(), None);
    }

    #[test]
    fn a_page_is_found_by_its_address_without_a_look_at_all() {
        let (conn, _) = with_entry();
        let plan = sample::plan(&conn, "SELECT 1 FROM page_text WHERE url = ?1");
        assert!(plan.contains("page_text_url"), "{plan}");
    }
}
