//! The name of the site.

use std::net::IpAddr;

use super::super::text::spelled;
use super::title::{first_part, last_part, names_site};
use super::view::View;

/// Longer names are slogans.
const MAX_WORDS: usize = 8;

/// More links to the first page say nothing more.
const MAX_HOMES: usize = 5;

/// Ends of hosts that belong to no site.
const SECOND_LEVELS: [&str; 8] = ["co", "com", "org", "net", "ac", "gov", "or", "ne"];

/// Finds the name of the site.
pub(super) fn site(view: &View) -> Option<String> {
    let meta = |name: &str| view.head.meta(&[name]).and_then(name_of);
    meta("og:site_name")
        .or_else(|| view.head.told.publisher.as_deref().and_then(name_of))
        .or_else(|| meta("application-name"))
        .or_else(|| meta("apple-mobile-web-app-title"))
        .or_else(|| of_title(view))
        .or_else(|| meta("publisher"))
        .or_else(|| meta("dc.publisher"))
        .or_else(|| view.url.as_ref().and_then(|url| host(url.host_str()?)))
}

/// All names that the site is known by, as words.
pub(super) fn names(view: &View, site: Option<&str>) -> Vec<Vec<String>> {
    let metas =
        ["og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher"];
    let metas = metas.iter().filter_map(|name| view.head.meta(&[name]));
    let told = view.head.told.publisher.as_deref();
    let mut names: Vec<Vec<String>> = metas.chain(told).chain(site).map(spelled).collect();
    if let Some(domain) = view.url.as_ref().and_then(|url| url.host_str()) {
        names.push(spelled(domain.trim_start_matches("www.")));
        names.extend(host(domain).map(|host| spelled(&host)));
        names.extend(host(domain).and_then(|host| Some(spelled(host.split_once('.')?.0))));
    }
    names.retain(|name| !name.is_empty());
    names
}

fn name_of(text: &str) -> Option<String> {
    let name = crate::html::plain_text(text);
    let name = name.trim().trim_start_matches('@');
    let is_name = (1..=MAX_WORDS).contains(&spelled(name).len()) && !name.contains("://");
    is_name.then(|| name.to_owned())
}

/// The last or first part of the page's title, if the host or the link to the first page has the same name.
fn of_title(view: &View) -> Option<String> {
    let host = view.url.as_ref().and_then(|url| host(url.host_str()?));
    let short = host.iter().filter_map(|host| host.split('.').next());
    let hosts: Vec<Vec<String>> = host.iter().map(String::as_str).chain(short).map(spelled).collect();
    let (_, last) = last_part(&view.head.title)?;
    let (first, _) = first_part(&view.head.title)?;
    let homes = homes(view);
    let named = names_site(last, &hosts).then_some(last);
    let linked = || [last, first].into_iter().find(|part| names_site(part, &homes));
    named.or_else(linked).map(str::to_owned)
}

/// What the links to the site's first page say, as words.
fn homes(view: &View) -> Vec<Vec<String>> {
    let own = view.url.as_ref().and_then(|url| url.join("/").ok());
    let is_home = |href: &str| href == "/" || own.as_ref().is_some_and(|own| own.as_str() == href);
    let links = view.document.select("a[href]");
    let homes = links.iter().filter(|link| link.attr("href").is_some_and(|href| is_home(href.trim())));
    homes.take(MAX_HOMES).map(|link| spelled(&crate::html::clean_line(&link.text()))).collect()
}

/// A host without the parts that name no site: `news.daily.co.test` is `daily.co.test`.
fn host(host: &str) -> Option<String> {
    if host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
        return None;
    }
    let parts: Vec<&str> = host.trim_start_matches("www.").split('.').collect();
    let ends = 2 + usize::from(parts.len() > 2 && SECOND_LEVELS.contains(&parts[parts.len() - 2]));
    let name = parts[parts.len().saturating_sub(ends)..].join(".");
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TEXT, read};

    #[track_caller]
    fn check(head: &str, expected: Option<&str>) {
        assert_eq!(read(head, TEXT).site.as_deref(), expected);
    }

    #[test]
    fn the_site_is_told_or_named_like_its_host() {
        let link = "<link rel=canonical href=https://www.daily-star.co.test/rain>";
        check(&format!("<meta property=og:site_name content='The Daily'>{link}"), Some("The Daily"));
        check(&format!("<title>Rain - Daily Star</title>{link}"), Some("Daily Star"));
        check(&format!("<title>Rain - in the hills</title>{link}"), Some("daily-star.co.test"));
        check("<title>Rain</title>", None);
        check("<title>Rain</title><link rel=canonical href=http://127.0.0.1:80/rain>", None);
    }

    #[test]
    fn the_site_is_named_like_the_link_to_its_first_page() {
        for title in ["Rain falls - The Star", "The Star - Rain falls"] {
            let (head, top) = (format!("<title>{title}</title>"), "<a href=/>The Star</a>");
            assert_eq!(read(&head, &format!("{top}{TEXT}")).site.as_deref(), Some("The Star"));
        }
    }
}
