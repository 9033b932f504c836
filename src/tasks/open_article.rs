//! Opens an article: reads the entry and its page as far as they are kept, and makes their HTML safe on the way out.

use std::sync::Arc;

use super::full_text::is_only_summary;
use crate::html;
use crate::model::{Article, CleanHtml, EntryId, FullText, PageText, Positions, Text, Texts, Timestamp};
use crate::store::{Store, StoreError, StoredEntry, StoredPage};

/// Reads the texts of an entry; none when there is none of that id. A feed without a setting of its own has its entries
/// completed as `full_text` says.
pub async fn open_article(
    store: &Store,
    entry: EntryId,
    full_text: FullText,
    now: Timestamp,
) -> Result<Option<Texts>, StoreError> {
    let Some(stored) = store.entry(entry).await? else {
        return Ok(None);
    };
    let (page, positions) = (store.page(entry).await?, store.positions(entry).await?);
    let full_text = store.settings(stored.feed).await?.full_text.unwrap_or(full_text);
    let bare = StoredEntry { content: None, summary: None, ..stored.clone() };
    let cleaning = tokio::task::spawn_blocking(move || texts(&stored, page, full_text, now));
    let texts = cleaning.await.unwrap_or_else(|error| {
        tracing::error!(%error, %entry, "the text could not be made safe");
        texts(&bare, None, FullText::Never, now)
    });
    Ok(Some(Texts { positions, ..texts }))
}

/// Makes an article of a page that has just been fetched.
pub(super) async fn page_article(stored: StoredEntry, page: PageText) -> Article {
    let bare = StoredEntry { content: None, summary: None, ..stored.clone() };
    let cleaning = tokio::task::spawn_blocking(move || of_page(&feed_article(stored), page));
    cleaning.await.unwrap_or_else(|error| {
        tracing::error!(%error, "the text could not be made safe");
        feed_article(bare)
    })
}

fn texts(stored: &StoredEntry, kept: Option<StoredPage>, full_text: FullText, now: Timestamp) -> Texts {
    let feed = feed_article(stored.clone());
    let StoredPage { text, shown, problem, not_before } =
        kept.unwrap_or(StoredPage { text: None, shown: Text::Page, problem: None, not_before: None });
    let page = text.map(|text| Arc::new(of_page(&feed, text)));
    let is_due = not_before.is_none_or(|moment| moment <= now);
    // What was cut off is asked for again.
    let is_whole = page.is_some() && problem.is_none();
    let is_wanted = !is_whole && is_due && is_to_be_completed(full_text, stored, &feed.body);
    let first = if page.is_some() { shown } else { Text::Feed };
    let feed = Arc::new(Article { has_other: page.is_some(), ..feed });
    let problem = problem.filter(|_| !is_due);
    Texts { feed, page, first, is_wanted, problem, positions: Positions::default() }
}

fn is_to_be_completed(full_text: FullText, stored: &StoredEntry, body: &CleanHtml) -> bool {
    match full_text {
        FullText::Auto => is_only_summary(stored, body),
        FullText::Always => stored.link.is_some(),
        FullText::Never => false,
    }
}

/// Makes an article of what the feed gave: the full text, else the summary.
fn feed_article(stored: StoredEntry) -> Article {
    let body = [&stored.content, &stored.summary]
        .into_iter()
        .flatten()
        .map(|html| html::clean(html, stored.base.as_ref()))
        .find(|clean| !clean.is_empty());
    let pictured = stored.enclosures.iter().find(|file| file.is_picture());
    Article {
        entry: stored.id,
        feed: stored.feed,
        title: stored.title,
        outlet: stored.outlet,
        authors: stored.authors,
        published: stored.published,
        tags: stored.tags,
        link: stored.link,
        status: stored.status,
        labels: stored.labels,
        lead_image: pictured.map(|file| file.url.clone()),
        enclosures: stored.enclosures,
        comments: stored.comments,
        standfirst: None,
        body: body.unwrap_or_else(CleanHtml::default),
        text: Text::Feed,
        has_other: false,
    }
}

/// Makes an article of what the page gave; what it does not tell is the feed's.
fn of_page(feed: &Article, page: PageText) -> Article {
    let line = |text: &str| html::clean_line(text);
    let title = Some(line(&page.title)).filter(|title| !title.is_empty());
    let authors: Vec<String> =
        page.authors.iter().map(|name| line(name)).filter(|name| !name.is_empty()).collect();
    Article {
        title: title.unwrap_or_else(|| feed.title.clone()),
        authors: if authors.is_empty() { feed.authors.clone() } else { authors },
        lead_image: page.lead_image.or_else(|| feed.lead_image.clone()),
        standfirst: page.standfirst.map(|text| line(&text)).filter(|text| !text.is_empty()),
        body: html::clean(&page.html, Some(&page.url)),
        text: Text::Page,
        has_other: true,
        ..feed.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::PagePrints;
    use crate::model::{FeedSetting, PageProblem, Url};
    use crate::store::Validators;
    use crate::tasks::sample::{Desk, feed_of};

    const ENTRY: EntryId = EntryId(1);

    async fn desk() -> Desk {
        let desk = Desk::following(&["http://a.test/"]).await;
        let feed = desk.store.subscriptions().await.unwrap().feeds[0].feed;
        let base = Url::parse("http://a.test/").unwrap();
        let parsed =
            crate::feed::parse(feed_of(&["one"]).as_bytes(), &crate::feed::Source::at(base.clone())).unwrap();
        desk.store.ingest(feed, base, parsed, Validators::default(), desk.now).await.unwrap();
        desk
    }

    fn page() -> PageText {
        PageText {
            url: Url::parse("http://a.test/one").unwrap(),
            title: "One, as the \u{1b}page has it".to_owned(),
            standfirst: Some("In short.".to_owned()),
            authors: Vec::new(),
            date: None,
            site: None,
            language: None,
            lead_image: None,
            html: "<p>Whole. <a href='/more'>More</a><script>alert(1)</script></p>".to_owned(),
        }
    }

    async fn opened(desk: &Desk, full_text: FullText) -> Texts {
        open_article(&desk.store, ENTRY, full_text, desk.now).await.unwrap().unwrap()
    }

    #[tokio::test]
    async fn a_summary_serves_where_there_is_no_full_text() {
        let texts = opened(&desk().await, FullText::Auto).await;
        assert!(texts.feed.body.as_str().contains("About one."));
        assert_eq!(texts.feed.outlet, "Sample");
        assert_eq!((&texts.page, texts.first, texts.feed.has_other), (&None, Text::Feed, false));
    }

    #[tokio::test]
    async fn an_entry_that_is_not_there_is_no_error() {
        let desk = Desk::following(&[]).await;
        assert_eq!(open_article(&desk.store, EntryId(9), FullText::Auto, desk.now).await.unwrap(), None);
    }

    #[tokio::test]
    async fn the_setting_decides_whether_opening_brings_the_page_and_a_feed_may_have_its_own() {
        let desk = desk().await;
        assert!(opened(&desk, FullText::Auto).await.is_wanted);
        assert!(!opened(&desk, FullText::Never).await.is_wanted);
        let feed = desk.store.subscriptions().await.unwrap().feeds[0].feed;
        let own = vec![(feed, FeedSetting::FullText(Some(FullText::Always)))];
        desk.store.change(own, desk.now).await.unwrap();
        assert!(opened(&desk, FullText::Never).await.is_wanted);
    }

    #[tokio::test]
    async fn the_page_that_is_kept_is_shown_safe_and_not_wanted_again() {
        let desk = desk().await;
        desk.store.keep_page(ENTRY, page(), PagePrints::default(), desk.now).await.unwrap();
        let texts = opened(&desk, FullText::Always).await;
        assert!(!texts.is_wanted && texts.feed.has_other);
        let shown = texts.shown();
        assert_eq!((shown.text, shown.title.as_str()), (Text::Page, "One, as the page has it"));
        assert_eq!(shown.standfirst.as_deref(), Some("In short."));
        assert!(shown.body.as_str().contains("href=\"http://a.test/more\""), "{:?}", shown.body);
        assert!(!shown.body.as_str().contains("script"));
        desk.store.remember_text(ENTRY, Text::Feed).await.unwrap();
        assert_eq!(opened(&desk, FullText::Always).await.shown().text, Text::Feed);
    }

    #[tokio::test]
    async fn a_page_that_gave_nothing_is_left_alone_for_its_time() {
        let desk = desk().await;
        let later = desk.now.checked_add(std::time::Duration::from_hours(24)).unwrap();
        desk.store.note_page_problem(ENTRY, PageProblem::Paywall, later, desk.now).await.unwrap();
        let texts = opened(&desk, FullText::Auto).await;
        assert_eq!((texts.is_wanted, texts.problem), (false, Some(PageProblem::Paywall)));
        let then = open_article(&desk.store, ENTRY, FullText::Auto, later).await.unwrap().unwrap();
        assert!(then.is_wanted);
    }
}
