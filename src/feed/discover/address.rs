//! Feeds that an address tells of, by the rules of its site. The rules are a table.
//!
//! A rule is the shape of a page's address and the addresses of its feeds. In a shape `{name}` is one part, `{path…}`
//! one or more parts, `…` at the end any more of them; `*` is any host. `www.` and the like may stand before a host.

use url::Url;

use super::{Candidate, CandidateKind};

/// The first rule that fits counts; those for any host come last.
#[rustfmt::skip]
const RULES: &[(&str, &[&str])] = &[
    ("youtube.com/channel/{id}/…", &["https://www.youtube.com/feeds/videos.xml?channel_id={id}"]),
    ("youtube.com/user/{name}/…", &["https://www.youtube.com/feeds/videos.xml?user={name}"]),
    ("youtube.com/playlist?list={id}", &["https://www.youtube.com/feeds/videos.xml?playlist_id={id}"]),
    // Its page names the channel, see `discover`.
    ("youtube.com/…", &[]),
    ("vimeo.com/{name}", &["https://vimeo.com/{name}/videos/rss"]),
    ("dailymotion.com/{name}", &["https://www.dailymotion.com/rss/user/{name}"]),
    ("reddit.com/r/{name}/comments/{id}/…", &["https://www.reddit.com/r/{name}/comments/{id}/.rss", "https://www.reddit.com/r/{name}/.rss"]),
    ("reddit.com/r/{name}/…", &["https://www.reddit.com/r/{name}/.rss"]),
    ("reddit.com/user/{name}/…", &["https://www.reddit.com/user/{name}/.rss"]),
    ("reddit.com/u/{name}/…", &["https://www.reddit.com/user/{name}/.rss"]),
    ("reddit.com", &["https://www.reddit.com/.rss"]),
    ("news.ycombinator.com/…", &["https://news.ycombinator.com/rss"]),
    ("lobste.rs/t/{tag}", &["https://lobste.rs/t/{tag}.rss"]),
    ("lobste.rs/…", &["https://lobste.rs/rss"]),
    ("github.com/{owner}/{name}/commits/{branch…}", &["https://github.com/{owner}/{name}/commits/{branch}.atom"]),
    ("github.com/{owner}/{name}/tree/{branch…}", &["https://github.com/{owner}/{name}/commits/{branch}.atom"]),
    ("github.com/{owner}/{name}/tags", &["https://github.com/{owner}/{name}/tags.atom"]),
    ("github.com/{owner}/{name}/wiki/…", &["https://github.com/{owner}/{name}/wiki.atom"]),
    ("github.com/{owner}/{name}/…", &["https://github.com/{owner}/{name}/releases.atom", "https://github.com/{owner}/{name}/commits.atom", "https://github.com/{owner}/{name}/tags.atom"]),
    ("github.com/{owner}", &["https://github.com/{owner}.atom"]),
    ("gitlab.com/{path…}/-/commits/{branch…}", &["https://gitlab.com/{path}/-/commits/{branch}?format=atom"]),
    ("gitlab.com/{path…}/-/releases", &["https://gitlab.com/{path}/-/releases.atom"]),
    ("gitlab.com/{path…}/-/tags", &["https://gitlab.com/{path}/-/tags?format=atom"]),
    ("gitlab.com/{path…}", &["https://gitlab.com/{path}/-/releases.atom", "https://gitlab.com/{path}/-/tags?format=atom", "https://gitlab.com/{path}.atom"]),
    ("codeberg.org/{owner}/{name}/…", &["https://codeberg.org/{owner}/{name}/releases.rss", "https://codeberg.org/{owner}/{name}.rss"]),
    ("codeberg.org/{owner}", &["https://codeberg.org/{owner}.rss"]),
    ("sourceforge.net/projects/{name}/…", &["https://sourceforge.net/projects/{name}/rss"]),
    ("pypi.org/project/{name}/…", &["https://pypi.org/rss/project/{name}/releases.xml"]),
    ("crates.io/crates/{name}/…", &["https://static.crates.io/rss/crates/{name}.xml"]),
    ("stackoverflow.com/questions/tagged/{tag}", &["https://stackoverflow.com/feeds/tag/{tag}"]),
    ("stackoverflow.com/questions/{number}/…", &["https://stackoverflow.com/feeds/question/{number}"]),
    ("arxiv.org/list/{subject}/…", &["https://rss.arxiv.org/rss/{subject}"]),
    ("store.steampowered.com/app/{id}/…", &["https://store.steampowered.com/feeds/news/app/{id}/"]),
    ("letterboxd.com/{name}/…", &["https://letterboxd.com/{name}/rss/"]),
    ("bsky.app/profile/{name}/…", &["https://bsky.app/profile/{name}/rss"]),
    ("pinterest.com/{name}/{board}", &["https://www.pinterest.com/{name}/{board}.rss"]),
    ("pinterest.com/{name}", &["https://www.pinterest.com/{name}/feed.rss"]),
    ("medium.com/tag/{tag}/…", &["https://medium.com/feed/tag/{tag}"]),
    ("medium.com/{name}/…", &["https://medium.com/feed/{name}"]),
    ("{name}.medium.com/…", &["https://{name}.medium.com/feed"]),
    ("{name}.substack.com/…", &["https://{name}.substack.com/feed"]),
    ("{name}.tumblr.com/tagged/{tag}", &["https://{name}.tumblr.com/tagged/{tag}/rss"]),
    ("{name}.tumblr.com/…", &["https://{name}.tumblr.com/rss"]),
    ("tumblr.com/{name}/…", &["https://{name}.tumblr.com/rss"]),
    ("{name}.wordpress.com/…", &["https://{name}.wordpress.com/feed/"]),
    ("{name}.blogspot.com/…", &["https://{name}.blogspot.com/feeds/posts/default"]),
    ("{name}.livejournal.com/…", &["https://{name}.livejournal.com/data/rss"]),
    ("{name}.dreamwidth.org/…", &["https://{name}.dreamwidth.org/data/atom"]),
    ("{name}.ghost.io/…", &["https://{name}.ghost.io/rss/"]),
    ("{name}.hashnode.dev/…", &["https://{name}.hashnode.dev/rss.xml"]),
    ("{name}.bearblog.dev/…", &["https://{name}.bearblog.dev/feed/"]),
    ("{name}.micro.blog/…", &["https://{name}.micro.blog/feed.xml"]),
    ("buttondown.com/{name}/…", &["https://buttondown.com/{name}/rss"]),
    ("write.as/{name}/…", &["https://write.as/{name}/feed/"]),
    ("dev.to/{name}/…", &["https://dev.to/feed/{name}"]),
    // Mastodon and its kin live on hosts of any name.
    ("*/@{name}/…", &["{origin}/@{name}.rss"]),
    ("*/users/{name}/…", &["{origin}/users/{name}.rss"]),
];

/// What may stand before a host without making it another.
const SAME_HOST: &[&str] = &["www.", "m.", "old.", "new.", "mobile.", "music."];

/// Lists the feeds that an address tells of.
pub(super) fn told_by(address: &Url) -> Vec<Candidate> {
    let fits =
        |(shape, feeds): &(&'static str, &'static [&'static str])| Some((fit(shape, address)?, *feeds));
    let Some((parts, feeds)) = RULES.iter().find_map(fits) else {
        return Vec::new();
    };
    let urls = feeds.iter().filter_map(|feed| Url::parse(&parts.fill(feed)).ok());
    urls.map(|url| Candidate::new(url, String::new(), CandidateKind::Told)).collect()
}

/// The named parts of an address.
#[derive(Default)]
struct Parts(Vec<(&'static str, String)>);

impl Parts {
    fn fill(&self, feed: &str) -> String {
        let fill = |feed: String, (name, part): &(&str, String)| feed.replace(&format!("{{{name}}}"), part);
        self.0.iter().fold(feed.to_owned(), fill)
    }

    /// Takes one part of an address by the part of a shape.
    fn take(&mut self, shape: &'static str, part: &str) -> Option<()> {
        let Some((before, name)) = shape.split_once('{') else {
            return shape.eq_ignore_ascii_case(part).then_some(());
        };
        let part = part.strip_prefix(before).filter(|part| !part.is_empty())?;
        self.0.push((name.trim_end_matches(['}', '…']), part.to_owned()));
        Some(())
    }
}

/// Fits an address into a shape.
fn fit(shape: &'static str, address: &Url) -> Option<Parts> {
    let mut parts = Parts::default();
    let (place, question) = shape.split_once('?').unwrap_or((shape, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    fit_host(host, address.host_str()?, &mut parts)?;
    let is_named = |part: &&str| !part.is_empty();
    let shape: Vec<&'static str> = path.split('/').filter(is_named).collect();
    let given: Vec<&str> = address.path().split('/').filter(is_named).collect();
    fit_path(&shape, &given, &mut parts)?;
    if let Some((key, shape)) = question.split_once('=') {
        let (_, value) = address.query_pairs().find(|(name, _)| name == key)?;
        parts.take(shape, &form_urlencoded(&value))?;
    }
    parts.0.push(("origin", address.origin().ascii_serialization()));
    Some(parts)
}

fn form_urlencoded(value: &str) -> String {
    url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

fn fit_host(shape: &'static str, host: &str, parts: &mut Parts) -> Option<()> {
    if shape == "*" {
        return Some(());
    }
    let bare = SAME_HOST.iter().find_map(|before| host.strip_prefix(before)).unwrap_or(host);
    match shape.strip_prefix("{name}") {
        Some(above) => {
            let name = bare.strip_suffix(above).filter(|name| !name.is_empty() && !name.contains('.'))?;
            parts.0.push(("name", name.to_owned()));
            Some(())
        }
        None => (shape == host || shape == bare).then_some(()),
    }
}

fn fit_path(shape: &[&'static str], given: &[&str], parts: &mut Parts) -> Option<()> {
    let Some((first, shape)) = shape.split_first() else {
        return given.is_empty().then_some(());
    };
    if *first == "…" {
        return Some(());
    }
    if !first.ends_with("…}") {
        let (part, given) = given.split_first()?;
        parts.take(first, part)?;
        return fit_path(shape, given, parts);
    }
    // As many as leave the rest of the shape what it needs, which holds a word of its own.
    let end = match shape.first() {
        Some(word) => given.iter().position(|part| part == word)?,
        None => given.len(),
    };
    parts.take(first, &given[..end].join("/"))?;
    fit_path(shape, &given[end..], parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(address: &str) -> Vec<String> {
        told_by(&Url::parse(address).unwrap()).into_iter().map(|it| it.url.into()).collect()
    }

    #[test]
    fn addresses_tell_their_feeds() {
        let table: &[(&str, &[&str])] = &[
            (
                "https://www.youtube.com/channel/UCx/videos",
                &["https://www.youtube.com/feeds/videos.xml?channel_id=UCx"],
            ),
            ("https://m.youtube.com/user/Jo", &["https://www.youtube.com/feeds/videos.xml?user=Jo"]),
            (
                "https://youtube.com/playlist?list=PLx&si=1",
                &["https://www.youtube.com/feeds/videos.xml?playlist_id=PLx"],
            ),
            ("https://www.youtube.com/@jo", &[]),
            ("https://old.reddit.com/r/rust/top/?t=day", &["https://www.reddit.com/r/rust/.rss"]),
            ("https://www.reddit.com/u/jo", &["https://www.reddit.com/user/jo/.rss"]),
            ("https://www.reddit.com/", &["https://www.reddit.com/.rss"]),
            (
                "https://github.com/a/b",
                &[
                    "https://github.com/a/b/releases.atom",
                    "https://github.com/a/b/commits.atom",
                    "https://github.com/a/b/tags.atom",
                ],
            ),
            ("https://github.com/a/b/tree/feature/x", &["https://github.com/a/b/commits/feature/x.atom"]),
            ("https://github.com/a/b/tags", &["https://github.com/a/b/tags.atom"]),
            (
                "https://gitlab.com/a/b/c/-/commits/main",
                &["https://gitlab.com/a/b/c/-/commits/main?format=atom"],
            ),
            ("https://gitlab.com/a/b/-/tags", &["https://gitlab.com/a/b/-/tags?format=atom"]),
            ("https://bsky.app/profile/jo.test", &["https://bsky.app/profile/jo.test/rss"]),
            ("https://jo.substack.com/p/one", &["https://jo.substack.com/feed"]),
            ("https://medium.com/@jo/one-1", &["https://medium.com/feed/@jo"]),
            ("https://jo.tumblr.com/", &["https://jo.tumblr.com/rss"]),
            ("https://jo.wordpress.com/about", &["https://jo.wordpress.com/feed/"]),
            ("https://jo.blogspot.com/2020/01/x.html", &["https://jo.blogspot.com/feeds/posts/default"]),
            ("https://news.ycombinator.com/newest", &["https://news.ycombinator.com/rss"]),
            ("https://social.test:8443/@jo", &["https://social.test:8443/@jo.rss"]),
            ("https://social.test/@jo/1234", &["https://social.test/@jo.rss"]),
            ("https://a.test/blog", &[]),
            ("https://notyoutube.com/channel/UCx", &[]),
            ("https://a.b.substack.com/", &[]),
        ];
        for (address, expected) in table {
            assert_eq!(told(address), *expected, "{address}");
        }
    }

    #[test]
    fn every_rule_uses_only_the_parts_its_shape_names() {
        for (shape, feeds) in RULES {
            for feed in *feeds {
                for name in feed.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()) {
                    let is_named =
                        shape.contains(&format!("{{{name}}}")) || shape.contains(&format!("{{{name}…}}"));
                    assert!(name == "origin" || is_named, "{shape}: {name}");
                }
            }
        }
    }
}
