//! Which vocabulary a name belongs to.
//!
//! By the address of its namespace, in all the spellings that are about; else by its prefix, since feeds forget the
//! declaration, or give an address that nobody knows.

/// The vocabularies that feeds are written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::feed) enum Vocabulary {
    /// The feed's own: RSS of any version, CDF, or what has no namespace.
    Core,
    /// Atom 0.3 and 1.0.
    Atom,
    /// Dublin Core, the elements.
    Dublin,
    /// Dublin Core, the terms.
    Terms,
    /// RSS 1.0 content.
    Content,
    /// Media RSS.
    Media,
    /// iTunes podcasts, and Google's.
    Podcast,
    /// RDF.
    Rdf,
    /// RSS 1.0 syndication.
    Syndication,
    /// XHTML.
    Xhtml,
    /// Any other.
    Other,
}

use Vocabulary::{Atom, Content, Core, Dublin, Media, Other, Podcast, Rdf, Syndication, Terms, Xhtml};

/// Beginnings of addresses, without scheme and `www.`, in lower case; the longer before the shorter.
const ADDRESSES: &[(&str, Vocabulary)] = &[
    ("w3.org/2005/atom", Atom),
    ("purl.org/atom/ns", Atom),
    ("purl.org/atom/app", Other),
    ("purl.org/echo", Atom),
    ("purl.org/pie", Atom),
    ("example.com/newformat", Atom),
    ("purl.org/rss/1.0/modules/content", Content),
    ("purl.org/rss/1.0/modules/syndication", Syndication),
    ("purl.org/rss/1.0/modules", Other),
    ("purl.org/rss/modules", Other),
    ("purl.org/rss", Core),
    ("purl.org/net/rss", Core),
    ("my.netscape.com/rdf", Core),
    ("my.netscape.com/publish", Core),
    ("channel.netscape.com/rdf", Core),
    ("backend.userland.com/rss", Core),
    ("backend.userland.com/creativecommonsrssmodule", Other),
    ("backend.userland.com/blogchannelmodule", Other),
    ("blogs.law.harvard.edu/tech/rss", Core),
    ("cyber.harvard.edu/rss", Core),
    ("rssboard.org/media-rss", Media),
    ("rssboard.org/rss-specification", Core),
    ("purl.org/dc/elements", Dublin),
    ("purl.org/dc/terms", Terms),
    ("search.yahoo.com/mrss", Media),
    ("video.search.yahoo.com/mrss", Media),
    ("tools.search.yahoo.com/mrss", Media),
    ("itunes.com/dtds/podcast", Podcast),
    ("google.com/schemas/play-podcasts", Podcast),
    ("w3.org/1999/02/22-rdf-syntax-ns", Rdf),
    ("w3.org/1999/xhtml", Xhtml),
];

const PREFIXES: &[(&str, Vocabulary)] = &[
    ("atom", Atom),
    ("atom10", Atom),
    ("a10", Atom),
    ("dc", Dublin),
    ("dcterms", Terms),
    ("content", Content),
    ("media", Media),
    ("itunes", Podcast),
    ("googleplay", Podcast),
    ("rdf", Rdf),
    ("sy", Syndication),
    ("xhtml", Xhtml),
    ("html", Xhtml),
    ("rss", Core),
];

/// Finds the vocabulary of a namespace's address.
pub(super) fn by_address(address: &str) -> Option<Vocabulary> {
    let address = address.trim().to_ascii_lowercase();
    let address =
        address.strip_prefix("http://").or_else(|| address.strip_prefix("https://")).unwrap_or(&address);
    let address = address.strip_prefix("www.").unwrap_or(address);
    ADDRESSES.iter().find(|(start, _)| address.starts_with(start)).map(|(_, vocabulary)| *vocabulary)
}

/// Finds the vocabulary that a prefix stands for by custom.
pub(super) fn by_prefix(prefix: &str) -> Option<Vocabulary> {
    let found = PREFIXES.iter().find(|(known, _)| known.eq_ignore_ascii_case(prefix));
    found.map(|(_, vocabulary)| *vocabulary)
}

/// The prefixes that are declared where the reader is.
#[derive(Default, Debug)]
pub(super) struct Scopes<'a> {
    /// Each with the depth it was declared at; the last one counts.
    declared: Vec<(usize, &'a str, Vocabulary)>,
    /// The prefix of the feed's root, where it has one.
    root: Option<&'a str>,
}

/// No document needs more declarations at a time.
const MAX_DECLARED: usize = 200;

impl<'a> Scopes<'a> {
    /// Takes the declarations of an element. An unknown default namespace on the way to the entries is the feed's
    /// own, deeper down it is something else.
    pub(super) fn declare(&mut self, depth: usize, prefix: &'a str, address: &str, is_outer: bool) {
        let unknown = if prefix.is_empty() && is_outer { Core } else { Other };
        let vocabulary = match address.trim() {
            "" if prefix.is_empty() => Core,
            address => by_address(address).or_else(|| by_prefix(prefix)).unwrap_or(unknown),
        };
        if self.declared.len() < MAX_DECLARED {
            self.declared.push((depth, prefix, vocabulary));
        }
    }

    /// Forgets what was declared below a depth.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.declared.last().is_some_and(|(at, ..)| *at > depth) {
            self.declared.pop();
        }
    }

    /// Takes the root's prefix: what carries it too is the feed's own.
    pub(super) fn set_root(&mut self, prefix: &'a str) {
        self.root = Some(prefix).filter(|prefix| !prefix.is_empty());
    }

    /// Splits a name into its vocabulary and the name proper.
    pub(super) fn resolve(&self, name: &'a str) -> (Vocabulary, &'a str) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let declared = self.declared.iter().rev().find(|(_, known, _)| *known == prefix);
        let vocabulary = match declared {
            Some((.., Other)) | None if self.root == Some(prefix) => Core,
            Some((.., vocabulary)) => *vocabulary,
            None if prefix.is_empty() => Core,
            None => by_prefix(prefix).unwrap_or(Other),
        };
        (vocabulary, local)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_in_all_spellings() {
        let table = [
            ("http://www.w3.org/2005/Atom", Some(Atom)),
            (" https://www.w3.org/2005/Atom/", Some(Atom)),
            ("http://www.itunes.com/DTDs/Podcast-1.0.dtd", Some(Podcast)),
            ("http://search.yahoo.com/mrss", Some(Media)),
            ("http://purl.org/rss/1.0/", Some(Core)),
            ("http://purl.org/rss/1.0/modules/slash/", Some(Other)),
            ("http://unknown.test/", None),
        ];
        for (address, expected) in table {
            assert_eq!(by_address(address), expected, "{address}");
        }
    }

    #[test]
    fn a_name_is_resolved_where_it_stands() {
        let mut scopes = Scopes::default();
        scopes.declare(1, "", "http://unknown.test/rss", true);
        scopes.declare(1, "d", "http://purl.org/dc/elements/1.1/", true);
        scopes.declare(3, "", "http://www.w3.org/2000/svg", false);
        assert_eq!(scopes.resolve("title"), (Other, "title"));
        scopes.leave(2);
        assert_eq!(scopes.resolve("title"), (Core, "title"));
        assert_eq!(scopes.resolve("d:title"), (Dublin, "title"));
        assert_eq!(scopes.resolve("media:title"), (Media, "title"));
        assert_eq!(scopes.resolve("x:title"), (Other, "title"));
    }

    #[test]
    fn what_carries_the_roots_prefix_is_the_feeds_own() {
        let mut scopes = Scopes::default();
        scopes.declare(1, "r", "http://unknown.test/", true);
        scopes.set_root("r");
        assert_eq!(scopes.resolve("r:item"), (Core, "item"));
    }
}
