//! How servers are asked: each rule is shown by the requests that a server counts, and by their headers.

mod addresses;
mod caching;
mod health;
mod many;
mod retrying;
mod secrets;
mod settings;

use crate::commands::{feed_of, output_of};
use crate::library::Library;
use crate::server::{Behaviour, FeedServer};

/// No interval of the reader's keeps a feed back: what does is the server.
const EAGER: &str = "[refresh]\non_start = \"never\"\nspacing = \"0s\"\nevery = \"0s\"\n";

/// A feed that is followed, and fetched once, as the server behaves.
struct Followed {
    library: Library,
    server: FeedServer,
}

impl Followed {
    /// Follows a feed of one entry, not fetched yet.
    fn new(behaviour: Behaviour) -> Followed {
        let (library, server) = (Library::new(), FeedServer::start());
        library.config(EAGER);
        server.serve_with("/feed", behaviour);
        output_of(&library, &["--offline", "add", &server.url("/feed")]);
        Followed { library, server }
    }

    /// Fetches all feeds, well or not, and counts the requests for the feed so far.
    fn fetch(&self, arguments: &[&str]) -> usize {
        let ended = self.library.newsterm(&[&["fetch"], arguments].concat()).output().unwrap();
        assert!(ended.status.code().is_some_and(|code| code != 2), "{ended:?}");
        self.server.asked("/feed").len()
    }

    /// Says how the feed does.
    fn health(&self) -> serde_json::Value {
        crate::commands::json_of(&self.library, &["feeds", "--json"]).remove(0)
    }
}

/// A document of one entry.
fn document() -> String {
    feed_of("Kernel Post", &["Alpha"])
}

/// The same as RSS, with more of the channel.
fn rss(channel: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>Kernel Post</title>{channel}\
         <item><guid>1</guid><title>Alpha</title></item></channel></rss>"
    )
}
