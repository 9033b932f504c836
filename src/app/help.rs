//! The help: every action with its keys, in groups; all of it, or what was looked for.

use std::collections::HashMap;

use super::Action;

/// The keys of each action, as one writes them.
pub type Keys = HashMap<Action, Vec<String>>;

/// A line of the help.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HelpRow {
    /// Nothing.
    Blank,
    /// The heading of a group.
    Group(&'static str),
    /// An action.
    Action(Action),
}

/// Lists the lines of the help that hold all words of a text, in what is done or among the keys.
pub fn help_rows(query: &str, keys: &Keys) -> Vec<HelpRow> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let is_wanted = |action: &Action| {
        let has = |word: &String| {
            action.words().to_lowercase().contains(word.as_str())
                || keys.get(action).is_some_and(|keys| keys.iter().any(|key| key.to_lowercase() == *word))
        };
        words.iter().all(has)
    };
    let mut rows = Vec::new();
    for (group, actions) in Action::GROUPS {
        let wanted: Vec<_> = actions.iter().copied().filter(|action| is_wanted(action)).collect();
        if wanted.is_empty() {
            continue;
        }
        if !rows.is_empty() {
            rows.push(HelpRow::Blank);
        }
        rows.push(HelpRow::Group(group));
        rows.extend(wanted.into_iter().map(HelpRow::Action));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_is_searched_by_words_and_keys() {
        let keys = Keys::from([(Action::Undo, vec!["u".to_owned()])]);
        let all = help_rows("", &keys);
        assert_eq!(all.iter().filter(|row| matches!(row, HelpRow::Action(_))).count(), Action::all().count());
        assert_eq!(help_rows("take BACK", &keys), [HelpRow::Group("Marks"), HelpRow::Action(Action::Undo)]);
        assert!(help_rows("u", &keys).contains(&HelpRow::Action(Action::Undo)));
        assert_eq!(help_rows("no such thing", &keys), []);
    }
}
