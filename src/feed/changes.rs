//! Decides what a freshly parsed feed changes.
//!
//! Pure: takes what the feed says and what is known, returns what to insert and what to update.
//! Never removes: forgetting is not a feed's to decide.

use std::collections::{HashMap, HashSet};

use super::fingerprint;
use crate::model::{EntryId, ParsedEntry};

/// What the library knows of a feed's entries, as far as the document names them.
#[derive(Default, Debug)]
pub struct KnownEntries {
    /// Known entries by the key of their identity.
    pub by_key: HashMap<i64, KnownEntry>,
    /// Known entries by the likeness of their identity.
    pub by_likeness: HashMap<i64, KnownEntry>,
}

/// One known entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KnownEntry {
    /// Its id.
    pub id: EntryId,
    /// The key it is known by.
    pub key: i64,
    /// The fingerprint of what is shown of it; none when only its status is left.
    pub fingerprint: Option<i64>,
}

/// What to do with a parsed feed.
#[derive(PartialEq, Debug)]
pub struct FeedChanges<'a> {
    /// Entries to insert, in document order.
    pub new: Vec<&'a ParsedEntry>,
    /// Known entries whose text or identity changed.
    pub changed: Vec<(EntryId, &'a ParsedEntry)>,
}

/// The keys that a document names, all of them.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct NamedKeys(HashSet<i64>);

/// Collects the keys that a document names.
pub fn named_keys(document: &[ParsedEntry]) -> NamedKeys {
    NamedKeys(document.iter().map(|entry| entry.identity.key).collect())
}

/// Compares entries with those known so far; `named` are the keys of their whole document.
pub fn changes<'a>(parsed: &'a [ParsedEntry], known: &KnownEntries, named: &NamedKeys) -> FeedChanges<'a> {
    let mut taken = HashSet::new();
    let mut changes = FeedChanges { new: Vec::new(), changed: Vec::new() };
    for entry in parsed {
        match recognise(entry, known, named).filter(|found| taken.insert(found.id)) {
            Some(found) if is_same(entry, found) => {}
            Some(found) => changes.changed.push((found.id, entry)),
            None if known.by_key.contains_key(&entry.identity.key) => {}
            None => changes.new.push(entry),
        }
    }
    changes
}

/// Finds the entry by its key, else by its likeness if its old key is gone from the document:
/// two entries with the same link and title in one document are two entries.
fn recognise(entry: &ParsedEntry, known: &KnownEntries, named: &NamedKeys) -> Option<KnownEntry> {
    let by_key = known.by_key.get(&entry.identity.key);
    let alike = || {
        known
            .by_likeness
            .get(&entry.identity.likeness)
            .filter(|found| entry.link.is_some() && !named.0.contains(&found.key))
    };
    by_key.or_else(alike).copied()
}

fn is_same(entry: &ParsedEntry, found: KnownEntry) -> bool {
    // What the library has let go does not come back.
    let Some(known) = found.fingerprint else {
        return true;
    };
    found.key == entry.identity.key && known == fingerprint(entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Identity, Url};

    fn entry(key: i64, likeness: i64, title: &str) -> ParsedEntry {
        ParsedEntry {
            identity: Identity { guid: None, key, likeness },
            title: title.into(),
            link: Some(Url::parse("http://a.test/1").unwrap()),
            link_as_written: None,
            authors: vec![],
            published: None,
            updated: None,
            summary: None,
            content: None,
            base: None,
            enclosures: vec![],
            comments: None,
            tags: vec![],
        }
    }

    fn knowing(entries: &[(i64, &ParsedEntry)]) -> KnownEntries {
        let mut known = KnownEntries::default();
        for (id, entry) in entries {
            let found = KnownEntry {
                id: EntryId(*id),
                key: entry.identity.key,
                fingerprint: Some(fingerprint(entry)),
            };
            known.by_key.insert(entry.identity.key, found);
            known.by_likeness.insert(entry.identity.likeness, found);
        }
        known
    }

    fn compare<'a>(document: &'a [ParsedEntry], known: &KnownEntries) -> FeedChanges<'a> {
        changes(document, known, &named_keys(document))
    }

    #[test]
    fn an_entry_that_returns_is_not_new() {
        let one = [entry(1, 11, "one")];
        let changes = compare(&one, &knowing(&[(5, &one[0])]));
        assert_eq!(changes, FeedChanges { new: vec![], changed: vec![] });
    }

    #[test]
    fn an_edited_entry_updates_in_place() {
        let before = entry(1, 11, "one");
        let after = [entry(1, 12, "one, corrected")];
        let changes = compare(&after, &knowing(&[(5, &before)]));
        assert_eq!(changes.changed, [(EntryId(5), &after[0])]);
        assert!(changes.new.is_empty());
    }

    #[test]
    fn a_changed_guid_with_the_same_link_and_title_is_the_same_entry() {
        let before = entry(1, 11, "one");
        let after = [entry(2, 11, "one")];
        let changes = compare(&after, &knowing(&[(5, &before)]));
        assert_eq!(changes.changed, [(EntryId(5), &after[0])]);
    }

    #[test]
    fn two_alike_entries_in_one_document_are_two() {
        let before = entry(1, 11, "one");
        let now = [entry(2, 11, "one"), before.clone()];
        let changes = compare(&now, &knowing(&[(5, &before)]));
        assert_eq!(changes.new, [&now[0]]);
        assert!(changes.changed.is_empty());
    }

    #[test]
    fn an_entry_without_link_is_known_by_its_key_only() {
        let before = entry(1, 11, "Untitled");
        let after = [ParsedEntry { link: None, ..entry(2, 11, "Untitled") }];
        assert_eq!(compare(&after, &knowing(&[(5, &before)])).new.len(), 1);
    }
}
