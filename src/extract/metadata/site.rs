//! The name of the site.

use super::super::text::spelled;
use super::title::{last_part, names_site};
use super::view::View;

/// Longer names are slogans.
const MAX_WORDS: usize = 8;

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

/// The last part of the page's title, if the host has the same name.
fn of_title(view: &View) -> Option<String> {
    let host = host(view.url.as_ref()?.host_str()?)?;
    let names = [spelled(&host), spelled(host.split('.').next()?)];
    let (_, part) = last_part(&view.head.title)?;
    names_site(part, &names).then(|| part.to_owned())
}

/// A host without the parts that name no site: `news.daily.co.test` is `daily.co.test`.
fn host(host: &str) -> Option<String> {
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
    }
}
