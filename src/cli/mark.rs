//! `newsterm mark`: marks and tags by number or by query.

use super::arguments::{MarkArguments, MarkFlags};
use super::output::{Output, complain};
use super::session::Session;
use super::{Done, index, select};
use crate::model::{EntryId, Filter, Label, Listing, Mark, Step, Timestamp};

/// What is done with the entries.
enum Change {
    Mark(Mark),
    Label(Label, bool),
}

/// Marks, and says how many that changed.
pub(super) async fn run(session: &Session, arguments: MarkArguments) -> anyhow::Result<Done> {
    let change = chosen(arguments.mark);
    let mut unknown = 0;
    let step = match &arguments.query {
        Some(query) => {
            let subscriptions = session.store.subscriptions().await?;
            let (_, Listing { filter, .. }) = select::listing(session, &subscriptions, query).await?;
            index::complete(session, &filter).await?;
            change_all(session, change, filter).await?
        }
        None => {
            for id in &arguments.ids {
                if session.store.entry(*id).await?.is_none() {
                    complain(&format!("there is no entry {id}"));
                    unknown += 1;
                }
            }
            change_some(session, change, arguments.ids.clone()).await?
        }
    };
    if unknown > 0 && unknown == arguments.ids.len() {
        return Ok(Done::Nothing);
    }
    let mut out = Output::new();
    out.line(&step.summary())?;
    out.flush()?;
    Ok(if unknown == 0 { Done::All } else { Done::Partly })
}

async fn change_all(session: &Session, change: Change, filter: Filter) -> anyhow::Result<Step> {
    let (store, now) = (&session.store, Timestamp::now());
    Ok(match change {
        Change::Mark(mark) => {
            let horizon = store.horizon().await?;
            Step::Marked(mark, store.mark_all(filter, mark, horizon, now).await?)
        }
        Change::Label(label, is_given) => {
            let changed = store.label_all(filter, label.clone(), is_given, now).await?;
            labelled(label, is_given, changed)
        }
    })
}

async fn change_some(session: &Session, change: Change, entries: Vec<EntryId>) -> anyhow::Result<Step> {
    let (store, now) = (&session.store, Timestamp::now());
    Ok(match change {
        Change::Mark(mark) => Step::Marked(mark, store.mark(entries, mark, now).await?),
        Change::Label(label, is_given) => {
            let changed = store.label(entries, label.clone(), is_given, now).await?;
            labelled(label, is_given, changed)
        }
    })
}

fn labelled(label: Label, is_given: bool, entries: Vec<EntryId>) -> Step {
    if is_given { Step::Labelled(label, entries) } else { Step::Unlabelled(label, entries) }
}

fn chosen(flags: MarkFlags) -> Change {
    match flags {
        MarkFlags { tag: Some(tag), .. } => Change::Label(tag, true),
        MarkFlags { untag: Some(tag), .. } => Change::Label(tag, false),
        MarkFlags { hide: true, .. } => Change::Label(Label::Hidden, true),
        MarkFlags { unhide: true, .. } => Change::Label(Label::Hidden, false),
        MarkFlags { highlight: true, .. } => Change::Label(Label::Highlighted, true),
        MarkFlags { unhighlight: true, .. } => Change::Label(Label::Highlighted, false),
        MarkFlags { read: true, .. } => Change::Mark(Mark::Read),
        MarkFlags { unread: true, .. } => Change::Mark(Mark::Unread),
        MarkFlags { save: true, .. } => Change::Mark(Mark::Saved),
        MarkFlags { .. } => Change::Mark(Mark::Unsaved),
    }
}
