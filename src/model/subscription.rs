//! What the reader follows: subscriptions in folders, with their kept counts.

use url::Url;

use super::{FeedId, FolderId, QueryId, SavedQuery, Timestamp};

/// Relates the reader to one feed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subscription {
    /// The feed followed.
    pub feed: FeedId,
    /// Where the feed is fetched.
    pub url: Url,
    /// The title shown: the reader's own, else the feed's, else its address.
    pub title: String,
    /// The web site the feed belongs to.
    pub site: Option<Url>,
    /// The folder it is filed in.
    pub folder: Option<FolderId>,
    /// How many entries there are of each kind.
    pub counts: Counts,
    /// How the last fetches went.
    pub health: Health,
}

/// Groups subscriptions; folders nest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Folder {
    /// The folder's id.
    pub id: FolderId,
    /// The folder it lies in.
    pub parent: Option<FolderId>,
    /// Its name.
    pub title: String,
}

/// Numbers of listed entries, kept by the store and never counted for a list.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Counts {
    /// All listed entries.
    pub total: u64,
    /// Those not read.
    pub unread: u64,
    /// Those saved.
    pub saved: u64,
}

/// How a feed has been answering.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Health {
    /// Whether it is fetched by itself.
    pub state: FeedState,
    /// When it was last asked.
    pub checked: Option<Timestamp>,
    /// When it last answered well.
    pub succeeded: Option<Timestamp>,
    /// When it is fetched next by itself, as the last refresh saw it; none until a refresh asked it. Never before
    /// the end of a wait that its server asks for.
    pub next_due: Option<Timestamp>,
    /// Its server asked to be left alone until then, for this feed or for all of its host; by hand it is not asked
    /// either. May be over.
    pub held_until: Option<Timestamp>,
    /// The HTTP status of the last answer; none where no answer came.
    pub status: Option<u16>,
    /// Where its server says that it lives now, while its subscription keeps the old address.
    pub moved_to: Option<Url>,
    /// What is wrong with it now, in plain words.
    pub problem: Option<String>,
    /// Failures in a row.
    pub failures: u32,
}

/// Whether a feed is fetched by itself.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum FeedState {
    /// It is.
    #[default]
    Active,
    /// The reader paused it.
    Paused,
    /// Its server says that it is gone for good.
    Gone,
}

impl FeedState {
    /// Names the state in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            FeedState::Active => "active",
            FeedState::Paused => "paused",
            FeedState::Gone => "gone",
        }
    }
}

/// How much a feed brings; read from its stored entries.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Activity {
    /// When its newest entry was published.
    pub newest: Option<Timestamp>,
    /// Entries a week over the last four weeks, in tenths.
    pub per_week_tenths: u32,
}

impl Activity {
    /// Months without a new entry before a feed counts as dead.
    const DEAD_AFTER: i64 = 6;

    /// Gives the months for which a dead feed has brought nothing; none for one that lives.
    pub fn dead_months(&self, now: Timestamp) -> Option<u64> {
        const SECONDS_OF_A_MONTH: i64 = 2_629_746;
        let months = (now.as_second() - self.newest?.as_second()) / SECONDS_OF_A_MONTH;
        u64::try_from(months).ok().filter(|_| months >= Activity::DEAD_AFTER)
    }
}

/// Everything the reader follows, in sidebar order.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Subscriptions {
    /// All folders, siblings in order.
    pub folders: Vec<Folder>,
    /// All subscriptions, in order.
    pub feeds: Vec<Subscription>,
    /// Queries that are kept, in order.
    pub queries: Vec<SavedQuery>,
    /// Titles of feeds no longer followed, of which saved entries are left.
    pub former: Vec<(FeedId, String)>,
    /// Counts over the whole library; saved entries of removed feeds included.
    pub library: Counts,
}

impl Subscriptions {
    /// Finds the subscription of a feed.
    pub fn get(&self, feed: FeedId) -> Option<&Subscription> {
        self.feeds.iter().find(|s| s.feed == feed)
    }

    /// Gives the title of a feed, followed or not; empty where there is none.
    pub fn title(&self, feed: FeedId) -> &str {
        let former = || self.former.iter().find(|(id, _)| *id == feed).map(|(_, title)| title);
        self.get(feed).map(|s| &s.title).or_else(former).map_or("", String::as_str)
    }

    /// Finds a query that is kept.
    pub fn query(&self, id: QueryId) -> Option<&SavedQuery> {
        self.queries.iter().find(|query| query.id == id)
    }

    /// Finds the query of a title, whatever its case.
    pub fn query_titled(&self, title: &str) -> Option<&SavedQuery> {
        let wanted = title.trim().to_lowercase();
        self.queries.iter().find(|query| query.title.to_lowercase() == wanted)
    }

    /// Finds a folder.
    pub fn folder(&self, id: FolderId) -> Option<&Folder> {
        self.folders.iter().find(|folder| folder.id == id)
    }

    /// Lists the feeds that go by a name: the number of one, else part of a title, whatever its case. What has
    /// a `/` or `.` may be part of an address too.
    pub fn named(&self, text: &str) -> Vec<FeedId> {
        let number = text.parse().ok().map(FeedId).filter(|id| self.get(*id).is_some());
        if let Some(feed) = number {
            return vec![feed];
        }
        let wanted = text.to_lowercase();
        let is_address = wanted.contains(['/', '.']);
        let answers = |s: &&Subscription| {
            s.title.to_lowercase().contains(&wanted)
                || (is_address && s.url.as_str().to_lowercase().contains(&wanted))
        };
        self.feeds.iter().filter(answers).map(|s| s.feed).collect()
    }

    /// Gives the path of a folder, outermost name first; empty for none.
    pub fn folder_path(&self, folder: Option<FolderId>) -> Vec<String> {
        let mut path = Vec::new();
        let mut at = folder;
        // Bounded, should a broken library hold a circle of folders.
        while let Some(folder) = at.and_then(|id| self.folder(id))
            && path.len() <= self.folders.len()
        {
            path.insert(0, folder.title.clone());
            at = folder.parent;
        }
        path
    }

    /// Lists the feeds filed in a folder or in one of the folders below it.
    pub fn feeds_below(&self, folder: FolderId) -> Vec<FeedId> {
        let inside = |s: &&Subscription| s.folder.is_some_and(|f| self.is_within(f, folder));
        self.feeds.iter().filter(inside).map(|s| s.feed).collect()
    }

    /// Gives the folder that a folder lies in at a depth, 1 for the outermost; itself at its own.
    pub fn folder_at(&self, folder: FolderId, depth: usize) -> Option<FolderId> {
        let mut at = folder;
        for _ in depth..self.folder_path(Some(folder)).len() {
            at = self.folder(at)?.parent?;
        }
        Some(at)
    }

    /// Lists the feeds in folders whose titles hold a text, whatever its case, and below them.
    pub fn filed_under(&self, text: &str) -> Vec<FeedId> {
        let wanted = text.to_lowercase();
        let named = |f: &&Folder| f.title.to_lowercase().contains(&wanted);
        let folders: Vec<FolderId> = self.folders.iter().filter(named).map(|f| f.id).collect();
        let inside = |s: &&Subscription| {
            s.folder.is_some_and(|own| folders.iter().any(|folder| self.is_within(own, *folder)))
        };
        self.feeds.iter().filter(inside).map(|s| s.feed).collect()
    }

    /// Sums the counts of all feeds below a folder.
    pub fn counts_below(&self, folder: FolderId) -> Counts {
        let inside = |s: &&Subscription| s.folder.is_some_and(|f| self.is_within(f, folder));
        self.feeds.iter().filter(inside).fold(Counts::default(), |sum, s| Counts {
            total: sum.total + s.counts.total,
            unread: sum.unread + s.counts.unread,
            saved: sum.saved + s.counts.saved,
        })
    }

    fn is_within(&self, folder: FolderId, outer: FolderId) -> bool {
        // Bounded by the number of folders, should a broken library hold a cycle.
        let mut at = Some(folder);
        for _ in 0..=self.folders.len() {
            match at {
                Some(id) if id == outer => return true,
                Some(id) => at = self.folder(id).and_then(|f| f.parent),
                None => return false,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(id: i64, parent: Option<i64>) -> Folder {
        Folder { id: FolderId(id), parent: parent.map(FolderId), title: id.to_string() }
    }

    fn subscription(feed: i64, folder: i64, unread: u64) -> Subscription {
        Subscription {
            feed: FeedId(feed),
            url: Url::parse("http://feed.test/").unwrap(),
            title: feed.to_string(),
            site: None,
            folder: Some(FolderId(folder)),
            counts: Counts { total: 9, unread, saved: 0 },
            health: Health::default(),
        }
    }

    #[test]
    fn a_folder_counts_the_folders_below_it() {
        let all = Subscriptions {
            folders: vec![folder(1, None), folder(2, Some(1)), folder(3, None)],
            feeds: vec![subscription(1, 1, 2), subscription(2, 2, 3), subscription(3, 3, 7)],
            ..Subscriptions::default()
        };
        assert_eq!(all.counts_below(FolderId(1)).unread, 5);
        assert_eq!(all.feeds_below(FolderId(1)), [FeedId(1), FeedId(2)]);
    }

    #[test]
    fn a_feed_goes_by_its_number_its_title_and_its_address() {
        let all = Subscriptions {
            feeds: vec![
                Subscription { title: "Mine 2".to_owned(), ..subscription(1, 1, 0) },
                Subscription { url: Url::parse("http://a.test/Feed.XML").unwrap(), ..subscription(2, 1, 0) },
            ],
            ..Subscriptions::default()
        };
        assert_eq!(all.named("2"), [FeedId(2)]);
        assert_eq!(all.named("mine"), [FeedId(1)]);
        assert_eq!(all.named("a.test/feed"), [FeedId(2)]);
        assert!(all.named("test").is_empty());
    }

    #[test]
    fn a_feed_is_dead_after_half_a_year_without_an_entry() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let months = |newest: Option<&str>| {
            let newest = newest.map(|text| text.parse().unwrap());
            Activity { newest, per_week_tenths: 0 }.dead_months(now)
        };
        assert_eq!(months(None), None);
        assert_eq!(months(Some("2026-06-01T12:00:00Z")), None);
        assert_eq!(months(Some("2026-05-01T12:00:00Z")), Some(6));
        assert_eq!(months(Some("2024-11-20T12:00:00Z")), Some(24));
        assert_eq!(months(Some("2027-11-20T12:00:00Z")), None);
    }

    #[test]
    fn folders_in_a_circle_end() {
        let all = Subscriptions {
            folders: vec![folder(1, Some(2)), folder(2, Some(1))],
            feeds: vec![subscription(1, 1, 2)],
            ..Subscriptions::default()
        };
        assert_eq!(all.feeds_below(FolderId(9)), []);
    }
}
