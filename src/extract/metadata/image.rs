//! The picture that leads an article.

use super::view::View;
use crate::html::web_url;
use crate::model::Url;

/// Finds the picture that the page shows others for this article.
pub(super) fn lead_image(view: &View) -> Option<Url> {
    let told = [
        "og:image:secure_url",
        "og:image",
        "og:image:url",
        "twitter:image",
        "twitter:image:src",
        "thumbnail",
    ];
    let told = told.iter().filter_map(|name| view.head.meta(&[name])).map(str::to_owned);
    let told = told.chain(view.head.told.image.clone());
    let mut urls = told.filter_map(|address| web_url(address.trim(), view.url.as_ref()));
    urls.find(|url| !is_logo(url))
}

/// Tells whether a picture stands for the site, not for the article.
fn is_logo(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    ["logo", "favicon", "placeholder", "default-image", "blank.", "spacer"]
        .iter()
        .any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TEXT, read};

    #[test]
    fn the_picture_is_the_first_that_is_no_logo() {
        let logo = "<meta property=og:image content=https://daily.test/logo.png>";
        let picture =
            "<meta name=twitter:image content=/rain.jpg><link rel=canonical href=https://daily.test/a/b>";
        let found = |head: &str| read(head, TEXT).lead_image.map(|url| url.to_string());
        assert_eq!(found(&format!("{logo}{picture}")).as_deref(), Some("https://daily.test/rain.jpg"));
        assert_eq!(found(logo), None);
    }
}
