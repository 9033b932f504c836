//! How the texts of entries begin, for lists that show it.

use crate::html;
use crate::model::EntryId;
use crate::store::{Store, StoreError};

/// Characters of HTML that are looked at: more than enough for a line.
const LOOKED_AT: usize = 4_000;
/// Characters of a beginning.
const LENGTH: usize = 300;

/// Reads how the feed's texts of entries begin, each in one line; empty where there is no text.
pub async fn beginnings(store: &Store, entries: Vec<EntryId>) -> Result<Vec<(EntryId, String)>, StoreError> {
    let texts = store.beginnings(entries, LOOKED_AT).await?;
    let cleaning = tokio::task::spawn_blocking(move || {
        texts.into_iter().map(|(entry, html)| (entry, beginning(&html))).collect()
    });
    Ok(cleaning.await.unwrap_or_else(|error| {
        tracing::error!(%error, "beginnings of texts could not be made safe");
        Vec::new()
    }))
}

fn beginning(html: &str) -> String {
    html::plain_text(html).chars().take(LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_one_line_of_clean_text() {
        assert_eq!(
            beginning("<p>It\n<b>rained</b>.</p><script>x</script><p>Then\u{1b}[31m not.</p>"),
            "It rained. Then[31m not."
        );
        assert_eq!(beginning("cut in a tag <img src="), "cut in a tag");
        assert_eq!(beginning(&"rain ".repeat(999)).chars().count(), LENGTH);
    }
}
