//! Subscriptions as OPML: taken in from other readers, given out to them.

use crate::feed::{self, OpmlError, Outline};
use crate::model::{FeedId, Subscriptions, Timestamp};
use crate::store::{NewSubscription, Store, StoreError};

/// What an import did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Imported {
    /// Feeds not followed before.
    pub added: Vec<FeedId>,
    /// Feeds that were followed already, or occur twice in the file.
    pub known: usize,
    /// Outlines that were left out, as they were written.
    pub skipped: Vec<String>,
}

/// Why a file could not be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is no list of feeds.
    #[error(transparent)]
    Opml(#[from] OpmlError),
    /// The library refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Follows the feeds of an OPML document, folders included, as one step that can be undone.
pub async fn import_opml(store: &Store, bytes: &[u8], now: Timestamp) -> Result<Imported, ImportError> {
    let document = feed::read_opml(bytes)?;
    let mut feeds = Vec::new();
    flatten(document.outlines, &mut Vec::new(), &mut feeds);
    let offered = feeds.len();
    let added = store.subscribe(feeds, now).await?;
    Ok(Imported { known: offered - added.len(), added, skipped: document.skipped })
}

/// Writes all subscriptions as OPML; the embedded welcome feed stays here.
pub async fn export_opml(store: &Store) -> Result<String, StoreError> {
    let mut subscriptions: Subscriptions = store.subscriptions().await?;
    subscriptions.feeds.retain(|s| matches!(s.url.scheme(), "http" | "https"));
    Ok(feed::write_opml(&subscriptions))
}

fn flatten(outlines: Vec<Outline>, folder: &mut Vec<String>, feeds: &mut Vec<NewSubscription>) {
    for outline in outlines {
        match outline {
            Outline::Folder { title, children } => {
                folder.push(title);
                flatten(children, folder, feeds);
                folder.pop();
            }
            Outline::Feed { title, url, site } => {
                feeds.push(NewSubscription { url, title, site, folder: folder.clone() });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::sample::Desk;

    const LIST: &str = r#"<opml version="2.0"><body>
        <outline text="World"><outline text="Asia">
          <outline type="rss" text="Mine" xmlUrl="http://a.test/"/></outline></outline>
        <outline type="rss" text="Known" xmlUrl="http://known.test/"/>
        <outline type="rss" text="Odd" xmlUrl="exec:rm"/>
      </body></opml>"#;

    #[tokio::test]
    async fn an_import_keeps_folders_and_names_what_it_leaves_out() {
        let desk = Desk::following(&["http://known.test/"]).await;
        let imported = import_opml(&desk.store, LIST.as_bytes(), desk.now).await.unwrap();
        assert_eq!((imported.added.len(), imported.known, imported.skipped.len()), (1, 1, 1));
        let subscriptions = desk.store.subscriptions().await.unwrap();
        assert_eq!(subscriptions.folders.len(), 2);
        assert_eq!(subscriptions.feeds[1].title, "Mine");
    }

    #[tokio::test]
    async fn what_is_exported_imports_to_the_same() {
        let desk = Desk::following(&[]).await;
        import_opml(&desk.store, LIST.as_bytes(), desk.now).await.unwrap();
        let exported = export_opml(&desk.store).await.unwrap();
        let other = Desk::following(&[]).await;
        import_opml(&other.store, exported.as_bytes(), desk.now).await.unwrap();
        assert_eq!(export_opml(&other.store).await.unwrap(), exported);
    }

    #[tokio::test]
    async fn an_import_is_one_step_to_undo() {
        let desk = Desk::following(&[]).await;
        import_opml(&desk.store, LIST.as_bytes(), desk.now).await.unwrap();
        desk.store.undo().await.unwrap();
        assert!(desk.store.subscriptions().await.unwrap().feeds.is_empty());
    }
}
