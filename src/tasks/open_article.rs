//! Opens an article: reads the entry, and makes its HTML safe on the way out.

use crate::html;
use crate::model::{Article, CleanHtml, EntryId, Text};
use crate::store::{Store, StoreError, StoredEntry};

/// Reads an entry as an article; none when there is none of that id.
pub async fn open_article(store: &Store, entry: EntryId) -> Result<Option<Article>, StoreError> {
    let Some(stored) = store.entry(entry).await? else {
        return Ok(None);
    };
    let bare = StoredEntry { content: None, summary: None, ..stored.clone() };
    let cleaning = tokio::task::spawn_blocking(move || article(stored));
    Ok(Some(cleaning.await.unwrap_or_else(|error| {
        tracing::error!(%error, %entry, "the text could not be made safe");
        article(bare)
    })))
}

/// Makes an article of what was stored: the full text, else the summary.
fn article(stored: StoredEntry) -> Article {
    let body = [&stored.content, &stored.summary]
        .into_iter()
        .flatten()
        .map(|html| html::clean(html, stored.base.as_ref()))
        .find(|clean| !clean.is_empty());
    Article {
        entry: stored.id,
        feed: stored.feed,
        title: stored.title,
        outlet: stored.outlet,
        authors: stored.authors,
        published: stored.published,
        link: stored.link,
        status: stored.status,
        enclosures: stored.enclosures,
        standfirst: None,
        body: body.unwrap_or_else(CleanHtml::default),
        text: Text::Feed,
        has_other: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Validators;
    use crate::tasks::sample::{Desk, feed_of};

    #[tokio::test]
    async fn a_summary_serves_where_there_is_no_full_text() {
        let desk = Desk::following(&["http://a.test/"]).await;
        let feed = desk.store.subscriptions().await.unwrap().feeds[0].feed;
        let base = crate::model::Url::parse("http://a.test/").unwrap();
        let parsed =
            crate::feed::parse(feed_of(&["one"]).as_bytes(), &crate::feed::Source::at(base.clone())).unwrap();
        desk.store.ingest(feed, base, parsed, Validators::default(), desk.now).await.unwrap();
        let article = open_article(&desk.store, EntryId(1)).await.unwrap().unwrap();
        assert!(article.body.as_str().contains("About one."));
        assert_eq!(article.outlet, "Sample");
    }

    #[tokio::test]
    async fn an_entry_that_is_not_there_is_no_error() {
        let desk = Desk::following(&[]).await;
        assert_eq!(open_article(&desk.store, EntryId(9)).await.unwrap(), None);
    }
}
