//! The reader's subscriptions → OPML 2.0.

use std::collections::{HashMap, HashSet};

use quick_xml::escape::escape;

use super::outline::MEANT;
use crate::html::{clean_line, plain_text};
use crate::model::{FeedId, Folder, FolderId, Subscription, Subscriptions};

/// What lists said of feeds by names that mean nothing here.
pub type ForeignAttributes = HashMap<FeedId, Vec<(String, String)>>;

/// Writes all subscriptions in their folders, the folders first.
pub fn write_opml(subscriptions: &Subscriptions, attributes: &ForeignAttributes) -> String {
    let mut writer = Writer { subscriptions, attributes, written: HashSet::new(), out: String::from(HEAD) };
    for folder in &subscriptions.folders {
        if folder.parent.is_none_or(|parent| subscriptions.folder(parent).is_none()) {
            writer.folder(folder, 2);
        }
    }
    // Folders in a circle are written nowhere; their feeds must not be lost.
    for feed in &subscriptions.feeds {
        if feed.folder.is_none_or(|folder| !writer.written.contains(&folder)) {
            writer.feed(feed, 2);
        }
    }
    writer.out.push_str("  </body>\n</opml>\n");
    writer.out
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    \
                    <title>newsterm subscriptions</title>\n  </head>\n  <body>\n";

struct Writer<'a> {
    subscriptions: &'a Subscriptions,
    attributes: &'a ForeignAttributes,
    written: HashSet<FolderId>,
    out: String,
}

impl Writer<'_> {
    fn folder(&mut self, folder: &Folder, depth: usize) {
        if !self.written.insert(folder.id) {
            return;
        }
        let subscriptions = self.subscriptions;
        let mut folders = subscriptions.folders.iter().filter(|it| it.parent == Some(folder.id)).peekable();
        let mut feeds = subscriptions.feeds.iter().filter(|it| it.folder == Some(folder.id)).peekable();
        // Without lines in it, it might be anything.
        let is_empty = folders.peek().is_none() && feeds.peek().is_none();
        let kind = if is_empty { " type=\"folder\"" } else { "" };
        self.line(depth, &format!("<outline{kind}{}>", names(&folder.title)));
        for child in folders {
            self.folder(child, depth + 1);
        }
        for feed in feeds {
            self.feed(feed, depth + 1);
        }
        self.line(depth, "</outline>");
    }

    fn feed(&mut self, feed: &Subscription, depth: usize) {
        let attributes = self.attributes.get(&feed.feed).map(Vec::as_slice).unwrap_or_default();
        let has_type = attributes.iter().any(|(name, _)| name.eq_ignore_ascii_case("type"));
        let kind = if has_type { "" } else { " type=\"rss\"" };
        let names = names(&feed.title);
        let url = attribute("xmlUrl", feed.url.as_str());
        let site = feed.site.as_ref().map(|site| attribute("htmlUrl", site.as_str())).unwrap_or_default();
        let others: String = attributes.iter().map(|(name, value)| attribute(name, value)).collect();
        self.line(depth, &format!("<outline{kind}{names}{url}{site}{others}/>"));
    }

    fn line(&mut self, depth: usize, line: &str) {
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str(line);
        self.out.push('\n');
    }
}

fn names(title: &str) -> String {
    let title = clean_line(title);
    let mut names = attribute("text", &title) + &attribute("title", &title);
    if plain_text(&title.replace('<', "&lt;")) != title {
        // Titles are often escaped twice, and read so: this one is not.
        names = names.replace("&amp;", MEANT);
    }
    names
}

fn attribute(name: &str, value: &str) -> String {
    format!(" {name}=\"{}\"", escape(value))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::super::{Outline, read_opml};
    use super::*;
    use crate::model::{Counts, Health};

    fn subscription(title: &str, url: &str, folder: Option<i64>) -> Subscription {
        Subscription {
            feed: FeedId(0),
            url: Url::parse(url).unwrap(),
            title: title.to_owned(),
            site: Url::parse("http://site.test/?a=1&b=2").ok(),
            folder: folder.map(FolderId),
            counts: Counts::default(),
            health: Health::default(),
        }
    }

    fn folder(id: i64, parent: Option<i64>, title: &str) -> Folder {
        Folder { id: FolderId(id), parent: parent.map(FolderId), title: title.to_owned() }
    }

    fn feed_of(subscription: &Subscription) -> Outline {
        Outline::Feed {
            title: Some(subscription.title.clone()),
            url: subscription.url.clone(),
            site: subscription.site.clone(),
            attributes: vec![],
        }
    }

    #[test]
    fn what_is_written_is_read_back_with_its_folders() {
        let feeds = vec![
            subscription("A & \"B\" <c>", "http://a.test/?x=1&y='2'", Some(2)),
            subscription("B", "http://b.test/", Some(1)),
            subscription("C", "http://c.test/", None),
        ];
        let subscriptions = Subscriptions {
            folders: vec![
                folder(1, None, "News & more"),
                folder(2, Some(1), "World"),
                folder(3, None, "Empty"),
            ],
            feeds: feeds.clone(),
            ..Subscriptions::default()
        };
        let outline = |title: &str, children| Outline::Folder { title: title.to_owned(), children };
        let world = outline("World", vec![feed_of(&feeds[0])]);
        let expected = [
            outline("News & more", vec![world, feed_of(&feeds[1])]),
            outline("Empty", vec![]),
            feed_of(&feeds[2]),
        ];
        let written = write_opml(&subscriptions, &ForeignAttributes::new());
        let document = read_opml(written.as_bytes()).unwrap();
        assert_eq!(document.outlines, expected);
        assert!(document.skipped.is_empty());
    }

    #[test]
    fn feeds_in_broken_folders_are_not_lost() {
        let subscriptions = Subscriptions {
            folders: vec![folder(1, Some(2), "a"), folder(2, Some(1), "b"), folder(3, Some(9), "c")],
            feeds: vec![
                subscription("A", "http://a.test/", Some(1)),
                subscription("B", "http://b.test/", Some(8)),
                subscription("C", "http://c.test/", Some(3)),
            ],
            ..Subscriptions::default()
        };
        let text = write_opml(&subscriptions, &ForeignAttributes::new());
        for url in ["http://a.test/", "http://b.test/", "http://c.test/"] {
            assert!(text.contains(url), "{url}");
        }
    }
}
