//! Fills the index of words: behind the fetch, a small batch at a time.

use crate::html;
use crate::model::EntryId;
use crate::search;
use crate::store::{Indexed, IndexedWords, Store, StoreError, Unindexed, UnindexedTexts};

/// Entries of a batch: its writing holds up no mark for long.
const BATCH: usize = 200;

/// Reads the text of an entry as the index does: one line, without tags; empty where there is none.
pub async fn plain_text(store: &Store, entry: EntryId) -> Result<String, StoreError> {
    let texts = store.texts_of(entry).await?;
    Ok(texts.map(|texts| body(&texts)).unwrap_or_default())
}

/// Puts into the index what is not in it, reading on so many threads; tells before and after each batch how many are
/// left. Ends when all is there.
pub async fn index_words(
    store: &Store,
    threads: usize,
    mut report: impl FnMut(u32),
) -> Result<(), StoreError> {
    loop {
        let left = store.unindexed().await?;
        report(left);
        if left == 0 {
            return Ok(());
        }
        let waiting = store.texts_to_index(BATCH).await?;
        store.index(read_all(waiting, threads).await).await?;
    }
}

async fn read_all(mut waiting: Vec<Unindexed>, threads: usize) -> Vec<Indexed> {
    let part = waiting.len().div_ceil(threads).max(1);
    let mut reading = Vec::new();
    while !waiting.is_empty() {
        let own = waiting.split_off(waiting.len().saturating_sub(part));
        reading.push(tokio::task::spawn_blocking(move || own.into_iter().map(read).collect::<Vec<_>>()));
    }
    let mut read = Vec::new();
    for part in reading {
        match part.await {
            Ok(part) => read.extend(part),
            Err(panic) => std::panic::resume_unwind(panic.into_panic()),
        }
    }
    read
}

fn read(waiting: Unindexed) -> Indexed {
    let Unindexed { change, entry, texts } = waiting;
    Indexed { change, entry, words: texts.map(|texts| words(&texts)) }
}

/// Joins the feed's text and that of the page, which may be of another length.
fn body(texts: &UnindexedTexts) -> String {
    let feed = html::plain_text(&texts.feed);
    match &texts.page {
        Some(page) => format!("{feed} {}", html::plain_text(page)),
        None => feed,
    }
}

fn words(texts: &UnindexedTexts) -> IndexedWords {
    let body = body(texts);
    let told = texts.language.as_deref().and_then(|tag| tag.split(['-', '_']).next());
    let told = told.filter(|code| !code.is_empty()).map(str::to_lowercase);
    let guessed = || search::language(&format!("{}. {body}", texts.title)).map(str::to_owned);
    let language = told.or_else(guessed);
    let has_image =
        [Some(&texts.feed), texts.page.as_ref()].into_iter().flatten().any(|html| html.contains("<img"));
    let indexed = search::indexed(&body);
    IndexedWords {
        title: search::indexed(&texts.title),
        author: search::indexed(&texts.authors.join(" ")),
        length: u32::try_from(indexed.split(' ').filter(|word| !word.is_empty()).count()).unwrap_or(u32::MAX),
        body: indexed,
        language,
        has_image,
    }
}
