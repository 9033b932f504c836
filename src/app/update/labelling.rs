//! Tags: words of the reader's own for entries.

use std::sync::Arc;

use super::{opening, rows};
use crate::app::{Effect, Pane, Prompt, Question, State, Typed};
use crate::model::{EntryId, Label, Labels};

/// Begins to ask for tags of the entry, or of those that are selected together.
pub(super) fn begin(state: &mut State) -> Vec<Effect> {
    let entries = subjects(state);
    if entries.is_empty() {
        state.say("no entry is selected");
        return Vec::new();
    }
    state.prompt = Some(Prompt::new(Question::Tags(entries)).after(&state.view.answers));
    vec![Effect::LoadTags]
}

/// Gives the entries that keys are about.
fn subjects(state: &State) -> Vec<EntryId> {
    if let (Pane::Reader, Some(entry)) = (state.focus, state.reader.entry) {
        return vec![entry];
    }
    match state.timeline.chosen() {
        Some(rows) => state.timeline.rows[rows].iter().map(|row| row.id).collect(),
        None => state.timeline.cursor.into_iter().collect(),
    }
}

/// Takes what was typed: tags parted by commas, those to be taken away with a `-`.
pub(super) fn typed(state: &mut State, mut prompt: Prompt, typed: Typed) -> Vec<Effect> {
    let Question::Tags(entries) = &prompt.question else { return Vec::new() };
    match typed {
        Typed::Cancel => Vec::new(),
        Typed::Complete => {
            let completed = completed(prompt.text(), &state.tags);
            if let Some(text) = completed {
                prompt.set(&text);
            }
            state.prompt = Some(prompt);
            Vec::new()
        }
        Typed::Accept => {
            let words = prompt.text().split(',').map(str::trim).filter(|word| !word.is_empty());
            let labels: Option<Vec<(Label, bool)>> = words.map(read).collect();
            let Some(labels) = labels else {
                prompt.problem = Some("a tag is words without quotes".to_owned());
                state.prompt = Some(prompt);
                return Vec::new();
            };
            let entries = entries.clone();
            state.timeline.anchor = None;
            let effect = |(label, is_given)| Effect::Label { entries: entries.clone(), label, is_given };
            labels.into_iter().map(effect).collect()
        }
        typed => {
            prompt.take(typed);
            state.prompt = Some(prompt);
            Vec::new()
        }
    }
}

fn read(word: &str) -> Option<(Label, bool)> {
    match word.strip_prefix('-') {
        Some(word) => Some((Label::tag(word)?, false)),
        None => Some((Label::tag(word)?, true)),
    }
}

/// Completes the last word of a line to a tag that there is.
fn completed(text: &str, tags: &[String]) -> Option<String> {
    let begin = text.rfind([',', '-']).map_or(0, |at| at + 1);
    let begin = begin + text[begin..].len() - text[begin..].trim_start().len();
    let wanted = text[begin..].to_lowercase();
    let tag = tags.iter().find(|tag| tag.to_lowercase().starts_with(&wanted) && tag.len() > wanted.len())?;
    Some(format!("{}{tag}", &text[..begin]))
}

/// Shows labels that were given or taken.
pub(super) fn labelled(
    state: &mut State,
    (label, is_given): (&Label, bool),
    entries: &[EntryId],
) -> Vec<Effect> {
    let words = label.participle(is_given);
    if let Label::Tag(name) = label
        && is_given
        && !state.tags.contains(name)
    {
        state.tags.push(name.clone());
    }
    state.say(match entries.len() {
        0 => "nothing to tag".to_owned(),
        1 => format!("{words} — u takes it back"),
        many => format!("{words} · {many} entries — u takes it back"),
    });
    show(state, (label, is_given), entries)
}

/// Shows a change of labels on rows and article.
pub(super) fn show(state: &mut State, (label, is_given): (&Label, bool), entries: &[EntryId]) -> Vec<Effect> {
    let mut effects = super::querying::count(state);
    if *label == Label::Hidden {
        effects.extend(state.load_subscriptions());
        effects.extend(rows::reload(state));
        return effects;
    }
    for row in state.timeline.rows.iter_mut().filter(|row| entries.contains(&row.id)) {
        row.labels.set(label, is_given);
    }
    let other = state.reader.other.as_mut().map(|other| &mut other.article);
    for article in state.reader.article.iter_mut().chain(other) {
        if entries.contains(&article.entry) {
            let labels: &mut Labels = &mut Arc::make_mut(article).labels;
            labels.set(label, is_given);
            state.reader.is_stale = true;
        }
    }
    effects.extend(opening::typeset_again(state));
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act as press, take, type_key, type_text};
    use crate::app::{Action, Event};

    fn tag(name: &str) -> Label {
        Label::Tag(name.to_owned())
    }

    #[test]
    fn tags_are_typed_with_commas_and_taken_with_a_sign() {
        let mut state = State::sample();
        let entry = state.timeline.cursor.unwrap();
        assert_eq!(press(&mut state, Action::Tag), [Effect::LoadTags]);
        type_text(&mut state, "#later, -two words,");
        let mut effects = type_key(&mut state, Typed::Accept);
        effects.truncate(2);
        let label = |name, is_given| Effect::Label { entries: vec![entry], label: tag(name), is_given };
        assert_eq!(effects, [label("later", true), label("two words", false)]);
        press(&mut state, Action::Tag);
        type_text(&mut state, "a\"b");
        assert_eq!(type_key(&mut state, Typed::Accept).len(), 1, "what was typed is kept");
        assert!(state.prompt.unwrap().problem.is_some());
    }

    #[test]
    fn several_are_tagged_together_and_tags_are_completed() {
        let mut state = State::sample();
        press(&mut state, Action::SelectRows);
        press(&mut state, Action::MoveDown);
        press(&mut state, Action::Tag);
        take(&mut state, Event::TagsLoaded(vec!["Later".to_owned(), "work".to_owned()]));
        type_text(&mut state, "work, la");
        type_key(&mut state, Typed::Complete);
        assert_eq!(state.prompt.as_ref().unwrap().text(), "work, Later");
        let effects = type_key(&mut state, Typed::Accept);
        assert!(matches!(&effects[0], Effect::Label { entries, .. } if entries.len() == 2));
    }

    #[test]
    fn what_is_tagged_shows_it() {
        let mut state = State::sample();
        let entries = vec![state.timeline.rows[1].id];
        take(&mut state, Event::Labelled { entries: entries.clone(), label: tag("work"), is_given: true });
        assert_eq!(state.timeline.rows[1].labels.tags, ["work"]);
        take(&mut state, Event::Labelled { entries, label: tag("WORK"), is_given: false });
        assert!(state.timeline.rows[1].labels.tags.is_empty());
    }
}
