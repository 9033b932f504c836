//! Subscriptions as OPML: taken in from other readers, given out to them.

use std::collections::HashMap;

use crate::feed::{self, OpmlError, Outline};
use crate::model::{FeedId, Subscriptions, Timestamp, Url, without_password};
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
    /// Folders that were nested too deeply, whose feeds lie in the folder above them.
    pub flattened: usize,
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
    let mut list = List::default();
    list.take(document.outlines, &[]);
    list.file_by_category();
    list.give_passwords(&store.subscriptions().await?);
    let offered = list.feeds.len();
    let added = store.import(list.folders, list.feeds, now).await?;
    Ok(Imported {
        known: offered - added.len(),
        added,
        skipped: document.skipped,
        flattened: document.flattened,
    })
}

/// Writes all subscriptions as OPML, fit to be given away: without the passwords in addresses.
pub async fn export_opml(store: &Store) -> Result<String, StoreError> {
    let mut subscriptions = exported(store).await?;
    for subscription in &mut subscriptions.feeds {
        subscription.url = without_password(&subscription.url);
    }
    Ok(feed::write_opml(&subscriptions, &store.attributes().await?))
}

/// Writes all subscriptions as OPML, with the passwords in addresses.
pub async fn export_opml_with_passwords(store: &Store) -> Result<String, StoreError> {
    Ok(feed::write_opml(&exported(store).await?, &store.attributes().await?))
}

/// Lists what is exported; the embedded welcome feed stays here.
async fn exported(store: &Store) -> Result<Subscriptions, StoreError> {
    let mut subscriptions = store.subscriptions().await?;
    subscriptions.feeds.retain(|s| matches!(s.url.scheme(), "http" | "https"));
    Ok(subscriptions)
}

/// The folders and feeds of a list, in its order.
#[derive(Default)]
struct List {
    folders: Vec<Vec<String>>,
    feeds: Vec<NewSubscription>,
}

impl List {
    fn take(&mut self, outlines: Vec<Outline>, folder: &[String]) {
        for outline in outlines {
            match outline {
                Outline::Folder { title, children } => {
                    let path = [folder, &[title]].concat();
                    self.folders.push(path.clone());
                    self.take(children, &path);
                }
                Outline::Feed { title, url, site, attributes } => {
                    let folder = folder.to_vec();
                    self.feeds.push(NewSubscription { url, title, site, folder, attributes });
                }
            }
        }
    }

    /// Takes the first category of each feed as its folder, `/World/Asia`, in a list that has no folders at all.
    fn file_by_category(&mut self) {
        if !self.folders.is_empty() {
            return;
        }
        for feed in &mut self.feeds {
            let said = feed.attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case("category"));
            let first = said.and_then(|(_, categories)| categories.split(',').next()).unwrap_or_default();
            let path = first.split('/').map(str::trim).filter(|name| !name.is_empty());
            feed.folder = path.take(feed::DEEPEST_FOLDER).map(str::to_owned).collect();
        }
    }

    /// Knows the feeds again whose passwords were left out when the list was given away.
    fn give_passwords(&mut self, followed: &Subscriptions) {
        let secret = followed.feeds.iter().map(|feed| &feed.url).filter(|url| url.password().is_some());
        let secret: HashMap<Url, &Url> = secret.map(|url| (without_password(url), url)).collect();
        for feed in &mut self.feeds {
            if let Some(whole) = secret.get(&feed.url) {
                feed.url = (*whole).clone();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::model::FolderId;
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
    async fn a_list_without_its_passwords_follows_nothing_twice_and_names_no_feed() {
        let desk = Desk::following(&["http://me:secret@a.test/feed", "http://b.test/feed"]).await;
        let list = export_opml(&desk.store).await.unwrap();
        assert!(!list.contains("secret@"), "{list}");
        let imported = import_opml(&desk.store, list.as_bytes(), desk.now).await.unwrap();
        assert_eq!((imported.added.len(), imported.known), (0, 2));
        let other = Desk::following(&[]).await;
        import_opml(&other.store, list.as_bytes(), desk.now).await.unwrap();
        for feed in other.store.subscriptions().await.unwrap().feeds {
            other.store.describe(feed.feed, "As the feed says".to_owned(), None).await.unwrap();
        }
        let feeds = other.store.subscriptions().await.unwrap().feeds;
        assert!(feeds.iter().all(|feed| feed.title == "As the feed says"), "{feeds:?}");
    }

    #[tokio::test]
    async fn an_import_is_one_step_to_undo() {
        let desk = Desk::following(&[]).await;
        import_opml(&desk.store, LIST.as_bytes(), desk.now).await.unwrap();
        desk.store.undo().await.unwrap();
        assert!(desk.store.subscriptions().await.unwrap().feeds.is_empty());
    }

    #[tokio::test]
    async fn a_list_without_folders_is_filed_by_its_categories() {
        let feed = |name: &str, category: &str| {
            format!("<outline xmlUrl='http://{name}.test/' category='{category}'/>")
        };
        let (one, two) = (feed("a", "/World/Asia,/News"), feed("b", ""));
        let folders = async |body: String| {
            let desk = Desk::following(&[]).await;
            let text = format!("<opml><body>{body}</body></opml>");
            import_opml(&desk.store, text.as_bytes(), desk.now).await.unwrap();
            let all = desk.store.subscriptions().await.unwrap();
            all.folders.into_iter().map(|folder| folder.title).collect::<Vec<_>>()
        };
        assert_eq!(folders(format!("{one}{two}")).await, ["World", "Asia"]);
        assert_eq!(folders(format!("<outline text='f'>{two}</outline>{one}")).await, ["f"]);
    }

    /// A title as a feed or a person may give it, references and markup included.
    fn title() -> impl Strategy<Value = String> {
        let words = ["&", "&amp;", "&lt;b&gt;", "<i>", "&eacute;", "é", "\"'", "日本", "a", "  ", "&#38;"];
        let odd = proptest::collection::vec(proptest::sample::select(words.to_vec()), 1..5);
        let title = prop_oneof![odd.prop_map(|words| words.concat()), any::<String>()];
        title.prop_map(|title| crate::html::clean_line(&title)).prop_filter("no title", |it| !it.is_empty())
    }

    fn feed() -> impl Strategy<Value = NewSubscription> {
        let folder = proptest::collection::vec(title(), 0..4);
        let site = proptest::option::of("[a-z]{1,5}");
        let attributes = proptest::collection::vec(("[a-c]{1,2}", title()), 0..2);
        ("[a-z?&=]{1,9}", proptest::option::of(title()), site, folder, attributes).prop_map(
            |(path, title, site, folder, attributes)| NewSubscription {
                url: Url::parse("http://a.test/").unwrap().join(&path).unwrap(),
                title,
                site: site.map(|site| Url::parse(&format!("http://{site}.test/")).unwrap()),
                folder,
                attributes: BTreeMap::from_iter(attributes).into_iter().collect(),
            },
        )
    }

    type Line = (String, String, Option<Url>, Vec<(String, String)>);

    /// What a library holds: the folders of each folder and the feeds of each, in order.
    async fn holdings(store: &Store) -> BTreeMap<Vec<String>, (Vec<String>, Vec<Line>)> {
        let all = store.subscriptions().await.unwrap();
        let attributes = store.attributes().await.unwrap();
        let path = |mut at: Option<FolderId>| {
            let mut path = Vec::new();
            while let Some(folder) = at.and_then(|id| all.folder(id)) {
                path.insert(0, folder.title.clone());
                at = folder.parent;
            }
            path
        };
        let mut held: BTreeMap<Vec<String>, (Vec<String>, Vec<Line>)> = BTreeMap::new();
        for folder in &all.folders {
            held.entry(path(folder.parent)).or_default().0.push(folder.title.clone());
        }
        for feed in &all.feeds {
            let attributes = attributes.get(&feed.feed).cloned().unwrap_or_default();
            let line = (feed.title.clone(), feed.url.to_string(), feed.site.clone(), attributes);
            held.entry(path(feed.folder)).or_default().1.push(line);
        }
        held
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn an_empty_library_takes_in_all_that_another_gave_out(
            feeds in proptest::collection::vec(feed(), 0..8),
            empty in proptest::collection::vec(proptest::collection::vec(title(), 1..3), 0..3),
        ) {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let (desk, other) = (Desk::following(&[]).await, Desk::following(&[]).await);
                desk.store.import(empty, feeds, desk.now).await.unwrap();
                let exported = export_opml(&desk.store).await.unwrap();
                import_opml(&other.store, exported.as_bytes(), desk.now).await.unwrap();
                assert_eq!(holdings(&other.store).await, holdings(&desk.store).await, "{exported}");
            });
        }
    }
}
