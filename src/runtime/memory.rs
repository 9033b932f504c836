//! What the reader left off with, for the next start: small texts by name.

use crate::app::{Effect, View};
use crate::config::Settings;
use crate::model::{FeedId, FolderId, QueryId, Scope};
use crate::store::{Store, StoreError};

const SCOPE: &str = "scope";
const MEASURE: &str = "measure";
const VIEW: &str = "view";
const THEME: &str = "theme";

/// Keeps what an effect says.
pub(super) async fn remember(store: &Store, effect: Effect, settings: &Settings) -> Result<(), StoreError> {
    match effect {
        Effect::RememberText { entry, text } => store.remember_text(entry, text).await,
        Effect::RememberPositions { entry, positions } => store.remember_positions(entry, positions).await,
        Effect::RememberView(view) => store.remember(VIEW, write_view(&view)).await,
        Effect::RememberMeasure(columns) => store.remember(MEASURE, columns.to_string()).await,
        // What the settings said then is kept with it: who changes them means that.
        Effect::UseTheme(name) => store.remember(THEME, format!("{name}\n{}", settings.theme)).await,
        Effect::RememberScope(scope) => {
            store.note_seen(store.horizon().await?).await?;
            store.remember(SCOPE, write_scope(&scope)).await
        }
        other => unreachable!("{other:?} is nothing to remember"),
    }
}

/// Recalls how the screen was arranged.
pub(super) async fn view(store: &Store) -> Result<View, StoreError> {
    let kept = store.recall(VIEW).await?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Recalls the length of lines that the reader chose by keys.
pub(super) async fn measure(store: &Store) -> Result<Option<u16>, StoreError> {
    Ok(store.recall(MEASURE).await?.and_then(|columns| columns.parse().ok()))
}

/// Recalls the theme that the reader chose by keys, as long as the settings say what they said then.
pub(super) async fn theme(store: &Store, configured: &str) -> Result<String, StoreError> {
    let kept = store.recall(THEME).await?;
    let chosen =
        kept.as_deref().and_then(|kept| kept.split_once('\n')).filter(|(_, then)| *then == configured);
    Ok(chosen.map_or(configured, |(name, _)| name).to_owned())
}

/// Recalls what was shown last.
pub(super) async fn scope(store: &Store) -> Result<Scope, StoreError> {
    let kept = store.recall(SCOPE).await?;
    Ok(kept.and_then(|text| read_scope(&text)).unwrap_or(Scope::Unread))
}

fn write_view(view: &View) -> String {
    serde_json::to_string(view).expect("a view has only names as keys")
}

/// Writes a scope as a word: `unread`, `feed:7`.
fn write_scope(scope: &Scope) -> String {
    match scope {
        Scope::Unread => "unread".to_owned(),
        Scope::All => "all".to_owned(),
        Scope::Saved => "saved".to_owned(),
        Scope::Folder(id) => format!("folder:{id}"),
        Scope::Feed(id) => format!("feed:{id}"),
        Scope::Search(words) => format!("search:{words}"),
        Scope::Query(id) => format!("query:{id}"),
    }
}

/// Reads what `write_scope` wrote.
fn read_scope(text: &str) -> Option<Scope> {
    match text.split_once(':') {
        Some(("folder", id)) => id.parse().ok().map(|id| Scope::Folder(FolderId(id))),
        Some(("query", id)) => id.parse().ok().map(|id| Scope::Query(QueryId(id))),
        Some(("search", words)) => Some(Scope::Search(words.to_owned())),
        Some(("feed", id)) => id.parse().ok().map(|id| Scope::Feed(FeedId(id))),
        Some(_) => None,
        None => match text {
            "unread" => Some(Scope::Unread),
            "all" => Some(Scope::All),
            "saved" => Some(Scope::Saved),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Order, share_at};

    #[test]
    fn a_scope_is_read_as_it_was_written() {
        let search = Scope::Search("title:rain OR is:new".to_owned());
        let one = [Scope::Folder(FolderId(3)), Scope::Feed(FeedId(7)), search];
        for scope in [Scope::Unread, Scope::All, Scope::Saved].into_iter().chain(one) {
            assert_eq!(read_scope(&write_scope(&scope)), Some(scope));
        }
        assert_eq!(read_scope("feed:seven"), None);
    }

    #[test]
    fn a_view_is_read_as_it_was_written_also_by_a_version_that_knew_less() {
        let mut view = View { order: Order::Feed, has_headings: true, ..View::default() };
        view.folded.insert(FolderId(3));
        view.shares.sidebar = share_at(30, 120);
        assert_eq!(serde_json::from_str::<View>(&write_view(&view)).unwrap(), view);
        let old: View = serde_json::from_str(r#"{"order":"oldest"}"#).unwrap();
        assert_eq!(old, View { order: Order::Oldest, ..View::default() });
    }
}
