//! Where feeds commonly lie on sites that do not name them.

use url::Url;

use super::{Candidate, CandidateKind};

/// Names to ask for at the top of a site.
const AT_TOP: &[&str] = &["feed", "rss", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json"];

/// Names to ask for first in the folder of a page that lies deeper: `/blog/feed`.
const IN_FOLDER: &[&str] = &["feed", "index.xml", "feed.xml", "rss.xml", "atom.xml"];

/// Lists the places to ask, in order.
pub fn common_places(page: &Url) -> Vec<Candidate> {
    let folder = folder(page).into_iter().flat_map(|folder| places(folder, IN_FOLDER));
    folder.chain(places("/".to_owned(), AT_TOP)).filter_map(|path| candidate(page, &path)).collect()
}

fn places(folder: String, names: &'static [&'static str]) -> impl Iterator<Item = String> {
    names.iter().map(move |name| format!("{folder}{name}"))
}

/// Gives the path of the page as a folder, where it lies below the top: `/blog` and `/blog/` are `/blog/`, and
/// `/blog/index.html` is too.
fn folder(page: &Url) -> Option<String> {
    let path = page.path().trim_end_matches('/');
    let (above, name) = path.rsplit_once('/')?;
    let folder = if name.contains('.') { above } else { path };
    (!folder.is_empty()).then(|| format!("{folder}/"))
}

fn candidate(page: &Url, path: &str) -> Option<Candidate> {
    let mut url = page.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.set_path(path);
    (url.path() != page.path()).then(|| Candidate { url, title: String::new(), kind: CandidateKind::Common })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(page: &str) -> Vec<String> {
        let places = common_places(&Url::parse(page).unwrap());
        places.into_iter().map(|place| place.url.path().to_owned()).collect()
    }

    #[test]
    fn places_are_asked_at_the_top() {
        let top = ["/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/feed.json"];
        assert_eq!(places("http://a.test/"), top);
        assert_eq!(places("http://a.test/index.html?x#y"), top);
    }

    #[test]
    fn the_folder_of_a_page_is_asked_first() {
        for page in ["http://a.test/blog", "http://a.test/blog/", "http://a.test/blog/index.php"] {
            let places = places(page);
            assert_eq!(places[..3], ["/blog/feed", "/blog/index.xml", "/blog/feed.xml"], "{page}");
            assert_eq!(places.len(), 12, "{page}");
        }
    }

    #[test]
    fn the_page_itself_is_not_asked_again() {
        assert!(!places("http://a.test/rss").contains(&"/rss".to_owned()));
    }
}
